// AdminService.DeleteRecords: each entry succeeds or fails on its own.
import { admitOffset } from '../domain/offset.ts'
import type {
  DeleteRecordsEntryOutput,
  DeleteRecordsRequestOutput,
  DeleteRecordsResponse,
} from '../protocol/grpc/messages.ts'
import type { ServiceContext } from './service-context.ts'
import { ABSENT } from './wire-numbers.ts'

/** As before_offset: everything that is readable now. */
const ALL_READABLE = -1

export async function deleteRecords(
  context: ServiceContext,
  { entries }: DeleteRecordsRequestOutput,
): Promise<DeleteRecordsResponse> {
  const results = entries.map(async (entry) => {
    const { topic, partition } = entry
    try {
      return { topic, partition, startOffset: await deleteBefore(context, entry) }
    } catch (error) {
      return { topic, partition, startOffset: ABSENT, error: context.statusOf(error) }
    }
  })
  return { results: await Promise.all(results) }
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
