// What comes of a handler that failed: the rule of the program, asked once a failure.
import { VarveError } from '../domain/error.ts'
import { shownValue } from '../domain/shown-value.ts'
import type { Random } from '../platform/random.ts'
import { doubledMs } from './backoff.ts'
import type { FailureDecision, FailureRule, HandlerFailure } from './processing-types.ts'

const RETRY_BACKOFF_MS = 1_000
const RETRY_BACKOFF_MS_MAX = 60_000
/** So much of a wait is added to it at most, so that many do not come back in step. */
const CHANCE_PART = 1 / 4

/**
 * What is to be done about a failure.
 * @throws what a rule of the program throws · VarveError INVALID_ARGUMENT when it answers something else
 */
export async function decideFailure(
  rule: FailureRule,
  failure: HandlerFailure,
  random: Random,
): Promise<FailureDecision> {
  if (typeof rule === 'function') return checkDecision(await rule(failure))
  if (typeof rule === 'string') return rule
  const { attempts, backoffMs: firstMs = RETRY_BACKOFF_MS, then = 'stop' } = rule.retry
  if (failure.attempt >= attempts) return then
  const longestMs = Math.max(firstMs, RETRY_BACKOFF_MS_MAX)
  const leastMs = doubledMs(failure.attempt, { firstMs, longestMs })
  return { retryAfterMs: leastMs + random.integer(Math.floor(leastMs * CHANCE_PART) + 1) }
}

function checkDecision(decision: FailureDecision): FailureDecision {
  if (decision === 'stop' || decision === 'skip') return decision
  const delayMs = (decision as { retryAfterMs?: unknown } | undefined | null)?.retryAfterMs
  if (typeof delayMs === 'number' && delayMs >= 0 && delayMs < Infinity) {
    return { retryAfterMs: delayMs }
  }
  throw new VarveError(
    'INVALID_ARGUMENT',
    `onFailure must answer stop, skip or { retryAfterMs }, not ${shownValue(decision)}`,
  )
}

/** The failure as an error of the one table, for whoever is told of it. */
export function handlerFailed(failure: HandlerFailure, cause: unknown = failure.error): VarveError {
  const { topic, partition, offset, kind, attempt, records } = failure
  const what = records.length === 1 ? 'record' : `batch of ${records.length} records`
  const how = {
    handler: `the handler of the ${what}`,
    decode: `decoding the ${what}`,
    timeout: `the handler of the ${what}`,
  }[kind]
  const times = attempt === 1 ? '' : ` at attempt ${attempt}`
  const reason = cause instanceof Error ? cause.message : shownValue(cause)
  return new VarveError(
    'HANDLER_FAILED',
    `${how} at offset ${offset} of ${topic}/${partition} failed${times}: ${reason}`,
    { cause, details: { topic, partition, offset, failure: kind, attempts: attempt } },
  )
}
