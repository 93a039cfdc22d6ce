// What a replay has played: its places, its counts over streams that broke, where its schedule stands, and the token from which it goes
// on. Invariant: it is exact after every record that was handed out.
import { VarveError } from '../domain/error.ts'
import { admitOffset } from '../domain/offset.ts'
import type { Clock } from '../platform/clock.ts'
import type {
  ReplayPlaceOutput,
  ReplaySource,
  ReplaySummaryOutput,
} from '../protocol/grpc/messages.ts'
import type { DecodedRecord } from '../record/decode-batch.ts'
import { checksumText, placeOf, ReplayPlace } from './replay-place.ts'
import type { ReplayPositions, ReplaySummary } from './replay-types.ts'

export class ReplayLedger {
  /** Empty until the broker has told it. */
  sessionId: string
  records = 0
  bytes = 0
  dropped = 0
  /** The recorded time of the last record, or where a seek led; undefined before. */
  playheadMs: number | undefined
  /** All partitions are to go to this moment, and the broker has not said yet where that is. */
  seekToMs: number | undefined
  private readonly clock: Clock
  private readonly places = new Map<string, ReplayPlace>()
  private firstMs: number | undefined
  private lastMs: number | undefined

  constructor(clock: Clock, sessionId: string, resume: ReplayPositions | undefined) {
    this.clock = clock
    this.sessionId = sessionId
    for (const at of resume?.places ?? []) this.add(new ReplayPlace(at))
    this.playheadMs = resume?.playheadMs
    this.seekToMs = resume?.seekToMs
  }

  /** It is known what is played. */
  get isKnown(): boolean {
    return this.places.size > 0
  }

  /** Nothing of it is left to ask for. */
  get isAllAsked(): boolean {
    if (this.seekToMs !== undefined || !this.isKnown) return false
    return [...this.places.values()].every(({ isDone }) => isDone)
  }

  /** All places are where they began: what the broker takes for their starts are theirs. */
  get isAtStarts(): boolean {
    if (this.seekToMs !== undefined) return true
    return [...this.places.values()].every(
      ({ startOffset, nextToAsk, isLost }) => nextToAsk === startOffset && !isLost,
    )
  }

  /** Of all offsets to play, which share is done, and how many are left; undefined when it follows. */
  get offsets(): { readonly share: number; readonly left: number } | undefined {
    let all = 0
    let done = 0
    for (const place of this.places.values()) {
      if (place.offsets === undefined) return undefined
      all += place.offsets
      done += place.offsetsDone
    }
    return { share: all === 0 ? 1 : done / all, left: all - done }
  }

  /** @throws VarveError INTERNAL when it is not played here */
  placeOf(where: { readonly topic: string; readonly partition: number }): ReplayPlace {
    const place = this.places.get(`${where.topic}/${where.partition}`)
    if (place !== undefined) return place
    const message = `the broker told of ${where.topic}/${where.partition}, which is not replayed`
    throw new VarveError('INTERNAL', message)
  }

  /** The broker has said what is played: the first time, its places; later, what it found where it was not said. */
  learn(sessionId: string, places: readonly ReplayPlaceOutput[]): void {
    this.sessionId = sessionId
    const isFirst = !this.isKnown
    for (const place of this.places.values()) place.streamOpened()
    for (const told of places) {
      if (isFirst) this.add(placeOf(told))
      else if (told.endOffset !== undefined) {
        this.placeOf(told).endOffset ??= admitOffset(told.endOffset)
      }
    }
  }

  /** What another stream is to play: on from where the loop stands, or from the starts where a seek follows. */
  sources(): ReplaySource[] {
    const isSought = this.seekToMs !== undefined
    return [...this.places.values()]
      .filter(({ isDone }) => isSought || !isDone)
      .map(({ topic, partition, startOffset, nextToAsk, endOffset }) => ({
        topic,
        partition,
        start: { offset: isSought ? startOffset : nextToAsk },
        ...(endOffset === undefined ? {} : { end: { offset: endOffset } }),
      }))
  }

