// How a producer, or a client with all its producers, is closed.
import { type KnownOptions, refuseUnknown, requireInteger } from './option-check.ts'

export interface CloseOptions {
  /** How long producers may take to deliver what they accepted; until its delivery timeout unless told. */
  readonly timeoutMs?: number
}

/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<CloseOptions> = { timeoutMs: true }

/** @throws VarveError INVALID_ARGUMENT */
export function checkClose(options: CloseOptions): void {
  refuseUnknown('close', options, OPTIONS)
  if (options.timeoutMs !== undefined) requireInteger('timeoutMs', options.timeoutMs)
}
