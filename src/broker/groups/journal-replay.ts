// From the records of the journal to the groups as they were stored. A replay begins with nothing at all, or at a checkpoint:
// then a group is known from its state there or from its creation on, and what comes before that is older than its state.
// Invariant: what does not follow on what was before is damage, and never passed over.
import { evolve } from '../../coordinator/evolve.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import type { JournalRecord } from './journal-reader.ts'
import {
  type CheckpointBegin,
  decodeJournalValue,
  JournalDamage,
  type JournalValue,
} from './journal-record.ts'

/** What the replay tells of checkpoints while it passes them. */
export interface CheckpointEvents {
  readonly onBegin?: (begin: CheckpointBegin, position: number) => void
  readonly onEnd?: (id: number, position: number) => void
}

export class JournalReplay {
  readonly groups = new Map<string, GroupState>()
  readonly #events: CheckpointEvents
  /** Of the checkpoint that is being passed. */
  #openId: number | undefined
  #isWhole: boolean

  /** @param isFromNothing the records are all that there ever were. */
  constructor(isFromNothing: boolean, events: CheckpointEvents = {}) {
    this.#isWhole = isFromNothing
    this.#events = events
  }

  /** Every group is known as it was at the last record. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** @throws JournalDamage */
  take(record: JournalRecord): JournalValue {
    const value = decodeJournalValue(record.value, record.position)
    const { groupId, position } = record
    if (groupId === undefined) this.#takeMarker(value, position)
    else if (value.event !== undefined) this.#takeEvent(groupId, value.event, position)
    else if (value.state !== undefined) this.#takeState(groupId, value.state, position)
    else throw new JournalDamage(position, 'a checkpoint has the key of a group')
    return value
  }

  #takeMarker({ checkpointBegin, checkpointEnd }: JournalValue, position: number): void {
    if (checkpointBegin !== undefined) {
      this.#openId = checkpointBegin.id
      // Without a whole one before it, what an unfinished checkpoint told begins anew.
      if (!this.#isWhole) this.groups.clear()
      this.#events.onBegin?.(checkpointBegin, position)
      return
    }
    if (checkpointEnd === undefined) throw new JournalDamage(position, 'the record has no group')
    if (checkpointEnd.id !== this.#openId) {
      throw new JournalDamage(position, `checkpoint ${checkpointEnd.id} ends without its begin`)
    }
    this.#openId = undefined
    this.#isWhole = true
    this.#events.onEnd?.(checkpointEnd.id, position)
  }

  #takeEvent(groupId: string, event: NonNullable<JournalValue['event']>, position: number): void {
    const state = this.groups.get(groupId)
    if (state === undefined && event.kind !== 'group-created' && !this.#isWhole) return
    if (event.kind === 'group-created' && event.groupId !== groupId) {
      throw new JournalDamage(position, 'the event is of another group')
    }
    let next: GroupState | undefined
    try {
      next = evolve(state, event)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new JournalDamage(position, `the event does not follow: ${error.message}`)
    }
    if (next === undefined) this.groups.delete(groupId)
    else this.groups.set(groupId, next)
  }

  #takeState(groupId: string, state: GroupState, position: number): void {
    if (state.groupId !== groupId)
      throw new JournalDamage(position, 'the state is of another group')
    if (this.#openId === undefined) {
      throw new JournalDamage(position, 'a state lies outside of a checkpoint')
    }
    if (this.groups.has(groupId)) return
    if (this.#isWhole)
      throw new JournalDamage(position, 'the state is of a group that is not there')
    this.groups.set(groupId, state)
  }
}
