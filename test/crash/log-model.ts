// What may be found in a partition after a crash, kept beside it while it is used: what was submitted, what was acknowledged, what
// readers have seen. Everything found later is held against it (invariants D1 to D5, L1 to L3, L6).
import type { Offset } from '../../src/domain/offset.ts'
import { readBatchHeader } from '../../src/record/batch-header.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { AppendResult, PartitionLog } from '../../src/storage/engine.ts'

/** Where what the producer made begins: base offset, length and epoch come before it. */
const CONTENT_POSITION = 16

export interface FoundLog {
  readonly start: number
  readonly end: number
  readonly batches: readonly Buffer[]
}

interface Acknowledged {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly id: number
}

export class LogModel {
  readonly isSynced: boolean
  /** Contents by id; ids are given in the order of the calls. */
  private readonly submitted = new Map<number, Buffer>()
  private acknowledged: Acknowledged[] = []
  private refused = new Set<number>()
  /** All below it was acknowledged as synced, or is known to be durable. */
  syncedEnd = 0
  /** Readers were shown offsets below it. */
  seenEnd = 0
  /** The log start is at least this, and at most that. */
  startMin = 0
  startMax = 0
  epoch = -1

  constructor(isSynced: boolean) {
    this.isSynced = isSynced
  }

  submit(id: number, batch: Buffer): void {
    this.submitted.set(id, Buffer.from(batch))
  }

  acknowledge(id: number, result: AppendResult): void {
    const { baseOffset, lastOffset } = result
    this.acknowledged.push({ baseOffset, lastOffset, id })
    if (result.durability === 'synced') {
      this.syncedEnd = Math.max(this.syncedEnd, lastOffset + 1)
    }
  }

  /** The partition said that this one has no effect. */
  refuse(id: number): void {
    this.refused.add(id)
  }

  /** As it is at this moment. */
  copy(): LogModel {
    const copy = new LogModel(this.isSynced)
    for (const [id, batch] of this.submitted) copy.submitted.set(id, batch)
    copy.acknowledged = [...this.acknowledged]
    copy.refused = new Set(this.refused)
    copy.syncedEnd = this.syncedEnd
    copy.seenEnd = this.seenEnd
    copy.startMin = this.startMin
    copy.startMax = this.startMax
    copy.epoch = this.epoch
    return copy
  }

  /** Takes over what a start that was cut off found and did; what it had opened is durable. */
  acceptFrom(other: LogModel): void {
    for (const [id, batch] of other.submitted) this.submitted.set(id, batch)
    if (other.epoch <= this.epoch) return
    this.epoch = other.epoch
    this.acknowledged = [...other.acknowledged]
    this.syncedEnd = other.syncedEnd
    this.seenEnd = other.seenEnd
    this.startMin = other.startMin
    this.startMax = other.startMax
  }

  /** What was found is what is there from now on. */
  adopt(found: FoundLog): void {
    this.acknowledged = []
    for (const batch of found.batches) {
      const { baseOffset, lastOffset } = readBatchHeader(batch)
      this.acknowledged.push({ baseOffset, lastOffset, id: idOf(batch) })
    }
    this.syncedEnd = found.end
    this.seenEnd = this.isSynced ? found.end : 0
    this.startMin = found.start
    this.startMax = found.start
  }

  /** @throws an Error that says which promise was broken. */
  check(found: FoundLog, epoch: number): void {
    const { start, end } = found
    if (epoch <= this.epoch) fail(`D4: epoch ${epoch} after ${this.epoch}`)
    if (start < this.startMin || start > this.startMax) {
      fail(`log start ${start}, expected ${this.startMin} to ${this.startMax}`)
    }
    if (end < this.syncedEnd) fail(`D1: ends at ${end}, synced to ${this.syncedEnd}`)
    if (this.isSynced && end < this.seenEnd) {
      fail(`D3: ends at ${end}, readers saw up to ${this.seenEnd}`)
    }
    const byOffset = new Map(this.acknowledged.map((entry) => [entry.baseOffset, entry]))
    let next: number | undefined
    let lastId = -1
    for (const batch of found.batches) {
      const { baseOffset, lastOffset } = readBatchHeader(batch)
      if (next === undefined && (baseOffset > start || lastOffset < start)) {
        fail(`L1: begins with ${baseOffset}, log start ${start}`)
      }
      if (next !== undefined && baseOffset !== next) fail(`L1: ${baseOffset} follows ${next - 1}`)
      next = lastOffset + 1
      const id = idOf(batch)
      const original = this.submitted.get(id)
      if (original === undefined) fail(`L3: nobody sent batch ${id}`)
      if (this.refused.has(id)) fail(`D8: batch ${id} was refused and is there`)
      if (!original.subarray(CONTENT_POSITION).equals(batch.subarray(CONTENT_POSITION))) {
        fail(`L2: batch ${id} was changed`)
      }
      if (id <= lastId) fail(`L4: batch ${id} stands behind ${lastId}`)
      lastId = id
      const known = byOffset.get(baseOffset)
      if (known !== undefined && known.id !== id) {
        fail(`L2: offset ${baseOffset} was acknowledged for ${known.id} and holds ${id}`)
      }
    }
    if ((next ?? end) !== end) fail(`L1: the batches end at ${next}, the log at ${end}`)
    for (const { baseOffset, lastOffset, id } of this.acknowledged) {
      if (lastOffset < start || baseOffset >= end) continue
      const isThere = found.batches.some(
        (batch) => readBatchHeader(batch).baseOffset === baseOffset,
      )
      if (!isThere) fail(`D1: acknowledged batch ${id} is missing at ${baseOffset}`)
    }
  }
}

/** Every batch carries its id in the value of its first record. */
export function idOf(batch: Buffer): number {
  for (const record of decodeBatch(batch)) return Number(/^(\d+)/.exec(String(record.value))?.[1])
  return fail('a batch without records')
}

/** Reads all of a partition, in pieces. */
export async function findLog(log: PartitionLog, maxBytes = 3_000): Promise<FoundLog> {
  const { start, readableEnd: end } = log.bounds()
  const batches: Buffer[] = []
  let offset: Offset = start
  while (offset < end) {
    const result = await log.read({ offset, maxBytes, atLeastOneBatch: true })
    if (result.bytes === 0) fail(`nothing to read at ${offset} below ${end}`)
    for (const chunk of result.chunks) batches.push(...eachBatch(chunk))
    offset = result.nextOffset
  }
  return { start, end, batches }
}

export function fail(message: string): never {
  throw new Error(message)
}
