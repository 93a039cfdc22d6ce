// Turns "from the earliest", "until the end" and "at that moment" into offsets, with one question to the broker for all
// partitions. Ends that are found in the log are fixed by it: what is appended later does not move them.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { PartitionOffset } from './admin-types.ts'
import type { ClientContext } from './client-context.ts'
import type { ReadEnd, StartPosition, TopicPartition } from './consumer-types.ts'
import { listOffsets, type PartitionQuestion } from './list-offsets.ts'
import { PartitionCursor } from './partition-cursor.ts'

export interface CursorRequest extends TopicPartition {
  readonly start: StartPosition
  readonly until: ReadEnd | undefined
}

/**
 * A cursor for each request, in their order.
 * @param outside decides about a given start beyond the readable end of a read that ends there: its place, or it throws
 * @throws VarveError the first error that a partition has: UNKNOWN_TOPIC · UNKNOWN_PARTITION · NOT_READY ...
 */
export async function openCursors(
  context: ClientContext,
  requests: readonly CursorRequest[],
  outside: (answer: PartitionOffset, start: number) => Offset,
  signal?: AbortSignal,
): Promise<PartitionCursor[]> {
  const questions: PartitionQuestion[] = []
  const plans = requests.map((request) => ({
    request,
    start: plan(request, startQuestion(request.start), questions),
    end: plan(request, endQuestion(request.until), questions),
  }))
  const answers = await listOffsets(context, questions, signal)
  const answerTo = (index: number): PartitionOffset => {
    const answer = answers[index]
    if (answer === undefined) throw new Error('every question has an answer')
    if (answer instanceof VarveError) throw answer
    return answer
  }
  return plans.map(({ request, start, end }) => {
    const { until } = request
    const endAnswer = end === undefined ? undefined : answerTo(end)
    let position: Offset
    if (start !== undefined) position = admitOffset(answerTo(start).offset)
    else {
      const given = admitOffset(Number(request.start))
      const isOutside = endAnswer !== undefined && given > endAnswer.readableEndOffset
      position = isOutside ? outside(endAnswer, given) : given
    }
    const givenEnd = typeof until === 'object' && 'offset' in until ? until.offset : Infinity
    return new PartitionCursor(request, {
      position,
      endOffset: endAnswer?.offset ?? givenEnd,
      isEndPinned: endAnswer !== undefined,
    })
  })
}

function plan(
  { topic, partition }: TopicPartition,
  at: PartitionQuestion['at'] | undefined,
  questions: PartitionQuestion[],
): number | undefined {
  return at === undefined ? undefined : questions.push({ topic, partition, at }) - 1
}

function startQuestion(start: StartPosition): PartitionQuestion['at'] | undefined {
  return typeof start === 'number' ? undefined : start
}

function endQuestion(until: ReadEnd | undefined): PartitionQuestion['at'] | undefined {
  if (until === 'end') return 'latest'
  if (until !== undefined && 'timestampMs' in until) return { timestampMs: until.timestampMs }
  return undefined
}
