// Asking the broker for offsets: any number of questions, in as many calls as the limit of one needs.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { shownValue } from '../domain/shown-value.ts'
import type { ListOffsetsPartition, OffsetPositionName } from '../protocol/grpc/messages.ts'
import type { OffsetQuestion, PartitionOffset } from './admin-types.ts'
import type { ClientContext } from './client-context.ts'
import { type KnownOptions, refusal, refuseUnknown } from './option-check.ts'
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

/** All of them, or this does not compile. */
const MOMENT: KnownOptions<Extract<OffsetQuestion, object>> = { timestampMs: true }

/**
 * A place that is told by a moment, not by a name or an offset.
 * @param choices what the place may be
 * @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP
 */
export function checkMoment(name: string, moment: unknown, choices: string): void {
  if (
    typeof moment !== 'object' ||
    moment === null ||
    Array.isArray(moment) ||
    moment instanceof Date
  ) {
    const hint = moment instanceof Date ? ': write { timestampMs: date.getTime() }' : ''
    throw refusal(name, `${name} must be ${choices}, not ${shownValue(moment)}${hint}`)
  }
  refuseUnknown(name, moment, MOMENT)
  requireTimestamp((moment as { readonly timestampMs: number }).timestampMs)
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP */
export function checkQuestion(at: OffsetQuestion): void {
  if (typeof at === 'string' && Object.hasOwn(POSITIONS, at)) return
  checkMoment('at', at, `${Object.keys(POSITIONS).join(', ')} or { timestampMs }`)
}

/** A moment that a caller gave, in milliseconds since 1970. @throws VarveError INVALID_TIMESTAMP */
export function requireTimestamp(timestampMs: number): number {
  if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return timestampMs
  throw new VarveError(
    'INVALID_TIMESTAMP',
    `a timestamp is a whole number of milliseconds since 1970, not ${shownValue(timestampMs)}`,
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
