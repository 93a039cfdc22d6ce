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
