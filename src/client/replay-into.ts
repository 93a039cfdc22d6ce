// A replay into a topic: what is played is stored once more, with its timestamps. It goes in rounds: what is about to be stored is saved
// first, then stored, each partition from the very offset that it must get. So after a crash at any moment the round can be made again,
// and the offsets tell which of its records are stored. Invariants: every record is stored once, in the order of its partition; a
// partition that somebody else writes to is noticed before anything is stored behind that.
import { isVarveError, VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Admin } from './admin.ts'
import type { ClientContext } from './client-context.ts'
import type { CloseOptions } from './close-options.ts'
import { refusal, requireText } from './option-check.ts'
import type { Producer } from './producer.ts'
import type { Replay } from './replay.ts'
import { decodeState, encodeState, toldOf } from './replay-into-state.ts'
import type {
  ReplayIntoOptions,
  ReplayIntoPartition,
  ReplayIntoState,
  ReplayIntoSummary,
  ReplayRoundPlace,
} from './replay-into-types.ts'
import { ReplayRound } from './replay-round.ts'
import type {
  ReplayEventMap,
  ReplayedRecord,
  ReplayListener,
  ReplayOptions,
  ReplayPaceOptions,
  ReplayPositions,
  ReplayProgress,
} from './replay-types.ts'
import { pauseBefore } from './retry.ts'

/** What is read ahead of what is being stored. */
const ROUND_BYTES_MAX = 4 * 1024 * 1024
/** Of one batch, before compression; the limit of the topic may be lower. */
const BATCH_BYTES_MAX = 512 * 1024

export interface ReplayIntoParts {
  readonly context: ClientContext
  readonly admin: Admin
  readonly producer: Producer
  /** Of the client, which closes it. */
  readonly replay: (options: ReplayOptions) => Replay
  readonly onClosed: () => void
}

const NOT_BEGUN: ReplayProgress = {
  status: 'connecting',
  playheadMs: undefined,
  records: 0,
  bytes: 0,
  dropped: 0,
  lagMs: 0,
  delayedMs: 0,
  share: undefined,
  remainingMs: undefined,
  offsetsLeft: 0,
}

/** A partition of the target. */
interface Target {
  readonly partition: number
  readonly baseOffset: number
  endOffset: number
}

export class ReplayInto {
  readonly #parts: ReplayIntoParts
  readonly #options: ReplayIntoOptions
  readonly #told: string
  readonly #listeners: [keyof ReplayEventMap, ReplayListener<keyof ReplayEventMap>][] = []
  readonly #stopping = new AbortController()
  readonly #targets: Target[] = []
  #batchBytesMax = BATCH_BYTES_MAX
  #replay: Replay | undefined
  #running: Promise<ReplayIntoSummary> | undefined
  #stored = 0
  #found = 0

  /** Made by `Varve.replayInto`. @throws VarveError INVALID_ARGUMENT ... as of a replay */
  constructor(parts: ReplayIntoParts, options: ReplayIntoOptions) {
    const { into, partitioning = 'keep' } = options
    requireText('into', into)
    if (partitioning !== 'keep' && (partitioning as unknown) !== 'by-key') {
      throw refusal('partitioning', 'partitioning must be keep or by-key')
    }
    const { topics = [], sources = [] } = options
    const played = [
      ...(typeof topics === 'string' ? [topics] : topics),
      ...sources.map(({ topic }) => topic),
    ]
    if (played.includes(into)) {
      throw refusal('into', `${into} cannot be replayed into itself: name another topic`)
    }
    this.#parts = parts
    this.#options = options
    this.#told = toldOf(options)
  }

