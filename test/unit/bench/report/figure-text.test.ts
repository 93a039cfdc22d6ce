import { describe, expect, it } from 'vitest'
import {
  digitsText,
  megabytesText,
  percentText,
  sizeText,
  verdictText,
} from '../../../../src/bench/report/figure-text.ts'
import { goodVerdict } from './sample-report.ts'

describe('a figure of the bench', () => {
  it('has three significant digits or more', () => {
    expect([0.0124, 0.9994, 0.9996, 9.994, 9.996, 99.94, 99.96, 4_120.4].map(digitsText)).toEqual([
      '0.012',
      '0.999',
      '1.00',
      '9.99',
      '10.0',
      '99.9',
      '100',
      '4,120',
    ])
  })

  it('is a dash when there is none', () => {
    expect([undefined, NaN, Infinity].map(digitsText)).toEqual(['-', '-', '-'])
    expect([megabytesText(undefined), percentText(NaN)]).toEqual(['-', '-'])
  })

  it('is a percentage of a ceiling, also above it', () => {
    expect([0.714, 0.0042, 1.05, 0, 0.0996].map(percentText)).toEqual([
      '71 %',
      '0.4 %',
      '105 %',
      '0 %',
      '10 %',
    ])
  })

  it('shows sizes that were chosen in the unit in which they were', () => {
    expect([100, 1000, 1024, 1536, 131_072, 256 * 2 ** 20, 2 ** 30].map(sizeText)).toEqual([
      '100 B',
      '1,000 B',
      '1 KiB',
      '1.5 KiB',
      '128 KiB',
      '256 MiB',
      '1 GiB',
    ])
  })
})

describe('a verdict in words', () => {
  it('says that nothing is wrong, or what is', () => {
    const good = goodVerdict(1_000)
    expect(verdictText(good)).toBe('nothing lost, doubled, reordered or altered in 1,000 records')
    expect(verdictText({ ...good, unknown: 12 })).toContain('; 12 more had an unknown outcome')
    expect(verdictText({ ...good, checked: false })).toBe('not checked')
    expect(verdictText({ ...good, valid: false })).toBe('the check failed')
    expect(verdictText({ ...good, valid: false, reordered: 2, misplaced: 1 })).toBe(
      '2 reordered, 1 misplaced of 1,000 acknowledged records',
    )
  })
})
