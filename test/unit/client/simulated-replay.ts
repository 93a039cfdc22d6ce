// A broker that replays, behind the client's transport interface and on a virtual clock: it keeps to the protocol (credit, steps, seek
// epochs, summary), gives stored batches where nothing is merged, filtered or paced, and fails where the test says so.
import type {
  CallOptions,
  ClientTransport,
  ReplayEvents,
  ReplayStream,
} from '../../../src/client/transport.ts'
import { VarveError } from '../../../src/domain/error.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import type {
  ReplayInit,
  ReplayPlaceOutput,
  ReplayReadyOutput,
  ReplayRequest,
  ReplayResponseOutput,
  ReplayRunOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { type DecodedRecord, RecordWalk } from '../../../src/record/decode-batch.ts'
import { encodeBatch, type RecordInput } from '../../../src/record/encode-batch.ts'
import { RecordDigest } from '../../../src/record/record-digest.ts'
import { SimulatedBroker } from './simulated-broker.ts'

interface StoredRecord {
  readonly record: DecodedRecord
  readonly batch: Buffer
  readonly batchEnd: number
}

interface PlayedPlace {
  readonly topic: string
  readonly partition: number
  readonly start: number
  readonly end: number
  position: number
  given: number
  dropped: number
  begin: number
  digest: RecordDigest | undefined
}

export class SimulatedReplays {
  readonly transport: ClientTransport
  readonly sessions: SimulatedReplay[] = []
  /** The inits that came, in order. */
  readonly inits: ReplayInit[] = []
  /** Asked for every session: an error instead. */
  refusalOf: () => VarveError | undefined = () => undefined
  /** May change the bytes of stored batches, as a bad line would. */
  spoil: (bytes: Buffer) => Buffer = (bytes) => bytes
  /** May change a record that is sent alone. */
  change: (record: DecodedRecord) => DecodedRecord = (record) => record
  /** What passes, where filters are asked for. */
  passes: (record: DecodedRecord) => boolean = () => true
  /** Records of one message that are sent alone. */
  recordsPerMessage = 3
  isMute = false
  latencyMs = 1
  readonly clock: Clock
  private readonly partitions = new Map<string, Buffer[]>()

  constructor(clock: Clock) {
    this.clock = clock
    this.transport = Object.assign(new SimulatedBroker(clock), {
      openReplay: (init: ReplayInit, events: ReplayEvents, options: CallOptions) =>
        this.open(init, events, options),
    })
  }

  /** Stores one batch. */
  store(topic: string, partition: number, records: readonly RecordInput[]): void {
    const batches = this.partitions.get(`${topic}/${partition}`) ?? []
    const baseOffset = this.endOf(topic, partition)
    this.partitions.set(`${topic}/${partition}`, [...batches, encodeBatch(records, { baseOffset })])
  }

  stored(topic: string, partition: number): StoredRecord[] {
    return (this.partitions.get(`${topic}/${partition}`) ?? []).flatMap((batch) => {
      const records: DecodedRecord[] = []
      const walk = new RecordWalk(batch)
      while (walk.next()) records.push(walk.record())
      const batchEnd = (records.at(-1)?.offset ?? 0) + 1
      return records.map((record) => ({ record, batch, batchEnd }))
    })
  }

  endOf(topic: string, partition: number): number {
    return this.stored(topic, partition).length
  }

  names(): readonly { topic: string; partition: number }[] {
    return [...this.partitions.keys()].map((name) => {
      const [topic = '', partition = ''] = name.split('/')
      return { topic, partition: Number(partition) }
    })
  }

  /** The session that is open; there must be one. */
  get session(): SimulatedReplay {
    const session = this.sessions.find(({ isOpen }) => isOpen)
    if (session === undefined) throw new Error('no session is open')
    return session
  }

  break(error = new VarveError('BROKER_UNAVAILABLE', 'the connection broke')): void {
    for (const session of this.sessions) session.end(error)
  }

  private async open(
    init: ReplayInit,
    events: ReplayEvents,
    options: CallOptions,
  ): Promise<ReplayStream> {
    this.inits.push(init)
    await this.clock.sleep(this.latencyMs, options.signal)
    const error = this.refusalOf()
    if (error !== undefined) throw error
    const session = new SimulatedReplay(this, init, events)
    this.sessions.push(session)
    session.begin()
    return session
  }
}

export class SimulatedReplay implements ReplayStream {
  readonly ready: ReplayReadyOutput
  isOpen = true
  creditBytes: number
  /** Commands that came, without credit. */
  readonly commands: ReplayRequest[] = []
  /** The largest sum of credit that was given and not used. */
  creditMost = 0
  private readonly parts: SimulatedReplays
  private readonly init: ReplayInit
  private readonly events: ReplayEvents
  private readonly places: PlayedPlace[]
  private isPaused: boolean
  private isPaced: boolean
  private steps = 0
  private seekEpoch = 0
  private isSummed = false
  private isFinishing = false
  private turns: Promise<void> = Promise.resolve()
  private delayedMs = 0

