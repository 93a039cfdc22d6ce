// Reads stored batches again and checks what the door checked: structure and CRC, and that offsets follow each other
// without a gap. Invariants: nothing is changed; damage is passed over and reported, never a reason to stop; a run holds
// one read of bytes at a time and lets everything else go on.
import { isVarveError, type VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import { nextTurn } from '../platform/next-turn.ts'
import { BATCH_HEADER_BYTES, type BatchHeader, batchTotalBytes } from '../record/batch-header.ts'
import { inspectStoredBatch } from '../record/stored-batch.ts'
import type { DamagedRange, PartitionLog } from '../storage/engine.ts'
import type { VerifyProgress } from './descriptions.ts'
import type { PartitionSlot } from './live-topic.ts'
import { goneTopic, readableLog } from './open-log.ts'

/** Bytes that are read at a time; progress is said after each. */
const READ_BYTES = 1024 * 1024
/** Damaged ranges of one partition that are told apart. */
const DAMAGED_RANGES_MAX = 1_000

/**
 * Checks the partitions one after the other, each up to its readable end as it is when its turn comes.
 * @param check called before each read; what it throws ends the run.
 * @throws VarveError UNKNOWN_TOPIC when the topic is deleted meanwhile · NOT_READY while a partition is being opened
 */
export async function* verifyStorage(
  slots: Iterable<PartitionSlot>,
  check: () => void,
): AsyncGenerator<VerifyProgress> {
  for (const slot of slots) {
    check()
    const run = new PartitionVerification(slot)
    while (!run.isOver) {
      yield run.progress()
      await nextTurn()
      check()
      await run.readOn()
    }
    yield run.progress()
  }
}

/**
 * The check of one partition. `#position` is where to read on, `#expected` the offset that the next batch should have;
 * they differ only while damage is open: where it began is known, where it ends not yet.
 */
class PartitionVerification {
  readonly #slot: PartitionSlot
  readonly #log: PartitionLog | undefined
  readonly #end: number = 0
  readonly #damaged: DamagedRange[] = []
  #position = 0
  #expected = 0
  #isDamageOpen = false
  #batches = 0
  #records = 0
  #bytes = 0

  /** @throws VarveError NOT_READY · UNKNOWN_TOPIC */
  constructor(slot: PartitionSlot) {
    this.#slot = slot
    try {
      this.#log = readableLog(slot)
      const { start, readableEnd } = this.#log.bounds()
      this.#position = start
      this.#expected = start
      this.#end = readableEnd
    } catch (error) {
      // Data that is missing or cannot be read as a whole is a finding, not the end of the run.
      if (!isFinding(error)) throw goneTopic(slot.topic, error)
      this.#addDamage(0, undefined)
    }
  }

  get isOver(): boolean {
    return this.#position >= this.#end
  }

  progress(): VerifyProgress {
    return {
      topic: this.#slot.topic.name,
      partition: this.#slot.number,
      batches: this.#batches,
      records: this.#records,
      bytes: this.#bytes,
      done: this.isOver,
      damaged: [...this.#damaged],
    }
  }

  /** Reads and checks about READ_BYTES. @throws VarveError NOT_READY · UNKNOWN_TOPIC */
  async readOn(): Promise<void> {
    const log = this.#log
    if (log === undefined) return
    try {
      const read = await log.read({
        offset: this.#position as Offset,
        maxBytes: READ_BYTES,
        atLeastOneBatch: true,
        endOffset: this.#end as Offset,
        isFromStorage: true,
      })
      for (const chunk of read.chunks) this.#checkChunk(chunk)
      if (read.bytes === 0) this.#isDamageOpen = true
      // Nothing where something should be: what follows cannot be reached.
      this.#position = read.bytes === 0 ? this.#end : Math.max(this.#expected, read.nextOffset)
    } catch (error) {
      this.#passOver(error, log)
    }
    if (this.isOver && this.#isDamageOpen) this.#closeDamage(undefined)
  }

  #checkChunk(chunk: Buffer): void {
    let position = 0
    while (position < chunk.length && this.#expected < this.#end) {
      const found = inspectStoredBatch(chunk, position, chunk.length)
      if (found.kind === 'valid' && found.header.lastOffset >= this.#expected) {
        this.#accept(found.header)
      } else {
        this.#isDamageOpen = true
        if (!isWholeBatchLength(chunk, position)) return
      }
      position += batchTotalBytes(chunk, position)
    }
  }

  #accept(header: BatchHeader): void {
    // The first batch may begin below the start of the log, and the start below the expected offset is no gap.
    if (this.#isDamageOpen) this.#closeDamage(Math.max(header.baseOffset, this.#expected))
    else if (header.baseOffset > this.#expected) this.#addDamage(this.#expected, header.baseOffset)
    this.#expected = header.lastOffset + 1
    this.#batches++
    this.#records += header.recordCount
    this.#bytes += header.totalBytes
  }

  /** Goes on behind what could not be read. @throws what says nothing about the stored bytes. */
  #passOver(error: unknown, log: PartitionLog): void {
    if (isFinding(error)) {
      const nextGood = numberIn(error, 'nextGood')
      const firstBad = numberIn(error, 'firstBad') ?? this.#expected
      this.#addDamage(this.#isDamageOpen ? this.#expected : firstBad, nextGood)
      this.#skipTo(nextGood ?? this.#end)
      return
    }
    if (isVarveError(error, 'OFFSET_OUT_OF_RANGE') && log.bounds().start > this.#position) {
      // Retention was faster: what is gone needs no check.
      this.#skipTo(log.bounds().start)
      return
    }
    throw goneTopic(this.#slot.topic, error)
  }

  #skipTo(offset: number): void {
    this.#isDamageOpen = false
    this.#expected = Math.max(this.#expected, offset)
    this.#position = Math.max(this.#position + 1, offset)
  }

  #closeDamage(nextGood: number | undefined): void {
    this.#isDamageOpen = false
    this.#addDamage(this.#expected, nextGood)
  }

  #addDamage(firstBad: number, nextGood: number | undefined): void {
    const last = this.#damaged.at(-1)
    const next = nextGood as Offset | undefined
    // Beyond the limit the last range grows over the rest.
    if (last !== undefined && this.#damaged.length >= DAMAGED_RANGES_MAX) {
      this.#damaged[this.#damaged.length - 1] = { firstBad: last.firstBad, nextGood: next }
    } else this.#damaged.push({ firstBad: firstBad as Offset, nextGood: next })
  }
}

/** Damage that the log knows of, or bytes that the disk does not give: nothing is known to be readable behind those. */
function isFinding(error: unknown): error is VarveError {
  return isVarveError(error, 'CORRUPT_LOG') || isVarveError(error, 'STORAGE_FAILED')
}

/** Whether the length of the batch at `position` can be followed to the next one. */
function isWholeBatchLength(chunk: Buffer, position: number): boolean {
  if (chunk.length - position < BATCH_HEADER_BYTES) return false
  const bytes = batchTotalBytes(chunk, position)
  return bytes >= BATCH_HEADER_BYTES && position + bytes <= chunk.length
}

function numberIn(error: VarveError, name: string): number | undefined {
  const value = error.details[name]
  return typeof value === 'number' ? value : undefined
}
