// What the journal of groups still knows of the past: a group as it stood at a moment, and what happened to it. Read from the
// log each time. A moment is the last position at which the clock showed it or an earlier one: positions decide, since the clock
// may go back.
import type { GroupState } from '../../coordinator/group-state.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { PartitionLog } from '../../storage/engine.ts'
import type { HistoryRange, StoredGroupEvent } from './group-journal.ts'
import { type JournalRecord, readJournal } from './journal-reader.ts'
import { decodeJournalValue, type JournalStretch } from './journal-record.ts'
import { JournalReplay } from './journal-replay.ts'
import type { JournalStretches } from './journal-stretches.ts'

/** How often a read begins again when what it reads from is deleted meanwhile. */
const ATTEMPTS_MAX = 3

export class JournalHistory {
  readonly #log: PartitionLog
  readonly #stretches: JournalStretches

  constructor(log: PartitionLog, stretches: JournalStretches) {
    this.#log = log
    this.#stretches = stretches
  }

  /**
   * The group at the end of that moment.
   * @throws VarveError HISTORY_UNKNOWN · as readJournal · JournalDamage
   */
  stateAsOf(groupId: string, timeMs: number): Promise<GroupState | undefined> {
    return again(() => this.#stateAsOf(groupId, timeMs))
  }

  /** These groups as they are stored now, in one pass over the log. @throws as `stateAsOf` */
  statesNow(groupIds: ReadonlySet<string>): Promise<ReadonlyMap<string, GroupState>> {
    return again(() => this.#statesNow(groupIds))
  }

  async #statesNow(groupIds: ReadonlySet<string>): Promise<ReadonlyMap<string, GroupState>> {
    const stretch = this.#stretches.all.at(-1)
    if (stretch === undefined) throw this.#unknown()
    const replay = new JournalReplay(stretch.id === 0)
    const { readableEnd } = this.#log.bounds()
    for await (const { records } of readJournal(this.#log, stretch.begin, readableEnd)) {
      for (const record of records) {
        if (record.groupId === undefined || groupIds.has(record.groupId)) replay.take(record)
      }
    }
    if (!replay.isWhole) throw this.#unknown()
    return replay.groups
  }

  async #stateAsOf(groupId: string, timeMs: number): Promise<GroupState | undefined> {
    const stretches = [...this.#stretches.all]
    const at = this.#stretches.lastAt(timeMs)
    // Before everything that was ever stored.
    if (at < 0 && stretches[0]?.id === 0) return undefined
    const stretch = stretches[at]
    if (stretch === undefined) throw this.#unknown()
    const end = stretches[at + 1]?.begin ?? this.#log.bounds().readableEnd
    const last = await this.#replay(groupId, stretch, end, timeMs)
    if (last.isKnown) return last.state
    // Within the checkpoint that the stretch begins with: not all groups have been told there.
    const before = stretches[at - 1]
    if (before === undefined) throw this.#unknown()
    return (await this.#replay(groupId, before, last.end, Infinity)).state
  }

  /** Replays a group from the begin of a stretch up to the last batch below `end` that was stored at `timeMs` or earlier. */
  async #replay(
    groupId: string,
    stretch: JournalStretch,
    end: number,
    timeMs: number,
  ): Promise<{ state: GroupState | undefined; isKnown: boolean; end: number }> {
    const replay = new JournalReplay(stretch.id === 0)
    let pending: JournalRecord[] = []
    let reached = stretch.begin
    for await (const batch of readJournal(this.#log, stretch.begin, end)) {
      for (const record of batch.records) {
        if (record.groupId === undefined || record.groupId === groupId) pending.push(record)
      }
      if (batch.timeMs > timeMs) continue
      for (const record of pending) replay.take(record)
      pending = []
      reached = batch.nextOffset
    }
    return { state: replay.groups.get(groupId), isKnown: replay.isWhole, end: reached }
  }

  /** As GroupJournal.history. @throws as readJournal · JournalDamage */
  async *events(groupId: string, range: HistoryRange): AsyncGenerator<StoredGroupEvent> {
    const { fromMs = -Infinity, toMs = Infinity } = range
    let before = range.beforePosition ?? Infinity
    for (;;) {
      const found = this.#stretchBefore(before, fromMs, toMs)
      if (found === undefined) return
      const events = await this.#eventsIn(groupId, found, before)
      for (const stored of events.reverse()) {
        if (stored.timeMs >= fromMs && stored.timeMs < toMs) yield stored
      }
      before = found.begin
    }
  }

  /** The last stretch that has something below a position, and may have something of that time. */
  #stretchBefore(
    position: number,
    fromMs: number,
    toMs: number,
  ): { readonly begin: number; readonly end: number } | undefined {
    const { all } = this.#stretches
    for (let at = all.length - 1; at >= 0; at--) {
      const stretch = all[at]
      if (stretch === undefined || stretch.begin >= position) continue
      const mayHave =
        this.#stretches.minTimeMs(at) < toMs && this.#stretches.maxTimeMs(at) >= fromMs
      if (!mayHave) continue
      // To its end, as what is spread over several batches is only known with the last of them.
      return { begin: stretch.begin, end: all[at + 1]?.begin ?? this.#log.bounds().readableEnd }
    }
    return undefined
  }

  async #eventsIn(
    groupId: string,
    { begin, end }: { readonly begin: number; readonly end: number },
    beforePosition: number,
  ): Promise<StoredGroupEvent[]> {
    const events: StoredGroupEvent[] = []
    try {
      for await (const { records } of readJournal(this.#log, begin, end)) {
        for (const { groupId: owner, value, position, timeMs } of records) {
          if (owner !== groupId || position >= beforePosition) continue
          const { event } = decodeJournalValue(value, position)
          if (event !== undefined) events.push({ event, position, timeMs })
        }
      }
    } catch (error) {
      // The history went meanwhile; what was read of it goes with it.
      if (isVarveError(error, 'OFFSET_OUT_OF_RANGE')) return []
      throw error
    }
    return events
  }

  #unknown(): VarveError {
    const { knownFromMs } = this.#stretches
    return new VarveError(
      'HISTORY_UNKNOWN',
      `what was before ${new Date(knownFromMs).toISOString()} is not known any more`,
      { details: { knownFromMs } },
    )
  }
}

/** Reads; anew where what is read from was deleted meanwhile. */
async function again<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      if (!isVarveError(error, 'OFFSET_OUT_OF_RANGE') || attempt === ATTEMPTS_MAX) throw error
    }
  }
}
