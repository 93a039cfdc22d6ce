// Which failures may pass by themselves, and repeating a call that changes nothing until it succeeds or time is up.
import { type ErrorCode, isVarveError, type VarveError } from '../domain/error.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'

const PASSING: ReadonlySet<ErrorCode> = new Set([
  'BROKER_UNAVAILABLE',
  'NOT_READY',
  'QUEUE_FULL',
  'REQUEST_TIMEOUT',
  'TOPIC_CHANGED',
  'SLOW_CONSUMER',
])

/** True when the same read may succeed a moment later without anyone changing it. */
export function mayPass(error: unknown): error is VarveError {
  return isVarveError(error) && PASSING.has(error.code)
}

/**
 * Runs a call that changes nothing, and again after failures that may pass, until `timeoutMs` are over.
 * @throws what the last attempt threw, as soon as no attempt is left
 */
export async function retryRead<Result>(
  context: ClientContext,
  options: {
    readonly timeoutMs: number
    readonly signal?: AbortSignal | undefined
    readonly onRetry?: ((error: VarveError) => void) | undefined
  },
  read: () => Promise<Result>,
): Promise<Result> {
  const { clock } = context
  const endMs = clock.monotonicMs() + options.timeoutMs
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      const waitMs = backoffMs(attempt, context.random)
      if (!mayPass(error) || clock.monotonicMs() + waitMs > endMs) throw error
      options.onRetry?.(error)
      await clock.sleep(waitMs, options.signal)
    }
  }
}

/** Waits before repetition number `attempt`, from 1. Returns early when the signal aborts: the caller looks why. */
export async function pauseBefore(
  attempt: number,
  context: Pick<ClientContext, 'clock' | 'random'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await context.clock.sleep(backoffMs(attempt, context.random), signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
