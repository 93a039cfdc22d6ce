// Calls that wait until a group has committed past given offsets. Invariants: only what is stored counts; a commit costs no more than
// the calls that it ends, however many wait; their number is bounded; each ends once, and then nothing of it is left.
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { CommittedOffset } from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionKey, topicIdOf } from '../../coordinator/partition-key.ts'
import { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { GroupAccess } from './group-actors.ts'
import type { GroupObserver } from './group-observer.ts'
import { type WaitEntry, WaitLine } from './wait-line.ts'

/** The group must have committed an offset larger than this one. */
export interface AwaitedPosition {
  readonly key: PartitionKey
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface CommitWaitsParts {
  readonly clock: Clock
  readonly limits: Limits
  readonly groups: GroupAccess
}

export class CommitWaits implements GroupObserver {
  readonly #parts: CommitWaitsParts
  readonly #lines = new Map<string, Map<PartitionKey, WaitLine<Awaited>>>()
  readonly #waits = new Set<Wait>()
  #isClosed = false

  constructor(parts: CommitWaitsParts) {
    this.#parts = parts
  }

  /** Calls that wait now. */
  get size(): number {
    return this.#waits.size
  }

  /**
   * Waits for commits of a group, which need not exist.
   * @param positions each partition once
   * @returns false when the time passed before.
   * @throws VarveError QUEUE_FULL · OFFSETS_RESET · UNKNOWN_TOPIC when it is deleted meanwhile · CANCELLED · NOT_READY
   */
  async wait(
    groupId: string,
    positions: readonly AwaitedPosition[],
    options: { readonly maxWaitMs: number; readonly signal: AbortSignal },
  ): Promise<boolean> {
    if (options.signal.aborted) throw cancelled()
    // Nothing is stored between the look at the group and the beginning of the wait.
    const begun = await this.#parts.groups.read(groupId, ({ state }) => {
      const left = positions.filter(({ key, offset }) => {
        return (state?.offsets.get(key)?.offset ?? 0) <= offset
      })
      if (left.length === 0) return { outcome: true }
      return { outcome: options.maxWaitMs <= 0 ? false : this.#begin(groupId, left, options) }
    })
    return await begun.outcome
  }

  loaded(): void {
    // Nobody waits before the groups are there.
  }

  stored(groupId: string, events: readonly GroupEvent[]): void {
    if (!this.#lines.has(groupId)) return
    for (const event of events) {
      if (event.kind === 'offsets-committed') {
        for (const offset of event.offsets) this.#committed(groupId, offset)
      } else if (event.kind === 'offsets-reset') {
        for (const { after } of event.changes) if (after) this.#reset(groupId, after)
      } else if (event.kind === 'group-created') {
        // The new group has these from another one: of its own nobody has read anything.
        for (const offset of event.fork?.offsets ?? []) this.#reset(groupId, offset)
      }
    }
  }

  /** Nobody will commit anything for this topic any more. */
  topicDeleted(topicId: TopicId): void {
    for (const [groupId, lines] of [...this.#lines]) {
      for (const [key, line] of [...lines]) {
        if (topicIdOf(key) !== topicId) continue
        for (const { wait, position } of line.open()) {
          const text = `topic ${position.topic} was deleted`
          const { topic, partition } = position
          wait.fail(new VarveError('UNKNOWN_TOPIC', text, { details: { topic, partition } }))
        }
        this.#drop(groupId, key)
      }
    }
  }

  /** Ends all of them: the broker closes. */
  close(): void {
    this.#isClosed = true
    for (const wait of [...this.#waits]) wait.fail(stopping())
  }

  #begin(
    groupId: string,
    positions: readonly AwaitedPosition[],
    options: { readonly maxWaitMs: number; readonly signal: AbortSignal },
  ): Promise<boolean> {
    const { clock, limits } = this.#parts
    if (this.#isClosed) throw stopping()
    if (options.signal.aborted) throw cancelled()
    const limit = limits.waitingForCommitsMax
    if (this.#waits.size >= limit) {
      const text = `${limit} calls wait for commits already`
      throw new VarveError('QUEUE_FULL', text, { details: { limit } })
    }
    return new Promise((resolve, reject) => {
      const wait = new Wait({
        clock,
        ...options,
        onEnd: (outcome) => {
          this.#waits.delete(wait)
          for (const { position } of wait.entries) {
            const lines = this.#lines.get(groupId)
            const line = lines?.get(position.key)
            line?.noteOver()
            if (line?.isEmpty === true) this.#drop(groupId, position.key)
          }
          if (outcome instanceof VarveError) reject(outcome)
          else resolve(outcome)
        },
      })
      this.#waits.add(wait)
      for (const position of positions) {
        this.#line(groupId, position.key).push(wait.awaits(position))
      }
    })
  }

  #committed(groupId: string, { topicId, partition, offset }: CommittedOffset): void {
    for (const { wait, position } of this.#passed(groupId, { topicId, partition, offset })) {
      wait.reached(position.key)
    }
  }

  #reset(groupId: string, { topicId, partition, offset }: CommittedOffset): void {
    for (const { wait, position } of this.#passed(groupId, { topicId, partition, offset })) {
      wait.reached(position.key, resetPast(position))
    }
  }

  /** Takes those who waited for less than this offset out of their line. */
  #passed(
    groupId: string,
    about: Pick<CommittedOffset, 'topicId' | 'partition' | 'offset'>,
  ): Awaited[] {
    const key = partitionKey(about.topicId, about.partition)
    const line = this.#lines.get(groupId)?.get(key)
    if (line === undefined) return []
    const passed = [...line.takeBelow(about.offset)]
    if (line.isEmpty) this.#drop(groupId, key)
    return passed
  }

  #line(groupId: string, key: PartitionKey): WaitLine<Awaited> {
    const lines = this.#lines.get(groupId) ?? new Map<PartitionKey, WaitLine<Awaited>>()
    this.#lines.set(groupId, lines)
    const line = lines.get(key) ?? new WaitLine<Awaited>()
    lines.set(key, line)
    return line
  }

  #drop(groupId: string, key: PartitionKey): void {
    const lines = this.#lines.get(groupId)
    lines?.delete(key)
    if (lines?.size === 0) this.#lines.delete(groupId)
  }
}

