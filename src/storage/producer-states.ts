// What a partition remembers of its idempotent producers, and the rules by which it knows a batch that it has, one that comes too
// early and one of a producer that was replaced (Kafka: ProducerStateManager; KIP-98). Pure: no I/O, no clock. Every engine asks
// these rules inside the critical section of its append. Invariants: what is remembered is what the log holds; of every producer
// the last batches only, of a partition and of all partitions together a bounded number of producers, those that wrote last.
// A pending batch is never forgotten.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Offset } from '../domain/offset.ts'
import {
  ATTRIBUTES_POSITION,
  BASE_SEQUENCE_POSITION,
  batchMaxTimestampMs,
  LAST_OFFSET_DELTA_POSITION,
  LOG_APPEND_TIME_FLAG,
  NONE,
  PRODUCER_EPOCH_POSITION,
  PRODUCER_ID_POSITION,
  readInt64,
} from '../record/batch-header.ts'
import type { AppendResult } from './engine.ts'
import { type ProducerAllowance, QueuePlace, type Rememberer } from './producer-allowance.ts'

/** What the header of a batch says of its producer. The header of any batch of an idempotent producer is one. */
export interface ProducerBatch {
  readonly producerId: number
  readonly producerEpoch: number
  /** Of its first record. */
  readonly baseSequence: number
  /** One less than its records. */
  readonly lastOffsetDelta: number
}

/** A stored batch, as it is remembered. */
export interface KeptBatch {
  readonly firstSequence: number
  readonly lastSequence: number
  readonly lastOffset: number
  /** When it was appended, by the wall clock; of one that was read back from the log, when that was. */
  readonly timestampMs: number
}

/** One producer in one partition. */
export interface ProducerEntry {
  readonly producerId: number
  readonly producerEpoch: number
  /** Oldest first, at least one, at most LIMITS.producerBatchesKept. */
  readonly batches: readonly KeptBatch[]
}

/** Sequences go up to 2^31 - 1 and begin at 0 again. */
const SEQUENCES = 2 ** 31

interface ProducerState extends Omit<ProducerEntry, 'producerId'> {
  /** When it wrote last, among the producers of all partitions. */
  readonly turn: number
}

/** Of all partitions without idempotent producers, which cost nothing; never changed. */
const NOBODY = new Map<number, ProducerState>()
const NOTHING = new Map<number, ProducerState | undefined>()

export class ProducerStates implements Rememberer {
  readonly place = new QueuePlace()
  readonly #allowance: ProducerAllowance
  readonly #max: number
  /** Those that wrote last come last. */
  #producers = NOBODY
  /** What was known of the producers of pending batches before the first of them. */
  #before = NOTHING

  constructor(allowance: ProducerAllowance, max: number = LIMITS.producersPerPartitionMax) {
    this.#allowance = allowance
    this.#max = max
  }

  get size(): number {
    return this.#producers.size
  }

  /** All of them, those that wrote last come last. Pending batches count. */
  *entries(): Generator<ProducerEntry, void, undefined> {
    for (const [producerId, { producerEpoch, batches }] of this.#producers) {
      yield { producerId, producerEpoch, batches }
    }
  }

  /**
   * The stored batch that `batch` is a repetition of; undefined when it is the next of its producer and may be appended.
   * @throws VarveError PRODUCER_FENCED: a later epoch of the producer has written · OUT_OF_ORDER_SEQUENCE, details
   *   `expectedSequence` and `cause`: `gap`, a batch before it is missing; `passed`, it is older than what is remembered;
   *   `unknown`, nothing is known of the producer or of its epoch, and it does not begin at 0.
   */
  duplicateOf(batch: ProducerBatch): KeptBatch | undefined {
    const { producerEpoch, baseSequence } = batch
    const state = this.#producers.get(batch.producerId)
    if (state === undefined || producerEpoch > state.producerEpoch) {
      if (baseSequence !== 0) throw outOfOrder(batch, 0, 'unknown')
      return undefined
    }
    if (producerEpoch < state.producerEpoch) throw fenced(batch, state.producerEpoch)
    const lastSequence = lastSequenceOf(batch)
    const kept = state.batches.find(
      (one) => one.firstSequence === baseSequence && one.lastSequence === lastSequence,
    )
    if (kept !== undefined) return kept
    const expected = nextSequence(state)
    if (baseSequence === expected) return undefined
    // Sequences go round: what lies less than half of them behind is behind.
    const isPassed = (expected - baseSequence + SEQUENCES) % SEQUENCES <= SEQUENCES / 2
    throw outOfOrder(batch, expected, isPassed ? 'passed' : 'gap')
  }

