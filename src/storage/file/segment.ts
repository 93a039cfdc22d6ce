// One segment of a partition as it is known in memory: a few numbers, so that a partition at rest costs little.

/** The largest timestamp of some batches, and the last offset of the first batch that has it. */
export interface LargestTimestamp {
  readonly timestampMs: number
  readonly offset: number
}

export interface Segment {
  readonly baseOffset: number
  /** Bytes of good batches: the file may be longer while a write is under way. */
  bytes: number
  /** When the log file was last written, as the file system says; for batches without a timestamp. */
  modifiedMs: number
  /** Known once it was asked for (of a segment that is not written any more). */
  largest: LargestTimestamp | undefined
  /** Bytes of the index files that may be looked at; undefined until one was asked for. */
  offsetIndexBytes: number | undefined
  timeIndexBytes: number | undefined
  /** The indexes could not be repaired: lookups begin at the start of the segment. */
  isIndexLost: boolean
}

export function makeSegment(baseOffset: number, bytes: number, modifiedMs: number): Segment {
  return {
    baseOffset,
    bytes,
    modifiedMs,
    largest: undefined,
    offsetIndexBytes: undefined,
    timeIndexBytes: undefined,
    isIndexLost: false,
  }
}

/** Where `offset` is or would be: the last segment whose base is at or below it; -1 when all begin above. */
export function segmentIndexOf(
  segments: readonly Pick<Segment, 'baseOffset'>[],
  offset: number,
): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((segments[middle]?.baseOffset ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}
