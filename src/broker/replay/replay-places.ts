// From what a replay was asked to play to partitions with a start and an end, found once, when the session begins: what is appended
// meanwhile lies behind the ends.
import { isVarveError, VarveError } from '../../domain/error.ts'
import { FIRST_OFFSET, type Offset } from '../../domain/offset.ts'
import { readBatchHeader } from '../../record/batch-header.ts'
import type { LogBounds, PartitionLog } from '../../storage/engine.ts'
import { forEachBounded } from '../for-each-bounded.ts'
import { answerOffset } from '../list-offsets.ts'
import type { PartitionSlot } from '../live-topic.ts'
import { goneTopic, readableLog } from '../open-log.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import type { ReplayOptions, ReplayPlace, ReplayPosition, ReplaySource } from './replay-words.ts'
import { ReplayedPartition } from './replayed-partition.ts'

/** What a group has committed for partitions of one topic, in their order; undefined where it has nothing. */
export type CommittedOffsets = (
  group: string,
  topic: string,
  partitions: readonly number[],
  asOfMs: number | undefined,
) => Promise<readonly (number | undefined)[]>

const LANES = 16
/** Above it the latest time of what is to be played is not looked for. */
const END_TIMES_MAX = 100

interface PlacesParts {
  readonly catalog: TopicCatalog
  readonly committed: CommittedOffsets
  readonly partitionsMax: number
}

/**
 * The partitions of a session, in the order of the sources and their numbers.
 * @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · TOO_MANY_ITEMS · INVALID_ARGUMENT when one is there twice · GROUP_NOT_FOUND ·
 *   HISTORY_UNKNOWN · OFFSET_OUT_OF_RANGE for a start outside its partition, where trouble is not to be passed over
 */
export async function findPlaces(
  parts: PlacesParts,
  options: ReplayOptions,
): Promise<ReplayedPartition[]> {
  const slots = slotsOf(parts, options.sources)
  const groups = new GroupPlaces(parts.committed, slots)
  const places = new Array<ReplayPlace>(slots.length)
  await forEachBounded(slots.entries(), LANES, async ([index, { slot, source }]) => {
    const { name: topic } = slot.topic
    const partition = slot.number
    const find = async (at: ReplayPosition): Promise<Offset> => {
      if (typeof at === 'object' && 'offset' in at) return at.offset
      if (typeof at === 'object' && 'group' in at) {
        const committed = await groups.offsetOf(at, topic, partition)
        return committed ?? (await find('earliest'))
      }
      const { offset, error } = await answerOffset(parts.catalog, { topic, partition, at })
      if (error !== undefined) throw error
      return offset ?? FIRST_OFFSET
    }
    // The end first: what is appended while a start is searched for lies behind it.
    const end = await findEnd(source, options, slot, find)
    const start = await find(source.start)
    const { start: firstKeptOffset, readableEnd } = boundsOf(slot)
    const isKept = start >= firstKeptOffset && (start <= readableEnd || options.isFollowing)
    if (!isKept && options.troublePolicy === 'stop') {
      throw new VarveError(
        'OFFSET_OUT_OF_RANGE',
        `${topic}/${partition} has offsets from ${firstKeptOffset} on and ends before ${readableEnd}; the replay was to begin at ${start}`,
        { details: { topic, partition, startOffset: firstKeptOffset, endOffset: readableEnd } },
      )
    }
    places[index] = { topic, partition, startOffset: start, endOffset: end, firstKeptOffset }
  })
  return slots.map(({ slot }, index) => {
    return new ReplayedPartition(places[index] as ReplayPlace, index, slot, options.filter)
  })
}

/**
 * The latest time of the last records that are to be played, for an estimate; undefined when that cannot be said, or would cost too
 * much.
 */
