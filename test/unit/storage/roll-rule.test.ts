import { describe, expect, it } from 'vitest'
import { type RollingSegment, rollReason } from '../../../src/storage/roll-rule.ts'

const SETTINGS = { segmentBytes: 1_000, segmentMs: 500, segmentIndexBytes: 120 }
const SEGMENT: RollingSegment = {
  baseOffset: 100,
  bytes: 400,
  firstTimestampMs: 10_000,
  offsetIndexEntries: 0,
  timeIndexEntries: 0,
}
const BATCH = { bytes: 100, lastOffset: 120, maxTimestampMs: 10_000 }

describe('a new segment is begun', () => {
  it('not as long as nothing asks for it', () => {
    expect(rollReason(SEGMENT, BATCH, SETTINGS)).toBeUndefined()
  })

  it('when the batch would make the segment larger than segment.bytes', () => {
    expect(rollReason(SEGMENT, { ...BATCH, bytes: 600 }, SETTINGS)).toBeUndefined()
    expect(rollReason(SEGMENT, { ...BATCH, bytes: 601 }, SETTINGS)).toBe('size')
  })

  it('when the batch is later than the first one by more than segment.ms', () => {
    expect(rollReason(SEGMENT, { ...BATCH, maxTimestampMs: 10_500 }, SETTINGS)).toBeUndefined()
    expect(rollReason(SEGMENT, { ...BATCH, maxTimestampMs: 10_501 }, SETTINGS)).toBe('age')
    expect(rollReason(SEGMENT, { ...BATCH, maxTimestampMs: 0 }, SETTINGS)).toBeUndefined()
  })

  it('not by age when the first batch has no timestamp', () => {
    const segment = { ...SEGMENT, firstTimestampMs: -1 }
    expect(rollReason(segment, { ...BATCH, maxTimestampMs: 99_999 }, SETTINGS)).toBeUndefined()
  })

  it('when an index is full, with one place of the time index kept for its final entry', () => {
    const withEntries = (
      offsetIndexEntries: number,
      timeIndexEntries: number,
    ): string | undefined =>
      rollReason({ ...SEGMENT, offsetIndexEntries, timeIndexEntries }, BATCH, SETTINGS)
    expect(withEntries(14, 8)).toBeUndefined()
    expect(withEntries(15, 0)).toBe('index-full')
    expect(withEntries(9, 9)).toBe('index-full')
  })

  it('when an offset would be too far from the base for an index entry', () => {
    const lastOffset = 100 + 2 ** 31 - 1
    expect(rollReason(SEGMENT, { ...BATCH, lastOffset }, SETTINGS)).toBeUndefined()
    expect(rollReason(SEGMENT, { ...BATCH, lastOffset: lastOffset + 1 }, SETTINGS)).toBe(
      'offset-distance',
    )
  })

  it('never instead of one that is empty', () => {
    const empty = { ...SEGMENT, bytes: 0, firstTimestampMs: undefined, offsetIndexEntries: 99 }
    const batch = { bytes: 9_999, lastOffset: 2 ** 40, maxTimestampMs: 2 ** 45 }
    expect(rollReason(empty, batch, SETTINGS)).toBeUndefined()
  })
})
