// Section E of the bad-input table, over the wire: what a produce may not carry. An entry that is refused has its status
// in its own result; the call succeeds.
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { ProduceEntry, ProduceResultOutput } from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { fromStatus, WIRE_ERRORS } from '../../../src/protocol/grpc/status.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { BAD_HEADER_ROWS, BAD_RECORD_ROWS } from '../../support/bad-batches.ts'
import { batchOf, batchOfSize } from '../../support/batches.ts'
import { call, callRaw, type GrpcBroker, reasonOf, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'
import { rawBatch } from '../../support/raw-batch.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
  await createTopic(served.broker, 'orders', 2)
})

afterAll(async () => {
  await served.close()
})

async function produceOne(
  entry: ProduceEntry,
  to: GrpcBroker = served,
): Promise<ProduceResultOutput> {
  const { results } = await call(to.client, logService.Produce, { entries: [entry] })
  const [result] = results
  if (result === undefined || results.length !== 1) throw new Error('one entry, one result')
  return result
}

const batches = (bytes: Buffer, partition = 0): ProduceEntry => ({
  topic: 'orders',
  partition,
  records: { batches: bytes },
})

/** A refusal is one without effect, unless told: as a client reads it. */
function expectRefusal(
  result: ProduceResultOutput,
  code: ErrorCode,
  effect: 'none' | 'unknown' = 'none',
): void {
  expect(reasonOf(result.error).reason).toBe(code)
  if (result.error === null) throw new Error('it was not refused')
  expect(fromStatus(result.error).effect).toBe(effect)
  expect(result.error.code).toBe(WIRE_ERRORS[code].status)
  expect(result).toMatchObject({ baseOffset: -1, recordCount: 0 })
}

const endOf = (): unknown => served.broker.topics.describeTopic('orders').partitions[0]?.bounds?.end

describe('E: batches', () => {
  it.each([-1, 2, 2 ** 31 - 1])('row 45: partition %d', async (partition) => {
    const result = await produceOne(batches(batchOf(), partition))
    expectRefusal(result, 'UNKNOWN_PARTITION')
    expect(result.error?.code).toBe(status.NOT_FOUND)
  })

  it('row 46: no batch, no records, nothing at all', async () => {
    for (const records of [{ batches: Buffer.alloc(0) }, { records: { records: [] } }, undefined]) {
      const entry = { topic: 'orders', partition: 0, ...(records === undefined ? {} : { records }) }
      const result = await produceOne(entry)
      expectRefusal(result, 'EMPTY_BATCH')
      expect(result.error?.code).toBe(status.INVALID_ARGUMENT)
    }
  })

  // The clock of the broker is that of the machine: a batch of 2023 is not ahead of it, see row 61 below.
  const rows = [...BAD_HEADER_ROWS, ...BAD_RECORD_ROWS].filter(
    ([row]) => row !== '61 too far ahead',
  )

  it.each(rows)('row %s is refused with %s and stores nothing', async (_row, code, bytes) => {
    const before = endOf()
    expectRefusal(await produceOne(batches(bytes)), code as ErrorCode)
    expect(endOf()).toBe(before)
  })

  it('row 47: a batch above max.message.bytes is RESOURCE_EXHAUSTED', async () => {
    const result = await produceOne(batches(batchOfSize(2_000_000)))
    expectRefusal(result, 'BATCH_TOO_LARGE')
    expect(result.error?.code).toBe(status.RESOURCE_EXHAUSTED)
  })

  it('row 47: a message above the limit of the server is refused before it is read', async () => {
    const end = await callRaw(
      served.client,
      logService.Produce.path,
      Buffer.alloc(LIMITS.requestBytesMax + 1),
    )
    expect(end.code).toBe(status.RESOURCE_EXHAUSTED)
  })

  it('rows 59, 60: base offset and leader epoch are overwritten', async () => {
    const start = Number(endOf())
    const batch = rawBatch({ baseOffset: 77n, leaderEpoch: 12_345 })
    expect(await produceOne(batches(batch))).toMatchObject({ baseOffset: start, error: null })
    const fetched = await call(served.client, logService.Fetch, {
      partitions: [{ topic: 'orders', partition: 0, offset: start }],
    })
    const stored = fetched.results[0]?.records?.batches ?? Buffer.alloc(61)
    expect(stored.readBigInt64BE(0)).toBe(BigInt(start))
    expect(stored.readInt32BE(12)).not.toBe(12_345)
    expect(stored.subarray(16).equals(batch.subarray(16))).toBe(true)
  })

  it('row 61: a timestamp ahead of the allowed time, and a record with a bad one', async () => {
    const ahead = batchOf({ timestampMs: Date.now() + 2 * 3_600_000 })
    expectRefusal(await produceOne(batches(ahead)), 'INVALID_TIMESTAMP')
    for (const timestampMs of ['-1', '9223372036854775807', '-9223372036854775808']) {
      const records = { records: { records: [{ timestampMs }] } }
      const result = await produceOne({ topic: 'orders', partition: 0, records })
      expectRefusal(result, 'INVALID_TIMESTAMP')
    }
  })

  it('row 68: of several entries the good ones are stored', async () => {
    const start = Number(endOf())
    const entries = [
      batches(batchOf()),
      batches(rawBatch({ crc: 1 })),
      { topic: 'nothing', partition: 0, records: { batches: batchOf() } },
      batches(batchOf()),
    ]
    const { results } = await call(served.client, logService.Produce, { entries })
    expect(results.map(({ baseOffset }) => baseOffset)).toEqual([start, -1, -1, start + 1])
    expect(results.map(({ error }) => reasonOf(error).reason)).toEqual([
      undefined,
      'CRC_MISMATCH',
      'UNKNOWN_TOPIC',
      undefined,
    ])
  })

  it('compare-and-append: another end refuses, a wrong number too', async () => {
    const end = Number(endOf())
    const entry = batches(batchOf())
    const result = await produceOne({ ...entry, expectedOffset: end + 1 })
    expectRefusal(result, 'UNEXPECTED_OFFSET')
    expect(result.error?.code).toBe(status.FAILED_PRECONDITION)
    for (const expectedOffset of ['-1', '9007199254740992']) {
      expectRefusal(await produceOne({ ...entry, expectedOffset }), 'INVALID_OFFSET')
    }
    expect(await produceOne({ ...entry, expectedOffset: end })).toMatchObject({ baseOffset: end })
  })
})

