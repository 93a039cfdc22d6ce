// Which partition a record goes to: the one that was asked for, a custom rule's, murmur2 of the key as in Kafka's clients,
// or without a key one partition for a whole batch and then another (KIP-480), the less busy of two chosen at random.
import { VarveError } from '../domain/error.ts'
import { partitionForKey } from '../domain/murmur2.ts'
import type { Random } from '../platform/random.ts'
import type { OutgoingRecord } from './outgoing-record.ts'
import type { Partitioner } from './producer-types.ts'

export interface PartitionChoiceOptions {
  readonly random: Random
  readonly partitioner: Partitioner | undefined
  /** How many batches wait for a partition. */
  readonly depth: (topic: string, partition: number) => number
}

export class PartitionChoice {
  private readonly options: PartitionChoiceOptions
  /** Where records without key go now, by topic. */
  private readonly sticky = new Map<string, number>()

  constructor(options: PartitionChoiceOptions) {
    this.options = options
  }

  /** @throws VarveError UNKNOWN_PARTITION when a custom rule answers a number that the topic has not · INVALID_ARGUMENT when it throws */
  choose(topic: string, record: OutgoingRecord, partitions: number): number {
    const { partitioner } = this.options
    if (partitioner !== undefined) {
      const chosen = ask(partitioner, { topic, key: record.key, value: record.value }, partitions)
      if (Number.isInteger(chosen) && chosen >= 0 && chosen < partitions) return chosen
      throw new VarveError(
        'UNKNOWN_PARTITION',
        `the partitioner answered ${chosen} for ${topic}, which has ${partitions} partitions`,
        { details: { topic } },
      )
    }
    if (record.key !== null) return partitionForKey(record.key, partitions)
    let partition = this.sticky.get(topic)
    if (partition === undefined || partition >= partitions) {
      partition = this.lessBusy(topic, partitions)
      this.sticky.set(topic, partition)
    }
    return partition
  }

  /** A batch of this partition takes no more records: those without key go elsewhere from now on. */
  batchClosed(topic: string, partition: number): void {
    if (this.sticky.get(topic) === partition) this.sticky.delete(topic)
  }

  private lessBusy(topic: string, partitions: number): number {
    const { random, depth } = this.options
    const one = random.integer(partitions)
    const other = random.integer(partitions)
    return depth(topic, other) < depth(topic, one) ? other : one
  }
}

/** What a custom rule throws is a failure of its record: it must not keep the room that the record has in the buffer. */
function ask(
  partitioner: Partitioner,
  record: Parameters<Partitioner>[0],
  partitions: number,
): number {
  try {
    return partitioner(record, partitions)
  } catch (cause) {
    throw new VarveError('INVALID_ARGUMENT', `the partitioner failed for ${record.topic}`, {
      details: { topic: record.topic },
      cause,
    })
  }
}
