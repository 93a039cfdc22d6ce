// What came of a replay ahead of its loop, in the order in which it came, and its handing out. Invariants: a record is handed out once;
// the ledger knows of it in the same moment; while the replay is paused no more are handed out than steps allow; what came of a message
// is held, and its credit not given back, until the loop has come back for more than it brought.
import { VarveError } from '../domain/error.ts'
import { admitOffset } from '../domain/offset.ts'
import type {
  ReplayRunOutput,
  ReplaySummaryOutput,
  ReplayTroubleOutput,
} from '../protocol/grpc/messages.ts'
import type { ReplayLedger } from './replay-ledger.ts'
import type { ReplayPlace } from './replay-place.ts'
import { openRun, type ReplayDamage, type ReplayRun } from './replay-run.ts'
import type { ReplayedBatch, ReplayedRecord, ReplayTrouble } from './replay-types.ts'
import { partError } from './wire-values.ts'

/** What came at once. The last two are ends: nothing comes after them. */
export type ReplayArrival =
  | {
      readonly kind: 'records'
      readonly runs: readonly ReplayRunOutput[]
      readonly creditBytes: number
    }
  | { readonly kind: 'trouble'; readonly trouble: ReplayTroubleOutput }
  /** All was played. `isWhole`: all of it on the stream that the summary is of. */
  | {
      readonly kind: 'finished'
      readonly summary: ReplaySummaryOutput | undefined
      readonly isWhole: boolean
    }
  | { readonly kind: 'failed'; readonly error: VarveError }

export type ReplayEnd = Extract<ReplayArrival, { readonly kind: 'finished' | 'failed' }>

/** The run that is being handed out. */
interface CurrentRun {
  readonly place: ReplayPlace
  readonly message: ReplayRunOutput
  readonly run: ReplayRun
  /** The stream that it came on is there. */
  isOfStream: boolean
}

export interface ReplayFeedParts {
  readonly ledger: ReplayLedger
  /** Damage that is met again is passed over; else it fails. */
  readonly skipsTrouble: boolean
  /** There is room for more. */
  readonly onRoom: () => void
  readonly onTrouble: (trouble: ReplayTrouble) => void
  /** A batch arrived damaged, and is to be asked for again. */
  readonly onRefetch: (error: VarveError) => void
  /** It arrived damaged again. */
  readonly onDamage: (error: VarveError) => void
}

export class ReplayFeed {
  /** How many records may be handed out; less than Infinity while the replay is paused. */
  allowance = Infinity
  private readonly parts: ReplayFeedParts
  private queue: ReplayArrival[] = []
  /** Of the first in the queue that is not done. */
  private head = 0
  /** Of the message at the head. */
  private runIndex = 0
  private current: CurrentRun | undefined
  private held = 0
  /** Of `held`, what was handed out and may still be in the hands of the loop. */
  private spent = 0
  private refetched: { readonly place: ReplayPlace; readonly position: number } | undefined

  constructor(parts: ReplayFeedParts) {
    this.parts = parts
  }

  /** Credit of what waits for the loop, or is in its hands. */
  get heldBytes(): number {
    return this.held
  }

  /** Nothing more comes after what waits. */
  get isEnded(): boolean {
    return this.endOf(this.queue.at(-1)) !== undefined
  }

  /** The end, when all that came before it was handed out. */
  get end(): ReplayEnd | undefined {
    return this.endOf(this.queue[this.head])
  }

  push(arrival: ReplayArrival): void {
    this.queue.push(arrival)
    if (arrival.kind === 'records') this.held += arrival.creditBytes
  }

  /**
   * The next record; undefined when there is none now. Who asks has finished with those before.
   * @throws VarveError INTERNAL when what came makes no sense
   */
  next(): ReplayedRecord | undefined {
    for (let current = this.prepare(); current !== undefined; current = this.prepare()) {
      const { place, run } = current
      const record = run.next()
      if (record === undefined) {
        this.endOrDamage(current)
        continue
      }
      this.parts.ledger.handedOut(place, record, run.digestState)
      this.allowance--
      if (place.position >= run.nextOffset) this.endRun(current)
      return record
    }
    return undefined
  }

  /** The same, with those that came in the same batch, or the same run of records. */
  nextBatch(): ReplayedBatch | undefined {
    for (let current = this.prepare(); current !== undefined; current = this.prepare()) {
      const { place, run } = current
      const records = run.nextMany(this.allowance)
      if (records.length === 0) {
        this.endOrDamage(current)
        continue
      }
      this.parts.ledger.handedOutMany(place, records, run.digestState)
      this.allowance -= records.length
      if (place.position >= run.nextOffset) this.endRun(current)
      const { topic, partition, position: nextOffset } = place
      return { topic, partition, replaySessionId: this.parts.ledger.sessionId, records, nextOffset }
    }
    return undefined
  }

