// What was done to a partition, in a list that only grows, so that what was known at any moment is a few numbers (`mark`): thousands of
// crash states of one life are judged against it without a copy. A batch carries its number as the time of its records.
import type { Offset } from '../../src/domain/offset.ts'
import { readBatchHeader } from '../../src/record/batch-header.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { AppendResult, PartitionLog } from '../../src/storage/engine.ts'
import { BATCH_TIME_MS, batchOf } from '../support/batches.ts'
import { fail } from './log-model.ts'

/** Where what the producer made begins: base offset, length and epoch come before it. */
const CONTENT_POSITION = 16

interface Acknowledged {
  readonly number: number
  readonly baseOffset: number
  readonly lastOffset: number
}

/** What was known at one moment. */
export interface Mark {
  readonly submitted: number
  readonly acknowledged: number
  /** All below it was acknowledged as synced; as written at least. */
  readonly syncedEnd: number
  readonly writtenEnd: number
  /** Readers were shown offsets below it. */
  readonly seenEnd: number
  readonly startMin: number
  readonly startMax: number
  readonly epoch: number
}

export interface FoundPartition {
  readonly start: number
  readonly end: number
  readonly epoch: number
  readonly batches: readonly Buffer[]
}

export class AppendLedger {
  readonly isSynced: boolean
  readonly #batches: Buffer[] = []
  readonly #acknowledged: Acknowledged[] = []
  #syncedEnd = 0
  #writtenEnd = 0
  seenEnd = 0
  startMin = 0
  startMax = 0
  epoch = -1

  constructor(isSynced: boolean) {
    this.isSynced = isSynced
  }

  /** A new batch, to be appended next. */
  next(records: number, bytes: number): { readonly number: number; readonly batch: Buffer } {
    const number = this.#batches.length
    const values = Array.from({ length: records }, () => `${number} `.padEnd(bytes, 'v'))
    const batch = batchOf({ values, timestampMs: BATCH_TIME_MS + number })
    this.#batches.push(Buffer.from(batch))
    return { number, batch }
  }

  acknowledge(number: number, { baseOffset, lastOffset, durability }: AppendResult): void {
    this.#acknowledged.push({ number, baseOffset, lastOffset })
    this.#writtenEnd = Math.max(this.#writtenEnd, lastOffset + 1)
    if (durability === 'synced') this.#syncedEnd = Math.max(this.#syncedEnd, lastOffset + 1)
  }

  mark(): Mark {
    const { seenEnd, startMin, startMax, epoch } = this
    return {
      ...{ submitted: this.#batches.length, acknowledged: this.#acknowledged.length },
      ...{ syncedEnd: this.#syncedEnd, writtenEnd: this.#writtenEnd },
      ...{ seenEnd, startMin, startMax, epoch },
    }
  }

  /**
   * A ledger that goes on from what was found.
   * @param mark of the moment before which everything in it was sent
   */
  adopt(found: FoundPartition, mark: Mark): AppendLedger {
    const next = new AppendLedger(this.isSynced)
    next.#batches.push(...this.#batches.slice(0, mark.submitted))
    for (const batch of found.batches) {
      const { baseOffset, lastOffset } = readBatchHeader(batch)
      next.#acknowledged.push({ number: numberOf(batch), baseOffset, lastOffset })
    }
    next.#syncedEnd = found.end
    next.#writtenEnd = found.end
    next.seenEnd = found.end
    next.startMin = found.start
    next.startMax = found.start
    next.epoch = found.epoch
    return next
  }

  /**
   * Holds what was found against what was known.
   * @param isKill the process ended and nothing else: then what was written is there
   * @throws an Error that says which promise was broken
   */
  check(found: FoundPartition, mark: Mark, isKill: boolean): void {
    const { start, end, epoch } = found
    if (epoch <= mark.epoch) fail(`D4: epoch ${epoch} after ${mark.epoch}`)
    if (start < mark.startMin || start > mark.startMax) {
      fail(`L8: log start ${start}, expected ${mark.startMin} to ${mark.startMax}`)
    }
    if (end < mark.syncedEnd) fail(`D1: ends at ${end}, synced to ${mark.syncedEnd}`)
    if (isKill && end < mark.writtenEnd) fail(`D2: ends at ${end}, written to ${mark.writtenEnd}`)
    if (this.isSynced && end < mark.seenEnd) fail(`D3: ends at ${end}, seen to ${mark.seenEnd}`)
    this.#checkBatches(found, mark)
  }

  #checkBatches({ start, end, batches }: FoundPartition, mark: Mark): void {
    const offsets = new Map<number, number>()
    let next = -1
    let last = -1
    for (const batch of batches) {
      const { baseOffset, lastOffset } = readBatchHeader(batch)
      if (next < 0 && (baseOffset > start || lastOffset < start)) {
        fail(`L1: begins with ${baseOffset}, log start ${start}`)
      }
      if (next >= 0 && baseOffset !== next) fail(`L1: ${baseOffset} follows ${next - 1}`)
      next = lastOffset + 1
      const number = numberOf(batch)
      const original = this.#batches[number]
      if (original === undefined || number >= mark.submitted) fail(`L3: nobody sent ${number}`)
      if (Buffer.compare(content(original), content(batch)) !== 0) fail(`L2: ${number} was changed`)
      if (number <= last) fail(`L4: batch ${number} stands behind ${last}`)
      last = number
      offsets.set(number, baseOffset)
    }
    if (next >= 0 && next !== end) fail(`L1: the batches end at ${next}, the log at ${end}`)
    if (next < 0 && start !== end) fail(`L1: nothing is there from ${start} to ${end}`)
    for (let index = 0; index < mark.acknowledged; index++) {
      const { number, baseOffset, lastOffset } = this.#acknowledged[index] as Acknowledged
      const place = offsets.get(number)
      if (place === undefined && (lastOffset < start || baseOffset >= end)) continue
      if (place !== baseOffset) fail(`L2: batch ${number} was at ${baseOffset}, is at ${place}`)
    }
  }
}

function content(batch: Buffer): Buffer {
  return batch.subarray(CONTENT_POSITION)
}

function numberOf(batch: Buffer): number {
  return readBatchHeader(batch).baseTimestampMs - BATCH_TIME_MS
}

/** Everything in a partition that has just been opened. */
export async function findPartition(log: PartitionLog): Promise<FoundPartition> {
  const { start, readableEnd: end, epoch } = log.bounds()
  const batches: Buffer[] = []
  let offset: Offset = start
  while (offset < end) {
    const { bytes, chunks, nextOffset } = await log.read({
      ...{ offset, maxBytes: 100_000, atLeastOneBatch: true },
    })
    if (bytes === 0) fail(`L7: nothing to read at ${offset} below ${end}`)
    for (const chunk of chunks) batches.push(...eachBatch(chunk))
    offset = nextOffset
  }
  return { start, end, epoch, batches }
}
