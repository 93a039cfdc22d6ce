import { describe, expect, it } from 'vitest'
import { NodeRandom } from '../../../src/platform/node-random.ts'
import type { Random } from '../../../src/platform/random.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'

const SOURCES: readonly (readonly [string, () => Random])[] = [
  ['NodeRandom', () => new NodeRandom()],
  ['SeededRandom', () => new SeededRandom(42)],
]

for (const [name, make] of SOURCES) {
  describe(name, () => {
    it('gives every integer below the bound, and no other', () => {
      const random = make()
      const seen = new Set<number>()
      for (let i = 0; i < 2_000; i++) seen.add(random.integer(7))
      expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
      expect(random.integer(1)).toBe(0)
      expect(random.integer(2 ** 32)).toBeLessThan(2 ** 32)
    })

    it('gives as many bytes as are asked for, of all values', () => {
      const random = make()
      expect(random.bytes(0).length).toBe(0)
      expect(new Set(random.bytes(10_000)).size).toBe(256)
    })
  })
}

describe('SeededRandom', () => {
  const draw = (random: Random): number[] => Array.from({ length: 20 }, () => random.integer(1_000))

  it('repeats itself for the same seed, and not for another', () => {
    expect(draw(new SeededRandom(7))).toEqual(draw(new SeededRandom(7)))
    expect(draw(new SeededRandom(7))).toEqual(draw(new SeededRandom('7')))
    expect(draw(new SeededRandom(7))).not.toEqual(draw(new SeededRandom(8)))
  })

  it('gives the same numbers for ever: seeds in old reports stay useful', () => {
    expect(draw(new SeededRandom('varve')).slice(0, 5)).toEqual(FIRST_NUMBERS)
  })

  it('forks into sequences of their own', () => {
    const random = new SeededRandom(7)
    const [one, two] = [random.fork(), random.fork()]
    expect(draw(one)).not.toEqual(draw(two))
    expect(draw(new SeededRandom(7).fork())).toEqual(draw(new SeededRandom(7).fork()))
  })

  it('refuses bounds that it cannot serve', () => {
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1, NaN]) {
      expect(() => new SeededRandom(1).integer(bound)).toThrow(RangeError)
    }
  })
})

const FIRST_NUMBERS: readonly number[] = [116, 135, 571, 46, 211]
