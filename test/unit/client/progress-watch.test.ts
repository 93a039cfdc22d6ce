import { describe, expect, it } from 'vitest'
import { ProgressWatch, type StuckEvent } from '../../../src/client/progress-watch.ts'
import type { Cancel } from '../../../src/platform/clock.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

/** A clock of a process that can be stopped: time goes on without its timers. */
class StoppableClock extends VirtualClock {
  private skippedMs = 0

  override monotonicMs(): number {
    return super.monotonicMs() + this.skippedMs
  }

  override after(delayMs: number, action: () => void): Cancel {
    return super.after(delayMs, action)
  }

  skip(ms: number): void {
    this.skippedMs += ms
  }
}

function watchOn(clock: VirtualClock, stuckAfterMs = 30_000) {
  const stuck: StuckEvent[] = []
  const recovered: StuckEvent[] = []
  const watch = new ProgressWatch({
    clock,
    stuckAfterMs,
    onStuck: (event) => stuck.push(event),
    onRecovered: (event) => recovered.push(event),
  })
  watch.start()
  return { watch, stuck, recovered }
}

const PLACE = { topic: 'orders', partition: 3 }

describe('the watch over progress', () => {
  it('tells once what has been open for long, with its place and age, and once that it goes on', async () => {
    const clock = new VirtualClock()
    const { watch, stuck, recovered } = watchOn(clock)
    const handler = watch.add('handler', PLACE)
    const token = handler.begin(17)
    await clock.advance('29s')
    expect(stuck).toEqual([])
    await clock.advance('2s')
    await clock.advance('60s')
    expect(stuck).toEqual([
      {
        reason: 'handler',
        topic: 'orders',
        partition: 3,
        offset: 17,
        ageMs: 30_000,
        message: 'the handler of orders/3 at offset 17 has not come to its end for 30 s',
      },
    ])
    expect(watch.stuck).toEqual(['handler'])
    expect(handler.ageMs).toBe(91_000)
    handler.end(token)
    handler.end(token)
    expect(recovered.map(({ ageMs, message }) => ({ ageMs, message }))).toEqual([
      { ageMs: 91_000, message: 'the handler of orders/3 goes on after 91 s' },
    ])
    expect([watch.stuckCount, watch.stuck]).toEqual([1, []])
  })

  it.each(['removed', 'given up', 'ended after it was given up'])(
    'does not say that something goes on which was %s while it hung',
    async (how) => {
      const clock = new VirtualClock()
      const { watch, stuck, recovered } = watchOn(clock)
      const handler = watch.add('handler', PLACE)
      const token = handler.begin(17)
      await clock.advance('40s')
      if (how === 'removed') watch.remove(handler)
      else handler.end(token, true)
      handler.end(token)
      expect(stuck).toHaveLength(1)
      expect(recovered).toEqual([
        {
          reason: 'handler',
          topic: 'orders',
          partition: 3,
          ageMs: 40_000,
          isGivenUp: true,
          message:
            'the handler of orders/3 was given up after 40 s: nobody waits for it any more, and it may still run',
        },
      ])
    },
  )

  it('says nothing of what is renewed or ended in time, however often', async () => {
    const clock = new VirtualClock()
    const { watch, stuck } = watchOn(clock)
    const heartbeat = watch.add('heartbeat')
    const handler = watch.add('handler', PLACE)
    heartbeat.renew()
    for (let round = 0; round < 20; round++) {
      const token = handler.begin(round)
      await clock.advance('10s')
      handler.end(token)
      heartbeat.renew()
    }
    expect(stuck).toEqual([])
    await clock.advance('31s')
    expect(stuck.map(({ reason, message }) => ({ reason, message }))).toEqual([
      { reason: 'heartbeat', message: 'the broker has answered no heartbeat for 30 s' },
    ])
  })

  it('counts a partition as stuck as long as its oldest open piece is overdue', async () => {
    const clock = new VirtualClock()
    const { watch, stuck, recovered } = watchOn(clock, 8_000)
    const handler = watch.add('handler', PLACE)
    const first = handler.begin(1)
    await clock.advance('5s')
    const second = handler.begin(2)
    await clock.advance('10s')
    handler.end(first)
    expect([stuck.length, recovered.length, handler.offset]).toEqual([1, 0, 2])
    handler.end(second)
    expect([stuck.length, recovered.length, handler.isStuck]).toEqual([1, 1, false])
  })

  it('tells a process that did not run apart from what it let wait', async () => {
    const clock = new StoppableClock()
    const { watch, stuck, recovered } = watchOn(clock)
    const heartbeat = watch.add('heartbeat')
    heartbeat.renew()
    await clock.advance('2s')
    clock.skip(60_000)
    await clock.advance('1s')
    expect(stuck.map(({ reason, ageMs }) => ({ reason, ageMs }))).toEqual([
      { reason: 'event-loop', ageMs: 60_000 },
    ])
    expect(recovered.map(({ reason }) => reason)).toEqual(['event-loop'])
    heartbeat.renew()
    await clock.advance('20s')
    expect(stuck).toHaveLength(1)
  })

  it('asks what is known only when it is asked, and tells the same of it', async () => {
    const clock = new VirtualClock()
    const { watch, stuck, recovered } = watchOn(clock)
    let sinceMs: number | undefined = 0
    watch.observe('commit', () =>
      sinceMs === undefined
        ? undefined
        : { ageMs: clock.monotonicMs() - sinceMs, place: PLACE, offset: 5 },
    )
    await clock.advance('40s')
    expect(stuck.map(({ message }) => message)).toEqual([
      'nothing of orders/3 at offset 5 could be committed for 30 s',
    ])
    sinceMs = undefined
    await clock.advance('1s')
    expect(recovered.map(({ message, partition }) => [message, partition])).toEqual([
      ['committing of orders/3 goes on after 41 s', 3],
    ])
  })

  it('forgets what is removed, and leaves no timer when it is stopped', async () => {
    const clock = new VirtualClock()
    const { watch, stuck, recovered } = watchOn(clock, 1_000)
    const handler = watch.add('handler', PLACE)
    handler.begin(1)
    await clock.advance('2s')
    watch.remove(handler)
    expect([stuck.length, recovered.length, watch.stuck]).toEqual([1, 1, []])
    watch.add('commit', PLACE).begin()
    watch.stop()
    expect(clock.openTimers).toBe(0)
    await clock.advance('5s')
    expect(stuck).toHaveLength(1)
  })
})
