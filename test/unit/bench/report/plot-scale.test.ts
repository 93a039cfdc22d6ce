import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactScale, linearScale, logScale } from '../../../../src/bench/report/plot-scale.ts'

describe('the axis of a plot', () => {
  it('has round numbers', () => {
    expect(linearScale(128).ticks).toEqual([0, 50, 100, 150])
    expect(linearScale(810_000).ticks).toEqual([0, 200_000, 400_000, 600_000, 800_000, 1_000_000])
    expect(exactScale(5).ticks).toEqual([0, 1, 2, 3, 4, 5])
    expect(logScale([3.2, 410]).ticks).toEqual([1, 10, 100, 1000])
    expect(logScale([2, 40]).ticks).toEqual([1, 2, 5, 10, 20, 50, 100])
  })

  it('stands nothing outside of itself', () => {
    const values = fc.array(fc.double({ min: 1e-4, max: 1e9, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(values, (all) => {
        for (const scale of [
          linearScale(Math.max(...all)),
          exactScale(Math.max(...all)),
          logScale(all),
        ]) {
          const places = [...all, ...scale.ticks].map(scale.place)
          expect(places.every((place) => place >= 0 && place <= 1)).toBe(true)
          expect(scale.ticks.length).toBeGreaterThan(1)
          expect(scale.ticks.length).toBeLessThan(40)
        }
      }),
    )
  })

  it('can be drawn when there is nothing to draw', () => {
    for (const scale of [linearScale(0), exactScale(NaN), logScale([]), logScale([0])]) {
      expect(scale.ticks.length).toBeGreaterThan(1)
      expect(scale.place(0)).toBe(0)
    }
  })
})
