// Writes the checkpoints of the journal and lets go of what is older than the history. A checkpoint is a begin, the state of each
// group in its own time, and an end: states lie between two appends of their groups, while other events go on around them.
// Invariant: nothing is deleted before a whole checkpoint behind it is as durable as the engine can make it.
import { isVarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Offset } from '../../domain/offset.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { CheckpointHint } from './checkpoint-hint.ts'
import type { StateOfGroup } from './group-journal.ts'
import type { JournalPlace } from './group-topic.ts'
import { encodeJournalValue, type JournalValue } from './journal-record.ts'
import type { JournalStretches } from './journal-stretches.ts'
import { type JournalUnit, type JournalWriter, unitBytes } from './journal-writer.ts'

/** States that are on their way to the log at a time. */
const BYTES_AHEAD = 2 * 1024 * 1024
/** The next checkpoint comes when there are so many times the bytes of the last one. */
const GROWTH = 4
/** A checkpoint is worth writing at a stop when a start would have to read so much besides the last one. */
const WORTHWHILE_BYTES = 256 * 1024

export interface JournalCheckpointsParts {
  readonly place: JournalPlace
  readonly writer: JournalWriter
  readonly hint: CheckpointHint
  readonly clock: Clock
  readonly log: Log
  readonly limits: Pick<
    Limits,
    'groupCheckpointIntervalBytes' | 'groupHistoryRetentionMs' | 'groupHistoryBytesMax'
  >
  readonly stretches: () => JournalStretches
  /** Groups that exist, as stored. */
  readonly groupIds: () => readonly string[]
  readonly onDue: () => void
  /** Called for each one that is whole. */
  readonly onWritten: () => void
}

export class JournalCheckpoints {
  readonly #parts: JournalCheckpointsParts
  #running: Promise<void> | undefined
  /** Bytes since the last one at which the owner is asked again; undefined for the rule. */
  #askAgainBytes: number | undefined

  constructor(parts: JournalCheckpointsParts) {
    this.#parts = parts
  }

  get isWorthwhile(): boolean {
    const { sinceBytes, checkpointBytes } = this.#parts.stretches()
    return sinceBytes >= Math.max(WORTHWHILE_BYTES, checkpointBytes)
  }

  /** To be called after each batch. */
  askWhenDue(): void {
    if (this.#running !== undefined) return
    const { stretches, limits, onDue } = this.#parts
    const { sinceBytes, checkpointBytes } = stretches()
    const { groupCheckpointIntervalBytes: least } = limits
    const due = this.#askAgainBytes ?? Math.max(least, GROWTH * checkpointBytes)
    if (sinceBytes < due) return
    this.#askAgainBytes = sinceBytes + least
    onDue()
  }

  /** Writes a checkpoint, or waits for the one that is being written. @throws as GroupJournal.checkpoint */
  write(stateOf: StateOfGroup): Promise<void> {
    this.#running ??= this.#write(stateOf).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Resolves when none is being written. */
  async idle(): Promise<void> {
    await this.#running?.catch(() => undefined)
  }

  async #write(stateOf: StateOfGroup): Promise<void> {
    const { stretches, clock, log, hint } = this.#parts
    if (stretches().bytes === 0) return
    const id = stretches().lastId + 1
    const startedMs = clock.monotonicMs()
    const begin = await this.#mark(
      () => ({ checkpointBegin: { id, earlier: stretches().all } }),
      (offset) => {
        stretches().begin(id, offset)
      },
    )
    const groupIds = this.#parts.groupIds()
    try {
      await this.#writeStates(groupIds, stateOf)
      await this.#mark(
        () => ({ checkpointEnd: { id } }),
        (offset) => {
          stretches().end(offset)
          this.#askAgainBytes = undefined
        },
      )
    } catch (error) {
      stretches().abandon()
      throw error
    }
    this.#parts.onWritten()
    await hint.save({ id, begin })
    log.info('group_checkpoint_written', {
      groups: groupIds.length,
      bytes: stretches().checkpointBytes,
      durationMs: Math.round(clock.monotonicMs() - startedMs),
    })
    await this.#trim()
  }

  async #writeStates(groupIds: readonly string[], stateOf: StateOfGroup): Promise<void> {
    let ahead: Promise<void>[] = []
    let aheadBytes = 0
    for (const groupId of groupIds) {
      // Its place behind the group's last append is taken while the group stands still; it is stored while the group goes on.
      await stateOf(groupId, async (state) => {
        if (state === undefined) return
        const unit = unitOf(Buffer.from(groupId), encodeJournalValue({ state }))
        const stored = this.#append(unit)
        // Whoever waits for all of them hears of a failure.
        stored.catch(() => undefined)
        ahead.push(stored)
        aheadBytes += unit.bytes
      })
      if (aheadBytes < BYTES_AHEAD) continue
      await Promise.all(ahead)
      ahead = []
      aheadBytes = 0
    }
    await Promise.all(ahead)
  }

  /** Stores a marker, alone and durably. @returns its offset */
  async #mark(value: () => JournalValue, onStored: (offset: number) => void): Promise<number> {
    let at = 0
    const bytes = encodeJournalValue(value()).length
    await this.#append({
      ...{ key: null, values: () => [encodeJournalValue(value())], bytes },
      ...{ isAlone: true, isSynced: true },
      onStored: (offset) => {
        at = offset
        onStored(offset)
      },
    })
    return at
  }

  #append(unit: JournalUnit): Promise<void> {
    return this.#parts.writer.append(unit, { isBounded: false })
  }

  /** Lets go of what nobody asks for. A failure leaves it for the next time. */
  async #trim(): Promise<void> {
    const { stretches, clock, limits, place, log } = this.#parts
    const count = stretches().expired({
      earliestMs: clock.wallMs() - limits.groupHistoryRetentionMs,
      bytesMax: limits.groupHistoryBytesMax,
    })
    const first = stretches().all[count]
    if (count === 0 || first === undefined) return
    try {
      // First it is not read from any more, then it goes.
      stretches().drop(count)
      await place.find()?.deleteBefore(first.begin as Offset)
    } catch (error) {
      if (!isVarveError(error)) throw error
      log.warn('group_history_not_deleted', { error })
    }
  }
}

function unitOf(key: Buffer, value: Buffer): JournalUnit {
  return { key, values: () => [value], bytes: unitBytes(key, [value]) }
}