  /** @param digestState of the place's checksum behind the record, if that is known already */
  handedOut(place: ReplayPlace, record: DecodedRecord, digestState: number | undefined): void {
    const bytes = place.handedOut(record, digestState)
    this.records++
    this.bytes += bytes
    // A record that is older than one before it counts as old as that.
    this.playheadMs = Math.max(this.playheadMs ?? record.timestampMs, record.timestampMs)
    this.firstMs ??= this.clock.monotonicMs()
  }

  /** The same of several, in their order. */
  handedOutMany(
    place: ReplayPlace,
    records: readonly DecodedRecord[],
    digestState: number | undefined,
  ): void {
    let playheadMs = this.playheadMs ?? -Infinity
    for (const { timestampMs } of records) playheadMs = Math.max(playheadMs, timestampMs)
    this.bytes += place.handedOutMany(records, digestState)
    this.records += records.length
    this.playheadMs = playheadMs
    this.firstMs ??= this.clock.monotonicMs()
  }

  /** @param isOfStream it came on the stream that is there now */
  runDone(place: ReplayPlace, dropped: number, isOfStream: boolean): void {
    place.runDone(dropped, isOfStream)
    this.dropped += dropped
    // A look at the clock for every record would cost as much as its checksum.
    if (this.firstMs !== undefined) this.lastMs = this.clock.monotonicMs()
  }

  /** All was played: what filters left out behind the last record comes with the summary of the stream. */
  finished({ partitions }: ReplaySummaryOutput): void {
    for (const told of partitions) {
      this.dropped += this.placeOf(told).finished(admitOffset(told.nextOffset), told.dropped)
    }
  }

  /** All partitions go back to their starts, or to a moment, of which the broker says where it is. */
  seek(to: 'start' | { readonly timestampMs: number }): void {
    this.seekToMs = to === 'start' ? undefined : to.timestampMs
    this.playheadMs = this.seekToMs
    // Also of those that were lost: before the place of trouble they may be played again.
    for (const place of this.places.values()) place.moveTo(place.startOffset)
  }

  /** The broker has said where a seek led. */
  sought(places: readonly ReplayPlaceOutput[]): void {
    this.seekToMs = undefined
    for (const told of places) this.placeOf(told).moveTo(admitOffset(told.startOffset))
  }

  token(): ReplayPositions {
    const { sessionId, playheadMs, seekToMs } = this
    return {
      sessionId,
      places: [...this.places.values()]
        .filter(({ isLost }) => !isLost)
        .map((place) => place.token()),
      ...(playheadMs === undefined ? {} : { playheadMs }),
      ...(seekToMs === undefined ? {} : { seekToMs }),
    }
  }

  summary(delayedMs: number): ReplaySummary {
    const { sessionId, records, bytes, dropped } = this
    const elapsedMs = (this.lastMs ?? this.firstMs ?? 0) - (this.firstMs ?? 0)
    const partitions = [...this.places.values()].map((place) => place.summary())
    return { sessionId, records, bytes, dropped, elapsedMs, delayedMs, partitions }
  }

  /**
   * Compares what was handed out with what the broker says that it gave, all of it over one stream. Where stored batches were given the
   * broker knows no checksum: each batch has its own.
   * @throws VarveError CORRUPT_LOG when they differ: something was changed on the way
   */
  compare({ partitions }: ReplaySummaryOutput): void {
    for (const told of partitions) {
      const place = this.placeOf(told)
      if (told.checksum === undefined || !place.isComparable) continue
      const found = place.summary()
      const checksum = checksumText(told.checksum)
      if (found.records === told.records && found.checksum === checksum) continue
      const where = `${told.topic}/${told.partition}`
      throw new VarveError(
        'CORRUPT_LOG',
        `the broker gave ${told.records} records of ${where} with the checksum ${checksum}, and ${found.records} with ${found.checksum} came`,
        { details: { topic: told.topic, partition: told.partition, checksum } },
      )
    }
  }

  private add(place: ReplayPlace): void {
    this.places.set(`${place.topic}/${place.partition}`, place)
  }
}
