// Gives out producer ids (Kafka: InitProducerId without a transactional id). Invariant: an id is given to one producer only,
// over restarts too. Ids are reserved in blocks in the metadata store, under `producer-ids`, before the first of a block is
// given out; what a stop leaves of a block is never used. A store without the entry begins at a random place, so that a
// producer that outlived the data of its broker does not meet its own id as somebody else's.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { MetadataStore } from '../storage/metadata-store.ts'

export interface ProducerIdentity {
  readonly producerId: number
  readonly producerEpoch: number
}

/** Every id of this store lies from `first` to `next` - 1. */
interface Reserved {
  readonly first: number
  readonly next: number
}

const PRODUCER_IDS_KEY = 'producer-ids'
/** Between two random places there are at least this many ids. */
const PLACE_IDS = 65_536
const PLACES = 2 ** 32

export class ProducerIds {
  readonly #metadata: MetadataStore
  readonly #random: Random
  readonly #log: Log
  #reserved: Reserved | undefined
  /** The next to be given out; those up to `#reserved.next` are this process's. */
  #next = 0
  #reserving: Promise<Reserved> | undefined
  #given = 0

  constructor(options: { metadata: MetadataStore; random: Random; log: Log }) {
    this.#metadata = options.metadata
    this.#random = options.random
    this.#log = options.log
  }

  /** How many ids were given out since this object was made. */
  get given(): number {
    return this.#given
  }

  /**
   * A fresh id with epoch 0; or, for a producer that has one, the same id with the next epoch. An id that this store did not
   * give out, and one whose epochs are used up, is answered with a fresh one too. Asking twice with the same epoch gives the
   * same answer, so that a lost answer can be asked for again.
   * @throws VarveError PRODUCER_STATE when id and epoch are negative, too large or not given together · DISK_FULL: no id was
   *   given · STORAGE_FAILED · CORRUPT_LOG
   */
  async allocate(
    producerId: number | undefined,
    producerEpoch: number | undefined,
  ): Promise<ProducerIdentity> {
    if (producerId === undefined && producerEpoch === undefined) return await this.#fresh()
    const known = checkIdentity(producerId, producerEpoch)
    const { first } = this.#reserved ?? (await this.#reserve())
    // What is left of the block will be given to others.
    const isOurs = known.producerId >= first && known.producerId < this.#next
    if (!isOurs || known.producerEpoch >= LIMITS.producerEpochMax) return await this.#fresh()
    return { producerId: known.producerId, producerEpoch: known.producerEpoch + 1 }
  }

  async #fresh(): Promise<ProducerIdentity> {
    while (this.#reserved === undefined || this.#next >= this.#reserved.next) await this.#reserve()
    this.#given++
    return { producerId: this.#next++, producerEpoch: 0 }
  }

  #reserve(): Promise<Reserved> {
    this.#reserving ??= this.#reserveBlock().finally(() => {
      this.#reserving = undefined
    })
    return this.#reserving
  }

  async #reserveBlock(): Promise<Reserved> {
    for (;;) {
      const entries = await this.#metadata.list(PRODUCER_IDS_KEY)
      const entry = entries.find(({ key }) => key === PRODUCER_IDS_KEY)
      const isDamaged = entry?.damaged === true
      const stored = entry === undefined || entry.damaged ? undefined : decodeReserved(entry.value)
      if (entry !== undefined && stored === undefined) this.#log.error('producer_ids_damaged')
      const start = stored?.next ?? this.#random.integer(PLACES) * PLACE_IDS
      const reserved = {
        first: stored?.first ?? start,
        next: start + LIMITS.producerIdBlock,
      }
      const version = entry === undefined || isDamaged ? 0 : entry.version
      const stamped = await this.#metadata.compareAndSet(
        PRODUCER_IDS_KEY,
        version,
        JSON.stringify(reserved),
        { overDamaged: true },
      )
      if (stamped === undefined) continue
      this.#next = start
      this.#reserved = reserved
      return reserved
    }
  }
}

/** @throws VarveError PRODUCER_STATE */
function checkIdentity(
  producerId: number | undefined,
  producerEpoch: number | undefined,
): ProducerIdentity {
  if (producerId === undefined || producerEpoch === undefined) {
    throw refused('producer_id and producer_epoch must be given together, or neither of them')
  }
  if (!Number.isSafeInteger(producerId) || producerId < 0) {
    throw refused(`producer_id must be from 0 to 2^53-1, not ${producerId}`)
  }
  if (producerEpoch < 0 || producerEpoch > 32_767) {
    throw refused(`producer_epoch must be from 0 to 32767, not ${producerEpoch}`)
  }
  return { producerId, producerEpoch }
}

function refused(reason: string): VarveError {
  return new VarveError('PRODUCER_STATE', reason)
}

function decodeReserved(text: string): Reserved | undefined {
  try {
    const { first, next } = (JSON.parse(text) ?? {}) as Partial<Reserved>
    if (first === undefined || !Number.isSafeInteger(first) || first < 0) return undefined
    if (next === undefined || !Number.isSafeInteger(next) || next < first) return undefined
    return { first, next }
  } catch {
    return undefined
  }
}
