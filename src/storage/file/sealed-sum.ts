// Sums up the segments before a recovery point again and again while the log grows: each is looked at once, however many there are.
// Invariant: the summary is the one that `sealedSummary` makes of the same segments. It relies on what is before a recovery point
// not changing any more, but for segments that go at the beginning.
import {
  type RecoveryPoint,
  type SealedSummary,
  type SegmentSize,
  sealedSummary,
  summarize,
} from './checkpoint.ts'
import { segmentIndexOf } from './segment.ts'

export class SealedSum<S extends SegmentSize> {
  private firstBase = -1
  private lastBase = -1
  private sum: SealedSummary | undefined

  /** As {@link sealedSummary}. @param segments all of the partition, in order. */
  of(segments: readonly S[], point: RecoveryPoint, logStart: number): SealedSummary {
    const first = Math.max(0, segmentIndexOf(segments, logStart))
    const end = segmentIndexOf(segments, point.segment - 1) + 1
    const known = this.sum?.segments ?? 0
    const goesOn =
      known > 0 &&
      first + known <= end &&
      segments[first]?.baseOffset === this.firstBase &&
      segments[first + known - 1]?.baseOffset === this.lastBase
    const sum = goesOn
      ? summarize(segments.slice(first + known, end), this.sum)
      : sealedSummary(segments, point, logStart)
    this.sum = sum
    this.firstBase = segments[first]?.baseOffset ?? -1
    this.lastBase = segments[first + sum.segments - 1]?.baseOffset ?? -1
    return sum
  }
}
