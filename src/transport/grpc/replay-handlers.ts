// The method of ReplayService as a call of grpc-js.
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { replayService } from '../../protocol/grpc/services.ts'
import { ReplaySession } from '../replay-session.ts'
import type { ServiceContext } from '../service-context.ts'
import { streamMethod } from './stream-method.ts'

export function replayHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    Replay: streamMethod(
      context,
      replayService.Replay,
      (stream, scope) => new ReplaySession(context, stream, scope),
    ),
  }
}
