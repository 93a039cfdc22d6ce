import { describe, expect, it } from 'vitest'
import { admitOffset, FIRST_OFFSET, offsetAfter } from '../../../src/domain/offset.ts'
import { codeOf } from '../../support/error-code.ts'

describe('an offset', () => {
  it('is an integer from 0 to 2^53 - 1', () => {
    for (const value of [0, 1, 2 ** 31, 2 ** 53 - 1]) expect(admitOffset(value)).toBe(value)
    for (const value of [-1, 0.5, 2 ** 53, 2 ** 63, NaN, Infinity, -Infinity]) {
      expect(codeOf(() => admitOffset(value))).toBe('INVALID_OFFSET')
    }
  })

  it('is named in the refusal', () => {
    expect(() => admitOffset(-1, 'end_offset')).toThrow(/^end_offset must be/)
  })

  it('is followed by others; leaving the range is a bug', () => {
    expect(offsetAfter(FIRST_OFFSET, 5)).toBe(5)
    expect(offsetAfter(admitOffset(5), -5)).toBe(0)
    expect(() => offsetAfter(FIRST_OFFSET, -1)).toThrow(RangeError)
    expect(() => offsetAfter(admitOffset(2 ** 53 - 1), 1)).toThrow(RangeError)
  })
})
