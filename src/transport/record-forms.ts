// Records one by one, for programs that have nothing but the proto: from messages to what the record layer encodes, and
// from stored batches to messages.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type {
  Header as HeaderMessage,
  Record as RecordMessage,
  RecordOutput,
} from '../protocol/grpc/messages.ts'
import { readBatchHeader } from '../record/batch-header.ts'
import { type DecodedRecord, decodeBatch } from '../record/decode-batch.ts'
import type { RecordInput } from '../record/encode-batch.ts'
import { eachBatch } from '../record/stored-batch.ts'
import { admitTimestamp } from './wire-numbers.ts'

/**
 * What a producer sent as messages. Keys and values are views into the request.
 * @throws VarveError INVALID_TIMESTAMP
 */
export function recordInputs(records: readonly RecordOutput[], nowMs: number): RecordInput[] {
  return records.map((record) => ({
    key: record.key ?? null,
    value: record.value ?? null,
    headers: record.headers.map(({ key, value }) => ({ key, value: value ?? null })),
    timestampMs: record.timestampMs === 0 ? nowMs : admitTimestamp(record.timestampMs),
  }))
}

export interface DecodedRun {
  readonly records: readonly RecordMessage[]
  /** About as many as the records take as messages. */
  readonly bytes: number
  /** How many bytes the batches have become that were looked into: time and memory, whether the records were wanted or not. */
  readonly unpackedBytes: number
  /** The offset after the last of them, or the end when all were taken. */
  readonly nextOffset: number
}

export interface RunBudget {
  /** For the records as messages. */
  readonly bytes: number
  /** How many records; unlimited unless told. */
  readonly records?: number
  /** No further batch is looked into when so many bytes were unpacked; as much as one batch may have unless told. */
  readonly unpackedBytes?: number
  /** One record comes back even if it alone is larger; true unless told. */
  readonly atLeastOne?: boolean
}

/**
 * Decodes stored batches from exactly `offset` on and up to exactly `end`, as many records as fit. Batches can decompress to many times their
 * size, so the budget is counted in what they become, and a batch may be cut.
 * @param end the next offset when everything fits; where the batches end, or before that
 * @throws VarveError CORRUPT_LOG (details `firstBad`, `nextGood`) when the first batch that is due cannot be decoded
 */
export function decodeRun(
  chunks: readonly Buffer[],
  range: { readonly offset: number; readonly end: number },
  budget: RunBudget,
): DecodedRun {
  const { bytes: bytesMax, records: recordsMax = Infinity, atLeastOne = true } = budget
  const unpackedBytesMax = budget.unpackedBytes ?? LIMITS.decompressedBatchBytesMax
  const records: RecordMessage[] = []
  let bytes = 0
  let unpackedBytes = 0
  const count = (batchBytes: number): void => {
    unpackedBytes += batchBytes
  }
  for (const chunk of chunks) {
    for (const batch of eachBatch(chunk)) {
      const { isControl, baseOffset, lastOffset } = readBatchHeader(batch)
      if (isControl) continue
      if (unpackedBytes >= unpackedBytesMax) {
        return { records, bytes, unpackedBytes, nextOffset: Math.max(baseOffset, range.offset) }
      }
      try {
        for (const record of decodeBatch(batch, count)) {
          if (record.offset < range.offset) continue
          if (record.offset >= range.end) {
            return { records, bytes, unpackedBytes, nextOffset: range.end }
          }
          const recordBytes = messageBytes(record)
          const isForced = atLeastOne && records.length === 0
          const isFull = bytes + recordBytes > bytesMax || records.length >= recordsMax
          if (isFull && !isForced) {
            return { records, bytes, unpackedBytes, nextOffset: record.offset }
          }
          bytes += recordBytes
          records.push(recordMessage(record))
        }
      } catch (error) {
        if (!(error instanceof VarveError)) throw error
        const kept = records.filter(({ offset }) => Number(offset) < baseOffset)
        const firstBad = Math.max(baseOffset, range.offset)
        if (kept.length > 0) return { records: kept, bytes, unpackedBytes, nextOffset: firstBad }
        throw new VarveError('CORRUPT_LOG', 'the records of a stored batch cannot be decoded', {
          details: { firstBad, nextGood: lastOffset + 1 },
          cause: error,
        })
      }
    }
  }
  return { records, bytes, unpackedBytes, nextOffset: range.end }
}

/** One record as a message; its bytes stay those of the record. */
export function recordMessage(record: DecodedRecord): RecordMessage {
  const { key, value, headers, timestampMs, offset } = record
  // Assigned, not spread: this is done for every record.
  const message: RecordMessage = { timestampMs, offset }
  if (key !== null) message.key = key
  if (value !== null) message.value = value
  if (headers.length > 0) message.headers = headers.map(headerMessage)
  return message
}

function headerMessage({ key, value }: DecodedRecord['headers'][number]): HeaderMessage {
  return value === null ? { key } : { key, value }
}

/** Tags, lengths, timestamp and offset of a record message; and of a header. Upper bounds. */
const RECORD_OVERHEAD_BYTES = 40
const HEADER_OVERHEAD_BYTES = 16

function messageBytes(record: DecodedRecord): number {
  let bytes = RECORD_OVERHEAD_BYTES + (record.key?.length ?? 0) + (record.value?.length ?? 0)
  for (const { key, value } of record.headers) {
    bytes += HEADER_OVERHEAD_BYTES + Buffer.byteLength(key) + (value?.length ?? 0)
  }
  return bytes
}
