// Takes down a history as it happens. An operation is begun, gets a number, and is ended by it; one that is never ended
// counts as one that nobody knows the outcome of, so that a recorder that dies with its process has said nothing wrong.
import type { Durability } from '../domain/durability.ts'
import {
  type Bounds,
  type Commit,
  type CommitReset,
  type Committed,
  type History,
  type HistoryKey,
  type KeyId,
  type KeySettings,
  type Nemesis,
  OK,
  OPEN,
  OUTCOME_CODES,
  type ProcessId,
  type Rebalance,
  type Reposition,
  type Subscription,
  UNKNOWN,
} from './history.ts'
import { ByteColumn, FloatColumn, IntColumn } from './number-column.ts'
import type { Outcome } from './outcome.ts'
import { ValueTable } from './value-table.ts'

/** What the broker said when it accepted a batch. */
export interface Acknowledgement {
  readonly at: number
  readonly baseOffset: number
  readonly epoch?: number
  readonly durability?: Durability
  /** Which start of the broker it was. */
  readonly incarnation?: string
}

/** What an answer said of the bounds of a partition; left out what it did not say. */
export interface ToldBounds {
  readonly logStart?: number
  readonly highWatermark?: number
  readonly logEnd?: number
  readonly epoch?: number
  readonly incarnation?: string
}

type Timed = { readonly invokedAt: number; readonly endedAt: number }

