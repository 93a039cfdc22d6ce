// How an operation ended, as a history must say it: the part that is easily got wrong. `fail` is a claim that nothing
// happened, and only the broker can make it, or a client that never wrote the request. A deadline, a broken connection
// or an error without that claim is `info`: it may have happened, it may happen yet. The checker holds the claim against
// what is read later (C4).
import { VarveError } from '../domain/error.ts'

/** `ok`: it happened. `fail`: it did not, and will not. `info`: nobody knows. */
export type Outcome = 'ok' | 'fail' | 'info'

/** The outcome of an operation that threw. */
export function outcomeOfError(error: unknown): 'fail' | 'info' {
  return error instanceof VarveError && error.effect === 'none' ? 'fail' : 'info'
}

// Statuses with which a server may say that a request was refused. With any other the claim is not believed.
const REFUSALS: ReadonlySet<string> = new Set([
  'INVALID_ARGUMENT',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
  'NOT_FOUND',
  'OUT_OF_RANGE',
  'FAILED_PRECONDITION',
  'UNIMPLEMENTED',
  'RESOURCE_EXHAUSTED',
])

/**
 * The outcome of a call that ended with a gRPC status other than OK.
 * @param status its name, as `RESOURCE_EXHAUSTED`
 * @param effect the trailer `x-effect`; undefined when there was none
 * @param wasWritten false when the client knows that no byte of the request left it
 */
export function outcomeOfStatus(
  status: string,
  effect: string | undefined,
  wasWritten = true,
): 'fail' | 'info' {
  return !wasWritten || (effect === 'none' && REFUSALS.has(status)) ? 'fail' : 'info'
}
