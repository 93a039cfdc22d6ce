// One round of a replay into a topic: records that are stored together, as far as they go to the same partition. Pure. Invariant: the
// same stretches of the same partitions give the same records in the same order, however they were read: so after a crash the round can
// be made again, and compared with what is stored.
import { VarveError } from '../domain/error.ts'
import { partitionForKey } from '../domain/murmur2.ts'
import type { ReplayRoundPlace } from './replay-into-types.ts'
import type { ReplayedBatch, ReplayedRecord } from './replay-types.ts'

interface PlaceRecords {
  readonly topic: string
  readonly partition: number
  readonly index: number
  readonly offset: number
  nextOffset: number
  readonly records: ReplayedRecord[]
}

export class ReplayRound {
  readonly #places = new Map<string, PlaceRecords>()
  readonly #indexes: ReadonlyMap<string, number>
  #bytes = 0
  #records = 0

  /** @param indexes the order of the places, by topic/partition */
  constructor(indexes: ReadonlyMap<string, number>) {
    this.#indexes = indexes
  }

  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#records
  }

  /** Where each partition was and where it goes on. */
  get places(): ReplayRoundPlace[] {
    return [...this.#places.values()].map(({ topic, partition, offset, nextOffset }) => ({
      topic,
      partition,
      offset,
      nextOffset,
    }))
  }

  /** @param from where the partition was before it */
  add(batch: ReplayedBatch, from: number): void {
    const key = `${batch.topic}/${batch.partition}`
    let place = this.#places.get(key)
    if (place === undefined) {
      const { topic, partition, nextOffset } = batch
      const index = this.#indexes.get(key) ?? 0
      place = { topic, partition, index, offset: from, nextOffset, records: [] }
      this.#places.set(key, place)
    }
    for (const record of batch.records) {
      place.records.push(record)
      this.#bytes += bytesOf(record)
    }
    place.nextOffset = batch.nextOffset
    this.#records += batch.records.length
  }

  /** Nothing comes of a stretch that is empty, but it is done. */
  reach(place: ReplayRoundPlace): void {
    const known = this.#places.get(`${place.topic}/${place.partition}`)
    if (known !== undefined) known.nextOffset = Math.max(known.nextOffset, place.nextOffset)
  }

  /**
   * The records for each partition of the target: by time over the partitions that they come from, in the order of each of those.
   * @throws VarveError UNKNOWN_PARTITION when the target has no partition of that number
   */
  byTarget(
    partitioning: 'keep' | 'by-key',
    partitions: number,
  ): ReadonlyMap<number, readonly ReplayedRecord[]> {
    const targets = new Map<number, ReplayedRecord[]>()
    for (const record of this.#merged()) {
      const number = targetOf(record, partitioning, partitions)
      const list = targets.get(number)
      if (list === undefined) targets.set(number, [record])
      else list.push(record)
    }
    return targets
  }

  #merged(): ReplayedRecord[] {
    const ordered: {
      readonly timeMs: number
      readonly index: number
      readonly record: ReplayedRecord
    }[] = []
    for (const { index, records } of this.#places.values()) {
      let timeMs = -Infinity
      for (const record of records) {
        timeMs = Math.max(timeMs, record.timestampMs)
        ordered.push({ timeMs, index, record })
      }
    }
    // Stable: records of one partition stay in their order.
    ordered.sort((a, b) => (a.timeMs === b.timeMs ? a.index - b.index : a.timeMs - b.timeMs))
    return ordered.map(({ record }) => record)
  }
}

function targetOf(
  { topic, partition, offset, key }: ReplayedRecord,
  partitioning: 'keep' | 'by-key',
  partitions: number,
): number {
  if (partitioning === 'by-key') {
    return key === null ? partition % partitions : partitionForKey(key, partitions)
  }
  if (partition < partitions) return partition
  throw new VarveError(
    'UNKNOWN_PARTITION',
    `the target has partitions 0 to ${partitions - 1}, none for ${topic}/${partition}: add partitions to it, or choose them by key`,
    { details: { topic, partition, offset } },
  )
}

function bytesOf({ key, value, headers }: ReplayedRecord): number {
  let bytes = 32 + (key?.length ?? 0) + (value?.length ?? 0)
  for (const header of headers) bytes += header.key.length + (header.value?.length ?? 0) + 8
  return bytes
}
