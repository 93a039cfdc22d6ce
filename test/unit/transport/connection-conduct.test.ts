import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { ConnectionConduct } from '../../../src/transport/grpc/connection-conduct.ts'

function watched(): { clock: VirtualClock; conduct: ConnectionConduct; seen: string[] } {
  const clock = new VirtualClock()
  const seen: string[] = []
  return { clock, conduct: new ConnectionConduct(clock, LIMITS, (what) => seen.push(what)), seen }
}

function times(count: number, action: () => void): void {
  for (let index = 0; index < count; index++) action()
}

describe('a connection', () => {
  it('may send so many small frames in a second, and one more is too many', async () => {
    const { clock, conduct, seen } = watched()
    const small = (): void => {
      conduct.smallFrame()
    }
    for (let second = 0; second < 5; second++) {
      times(LIMITS.smallFramesPerSecondMax, small)
      await clock.advance('1s')
    }
    expect(seen).toEqual([])
    times(LIMITS.smallFramesPerSecondMax + 1, small)
    expect(seen).toEqual(['small-frames'])
  })

  it('may send any number of small messages, also with their headers and ends in frames of their own', () => {
    const { conduct, seen } = watched()
    times(100_000, () => {
      times(2, () => {
        conduct.smallFrame()
      })
      conduct.message()
    })
    expect(seen).toEqual([])
  })

  it('may break off many calls, but not always', async () => {
    const { clock, conduct, seen } = watched()
    const abort = (): void => {
      conduct.abortedCall()
    }
    times(LIMITS.abortedCallsBurstMax, abort)
    await clock.advance('2s')
    times(2 * LIMITS.abortedCallsPerSecondMax, abort)
    expect(seen).toEqual([])
    abort()
    expect(seen).toEqual(['aborted-calls'])
  })
})

describe('bytes that come for nothing', () => {
  const KIB = 1024

  it('may be so many in a second, and more are too many', async () => {
    const { clock, conduct, seen } = watched()
    let read = 0
    for (let second = 0; second < 5; second++) {
      await clock.advance('1s')
      read += LIMITS.emptyBytesPerSecondMax
      conduct.look({ read, written: 0 })
    }
    expect(seen).toEqual([])
    await clock.advance('1s')
    conduct.look({ read: read + LIMITS.emptyBytesPerSecondMax + 1, written: 0 })
    expect(seen).toEqual(['empty-bytes'])
  })

  it('are not those of data and calls', async () => {
    const { clock, conduct, seen } = watched()
    times(1_000, () => {
      conduct.data(16 * KIB)
    })
    times(100, () => {
      conduct.call()
    })
    await clock.advance('1s')
    conduct.look({ read: 1_000 * (16 * KIB + 9) + 100 * 8 * KIB, written: 0 })
    expect(seen).toEqual([])
  })

  it('may be more of a client that is sent much, as it says often that it has room', async () => {
    const { clock, conduct, seen } = watched()
    await clock.advance('1s')
    const MIB = 1024 * KIB
    conduct.look({ read: MIB, written: 500 * MIB })
    expect(seen).toEqual([])
  })
})

it('settings count more than pings', () => {
  const { conduct, seen } = watched()
  times(LIMITS.smallFramesPerSecondMax / 10, () => {
    conduct.settings()
  })
  expect(seen).toEqual([])
  conduct.settings()
  expect(seen).toEqual(['small-frames'])
})
