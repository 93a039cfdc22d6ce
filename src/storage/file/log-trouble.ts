// What readers run into and cannot mend themselves: the partition looks into it in its disk loop, then the reader tries again.
import type { Segment } from './segment.ts'

/** The bytes at `position` of the segment are not the batch that should begin with `expectedOffset`. */
export class DamageFound extends Error {
  readonly segment: Segment
  readonly position: number
  readonly expectedOffset: number

  constructor(segment: Segment, position: number, expectedOffset: number, reason: string) {
    super(reason)
    this.name = 'DamageFound'
    this.segment = segment
    this.position = position
    this.expectedOffset = expectedOffset
  }
}

/** An index of the segment does not fit the log, or is missing. */
export class IndexWrong extends Error {
  readonly segment: Segment

  constructor(segment: Segment, reason: string) {
    super(reason)
    this.name = 'IndexWrong'
    this.segment = segment
  }
}