  /**
   * Plays and stores until all was stored, `close`, or something that does not pass. To be called once.
   * @throws VarveError UNEXPECTED_OFFSET when somebody else writes to the target · INVALID_ARGUMENT when what was saved is of another replay ·
   *   whatever stops a replay or refuses its records
   */
  run(): Promise<ReplayIntoSummary> {
    this.#running ??= this.#run().finally(async () => {
      await this.#parts.producer.close()
      this.#parts.onClosed()
    })
    return this.#running
  }

  /** How far the reading is; what is being stored is behind that. */
  progress(): ReplayProgress {
    return this.#replay?.progress() ?? NOT_BEGUN
  }

  /** Records that were stored in this run of the program. */
  get stored(): number {
    return this.#stored
  }

  pause(): void {
    this.#replay?.pause()
  }

  resume(): void {
    this.#replay?.resume()
  }

  /** @throws VarveError INVALID_ARGUMENT */
  step(records = 1): void {
    this.#replay?.step(records)
  }

  /** @throws VarveError INVALID_ARGUMENT */
  setPace(pace: ReplayPaceOptions): void {
    this.#replay?.setPace(pace)
  }

  /** As of a replay. To be called before `run`. */
  on<Name extends keyof ReplayEventMap>(event: Name, listener: ReplayListener<Name>): this {
    this.#listeners.push([event, listener as ReplayListener<keyof ReplayEventMap>])
    return this
  }

  /** Ends it behind the round that is being stored; with a store another run goes on from there. */
  async close(options: CloseOptions = {}): Promise<void> {
    this.#stopping.abort(new VarveError('CLOSED', 'the replay was closed'))
    await this.#replay?.close(options)
    await this.#running?.catch(() => undefined)
  }

  async #run(): Promise<ReplayIntoSummary> {
    const saved = await this.#load()
    await this.#findTargets(saved)
    const from = saved === undefined ? undefined : await this.#finishRound(saved)
    const told = playOptions(this.#options)
    const replay = this.#open(from === undefined ? told : { ...withoutPlaces(told), resume: from })
    this.#replay = replay
    for (const [event, listener] of this.#listeners) replay.on(event, listener)
    try {
      await replay.ready()
      const reached = await this.#copy(replay)
      const { signal } = this.#stopping
      await this.#save(reached, [], !signal.aborted)
      return {
        replay: signal.aborted ? undefined : await replay.summary(),
        stored: this.#stored,
        found: this.#found,
        partitions: this.#partitions(),
      }
    } finally {
      await replay.close()
    }
  }

  /** Reads on while a round is being stored, as far as the next one may go. @returns how far all of it is stored */
  async #copy(replay: Replay): Promise<ReplayPositions> {
    const begin = replay.positions()
    const indexes = indexesOf(begin)
    const offsets = new Map(begin.places.map((place) => [keyOf(place), place.offset]))
    let stored = begin
    let next = new ReplayRound(indexes)
    let storing: Promise<void> | undefined
    let failure: Error | undefined
    const store = (): void => {
      if (storing !== undefined || failure !== undefined || next.size === 0) return
      const round = next
      next = new ReplayRound(indexes)
      const done = movedTo(stored, round.places)
      storing = this.#store(round, stored).then(
        () => {
          stored = { ...done, ...playheadOf(replay) }
          storing = undefined
          store()
        },
        (error: unknown) => {
          failure = error instanceof Error ? error : new Error(String(error))
          storing = undefined
          void replay.close()
        },
      )
    }
    try {
      for await (const batch of replay.batches()) {
        const key = keyOf(batch)
        next.add(batch, offsets.get(key) ?? 0)
        offsets.set(key, batch.nextOffset)
        store()
        while (storing !== undefined && next.bytes >= ROUND_BYTES_MAX) await storing
      }
    } finally {
      // Also what came before something stood in the way.
      while (storing !== undefined) await storing
    }
    if (failure !== undefined) throw failure
    return stored
  }

  async #store(round: ReplayRound, before: ReplayPositions): Promise<void> {
    const lists = round.byTarget(this.#options.partitioning ?? 'keep', this.#targets.length)
    await this.#save(before, round.places, false)
    await Promise.all(
      [...lists].map(([partition, records]) => this.#append(partition, records, false)),
    )
  }

  /** What was being stored when the program ended is stored now, as far as it is not. @returns where to go on */
  async #finishRound({ before, round }: ReplayIntoState): Promise<ReplayPositions> {
    if (round.length === 0) return before
    const replay = this.#open({
      ...withoutPace(withoutPlaces(playOptions(this.#options))),
      order: 'partition',
      // Were something passed over now, it would not be the same round.
      trouble: 'stop',
      sources: round.map(({ topic, partition, offset, nextOffset }) => ({
        ...{ topic, partition },
        ...{ from: offset, to: nextOffset },
      })),
    })
    try {
      const again = new ReplayRound(indexesOf(before))
      const offsets = new Map(round.map((place) => [keyOf(place), place.offset]))
      for await (const batch of replay.batches()) again.add(batch, offsets.get(keyOf(batch)) ?? 0)
      const lists = again.byTarget(this.#options.partitioning ?? 'keep', this.#targets.length)
      for (const [partition, records] of lists) await this.#append(partition, records, true)
      return movedTo(before, round)
    } finally {
      await replay.close()
    }
  }

  /** Stores the records behind each other. @param isOpen some of them may be stored already */
  async #append(
    partition: number,
    records: readonly ReplayedRecord[],
    isOpen: boolean,
  ): Promise<void> {
    const target = this.#targets[partition]
    if (target === undefined) throw new Error('a record goes to a partition that is not known')
    const { endOffset: base } = target
    let done = 0
    let mayBeStored = isOpen
    for (let attempt = 1; done < records.length; ) {
      const part = this.#partOf(records, done)
      try {
        await this.#parts.producer.append({
          topic: this.#options.into,
          partition,
          records: part.map(contentOf),
          expectedOffset: base + done,
        })
        done += part.length
        this.#stored += part.length
        attempt = 1
      } catch (error) {
        if (!isVarveError(error)) throw error
        const found = foundAt(error, base, records.length)
        if (mayBeStored && found !== undefined && found > done) {
          this.#found += found - done
          done = found
          continue
        }
        if (error.code === 'UNEXPECTED_OFFSET') throw this.#foreign(partition, base + done, error)
        if (error.code === 'BATCH_TOO_LARGE' && part.length > 1) {
          this.#batchBytesMax = Math.max(1, Math.floor(this.#batchBytesMax / 2))
          continue
        }
        if (error.kind !== 'transient') throw error
        mayBeStored ||= error.effect === 'unknown'
        this.#stopping.signal.throwIfAborted()
        await pauseBefore(attempt++, this.#parts.context, this.#stopping.signal)
      }
    }
    target.endOffset = base + records.length
  }

  #partOf(records: readonly ReplayedRecord[], from: number): readonly ReplayedRecord[] {
    let bytes = 0
    let to = from
    for (; to < records.length && to - from < LIMITS.recordsPerBatchMax; to++) {
      const { key, value } = records[to] as ReplayedRecord
      bytes += 64 + (key?.length ?? 0) + (value?.length ?? 0)
      if (bytes > this.#batchBytesMax && to > from) break
    }
    return records.slice(from, to)
  }

  #foreign(partition: number, expected: number, error: VarveError): VarveError {
    const { into } = this.#options
    return new VarveError(
      'UNEXPECTED_OFFSET',
      `${into}/${partition} was written to by somebody else: its next record was to be at ${expected}, and is at ${String(error.details['endOffset'])}. Replay into a topic of its own`,
      { details: { ...error.details, topic: into, partition }, cause: error },
    )
  }

  async #findTargets(saved: ReplayIntoState | undefined): Promise<void> {
    const { into } = this.#options
    const { partitions, settings } = await this.#parts.admin.describeTopic(into)
    const stamps = settings.find(({ name }) => name === 'message.timestamp.type')
    if (stamps?.value === 'LogAppendTime') {
      const message = `${into} gives records the time of their append, and would not keep theirs: set message.timestamp.type to CreateTime`
      throw new VarveError('INVALID_ARGUMENT', message, { details: { topic: into } })
    }
    if (saved !== undefined && saved.targets.length !== partitions.length) {
      const message = `${into} has ${partitions.length} partitions now, and had ${saved.targets.length} when the replay began: what goes where would differ. Store it anew, in another topic`
      throw new VarveError('INVALID_ARGUMENT', message, { details: { topic: into } })
    }
    const known = new Map(saved?.targets.map((target) => [target.partition, target]))
    for (const info of partitions) {
      const { partition } = info
      const { baseOffset, endOffset } = known.get(partition) ?? {
        baseOffset: info.endOffset,
        endOffset: info.endOffset,
      }
      if (info.endOffset < endOffset) {
        const message = `${into}/${partition} ends at ${info.endOffset}, and ${endOffset} was reached before: it was deleted or made anew. Remove what was saved of the replay to store everything once more`
        throw new VarveError('INVALID_ARGUMENT', message, { details: { topic: into, partition } })
      }
      this.#targets[partition] = { partition, baseOffset, endOffset }
    }
  }

  #partitions(): ReplayIntoPartition[] {
    const { into: topic } = this.#options
    return this.#targets.map(({ partition, baseOffset, endOffset }) => ({
      ...{ topic, partition, baseOffset, endOffset },
    }))
  }

  async #load(): Promise<ReplayIntoState | undefined> {
    const text = await this.#options.store?.load()
    return text === undefined ? undefined : decodeState(text, this.#told)
  }

  async #save(
    before: ReplayPositions,
    round: readonly ReplayRoundPlace[],
    isDone: boolean,
  ): Promise<void> {
    const { store } = this.#options
    if (store === undefined) return
    const targets = this.#partitions()
    await store.save(encodeState({ version: 1, told: this.#told, before, round, targets, isDone }))
  }

  #open(options: ReplayOptions): Replay {
    this.#stopping.signal.throwIfAborted()
    return this.#parts.replay(options)
  }
}

function playOptions(options: ReplayIntoOptions): ReplayOptions {
  return without(options, 'into', 'partitioning', 'store', 'durability', 'compression')
}

function withoutPlaces(options: ReplayOptions): ReplayOptions {
  return without(options, 'topics', 'sources', 'from', 'to')
}

/** A round that is made again has no pace. */
function withoutPace(options: ReplayOptions): ReplayOptions {
  return without(options, 'speed', 'rate', 'gapMaxMs', 'follow')
}

function without<Options extends object, Name extends keyof Options & string>(
  options: Options,
  ...names: readonly Name[]
): Omit<Options, Name> {
  const left = Object.entries(options).filter(([name]) => !names.includes(name as Name))
  return Object.fromEntries(left) as Omit<Options, Name>
}

function playheadOf(replay: Replay): Pick<ReplayPositions, 'playheadMs'> {
  const { playheadMs } = replay.positions()
  return playheadMs === undefined ? {} : { playheadMs }
}

function indexesOf({ places }: ReplayPositions): Map<string, number> {
  return new Map(places.map((place, index) => [keyOf(place), index]))
}

function movedTo(before: ReplayPositions, round: readonly ReplayRoundPlace[]): ReplayPositions {
  const reached = new Map(round.map((place) => [keyOf(place), place.nextOffset]))
  const places = before.places.map((place) => ({
    ...place,
    offset: reached.get(keyOf(place)) ?? place.offset,
  }))
  return { ...before, places }
}

function contentOf({ key, value, headers, timestampMs }: ReplayedRecord): {
  key: Buffer | null
  value: Buffer | null
  headers: ReplayedRecord['headers']
  timestampMs: number
} {
  return { key, value, headers, timestampMs }
}

/** How many of the records are stored, if the refusal is about that. */
function foundAt(error: VarveError, base: number, count: number): number | undefined {
  if (error.code !== 'UNEXPECTED_OFFSET') return undefined
  const found = Number(error.details['endOffset']) - base
  return Number.isInteger(found) && found >= 0 && found <= count ? found : undefined
}

function keyOf({
  topic,
  partition,
}: {
  readonly topic: string
  readonly partition: number
}): string {
  return `${topic}/${partition}`
}
