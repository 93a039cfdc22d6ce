// The batches that wait for one partition, oldest first. At most the first is under way, and it stays first until its fate
// is known: that is what keeps the order of records when a batch must be sent again.
import type { OutgoingBatch } from './outgoing-batch.ts'

export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  readonly batches: OutgoingBatch[] = []
  /** The first batch was handed to a stream and has no answer yet. */
  isInFlight = false
  /** A wait before the next attempt is under way. */
  isBackingOff = false

  constructor(topic: string, partition: number) {
    this.topic = topic
    this.partition = partition
  }

  get first(): OutgoingBatch | undefined {
    return this.batches[0]
  }

  /** The batch that takes new records. */
  get open(): OutgoingBatch | undefined {
    const last = this.batches.at(-1)
    return last?.isOpen === true ? last : undefined
  }

  /** The first batch may be sent now. */
  get isReady(): boolean {
    const { first } = this
    if (first === undefined || this.isInFlight || this.isBackingOff) return false
    return first.isDue || !first.isOpen
  }
}
