// The journal of groups on a partition of the storage engine. Events are appended; now and then the state of every group is
// written behind them, while the groups go on: a checkpoint. A start reads from the last whole one, and what is older goes when
// the history does not ask for it any more. Invariants: what was acknowledged is never lost, whatever the limits of the
// history are; nothing is served from a journal of which a part cannot be read.
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { type Counter, type Metrics, NO_METRICS } from '../../platform/metrics.ts'
import type { MetadataStore } from '../../storage/metadata-store.ts'
import { CheckpointHint } from './checkpoint-hint.ts'
import type { GroupJournal, HistoryRange, StateOfGroup, StoredGroupEvent } from './group-journal.ts'
import type { JournalPlace } from './group-topic.ts'
import { JournalCheckpoints } from './journal-checkpoints.ts'
import { JournalHistory } from './journal-history.ts'
import { encodeJournalValue, JournalDamage } from './journal-record.ts'
import { JournalStretches } from './journal-stretches.ts'
import { JournalWriter, unitBytes } from './journal-writer.ts'
import { loadJournal } from './load-journal.ts'

export interface LogGroupJournalParts {
  readonly place: JournalPlace
  readonly metadata: MetadataStore
  readonly clock: Clock
  readonly log: Log
  /** Where batches and checkpoints are counted; nowhere unless told. */
  readonly metrics?: Metrics
  readonly limits: Pick<
    Limits,
    | 'groupJournalQueueBytesMax'
    | 'groupJournalBatchBytesMax'
    | 'groupCheckpointIntervalBytes'
    | 'groupHistoryRetentionMs'
    | 'groupHistoryBytesMax'
  >
  /** The owner is to call `checkpoint` soon. Called again when one has failed and more was stored since. */
  readonly onCheckpointDue: () => void
}

interface Reload {
  readonly groupIds: Set<string>
  readonly states: Promise<ReadonlyMap<string, GroupState>>
}

const NO_STATES: ReadonlyMap<string, GroupState> = new Map()

export class LogGroupJournal implements GroupJournal {
  readonly #parts: LogGroupJournalParts
  readonly #hint: CheckpointHint
  readonly #writer: JournalWriter
  readonly #checkpoints: JournalCheckpoints
  readonly #counters: Readonly<Record<'batches' | 'bytes' | 'checkpoints', Counter>>
  #stretches = new JournalStretches(true)
  /** Groups that exist, as stored. */
  readonly #groupIds = new Set<string>()
  #isLoaded = false
  /** Groups that are to be read again, in one pass: after a full disk that may be all of them. */
  #nextReload: Reload | undefined
  /** Ends with the pass that is under way. */
  #reloading: Promise<unknown> = Promise.resolve()
  /** Why nothing can be done any more. */
  #damage: VarveError | undefined

