import { afterEach, describe, expect, it } from 'vitest'
import { growthPercentOf } from '../../../src/platform/heap-headroom.ts'
import { type Child, startChild } from '../../support/child.ts'

const MIB = 1024 * 1024
let child: Child | undefined

afterEach(() => child?.kill())

describe('the headroom of the heap', () => {
  it.each([
    [5, 1_500],
    [17, 1_500],
    [32, 800],
    [128, 200],
    [256, 100],
    [257, 100],
    [300, 0],
    [4_000, 0],
  ])(
    'is the same bytes whatever the heap has, up to a growth: %i MiB may grow by %i %',
    (mib, percent) => {
      expect(growthPercentOf(mib * MIB)).toBe(percent)
    },
  )

  it('spares most full collections while Buffers come and die', async () => {
    child = startChild(new URL('heap-headroom-child.ts', import.meta.url), [])
    const line = await child.line()
    console.log(line)
    const { without, withHeadroom } = JSON.parse(line ?? '') as Record<string, number>
    expect(without).toBeGreaterThan(0)
    expect(withHeadroom).toBeLessThan((without ?? 0) / 2)
  })
})
