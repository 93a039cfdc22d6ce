// Calls and streams that are cancelled in great numbers leave nothing: no waiter, no subscription, no bytes, no timer.
import { setMaxListeners } from 'node:events'
import { expect, test } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { serveBroker } from '../../conformance/served-broker.ts'
import { WAYS } from '../../conformance/ways.ts'
import { batchOf } from '../../support/batches.ts'
import { createTopic } from '../../support/open-broker.ts'

/** `CANCELLED_COUNT=10000` asks more of it. */
const COUNT = Number(process.env['CANCELLED_COUNT'] ?? 512)
const ROUND = LIMITS.subscriptionsPerConnectionMax
const PATIENT = { timeoutMs: 30_000 }
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test.each(WAYS.filter(({ transport }) => transport === 'in-process'))(
  `$name: ${COUNT} long polls, subscriptions and produces that are cancelled leave nothing`,
  async (way) => {
    const clock = new VirtualClock()
    const served = await serveBroker(way, { clock })
    const { broker, transport } = served
    await createTopic(broker, 't')
    await createTopic(broker, 'empty')
    const left = (): object => ({
      waiting: broker.fetcher.waiting,
      subscriptions: broker.subscriptions.counts.open,
      subscribed: broker.subscriptions.waiting,
      bytes: broker.producer.inFlightBytes,
      timers: clock.openTimers,
    })
    const before = left()
    const entries = [{ topic: 't', records: { batches: batchOf() } }]
    let ends = 0
    let waitingMax = 0
    const onEnd = (): void => {
      ends++
    }
    for (let done = 0; done < COUNT; done += ROUND) {
      const abort = new AbortController()
      setMaxListeners(0, abort.signal)
      const options = { ...PATIENT, signal: abort.signal }
      const calls: Promise<unknown>[] = []
      const streams: { cancel(): void }[] = []
      for (let index = 0; index < ROUND; index++) {
        const one = index % 2 === 0 ? options : { ...PATIENT, signal: AbortSignal.abort() }
        const partitions = [{ topic: 'empty', offset: 0 }]
        calls.push(transport.call('fetch', { partitions, maxWaitMs: 60_000 }, one))
        calls.push(transport.call('produce', { entries }, one))
        const events = { onMessage: () => undefined, onAck: () => undefined, onDrain: onEnd, onEnd }
        const subscription = await transport.openSubscription({ creditBytes: 1 }, events, PATIENT)
        subscription.send({
          add: { partitions: [{ topic: 't', position: 'OFFSET_POSITION_LATEST' }] },
        })
        const producing = await transport.openProduceStream({}, events, PATIENT)
        producing.send({ correlationId: 1, entries })
        streams.push(subscription, producing)
      }
      waitingMax = Math.max(waitingMax, broker.fetcher.waiting)
      abort.abort()
      for (const stream of streams) stream.cancel()
      await Promise.allSettled(calls)
    }
    // Appends that were begun are finished.
    for (let turns = 0; broker.producer.inFlightBytes > 0 && turns < 1_000; turns++) await turn()
    await turn()
    expect(left()).toEqual(before)
    expect(waitingMax).toBe(ROUND / 2)
    expect(ends).toBeGreaterThanOrEqual(2 * COUNT)
    console.log(`cancelled in process, ${way.storage}: ${COUNT} of each kind, 0 left`)
    await served.close()
  },
)
