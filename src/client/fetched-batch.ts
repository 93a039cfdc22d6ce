// From the bytes of an answer to records: the first batch of what was fetched, checked, decoded, and cut to what the
// reader asked for.
import { VarveError } from '../domain/error.ts'
import { type Offset, offsetAfter } from '../domain/offset.ts'
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  batchLeaderEpoch,
  readBatchHeader,
} from '../record/batch-header.ts'
import { RecordWalk } from '../record/decode-batch.ts'
import { inspectStoredBatch } from '../record/stored-batch.ts'
import type { ConsumerRecord } from './consumer-types.ts'
import type { PartitionCursor } from './partition-cursor.ts'

export type FetchedBatch =
  | {
      readonly kind: 'batch'
      /** Of the batch in what was fetched. */
      readonly bytes: number
      /** May be empty: a control batch, or one that lies outside what was asked for. */
      readonly records: readonly ConsumerRecord[]
      readonly nextOffset: Offset
      readonly leaderEpoch: number
    }
  | {
      readonly kind: 'damaged'
      readonly reason: string
      /** Where a good batch follows in what was fetched. */
      readonly nextGood: Offset | undefined
    }

/** Reads the first batch of `bytes`, which must not be empty, for a cursor that stands in or before it. */
export function readFetchedBatch(
  bytes: Buffer,
  cursor: PartitionCursor,
  verifyChecksums: boolean,
): FetchedBatch {
  const inspected = inspect(bytes, verifyChecksums)
  if (typeof inspected === 'string') return damaged(bytes, inspected)
  const header = inspected
  const next = offsetAfter(header.lastOffset as Offset, 1)
  const nextOffset = Math.max(cursor.position, Math.min(next, cursor.endOffset)) as Offset
  const records: ConsumerRecord[] = []
  if (!header.isControl && next > cursor.position) {
    const { topic, partition } = cursor
    try {
      const walk = new RecordWalk(bytes.subarray(0, header.totalBytes), undefined, header)
      const { position, endOffset } = cursor
      while (walk.next()) {
        if (walk.offset < position) continue
        if (walk.offset >= endOffset) break
        records.push({
          topic,
          partition,
          offset: walk.offset as Offset,
          timestampMs: walk.timestampMs,
          key: walk.key(),
          value: walk.value(),
          headers: walk.headers(),
        })
      }
    } catch (error) {
      if (!(error instanceof VarveError)) throw error
      return damaged(bytes, error.message)
    }
  }
  const leaderEpoch = batchLeaderEpoch(bytes, 0)
  return { kind: 'batch', bytes: header.totalBytes, records, nextOffset, leaderEpoch }
}

/** The header, or what is wrong. */
function inspect(bytes: Buffer, verifyChecksums: boolean): BatchHeader | string {
  if (verifyChecksums) {
    const result = inspectStoredBatch(bytes, 0, bytes.length)
    if (result.kind === 'valid') return result.header
    return result.kind === 'incomplete' ? 'the batch is incomplete' : result.reason
  }
  if (bytes.length < BATCH_HEADER_BYTES) return 'the batch is incomplete'
  const header = readBatchHeader(bytes)
  const isWhole = header.totalBytes >= BATCH_HEADER_BYTES && header.totalBytes <= bytes.length
  const hasOffsets = Number.isSafeInteger(header.lastOffset) && header.baseOffset >= 0
  return isWhole && hasOffsets && header.lastOffsetDelta >= 0
    ? header
    : 'the header of the batch makes no sense'
}

function damaged(bytes: Buffer, reason: string): FetchedBatch {
  let nextGood: Offset | undefined
  if (bytes.length >= BATCH_HEADER_BYTES) {
    const { totalBytes } = readBatchHeader(bytes)
    if (totalBytes >= BATCH_HEADER_BYTES && totalBytes < bytes.length) {
      const following = inspectStoredBatch(bytes, totalBytes, bytes.length)
      if (following.kind === 'valid') nextGood = following.header.baseOffset as Offset
    }
  }
  return { kind: 'damaged', reason, nextGood }
}
