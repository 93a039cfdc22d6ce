import { describe, expect, it } from 'vitest'
import type { Measured } from '../../../bench/micro/case.ts'
import {
  accused,
  type Baseline,
  baselineOf,
  caseFigures,
  compare,
} from '../../../bench/micro/regression.ts'

function measured(name: string, costs: readonly number[]): Measured[] {
  const rest = { ceiling: 'copy', units: 1_000, allocatedBytes: 10 } as const
  return costs.map((cost) => ({
    name,
    ...rest,
    quickNs: 2 * cost,
    medianNs: 3 * cost,
    ceilingNs: 2,
  }))
}

function baseline(cost: number, noise: number): Baseline {
  return { environment: 'elsewhere', cases: [{ name: 'a', ceiling: 'copy', cost, noise }] }
}

function verdict(before: Baseline, costs: readonly number[], growthMin?: number) {
  const [comparison] = compare(before, [caseFigures(measured('a', costs))], growthMin)
  return comparison?.verdict
}

describe('the figures of a case', () => {
  it('are the median of its ratios to the ceiling, and how far rounds lie from it', () => {
    const figures = caseFigures(measured('a', [10, 11, 9, 100, 10]))
    expect(figures.cost).toBe(10)
    expect(figures.noise).toBeCloseTo(0.148, 2)
    expect(figures.runNs).toBe(30_000)
    expect(figures.allocatedBytes).toBe(10)
  })

  it('do not depend on how fast the machine was in a round', () => {
    const slow = measured('a', [10]).map((one) => ({ ...one, quickNs: 200, ceilingNs: 20 }))
    expect(caseFigures([...measured('a', [10]), ...slow]).noise).toBe(0)
  })
})

describe('a comparison with a baseline', () => {
  it('calls a case slower or faster beyond the least growth', () => {
    expect(verdict(baseline(10, 0), [12])).toBe('alike')
    expect(verdict(baseline(10, 0), [13])).toBe('slower')
    expect(verdict(baseline(10, 0), [7])).toBe('faster')
    expect(verdict(baseline(10, 0), [12], 0.1)).toBe('slower')
  })

  it('stands above the noise of the stored run', () => {
    expect(verdict(baseline(10, 0.1), [13])).toBe('alike')
    expect(verdict(baseline(10, 0.1), [15])).toBe('slower')
  })

  it('stands above the noise of this run', () => {
    expect(verdict(baseline(10, 0), [11, 13, 15])).toBe('alike')
  })

  it('leaves out what only one of them knows, and what stands against another ceiling', () => {
    const figures = [
      caseFigures(measured('b', [1])),
      { ...caseFigures(measured('a', [99])), ceiling: 'loop' } as const,
    ]
    expect(compare(baseline(10, 0), figures)).toEqual([])
  })

  it('finds a run alike to the baseline that was made of it', () => {
    const figures = [caseFigures(measured('a', [10, 11, 12]))]
    const [comparison] = compare(baselineOf('here', figures), figures)
    expect(comparison?.verdict).toBe('alike')
  })
})

describe('an accusation', () => {
  const slower = compare(baseline(10, 0), [caseFigures(measured('a', [20]))])
  const alike = compare(baseline(10, 0), [caseFigures(measured('a', [10]))])

  it('holds when the case was slower each time', () => {
    expect(accused(slower, [slower, slower]).map(({ name }) => name)).toEqual(['a'])
  })

  it('falls when it was not slower once', () => {
    expect(accused(slower, [slower, alike])).toEqual([])
    expect(accused(alike, [])).toEqual([])
  })
})
