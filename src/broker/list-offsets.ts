// Answers where a partition begins and ends and which offset a moment has.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { LogBounds, PartitionLog, TimestampPosition } from '../storage/engine.ts'
import { goneTopic, readableLog } from './open-log.ts'
import type { TopicCatalog } from './topic-catalog.ts'

export interface OffsetQuestion {
  readonly topic: string
  readonly partition: number
  readonly at: 'earliest' | 'latest' | 'max-timestamp' | { readonly timestampMs: number }
}

export interface OffsetAnswer {
  readonly topic: string
  readonly partition: number
  /** The readable end when no record is that late. Absent with an error. */
  readonly offset?: Offset
  /** Of the record at `offset`, when the question was about a timestamp and there is such a record. */
  readonly timestampMs?: number
  readonly bounds?: LogBounds
  readonly error?: VarveError
}

/** The answer to one question; a refusal is part of it. */
export async function answerOffset(
  catalog: TopicCatalog,
  question: OffsetQuestion,
): Promise<OffsetAnswer> {
  const { topic, partition } = question
  try {
    const slot = catalog.slot(topic, partition)
    const log = readableLog(slot)
    try {
      return { topic, partition, ...(await findOffset(log, question.at)) }
    } catch (error) {
      throw goneTopic(slot.topic, error)
    }
  } catch (error) {
    if (isVarveError(error)) return { topic, partition, error }
    throw error
  }
}

type Finding = Required<Pick<OffsetAnswer, 'offset' | 'bounds'>> & Pick<OffsetAnswer, 'timestampMs'>

async function findOffset(log: PartitionLog, at: OffsetQuestion['at']): Promise<Finding> {
  const bounds = log.bounds()
  if (at === 'earliest') return { offset: bounds.start, bounds }
  if (at === 'latest') return { offset: bounds.readableEnd, bounds }
  if (at === 'max-timestamp') return found(log, await log.maxTimestamp())
  const { timestampMs } = at
  if (Number.isNaN(timestampMs) || timestampMs < 0) {
    throw new VarveError(
      'INVALID_TIMESTAMP',
      `a timestamp must not be negative, as ${timestampMs} is`,
    )
  }
  // No record can be that late; beyond it numbers are not exact.
  if (timestampMs > Number.MAX_SAFE_INTEGER) return found(log, undefined)
  return found(log, await log.offsetForTimestamp(Math.ceil(timestampMs)))
}

/** Bounds are taken after the search, so that an offset that was found lies within them. */
function found(log: PartitionLog, position: TimestampPosition | undefined): Finding {
  const bounds = log.bounds()
  if (position === undefined) return { offset: bounds.readableEnd, bounds }
  return { offset: position.offset, timestampMs: position.timestampMs, bounds }
}
