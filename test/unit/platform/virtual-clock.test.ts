import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

describe('the virtual clock', () => {
  it('stands still until it is told to advance', async () => {
    const clock = new VirtualClock(1_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect([clock.wallMs(), clock.monotonicMs()]).toEqual([1_000, 0])
    await clock.advance('1h')
    await clock.advance('1.5s')
    await clock.advance('250ms')
    expect(clock.monotonicMs()).toBe(3_601_750)
    expect(clock.wallMs()).toBe(3_602_750)
  })

  it('runs each timer at its own moment, those of one moment in the order of their making', async () => {
    const clock = new VirtualClock(0)
    const seen: string[] = []
    for (const [delayMs, name] of [
      [30, 'c'],
      [10, 'a'],
      [30, 'd'],
      [20, 'b'],
    ] as const) {
      clock.after(delayMs, () => seen.push(`${name}${clock.monotonicMs()}`))
    }
    await clock.advance(29)
    expect(seen).toEqual(['a10', 'b20'])
    await clock.advance(1)
    expect(seen).toEqual(['a10', 'b20', 'c30', 'd30'])
  })

  it('lets what a timer started run before the next timer', async () => {
    const clock = new VirtualClock(0)
    const seen: string[] = []
    clock.after(1, () => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => seen.push('job of the first'))
    })
    clock.after(1, () => seen.push('second'))
    await clock.advance(1)
    expect(seen).toEqual(['job of the first', 'second'])
  })

  it('runs timers that timers make, within the same advance when they are due', async () => {
    const clock = new VirtualClock(0)
    const ticks: number[] = []
    const tick = (): void => {
      ticks.push(clock.monotonicMs())
      clock.after(10, tick)
    }
    clock.after(10, tick)
    await clock.advance(35)
    expect(ticks).toEqual([10, 20, 30])
    expect(clock.openTimers).toBe(1)
  })

  it('keeps no trace of timers that were stopped', async () => {
    const clock = new VirtualClock(0)
    const stops = Array.from({ length: 10_000 }, (_, index) => clock.after(index, () => undefined))
    for (const stop of stops) stop()
    expect(clock.openTimers).toBe(0)
    await clock.advance('1h')
    expect(clock.openTimers).toBe(0)
  })

  it('has many timers in order', async () => {
    const clock = new VirtualClock(0)
    const due: number[] = []
    for (let index = 0; index < 500; index++) {
      const delayMs = (index * 7_919) % 1_009
      const stop = clock.after(delayMs, () => due.push(delayMs))
      if (index % 5 === 0) stop()
    }
    await clock.advance(2_000)
    expect(due.length).toBe(400)
    expect(due).toEqual([...due].sort((left, right) => left - right))
  })

  it('jumps its wall clock without touching what waits', async () => {
    const clock = new VirtualClock(5_000)
    let runs = 0
    clock.after(100, () => runs++)
    clock.setWallMs(0)
    expect(clock.wallMs()).toBe(0)
    await clock.advance(99)
    expect([runs, clock.wallMs()]).toEqual([0, 99])
    await clock.advance(1)
    expect(runs).toBe(1)
  })

  it('does not go back', async () => {
    await expect(new VirtualClock().advance(-1)).rejects.toThrow(RangeError)
  })
})

describe('time that runs until something is settled', () => {
  it('goes from timer to timer, and no further than it must', async () => {
    const clock = new VirtualClock()
    const seen: number[] = []
    const tick = (): void => {
      seen.push(clock.monotonicMs())
      clock.after(1_000, tick)
    }
    clock.after(1_000, tick)
    const work = clock.sleep(1_500).then(() => clock.sleep(1_000))
    await clock.until(work.then(() => 'done'))
    expect([seen, clock.monotonicMs()]).toEqual([[1_000, 2_000], 2_500])
    const failed = clock.sleep(10).then(() => Promise.reject(new Error('broken')))
    await expect(clock.until(failed)).rejects.toThrow('broken')
    // What is settled already needs no time.
    expect(await clock.until(Promise.resolve(1))).toBe(1)
    expect(clock.monotonicMs()).toBe(2_510)
  })

  it('gives up at its limit, and when nothing is left that could settle it', async () => {
    const clock = new VirtualClock()
    const never = new Promise<void>(() => undefined)
    clock.after(500, () => undefined)()
    await expect(clock.until(never)).rejects.toThrow('nothing is left to wait for')
    clock.after(2_000, () => undefined)
    await expect(clock.until(never, { limit: '1s' })).rejects.toThrow('still open after 1s')
    expect(clock.monotonicMs()).toBe(0)
  })
})

describe('a virtual clock that is told of work', () => {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

  it('stands still until the work is done, and what follows from it', async () => {
    const clock = new VirtualClock()
    const seen: string[] = []
    clock.after(10, () => {
      const work = async (): Promise<void> => {
        await clock.waitFor(pause())
        await clock.waitFor(pause())
        seen.push(`worked at ${clock.monotonicMs()}`)
      }
      void work()
    })
    clock.after(20, () => seen.push('the next timer'))
    await clock.advance(30)
    expect(seen).toEqual(['worked at 10', 'the next timer'])
  })

  it('goes on when the work fails', async () => {
    const clock = new VirtualClock()
    const work = clock.waitFor(pause().then(() => Promise.reject(new Error('broken'))))
    const advanced = clock.advance('1d')
    await expect(work).rejects.toThrow('broken')
    await advanced
    expect(clock.monotonicMs()).toBe(86_400_000)
  })

  it('goes on after a while beside work that never pauses', async () => {
    const clock = new VirtualClock()
    let isOver = false
    const endless = async (): Promise<void> => {
      while (!isOver) await clock.waitFor(new Promise((resolve) => setImmediate(resolve)))
    }
    void endless()
    await clock.advance('1h')
    isOver = true
    expect(clock.monotonicMs()).toBe(3_600_000)
  })
})
