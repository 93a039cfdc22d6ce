// The methods of AdminService about the broker, its storage and its records.
import type { handleServerStreamingCall, UntypedServiceImplementation } from '@grpc/grpc-js'
import type { PartitionDescription } from '../../broker/descriptions.ts'
import { VarveError } from '../../domain/error.ts'
import type {
  DescribeStorageRequestOutput,
  DescribeStorageResponse,
  VerifyResponse,
} from '../../protocol/grpc/messages.ts'
import { adminService } from '../../protocol/grpc/services.ts'
import { CallScope } from './call-scope.ts'
import { deleteRecords } from './delete-records.ts'
import { writeMessage } from './message-writer.ts'
import type { ServiceContext } from './service-context.ts'
import { pageLimit } from './topic-handlers.ts'
import { damagedRanges, partitionStorageMessage } from './topic-messages.ts'
import { decoderOf, unaryMethod } from './unary-method.ts'

export function storageHandlers(context: ServiceContext): UntypedServiceImplementation {
  const { broker } = context
  return {
    DeleteRecords: unaryMethod(context, adminService.DeleteRecords, (request) =>
      deleteRecords(context, request),
    ),
    DescribeCluster: unaryMethod(context, adminService.DescribeCluster, () => {
      const { storageName, features, limits, ...cluster } = broker.describeCluster()
      return { ...cluster, storage: storageName, features: [...features], limits: { ...limits } }
    }),
    DescribeStorage: unaryMethod(context, adminService.DescribeStorage, (request) =>
      describeStorage(context, request),
    ),
    Verify: verify(context),
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

/** Runs until everything is read, the client leaves, its deadline passes or the server stops. */
function verify(context: ServiceContext): handleServerStreamingCall<Buffer, VerifyResponse> {
  const decode = decoderOf(adminService.Verify)
  return (call) => {
    const scope = new CallScope(call, context.clock, Infinity)
    const signal = AbortSignal.any([scope.signal, context.stopping])
    const run = async (): Promise<void> => {
      const { topic } = decode(call.request)
      const progress = context.broker.verify(topic === '' ? undefined : topic, signal)
      for await (const { damaged, ...counts } of progress) {
        await writeMessage(call, { ...counts, damaged: damagedRanges(damaged) }, signal)
      }
    }
    run()
      .finally(() => {
        scope.end()
      })
      .then(
        () => {
          call.end()
        },
        (error: unknown) => {
          const reason: unknown = signal.aborted ? signal.reason : error
          call.emit('error', context.serverErrorOf(reason))
        },
      )
  }
}