/** One position of a call, in the line of its partition. */
class Awaited implements WaitEntry {
  readonly wait: Wait
  readonly position: AwaitedPosition

  constructor(wait: Wait, position: AwaitedPosition) {
    this.wait = wait
    this.position = position
  }

  get offset(): number {
    return this.position.offset
  }

  get isOver(): boolean {
    return this.wait.isOver
  }
}

/** One call. */
class Wait {
  isOver = false
  readonly #left = new Map<PartitionKey, Awaited>()
  readonly #signal: AbortSignal
  readonly #stopTimer: Cancel
  readonly #onEnd: (outcome: boolean | VarveError) => void

  constructor(about: {
    readonly clock: Clock
    readonly maxWaitMs: number
    readonly signal: AbortSignal
    /** Called once. */
    readonly onEnd: (outcome: boolean | VarveError) => void
  }) {
    const { clock, maxWaitMs, signal, onEnd } = about
    this.#signal = signal
    this.#onEnd = onEnd
    this.#stopTimer = clock.after(maxWaitMs, () => {
      this.#end(false)
    })
    signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** What it still waits for. */
  get entries(): Iterable<Awaited> {
    return this.#left.values()
  }

  awaits(position: AwaitedPosition): Awaited {
    const entry = new Awaited(this, position)
    this.#left.set(position.key, entry)
    return entry
  }

  /** The position of this partition was passed; it is out of its line. With an error: but not by a commit. */
  reached(key: PartitionKey, error?: VarveError): void {
    this.#left.delete(key)
    if (error !== undefined) this.#end(error)
    else if (this.#left.size === 0) this.#end(true)
  }

  fail(error: VarveError): void {
    this.#end(error)
  }

  readonly #onAbort = (): void => {
    this.#end(cancelled())
  }

  #end(outcome: boolean | VarveError): void {
    if (this.isOver) return
    this.isOver = true
    this.#stopTimer()
    this.#signal.removeEventListener('abort', this.#onAbort)
    this.#onEnd(outcome)
  }
}

function stopping(): VarveError {
  return new VarveError('NOT_READY', 'the broker is stopping')
}

function cancelled(): VarveError {
  return new VarveError('CANCELLED', 'the wait was cancelled')
}

function resetPast({ topic, partition, offset }: AwaitedPosition): VarveError {
  return new VarveError(
    'OFFSETS_RESET',
    `partition ${partition} of topic ${topic} was reset past offset ${offset} while it was waited for`,
    { details: { topic, partition, offset } },
  )
}
