import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expiredSegments, type RetainedSegment } from '../../../src/storage/retention-rule.ts'

/** Segments of 10 offsets each: [bytes, largest timestamp]. */
function segmentsOf(...shapes: readonly (readonly [number, number])[]): RetainedSegment[] {
  return shapes.map(([bytes, largestTimestampMs], index) => ({
    baseOffset: index * 10,
    bytes,
    largestTimestampMs,
  }))
}

const UNLIMITED = { retentionMs: Infinity, retentionBytes: Infinity }
const SEGMENTS = segmentsOf([100, 1_000], [100, 2_000], [100, 1_500], [100, 3_000], [50, 4_000])

describe('retention', () => {
  it('removes nothing without limits', () => {
    const request = { settings: UNLIMITED, nowMs: 1e15, startOffset: 0 }
    expect(expiredSegments(SEGMENTS, request)).toBe(0)
  })

  it('by time removes from the oldest on, up to the first segment that is young enough', () => {
    const expiredAt = (nowMs: number): number =>
      expiredSegments(SEGMENTS, {
        settings: { ...UNLIMITED, retentionMs: 500 },
        nowMs,
        startOffset: 0,
      })
    expect(expiredAt(1_500)).toBe(0)
    expect(expiredAt(1_501)).toBe(1)
    // The third one is old enough, but the second one keeps it.
    expect(expiredAt(2_400)).toBe(1)
    expect(expiredAt(2_501)).toBe(3)
    expect(expiredAt(1e15)).toBe(4)
  })

  it('by size removes as long as at least the limit is left', () => {
    const left = (retentionBytes: number): number =>
      expiredSegments(SEGMENTS, {
        settings: { ...UNLIMITED, retentionBytes },
        nowMs: 0,
        startOffset: 0,
      })
    expect(left(450)).toBe(0)
    expect(left(351)).toBe(0)
    expect(left(350)).toBe(1)
    expect(left(250)).toBe(2)
    expect(left(0)).toBe(4)
  })

  it('removes segments wholly below the start, whatever else', () => {
    const below = (startOffset: number): number =>
      expiredSegments(SEGMENTS, { settings: UNLIMITED, nowMs: 0, startOffset })
    expect([0, 9, 10, 19, 20, 39, 40, 45, 9_999].map(below)).toEqual([0, 0, 1, 1, 2, 3, 4, 4, 4])
  })

  it('never removes the last segment, nor anything of an empty log', () => {
    const settings = { retentionMs: 0, retentionBytes: 0 }
    const request = { settings, nowMs: 1e15, startOffset: 1e9 }
    expect(expiredSegments([], request)).toBe(0)
    expect(expiredSegments(segmentsOf([10, 0]), request)).toBe(0)
    expect(expiredSegments(SEGMENTS, request)).toBe(4)
  })

  it('asked again after a removal removes nothing more', () => {
    const shape = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 1_000 }))
    const property = fc.property(
      fc.array(shape, { maxLength: 12 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 1_500 }),
      fc.integer({ min: 0, max: 150 }),
      (shapes, retentionMs, retentionBytes, nowMs, startOffset) => {
        const segments = segmentsOf(...shapes)
        const request = { settings: { retentionMs, retentionBytes }, nowMs, startOffset }
        const left = segments.slice(expiredSegments(segments, request))
        expect(expiredSegments(left, request)).toBe(0)
      },
    )
    fc.assert(property, { numRuns: 300 })
  })
})
