// A source of work that is given its partitions and batches by a test, as a group consumer gets them from a broker.
import type { ConsumerBatch, ConsumerRecord } from '../../src/client/consumer-types.ts'
import type { PartitionWorkers, WorkPlace, WorkSource } from '../../src/client/work-source.ts'
import type { Offset } from '../../src/domain/offset.ts'
import { at } from './batches.ts'

/** One stay of a partition. */
export class ListedPlace implements WorkPlace {
  readonly topic = 'orders'
  readonly partition: number
  isCurrent = true
  /** No batch of it is given any more. */
  isLeaving = false
  readonly batches: ConsumerBatch[]
  /** Every offset that was told as finished, in order. */
  readonly finished: Offset[] = []

  constructor(partition: number, batches: readonly ConsumerBatch[]) {
    this.partition = partition
    this.batches = [...batches]
  }
}

export class ListedWork implements WorkSource {
  readonly places: ListedPlace[] = []
  isCertain = true
  private isClosed = false
  private failure: Error | undefined
  private wake: (() => void) | undefined

  add(place: ListedPlace): ListedPlace {
    this.places.push(place)
    this.look()
    return place
  }

  /** Nothing comes any more. */
  close(): void {
    this.isClosed = true
    this.look()
  }

  /** Reading fails. */
  fail(error: Error): void {
    this.failure = error
    this.look()
  }

  async next(
    workers: PartitionWorkers,
  ): Promise<{ readonly place: WorkPlace; readonly batch: ConsumerBatch } | undefined> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure
      if (this.isClosed || workers.isStopping) return undefined
      for (const place of this.places) {
        if (!place.isCurrent || place.isLeaving || place.batches.length === 0) continue
        if (!workers.accepts(place)) continue
        const batch = place.batches.shift()
        if (batch !== undefined) return { place, batch }
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  look(): void {
    const { wake } = this
    this.wake = undefined
    wake?.()
  }

  finished(place: WorkPlace, nextOffset: Offset): void {
    if (!(place instanceof ListedPlace)) throw new Error('the place is none of these')
    if (!place.isCurrent) throw new Error('something is told of a place that is not current')
    place.finished.push(nextOffset)
  }
}

/** Records with the given keys and offsets in a row, from `start` on; `next` is where the partition goes on, behind a gap or not. */
export function listedBatch(
  partition: number,
  start: number,
  keys: readonly (string | null)[],
  next: number = start + keys.length,
): ConsumerBatch {
  const records = keys.map(
    (key, index): ConsumerRecord => ({
      topic: 'orders',
      partition,
      offset: at(start + index),
      timestampMs: 0,
      key: key === null ? null : Buffer.from(key),
      value: Buffer.from(`${partition}-${start + index}`),
      headers: [],
    }),
  )
  return { topic: 'orders', partition, records, nextOffset: at(next) }
}
