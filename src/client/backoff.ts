// How long to wait before trying again: doubling from a short first wait up to a longest one, each with random jitter so
// that many clients do not come back in step ("full jitter" from the half up).
import type { Random } from '../platform/random.ts'

export interface BackoffRule {
  readonly firstMs: number
  readonly longestMs: number
}

/** Fits a broker that restarts within seconds. */
const DEFAULT_BACKOFF: BackoffRule = { firstMs: 50, longestMs: 2_000 }

/**
 * The wait before repetition number `attempt`, from 1, in milliseconds: between the half and the whole of the doubled
 * first wait.
 */
export function backoffMs(
  attempt: number,
  random: Random,
  rule: BackoffRule = DEFAULT_BACKOFF,
): number {
  const whole = Math.max(1, doubledMs(attempt, rule))
  const half = Math.floor(whole / 2)
  return half + random.integer(whole - half + 1)
}

/** The first wait, doubled with every attempt after the first up to the longest one, in milliseconds. */
export function doubledMs(attempt: number, rule: BackoffRule): number {
  const doublings = Math.min(Math.max(0, attempt - 1), 30)
  return Math.min(rule.longestMs, rule.firstMs * 2 ** doublings)
}
