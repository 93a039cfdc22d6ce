// What every clock does, over the machine's and the virtual one. A real clock is only ever waited for, never measured.
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/platform/clock.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'

interface ClockSubject {
  readonly clock: Clock
  /** Lets at least so much time go by. */
  readonly pass: (ms: number) => Promise<void>
}

function clockContract(name: string, make: () => ClockSubject): void {
  describe(`${name} keeps the contract of a clock:`, () => {
    it('shows whole milliseconds since 1970', () => {
      const { clock } = make()
      expect(clock.wallMs()).toBeGreaterThan(Date.UTC(2020, 0, 1))
      expect(Number.isInteger(clock.wallMs())).toBe(true)
    })

    it('goes on and never back', async () => {
      const { clock, pass } = make()
      const first = clock.monotonicMs()
      await pass(5)
      expect(clock.monotonicMs()).toBeGreaterThanOrEqual(first + 5)
    })

    it('runs a timer once, after its delay and never within the call', async () => {
      const { clock, pass } = make()
      const startMs = clock.monotonicMs()
      const elapsed: number[] = []
      clock.after(5, () => elapsed.push(clock.monotonicMs() - startMs))
      clock.after(0, () => elapsed.push(0))
      expect(elapsed).toEqual([])
      await pass(30)
      await pass(30)
      expect(elapsed.length).toBe(2)
      expect(elapsed[0]).toBe(0)
      expect(elapsed[1]).toBeGreaterThanOrEqual(5)
    })

    it('runs timers in the order of their due times', async () => {
      const { clock, pass } = make()
      const order: string[] = []
      clock.after(40, () => order.push('last'))
      clock.after(1, () => order.push('first'))
      clock.after(20, () => order.push('middle'))
      await pass(80)
      expect(order).toEqual(['first', 'middle', 'last'])
    })

    it('does not run a stopped timer, and stopping may be repeated', async () => {
      const { clock, pass } = make()
      let runs = 0
      const stop = clock.after(1, () => runs++)
      stop()
      stop()
      const stopLater = clock.after(1, () => runs++)
      await pass(20)
      stopLater()
      expect(runs).toBe(1)
    })

    it('never runs a timer without an end', async () => {
      const { clock, pass } = make()
      let runs = 0
      const stop = clock.after(Infinity, () => runs++)
      await pass(10)
      stop()
      expect(runs).toBe(0)
    })

    it('takes delays beyond what setTimeout takes', async () => {
      const { clock, pass } = make()
      let runs = 0
      const stop = clock.after(2 ** 31 + 5, () => runs++)
      await pass(10)
      stop()
      expect(runs).toBe(0)
    })

    it('sleeps, and wakes early with the reason of an abort', async () => {
      const { clock, pass } = make()
      const slept = clock.sleep(5)
      await pass(30)
      await slept

      const controller = new AbortController()
      const interrupted = clock.sleep(1_000_000, controller.signal)
      controller.abort(new Error('enough'))
      await expect(interrupted).rejects.toThrow('enough')
      await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough')
    })
  })
}

clockContract('NodeClock', () => ({
  clock: new NodeClock(),
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms + 1)),
}))

clockContract('VirtualClock', () => {
  const clock = new VirtualClock()
  return { clock, pass: (ms) => clock.advance(ms) }
})
