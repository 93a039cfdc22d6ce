// The batches of one partition, oldest first, each until its fate is known: that is what keeps the order of records when a
// batch must be sent again. With an idempotent producer several may be under way; after a failure one at a time until one
// succeeds. Pure: says what may be sent and what stands in the way.
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionSequence } from './partition-sequence.ts'

/**
 * What must happen before the next batch may be sent: answers to what is under way, a mended numbering, an identity of the
 * producer, or nothing.
 */
type Obstacle = 'none' | 'answers' | 'numbering' | 'identity'

export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  readonly batches: OutgoingBatch[] = []
  /** Of an idempotent producer. */
  readonly sequence: PartitionSequence | undefined
  /** A wait before the next attempt is under way. */
  isBackingOff = false
  /** An identity was asked for. */
  isIdentifying = false
  /** The size of the batch that was closed last: what to expect of the next. */
  expectedBatchBytes = 0
  /** Something failed and nothing has succeeded since. */
  isRecovering = false
  private readonly inFlightMax: number
  private underWay = 0

  constructor(
    topic: string,
    partition: number,
    options: { readonly inFlightMax: number; readonly sequence: PartitionSequence | undefined },
  ) {
    this.topic = topic
    this.partition = partition
    this.inFlightMax = options.inFlightMax
    this.sequence = options.sequence
  }

  /** How many batches were handed to a stream and have no answer yet. */
  get inFlight(): number {
    return this.underWay
  }

  /** The batch that is sent next: the first that is not under way. */
  get next(): OutgoingBatch | undefined {
    return this.batches.find((batch) => !batch.isInFlight)
  }

  /** The batch that takes new records. */
  get open(): OutgoingBatch | undefined {
    const last = this.batches.at(-1)
    return last?.isOpen === true ? last : undefined
  }

  get obstacle(): Obstacle {
    const { sequence } = this
    if (sequence === undefined) return 'none'
    const { gap } = sequence
    if (gap === undefined) return sequence.hasIdentity ? 'none' : 'identity'
    const { next } = this
    // What lies before the gap goes on, and what may be stored behind it: the answer says whether there is a gap at all.
    if (next?.sequence !== undefined) {
      if (next.sequence.ordinal < gap.ordinal || next.mayBeStored) return 'none'
    }
    return this.underWay > 0 ? 'answers' : 'numbering'
  }

  /** The next batch may be sent now. */
  get isReady(): boolean {
    const { next } = this
    if (next === undefined || this.isBackingOff || this.underWay >= this.window) return false
    return (next.isDue || !next.isOpen) && this.obstacle === 'none'
  }

  /** The next batch was handed to a stream. */
  sent(batch: OutgoingBatch): void {
    batch.isInFlight = true
    batch.attempts++
    this.underWay++
  }

  /** The batch has its answer, or will get none. */
  returned(batch: OutgoingBatch): void {
    batch.isInFlight = false
    this.underWay--
  }

  /** Takes a batch out whose fate is known, as far as it ever will be. @returns false when it was out already. */
  remove(batch: OutgoingBatch, isStored: boolean): boolean {
    const index = this.batches.indexOf(batch)
    if (index === -1) return false
    this.batches.splice(index, 1)
    if (batch.sequence === undefined) return true
    if (isStored) this.sequence?.confirm(batch.sequence)
    else this.sequence?.lose(batch.sequence, batch.mayBeStored || batch.isInFlight)
    return true
  }

  /**
   * The obstacle is the numbering: takes the numbers from all batches, so that they get new ones when they are sent.
   * @returns true when a new identity is needed for it
   */
  mend(): boolean {
    const { sequence } = this
    const gap = sequence?.gap
    if (sequence === undefined || gap === undefined) return false
    let isUnclear = gap.isUnclear
    for (const batch of this.batches) {
      // Not stored, because one before it is not; but its bytes may still be on their way.
      isUnclear ||= batch.mayBeStored
      batch.mayBeStored = false
      batch.sequence = undefined
    }
    if (isUnclear) sequence.abandon()
    else sequence.giveBack()
    return isUnclear
  }

  private get window(): number {
    if (this.isRecovering || this.sequence?.isConfirmed === false) return 1
    return this.inFlightMax
  }
}