  constructor(parts: LogGroupJournalParts) {
    const { place, metadata, clock, log, limits, metrics = NO_METRICS } = parts
    this.#parts = parts
    this.#counters = {
      batches: metrics.counter('varve_group_journal_batches_total'),
      bytes: metrics.counter('varve_group_journal_bytes_total'),
      checkpoints: metrics.counter('varve_group_checkpoints_total'),
    }
    this.#hint = new CheckpointHint(metadata, log)
    this.#writer = new JournalWriter({
      open: () => place.open(),
      clock,
      limits,
      onBatch: (batch) => {
        this.#stretches.add(batch)
        this.#counters.batches.add()
        this.#counters.bytes.add(batch.bytes)
        this.#checkpoints.askWhenDue()
      },
    })
    this.#checkpoints = new JournalCheckpoints({
      ...{ place, clock, log, limits, hint: this.#hint, writer: this.#writer },
      onDue: parts.onCheckpointDue,
      onWritten: () => {
        this.#counters.checkpoints.add()
      },
      stretches: () => this.#stretches,
      groupIds: () => [...this.#groupIds],
    })
  }

  get knownFromMs(): number {
    return this.#stretches.knownFromMs
  }

  get isCheckpointWorthwhile(): boolean {
    return this.#isLoaded && this.#damage === undefined && this.#checkpoints.isWorthwhile
  }

  async load(): Promise<readonly GroupState[]> {
    if (this.#isLoaded) throw new Error('the journal of groups was loaded already')
    if (this.#damage !== undefined) throw this.#damage
    const { place } = this.#parts
    return await this.#guarded(async () => {
      const stored = place.find()
      if (stored === undefined) {
        this.#isLoaded = true
        return []
      }
      const { groups, stretches } = await loadJournal(stored, await this.#hint.load())
      this.#stretches = stretches
      for (const groupId of groups.keys()) this.#groupIds.add(groupId)
      this.#isLoaded = true
      return [...groups.values()]
    })
  }

  async append(groupId: string, events: readonly GroupEvent[]): Promise<void> {
    this.#check()
    if (events.length === 0) return
    const key = Buffer.from(groupId)
    const values = events.map((event) => encodeJournalValue({ event }))
    const unit = {
      ...{ key, values: () => values, bytes: unitBytes(key, values) },
      onStored: () => {
        this.#noteGroup(groupId, events)
      },
    }
    await this.#writer.append(unit, { isBounded: true })
  }

  async reload(groupId: string): Promise<GroupState | undefined> {
    this.#check()
    this.#nextReload ??= this.#newReload()
    const { groupIds, states } = this.#nextReload
    groupIds.add(groupId)
    return (await states).get(groupId)
  }

  async stateAsOf(groupId: string, timeMs: number): Promise<GroupState | undefined> {
    this.#check()
    return await this.#guarded(async () => this.#history()?.stateAsOf(groupId, timeMs))
  }

  async *history(groupId: string, range: HistoryRange = {}): AsyncGenerator<StoredGroupEvent> {
    this.#check()
    const events = this.#history()?.events(groupId, range)
    if (events === undefined) return
    for (;;) {
      const next = await this.#guarded(() => events.next())
      if (next.done === true) return
      yield next.value
    }
  }

  async checkpoint(stateOf: StateOfGroup): Promise<void> {
    this.#check()
    await this.#checkpoints.write(stateOf)
  }

  async close(): Promise<void> {
    await this.#writer.close()
    await this.#checkpoints.idle()
    await this.#reloading
  }

  /** Begins when the one before it has ended, and takes along who came until then. */
  #newReload(): Reload {
    const groupIds = new Set<string>()
    const states = this.#reloading.then(() => {
      this.#nextReload = undefined
      return this.#guarded(async () => (await this.#history()?.statesNow(groupIds)) ?? NO_STATES)
    })
    this.#reloading = states.catch(() => undefined)
    return { groupIds, states }
  }

  #history(): JournalHistory | undefined {
    const log = this.#parts.place.find()
    return log && new JournalHistory(log, this.#stretches)
  }

  #noteGroup(groupId: string, events: readonly GroupEvent[]): void {
    for (const { kind } of events) {
      if (kind === 'group-created') this.#groupIds.add(groupId)
      else if (kind === 'group-deleted') this.#groupIds.delete(groupId)
    }
  }

  /** @throws VarveError NOT_READY before `load` · CORRUPT_LOG */
  #check(): void {
    if (this.#damage !== undefined) throw this.#damage
    if (!this.#isLoaded) throw new VarveError('NOT_READY', 'the groups are being loaded')
  }

  /** Runs what reads the log, and says of damage what it means. */
  async #guarded<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof JournalDamage) && !isVarveError(error, 'CORRUPT_LOG')) throw error
      const damage = new VarveError(
        'CORRUPT_LOG',
        `the journal of groups is not what was stored: ${error.message}`,
        { cause: error },
      )
      // What is damaged in the history alone stops nobody.
      if (!this.#isLoaded) this.#damage = damage
      throw damage
    }
  }
}
