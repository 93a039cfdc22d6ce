// The methods of LogService.
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { logService } from '../../protocol/grpc/services.ts'
import { fetch } from './fetch.ts'
import { listOffsets } from './list-offsets.ts'
import { produceEntries } from './produce-entries.ts'
import { produceStream } from './produce-stream.ts'
import type { ServiceContext } from './service-context.ts'
import { unaryMethod } from './unary-method.ts'

export function logHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    Produce: unaryMethod(context, logService.Produce, async ({ entries, durability }, scope) => ({
      results: await produceEntries(context, entries, durability, scope.signal),
    })),
    ProduceStream: produceStream(context),
    Fetch: unaryMethod(context, logService.Fetch, (request, scope) =>
      fetch(context, request, scope),
    ),
    ListOffsets: unaryMethod(context, logService.ListOffsets, (request) =>
      listOffsets(context, request),
    ),
    InitProducerId: unaryMethod(context, logService.InitProducerId, (request) =>
      context.broker.initProducerId(request),
    ),
  }
}