  constructor(parts: SimulatedReplays, init: ReplayInit, events: ReplayEvents) {
    this.parts = parts
    this.init = init
    this.events = events
    this.isPaused = init.paused === true
    this.isPaced = Object.keys(init.pace ?? {}).length > 0
    this.creditBytes = Number(init.creditBytes)
    this.creditMost = this.creditBytes
    this.places = (init.sources ?? []).flatMap(({ topic = '', partition, start, end }) =>
      parts
        .names()
        .filter((name) => name.topic === topic && name.partition === (partition ?? name.partition))
        .map((name) => this.placeOf(name, start?.offset, end?.offset)),
    )
    this.ready = {
      sessionId: init.sessionId === '' ? 'made' : String(init.sessionId),
      places: this.told(),
      maxBytes: 1,
      progressIntervalMs: Number(init.progressIntervalMs),
      unreadMaxMs: 60_000,
    }
  }

  begin(): void {
    this.later(() => undefined)
    this.beat()
  }

  send(message: ReplayRequest): void {
    if (!this.isOpen) return
    if (message.credit) {
      this.creditBytes += Number(message.credit.bytes)
      this.creditMost = Math.max(this.creditMost, this.creditBytes)
    } else this.commands.push(message)
    this.later(() => {
      this.obey(message)
    })
  }

  finish(): void {
    this.isFinishing = true
    this.later(() => undefined)
  }

  cancel(): void {
    this.isOpen = false
  }

