// AdminService.DeleteRecords: each entry succeeds or fails on its own. What was begun when the call ends is finished; no more
// begins.
import { forEachBounded } from '../broker/for-each-bounded.ts'
import { admitOffset } from '../domain/offset.ts'
import type {
  DeleteRecordsEntryOutput,
  DeleteRecordsRequestOutput,
  DeleteRecordsResponse,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import type { ServiceContext } from './service-context.ts'
import { ABSENT } from './wire-numbers.ts'

/** As before_offset: everything that is readable now. */
const ALL_READABLE = -1

/** Entries of one request that are worked on at a time: each writes to disk. */
const ENTRY_CONCURRENCY = 8

export async function deleteRecords(
  context: ServiceContext,
  { entries }: DeleteRecordsRequestOutput,
  { signal }: Pick<CallScope, 'signal'>,
): Promise<DeleteRecordsResponse> {
  const results: NonNullable<DeleteRecordsResponse['results']> = []
  await forEachBounded(entries.entries(), ENTRY_CONCURRENCY, async ([index, entry]) => {
    signal.throwIfAborted()
    const { topic, partition } = entry
    try {
      results[index] = { topic, partition, startOffset: await deleteBefore(context, entry) }
    } catch (error) {
      results[index] = { topic, partition, startOffset: ABSENT, error: context.statusOf(error) }
    }
  })
  return { results }
}

async function deleteBefore(
  context: ServiceContext,
  { topic, partition, beforeOffset }: DeleteRecordsEntryOutput,
): Promise<number> {
  return await context.broker.topics.deleteRecords({
    topic,
    partition,
    beforeOffset:
      beforeOffset === ALL_READABLE ? 'readable-end' : admitOffset(beforeOffset, 'before_offset'),
  })
}
