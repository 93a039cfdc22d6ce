import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { limitsWithin } from '../../../src/server/descriptor-shares.ts'

describe('files and connections', () => {
  it('have what the limits say where there are descriptors enough, or nobody knows', () => {
    expect(limitsWithin(LIMITS, undefined)).toBe(LIMITS)
    expect(limitsWithin(LIMITS, 1_000_000)).toEqual(LIMITS)
    expect(limitsWithin(LIMITS, Infinity)).toEqual(LIMITS)
  })

  it.each([
    [4_096, 512, 3_520],
    [1_024, 480, 480],
    [256, 96, 96],
    [20, 16, 16],
  ])('of %i descriptors have %i and %i', (descriptors, openFilesMax, connectionsMax) => {
    expect(limitsWithin(LIMITS, descriptors)).toMatchObject({ openFilesMax, connectionsMax })
  })

  it('may have what the other does not need', () => {
    const few = { ...LIMITS, openFilesMax: 60_000, connectionsMax: 100 }
    expect(limitsWithin(few, 1_064)).toMatchObject({ openFilesMax: 900, connectionsMax: 100 })
  })
})
