// The numbering of an idempotent producer's batches in one partition (Kafka: TransactionManager, KIP-360). The broker takes a
// batch only as the next one of its producer and epoch, so a number that is lost stops everything behind it: until the numbers
// are given back (the broker has certainly not seen them and never will) or begin anew under a later epoch (which also fences
// what may still be on its way). Pure: what was lost and when to mend it is told and asked by others.
import type { ProducerIdentity } from './producer-identities.ts'

/** Sequences go up to 2^31 - 1 and begin at 0 again. */
const SEQUENCES = 2 ** 31

/** The place of a batch in the numbering. */
export interface BatchSequence {
  readonly identity: ProducerIdentity
  /** How many records were numbered before it under this identity; does not wrap. */
  readonly ordinal: number
}

/** A batch that has a number and will not be sent any more. */
interface LostNumber {
  readonly ordinal: number
  /** It may be stored all the same, or arrive late. */
  readonly isUnclear: boolean
}

export class PartitionSequence {
  private identity: ProducerIdentity | undefined
  private lastIdentity: ProducerIdentity | undefined
  private nextOrdinal = 0
  private lost: LostNumber[] = []
  private hasConfirmed = false

  /** Batches can be numbered. */
  get hasIdentity(): boolean {
    return this.identity !== undefined
  }

  /** The identity that was used last: a numbering that begins anew must not use it again. */
  get usedIdentity(): ProducerIdentity | undefined {
    return this.lastIdentity
  }

  /**
   * A batch was acknowledged under the present identity. Before that the broker may know nothing of it, and a second batch
   * that is under way together with a first one would not be refused in its place.
   */
  get isConfirmed(): boolean {
    return this.hasConfirmed
  }

  /** The first lost number; unclear when any lost one is. Undefined when none is lost. */
  get gap(): LostNumber | undefined {
    if (this.lost.length === 0) return undefined
    return {
      ordinal: Math.min(...this.lost.map(({ ordinal }) => ordinal)),
      isUnclear: this.lost.some(({ isUnclear }) => isUnclear),
    }
  }

  /** Numbers begin at 0 under this identity. */
  adopt(identity: ProducerIdentity): void {
    this.identity = identity
    this.lastIdentity = identity
    this.nextOrdinal = 0
    this.lost = []
    this.hasConfirmed = false
  }

  /** The number of the next batch. */
  assign(recordCount: number): BatchSequence {
    if (this.identity === undefined) throw new Error('numbers need an identity')
    const sequence = { identity: this.identity, ordinal: this.nextOrdinal }
    this.nextOrdinal += recordCount
    return sequence
  }

  /** The batch is stored: then so is every one before it, whatever was told of those. */
  confirm({ identity, ordinal }: BatchSequence): void {
    if (identity !== this.identity) return
    this.hasConfirmed = true
    if (this.lost.length > 0) this.lost = this.lost.filter((lost) => lost.ordinal > ordinal)
  }

  /** The batch will not be sent any more under this number. */
  lose({ identity, ordinal }: BatchSequence, isUnclear: boolean): void {
    if (identity === this.identity) this.lost.push({ ordinal, isUnclear })
  }

  /** All numbers from the gap on are free again: nothing was or will be stored under them. */
  giveBack(): void {
    const { gap } = this
    if (gap === undefined) return
    this.nextOrdinal = gap.ordinal
    this.lost = []
  }

  /** The identity is not used any more; another one must be adopted. */
  abandon(): void {
    this.identity = undefined
    this.lost = []
  }
}

/** What the header of a batch says of its producer. */
export function producerFields({ identity, ordinal }: BatchSequence): ProducerIdentity & {
  readonly baseSequence: number
} {
  return { ...identity, baseSequence: ordinal % SEQUENCES }
}
