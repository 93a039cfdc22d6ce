// Records one by one, for programs that have nothing but the proto: from messages to what the record layer encodes, and
// from stored batches to messages.
import { VarveError } from '../domain/error.ts'
import type { Record as RecordMessage, RecordOutput } from '../protocol/grpc/messages.ts'
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
  /** The offset after the last of them, or after the last batch when all were taken. */
  readonly nextOffset: number
}

/**
 * Decodes stored batches from exactly `offset` on, as many records as fit, but one at least. Batches can decompress to
 * many times their size, so the budget is counted in what they become, and a batch may be cut.
 * @param end where the batches end: the next offset when everything fits
 * @throws VarveError CORRUPT_LOG (details `firstBad`, `nextGood`) when the first batch that is due cannot be decoded
 */
export function decodeRun(
  chunks: readonly Buffer[],
  range: { readonly offset: number; readonly end: number },
  bytesMax: number,
): DecodedRun {
  const records: RecordMessage[] = []
  let bytes = 0
  for (const chunk of chunks) {
    for (const batch of eachBatch(chunk)) {
      const { isControl, baseOffset, lastOffset } = readBatchHeader(batch)
      if (isControl) continue
      try {
        for (const record of decodeBatch(batch)) {
          if (record.offset < range.offset) continue
          const recordBytes = messageBytes(record)
          if (records.length > 0 && bytes + recordBytes > bytesMax) {
            return { records, bytes, nextOffset: record.offset }
          }
          bytes += recordBytes
          records.push(recordMessage(record))
        }
      } catch (error) {
        if (!(error instanceof VarveError)) throw error
        const kept = records.filter(({ offset }) => Number(offset) < baseOffset)
        const firstBad = Math.max(baseOffset, range.offset)
        if (kept.length > 0) return { records: kept, bytes, nextOffset: firstBad }
        throw new VarveError('CORRUPT_LOG', 'the records of a stored batch cannot be decoded', {
          details: { firstBad, nextGood: lastOffset + 1 },
          cause: error,
        })
      }
    }
  }
  return { records, bytes, nextOffset: range.end }
}

function recordMessage(record: DecodedRecord): RecordMessage {
  const { key, value, headers, timestampMs, offset } = record
  return {
    ...(key === null ? {} : { key }),
    ...(value === null ? {} : { value }),
    headers: headers.map((header) =>
      header.value === null ? { key: header.key } : { key: header.key, value: header.value },
    ),
    timestampMs,
    offset,
  }
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
