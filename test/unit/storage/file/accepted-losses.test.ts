import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterLosses,
  decodeAcceptedLosses,
  encodeAcceptedLosses,
  joinLosses,
  type LostRange,
  withoutLosses,
} from '../../../../src/storage/file/accepted-losses.ts'
import { encodeCheckedText } from '../../../../src/storage/file/checked-text.ts'
import { seeded } from '../../../support/seed.ts'

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }))
    .map(([first, length]): LostRange => ({ first, next: first + length })),
  { maxLength: 8 },
)

function offsetsOf(losses: readonly LostRange[]): Set<number> {
  const offsets = new Set<number>()
  for (const { first, next } of losses) for (let at = first; at < next; at++) offsets.add(at)
  return offsets
}

describe('Accepted losses', () => {
  it('are joined, subtracted and passed over as the sets of offsets that they are', () => {
    const { seed, runs } = seeded('LOSSES', 500)
    fc.assert(
      fc.property(ranges, ranges, fc.integer({ min: 0, max: 80 }), (one, other, offset) => {
        const joined = joinLosses(one, other)
        const all = offsetsOf([...one, ...other])
        expect(offsetsOf(joined)).toEqual(all)
        for (const [at, range] of joined.entries()) {
          expect(range.first).toBeGreaterThan(joined[at - 1]?.next ?? -1)
        }
        expect(decodeAcceptedLosses(encodeAcceptedLosses(joined))).toEqual(joined)
        for (const range of one) {
          const rest = offsetsOf(withoutLosses(range, joinLosses(other, [])))
          const expected = [...offsetsOf([range])].filter((at) => !offsetsOf(other).has(at))
          expect([...rest].sort((a, b) => a - b)).toEqual(expected)
        }
        let next = offset
        while (all.has(next)) next++
        expect(afterLosses(joined, offset)).toBe(next)
      }),
      { seed, numRuns: runs },
    )
    console.log(`accepted losses: seed ${seed}, ${runs} runs`)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    [
      'a flipped bit',
      Buffer.from(encodeAcceptedLosses([{ first: 1, next: 2 }])).fill(0x7f, 25, 26),
    ],
    ['a later version', encodeCheckedText('accepted-losses', 2, '')],
    ['lines that go back', encodeCheckedText('accepted-losses', 1, 'lost 5 6\nlost 1 2\n')],
    ['an empty range', encodeCheckedText('accepted-losses', 1, 'lost 5 5\n')],
    ['other words', encodeCheckedText('accepted-losses', 1, 'found 5 6\n')],
    [
      'a number that is too large',
      encodeCheckedText('accepted-losses', 1, 'lost 5 9999999999999999\n'),
    ],
  ])('are not believed when the file holds %s', (_, bytes) => {
    expect(decodeAcceptedLosses(bytes)).toEqual(expect.any(String))
  })
})
