// Section F of the bad-input table, over the wire: where a fetch may read, how much and how long.
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { FetchPartition, FetchResultOutput } from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { at, batchOf, batchOfSize } from '../../support/batches.ts'
import { call, callRaw, type GrpcBroker, reasonOf, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
  await createTopic(served.broker, 'orders', 2)
  for (let index = 0; index < 10; index++) await produce(served.broker, 'orders', ['a', 'b'])
  await served.broker.topics.deleteRecords({
    topic: 'orders',
    partition: 0,
    beforeOffset: at(4),
  })
})

afterAll(async () => {
  await served.close()
})

async function fetchOne(
  partition: Partial<FetchPartition>,
  limits: { maxWaitMs?: number; minBytes?: number; maxBytes?: number } = {},
): Promise<FetchResultOutput> {
  const partitions = [{ topic: 'orders', partition: 0, ...partition }]
  const { results } = await call(served.client, logService.Fetch, { partitions, ...limits })
  const [result] = results
  if (result === undefined || results.length !== 1) throw new Error('one partition, one result')
  return result
}

describe('F: offsets', () => {
  it.each([
    ['74 -3', '-3'],
    ['74 -1', '-1'],
    ['74 -2^63', '-9223372036854775808'],
    ['77 2^53 + 1', '9007199254740993'],
    ['77 2^53', '9007199254740992'],
    ['77 2^63 - 1', '9223372036854775807'],
  ])('row %s is no offset', async (_row, offset) => {
    const { error } = await fetchOne({ offset })
    expect(error?.code).toBe(status.INVALID_ARGUMENT)
    expect(reasonOf(error).reason).toBe('INVALID_OFFSET')
  })

  it.each([
    ['behind the end', 21],
    ['before the start', 3],
    ['2^53 - 1', '9007199254740991'],
  ])('row 75: %s', async (_row, offset) => {
    const { error } = await fetchOne({ offset })
    expect(error?.code).toBe(status.OUT_OF_RANGE)
    expect(reasonOf(error)).toMatchObject({
      reason: 'OFFSET_OUT_OF_RANGE',
      details: { startOffset: '4', endOffset: '20' },
    })
  })

  it('row 76: at the end it is empty after the wait', async () => {
    const result = await fetchOne({ offset: 20 }, { maxWaitMs: 50 })
    expect(result).toMatchObject({
      error: null,
      nextOffset: 20,
      startOffset: 4,
      readableEndOffset: 20,
    })
    expect(result.records?.batches).toHaveLength(0)
  })

  it('row 76: a cancelled wait is let go', async () => {
    const controller = new AbortController()
    const request = { partitions: [{ topic: 'orders', offset: 20 }], maxWaitMs: 60_000 }
    const waiting = callRaw(
      served.client,
      logService.Fetch.path,
      logService.Fetch.requestSerialize(request),
      { signal: controller.signal },
    )
    while (served.broker.fetcher.waiting === 0) await pause(1)
    controller.abort()
    expect((await waiting).code).toBe(status.CANCELLED)
    while (served.broker.fetcher.waiting > 0) await pause(1)
  })

  it.each([
    ['-3', '-3'],
    ['-2^63', '-9223372036854775808'],
  ])('row 82: timestamp %s', async (_row, timestampMs) => {
    const partitions = [{ topic: 'orders', partition: 0, timestampMs }]
    const { results } = await call(served.client, logService.ListOffsets, { partitions })
    expect(results[0]?.error?.code).toBe(status.INVALID_ARGUMENT)
    expect(reasonOf(results[0]?.error).reason).toBe('INVALID_TIMESTAMP')
  })

  it.each(['9223372036854775807', '9007199254740993', '9007199254740991'])(
    'row 82: no record is as late as %s, so the answer is the readable end',
    async (timestampMs) => {
      const partitions = [{ topic: 'orders', partition: 0, timestampMs }]
      const { results } = await call(served.client, logService.ListOffsets, { partitions })
      expect(results[0]).toMatchObject({ error: null, offset: 20, timestampMs: -1 })
    },
  )

  it('row 82: a position of 0 is none', async () => {
    const partitions = [{ topic: 'orders', partition: 0, position: 0 as const }]
    const { results } = await call(served.client, logService.ListOffsets, { partitions })
    expect(reasonOf(results[0]?.error).reason).toBe('UNKNOWN_ENUM')
  })
})