  end(error: VarveError | undefined): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.events.onEnd(error)
  }

  tell(message: Partial<ReplayResponseOutput>): void {
    if (this.isOpen && !this.parts.isMute) this.events.onMessage(message)
  }

  /** Progress, with this delay of the schedule. */
  tellProgress(delayedMs = this.delayedMs): void {
    this.delayedMs = delayedMs
    this.tell({
      progress: {
        status: this.isPaused ? 'REPLAY_STATUS_PAUSED' : 'REPLAY_STATUS_PLAYING',
        playheadMs: 7,
        records: 0,
        bytes: 0,
        dropped: 0,
        lagMs: 2,
        delayedMs,
        remainingMs: 5,
        offsetsLeft: 1,
      },
    })
  }

  private placeOf(
    { topic, partition }: { topic: string; partition: number },
    start: unknown,
    end: unknown,
  ): PlayedPlace {
    const at = Number(start ?? 0)
    const readable = this.init.follow === true ? Infinity : this.parts.endOf(topic, partition)
    const stop = end === undefined ? readable : Number(end)
    const counts = { given: 0, dropped: 0, digest: new RecordDigest() }
    return { topic, partition, start: at, end: stop, position: at, begin: at, ...counts }
  }

  private told(): ReplayPlaceOutput[] {
    return this.places.map(({ topic, partition, begin, end }) => ({
      topic,
      partition,
      startOffset: begin,
      firstKeptOffset: 0,
      ...(end === Infinity ? {} : { endOffset: end }),
    }))
  }

  private beat(): void {
    this.parts.clock.after(this.ready.progressIntervalMs, () => {
      if (!this.isOpen) return
      this.tellProgress()
      this.beat()
    })
  }

  private later(action: () => void): void {
    const delay = this.parts.clock.sleep(this.parts.latencyMs)
    this.turns = this.turns.then(async () => {
      await delay
      if (!this.isOpen) return
      action()
      this.pump()
      if (this.isSummed && this.isFinishing) this.end(undefined)
    })
  }

  private obey({ pause, resume, step, seek, pace }: ReplayRequest): void {
    if (pause || resume) {
      this.isPaused = pause !== undefined
      this.steps = 0
    }
    if (step) {
      this.isPaused = true
      this.steps += Number(step.records)
    }
    if (pace) this.isPaced = Object.keys(pace).length > 0
    if (seek) this.seek(Number(seek.seekEpoch), seek.timestampMs)
    if (!pause && !resume && !step && !pace && !seek) return
    this.tell({
      state: {
        status: this.isPaused ? 'REPLAY_STATUS_PAUSED' : 'REPLAY_STATUS_PLAYING',
        pace: {},
        seekEpoch: this.seekEpoch,
        places: seek ? this.told() : [],
      },
    })
  }

  private seek(seekEpoch: number, timestampMs: unknown): void {
    if (seekEpoch <= this.seekEpoch) throw new Error('the epoch must rise')
    this.seekEpoch = seekEpoch
    this.isSummed = false
    this.steps = 0
    for (const place of this.places) {
      const { topic, partition, start, end } = place
      const found = this.parts
        .stored(topic, partition)
        .find(({ record }) => record.timestampMs >= Number(timestampMs))
      const at = timestampMs === undefined ? start : (found?.record.offset ?? end)
      place.begin = Math.max(start, Math.min(at, end))
      place.position = place.begin
      place.given = 0
      place.dropped = 0
      place.digest = new RecordDigest()
    }
  }

  /** Everything that may be sent now. */
  private pump(): void {
    while (this.isOpen && this.creditBytes > 0 && (!this.isPaused || this.steps > 0)) {
      const isAlone =
        this.isPaused ||
        this.isPaced ||
        this.init.order === 'REPLAY_ORDER_MERGED' ||
        (this.init.filters ?? []).length > 0
      if (!(isAlone ? this.giveRecords() : this.giveBatch())) break
    }
    const isOver = this.places.every(({ position, end }) => position >= end)
    if (!isOver || this.isSummed) return
    this.isSummed = true
    this.tell({
      summary: {
        records: 0,
        bytes: 0,
        dropped: 0,
        elapsedMs: 0,
        delayedMs: this.delayedMs,
        partitions: this.places.map((place) => ({
          topic: place.topic,
          partition: place.partition,
          startOffset: place.begin,
          nextOffset: place.position,
          records: place.given,
          bytes: 0,
          dropped: place.dropped,
          skipped: 0,
          ...(place.digest === undefined ? {} : { checksum: place.digest.value }),
        })),
      },
    })
  }

  private next(place: PlayedPlace): StoredRecord | undefined {
    const { topic, partition, position, end } = place
    const found = this.parts.stored(topic, partition)[position]
    return found !== undefined && position < end ? found : undefined
  }

  private giveBatch(): boolean {
    for (const place of this.places) {
      const { position, end } = place
      const found = this.next(place)
      if (found === undefined) continue
      const nextOffset = Math.min(found.batchEnd, end)
      place.position = nextOffset
      place.given += nextOffset - position
      place.digest = undefined
      const batches = this.parts.spoil(Buffer.from(found.batch))
      this.give([this.run(place, position, nextOffset, 0, { batches })], batches.length)
      return true
    }
    return false
  }

  /** A message of single records, each in a run of its own. */
  private giveRecords(): boolean {
    const runs: ReplayRunOutput[] = []
    const most = Math.min(this.parts.recordsPerMessage, this.isPaused ? this.steps : Infinity)
    while (runs.length < most) {
      const run = this.takeRecord()
      if (run === undefined) break
      runs.push(run)
    }
    if (this.isPaused) this.steps -= runs.length
    if (runs.length > 0) this.give(runs, 10 * runs.length)
    return runs.length > 0
  }

  private takeRecord(): ReplayRunOutput | undefined {
    for (const place of this.places) this.passOver(place)
    const [place] = this.places
      .filter((candidate) => this.next(candidate) !== undefined)
      .sort((a, b) => this.timeOf(a) - this.timeOf(b))
    const found = place === undefined ? undefined : this.next(place)
    if (place === undefined || found === undefined) return undefined
    const { record } = found
    const offset = this.unsaid.get(place) ?? place.position
    const dropped = record.offset - offset
    this.unsaid.delete(place)
    place.position = record.offset + 1
    place.given++
    place.digest?.addRecord(record)
    const { key, value, headers, timestampMs } = this.parts.change(record)
    const sent = {
      offset: record.offset,
      timestampMs,
      headers: headers.map((header) => ({
        key: header.key,
        ...(header.value === null ? {} : { value: header.value }),
      })),
      ...(key === null ? {} : { key }),
      ...(value === null ? {} : { value }),
    }
    return this.run(place, offset, place.position, dropped, { records: { records: [sent] } })
  }

  /** Where the next run of a place begins, if records were left out since the last one. */
  private readonly unsaid = new Map<PlayedPlace, number>()

  private passOver(place: PlayedPlace): void {
    if ((this.init.filters ?? []).length === 0) return
    for (let found = this.next(place); found !== undefined; found = this.next(place)) {
      if (this.parts.passes(found.record)) return
      if (!this.unsaid.has(place)) this.unsaid.set(place, place.position)
      place.position++
      place.dropped++
    }
  }

  private timeOf(place: PlayedPlace): number {
    return this.next(place)?.record.timestampMs ?? Infinity
  }

  private run(
    { topic, partition }: PlayedPlace,
    offset: number,
    nextOffset: number,
    dropped: number,
    records: NonNullable<ReplayRunOutput['records']>,
  ): ReplayRunOutput {
    return { topic, partition, records, offset, nextOffset, dropped, leaderEpoch: 1 }
  }

  private give(runs: ReplayRunOutput[], creditBytes: number): void {
    this.creditBytes -= creditBytes
    const { sessionId } = this.ready
    const { seekEpoch } = this
    const counts = { creditBytes, creditRecords: runs.length, lateMs: 0 }
    this.tell({ records: { sessionId, seekEpoch, runs, ...counts } })
  }
}
