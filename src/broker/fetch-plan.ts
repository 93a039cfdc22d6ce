// What a fetch asks for, checked and brought within the limits. Pure.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Offset } from '../domain/offset.ts'

export interface FetchPartition {
  readonly topic: string
  readonly partition: number
  readonly offset: Offset
  /** Budget for this partition; absent or 0: only that of the request. */
  readonly maxBytes?: number
  /** The epoch of the last batch read before `offset`. */
  readonly leaderEpoch?: number
}

export interface FetchRequest {
  readonly partitions: readonly FetchPartition[]
  /** How long to wait for `minBytes`; clamped to LIMITS.fetchWaitMsMax. */
  readonly maxWaitMs: number
  /** 0 counts as 1. */
  readonly minBytes: number
  /** 0: LIMITS.fetchBytesDefault; clamped to LIMITS.fetchBytesMax. */
  readonly maxBytes: number
}

/** Budgets within their limits. */
export interface FetchPlan {
  readonly maxWaitMs: number
  /** From 1 to `maxBytes`. */
  readonly minBytes: number
  readonly maxBytes: number
}

/** @throws VarveError TOO_MANY_ITEMS · INVALID_FETCH_SIZE · INVALID_ARGUMENT */
export function planFetch(request: FetchRequest): FetchPlan {
  const { partitions, maxWaitMs, minBytes, maxBytes } = request
  if (partitions.length > LIMITS.itemsPerRequestMax) {
    throw new VarveError(
      'TOO_MANY_ITEMS',
      `a fetch reads at most ${LIMITS.itemsPerRequestMax} partitions, not ${partitions.length}`,
    )
  }
  checkBytes('max_bytes', maxBytes)
  checkBytes('min_bytes', minBytes)
  for (const partition of partitions) {
    if (partition.maxBytes !== undefined) checkBytes('max_bytes of a partition', partition.maxBytes)
  }
  const askedMaxBytes = maxBytes === 0 ? LIMITS.fetchBytesDefault : maxBytes
  if (minBytes > askedMaxBytes) {
    throw new VarveError(
      'INVALID_FETCH_SIZE',
      `min_bytes ${minBytes} is more than max_bytes ${askedMaxBytes}`,
    )
  }
  if (Number.isNaN(maxWaitMs) || maxWaitMs < 0) {
    throw new VarveError('INVALID_ARGUMENT', `max_wait_ms must not be negative, as ${maxWaitMs} is`)
  }
  const clampedMaxBytes = Math.min(askedMaxBytes, LIMITS.fetchBytesMax)
  return {
    maxWaitMs: Math.min(maxWaitMs, LIMITS.fetchWaitMsMax),
    minBytes: Math.min(Math.max(minBytes, 1), clampedMaxBytes),
    maxBytes: clampedMaxBytes,
  }
}

/** @throws VarveError INVALID_FETCH_SIZE */
function checkBytes(name: string, bytes: number): void {
  if (Number.isSafeInteger(bytes) && bytes >= 0) return
  throw new VarveError(
    'INVALID_FETCH_SIZE',
    `${name} must be an integer of at least 0, not ${bytes}`,
  )
}
