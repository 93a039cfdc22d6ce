// Fetch: reads many partitions, as stored batches or decoded. The answer stays below gRPC's default limit of 4 MiB
// unless one batch or record alone is larger.
import type { FetchOutcome, FetchPartition } from '../broker/fetch-service.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
import { nextTurn } from '../platform/next-turn.ts'
import type {
  FetchPartitionOutput,
  FetchRequestOutput,
  FetchResponse,
  FetchResult,
  Record as RecordMessage,
  RecordSet,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import { decodeRun } from './record-forms.ts'
import type { ServiceContext } from './service-context.ts'
import { ABSENT, admitCount } from './wire-numbers.ts'

/** What a result takes beside its records and its topic's name: numbers, and an error with its details. */
const RESULT_OVERHEAD_BYTES = 768

/** Answers a fetch; waits as long as the request and its deadline allow. */
export async function fetch(
  context: ServiceContext,
  request: FetchRequestOutput,
  scope: CallScope,
): Promise<FetchResponse> {
  const limits = limitsOf(request, scope)
  const admitted = request.partitions.map((partition) => admit(context, partition))
  const readable = admitted.flatMap((item) => ('refused' in item ? [] : [item.partition]))
  // A partition that cannot be read is an answer; it does not wait for the others.
  const maxWaitMs = readable.length < admitted.length ? 0 : limits.maxWaitMs
  const outcomes = await context.broker.fetcher.fetch(
    { partitions: readable, maxWaitMs, minBytes: limits.minBytes, maxBytes: limits.maxBytes },
    scope.signal,
  )
  const bytes = outcomes.reduce((sum, outcome) => sum + outcome.bytes, 0)
  context.unreadAnswers.add(scope.peer, bytes, scope.signal)
  const results =
    request.form === 'RECORD_FORM_RECORDS'
      ? await decodedResults(context, outcomes, readable, limits.maxBytes)
      : outcomes.map((outcome) => resultOf(context, outcome, () => stored(outcome)))
  let next = 0
  return {
    results: admitted.map((item) => {
      const result = 'refused' in item ? item.refused : results[next++]
      if (result === undefined) throw new RangeError('a fetch has fewer outcomes than partitions')
      return result
    }),
  }
}

interface FetchLimits {
  readonly maxWaitMs: number
  readonly minBytes: number
  readonly maxBytes: number
}

/** @throws VarveError INVALID_FETCH_SIZE · INVALID_ARGUMENT */
function limitsOf(request: FetchRequestOutput, scope: CallScope): FetchLimits {
  const { partitions, minBytes } = request
  const askedBytes = request.maxBytes === 0 ? LIMITS.fetchBytesDefault : request.maxBytes
  if (askedBytes < 0 || minBytes < 0 || minBytes > askedBytes) {
    throw new VarveError(
      'INVALID_FETCH_SIZE',
      `min_bytes ${minBytes} and max_bytes ${request.maxBytes} must not be negative, nor the first above the second`,
      { details: { field: minBytes < 0 ? 'min_bytes' : 'max_bytes' } },
    )
  }
  let overheadBytes = 0
  for (const { topic } of partitions) overheadBytes += RESULT_OVERHEAD_BYTES + topic.length
  const maxBytes = Math.max(1, Math.min(askedBytes, LIMITS.fetchBytesMax - overheadBytes))
  const maxWaitMs = Math.min(
    admitCount(request.maxWaitMs, 'max_wait_ms'),
    LIMITS.fetchWaitMsMax,
    Math.max(0, Math.floor(scope.remainingMs - LIMITS.fetchDeadlineMarginMs)),
  )
  return { maxWaitMs, minBytes: Math.min(minBytes, maxBytes), maxBytes }
}

type Admitted = { readonly partition: FetchPartition } | { readonly refused: FetchResult }

function admit(context: ServiceContext, asked: FetchPartitionOutput): Admitted {
  const { topic, partition, offset, maxBytes, leaderEpoch } = asked
  try {
    if (maxBytes < 0) {
      throw new VarveError('INVALID_FETCH_SIZE', `max_bytes must not be negative: ${maxBytes}`, {
        details: { topic, partition },
      })
    }
    return {
      partition: {
        topic,
        partition,
        offset: admitOffset(offset),
        ...(maxBytes === 0 ? {} : { maxBytes }),
        ...(leaderEpoch === undefined ? {} : { leaderEpoch }),
      },
    }
  } catch (error) {
    const nowhere = { startOffset: ABSENT, readableEndOffset: ABSENT, nextOffset: ABSENT }
    return { refused: { topic, partition, ...nowhere, error: context.statusOf(error) } }
  }
}

interface EncodedRecords {
  readonly records: RecordSet
  /** Where to read on. */
  readonly nextOffset: number
}

function stored({ chunks, nextOffset }: FetchOutcome): EncodedRecords {
  const [only] = chunks
  const batches = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
  return { records: { form: 'batches', batches }, nextOffset }
}

/**
 * Decodes what was read, within one budget for the answer and one for what batches are unpacked to. Somebody else is first
 * each time, so that a busy partition does not use up what all share; only the first record of the answer may exceed it.
 */
async function decodedResults(
  context: ServiceContext,
  outcomes: readonly FetchOutcome[],
  asked: readonly FetchPartition[],
  bytesMax: number,
): Promise<FetchResult[]> {
  let bytesLeft = bytesMax
  let unpackedBytesLeft: number = LIMITS.decompressedBatchBytesMax
  const results: FetchResult[] = []
  const first = outcomes.length > 1 ? context.random.integer(outcomes.length) : 0
  for (let turn = 0; turn < outcomes.length; turn++) {
    const index = (first + turn) % outcomes.length
    const [outcome, partition] = [outcomes[index], asked[index]]
    if (outcome === undefined || partition === undefined) {
      throw new RangeError('a fetch has fewer outcomes than partitions')
    }
    const { offset, maxBytes = Infinity } = partition
    results[index] = resultOf(context, outcome, () => {
      if (outcome.chunks.length === 0) {
        return { records: decoded([]), nextOffset: outcome.nextOffset }
      }
      if (bytesLeft <= 0 || unpackedBytesLeft <= 0) {
        return { records: decoded([]), nextOffset: offset }
      }
      const run = decodeRun(
        outcome.chunks,
        { offset, end: outcome.nextOffset },
        {
          bytes: Math.min(bytesLeft, maxBytes),
          unpackedBytes: unpackedBytesLeft,
          atLeastOne: bytesLeft === bytesMax,
        },
      )
      bytesLeft -= run.bytes
      unpackedBytesLeft -= run.unpackedBytes
      return { records: decoded(run.records), nextOffset: run.nextOffset }
    })
    // Unpacking is work that holds up everything else.
    if (outcome.chunks.length > 0) await nextTurn()
  }
  return results
}

function decoded(records: readonly RecordMessage[]): RecordSet {
  return { form: 'records', records: { records: [...records] } }
}

function resultOf(
  context: ServiceContext,
  outcome: FetchOutcome,
  encode: () => EncodedRecords,
): FetchResult {
  const { topic, partition, startOffset, readableEndOffset, nextOffset } = outcome
  const place = { topic, partition, startOffset, readableEndOffset }
  try {
    if (outcome.error) throw outcome.error
    return { ...place, ...encode() }
  } catch (error) {
    return { ...place, nextOffset, error: context.statusOf(error) }
  }
}
