// Stores what the journal is given: one batch at a time, with everything that came meanwhile in the next one, so that many
// groups share a sync. Invariants: what one call asks for is stored all or not at all, in the order of the calls; after a
// failure nothing of it counts, and what waits behind it is tried.
import type { Durability } from '../../domain/durability.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import { preferredLz4 } from '../../record/codec-lz4.ts'
import {
  encodeBatch,
  encodedRecordBytes,
  type RecordHeader,
  type RecordInput,
} from '../../record/encode-batch.ts'
import type { PartitionLog } from '../../storage/engine.ts'
import { CUT_HEADER, OF_HEADER, PART_HEADER } from './journal-record.ts'

/** Smaller batches gain nothing from being compressed. */
const COMPRESSED_BYTES_MIN = 2 * 1024

/** What is stored together. */
export interface JournalUnit {
  /** The id of the group; null for the journal's own. */
  readonly key: Buffer | null
  /** The values of its records; called when all before it is stored. */
  readonly values: () => readonly Buffer[]
  /** What the values take in a batch: see `unitBytes`. */
  readonly bytes: number
  /** In one batch of its own, however large it is. */
  readonly isAlone?: boolean
  /** As durable as the engine can, whatever the topic says. */
  readonly isSynced?: boolean
  /** Called in the moment that it is stored, before the caller hears of it, in the order of the units. */
  readonly onStored?: (lastBatchOffset: number) => void
}

export interface StoredBatch {
  readonly bytes: number
  readonly timeMs: number
}

export interface JournalWriterParts {
  /** The log to write to; made when there is none. */
  readonly open: () => Promise<{
    readonly log: PartitionLog
    readonly durability: Exclude<Durability, 'none'>
  }>
  readonly clock: Clock
  readonly limits: Pick<Limits, 'groupJournalQueueBytesMax' | 'groupJournalBatchBytesMax'>
  /** Called for each batch, after `onStored` of the units that are whole with it. */
  readonly onBatch: (batch: StoredBatch) => void
}