describe('F: sizes and waits', () => {
  it.each([
    ['max_bytes -1', { maxBytes: -1 }],
    ['min_bytes -1', { minBytes: -1 }],
    ['min_bytes above max_bytes', { minBytes: 11, maxBytes: 10 }],
    ['min_bytes above the default of max_bytes', { minBytes: LIMITS.fetchBytesDefault + 1 }],
  ])('row 78: %s', async (_row, limits) => {
    const bytes = logService.Fetch.requestSerialize({
      partitions: [{ topic: 'orders', offset: 4 }],
      ...limits,
    })
    expect(await callRaw(served.client, logService.Fetch.path, bytes)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'INVALID_FETCH_SIZE',
      effect: 'none',
    })
  })

  it('row 78: max_bytes -1 of a partition is the fault of that partition alone', async () => {
    const partitions = [
      { topic: 'orders', offset: 4, maxBytes: -1 },
      { topic: 'orders', offset: 4 },
    ]
    const { results } = await call(served.client, logService.Fetch, { partitions })
    expect(reasonOf(results[0]?.error).reason).toBe('INVALID_FETCH_SIZE')
    expect(results[1]).toMatchObject({ error: null, nextOffset: 20 })
  })

  it('row 78: max_bytes 0 and 1 give one batch at least, 2^31 - 1 is clamped', async () => {
    expect((await fetchOne({ offset: 4 }, { maxBytes: 0 })).nextOffset).toBe(20)
    expect((await fetchOne({ offset: 4 }, { maxBytes: 1 })).nextOffset).toBe(6)
    expect((await fetchOne({ offset: 4 }, { maxBytes: 2 ** 31 - 1 })).nextOffset).toBe(20)
    const all = await fetchOne(
      { offset: 4 },
      { maxBytes: 2 ** 31 - 1, minBytes: 2 ** 31 - 1, maxWaitMs: 1 },
    )
    expect(all.nextOffset).toBe(20)
  })

  // A machine that stands still for 100 ms misses the deadline all the same: hence the repetitions.
  it('row 79: a wait of 2^31 - 1 ends 100 ms before the deadline', { retry: 3 }, async () => {
    const request = { partitions: [{ topic: 'orders', offset: 20 }], maxWaitMs: 2 ** 31 - 1 }
    const response = await call(served.client, logService.Fetch, request, { deadlineMs: 500 })
    expect(response.results[0]).toMatchObject({ error: null, nextOffset: 20 })
  })

  it('row 79: a negative wait', async () => {
    const bytes = logService.Fetch.requestSerialize({ maxWaitMs: -1 })
    expect(await callRaw(served.client, logService.Fetch.path, bytes)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'INVALID_ARGUMENT',
    })
  })

  it('row 83: 1,000 partitions of 1 byte each are served in turn, each answer within its budget', async () => {
    const name = 'wide'.padEnd(249, '-')
    await createTopic(served.broker, name, 1_000)
    const size = 20_000
    for (let partition = 0; partition < 1_000; partition++) {
      const batch = batchOfSize(size)
      await served.broker.producer.append({ topic: name, partition, batch })
    }
    const offsets = new Array<number>(1_000).fill(0)
    const servedSmall = await rounds(name, offsets, 1, 40)
    // Only the first partition of an answer may exceed its own byte, and that is another one every time.
    expect(servedSmall).toEqual(new Array(40).fill(1))
    expect(offsets.filter((offset) => offset === 1)).toHaveLength(40)
    const servedMore = await rounds(name, offsets, 64 * 1024, 20)
    expect(servedMore[0]).toBeGreaterThan(100)
    expect(new Set(offsets)).toEqual(new Set([1]))
  })

  /** Fetches again and again, going on where the last answer ended. @returns how many partitions each answer served */
  async function rounds(
    topic: string,
    offsets: number[],
    bytesOfEach: number,
    count: number,
  ): Promise<number[]> {
    const counts: number[] = []
    for (let round = 0; round < count; round++) {
      const partitions = offsets.map((offset, partition) => ({
        topic,
        partition,
        offset,
        maxBytes: bytesOfEach,
      }))
      const request = logService.Fetch.requestSerialize({ partitions, maxBytes: 2 ** 31 - 1 })
      const end = await callRaw(served.client, logService.Fetch.path, request)
      expect(end.code).toBe(status.OK)
      expect(end.response?.length).toBeLessThan(4 * 1024 * 1024)
      const { results } = logService.Fetch.responseDeserialize(end.response ?? Buffer.alloc(0))
      expect(results).toHaveLength(1_000)
      const moved = results.filter(
        ({ partition, nextOffset }) => nextOffset > (offsets[partition] ?? 0),
      )
      for (const { partition, nextOffset } of moved) offsets[partition] = nextOffset
      counts.push(moved.length)
    }
    return counts
  }

  it('decoded records stay within the budget, and exactly begin at the offset', async () => {
    await createTopic(served.broker, 'zipped')
    const values = Array.from({ length: 20_000 }, () => 'x'.repeat(100))
    const batch = batchOf({ values, codec: 'gzip' })
    await served.broker.producer.append({ topic: 'zipped', partition: 0, batch })
    let offset = 7
    let answers = 0
    while (offset < values.length) {
      const bytes = logService.Fetch.requestSerialize({
        partitions: [{ topic: 'zipped', offset }],
        maxBytes: 500_000,
        form: 'RECORD_FORM_RECORDS',
      })
      const end = await callRaw(served.client, logService.Fetch.path, bytes)
      expect(end.response?.length).toBeLessThan(520_000)
      const response = logService.Fetch.responseDeserialize(end.response ?? Buffer.alloc(0))
      const records = response.results[0]?.records?.records?.records ?? []
      expect(records[0]?.offset).toBe(offset)
      expect(records.at(-1)?.offset).toBe(offset + records.length - 1)
      offset = response.results[0]?.nextOffset ?? NaN
      answers += 1
    }
    expect(offset).toBe(values.length)
    expect(answers).toBeGreaterThan(3)
  })
})

