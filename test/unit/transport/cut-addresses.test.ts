import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { CutAddresses } from '../../../src/transport/cut-addresses.ts'

const ADDRESS = '192.0.2.7'

function withClock(): { clock: VirtualClock; cuts: CutAddresses } {
  const clock = new VirtualClock()
  return { clock, cuts: new CutAddresses(clock, LIMITS) }
}

function cutOften(cuts: CutAddresses, times: number, address = ADDRESS): void {
  for (let index = 0; index < times; index++) cuts.cut(address)
}

describe('an address whose connections are cut', () => {
  it('is let in some times more, then no more, and as time goes on again', async () => {
    const { clock, cuts } = withClock()
    cutOften(cuts, LIMITS.cutConnectionsBurstMax - 1)
    expect(cuts.isShutOut(ADDRESS)).toBe(false)
    cuts.cut(ADDRESS)
    expect(cuts.isShutOut(ADDRESS)).toBe(true)
    await clock.advance(1_000 / LIMITS.cutConnectionsPerSecondMax)
    expect(cuts.isShutOut(ADDRESS)).toBe(false)
    cuts.cut(ADDRESS)
    expect(cuts.isShutOut(ADDRESS)).toBe(true)
  })

  it('does not concern others, but its own network of IPv6', () => {
    const { cuts } = withClock()
    cutOften(cuts, LIMITS.cutConnectionsBurstMax, '2001:db8:1:2::3')
    expect(cuts.isShutOut(ADDRESS)).toBe(false)
    expect(cuts.isShutOut('2001:db8:1:2:ffff::1')).toBe(true)
    expect(cuts.isShutOut('2001:db8:1:3::3')).toBe(false)
  })

  it('is forgotten when it was quiet for long', async () => {
    const { clock, cuts } = withClock()
    cutOften(cuts, 3)
    expect(cuts.size).toBe(1)
    await clock.advance('1h')
    expect(cuts.isShutOut(ADDRESS)).toBe(false)
    expect(cuts.size).toBe(0)
  })

  it('is one of a bounded number, however many there are', () => {
    const { cuts } = withClock()
    for (let index = 0; index < 12_000; index++) {
      cuts.cut(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`)
    }
    expect(cuts.size).toBe(10_000)
  })
})
