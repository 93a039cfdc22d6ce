// When `varve consume --group G --until-end` is done: nothing is left, up to the ends as they were when the command began, of what the
// group gave this member, and the group has settled, so that nothing more is on its way to it.

import type { GroupConsumer, GroupDescription, TopicPartition } from '../client/index.ts'
import { ERRORS, isVarveError } from '../domain/error.ts'
import type { Cancel, Clock } from '../platform/clock.ts'

const LOOK_INTERVAL_MS = 100

export interface GroupEndParts {
  readonly consumer: GroupConsumer
  readonly clock: Clock
  /** Of the topic, by partition, as the command begins. */
  readonly ends: ReadonlyMap<number, number>
  /** The group as the broker sees it. */
  readonly describe: () => Promise<GroupDescription>
}

export class GroupEnd {
  readonly #parts: GroupEndParts
  #stopTimer: Cancel = () => undefined
  #isOver = false
  #failure: { readonly error: unknown } | undefined

  constructor(parts: GroupEndParts) {
    this.#parts = parts
    this.#lookLater()
  }

  /** A partition came or was read on: what comes behind its end is left alone. */
  reached(where: TopicPartition, offset: number | undefined): void {
    if (offset === undefined || offset < this.#endOf(where)) return
    const { consumer } = this.#parts
    const { topic, partition } = where
    const isHeld = consumer
      .assignment()
      .some((held) => held.topic === topic && held.partition === partition)
    if (isHeld) consumer.pause([{ topic, partition }])
  }

  stop(): void {
    this.#isOver = true
    this.#stopTimer()
  }

  /** @throws what kept it from finding out */
  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  #lookLater(): void {
    if (this.#isOver) return
    this.#stopTimer = this.#parts.clock.after(LOOK_INTERVAL_MS, () => {
      void this.#look()
    })
  }

  async #look(): Promise<void> {
    try {
      if (!(await this.#isDone())) {
        this.#lookLater()
        return
      }
    } catch (error) {
      // A broker that restarts is waited for, as by the consumer itself.
      if (isVarveError(error) && ERRORS[error.code].kind === 'transient') {
        this.#lookLater()
        return
      }
      this.#failure = { error }
    }
    if (!this.#isOver) void this.#parts.consumer.close()
  }

  async #isDone(): Promise<boolean> {
    const { consumer, describe } = this.#parts
    const { memberId } = consumer
    if (memberId === undefined || !this.#isAtEnd()) return false
    const { summary, members } = await describe()
    const itself = members.find((member) => member.memberId === memberId)
    if (summary.condition !== 'stable' || itself === undefined) return false
    return this.#isAtEnd() && itself.assigned.length === consumer.assignment().length
  }

  #isAtEnd(): boolean {
    return this.#parts.consumer
      .positions()
      .every((held) => !held.isLeaving && (held.position ?? -1) >= this.#endOf(held))
  }

  #endOf({ partition }: TopicPartition): number {
    return this.#parts.ends.get(partition) ?? 0
  }
}
