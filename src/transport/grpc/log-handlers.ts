// The methods of LogService as calls of grpc-js.
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { logService } from '../../protocol/grpc/services.ts'
import { logAnswers } from '../log-answers.ts'
import { ProduceSession } from '../produce-session.ts'
import type { ServiceContext } from '../service-context.ts'
import { SubscribeSession } from '../subscribe-session.ts'
import { streamMethod } from './stream-method.ts'
import { unaryMethods } from './unary-method.ts'

export function logHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    ...unaryMethods(context, logService, logAnswers),
    ProduceStream: streamMethod(
      context,
      logService.ProduceStream,
      (stream, scope) => new ProduceSession(context, stream, scope),
    ),
    Subscribe: streamMethod(
      context,
      logService.Subscribe,
      (stream, scope) => new SubscribeSession(context, stream, scope),
    ),
  }
}
