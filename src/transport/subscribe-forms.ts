// The two forms of records as a subscription gives them: stored batches as they are, cut between batches, or records from
// exactly the offset on to exactly the stop.
import type { RecordForm } from '../broker/subscription-events.ts'
import type { Offset } from '../domain/offset.ts'
import type { RecordSet } from '../protocol/grpc/messages.ts'
import {
  batchLastOffset,
  batchLeaderEpoch,
  batchRecordCount,
  NONE,
} from '../record/batch-header.ts'
import { eachBatch } from '../record/stored-batch.ts'
import { decodeRun } from './record-forms.ts'

/** Whole batches, byte for byte; the last of them may go beyond the credit in records, and beyond the stop. */
export const storedForm: RecordForm<RecordSet> = ({ chunks, nextOffset }, allowance) => {
  const taken: Buffer[] = []
  let bytes = 0
  let recordCount = 0
  let leaderEpoch: number = NONE
  let end: number = nextOffset
  for (const [index, chunk] of chunks.entries()) {
    // Several pieces are copied together; one goes out as it is. So a large one goes alone, and the next message begins with the next.
    if (index === 1 && bytes >= allowance.bytes / 2) break
    let taking = 0
    for (const batch of eachBatch(chunk)) {
      if (recordCount >= allowance.records) break
      taking += batch.length
      recordCount += batchRecordCount(batch, 0)
      leaderEpoch = batchLeaderEpoch(batch, 0)
      end = batchLastOffset(batch, 0) + 1
    }
    if (taking > 0) taken.push(taking === chunk.length ? chunk : chunk.subarray(0, taking))
    bytes += taking
    if (taking < chunk.length) break
    // Only what lies behind the last chunk may be passed over: there is nothing.
    if (index === chunks.length - 1) end = nextOffset
  }
  const [only] = taken
  const batches = only !== undefined && taken.length === 1 ? only : Buffer.concat(taken)
  return {
    records: { form: 'batches', batches },
    bytes,
    recordCount,
    leaderEpoch,
    nextOffset: end as Offset,
  }
}

/** One message a record. Decoded anew for every message that a batch fills. */
export const decodedForm: RecordForm<RecordSet> = (
  { chunks, offset, nextOffset, stopOffset },
  allowance,
) => {
  const range = { offset, end: Math.min(nextOffset, stopOffset) }
  const run = decodeRun(chunks, range, allowance)
  return {
    records: { form: 'records', records: { records: [...run.records] } },
    bytes: run.bytes,
    recordCount: run.records.length,
    leaderEpoch: epochBefore(chunks, run.nextOffset),
    nextOffset: run.nextOffset as Offset,
  }
}

/** The epoch of the last batch that begins below the offset. */
function epochBefore(chunks: readonly Buffer[], offset: number): number {
  let epoch: number = NONE
  for (const chunk of chunks) {
    for (const batch of eachBatch(chunk)) {
      if (batchLastOffset(batch, 0) - batchRecordCount(batch, 0) + 1 >= offset) return epoch
      epoch = batchLeaderEpoch(batch, 0)
    }
  }
  return epoch
}
