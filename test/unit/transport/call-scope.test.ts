import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { MetricRegistry } from '../../../src/platform/metric-registry.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { openCallScope } from '../../../src/transport/grpc/open-call-scope.ts'
import { TransportMetrics } from '../../../src/transport/transport-metrics.ts'
import { refusalOf } from '../../support/refusal.ts'

/** What grpc-js gives a handler, as far as the scope of a call looks at it. */
class Call extends EventEmitter {
  readonly #deadline: Date | number

  constructor(deadline: Date | number = Infinity) {
    super()
    this.#deadline = deadline
  }

  getDeadline(): Date | number {
    return this.#deadline
  }

  getPeer(): string {
    return '127.0.0.1:1'
  }

  getPath(): string {
    return '/varve.v1.LogService/Fetch'
  }
}

/** What a scope needs of its server. */
function contextOf(
  clock: VirtualClock,
  registry = new MetricRegistry(),
): { clock: VirtualClock; metrics: TransportMetrics } {
  return {
    clock,
    metrics: new TransportMetrics(registry, clock, {
      answerBytes: () => 0,
      subscriptionBytes: () => 0,
    }),
  }
}

const MINUTE_MS = 60_000

describe('the scope of a call', () => {
  it.each([
    ['no deadline takes the default', Infinity, LIMITS.deadlineMsDefault],
    ['a deadline counts', MINUTE_MS, MINUTE_MS],
    ['one beyond five minutes is five minutes', 60 * MINUTE_MS, LIMITS.deadlineMsMax],
    ['one that passed is a millisecond', -MINUTE_MS, 1],
  ])('%s', (_what, deadlineMs, expectedMs) => {
    const clock = new VirtualClock()
    const deadline = deadlineMs === Infinity ? Infinity : new Date(clock.wallMs() + deadlineMs)
    const scope = openCallScope(new Call(deadline), contextOf(clock), 'unary')
    expect(scope.remainingMs).toBe(expectedMs)
    scope.end()
  })

  it('of a stream lasts as long as its client says', () => {
    const clock = new VirtualClock()
    const forEver = openCallScope(new Call(), contextOf(clock), 'stream')
    const deadline = new Date(clock.wallMs() + 60 * MINUTE_MS)
    const anHour = openCallScope(new Call(deadline), contextOf(clock), 'stream')
    expect([forEver.remainingMs, anHour.remainingMs]).toEqual([Infinity, 60 * MINUTE_MS])
    anHour.end()
  })

  it('ends what it waits for when the deadline passes', async () => {
    const clock = new VirtualClock()
    const deadline = new Date(clock.wallMs() + 1_000)
    const scope = openCallScope(new Call(deadline), contextOf(clock), 'unary')
    const waiting = refusalOf(scope.race(new Promise(() => undefined)))
    await clock.advance(1_000)
    expect((await waiting).code).toBe('REQUEST_TIMEOUT')
    expect(scope.signal.aborted).toBe(true)
    expect(scope.remainingMs).toBe(0)
  })

  it('ends what it waits for when the client goes away, and what it is given then', async () => {
    const call = new Call()
    const scope = openCallScope(call, contextOf(new VirtualClock()), 'unary')
    const waiting = refusalOf(scope.race(new Promise(() => undefined)))
    call.emit('cancelled')
    expect((await waiting).code).toBe('CANCELLED')
    expect((await refusalOf(scope.race(Promise.resolve(1)))).code).toBe('CANCELLED')
  })

  it('gives what it waits for when that comes first', async () => {
    const scope = openCallScope(new Call(), contextOf(new VirtualClock()), 'unary')
    await expect(scope.race(Promise.resolve('answer'))).resolves.toBe('answer')
    await expect(scope.race(Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
    scope.end()
  })

  it('does not mind work that fails after it has ended', async () => {
    const call = new Call()
    const scope = openCallScope(call, contextOf(new VirtualClock()), 'unary')
    let fail: (error: Error) => void = () => undefined
    const work = new Promise((_resolve, reject) => {
      fail = reject
    })
    const waiting = refusalOf(scope.race(work))
    call.emit('cancelled')
    await waiting
    fail(new Error('late'))
    await expect(work).rejects.toThrow('late')
  })

  it('leaves no timer behind', () => {
    const clock = new VirtualClock()
    const call = new Call()
    const ended = openCallScope(call, contextOf(clock), 'unary')
    const cancelled = openCallScope(call, contextOf(clock), 'unary')
    const streaming = openCallScope(call, contextOf(clock), 'stream')
    ended.end()
    call.emit('cancelled')
    expect(clock.openTimers).toBe(0)
    for (const scope of [cancelled, streaming]) expect(scope.signal.aborted).toBe(true)
  })

  it('counts a call while it is under way, and how long it took', async () => {
    const clock = new VirtualClock()
    const registry = new MetricRegistry()
    const call = new Call()
    openCallScope(call, contextOf(clock, registry), 'unary')
    expect(registry.render()).toContain('varve_calls{method="Fetch"} 1')
    await clock.advance(3_000)
    call.emit('cancelled')
    expect(registry.render()).toContain('varve_calls{method="Fetch"} 0')
    expect(registry.render()).toContain('varve_call_seconds_sum{method="Fetch"} 3')
  })
})