describe('E: the state of the broker', () => {
  async function overDisk(): Promise<{
    readonly served: GrpcBroker
    readonly disk: SimFileSystem
  }> {
    const disk = new SimFileSystem()
    const engine = await FileStorageEngine.open({
      fileSystem: disk,
      clock: new NodeClock(),
      random: new SeededRandom(7),
      log: SILENT_LOG,
      directory: '/data',
    })
    const over = await serveBroker({ engine })
    await createTopic(over.broker, 'orders')
    return { served: over, disk }
  }

  it('row 70: a full disk refuses and nothing is lost; then writing goes on', async () => {
    const { served: over, disk } = await overDisk()
    expect(await produceOne(batches(batchOf()), over)).toMatchObject({ baseOffset: 0, error: null })
    const heal = disk.operations.inject((operation) =>
      operation.kind === 'write' && operation.path.endsWith('.log')
        ? { kind: 'error', code: 'ENOSPC' }
        : undefined,
    )
    const refused = await produceOne(batches(batchOf()), over)
    expectRefusal(refused, 'DISK_FULL')
    expect(refused.error?.code).toBe(status.RESOURCE_EXHAUSTED)
    heal()
    expect(await produceOne(batches(batchOf()), over)).toMatchObject({ baseOffset: 1, error: null })
    await over.close()
  })

  it('rows 72, 71: a failing sync leaves the effect unknown, then the partition is read-only', async () => {
    const { served: over, disk } = await overDisk()
    await produceOne(batches(batchOf()), over)
    disk.operations.inject((operation) =>
      operation.kind === 'sync-data' && operation.path.endsWith('.log')
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    const failed = await produceOne(batches(batchOf()), over)
    expectRefusal(failed, 'STORAGE_FAILED', 'unknown')
    expect(failed.error?.code).toBe(status.UNAVAILABLE)
    const refused = await produceOne(batches(batchOf()), over)
    expectRefusal(refused, 'PARTITION_READ_ONLY')
    expect(refused.error?.code).toBe(status.FAILED_PRECONDITION)
    const fetched = await call(over.client, logService.Fetch, {
      partitions: [{ topic: 'orders', partition: 0, offset: 0 }],
    })
    expect(fetched.results[0]).toMatchObject({ error: null, nextOffset: 1 })
    await over.close()
  })

  it('row 73: a broker that is stopping refuses and says that nothing happened', async () => {
    const over = await serveBroker()
    await createTopic(over.broker, 'orders')
    await over.broker.close()
    const refused = await produceOne(batches(batchOf()), over)
    expectRefusal(refused, 'NOT_READY')
    expect(refused.error?.code).toBe(status.UNAVAILABLE)
    const end = await callRaw(over.client, logService.Fetch.path, Buffer.alloc(0))
    expect(end).toMatchObject({ code: status.UNAVAILABLE, reason: 'NOT_READY', effect: 'none' })
    await over.close()
  })
})
