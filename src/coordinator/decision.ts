// What a decision is made from, and what it is made of.
import type { VarveError } from '../domain/error.ts'
import type { Limits } from '../domain/limits.ts'
import type { TopicId } from '../domain/topic.ts'
import type { DeadlineChange } from './deadlines.ts'
import type { CommandKind, CommandOf, Replies } from './group-command.ts'
import type { GroupEvent } from './group-event.ts'
import type { GroupState, GroupTopic } from './group-state.ts'

/** The topics of the broker as they are now. */
export interface TopicsView {
  byName(name: string): GroupTopic | undefined
  byId(id: TopicId): GroupTopic | undefined
}

export interface DecisionContext {
  /** For what people read and for retention. */
  readonly wallMs: number
  /** For sessions: no jump of the wall clock ends or prolongs one. */
  readonly monotonicMs: number
  readonly topics: TopicsView
  /** Records that the group has not read; as good as the host knows. */
  readonly backlogOf: (topic: GroupTopic, partition: number) => number
  readonly limits: Limits
}

/** What is to be stored, then evolved; then the deadlines are set; only then the reply may be given. */
export interface Accepted<Kind extends CommandKind> {
  readonly events: readonly GroupEvent[]
  readonly reply: Replies[Kind]
  readonly deadlines: readonly DeadlineChange[]
}

/** A refused command changes nothing. */
export type Decision<Kind extends CommandKind> =
  | (Accepted<Kind> & { readonly refusal?: undefined })
  | { readonly refusal: VarveError }

/** Decides one kind of command. @throws VarveError: the refusal. */
export type Decider<Kind extends CommandKind> = (
  state: GroupState | undefined,
  command: CommandOf<Kind>,
  context: DecisionContext,
) => Accepted<Kind>
