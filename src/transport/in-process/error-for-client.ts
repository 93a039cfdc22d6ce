// Errors as a client sees them: by the same way as over a socket, so that code, text and details are the same, and nothing
// of the inside of the broker (causes, stacks, what a bug threw) goes along.
import type { VarveError } from '../../domain/error.ts'
import { responseCopyOf } from '../../protocol/grpc/message-copy.ts'
import type { Status, StatusOutput } from '../../protocol/grpc/messages.ts'
import { fromStatus } from '../../protocol/grpc/status.ts'
import type { ServiceContext } from '../service-context.ts'

const copyStatus = responseCopyOf<Status, StatusOutput>('google.rpc.Status')

export function errorForClient(context: ServiceContext, error: unknown): VarveError {
  return fromStatus(copyStatus(context.statusOf(error)))
}
