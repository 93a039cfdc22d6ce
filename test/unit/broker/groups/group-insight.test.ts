import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Broker } from '../../../../src/broker/broker.ts'
import type { Log, LogFields } from '../../../../src/platform/log.ts'
import { SILENT_LOG } from '../../../../src/platform/log.ts'
import { MetricRegistry } from '../../../../src/platform/metric-registry.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import { batchOf } from '../../../support/batches.ts'
import { commitOne, joinGroup, TestMember } from '../../../support/group-broker.ts'
import { createTopic, openBroker } from '../../../support/open-broker.ts'
import { refusalOf } from '../../../support/refusal.ts'

const engines: Readonly<Record<string, (clock: VirtualClock) => Promise<StorageEngine>>> = {
  memory: (clock) => Promise.resolve(new MemoryStorageEngine({ clock })),
  file: (clock) => {
    const random = new SeededRandom('insight')
    const fileSystem = new SimFileSystem({ clock, scheduling: random })
    return FileStorageEngine.open({ fileSystem, clock, random, log: SILENT_LOG, directory: '/d' })
  },
}

describe.each(Object.keys(engines))('what can be known of groups on the %s engine', (name) => {
  let clock: VirtualClock
  let engine: StorageEngine
  let broker: Broker
  let metrics: MetricRegistry
  /** Events of groups that were logged, with their fields. */
  let told: (LogFields & { readonly event: string })[]

  beforeEach(async () => {
    clock = new VirtualClock()
    engine = await (engines[name] as (clock: VirtualClock) => Promise<StorageEngine>)(clock)
    metrics = new MetricRegistry()
    told = []
    const keep = (event: string, fields: LogFields = {}): void => {
      if (event.startsWith('group_')) told.push({ event, ...fields })
    }
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep, with: () => log }
    ;({ broker } = await openBroker({ clock, engine, log, metrics }))
    await createTopic(broker, 'orders', 2)
  })
  afterEach(async () => {
    await broker.close()
    await engine.close()
    expect(clock.openTimers).toBe(0)
  })

  async function produce(ages: readonly number[], partition = 0): Promise<void> {
    const timestampMs = ages.map((age) => clock.wallMs() - age)
    const values = ages.map((age) => `made ${age} ms ago`)
    const batch = batchOf({ values, timestampMs, codec: 'gzip' })
    await broker.producer.append({ topic: 'orders', partition, batch })
  }

  const eventsOf = (event: string): typeof told => told.filter((one) => one.event === event)
  const series = (start: string): string[] =>
    metrics
      .render()
      .split('\n')
      .filter((line) => line.startsWith(start))

  it('describes members, lag by the records themselves, and traffic', async () => {
    await produce([5_000, 90_000, 1_000])
    await produce([7_000], 1)
    const member = await joinGroup(broker, 'g', { topics: ['orders'], clientId: 'billing' })
    await commitOne(broker, member, { topic: 'orders', offset: 1 })
    await clock.advance(2_000)
    await member.session.heartbeat({
      memberEpoch: member.epoch,
      progress: [
        ...[{ topic: 'orders', partition: 0, state: 'in-handler' as const, stateAgeMs: 500 }].map(
          (one) => ({ ...one, position: 1, text: '' }),
        ),
      ],
    })
    await clock.advance(1_000)
    const described = await broker.groups.describe('g', { withLagTime: true })
    expect(described).toMatchObject({
      summary: { group: 'g', condition: 'stable', members: 1, committedPartitions: 1 },
      timeMs: clock.wallMs(),
      members: [
        {
          ...{ memberId: member.memberId, clientId: 'billing', peer: 'test', state: 'stable' },
          ...{ heartbeatAgeMs: 1_000, sessionLeftMs: 9_000 },
          progress: [{ partition: 0, state: 'in-handler', stateAgeMs: 1_500, position: 1 }],
        },
      ],
      partitions: [
        {
          ...{ partition: 0, memberId: member.memberId, committedOffset: 1, lagRecords: 2 },
          ...{ lagMs: 93_000, oldestTimestampMs: clock.wallMs() - 93_000 },
        },
        { partition: 1, committedOffset: undefined, lagRecords: 1, lagMs: 10_000 },
      ],
    })
    const [sum, topic] = described.traffic
    expect(sum).toMatchObject({ topic: '', backlogRecords: 3, backlogMs: 93_000, windowMs: 3_000 })
    expect(topic).toMatchObject({ ...sum, topic: 'orders' })
    expect(sum?.backlogBytes).toBe(
      described.partitions.reduce((bytes, { lagBytes = 0 }) => bytes + lagBytes, 0),
    )
    const without = await broker.groups.describe('g', { withLagTime: false })
    expect(without.partitions[0]).toMatchObject({ lagRecords: 2, lagMs: undefined })
    expect(without.traffic[0]).toMatchObject({ backlogBytes: undefined, backlogMs: undefined })
  })

  it('tells rates and the time to drain', async () => {
    await produce([0])
    await commitOne(broker, 'g', { topic: 'orders', offset: 0 })
    // Ten records a second are made, and nothing is committed for a minute; then all of it in ten seconds.
    for (let second = 0; second < 60; second++) {
      await produce(Array.from({ length: 10 }, () => 0))
      await clock.advance(1_000)
    }
    const behind = (await broker.groups.describe('g', { withLagTime: true })).traffic[0]
    expect(behind).toMatchObject({ consumerRate: 0, backlogRecords: 601, drainMs: undefined })
    expect(behind?.producerRate).toBeCloseTo(10, 0)
    expect(behind?.difference).toBe(behind?.producerRate)
    for (let second = 1; second <= 5; second++) {
      await commitOne(broker, 'g', { topic: 'orders', offset: 100 * second })
      await clock.advance(1_000)
    }
    await clock.advance(50_000)
    const draining = (await broker.groups.describe('g', { withLagTime: true })).traffic[0]
    expect(draining?.consumerRate).toBeCloseTo(500 / 60, 0)
    const [rate, records] = [-(draining?.difference ?? 0), draining?.backlogRecords ?? 0]
    expect(records).toBe(101)
    expect(draining?.drainMs).toBe(Math.round((records * 1_000) / rate))
  })

  it('explains, and says who was put out and refused', async () => {
    await produce([0, 0])
    const member = await joinGroup(broker, 'g', { topics: ['orders'], clientId: 'billing' })
    expect(await broker.groups.explain('g')).toMatchObject({
      isFlowing: true,
      partitions: [{ reason: 'flowing' }, { reason: 'at-end' }],
    })
    await clock.advance(11_000)
    expect(member.ended?.code).toBe('FENCED_MEMBER_EPOCH')
    await refusalOf(commitOne(broker, member, { topic: 'orders', offset: 1 }))
    await clock.advance(1_000)
    const explained = await broker.groups.explain('g')
    expect(explained).toMatchObject({
      isFlowing: false,
      departed: [{ memberId: member.memberId, reason: 'session-expired' }],
    })
    expect(explained.departed[0]?.refusedMs).toBe(clock.wallMs() - 1_000)
    await commitOne(broker, 'g', { topic: 'orders', offset: 1 })
    const [first] = (await broker.groups.explain('g')).partitions
    expect(first).toMatchObject({ reason: 'member-fenced', lagRecords: 1 })
  })

  it('knows no group that is not there', async () => {
    const describing = broker.groups.describe('none', { withLagTime: true })
    expect((await refusalOf(describing)).code).toBe('GROUP_NOT_FOUND')
    expect((await refusalOf(broker.groups.explain('none'))).code).toBe('GROUP_NOT_FOUND')
  })

  it('says once that a group falls behind and once that it has caught up', async () => {
    await commitOne(broker, 'g', { topic: 'orders', offset: 0 })
    await produce([0, 0])
    await clock.advance(290_000)
    expect(eventsOf('group_falling_behind')).toEqual([])
    await clock.advance(3_600_000)
    expect(eventsOf('group_falling_behind')).toMatchObject([
      { group: 'g', reason: 'late', backlogRecords: 2, backlogMs: 325_000 },
    ])
    await commitOne(broker, 'g', { topic: 'orders', offset: 1 })
    await clock.advance(60_000)
    expect(eventsOf('group_caught_up')).toEqual([])
    await commitOne(broker, 'g', { topic: 'orders', offset: 2 })
    await clock.advance(60_000)
    expect(eventsOf('group_caught_up')).toMatchObject([{ group: 'g', backlogMs: 0 }])
    expect(eventsOf('group_falling_behind')).toHaveLength(1)
  })

  it('does not take the end of the last member for the end of the backlog', async () => {
    await produce([0, 0])
    await produce([0], 1)
    const member = await joinGroup(broker, 'g', { topics: ['orders'] })
    for (let second = 0; second < 330; second += 5) {
      await clock.advance(5_000)
      await member.session.heartbeat({ memberEpoch: member.epoch, progress: [] })
    }
    expect(eventsOf('group_falling_behind')).toMatchObject([{ backlogRecords: 3 }])
    await clock.advance(60_000)
    expect(member.ended?.code).toBe('FENCED_MEMBER_EPOCH')
    expect(eventsOf('group_caught_up')).toEqual([])
    const places = [
      ...[{ topic: 'orders', partition: 0, lagRecords: 2 }],
      ...[{ topic: 'orders', partition: 1, lagRecords: 1 }],
    ]
    expect(await broker.groups.explain('g')).toMatchObject({ isFlowing: false, partitions: places })
    const described = await broker.groups.describe('g', { withLagTime: false })
    expect(described.partitions).toMatchObject(places)
    // Members that subscribe to something else give the backlog up, which is no catching up either.
    await createTopic(broker, 'other', 1)
    await joinGroup(broker, 'g', { topics: ['other'] })
    await clock.advance(5_000)
    expect(eventsOf('group_caught_up')).toEqual([])
  })

  it('is in the metrics and in the log', async () => {
    await produce([4_000, 0])
    const member = await joinGroup(broker, 'g', { topics: ['orders'], clientId: 'billing' })
    await commitOne(broker, member, { topic: 'orders', offset: 0 })
    await commitOne(broker, member, { topic: 'orders', offset: 1_000 })
    await clock.advance(5_000)
    expect(series('varve_group')).toEqual(
      expect.arrayContaining([
        'varve_groups{condition="stable"} 1',
        'varve_group_members{group="g"} 1',
        'varve_group_lag_records{group="g",topic="orders"} 2',
        'varve_group_lag_seconds{group="g",topic="orders"} 9',
        'varve_group_producer_rate{group="g",topic="orders"} 0',
        'varve_group_commits_total 1',
        'varve_group_commits_refused_total{code="OFFSET_OUT_OF_RANGE"} 1',
        'varve_group_rebalances_total 1',
        'varve_group_rebalance_seconds_count 1',
        'varve_group_sessions 1',
        'varve_group_journal_batches_total 2',
      ]),
    )
    await clock.advance(10_000)
    expect(
      told.map(({ event, group, clientId, reason }) => [event, group, clientId, reason]),
    ).toEqual([
      ['group_member_joined', 'g', 'billing', undefined],
      ['group_rebalanced', 'g', undefined, undefined],
      ['group_member_put_out', 'g', 'billing', 'session-expired'],
    ])
    expect(series('varve_group_departures_total')).toEqual([
      'varve_group_departures_total{reason="session-expired"} 1',
    ])
  })

  it('tells how long a rebalance took, from the first change to the last acknowledgement', async () => {
    const first = await joinGroup(broker, 'g', { topics: ['orders'] })
    const second = await joinGroup(broker, 'g', { topics: ['orders'] })
    await clock.advance(1_000)
    expect(series('varve_group_unsettled_seconds')).toEqual([
      'varve_group_unsettled_seconds{group="g"} 1',
    ])
    await first.beat()
    await clock.advance(500)
    await first.beat()
    await second.beat()
    expect(eventsOf('group_rebalanced').at(-1)).toMatchObject({
      ...{ members: 2, partitions: 2, durationMs: 1_500 },
    })
    expect(series('varve_group_unsettled_seconds')).toEqual([
      'varve_group_unsettled_seconds{group="g"} 0',
    ])
  })

  it('does not let members that come and go fill the log', async () => {
    for (let round = 0; round < 30; round++) {
      const member = new TestMember(broker, 'g')
      await member.join({ topics: ['orders'] })
      await member.session.leave(false)
    }
    expect(told).toHaveLength(20)
    await clock.advance(10_000)
    await joinGroup(broker, 'g', { topics: ['orders'] })
    expect(told.at(20)).toMatchObject({ event: 'group_member_joined', unsaid: 70 })
  })

  it('has metrics of the first groups each by itself and of the others together', async () => {
    await produce([0])
    for (let group = 0; group < 103; group++) {
      await commitOne(broker, `g${group}`, { topic: 'orders', offset: 0 })
    }
    await clock.advance(5_000)
    const lags = series('varve_group_lag_records')
    expect(lags).toHaveLength(101)
    expect(lags).toContain('varve_group_lag_records{group="g99",topic="orders"} 1')
    expect(lags).toContain('varve_group_lag_records{group="__other",topic="__other"} 3')
    expect(series('varve_group_lag_seconds{group="__other"')).toEqual([
      'varve_group_lag_seconds{group="__other",topic="__other"} 5',
    ])
  })
})
