// The calls of a partition log that programs can look on at, alike for all engines.
import type { PartitionIdentity } from '../domain/topic.ts'
import { TRACE_POINTS } from '../platform/trace-table.ts'
import type { AppendRequest, AppendResult, ReadRequest, ReadResult } from './engine.ts'

/** Runs an append. @param work must reject, not throw */
export function tracedAppend(
  identity: PartitionIdentity,
  request: AppendRequest,
  work: () => Promise<AppendResult>,
): Promise<AppendResult> {
  return TRACE_POINTS.storageAppend.run(
    () => ({
      topic: identity.topicName,
      partition: identity.partition,
      bytes: request.batch.length,
      durability: request.durability,
    }),
    work,
    ({ baseOffset, durability, duplicate }) => ({ baseOffset, durability, duplicate }),
  )
}

/** Runs a read. @param work must reject, not throw */
export function tracedRead(
  identity: PartitionIdentity,
  { offset, maxBytes }: ReadRequest,
  work: () => Promise<ReadResult>,
): Promise<ReadResult> {
  return TRACE_POINTS.storageRead.run(
    () => ({ topic: identity.topicName, partition: identity.partition, offset, maxBytes }),
    work,
    ({ bytes, nextOffset, isFromTail }) => ({ bytes, nextOffset, isFromTail }),
  )
}
