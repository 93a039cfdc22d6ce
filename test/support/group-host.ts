// The least that hosts a group: a journal that may lose what was not stored, deadlines, and time that tests move. It does
// what a service has to do around the pure core, in the same order: decide, store, evolve, set deadlines, answer.
import {
  type Deadlines,
  deadlinesAfterReplay,
  dueCommands,
  type MemberDeadlines,
  nextDeadline,
  setDeadlines,
} from '../../src/coordinator/deadlines.ts'
import { decide } from '../../src/coordinator/decide.ts'
import type { Decision, DecisionContext } from '../../src/coordinator/decision.ts'
import { evolve, replay } from '../../src/coordinator/evolve.ts'
import type { GroupCommand, Replies } from '../../src/coordinator/group-command.ts'
import type { GroupEvent } from '../../src/coordinator/group-event.ts'
import type { GroupState } from '../../src/coordinator/group-state.ts'
import { LIMITS, type Limits } from '../../src/domain/limits.ts'
import { GroupTopics } from './group-topics.ts'

export class GroupHost {
  readonly topics = new GroupTopics()
  /** All events that were stored. */
  readonly journal: GroupEvent[] = []
  /** Moves only forwards. */
  monotonicMs = 1_000
  /** May be set to anything. */
  wallMs = 1_700_000_000_000
  limits: Limits = LIMITS
  backlogOf: DecisionContext['backlogOf'] = () => 0
  /** Sees the state and what has just been stored. */
  onStored: (state: GroupState | undefined, events: readonly GroupEvent[]) => void = () => undefined
  #state: GroupState | undefined
  #deadlines = new Map<string, MemberDeadlines>()

  get state(): GroupState | undefined {
    return this.#state
  }

  get deadlines(): Deadlines {
    return this.#deadlines
  }

  /** The group, which must exist. */
  get group(): GroupState {
    if (this.#state === undefined) throw new Error('there is no group')
    return this.#state
  }

  decide<Command extends GroupCommand>(command: Command): Decision<Command['kind']> {
    const { monotonicMs, wallMs, limits, topics, backlogOf } = this
    return decide(this.#state, command, { monotonicMs, wallMs, limits, topics, backlogOf })
  }

  run<Command extends GroupCommand>(command: Command): Decision<Command['kind']> {
    const decision = this.decide(command)
    if (decision.refusal !== undefined) return decision
    this.#store(decision.events)
    setDeadlines(this.#deadlines, decision.deadlines)
    return decision
  }

  /** As `run`, for a command that must be accepted; its reply. */
  reply<Command extends GroupCommand>(command: Command): Replies[Command['kind']] {
    const decision = this.run(command)
    if (decision.refusal !== undefined) throw decision.refusal
    return decision.reply
  }

  /** As `run`, for a command that must be refused; the code. */
  refusal(command: GroupCommand): string {
    const decision = this.run(command)
    if (decision.refusal === undefined) throw new Error(`${command.kind} was not refused`)
    return decision.refusal.code
  }

  /** The process dies when only the first events of the decision are stored; another one takes over. */
  runAndCrash(command: GroupCommand, stored: (events: number) => number): void {
    const decision = this.decide(command)
    if (decision.refusal === undefined) {
      this.#store(decision.events.slice(0, stored(decision.events.length)))
    }
    this.restart()
  }

  /** Another process takes over: it knows the journal, and nothing else. */
  restart(): void {
    this.#state = replay(this.journal)
    this.#deadlines = deadlinesAfterReplay(this.#state, this.monotonicMs)
    if (this.#state !== undefined) this.run({ kind: 'topics-changed' })
  }

  /** Time passes; deadlines that come up are served when they do. */
  advance(ms: number): void {
    const end = this.monotonicMs + ms
    for (let next = this.#nextDeadline(); next <= end; next = this.#nextDeadline()) {
      this.wallMs += next - this.monotonicMs
      this.monotonicMs = next
      for (const command of dueCommands(this.#deadlines, next)) {
        this.run(command)
      }
      if (this.#state !== undefined) this.run({ kind: 'assign' })
    }
    this.wallMs += end - this.monotonicMs
    this.monotonicMs = end
  }

  #nextDeadline(): number {
    const next = nextDeadline(this.#deadlines)
    return next === undefined ? Number.POSITIVE_INFINITY : Math.max(next, this.monotonicMs)
  }

  #store(events: readonly GroupEvent[]): void {
    for (const event of events) {
      this.journal.push(event)
      this.#state = evolve(this.#state, event)
    }
    this.onStored(this.#state, events)
  }
}