export async function findEndMs(
  partitions: readonly ReplayedPartition[],
): Promise<number | undefined> {
  const played = partitions.filter(({ offsetsLeft }) => offsetsLeft > 0)
  if (played.length === 0 || played.length > END_TIMES_MAX) return undefined
  let endMs = -Infinity
  await forEachBounded(played, LANES, async ({ slot, endOffset }) => {
    endMs = Math.max(endMs, await lastTimeMs(slot, endOffset))
  })
  return endMs === -Infinity ? undefined : endMs
}

async function lastTimeMs(slot: PartitionSlot, endOffset: number): Promise<number> {
  try {
    const offset = (endOffset - 1) as Offset
    const { chunks } = await readableLog(slot).read({ offset, maxBytes: 1, atLeastOneBatch: true })
    const [batch] = chunks
    return batch === undefined ? -Infinity : readBatchHeader(batch).maxTimestampMs
  } catch (error) {
    // It will be met again, where it is due.
    if (isVarveError(error)) return -Infinity
    throw error
  }
}

function slotsOf(
  { catalog, partitionsMax }: PlacesParts,
  sources: readonly ReplaySource[],
): { readonly slot: PartitionSlot; readonly source: ReplaySource }[] {
  const found = new Map<PartitionSlot, ReplaySource>()
  for (const source of sources) {
    const { topic, partition } = source
    const slots =
      partition === undefined ? catalog.topic(topic).partitions : [catalog.slot(topic, partition)]
    for (const slot of slots) {
      if (found.has(slot)) {
        throw new VarveError(
          'INVALID_ARGUMENT',
          `${topic}/${slot.number} is in the sources twice: name each partition once`,
          { details: { field: 'init.sources', topic, partition: slot.number } },
        )
      }
      found.set(slot, source)
    }
    if (found.size > partitionsMax) {
      throw new VarveError('TOO_MANY_ITEMS', `a replay plays at most ${partitionsMax} partitions`, {
        details: { max: partitionsMax },
      })
    }
  }
  return [...found].map(([slot, source]) => ({ slot, source }))
}

/** Undefined: it follows. */
async function findEnd(
  source: ReplaySource,
  options: ReplayOptions,
  slot: PartitionSlot,
  find: (at: ReplayPosition) => Promise<Offset>,
): Promise<number | undefined> {
  if (source.end === undefined) {
    return options.isFollowing ? undefined : boundsOf(slot).readableEnd
  }
  const end = await find(source.end)
  return options.isFollowing ? end : Math.min(end, boundsOf(slot).readableEnd)
}

function boundsOf(slot: PartitionSlot): LogBounds {
  const log: PartitionLog = readableLog(slot)
  try {
    return log.bounds()
  } catch (error) {
    throw goneTopic(slot.topic, error)
  }
}

/** Asks for what groups have committed, once for each group, moment and topic. */
class GroupPlaces {
  readonly #committed: CommittedOffsets
  readonly #slots: readonly { readonly slot: PartitionSlot }[]
  readonly #answers = new Map<string, Promise<ReadonlyMap<number, number | undefined>>>()

  constructor(committed: CommittedOffsets, slots: readonly { readonly slot: PartitionSlot }[]) {
    this.#committed = committed
    this.#slots = slots
  }

  async offsetOf(
    at: { readonly group: string; readonly asOfMs?: number },
    topic: string,
    partition: number,
  ): Promise<Offset | undefined> {
    const key = JSON.stringify([at.group, at.asOfMs, topic])
    const answer = this.#answers.get(key) ?? this.#ask(at, topic)
    this.#answers.set(key, answer)
    return (await answer).get(partition) as Offset | undefined
  }

  async #ask(
    { group, asOfMs }: { readonly group: string; readonly asOfMs?: number },
    topic: string,
  ): Promise<ReadonlyMap<number, number | undefined>> {
    const numbers = this.#slots.flatMap(({ slot }) =>
      slot.topic.name === topic ? [slot.number] : [],
    )
    const offsets = await this.#committed(group, topic, numbers, asOfMs)
    return new Map(numbers.map((number, index) => [number, offsets[index]]))
  }
}
