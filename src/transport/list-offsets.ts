// ListOffsets: where partitions begin and end, and which offset a moment has.
import type { OffsetAnswer, OffsetQuestion } from '../broker/fetch-service.ts'
import { VarveError } from '../domain/error.ts'
import type {
  ListOffsetsPartitionOutput,
  ListOffsetsRequestOutput,
  ListOffsetsResponse,
  ListOffsetsResult,
  OffsetPositionName,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import type { ServiceContext } from './service-context.ts'
import { ABSENT, admitTimestamp } from './wire-numbers.ts'

const POSITIONS: Readonly<
  Record<OffsetPositionName, 'earliest' | 'latest' | 'max-timestamp' | undefined>
> = {
  OFFSET_POSITION_UNSPECIFIED: undefined,
  OFFSET_POSITION_EARLIEST: 'earliest',
  OFFSET_POSITION_LATEST: 'latest',
  OFFSET_POSITION_MAX_TIMESTAMP: 'max-timestamp',
}

/** Answers in request order; a question that cannot be answered has its error in its place. */
export async function listOffsets(
  context: ServiceContext,
  request: ListOffsetsRequestOutput,
  { signal }: Pick<CallScope, 'signal'>,
): Promise<ListOffsetsResponse> {
  const admitted = request.partitions.map((asked) => admit(context, asked))
  const questions = admitted.flatMap((item) => ('refused' in item ? [] : [item.question]))
  const answers = await context.broker.fetcher.listOffsets(questions, signal)
  let next = 0
  return {
    results: admitted.map((item) => {
      if ('refused' in item) return item.refused
      const answer = answers[next++]
      if (answer === undefined) throw new RangeError('fewer answers than questions about offsets')
      return resultOf(context, answer)
    }),
  }
}

const NOWHERE = {
  offset: ABSENT,
  timestampMs: ABSENT,
  leaderEpoch: ABSENT,
  startOffset: ABSENT,
  readableEndOffset: ABSENT,
} as const satisfies ListOffsetsResult

type Admitted = { readonly question: OffsetQuestion } | { readonly refused: ListOffsetsResult }

function admit(context: ServiceContext, asked: ListOffsetsPartitionOutput): Admitted {
  const { topic, partition } = asked
  try {
    return { question: { topic, partition, at: placeOf(asked) } }
  } catch (error) {
    return { refused: { topic, partition, ...NOWHERE, error: context.statusOf(error) } }
  }
}

/** @throws VarveError INVALID_TIMESTAMP · UNKNOWN_ENUM */
function placeOf(asked: ListOffsetsPartitionOutput): OffsetQuestion['at'] {
  if (asked.at === 'timestampMs') {
    const timestampMs = asked.timestampMs ?? 0
    // The end of time is a fair question: no record is that late.
    if (timestampMs > Number.MAX_SAFE_INTEGER) return { timestampMs: Number.MAX_SAFE_INTEGER }
    return { timestampMs: admitTimestamp(timestampMs) }
  }
  const position = POSITIONS[asked.position ?? 'OFFSET_POSITION_UNSPECIFIED']
  if (position === undefined) {
    throw new VarveError('UNKNOWN_ENUM', 'position must be earliest, latest or max timestamp', {
      details: { field: 'position' },
    })
  }
  return position
}

function resultOf(context: ServiceContext, answer: OffsetAnswer): ListOffsetsResult {
  const { topic, partition, bounds } = answer
  return {
    topic,
    partition,
    offset: answer.offset ?? ABSENT,
    timestampMs: answer.timestampMs ?? ABSENT,
    leaderEpoch: bounds?.epoch ?? ABSENT,
    startOffset: bounds?.start ?? ABSENT,
    readableEndOffset: bounds?.readableEnd ?? ABSENT,
    ...(answer.error ? { error: context.statusOf(answer.error) } : {}),
  }
}
