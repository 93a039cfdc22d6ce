import { expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { ServiceContext } from '../../../src/transport/service-context.ts'
import { batchOfSize } from '../../support/batches.ts'
import { createTopic, openBroker } from '../../support/open-broker.ts'
import { adding, contextOf, Subscriber } from '../../support/subscriber.ts'

const KIB = 1024
const MIB = KIB * KIB
const BATCH_BYTES = 32 * KIB
const STORED_BYTES = 12 * MIB
const CREDIT_BYTES = 2 * MIB

interface Setting {
  readonly clock: VirtualClock
  readonly context: ServiceContext
  readonly subscriber: Subscriber
}

/** A topic with 12 MiB, and a client that asks for messages as large as may be. */
async function setUp(): Promise<Setting> {
  const { broker, clock } = await openBroker()
  await createTopic(broker, 't', 1)
  for (let bytes = 0; bytes < STORED_BYTES; bytes += BATCH_BYTES) {
    await broker.producer.append({ topic: 't', partition: 0, batch: batchOfSize(BATCH_BYTES) })
  }
  const context = contextOf(broker, clock)
  return { clock, context, subscriber: new Subscriber(context) }
}

function sizesOf(subscriber: Subscriber): number[] {
  return subscriber.messages.flatMap(({ batch }) => (batch ? [batch.creditBytes ?? 0] : []))
}

/** Reads all, and gives credit back when it has a quarter of it. @returns the sizes of the messages */
async function readAll({ clock, subscriber }: Setting): Promise<number[]> {
  subscriber.init({ creditBytes: CREDIT_BYTES, maxBytes: MIB }).add(adding('t'))
  let given = CREDIT_BYTES
  for (;;) {
    await clock.advance(1)
    const sizes = sizesOf(subscriber)
    const read = sizes.reduce((sum, bytes) => sum + bytes, 0)
    const room = read + CREDIT_BYTES - given
    if (room < MIB) return sizes
    subscriber.say({ credit: { bytes: room, records: 0 } })
    given += room
  }
}

it('a client that reads and gives credit back gets messages of up to 1 MiB, without a gap', async () => {
  const setting = await setUp()
  const sizes = await readAll(setting)
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThanOrEqual(STORED_BYTES)
  expect(Math.max(...sizes)).toBeGreaterThan(MIB - 2 * BATCH_BYTES)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MIB)
  const batches = setting.subscriber.messages.flatMap(({ batch }) => (batch ? [batch] : []))
  const counts = batches.map(({ nextOffset }) => Number(nextOffset))
  const records = batches.map(({ creditRecords }) => creditRecords ?? 0)
  let offset = 0
  expect(records.map((count) => (offset += count))).toEqual(counts)
  // In small messages they would be 128 and more.
  expect(sizes.length).toBeLessThanOrEqual(64)
})

it('a client that reads nothing costs one small message, whatever it asked for', async () => {
  const { clock, context, subscriber } = await setUp()
  subscriber.init({ creditBytes: 2 ** 30, maxBytes: MIB }).add(adding('t'))
  subscriber.stopReading()
  await clock.advance(1_000)
  expect(subscriber.unreadCount).toBe(1)
  expect(context.unreadSubscriptions.bytes).toBeLessThan(256 * KIB)
  subscriber.cancel()
})

it('a client that gave all credit at once gets small messages', async () => {
  const { clock, subscriber } = await setUp()
  subscriber.init({ creditBytes: 2 ** 30, maxBytes: MIB }).add(adding('t'))
  await clock.advance(1_000)
  expect(Math.max(...sizesOf(subscriber))).toBeLessThanOrEqual(128 * KIB)
  subscriber.cancel()
})

it('what clients that stopped reading hold of large messages is bounded for all together, and given back', async () => {
  const { clock, context, subscriber } = await setUp()
  await readAll({ clock, context, subscriber })
  subscriber.stopReading()
  subscriber.say({ seek: { topic: 't', partition: 0, seekEpoch: 1, to: 'offset', offset: 0 } })
  await clock.advance(1)
  // The word of the new place is on its way.
  subscriber.readOn()
  subscriber.stopReading()
  await clock.advance(1)
  expect(subscriber.unreadCount).toBe(1)
  expect(context.largeMessages.bytes).toBeLessThanOrEqual(MIB)
  expect(context.largeMessages.bytes).toBeGreaterThan(0)
  await clock.advance(LIMITS.subscriptionUnreadMsMax)
  expect(subscriber.ended?.code).toBe('SLOW_CONSUMER')
  expect(context.largeMessages.bytes).toBe(0)
})

it('a large reader that comes to the end of its partition holds nothing of the room, also when it asks again', async () => {
  const setting = await setUp()
  const { clock, context, subscriber } = setting
  await readAll(setting)
  subscriber.say({ credit: { bytes: 4 * MIB, records: 0 } })
  await clock.advance(1)
  expect(subscriber.told.at(-1)).toBe(`caught up t/0 ${STORED_BYTES / BATCH_BYTES}`)
  expect(context.largeMessages.bytes).toBe(0)
  subscriber.say({ pause: { partitions: [] } }).say({ resume: { partitions: [] } })
  await clock.advance(1)
  expect(context.largeMessages.bytes).toBe(0)
  subscriber.cancel()
})
