// Asking the broker for offsets: any number of questions, in as many calls as the limit of one needs.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { ListOffsetsPartition, OffsetPositionName } from '../protocol/grpc/messages.ts'
import type { OffsetQuestion, PartitionOffset } from './admin-types.ts'
import type { ClientContext } from './client-context.ts'
import { partError, wireInteger } from './wire-values.ts'

export interface PartitionQuestion {
  readonly topic: string
  readonly partition: number
  readonly at: OffsetQuestion
}

/**
 * One answer or error a question, in their order.
 * @throws VarveError when a call fails as a whole · INVALID_TIMESTAMP
 */
export async function listOffsets(
  context: ClientContext,
  questions: readonly PartitionQuestion[],
  signal?: AbortSignal,
): Promise<(PartitionOffset | VarveError)[]> {
  const answers: (PartitionOffset | VarveError)[] = []
  for (let start = 0; start < questions.length; start += LIMITS.itemsPerRequestMax) {
    const part = questions.slice(start, start + LIMITS.itemsPerRequestMax)
    const response = await context.transport.call(
      'listOffsets',
      { partitions: part.map(toWire) },
      { timeoutMs: context.requestTimeoutMs, ...(signal === undefined ? {} : { signal }) },
    )
    part.forEach(({ topic, partition }, index) => {
      const result = response.results[index]
      if (result === undefined) {
        throw new VarveError('INTERNAL', "the broker's answer to ListOffsets is too short")
      }
      answers.push(
        result.error
          ? partError(result.error, { topic, partition })
          : {
              topic,
              partition,
              offset: wireInteger(result.offset, 'offset'),
              timestampMs: result.timestampMs < 0 ? undefined : result.timestampMs,
              startOffset: wireInteger(result.startOffset, 'start_offset'),
              readableEndOffset: wireInteger(result.readableEndOffset, 'readable_end_offset'),
              leaderEpoch: result.leaderEpoch,
            },
      )
    })
  }
  return answers
}

/** A moment that a caller gave, in milliseconds since 1970. @throws VarveError INVALID_TIMESTAMP */
export function requireTimestamp(timestampMs: number): number {
  if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return timestampMs
  throw new VarveError(
    'INVALID_TIMESTAMP',
    `a timestamp is a whole number of milliseconds since 1970, not ${timestampMs}`,
  )
}

const POSITIONS = {
  earliest: 'OFFSET_POSITION_EARLIEST',
  latest: 'OFFSET_POSITION_LATEST',
  'max-timestamp': 'OFFSET_POSITION_MAX_TIMESTAMP',
} as const satisfies Record<string, OffsetPositionName>

function toWire({ topic, partition, at }: PartitionQuestion): ListOffsetsPartition {
  return typeof at === 'string'
    ? { topic, partition, position: POSITIONS[at] }
    : { topic, partition, timestampMs: requireTimestamp(at.timestampMs) }
}
