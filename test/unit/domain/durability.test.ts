import { describe, expect, it } from 'vitest'
import { DURABILITIES, isAtLeast } from '../../../src/domain/durability.ts'

describe('durabilities', () => {
  it('are ordered from none over written to synced', () => {
    for (const [left, level] of DURABILITIES.entries()) {
      for (const [right, other] of DURABILITIES.entries()) {
        expect(isAtLeast(level, other)).toBe(left >= right)
      }
    }
    expect(DURABILITIES).toEqual(['none', 'written', 'synced'])
  })
})
