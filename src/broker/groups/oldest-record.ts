// When the oldest record that a group has not committed was made: its own timestamp, read from the log. Invariants: it is the timestamp of
// the record at the offset, or of the first one behind it that is kept, never a guess from a header; a bounded number of reads is under
// way at a time, whoever asks; what was read once is known again while the cache has room, as records do not change.

import type { Limits } from '../../domain/limits.ts'
import type { Offset } from '../../domain/offset.ts'
import { batchTimestamps } from '../../record/decode-batch.ts'
import { eachBatch } from '../../record/stored-batch.ts'
import type { PartitionLog, TimestampPosition } from '../../storage/engine.ts'

export class OldestRecords {
  readonly #limits: Pick<Limits, 'groupLagCacheMax' | 'groupLagReadsMax'>
  /** By partition and offset, the one used longest ago first; what is being read is shared. */
  readonly #known = new Map<string, Promise<TimestampPosition | undefined>>()
  /** Reads that wait for their turn. */
  readonly #waiting: (() => void)[] = []
  #reading = 0

  constructor(limits: Pick<Limits, 'groupLagCacheMax' | 'groupLagReadsMax'>) {
    this.#limits = limits
  }

  /**
   * The first readable record at or after `offset`; its timestamp is -1 when it carries none. Undefined when nothing is readable there.
   * @throws VarveError what a read of the log throws, and the codes of malformed batches
   */
  from(log: PartitionLog, offset: Offset): Promise<TimestampPosition | undefined> {
    const { topicId, partition } = log.identity
    const key = `${topicId}:${partition}@${offset}`
    const known = this.#known.get(key)
    // Moves behind all others.
    if (known !== undefined) this.#known.delete(key)
    const found = known ?? this.#inTurn(() => firstRecord(log, offset))
    this.#known.set(key, found)
    if (known === undefined) this.#settleLater(key, found)
    return found
  }

  /** What failed, or found nothing, is asked for again the next time. */
  #settleLater(key: string, found: Promise<TimestampPosition | undefined>): void {
    const forget = (): void => {
      if (this.#known.get(key) === found) this.#known.delete(key)
    }
    found.then((record) => {
      if (record === undefined) forget()
    }, forget)
    if (this.#known.size <= this.#limits.groupLagCacheMax) return
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest)
      break
    }
  }

  async #inTurn<T>(read: () => Promise<T>): Promise<T> {
    if (this.#reading >= this.#limits.groupLagReadsMax) {
      // Whoever ends gives its turn on.
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    } else {
      this.#reading++
    }
    try {
      return await read()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#reading--
      else next()
    }
  }
}

async function firstRecord(
  log: PartitionLog,
  offset: Offset,
): Promise<TimestampPosition | undefined> {
  let next = offset
  for (;;) {
    const { chunks, bytes, nextOffset } = await log.read({
      offset: next,
      maxBytes: 1,
      atLeastOneBatch: true,
    })
    for (const chunk of chunks) {
      for (const batch of eachBatch(chunk)) {
        for (const record of batchTimestamps(batch)) {
          if (record.offset < offset) continue
          return { offset: record.offset as Offset, timestampMs: record.timestampMs }
        }
      }
    }
    // A batch may have lost its last records, and a stretch may be given up; further on there may be more.
    if (bytes === 0 && nextOffset === next) return undefined
    next = nextOffset
  }
}
