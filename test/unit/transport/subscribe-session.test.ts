import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { SubscribeResponse } from '../../../src/protocol/grpc/messages.ts'
import { at, BATCH_TIME_MS, batchOf, batchOfSize } from '../../support/batches.ts'
import { createTopic, openBroker, produce } from '../../support/open-broker.ts'
import { adding, contextOf, Subscriber } from '../../support/subscriber.ts'

interface Setting {
  readonly broker: Broker
  readonly clock: VirtualClock
  readonly subscribe: () => Subscriber
}

/** Topic `t` with two partitions. */
async function setUp(): Promise<Setting> {
  const { broker, clock } = await openBroker()
  await createTopic(broker, 't', 2)
  const context = contextOf(broker, clock)
  return { broker, clock, subscribe: () => new Subscriber(context) }
}

/** Counts how often it waited until all that was sent had left. */
class CountedSubscriber extends Subscriber {
  trips = 0
  private underWay = 0

  override send(message: SubscribeResponse): Promise<void> {
    if (this.underWay === 0) this.trips++
    this.underWay++
    return super.send(message).finally(() => {
      this.underWay--
    })
  }
}

/** Enough turns for everything that is under way. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a subscription', () => {
  it('says where it begins, gives what is there, and says when that is all', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a', 'b'])
    const subscriber = subscribe().init().add(adding('t'))
    await settle()
    expect(subscriber.told).toEqual([
      'ready',
      'position t/0 0',
      'batch t/0 a,b -> 2',
      'caught up t/0 2',
    ])
  })

  it('tells of places and ends together with what goes before: many partitions cost few trips', async () => {
    const { broker, clock } = await openBroker()
    const partitions = 40
    await createTopic(broker, 'many', partitions)
    for (let partition = 0; partition < partitions; partition++) {
      await broker.producer.append({ topic: 'many', partition, batch: batchOf({ values: ['a'] }) })
    }
    const subscriber = new CountedSubscriber(contextOf(broker, clock))
    const numbers = Array.from({ length: partitions }, (_, partition) => partition)
    subscriber
      .init()
      .add(
        ...numbers.map((number) => adding('many', number, { stop: 'stopAtEnd', stopAtEnd: true })),
      )
    await settle()
    await settle()
    for (const number of numbers) {
      expect(subscriber.told.filter((words) => words.includes(`many/${number} `))).toEqual([
        `position many/${number} 0`,
        `batch many/${number} a -> 1`,
        `reached end many/${number} 1`,
      ])
    }
    // One for each with records, one for eight places, and that the session is ready.
    expect(subscriber.trips).toBeLessThanOrEqual(partitions + partitions / 8 + 1)
  })

  it('gives what comes later as it comes, and does not say again that this is all', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe().init().add(adding('t'))
    await settle()
    await produce(broker, 't', ['a'])
    await settle()
    await produce(broker, 't', ['b'])
    await settle()
    expect(subscriber.told.slice(2)).toEqual([
      'caught up t/0 0',
      'batch t/0 a -> 1',
      'batch t/0 b -> 2',
    ])
  })

  it.each([
    ['the earliest', { start: 'position', position: 'OFFSET_POSITION_EARLIEST' }, 0],
    ['the latest', { start: 'position', position: 'OFFSET_POSITION_LATEST' }, 3],
    ['the largest timestamp', { start: 'position', position: 'OFFSET_POSITION_MAX_TIMESTAMP' }, 2],
    ['a moment', { start: 'timestampMs', timestampMs: BATCH_TIME_MS + 10 }, 1],
    ['a moment after the last', { start: 'timestampMs', timestampMs: 2 ** 60 }, 3],
  ])('begins at %s', async (_what, start, offset) => {
    const { broker, subscribe } = await setUp()
    const times = [0, 10, 20].map((ms) => BATCH_TIME_MS + ms)
    const batch = batchOf({ values: ['a', 'b', 'c'], timestampMs: times })
    await broker.producer.append({ topic: 't', partition: 0, batch })
    const subscriber = subscribe()
      .init()
      .add(adding('t', 0, start))
    await settle()
    expect(subscriber.told[1]).toBe(`position t/0 ${offset}`)
  })

  it.each([
    ['an offset', { stop: 'stopOffset', stopOffset: 3 }, 3],
    ['a moment', { stop: 'stopTimestampMs', stopTimestampMs: BATCH_TIME_MS + 2 }, 2],
    ['the end as it was', { stop: 'stopAtEnd', stopAtEnd: true }, 4],
  ])('stops at %s and says so', async (_what, stop, offset) => {
    const { broker, subscribe } = await setUp()
    for (const [index, value] of ['a', 'b', 'c', 'd'].entries()) {
      const batch = batchOf({ values: [value], timestampMs: BATCH_TIME_MS + index })
      await broker.producer.append({ topic: 't', partition: 0, batch })
    }
    const subscriber = subscribe()
      .init()
      .add(adding('t', 0, stop))
    await settle()
    await produce(broker, 't', ['later'])
    await settle()
    expect(subscriber.told.at(-1)).toBe(`reached end t/0 ${offset}`)
    expect(subscriber.values).toEqual(['a', 'b', 'c', 'd'].slice(0, offset))
    subscriber.cancel()
    expect(broker.subscriptions.waiting).toBe(0)
  })

  it('waits for a stop that is still to come', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe()
      .init()
      .add(adding('t', 0, { stop: 'stopOffset', stopOffset: 2 }))
    await settle()
    await produce(broker, 't', ['a'])
    await produce(broker, 't', ['b'])
    await produce(broker, 't', ['c'])
    await settle()
    expect(subscriber.values).toEqual(['a', 'b'])
    expect(subscriber.told.at(-1)).toBe('reached end t/0 2')
  })

  it('goes on after the client half-closed until every partition came to its end', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a'])
    const subscriber = subscribe()
      .init()
      .add(adding('t', 0, { stop: 'stopOffset', stopOffset: 2 }))
    subscriber.session.finish()
    await settle()
    expect(subscriber.ended).toBeUndefined()
    await produce(broker, 't', ['b'])
    await settle()
    expect(subscriber.values).toEqual(['a', 'b'])
    expect(subscriber.ended).toBeNull()
  })

  it('ends after a half-close when the credit is used up', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a'])
    await produce(broker, 't', ['b'])
    const subscriber = subscribe().init({ creditBytes: 1 }).add(adding('t'))
    subscriber.session.finish()
    await settle()
    expect(subscriber.values).toEqual(['a'])
    expect(subscriber.ended).toBeNull()
  })

  it('gives records one by one from exactly the offset on', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a', 'b', 'c'])
    const subscriber = subscribe()
      .init({ form: 'RECORD_FORM_RECORDS', creditRecords: 1 })
      .add(adding('t', 0, { offset: 1 }))
    await settle()
    expect(subscriber.told.at(-1)).toBe('batch t/0 b -> 2')
    subscriber.say({ credit: { bytes: 0, records: 5 } })
    await settle()
    expect(subscriber.told.slice(-2)).toEqual(['batch t/0 c -> 3', 'caught up t/0 3'])
  })

  it('stops within a batch in the form of records, and after it in the form of batches', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a', 'b', 'c'])
    const stop = { stop: 'stopOffset', stopOffset: 2 }
    const records = subscribe()
      .init({ form: 'RECORD_FORM_RECORDS' })
      .add(adding('t', 0, stop))
    const batches = subscribe()
      .init()
      .add(adding('t', 0, stop))
    await settle()
    expect(records.told.slice(2)).toEqual(['batch t/0 a,b -> 2', 'reached end t/0 2'])
    expect(batches.told.slice(2)).toEqual(['batch t/0 a,b,c -> 3', 'reached end t/0 2'])
  })
})

describe('credit', () => {
  it('is overdrawn by at most one batch, in bytes', async () => {
    const { broker, subscribe } = await setUp()
    for (let index = 0; index < 10; index++) await produce(broker, 't', [`${index}`])
    const one = batchOf({ values: ['0'] }).length
    const subscriber = subscribe()
      .init({ creditBytes: 2 * one + 1 })
      .add(adding('t'))
    await settle()
    expect(subscriber.values).toHaveLength(3)
    subscriber.say({ credit: { bytes: one - 1, records: 0 } })
    await settle()
    expect(subscriber.values).toHaveLength(3)
    subscriber.say({ credit: { bytes: 1, records: 0 } })
    await settle()
    expect(subscriber.values).toHaveLength(4)
    subscriber.say({ credit: { bytes: 100 * one, records: 0 } })
    await settle()
    expect(subscriber.values).toHaveLength(10)
  })

  it('is overdrawn by at most one batch, in records', async () => {
    const { broker, subscribe } = await setUp()
    for (let index = 0; index < 10; index++) await produce(broker, 't', [`${index}a`, `${index}b`])
    const subscriber = subscribe().init({ creditRecords: 3 }).add(adding('t'))
    await settle()
    expect(subscriber.values).toHaveLength(4)
    const taken = subscriber.messages.map(({ batch }) => batch?.creditRecords ?? 0)
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(4)
    subscriber.say({ credit: { bytes: 0, records: 2 } })
    await settle()
    expect(subscriber.values).toHaveLength(6)
  })

  it('of none gives nothing but the place', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a'])
    const subscriber = subscribe().init({ creditBytes: 0 }).add(adding('t'))
    await settle()
    expect(subscriber.told).toEqual(['ready', 'position t/0 0'])
  })

  it('is shared fairly: a busy partition does not starve the other', async () => {
    const { broker, subscribe } = await setUp()
    for (let index = 0; index < 20; index++) {
      await produce(broker, 't', ['busy'])
      if (index < 3) await produce(broker, 't', ['quiet'], 1)
    }
    const one = batchOf({ values: ['busy'] }).length
    const subscriber = subscribe()
      .init({ maxBytes: one, creditBytes: 8 * one })
      .add(adding('t'), adding('t', 1))
    await settle()
    expect(subscriber.values.slice(0, 6).sort()).toEqual([
      ...['busy', 'busy', 'busy'],
      ...['quiet', 'quiet', 'quiet'],
    ])
  })
})

describe('commands', () => {
  it('seek goes to another place under its own epoch, also after an end', async () => {
    const { broker, subscribe } = await setUp()
    for (const value of ['a', 'b', 'c']) await produce(broker, 't', [value])
    const subscriber = subscribe()
      .init()
      .add(adding('t', 0, { stop: 'stopAtEnd', stopAtEnd: true }))
    await settle()
    subscriber.messages.length = 0
    const seek = { topic: 't', partition: 0, seekEpoch: 7, to: 'offset', offset: 2 } as const
    subscriber.say({ seek })
    await settle()
    expect(subscriber.told).toEqual(['position t/0 2', 'batch t/0 c -> 3', 'reached end t/0 3'])
    expect(subscriber.messages.map((message) => message.batch?.seekEpoch)[1]).toBe(7)
    subscriber.say({ seek })
    expect(subscriber.ended?.code).toBe('INVALID_ARGUMENT')
  })

  it('a pause stops a partition and a resume goes on without a gap', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe().init().add(adding('t'), adding('t', 1))
    await settle()
    subscriber.say({ pause: { partitions: [{ topic: 't', partition: 0 }] } })
    await produce(broker, 't', ['a'])
    await produce(broker, 't', ['x'], 1)
    await settle()
    expect(subscriber.values).toEqual(['x'])
    subscriber.say({ pause: { partitions: [] } })
    await produce(broker, 't', ['b'])
    await produce(broker, 't', ['y'], 1)
    await settle()
    expect(subscriber.values).toEqual(['x'])
    expect(broker.subscriptions.waiting).toBe(0)
    subscriber.say({ resume: { partitions: [] } })
    await settle()
    expect(subscriber.values.sort()).toEqual(['a', 'b', 'x', 'y'])
    expect(broker.subscriptions.waiting).toBe(2)
  })

  it('a partition that begins paused says its place and gives nothing', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a'])
    const subscriber = subscribe()
      .init()
      .add(adding('t', 0, { paused: true }))
    await settle()
    expect(subscriber.values).toEqual([])
    subscriber.say({ resume: { partitions: [{ topic: 't', partition: 0 }] } })
    await settle()
    expect(subscriber.values).toEqual(['a'])
  })

  it('remove lets a partition go, and it can be added again', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe().init().add(adding('t'))
    await settle()
    subscriber.say({ remove: { partitions: [{ topic: 't', partition: 0 }] } })
    expect(broker.subscriptions.counts.partitions).toBe(0)
    expect(broker.subscriptions.waiting).toBe(0)
    await produce(broker, 't', ['a'])
    await settle()
    expect(subscriber.values).toEqual([])
    subscriber.add(adding('t'))
    await settle()
    expect(subscriber.values).toEqual(['a'])
  })

  it('a kind of message that is not known is passed over', async () => {
    const { subscribe } = await setUp()
    const subscriber = subscribe().init().say({})
    await settle()
    expect(subscriber.ended).toBeUndefined()
  })

  const target = { topic: 't', partition: 0 }
  it.each([
    ['no init', {}, 'MISSING_FIELD', true],
    ['a second init', { init: {} }, 'MALFORMED_REQUEST', false],
    ['a partition twice', { add: { partitions: [adding('t'), adding('t')] } }, 'INVALID_ARGUMENT'],
    ['a pause of what is not read', { pause: { partitions: [target] } }, 'INVALID_ARGUMENT'],
    ['a resume of what is not read', { resume: { partitions: [target] } }, 'INVALID_ARGUMENT'],
    [
      'a seek in what is not read',
      { seek: { ...target, seekEpoch: 1, to: 'offset', offset: 0 } },
      'INVALID_ARGUMENT',
    ],
    [
      'a seek to nowhere',
      {
        seek: { ...target, seekEpoch: 1, to: 'position', position: 'OFFSET_POSITION_UNSPECIFIED' },
      },
      'UNKNOWN_ENUM',
    ],
    [
      'a negative offset',
      { add: { partitions: [adding('t', 0, { offset: -1 })] } },
      'INVALID_OFFSET',
    ],
    ['negative credit', { credit: { bytes: -1, records: 0 } }, 'INVALID_ARGUMENT'],
    [
      'a stop before all time',
      { add: { partitions: [adding('t', 0, { stop: 'stopTimestampMs', stopTimestampMs: -1 })] } },
      'INVALID_TIMESTAMP',
    ],
    [
      'more partitions than a subscription may have',
      {
        add: {
          partitions: Array.from({ length: LIMITS.subscriptionPartitionsMax + 1 }, (_, number) =>
            adding('t', number),
          ),
        },
      },
      'TOO_MANY_ITEMS',
    ],
  ])('%s ends the stream', async (_what, message, code, isFirst = false) => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe()
    if (!isFirst) subscriber.init()
    subscriber.say(message as never)
    await settle()
    expect(subscriber.ended?.code).toBe(code)
    expect(broker.subscriptions.counts).toMatchObject({ open: 0, partitions: 0 })
  })
})

describe('a partition that cannot be read', () => {
  it('says so and the others go on', async () => {
    const { broker, subscribe } = await setUp()
    await produce(broker, 't', ['a'])
    const subscriber = subscribe()
      .init()
      .add(adding('nope'), adding('t', 9), adding('t', 1, { offset: 5 }), adding('t'))
    await settle()
    expect(subscriber.values).toEqual(['a'])
    expect(subscriber.told.filter((words) => words.startsWith('error'))).toEqual([
      'error nope/0 there is no topic nope',
      'error t/9 topic t has partitions 0 to 1, not 9',
      'error t/1 partition 1 of topic t has offsets 0 to 0, not 5',
    ])
  })

  it('hears of the deletion of its topic, not of another one under its name', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe().init().add(adding('t'))
    await settle()
    await broker.topics.deleteTopic('t')
    await settle()
    expect(subscriber.told.at(-1)).toBe('error t/0 topic t was deleted')
    await createTopic(broker, 't')
    await produce(broker, 't', ['other'])
    await settle()
    expect(subscriber.values).toEqual([])
  })

  it('falls behind when what is due is deleted, says both, and goes on after a seek', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe().init({ creditBytes: 1 }).add(adding('t'))
    await settle()
    for (const value of ['a', 'b', 'c']) await produce(broker, 't', [value])
    await settle()
    await broker.topics.deleteRecords({ topic: 't', partition: 0, beforeOffset: at(2) })
    subscriber.say({ credit: { bytes: 1_000, records: 0 } })
    await settle()
    expect(subscriber.told.slice(-2)).toEqual([
      'fell behind t/0 FELL_BEHIND_REASON_RETENTION',
      'error t/0 partition 0 of topic t has offsets 2 to 3, not 1',
    ])
    subscriber.say({
      seek: {
        topic: 't',
        partition: 0,
        seekEpoch: 1,
        to: 'position',
        position: 'OFFSET_POSITION_EARLIEST',
      },
    })
    await settle()
    expect(subscriber.values).toEqual(['a', 'c'])
  })
})

describe('time', () => {
  it('a heartbeat comes when nothing else did, and no message has another behind it at once', async () => {
    const { broker, clock, subscribe } = await setUp()
    const subscriber = subscribe().init({ heartbeatIntervalMs: 2_000 }).add(adding('t'))
    await clock.advance(1_500)
    await produce(broker, 't', ['a'])
    await clock.advance(1_500)
    expect(subscriber.told).not.toContain('heartbeat')
    await clock.advance(2_400)
    expect(subscriber.told.filter((words) => words === 'heartbeat')).toHaveLength(1)
    await clock.advance(20_000)
    expect(subscriber.told.filter((words) => words === 'heartbeat')).toHaveLength(11)
  })

  it('brings wishes for messages and heartbeats within the limits', async () => {
    const { clock, subscribe } = await setUp()
    const low = subscribe().init({ maxBytes: 1, heartbeatIntervalMs: 1 })
    const high = subscribe().init({ maxBytes: 2 ** 31 - 1, heartbeatIntervalMs: 2 ** 31 - 1 })
    await clock.advance(1)
    expect(low.messages[0]?.ready).toMatchObject({
      maxBytes: 1,
      heartbeatIntervalMs: LIMITS.subscriptionHeartbeatMsMin,
    })
    expect(high.messages[0]?.ready).toMatchObject({
      maxBytes: LIMITS.subscriptionMessageBytesMax,
      heartbeatIntervalMs: LIMITS.subscriptionHeartbeatMsMax,
      partitionsMax: LIMITS.subscriptionPartitionsMax,
    })
  })

  it('a stream without an init is ended', async () => {
    const { clock, subscribe } = await setUp()
    const subscriber = subscribe()
    await clock.advance(LIMITS.subscriptionInitMsMax)
    expect(subscriber.ended?.code).toBe('REQUEST_TIMEOUT')
    expect(clock.openTimers).toBe(await timersOfAnIdleBroker())
  })

  it('a client that does not read costs one message, is cut after its time, and counted', async () => {
    const { broker, clock, subscribe } = await setUp()
    for (let index = 0; index < 50; index++) {
      const batch = batchOfSize(10_000)
      await broker.producer.append({ topic: 't', partition: 0, batch })
    }
    const subscriber = subscribe().init({ maxBytes: 30_000 }).add(adding('t'))
    subscriber.stopReading()
    await clock.advance(LIMITS.subscriptionUnreadMsMax - 1_000)
    expect(subscriber.unreadCount).toBe(1)
    expect(subscriber.ended).toBeUndefined()
    await clock.advance(1_000)
    expect(subscriber.ended?.code).toBe('SLOW_CONSUMER')
    expect(broker.subscriptions.counts).toMatchObject({ open: 0, partitions: 0, slow: 1 })
    expect(subscriber.isBrokenOff).toBe(false)
    await clock.advance(LIMITS.subscriptionEndMsMax)
    expect(subscriber.isBrokenOff).toBe(true)
    expect(clock.openTimers).toBe(await timersOfAnIdleBroker())
  })

  it('a client that reads on in time goes on without a gap', async () => {
    const { broker, clock, subscribe } = await setUp()
    for (const value of ['a', 'b', 'c']) await produce(broker, 't', [value])
    const subscriber = subscribe().init({ maxBytes: 1 }).add(adding('t'))
    subscriber.stopReading()
    await clock.advance(LIMITS.subscriptionUnreadMsMax - 1_000)
    subscriber.readOn()
    await clock.advance(LIMITS.subscriptionUnreadMsMax + 1_000)
    expect(subscriber.values).toEqual(['a', 'b', 'c'])
    expect(subscriber.ended).toBeUndefined()
  })
})

describe('the end', () => {
  it('of the client leaves nothing behind', async () => {
    const { broker, clock, subscribe } = await setUp()
    const subscriber = subscribe().init().add(adding('t'), adding('t', 1))
    await settle()
    expect(broker.subscriptions.waiting).toBe(2)
    subscriber.cancel()
    await settle()
    expect(broker.subscriptions.waiting).toBe(0)
    expect(broker.subscriptions.counts).toMatchObject({ open: 0, partitions: 0, opened: 1 })
    expect(clock.openTimers).toBe(await timersOfAnIdleBroker())
  })

  it('of the broker ends every subscription with NOT_READY', async () => {
    const { broker, subscribe } = await setUp()
    const subscriber = subscribe().init().add(adding('t'))
    await settle()
    await broker.close()
    await settle()
    expect(subscriber.ended?.code).toBe('NOT_READY')
  })

  it('as many as a connection may have are served, one more is refused and counted', async () => {
    const { broker, clock } = await setUp()
    const context = contextOf(broker, clock)
    const all = Array.from({ length: LIMITS.subscriptionsPerConnectionMax }, () =>
      new Subscriber(context, 'a').init(),
    )
    const refused = new Subscriber(context, 'a').init()
    const other = new Subscriber(context, 'b').init()
    expect(refused.ended?.code).toBe('TOO_MANY_SUBSCRIPTIONS')
    expect(other.ended).toBeUndefined()
    all[0]?.cancel()
    expect(new Subscriber(context, 'a').init().ended).toBeUndefined()
    expect(broker.subscriptions.counts.refused).toBe(1)
  })
})

async function timersOfAnIdleBroker(): Promise<number> {
  const { clock } = await openBroker()
  return clock.openTimers
}
