// Replays of random histories against a model: whatever the timestamps, the batches, the places and the filter, merged records come in
// the order of a stable sort by time within the order of each partition; every stored byte is read once; and what is held is little.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RecordFilter } from '../../src/broker/replay/record-filter.ts'
import type { PartitionIdentity } from '../../src/domain/topic.ts'
import type { TopicSettings } from '../../src/domain/topic-settings.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { PartitionLog, ReadRequest, ReadResult } from '../../src/storage/engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { BATCH_TIME_MS } from '../support/batches.ts'
import { createTopic, openBroker } from '../support/open-broker.ts'
import { Listener, record, replayOptions, sourceOf } from '../support/replaying.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('REPLAY_MERGE', 60)

/** Counts what is read of its partitions. */
class CountingEngine extends MemoryStorageEngine {
  bytesRead = 0
  largestRead = 0
  /** By partition, how many bytes there are. */
  bytesStored = 0

  override async createPartition(
    identity: PartitionIdentity,
    settings: TopicSettings,
  ): Promise<PartitionLog> {
    const log = await super.createPartition(identity, settings)
    const read = log.read.bind(log)
    const append = log.append.bind(log)
    log.read = async (request: ReadRequest): Promise<ReadResult> => {
      const result = await read(request)
      this.bytesRead += result.bytes
      this.largestRead = Math.max(this.largestRead, result.bytes)
      return result
    }
    log.append = (request) => {
      this.bytesStored += request.batch.length
      return append(request)
    }
    return log
  }
}

interface Played {
  readonly place: string
  readonly offset: number
  readonly timestampMs: number
}

/** The order that is promised. */
function merged(partitions: readonly (readonly number[])[]): Played[] {
  const all = partitions.flatMap((times, partition) => {
    let orderMs = -Infinity
    return times.map((timestampMs, offset) => {
      orderMs = Math.max(orderMs, timestampMs)
      return { place: `events/${partition}`, offset, timestampMs, orderMs, partition }
    })
  })
  all.sort((a, b) => a.orderMs - b.orderMs || a.partition - b.partition)
  return all.map(({ place, offset, timestampMs }) => ({ place, offset, timestampMs }))
}

const histories = fc.array(
  fc.array(fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
  { minLength: 1, maxLength: 7 },
)

it('come merged as a model says, whatever is filtered, and every byte is read once', async () => {
  let records = 0
  const property = fc.asyncProperty(
    histories,
    fc.option(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 400 })), { nil: undefined }),
    fc.constantFrom(0, 300, 6_000),
    async (history, stretch, valueBytes) => {
      const clock = new VirtualClock()
      const engine = new CountingEngine({ clock })
      const { broker } = await openBroker({ clock, engine })
      await createTopic(broker, 'events', history.length)
      for (const [partition, batches] of history.entries()) {
        for (const batch of batches) {
          const times = batch.map((time) => BATCH_TIME_MS + time)
          await record(broker, 'events', partition, times, valueBytes)
        }
      }
      const [fromMs, beforeMs] = (stretch ?? [0, 1_000]).map((time) => BATCH_TIME_MS + time)
      const filter = new RecordFilter(
        stretch === undefined
          ? []
          : [{ on: 'time', fromMs: fromMs ?? 0, beforeMs: beforeMs ?? 0, isNot: false }],
      )
      const replay = await broker.replays.open(replayOptions({ filter }))
      const listener = new Listener(replay, clock)
      await clock.until(listener.ended)
      const all = merged(
        history.map((batches) => batches.flat().map((time) => BATCH_TIME_MS + time)),
      )
      const expected = all.filter(
        ({ timestampMs }) =>
          stretch === undefined || (timestampMs >= (fromMs ?? 0) && timestampMs < (beforeMs ?? 0)),
      )
      expect(
        listener.given.map(({ place, offset, timestampMs }) => ({ place, offset, timestampMs })),
      ).toEqual(expected)
      expect(listener.summary).toMatchObject({
        records: expected.length,
        dropped: all.length - expected.length,
      })
      expect(engine.bytesRead).toBe(engine.bytesStored)
      records += expected.length
      await broker.close()
    },
  )
  await fc.assert(property, { seed, numRuns: runs })
  console.log(`REPLAY_MERGE_SEED=${seed}: ${runs} histories, ${records} records`)
})

it('hold no more than one batch a partition, or four MiB together', async () => {
  const partitions = 1_000
  const clock = new VirtualClock()
  const engine = new CountingEngine({ clock })
  const { broker } = await openBroker({ clock, engine })
  await createTopic(broker, 'events', partitions)
  for (let partition = 0; partition < partitions; partition++) {
    for (let batch = 0; batch < 3; batch++) {
      const times = [0, 1, 2].map(
        (step) => BATCH_TIME_MS + batch * 10_000 + step * 1_000 + partition,
      )
      await record(broker, 'events', partition, times, 2_000)
    }
  }
  const replay = await broker.replays.open(
    replayOptions({ sources: [sourceOf('events')], creditRecords: 1 }),
  )
  const listener = new Listener(replay, clock)
  await clock.advance(100)
  expect(listener.given.length).toBe(1)
  // A batch of each is about 6 KiB, more than the share of 4 MiB: so it is one.
  expect(engine.largestRead).toBeLessThan(8_192)
  expect(engine.bytesRead).toBeLessThanOrEqual(engine.bytesStored / 3 + 1)
  replay.addCredit(0, 1e9)
  await clock.until(listener.ended)
  expect(listener.given.length).toBe(9 * partitions)
  expect(engine.bytesRead).toBe(engine.bytesStored)
  const times = listener.given.map(({ timestampMs }) => timestampMs)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})