export class HistoryBuilder {
  readonly #keys = new Names<HistoryKey>()
  readonly #processes = new Names<string>()
  readonly #incarnations = new Names<string>()
  readonly #sends = {
    process: new IntColumn(),
    key: new IntColumn(),
    invokedAt: new FloatColumn(),
    endedAt: new FloatColumn(),
    outcome: new ByteColumn(),
    baseOffset: new FloatColumn(),
    epoch: new IntColumn(),
    isSynced: new ByteColumn(),
    incarnation: new IntColumn(),
    valuesStart: new IntColumn(),
    valuesCount: new IntColumn(),
  }
  readonly #sentValues = new FloatColumn()
  readonly #sendOfValue = new IntColumn()
  readonly #valueTable = new ValueTable()
  readonly #polls = {
    process: new IntColumn(),
    invokedAt: new FloatColumn(),
    endedAt: new FloatColumn(),
    outcome: new ByteColumn(),
  }
  readonly #reads = {
    poll: new IntColumn(),
    key: new IntColumn(),
    firstOffset: new FloatColumn(),
    epoch: new IntColumn(),
    valuesStart: new IntColumn(),
    valuesCount: new IntColumn(),
  }
  readonly #readValues = new FloatColumn()
  readonly #lastPoll = new Map<ProcessId, number>()
  readonly #repositions: Reposition[] = []
  readonly #bounds: Bounds[] = []
  readonly #boundsOfPolls = new Map<number, { key: KeyId; told: ToldBounds }[]>()
  readonly #commits: Commit[] = []
  readonly #committed: Committed[] = []
  readonly #commitResets: CommitReset[] = []
  readonly #rebalances: Rebalance[] = []
  readonly #subscriptions: Subscription[] = []
  readonly #nemeses: Nemesis[] = []
  readonly #finalReaders = new Set<ProcessId>()

  /** The number of a partition; the settings of the first call stay. */
  key(name: string, settings: KeySettings = { durability: 'synced' }): KeyId {
    const { durability, hasRetention = false, firstOffset = 0 } = settings
    return this.#keys.idOf(name, () => ({ name, durability, hasRetention, firstOffset }))
  }

  /** The number of a process. */
  process(name: string): ProcessId {
    return this.#processes.idOf(name, () => name)
  }

  /**
   * A batch goes out. Its values are copied.
   * @returns the number of the send
   * @throws RangeError for values that are no integers of 0 to 2^53 - 1, or none
   */
  sendBegan(process: ProcessId, key: KeyId, values: ArrayLike<number>, at: number): number {
    if (values.length === 0) throw new RangeError('a batch without records')
    const send = this.#sends.process.push(process)
    const start = this.#sentValues.append(values)
    for (let index = 0; index < values.length; index++) {
      this.#valueTable.add(values[index] as number, start + index)
      this.#sendOfValue.push(send)
    }
    this.#sends.key.push(key)
    this.#sends.invokedAt.push(at)
    this.#sends.endedAt.push(Number.NaN)
    this.#sends.outcome.push(OPEN)
    this.#sends.baseOffset.push(Number.NaN)
    this.#sends.epoch.push(UNKNOWN)
    this.#sends.isSynced.push(0)
    this.#sends.incarnation.push(UNKNOWN)
    this.#sends.valuesStart.push(start)
    this.#sends.valuesCount.push(values.length)
    return send
  }

  sendAcknowledged(send: number, ack: Acknowledgement): void {
    this.#sends.outcome.set(send, OK)
    this.#sends.endedAt.set(send, ack.at)
    this.#sends.baseOffset.set(send, ack.baseOffset)
    this.#sends.epoch.set(send, ack.epoch ?? UNKNOWN)
    this.#sends.isSynced.set(send, ack.durability === 'synced' ? 1 : 0)
    this.#sends.incarnation.set(send, this.#incarnation(ack.incarnation) ?? UNKNOWN)
  }

  /** The send was refused, or nobody knows: outcome.ts says which. */
  sendFailed(send: number, outcome: 'fail' | 'info', at: number): void {
    this.#sends.outcome.set(send, OUTCOME_CODES[outcome])
    this.#sends.endedAt.set(send, at)
  }

  /** @returns the number of the poll */
  pollBegan(process: ProcessId, at: number): number {
    const poll = this.#polls.process.push(process)
    this.#polls.invokedAt.push(at)
    this.#polls.endedAt.push(Number.NaN)
    this.#polls.outcome.push(OPEN)
    this.#lastPoll.set(process, poll)
    return poll
  }

  /**
   * Consecutive records of a partition in what a poll gave, in its order; the values are copied, NaN for a record without one
   * (record-value.ts). To be said before the poll is ended, and also when it goes on to fail.
   * @param epoch of their batch, when known
   */
  pollRead(
    poll: number,
    key: KeyId,
    firstOffset: number,
    values: ArrayLike<number>,
    epoch: number = UNKNOWN,
  ): void {
    if (values.length === 0) return
    this.#reads.poll.push(poll)
    this.#reads.key.push(key)
    this.#reads.firstOffset.push(firstOffset)
    this.#reads.epoch.push(epoch)
    this.#reads.valuesStart.push(this.#readValues.append(values))
    this.#reads.valuesCount.push(values.length)
  }

  /** What the answer to a poll said of the bounds of a partition. To be said before the poll is ended. */
  pollTold(poll: number, key: KeyId, told: ToldBounds): void {
    const list = this.#boundsOfPolls.get(poll)
    if (list === undefined) this.#boundsOfPolls.set(poll, [{ key, told }])
    else list.push({ key, told })
  }

  pollEnded(poll: number, outcome: Outcome, at: number): void {
    this.#polls.outcome.set(poll, OUTCOME_CODES[outcome])
    this.#polls.endedAt.set(poll, at)
    const invokedAt = this.#polls.invokedAt.get(poll)
    for (const { key, told } of this.#boundsOfPolls.get(poll) ?? []) {
      this.toldBounds(key, told, { invokedAt, endedAt: at })
    }
    this.#boundsOfPolls.delete(poll)
  }

  /**
   * A process is assigned a partition, seeks in it or is set elsewhere because its place is gone.
   * @param offset of the record that it reads next; undefined when that is not known
   */
  positioned(process: ProcessId, key: KeyId, offset: number | undefined, at: number): void {
    const last = this.#lastPoll.get(process)
    // Where a poll is under way, its records may be from before or after.
    if (last !== undefined && this.#polls.outcome.get(last) === OPEN) {
      this.#repositions.push({ process, key, offset: undefined, at, poll: last })
      this.#repositions.push({ process, key, offset: undefined, at, poll: last + 1 })
      return
    }
    this.#repositions.push({ process, key, offset, at, poll: this.#polls.process.length })
  }

  /** An answer about the bounds of a partition. */
  toldBounds(key: KeyId, told: ToldBounds, { invokedAt, endedAt }: Timed): void {
    const { logStart, highWatermark, logEnd, epoch } = told
    const incarnation = this.#incarnation(told.incarnation)
    const bounds = { key, logStart, highWatermark, logEnd, epoch, incarnation }
    this.#bounds.push({ ...bounds, invokedAt, endedAt })
  }

  commit(commit: Commit): void {
    this.#commits.push(commit)
  }

  committed(committed: Committed): void {
    this.#committed.push(committed)
  }

  commitReset(reset: CommitReset): void {
    this.#commitResets.push(reset)
  }

  rebalanced(rebalance: Omit<Rebalance, 'poll'>): void {
    for (const key of [...rebalance.assigned, ...rebalance.revoked]) {
      this.positioned(rebalance.process, key, undefined, rebalance.at)
    }
    const last = this.#lastPoll.get(rebalance.process)
    const isPolling = last !== undefined && this.#polls.outcome.get(last) === OPEN
    this.#rebalances.push({ ...rebalance, poll: isPolling ? last : this.#polls.process.length })
  }

  subscribed(subscription: Subscription): void {
    this.#subscriptions.push(subscription)
  }

  nemesis(nemesis: Nemesis): void {
    this.#nemeses.push(nemesis)
  }

  /** Says that the process is a fresh client that reads every partition from its start to its end, after all else. */
  finalReader(process: ProcessId): void {
    this.#finalReaders.add(process)
  }

  /** The history so far. It shares the columns of the builder, which is not written to any more. */
  build(): History {
    return {
      keys: this.#keys.list,
      processes: this.#processes.list,
      incarnations: this.#incarnations.list,
      sends: this.#sends,
      sentValues: this.#sentValues,
      sendOfValue: this.#sendOfValue,
      valueTable: this.#valueTable,
      polls: this.#polls,
      reads: this.#reads,
      readValues: this.#readValues,
      repositions: this.#repositions,
      bounds: this.#bounds,
      commits: this.#commits,
      committed: this.#committed,
      commitResets: this.#commitResets,
      rebalances: this.#rebalances,
      subscriptions: this.#subscriptions,
      nemeses: this.#nemeses,
      finalReaders: [...this.#finalReaders],
    }
  }

  #incarnation(name: string | undefined): number | undefined {
    return name === undefined ? undefined : this.#incarnations.idOf(name, () => name)
  }
}

/** Things by name, numbered as they come. */
class Names<T> {
  readonly #ids = new Map<string, number>()
  readonly list: T[] = []

  idOf(name: string, make: () => T): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    this.#ids.set(name, this.list.length)
    return this.list.push(make()) - 1
  }
}
