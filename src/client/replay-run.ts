// The records of one run of a replay, in their order: of stored batches, checked and decoded a batch at a time as they are asked for, only
// what the run stands for; or as the broker sent them one by one.
import { isVarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { RecordOutput, ReplayRunOutput } from '../protocol/grpc/messages.ts'
import { RecordWalk } from '../record/decode-batch.ts'
import { RecordDigest } from '../record/record-digest.ts'
import { inspectStoredBatch } from '../record/stored-batch.ts'
import type { ReplayedRecord } from './replay-types.ts'

/** A batch that arrived damaged. */
export interface ReplayDamage {
  readonly reason: string
  /** Where what follows it begins; the end of the run where that is not known. */
  readonly nextOffset: Offset
}

export interface ReplayRun {
  readonly nextOffset: Offset
  /** Of the checksum behind the record that `next` gave last, where it came stored; undefined where it came alone. */
  readonly digestState: number | undefined
  /** What `next` stopped at. */
  readonly damage: ReplayDamage | undefined
  /** The next record; undefined when there is none, or damage. */
  next(): ReplayedRecord | undefined
  /** The next records that are at hand, at most so many; empty when there are none, or damage. */
  nextMany(max: number): readonly ReplayedRecord[]
  /** Goes on behind the damage. */
  passDamage(): void
}

/** Where a run is played. */
export interface RunPlace {
  readonly topic: string
  readonly partition: number
  readonly replaySessionId: string
  /** Nothing before it is given. */
  readonly position: Offset
  /** Of the checksum before the run. */
  readonly digestState: number
}

/** @throws VarveError INTERNAL · INVALID_OFFSET */
export function openRun({ records, ...run }: ReplayRunOutput, place: RunPlace): ReplayRun {
  const nextOffset = admitOffset(run.nextOffset, 'next_offset')
  const start = Math.max(admitOffset(run.offset), place.position)
  if (records?.batches !== undefined) {
    return new StoredRun(records.batches, start, nextOffset, place)
  }
  return new ListedRun(records?.records?.records ?? [], start, nextOffset, place)
}

class StoredRun implements ReplayRun {
  readonly nextOffset: Offset
  digestState: number
  damage: ReplayDamage | undefined
  private readonly bytes: Buffer
  private readonly start: number
  private readonly place: RunPlace
  private readonly digest = new RecordDigest()
  /** Of the batch in hand, and the checksums behind each of them. */
  private records: ReplayedRecord[] = []
  private states = new Int32Array(0)
  private index = 0
  /** Behind the batch in hand. */
  private position = 0
  /** What the batch in hand ends with, to be met behind its records. */
  private damageAhead: ReplayDamage | undefined

  constructor(bytes: Buffer, start: number, nextOffset: Offset, place: RunPlace) {
    this.bytes = bytes
    this.start = start
    this.nextOffset = nextOffset
    this.place = place
    this.digestState = place.digestState
    this.digest.state = place.digestState
  }

  next(): ReplayedRecord | undefined {
    if (!this.fill()) return undefined
    const record = this.records[this.index] as ReplayedRecord
    this.digestState = this.states[this.index] as number
    this.index++
    return record
  }

  nextMany(max: number): readonly ReplayedRecord[] {
    if (!this.fill()) return []
    const { records, index } = this
    const end = Math.min(records.length, index + max)
    this.digestState = this.states[end - 1] as number
    this.index = end
    return index === 0 && end === records.length ? records : records.slice(index, end)
  }

  passDamage(): void {
    this.damage = undefined
    this.damageAhead = undefined
  }

  /** @returns whether there are records at hand */
  private fill(): boolean {
    while (this.index >= this.records.length) {
      this.damage ??= this.damageAhead
      if (this.damage !== undefined || this.position >= this.bytes.length) return false
      this.openBatch()
    }
    return true
  }

  private openBatch(): void {
    const { bytes, position } = this
    this.records = []
    this.index = 0
    this.digest.state = this.digestState
    const inspected = inspectStoredBatch(bytes, position, bytes.length)
    if (inspected.kind !== 'valid') {
      // Without a whole batch nothing that follows can be found.
      this.position = bytes.length
      const reason = inspected.kind === 'invalid' ? inspected.reason : 'it is incomplete'
      this.damageAhead = { reason, nextOffset: this.nextOffset }
      return
    }
    const { totalBytes, lastOffset, isControl, recordCount } = inspected.header
    this.position += totalBytes
    if (isControl) return
    // Of numbers of 32 bits: in a list each would be a thing of its own.
    this.states = new Int32Array(recordCount)
    try {
      this.decode(bytes.subarray(position, position + totalBytes))
    } catch (error) {
      if (!isVarveError(error)) throw error
      const batchEnd = Math.min(lastOffset + 1, this.nextOffset)
      this.damageAhead = { reason: error.message, nextOffset: admitOffset(batchEnd) }
    }
  }

  private decode(batch: Buffer): void {
    const { digest, records, states, start, nextOffset } = this
    const { topic, partition, replaySessionId } = this.place
    const walk = new RecordWalk(batch)
    while (walk.next()) {
      if (walk.offset < start) continue
      if (walk.offset >= nextOffset) {
        this.position = this.bytes.length
        return
      }
      const { timestampMs } = walk
      digest.addStored(walk.cursor, timestampMs)
      states[records.length] = digest.state
      records.push({
        topic,
        partition,
        offset: walk.offset as Offset,
        timestampMs,
        key: walk.key(),
        value: walk.value(),
        headers: walk.headers(),
        replaySessionId,
      })
    }
  }
}

class ListedRun implements ReplayRun {
  readonly nextOffset: Offset
  readonly digestState = undefined
  readonly damage = undefined
  private readonly records: readonly RecordOutput[]
  private readonly start: number
  private readonly place: RunPlace
  private index = 0

  constructor(
    records: readonly RecordOutput[],
    start: number,
    nextOffset: Offset,
    place: RunPlace,
  ) {
    this.records = records
    this.start = start
    this.place = place
    this.nextOffset = nextOffset
  }

  next(): ReplayedRecord | undefined {
    for (;;) {
      const record = this.records[this.index]
      if (record === undefined) return undefined
      this.index++
      if (record.offset >= this.start && record.offset < this.nextOffset)
        return this.decoded(record)
    }
  }

  nextMany(max: number): readonly ReplayedRecord[] {
    const records: ReplayedRecord[] = []
    while (records.length < max) {
      const record = this.next()
      if (record === undefined) break
      records.push(record)
    }
    return records
  }

  passDamage(): void {
    throw new Error('records that came alone are not damaged')
  }

  private decoded(record: RecordOutput): ReplayedRecord {
    const { topic, partition, replaySessionId } = this.place
    const { timestampMs, key, value, headers } = record
    return {
      topic,
      partition,
      offset: admitOffset(record.offset),
      timestampMs,
      key: key ?? null,
      value: value ?? null,
      headers: headers.length === 0 ? NO_HEADERS : headers.map(headerOf),
      replaySessionId,
    }
  }
}

const NO_HEADERS: ReplayedRecord['headers'] = []

function headerOf(header: RecordOutput['headers'][number]): ReplayedRecord['headers'][number] {
  return { key: header.key, value: header.value ?? null }
}