  /** Lets go of everything. */
  drop(): void {
    if (this.current !== undefined) this.current.place.runEnd = undefined
    this.current = undefined
    this.queue = []
    this.head = 0
    this.runIndex = 0
    this.held = 0
    this.spent = 0
  }

  /** Lets go of what is to be asked for again: all but the run that is being handed out. */
  dropAhead(): void {
    const { current } = this
    const first = this.queue[this.head]
    if (current === undefined || first?.kind !== 'records') {
      this.drop()
      return
    }
    current.isOfStream = false
    this.queue = [{ ...first, runs: [current.message] }]
    this.head = 0
    this.runIndex = 0
    this.held = first.creditBytes
    this.spent = 0
  }

  private endOf(arrival: ReplayArrival | undefined): ReplayEnd | undefined {
    return arrival?.kind === 'finished' || arrival?.kind === 'failed' ? arrival : undefined
  }

  /** The run to hand out from, if any more may be handed out. */
  private prepare(): CurrentRun | undefined {
    this.settle()
    while (this.current === undefined) if (!this.openNext()) return undefined
    return this.allowance > 0 ? this.current : undefined
  }

  /** The run gave nothing more. */
  private endOrDamage(current: CurrentRun): void {
    if (current.run.damage === undefined) this.endRun(current)
    else this.meetDamage(current, current.run.damage)
  }

  /** The loop has finished with what it had. */
  private settle(): void {
    if (this.spent === 0) return
    this.held -= this.spent
    this.spent = 0
    this.parts.onRoom()
  }

  /** Goes on to the next run; false when there is none. */
  private openNext(): boolean {
    const arrival = this.queue[this.head]
    if (arrival === undefined || this.endOf(arrival) !== undefined) return false
    if (arrival.kind === 'trouble') this.meetTrouble(arrival.trouble)
    if (arrival.kind === 'records') {
      const message = arrival.runs[this.runIndex]
      if (message !== undefined) {
        this.begin(message)
        return true
      }
      this.spent += arrival.creditBytes
    }
    this.advance()
    this.settle()
    return true
  }

  private begin(message: ReplayRunOutput): void {
    const place = this.parts.ledger.placeOf(message)
    const { topic, partition, position, digestState } = place
    const replaySessionId = this.parts.ledger.sessionId
    const run = openRun(message, { topic, partition, replaySessionId, position, digestState })
    place.runEnd = run.nextOffset
    this.current = { place, message, run, isOfStream: true }
  }

  private endRun({ place, message, isOfStream }: CurrentRun): void {
    this.parts.ledger.runDone(place, message.dropped, isOfStream)
    this.current = undefined
    this.runIndex++
    const arrival = this.queue[this.head]
    if (arrival?.kind !== 'records' || this.runIndex < arrival.runs.length) return
    this.spent += arrival.creditBytes
    this.advance()
  }

  /** What is at the head is done. */
  private advance(): void {
    this.head++
    this.runIndex = 0
    // Done ones are let go of in few steps: each moves those that wait.
    if (this.head * 2 < this.queue.length) return
    this.queue = this.queue.slice(this.head)
    this.head = 0
  }

  private meetTrouble({ error, ...trouble }: ReplayTroubleOutput): void {
    const { topic, partition } = trouble
    const place = this.parts.ledger.placeOf(trouble)
    const offset = admitOffset(trouble.offset)
    const nextOffset =
      trouble.nextOffset === undefined ? undefined : admitOffset(trouble.nextOffset, 'next_offset')
    place.skipTo(nextOffset)
    if (error === null) throw new VarveError('INTERNAL', 'the broker told of trouble without error')
    this.parts.onTrouble({
      topic,
      partition,
      offset,
      nextOffset,
      error: partError(error, { topic, partition }),
    })
  }

  /** The damage may be of the way: the first time what lies there is asked for again. */
  private meetDamage({ place, run }: CurrentRun, { reason, nextOffset }: ReplayDamage): void {
    const { topic, partition, position } = place
    const { onRefetch, onDamage, onTrouble, skipsTrouble } = this.parts
    const details = { topic, partition, offset: position, firstBad: position, nextGood: nextOffset }
    const message = `records at offset ${position} of ${topic}/${partition} arrived damaged: ${reason}`
    const error = new VarveError('CORRUPT_LOG', message, { details })
    if (this.refetched?.place !== place || this.refetched.position !== position) {
      this.refetched = { place, position }
      onRefetch(error)
    } else if (skipsTrouble) {
      place.skipTo(nextOffset)
      run.passDamage()
      onTrouble({ topic, partition, offset: position, nextOffset, error })
    } else onDamage(error)
  }
}
