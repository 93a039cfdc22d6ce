// Which segments a partition no longer keeps: one rule for every engine. Pure. Only whole segments go, from the oldest
// on, never the last one, which is still written to (invariant L8).
// Kafka: UnifiedLog.deleteOldSegments. What lies below the start goes first, then what is too much, then what is too old.
import type { TopicSettings } from '../domain/topic-settings.ts'

/** A segment as retention sees it. */
export interface RetainedSegment {
  readonly baseOffset: number
  /** Bytes of batches. */
  readonly bytes: number
  /** The largest timestamp of its records; without any, the time of the last write. */
  readonly largestTimestampMs: number
}

export interface RetentionRequest {
  readonly settings: Pick<TopicSettings, 'retentionMs' | 'retentionBytes'>
  readonly nowMs: number
  /** The first offset that readers may still ask for: segments wholly below it go at once. */
  readonly startOffset: number
}

/**
 * How many segments go, counted from the oldest.
 * @param segments all of the partition, oldest first; the last one is the active one.
 */
export function expiredSegments(
  segments: readonly RetainedSegment[],
  request: RetentionRequest,
): number {
  const removableMax = segments.length - 1
  if (removableMax <= 0) return 0
  const { settings, nowMs, startOffset } = request

  let removed = 0
  while (removed < removableMax && (segments[removed + 1]?.baseOffset ?? 0) <= startOffset) {
    removed++
  }
  if (settings.retentionBytes !== Infinity) {
    let bytes = 0
    for (const segment of segments.slice(removed)) bytes += segment.bytes
    while (removed < removableMax) {
      bytes -= segments[removed]?.bytes ?? 0
      if (bytes < settings.retentionBytes) break
      removed++
    }
  }
  // Last, since a young segment keeps the older ones behind it only as long as it is there itself.
  while (
    removed < removableMax &&
    nowMs - (segments[removed]?.largestTimestampMs ?? 0) > settings.retentionMs
  ) {
    removed++
  }
  return removed
}
