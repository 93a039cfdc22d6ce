// The reading of a replay: which partitions must be read before it is known which record comes next, and what stands in the way of one.
// Invariants: a partition is in line to be read, in the order of those that stand on a record, waiting in its log, or at its end; after
// `clear` it is in none of them.
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import { forEachBounded } from '../for-each-bounded.ts'
import { answerOffset } from '../list-offsets.ts'
import type { RequestGate } from '../request-gate.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import { MergedOrder, PartitionOrder, type RecordOrder } from './record-order.ts'
import type { ReplayEvent, ReplayOptions, ReplaySeekTarget } from './replay-words.ts'
import type { ReplayedPartition } from './replayed-partition.ts'

/** What is read ahead over all partitions of a session; each may hold one batch at least. */
const READ_AHEAD_BYTES = 4 * 1024 * 1024
const READ_BYTES_MAX = 256 * 1024
/** Where time decides what comes next, little is held. */
const PACED_READ_BYTES_MAX = 16 * 1024
/** Partitions that are read at a time. */
const READ_LANES = 16

interface ReadingParts {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly options: ReplayOptions
  readonly partitions: readonly ReplayedPartition[]
  readonly tell: (event: ReplayEvent) => void
  /** There may be more. */
  readonly changed: () => void
  readonly giveTurn: () => Promise<void>
  readonly isOver: () => boolean
}

export class ReplayReading {
  /** Those that stand on a record. */
  readonly order: RecordOrder
  /** Those that are to be read before it is known which record comes next. */
  readonly unread = new Set<ReplayedPartition>()
  /** Partitions come in an order of time. */
  readonly isMerged: boolean
  readonly #parts: ReadingParts
  readonly #readBytes: number
  /** Rises with every `clear`: what is read for an older one is not wanted. */
  #era = 0

  constructor(parts: ReadingParts) {
    const { options, partitions } = parts
    this.#parts = parts
    // Who follows the recorded time needs all partitions in its order.
    this.isMerged = options.order === 'merged' || options.pace.kind === 'speed'
    this.order = this.isMerged ? new MergedOrder() : new PartitionOrder()
    const share = Math.floor(READ_AHEAD_BYTES / Math.max(1, partitions.length))
    const readBytesMax = options.pace.kind === 'max' ? READ_BYTES_MAX : PACED_READ_BYTES_MAX
    this.#readBytes = Math.max(1, Math.min(readBytesMax, share))
    for (const partition of partitions) this.unread.add(partition)
  }

  /** Lets go of all of them. */
  clear(): void {
    this.#era++
    for (const partition of this.#parts.partitions) partition.endWait()
    this.order.clear()
    this.unread.clear()
  }

  /** All go to another place; they are in no line before `settleAll`. @throws VarveError as `guarded` */
  async seek(target: ReplaySeekTarget): Promise<void> {
    const { partitions, catalog, gate } = this.#parts
    this.clear()
    await forEachBounded(partitions, READ_LANES, async (partition) => {
      const { topic, partition: number, firstOffset: start } = partition
      partition.seek(start)
      if (target === 'start') return
      await this.guarded(partition, async () => {
        const question = { topic, partition: number, at: target }
        const { offset, error } = await gate.run(() => answerOffset(catalog, question))
        if (error !== undefined) throw error
        partition.seek(Math.max(start, Math.min(offset ?? start, partition.endOffset)) as Offset)
      })
    })
  }

  settleAll(): void {
    for (const partition of this.#parts.partitions) this.settle(partition)
  }

  /** Reads these on, until each stands on a record, waits or has ended. */
  async load(partitions: readonly ReplayedPartition[]): Promise<void> {
    const era = this.#era
    await forEachBounded(partitions, READ_LANES, async (partition) => {
      if (this.#parts.isOver() || era !== this.#era) return
      this.unread.delete(partition)
      await this.guarded(partition, () =>
        this.#parts.gate.run(() => partition.load(this.#readBytes)),
      )
      await this.#parts.giveTurn()
      if (!this.#parts.isOver() && era === this.#era) this.settle(partition)
    })
  }

  /** After a read: puts it where it belongs. */
  settle(partition: ReplayedPartition): void {
    const { options } = this.#parts
    switch (partition.state) {
      case 'record':
        this.order.add(partition)
        return
      case 'unread':
        this.unread.add(partition)
        return
      case 'waiting':
        // An end that lies behind what is readable: it waits for that, as one that follows does.
        if (options.isFollowing || partition.offsetsLeft > 0) {
          partition.wait(() => {
            this.unread.add(partition)
            this.#parts.changed()
          })
        }
        return
      case 'ended':
        return
    }
  }

  /** Runs a read; trouble is told, or ends the session. */
  async guarded<Result>(
    partition: ReplayedPartition,
    action: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await action()
    } catch (error) {
      if (!isVarveError(error) || this.#parts.isOver()) throw error
      this.#trouble(partition, error)
      return undefined
    }
  }

  /** @throws VarveError with the place, when trouble stops the session or it is of a kind that passes */
  #trouble(partition: ReplayedPartition, error: VarveError): void {
    const { topic, partition: number, nextOffset: offset } = partition
    const place = { topic, partition: number, offset }
    const isForGood = ['OFFSET_OUT_OF_RANGE', 'CORRUPT_LOG', 'UNKNOWN_TOPIC'].includes(error.code)
    if (this.#parts.options.troublePolicy === 'stop' || !isForGood) {
      const message = `the replay stopped at offset ${offset} of ${topic}/${number}: ${error.message}`
      throw new VarveError(error.code, message, {
        details: { ...error.details, ...place },
        cause: error,
      })
    }
    const nextOffset = partition.skipTo(goesOnAt(error, partition))
    this.#parts.tell({ kind: 'trouble', ...place, nextOffset, error })
  }
}

/** Where a partition goes on behind trouble; undefined: not at all. */
function goesOnAt(error: VarveError, partition: ReplayedPartition): Offset | undefined {
  if (error.code === 'CORRUPT_LOG') return error.details['nextGood'] as Offset | undefined
  if (error.code !== 'OFFSET_OUT_OF_RANGE') return undefined
  const start = partition.bounds()?.start
  return start !== undefined && start > partition.nextOffset ? start : undefined
}
