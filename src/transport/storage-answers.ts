// The methods of AdminService about the broker, its storage and its records.
import type { PartitionDescription } from '../broker/descriptions.ts'
import { VarveError } from '../domain/error.ts'
import type {
  DescribeStorageRequestOutput,
  DescribeStorageResponse,
  VerifyRequestOutput,
  VerifyResponse,
} from '../protocol/grpc/messages.ts'
import type { adminService } from '../protocol/grpc/services.ts'
import { deleteRecords } from './delete-records.ts'
import type { ServiceContext } from './service-context.ts'
import { pageLimit } from './topic-answers.ts'
import { damagedRanges, partitionStorageMessage } from './topic-messages.ts'
import type { UnaryAnswers } from './unary-answers.ts'

export const storageAnswers: Pick<
  UnaryAnswers<typeof adminService>,
  'DeleteRecords' | 'DescribeCluster' | 'DescribeStorage'
> = {
  DeleteRecords: deleteRecords,
  DescribeCluster: ({ broker }) => {
    const { storageName, features, limits, ...cluster } = broker.describeCluster()
    return { ...cluster, storage: storageName, features: [...features], limits: { ...limits } }
  },
  DescribeStorage: describeStorage,
}

/** Verify: progress as it comes, until everything is read, the signal aborts or the server stops. */
export async function* verify(
  { broker }: ServiceContext,
  { topic }: VerifyRequestOutput,
  signal: AbortSignal,
): AsyncGenerator<VerifyResponse> {
  for await (const { damaged, ...counts } of broker.verify(
    topic === '' ? undefined : topic,
    signal,
  )) {
    yield { ...counts, damaged: damagedRanges(damaged) }
  }
}

function describeStorage(
  context: ServiceContext,
  { topic, pageSize, pageToken }: DescribeStorageRequestOutput,
): DescribeStorageResponse {
  const all = context.broker.describeStorage(topic === '' ? undefined : topic)
  const limit = pageLimit(pageSize)
  const start = pageToken === '' ? 0 : startAfter(all, pageToken)
  const page = all.slice(start, start + limit)
  const last = page.at(-1)
  return {
    partitions: page.map(partitionStorageMessage),
    nextPageToken: last !== undefined && start + limit < all.length ? tokenOf(last) : '',
  }
}

/** Names the last partition of a page; topics may come and go between pages. */
function tokenOf({ topicName, partition }: PartitionDescription): string {
  return `${partition}/${topicName}`
}

/** The index of the first partition after that of the token. @throws VarveError INVALID_ARGUMENT */
function startAfter(all: readonly PartitionDescription[], token: string): number {
  const match = /^(?<partition>\d{1,9})\/(?<topic>.*)$/.exec(token)
  if (!match?.groups) {
    throw new VarveError('INVALID_ARGUMENT', 'page_token is not one that this broker gave', {
      details: { field: 'page_token' },
    })
  }
  const { partition = '', topic = '' } = match.groups
  const index = all.findIndex(
    (item) =>
      item.topicName > topic || (item.topicName === topic && item.partition > Number(partition)),
  )
  return index === -1 ? all.length : index
}
