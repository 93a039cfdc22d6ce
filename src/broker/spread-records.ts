// Which records of one request go to which partition when the broker chooses: by key as Kafka does, and all those
// without a key to one partition (so that they make one batch). Pure but for the turn it is handed.
import { partitionForKey } from '../domain/murmur2.ts'
import type { RecordInput } from '../record/encode-batch.ts'

/** The records for one partition, by their index in the request, in order. */
export interface RecordShare {
  readonly partition: number
  readonly indexes: number[]
}

/**
 * Shares out the records over `partitions` partitions, sorted by the first record of each share.
 * @param takeTurn chooses the partition for those without a key; called at most once.
 */
export function spreadRecords(
  records: readonly RecordInput[],
  partitions: number,
  takeTurn: () => number,
): RecordShare[] {
  const shares = new Map<number, RecordShare>()
  let keyless: number | undefined
  for (const [index, { key }] of records.entries()) {
    // An empty key is a key.
    const partition =
      key === undefined || key === null
        ? (keyless ??= takeTurn())
        : partitionForKey(key, partitions)
    const share = shares.get(partition)
    if (share === undefined) shares.set(partition, { partition, indexes: [index] })
    else share.indexes.push(index)
  }
  return [...shares.values()]
}
