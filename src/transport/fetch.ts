// Fetch: reads many partitions, as stored batches or decoded. The answer stays below gRPC's default limit of 4 MiB
// unless one batch or record alone is larger.
import type { FetchOutcome, FetchPartition } from '../broker/fetch-service.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
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
  const encode = request.form === 'RECORD_FORM_RECORDS' ? new DecodedForm(limits.maxBytes) : STORED
  let next = 0
  return {
    results: admitted.map((item) => {
      if ('refused' in item) return item.refused
      const outcome = outcomes[next++]
      if (outcome === undefined) throw new RangeError('a fetch has fewer outcomes than partitions')
      return resultOf(context, outcome, item.partition, encode)
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

/** Puts the records of a partition into one of the two forms. */
interface RecordFormEncoder {
  /** @throws VarveError CORRUPT_LOG */
  encode(outcome: FetchOutcome, asked: FetchPartition): EncodedRecords
}

interface EncodedRecords {
  readonly records: RecordSet
  /** Where to read on. */
  readonly nextOffset: number
}

const STORED: RecordFormEncoder = {
  encode: ({ chunks, nextOffset }) => {
    const [only] = chunks
    const batches = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
    return { records: { form: 'batches', batches }, nextOffset }
  },
}

class DecodedForm implements RecordFormEncoder {
  #bytesLeft: number

  constructor(bytesMax: number) {
    this.#bytesLeft = bytesMax
  }

  encode(outcome: FetchOutcome, { offset, maxBytes }: FetchPartition): EncodedRecords {
    if (this.#bytesLeft <= 0) return { records: decoded([]), nextOffset: offset }
    const budget = Math.min(this.#bytesLeft, maxBytes ?? Infinity)
    const run = decodeRun(outcome.chunks, { offset, end: outcome.nextOffset }, budget)
    this.#bytesLeft -= run.bytes
    return { records: decoded(run.records), nextOffset: run.nextOffset }
  }
}

function decoded(records: readonly RecordMessage[]): RecordSet {
  return { form: 'records', records: { records: [...records] } }
}

function resultOf(
  context: ServiceContext,
  outcome: FetchOutcome,
  asked: FetchPartition,
  form: RecordFormEncoder,
): FetchResult {
  const { topic, partition, startOffset, readableEndOffset, nextOffset } = outcome
  const place = { topic, partition, startOffset, readableEndOffset }
  try {
    if (outcome.error) throw outcome.error
    return { ...place, ...form.encode(outcome, asked) }
  } catch (error) {
    return { ...place, nextOffset, error: context.statusOf(error) }
  }
}
