// Batches and logs in few words, for tests of everything that stores or carries batches.
import { admitOffset, type Offset } from '../../src/domain/offset.ts'
import type { PartitionIdentity, TopicId } from '../../src/domain/topic.ts'
import { topicIdFromBytes } from '../../src/domain/topic.ts'
import {
  parseTopicSettings,
  type TopicSettings,
  type TopicSettingTexts,
} from '../../src/domain/topic-settings.ts'
import type { CodecName } from '../../src/record/codec.ts'
import { type DecodedRecord, decodeBatch } from '../../src/record/decode-batch.ts'
import { encodeBatch } from '../../src/record/encode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { AppendResult, PartitionLog } from '../../src/storage/engine.ts'

/** A moment that batches of tests have by default: 2026-01-01, where the virtual clock begins. */
export const BATCH_TIME_MS = Date.UTC(2026, 0, 1)

export interface BatchRequest {
  /** The values of the records, as text. */
  readonly values?: readonly string[]
  /** Of all records, or one for each. */
  readonly timestampMs?: number | readonly number[]
  readonly codec?: CodecName
  /** Of an idempotent producer. */
  readonly producer?: { readonly id: number; readonly epoch?: number; readonly sequence: number }
}

/** A batch as a producer would send it: base offset 0. */
export function batchOf(request: BatchRequest = {}): Buffer {
  const { values = ['value'], timestampMs = BATCH_TIME_MS, codec = 'none', producer } = request
  const identity = producer && {
    producerId: producer.id,
    producerEpoch: producer.epoch ?? 0,
    baseSequence: producer.sequence,
  }
  return encodeBatch(
    values.map((value, index) => ({
      value: Buffer.from(value),
      timestampMs: typeof timestampMs === 'number' ? timestampMs : (timestampMs[index] ?? 0),
    })),
    { codec, ...identity },
  )
}

/** A batch of `records` records that has about `bytes` bytes in all; `tag` marks its values. */
export function batchOfSize(bytes: number, records = 1, tag = 'x', timestampMs?: number): Buffer {
  const valueBytes = Math.max(1, Math.floor((bytes - 61) / records) - 10)
  const values = Array.from({ length: records }, (_, index) =>
    `${tag}-${index}-`.padEnd(valueBytes, tag.slice(-1)).slice(0, Math.max(valueBytes, 8)),
  )
  return batchOf({ values, ...(timestampMs === undefined ? {} : { timestampMs }) })
}

/** The offset of this number. */
export function at(offset: number): Offset {
  return admitOffset(offset)
}

export function settingsOf(texts: TopicSettingTexts = {}): TopicSettings {
  return parseTopicSettings(texts)
}

/** A partition of a topic that no other number has. */
export function identityOf(number = 1, partition = 0): PartitionIdentity {
  const id = Buffer.alloc(16, 7)
  id.writeUInt32BE(number, 0)
  const topicId: TopicId = topicIdFromBytes(id)
  return { topicId, topicName: `topic-${number}`, partition }
}

export function append(
  log: PartitionLog,
  batch: Buffer,
  durability: 'written' | 'synced' = 'written',
): Promise<AppendResult> {
  return log.append({ batch, durability })
}

/** The batches from `offset` to the readable end, read in steps of `maxBytes`. */
export async function readBatches(
  log: PartitionLog,
  offset: number = log.bounds().start,
  maxBytes = 1_000_000,
): Promise<Buffer[]> {
  const batches: Buffer[] = []
  let next = at(offset)
  for (;;) {
    const result = await log.read({ offset: next, maxBytes, atLeastOneBatch: true })
    if (result.bytes === 0) return batches
    for (const chunk of result.chunks) batches.push(...eachBatch(chunk))
    next = result.nextOffset
  }
}

/** The records from `offset` to the readable end. */
async function readRecords(log: PartitionLog, offset?: number): Promise<DecodedRecord[]> {
  const records: DecodedRecord[] = []
  const from = offset ?? log.bounds().start
  for (const batch of await readBatches(log, from)) {
    for (const record of decodeBatch(batch)) if (record.offset >= from) records.push(record)
  }
  return records
}

/** The values of the records as text. */
export async function readValues(log: PartitionLog, offset?: number): Promise<string[]> {
  const records = await readRecords(log, offset)
  return records.map((record) => record.value?.toString() ?? '')
}
