// Where a replay stands in one partition, and what it was handed of it. Invariant: counts and checksum are of exactly the records from
// where it began (or where a seek led) up to the position.
import { admitOffset, type Offset, offsetAfter } from '../domain/offset.ts'
import type { ReplayPlaceOutput } from '../protocol/grpc/messages.ts'
import type { DecodedRecord } from '../record/decode-batch.ts'
import { RecordDigest } from '../record/record-digest.ts'
import type { ReplayPartitionSummary, ReplayPlacePosition } from './replay-types.ts'

/** What a decoder makes of bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd'

export class ReplayPlace {
  readonly topic: string
  readonly partition: number
  /** Where `seek('start')` goes. */
  readonly startOffset: Offset
  /** Playing ends before it; undefined when it follows. */
  endOffset: Offset | undefined
  /** Of the next record to hand out. */
  position: Offset
  /** Where the run ends that is being handed out; undefined between runs. */
  runEnd: Offset | undefined
  /** It cannot be read any further. */
  isLost = false
  private playedFrom: Offset
  private records = 0
  private bytes = 0
  private dropped = 0
  private skipped = 0
  /** Of `dropped`, what came on the stream that is there. */
  private droppedOfStream = 0
  private digest = new RecordDigest()
  private hasExactBytes = true

  constructor(at: ReplayPlacePosition) {
    this.topic = at.topic
    this.partition = at.partition
    this.startOffset = admitOffset(at.startOffset)
    this.position = admitOffset(at.offset)
    this.endOffset = at.endOffset === undefined ? undefined : admitOffset(at.endOffset)
    this.playedFrom = this.position
  }

  /** Where another stream goes on: what is being handed out is finished from what came. */
  get nextToAsk(): Offset {
    return this.runEnd ?? this.position
  }

  /** Nothing more is to be asked for. */
  get isDone(): boolean {
    return this.isLost || (this.endOffset !== undefined && this.nextToAsk >= this.endOffset)
  }

  /** Offsets to play in all; undefined when it follows. */
  get offsets(): number | undefined {
    if (this.endOffset === undefined) return undefined
    return Math.max(0, this.endOffset - this.playedFrom)
  }

  /** Offsets that were handed out or passed over. */
  get offsetsDone(): number {
    return this.isLost ? (this.offsets ?? 0) : this.position - this.playedFrom
  }

  /** Whether the checksum may be compared with one over the stored bytes: names of headers may have come changed. */
  get isComparable(): boolean {
    return this.hasExactBytes
  }

  /** Of the checksum of what was handed out. */
  get digestState(): number {
    return this.digest.state
  }

  /** A record was handed out. @param digestState of the checksum behind it, if that is known already */
  handedOut(record: DecodedRecord, digestState: number | undefined): number {
    if (digestState === undefined) {
      this.digest.addRecord(record)
      if (record.headers.some(({ key }) => key.includes(REPLACEMENT))) this.hasExactBytes = false
    } else this.digest.state = digestState
    const bytes = recordBytes(record)
    this.records++
    this.bytes += bytes
    this.position = offsetAfter(record.offset, 1)
    return bytes
  }

  /** The same of several, in their order. @param digestState behind the last of them */
  handedOutMany(records: readonly DecodedRecord[], digestState: number | undefined): number {
    let sum = 0
    if (digestState === undefined) {
      for (const record of records) sum += this.handedOut(record, undefined)
      return sum
    }
    for (const record of records) sum += recordBytes(record)
    this.records += records.length
    this.bytes += sum
    this.digest.state = digestState
    const last = records.at(-1)
    if (last !== undefined) this.position = offsetAfter(last.offset, 1)
    return sum
  }

  /** All records of a run were handed out; the others up to its end are not to be played. */
  runDone(dropped: number, isOfStream: boolean): void {
    if (this.runEnd !== undefined && this.runEnd > this.position) this.position = this.runEnd
    this.runEnd = undefined
    this.dropped += dropped
    if (isOfStream) this.droppedOfStream += dropped
  }

  /** Another stream plays it on. */
  streamOpened(): void {
    this.droppedOfStream = 0
  }

  /**
   * The stream has played it to its end.
   * @param dropped by filters, on this stream
   * @returns how many of them were not counted yet
   */
  finished(nextOffset: Offset, dropped: number): number {
    const uncounted = dropped - this.droppedOfStream
    this.dropped += uncounted
    this.droppedOfStream = dropped
    if (nextOffset > this.position) this.position = nextOffset
    return uncounted
  }

  /** What lies up to there cannot be had; undefined: nothing more can. */
  skipTo(nextOffset: Offset | undefined): void {
    if (nextOffset === undefined) {
      this.isLost = true
      if (this.endOffset !== undefined) this.skipped += Math.max(0, this.endOffset - this.position)
    } else if (nextOffset > this.position) {
      this.skipped += nextOffset - this.position
      this.position = nextOffset
    }
  }

  /** Plays from there from now on, and counts anew. */
  moveTo(offset: Offset): void {
    this.position = offset
    this.playedFrom = offset
    this.runEnd = undefined
    this.isLost = false
    this.records = 0
    this.bytes = 0
    this.dropped = 0
    this.skipped = 0
    this.droppedOfStream = 0
    this.digest = new RecordDigest()
    this.hasExactBytes = true
  }

  token(): ReplayPlacePosition {
    const { topic, partition, startOffset, position: offset, endOffset } = this
    const at = { topic, partition, startOffset, offset }
    return endOffset === undefined ? at : { ...at, endOffset }
  }

  summary(): ReplayPartitionSummary {
    const { topic, partition, records, bytes, dropped, skipped } = this
    return {
      topic,
      partition,
      startOffset: this.playedFrom,
      nextOffset: this.position,
      records,
      bytes,
      dropped,
      skipped,
      checksum: checksumText(this.digest.value),
    }
  }
}

/** The place that a broker tells. */
export function placeOf({
  topic,
  partition,
  startOffset,
  endOffset,
}: ReplayPlaceOutput): ReplayPlace {
  const at = { topic, partition, startOffset, offset: startOffset }
  return new ReplayPlace(endOffset === undefined ? at : { ...at, endOffset })
}

export function checksumText(checksum: number): string {
  return checksum.toString(16).padStart(8, '0')
}

function recordBytes({ key, value, headers }: DecodedRecord): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0)
  for (const header of headers) bytes += Buffer.byteLength(header.key) + (header.value?.length ?? 0)
  return bytes
}