interface Waiting {
  readonly unit: JournalUnit
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export class JournalWriter {
  readonly #parts: JournalWriterParts
  readonly #waiting: Waiting[] = []
  #waitingBytes = 0
  #running: Promise<void> | undefined
  #isClosed = false

  constructor(parts: JournalWriterParts) {
    this.#parts = parts
  }

  /**
   * Stores a unit.
   * @throws VarveError QUEUE_FULL · NOT_READY · what storage answers
   */
  append(unit: JournalUnit, options: { readonly isBounded: boolean }): Promise<void> {
    const { groupJournalQueueBytesMax: max } = this.#parts.limits
    if (this.#isClosed) {
      return Promise.reject(new VarveError('NOT_READY', 'the journal of groups is closed'))
    }
    // One that is larger than the queue goes when nothing else waits.
    if (options.isBounded && this.#waitingBytes > 0 && this.#waitingBytes + unit.bytes > max) {
      const text = 'too many bytes of events of groups wait to be stored'
      return Promise.reject(new VarveError('QUEUE_FULL', text, { details: { limitBytes: max } }))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit, resolve, reject })
      this.#waitingBytes += unit.bytes
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined
      })
    })
  }

  /** Takes nothing more; resolves when what was taken is answered. Safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
  }

  async #run(): Promise<void> {
    // What comes in the same turn goes into the same batch.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const taken = this.#take()
      try {
        await this.#store(taken)
      } catch (error) {
        for (const { reject } of taken) reject(error)
        continue
      } finally {
        for (const { unit } of taken) this.#waitingBytes -= unit.bytes
      }
      for (const { resolve } of taken) resolve()
    }
  }

  /** What goes into the next batch: at least one unit, whatever its size. */
  #take(): Waiting[] {
    const { groupJournalBatchBytesMax: max } = this.#parts.limits
    let [units, bytes] = [0, 0]
    for (const { unit } of this.#waiting) {
      bytes += unit.bytes
      if (units > 0 && (bytes > max || unit.isAlone === true)) break
      units++
      if (unit.isAlone === true) break
    }
    return this.#waiting.splice(0, units)
  }

  async #store(taken: readonly Waiting[]): Promise<void> {
    const { open, clock, onBatch } = this.#parts
    const { log, durability } = await open()
    const timestampMs = Math.max(0, Math.floor(clock.wallMs()))
    const isSynced = taken.some(({ unit }) => unit.isSynced === true)
    const records = taken.flatMap(({ unit: { key, values } }) =>
      values().map((value): RecordInput => ({ key, value, timestampMs })),
    )
    const mayBeSpread = taken.length === 1 && taken[0]?.unit.isAlone !== true
    const batches = mayBeSpread ? this.#spread(records) : [records]
    for (const [index, inBatch] of batches.entries()) {
      const batch = encode(inBatch)
      const { baseOffset } = await log.append({
        batch,
        durability: isSynced ? 'synced' : durability,
      })
      if (index === batches.length - 1) for (const { unit } of taken) unit.onStored?.(baseOffset)
      onBatch({ bytes: batch.length, timeMs: timestampMs })
    }
  }

  /** The records of a unit as they go into batches: in one where they fit into it, else in parts over several. */
  #spread(records: readonly RecordInput[]): (readonly RecordInput[])[] {
    const { groupJournalBatchBytesMax: max } = this.#parts.limits
    let bytes = 0
    for (const record of records) bytes += encodedRecordBytes(record)
    if (bytes <= max) return [records]
    const pieces = records.flatMap((record) => cut(record, max))
    const batches: RecordInput[][] = []
    let room = 0
    for (const [part, piece] of pieces.entries()) {
      const numbered = withHeaders(piece, [
        { key: PART_HEADER, value: Buffer.from(String(part)) },
        { key: OF_HEADER, value: Buffer.from(String(pieces.length)) },
      ])
      const size = encodedRecordBytes(numbered)
      if (size > room) {
        batches.push([])
        room = max
      }
      batches.at(-1)?.push(numbered)
      room -= size
    }
    return batches
  }
}

/** What a unit of these values takes in a batch. */
export function unitBytes(key: Buffer | null, values: readonly Buffer[]): number {
  let bytes = 0
  for (const value of values) bytes += encodedRecordBytes({ key, value, timestampMs: 0 })
  return bytes
}

function encode(records: readonly RecordInput[]): Buffer {
  let bytes = 0
  for (const record of records) bytes += encodedRecordBytes(record)
  const codec = bytes < COMPRESSED_BYTES_MIN || !canCompress() ? 'none' : 'lz4'
  return encodeBatch(records, { codec })
}

let hasLz4: boolean | undefined

/** LZ4 has no build for some platforms; every platform reads it. */
function canCompress(): boolean {
  if (hasLz4 === undefined) {
    try {
      preferredLz4()
      hasLz4 = true
    } catch (error) {
      if (!isVarveError(error, 'UNSUPPORTED_CODEC')) throw error
      hasLz4 = false
    }
  }
  return hasLz4
}

/** The record in pieces of at most `max` bytes of value. */
function cut(record: RecordInput, max: number): RecordInput[] {
  const { value } = record
  if (value === null || value === undefined || value.length <= max) return [record]
  const pieces: RecordInput[] = []
  for (let start = 0; start < value.length; start += max) {
    const piece = { ...record, value: value.subarray(start, start + max) }
    const isLast = start + max >= value.length
    pieces.push(isLast ? piece : withHeaders(piece, [{ key: CUT_HEADER, value: null }]))
  }
  return pieces
}

function withHeaders(record: RecordInput, headers: readonly RecordHeader[]): RecordInput {
  return { ...record, headers: [...(record.headers ?? []), ...headers] }
}