describe('F: over files', () => {
  async function open(disk: SimFileSystem): Promise<GrpcBroker> {
    const clock = new NodeClock()
    const random = new SeededRandom(3)
    const engine = await FileStorageEngine.open({
      fileSystem: disk,
      clock,
      random,
      log: SILENT_LOG,
      directory: '/data',
    })
    return await serveBroker({ engine })
  }

  async function fetchFrom(
    over: GrpcBroker,
    from: Partial<FetchPartition>,
  ): Promise<FetchResultOutput> {
    const partitions = [{ topic: 'orders', partition: 0, ...from }]
    const { results } = await call(over.client, logService.Fetch, { partitions })
    const [result] = results
    if (result === undefined) throw new Error('no result')
    return result
  }

  it('row 80: an epoch that ended before the offset', async () => {
    const disk = new SimFileSystem()
    let over = await open(disk)
    await createTopic(over.broker, 'orders')
    await produce(over.broker, 'orders', ['a', 'b'])
    const [partition] = over.broker.topics.describeTopic('orders').partitions
    const leaderEpoch = partition?.bounds?.epoch ?? NaN
    await over.close()
    over = await open(disk)
    await produce(over.broker, 'orders', ['c', 'd'])
    expect(await fetchFrom(over, { offset: 2, leaderEpoch })).toMatchObject({ error: null })
    const { error } = await fetchFrom(over, { offset: 3, leaderEpoch })
    expect(error?.code).toBe(status.FAILED_PRECONDITION)
    expect(reasonOf(error)).toMatchObject({
      reason: 'DIVERGED_EPOCH',
      details: { epoch: String(leaderEpoch), endOffset: '2' },
    })
    await over.close()
  })

  it('row 81: into a damaged range, in both forms, and on behind it', async () => {
    const disk = new SimFileSystem()
    let over = await open(disk)
    await createTopic(over.broker, 'orders')
    for (let index = 0; index < 3; index++) await produce(over.broker, 'orders', ['a', 'b'])
    const { id } = over.broker.topics.describeTopic('orders')
    await over.close()
    const path = `/data/topics/${id}/0/${'0'.repeat(20)}.log`
    const bytes = disk.contents(path)
    const batchBytes = bytes.length / 3
    bytes.writeUInt8(bytes.readUInt8(batchBytes * 2 - 1) ^ 1, batchBytes * 2 - 1)
    disk.putFile(path, bytes)
    over = await open(disk)
    for (const form of ['RECORD_FORM_BATCHES', 'RECORD_FORM_RECORDS'] as const) {
      const partitions = [{ topic: 'orders', partition: 0, offset: 2 }]
      const { results } = await call(over.client, logService.Fetch, { partitions, form })
      expect(results[0]?.error?.code).toBe(status.DATA_LOSS)
      expect(reasonOf(results[0]?.error)).toMatchObject({
        reason: 'CORRUPT_BATCH',
        details: { firstBad: '2', nextGood: '4' },
      })
    }
    expect(await fetchFrom(over, { offset: 0 })).toMatchObject({ error: null, nextOffset: 2 })
    expect(await fetchFrom(over, { offset: 4 })).toMatchObject({ error: null, nextOffset: 6 })
    await over.close()
  })
})

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
