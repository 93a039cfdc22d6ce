// How a call that failed ends.
import { toServerError } from '../../protocol/grpc/status.ts'
import type { ServiceContext } from '../service-context.ts'

/** What grpc-js is given to end the call with. */
export function serverErrorOf(
  context: ServiceContext,
  error: unknown,
): ReturnType<typeof toServerError> {
  return toServerError(context.expected(error))
}
