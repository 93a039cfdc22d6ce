// The methods of LogService as calls of grpc-js.
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { logService } from '../../protocol/grpc/services.ts'
import { logAnswers } from '../log-answers.ts'
import type { ServiceContext } from '../service-context.ts'
import { produceStream } from './produce-stream.ts'
import { subscribe } from './subscribe.ts'
import { unaryMethods } from './unary-method.ts'

export function logHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    ...unaryMethods(context, logService, logAnswers),
    ProduceStream: produceStream(context),
    Subscribe: subscribe(context),
  }
}