  /** Remembers a batch that is about to be stored; pending until `keep` or `takeBack`. What follows it may be asked for already. */
  add(batch: ProducerBatch, lastOffset: number, timestampMs: number): void {
    this.#allowance.latestMs = timestampMs
    this.#add(batch, lastOffset, timestampMs, this.#allowance.nextTurn())
  }

  #add(batch: ProducerBatch, lastOffset: number, timestampMs: number, turn: number): void {
    const { producerId, producerEpoch } = batch
    this.#own()
    const state = this.#producers.get(producerId)
    if (!this.#before.has(producerId)) this.#before.set(producerId, state)
    const kept: KeptBatch = {
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch),
      lastOffset,
      timestampMs,
    }
    const follows =
      state?.producerEpoch === producerEpoch && batch.baseSequence === nextSequence(state)
    const older = follows ? state.batches.slice(1 - LIMITS.producerBatchesKept) : []
    this.#producers.delete(producerId)
    this.#producers.set(producerId, { producerEpoch, batches: [...older, kept], turn })
  }

  /** The pending batches are stored. */
  keep(): void {
    if (this.#before.size === 0) return
    for (const state of this.#before.values()) if (state === undefined) this.#allowance.used++
    this.#before.clear()
    this.#forgetSurplus()
  }

  /** The pending batches were not stored. */
  takeBack(): void {
    for (const [producerId, state] of this.#before) {
      if (state === undefined) this.#producers.delete(producerId)
      else this.#producers.set(producerId, state)
    }
    this.#before.clear()
    this.#allowance.enter(this)
  }

  /** Takes over what the log holds, in its order: a batch that was stored is not judged any more. */
  replay(batch: ProducerBatch, lastOffset: number, timestampMs: number): void {
    const state = this.#producers.get(batch.producerId)
    if (state !== undefined && batch.producerEpoch < state.producerEpoch) return
    this.#add(batch, lastOffset, timestampMs, this.#allowance.turnBefore(timestampMs))
    this.keep()
  }

  /** Takes over what was remembered before, in the order of `entries`. */
  load(entries: Iterable<ProducerEntry>): void {
    this.#own()
    for (const { producerId, producerEpoch, batches } of entries) {
      if (!this.#producers.has(producerId)) this.#allowance.used++
      this.#producers.delete(producerId)
      const kept = batches.slice(-LIMITS.producerBatchesKept)
      const turn = this.#allowance.turnBefore(kept.at(-1)?.timestampMs ?? 0)
      this.#producers.set(producerId, { producerEpoch, batches: kept, turn })
    }
    this.#forgetSurplus()
  }

  /** Forgets producers that have not written since LIMITS.producerExpirationMs before `nowMs`. @returns how many. */
  expire(nowMs: number): number {
    const before = this.#producers.size
    for (const [producerId, state] of this.#producers) {
      if (!isExpired(state, nowMs)) break
      this.#forget(producerId, 'expired')
    }
    return before - this.#producers.size
  }

  /** Forgets all of them. */
  clear(): void {
    this.takeBack()
    this.#allowance.used -= this.#producers.size
    this.#producers.clear()
    this.#allowance.leave(this)
  }

  get oldestTurn(): number | undefined {
    const [oldest] = this.#producers
    // The pending ones come last.
    return oldest === undefined || this.#before.has(oldest[0]) ? undefined : oldest[1].turn
  }

  forgetOldest(): void {
    const [oldest] = this.#producers
    if (oldest === undefined) return
    const [producerId, state] = oldest
    this.#forget(producerId, isExpired(state, this.#allowance.latestMs) ? 'expired' : 'surplus')
  }

  /** The first producer has come. */
  #own(): void {
    if (this.#producers !== NOBODY) return
    this.#producers = new Map()
    this.#before = new Map()
  }

  #forgetSurplus(): void {
    while (this.#producers.size > this.#max) this.forgetOldest()
    this.#allowance.enter(this)
    this.#allowance.forgetSurplus()
  }

  #forget(producerId: number, reason: 'surplus' | 'expired'): void {
    this.#producers.delete(producerId)
    this.#allowance.used--
    this.#allowance.forgotten[reason]++
  }
}

/** What an encoded batch says of its producer; undefined when that is not an idempotent one. */
export function producerBatchOf(bytes: Buffer, position: number): ProducerBatch | undefined {
  const producerId = readInt64(bytes, position + PRODUCER_ID_POSITION)
  if (producerId === NONE) return undefined
  return {
    producerId,
    producerEpoch: bytes.readInt16BE(position + PRODUCER_EPOCH_POSITION),
    baseSequence: bytes.readInt32BE(position + BASE_SEQUENCE_POSITION),
    lastOffsetDelta: bytes.readInt32BE(position + LAST_OFFSET_DELTA_POSITION),
  }
}

/** The time to remember for an encoded batch: with LogAppendTime that of its records, else `nowMs`. */
export function appendTimeOf(bytes: Buffer, position: number, nowMs: number): number {
  const attributes = bytes.readUInt16BE(position + ATTRIBUTES_POSITION)
  return (attributes & LOG_APPEND_TIME_FLAG) === 0 ? nowMs : batchMaxTimestampMs(bytes, position)
}

/** The answer to an append of a batch that is stored already. */
export function duplicateResult(
  kept: KeptBatch,
  durability: AppendResult['durability'],
): AppendResult {
  const { firstSequence, lastSequence, lastOffset, timestampMs } = kept
  const lastOffsetDelta = (lastSequence - firstSequence + SEQUENCES) % SEQUENCES
  return {
    baseOffset: (lastOffset - lastOffsetDelta) as Offset,
    lastOffset: lastOffset as Offset,
    durability,
    duplicate: true,
    firstAppendMs: timestampMs,
  }
}

function isExpired({ batches }: ProducerState, nowMs: number): boolean {
  return nowMs - (batches.at(-1)?.timestampMs ?? 0) >= LIMITS.producerExpirationMs
}

function lastSequenceOf({ baseSequence, lastOffsetDelta }: ProducerBatch): number {
  return (baseSequence + lastOffsetDelta) % SEQUENCES
}

function nextSequence({ batches }: ProducerState): number {
  return ((batches.at(-1)?.lastSequence ?? -1) + 1) % SEQUENCES
}

function fenced(batch: ProducerBatch, currentEpoch: number): VarveError {
  const { producerId, producerEpoch } = batch
  return new VarveError(
    'PRODUCER_FENCED',
    `producer ${producerId} has written with epoch ${currentEpoch}; epoch ${producerEpoch} may not write any more`,
    { details: { producerId, producerEpoch, currentEpoch } },
  )
}

const OUT_OF_ORDER_TEXTS = {
  gap: 'a batch before it was not stored: send that one first',
  passed:
    'it lies further back than what is remembered of the producer: whether it is stored cannot be told; ask InitProducerId for the next epoch before anything is sent again',
  unknown:
    'nothing is known here of this producer and epoch: ask InitProducerId for the next epoch and begin at 0',
} as const

function outOfOrder(
  batch: ProducerBatch,
  expectedSequence: number,
  cause: keyof typeof OUT_OF_ORDER_TEXTS,
): VarveError {
  const { producerId, producerEpoch, baseSequence: sequence } = batch
  return new VarveError(
    'OUT_OF_ORDER_SEQUENCE',
    `sequence ${sequence} of producer ${producerId} comes where ${expectedSequence} is expected: ${OUT_OF_ORDER_TEXTS[cause]}`,
    { details: { producerId, producerEpoch, sequence, expectedSequence, cause } },
  )
}
