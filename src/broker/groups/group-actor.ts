// One group as it lives in the broker: its commands one after the other. Those that wait are decided together, each on what the
// ones before it have led to, and stored with one append; then they are answered. Invariants: nothing is answered, and nothing
// is shown to a reader, that is not stored; a command whose storing failed is answered with that, and has changed nothing.
import {
  deadlinesAfterReplay,
  dueCommands,
  type MemberDeadlines,
  setDeadlines,
} from '../../coordinator/deadlines.ts'
import { decide } from '../../coordinator/decide.ts'
import { evolve } from '../../coordinator/evolve.ts'
import type { GroupCommand, JoinResult, Replies } from '../../coordinator/group-command.ts'
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState, MemberId } from '../../coordinator/group-state.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Log } from '../../platform/log.ts'
import { nextTurn } from '../../platform/next-turn.ts'
import { DeadlineTimer } from './deadline-timer.ts'
import { type ContextParts, decisionContext } from './decision-context.ts'
import type { GroupJournal } from './group-journal.ts'
import { groupNotFound } from './group-not-found.ts'
import type { GroupObserver } from './group-observer.ts'
import {
  type Ask,
  type Entry,
  isJoin,
  type JoinAsk,
  joinsFrom,
  type Read,
  type StoredGroup,
  type Waiter,
} from './waiting-entry.ts'

/** Commands of one round, at most: others wait for its sync, and readers for its end. */
const ROUND_COMMANDS_MAX = 512
/** How long a round may decide before it stores what it has: meanwhile nothing else of the process runs. */
const ROUND_MS_MAX = 20
/** After a round that took so long to decide, all others have their turn. */
const HEAVY_MS = 2
/** What belongs to all groups. */
export interface GroupActorParts extends ContextParts {
  readonly journal: Pick<GroupJournal, 'append' | 'reload'>
  readonly log: Log
  /** Told of each round before its commands are answered. */
  readonly observer: Pick<GroupObserver, 'stored'>
  readonly onRefused: (groupId: string, command: GroupCommand, error: VarveError) => void
  /** @throws VarveError TOO_MANY_GROUPS when there may be no further one */
  readonly checkRoom: () => void
  /** A group came (1) or went (-1). */
  readonly count: (change: 1 | -1) => void
  /** Nothing waits any more. */
  readonly onIdle: (actor: GroupActor) => void
}

/** What was decided together. */
interface Round {
  readonly events: GroupEvent[]
  /** To be done when the events are stored. */
  readonly answers: (() => void)[]
  /** Commands that are among the events. */
  readonly changing: Ask[]
  /** Commands that changed nothing, but were decided on what is not stored; they may be decided again. */
  readonly others: Entry[]
}

export class GroupActor {
  readonly groupId: string
  readonly #parts: GroupActorParts
  #state: GroupState | undefined
  #deadlines: Map<MemberId, MemberDeadlines>
  #waiting: Entry[] = []
  #asks = 0
  #running: Promise<void> | undefined
  #isCounted = false
  /** The state may be other than what is stored. */
  #isInDoubt = false
  #isDue = false
  #isHeavy = false
  #isStopped = false
  readonly #timer: DeadlineTimer
  /** The last round could not be stored: that was logged. */
  #isFailing = false

  /** @param state as stored; from now on the actor's own */
  constructor(groupId: string, state: GroupState | undefined, parts: GroupActorParts) {
    this.groupId = groupId
    this.#parts = parts
    this.#state = state
    this.#deadlines = deadlinesAfterReplay(state, parts.clock.monotonicMs())
    this.#count()
    this.#timer = new DeadlineTimer(parts.clock, () => {
      this.#isDue = true
      this.#start()
    })
    this.#timer.update(this.#deadlines)
  }

  /** True when it holds nothing: no group, and nobody waits. */
  get isVoid(): boolean {
    return this.#state === undefined && this.#running === undefined && !this.#isInDoubt
  }

  /**
   * Decides the command in its turn and stores what comes of it.
   * @throws VarveError the refusal · QUEUE_FULL · NOT_READY · TOO_MANY_GROUPS · what the journal answers
   */
  run<Command extends GroupCommand>(command: Command): Promise<Replies[Command['kind']]> {
    return this.ask(command, (reply) => reply)
  }

  /**
   * As `run`; the answer is what `look` makes of the reply and of the state right after the command. It must not keep the state.
   * @throws as `run`
   */
  ask<Command extends GroupCommand, Answer>(
    command: Command,
    look: (reply: Replies[Command['kind']], state: GroupState | undefined) => Answer,
  ): Promise<Answer> {
    const { groupCommandsWaitingMax: max } = this.#parts.limits
    if (this.#asks >= max) {
      const text = `${max} requests wait for group ${this.groupId}`
      return Promise.reject(new VarveError('QUEUE_FULL', text, { details: { limit: max } }))
    }
    return this.#enqueue((waiter) => {
      this.#asks++
      return { ...waiter, kind: 'ask', command, look: look }
    })
  }

  /** Shows the group as it is stored, between two rounds. @throws VarveError NOT_READY · what the journal answers */
  read<Answer>(use: (group: StoredGroup) => Answer): Promise<Answer> {
    return this.#enqueue((waiter) => ({ ...waiter, kind: 'read', use }))
  }

  /** As `read`, and no round begins until `use` has ended. @throws as `read`, and what `use` throws */
  hold<Answer>(use: (group: StoredGroup) => Promise<Answer>): Promise<Answer> {
    return this.#enqueue((waiter) => ({ ...waiter, kind: 'hold', use }))
  }

  /** Takes nothing more (NOT_READY); resolves when what was taken is answered. Safe to call twice. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer.stop()
    while (this.#running !== undefined) await this.#running
  }

  #enqueue<Answer>(make: (waiter: Waiter) => Entry): Promise<Answer> {
    if (this.#isStopped) {
      return Promise.reject(new VarveError('NOT_READY', 'the broker is stopping'))
    }
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.push(make({ resolve: resolve, reject }))
      this.#start()
    })
  }

  #start(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined
      if (this.#waiting.length > 0 || this.#isDue) this.#start()
      else this.#parts.onIdle(this)
    })
  }

  async #work(): Promise<void> {
    // What comes in the same turn goes into the same round.
    await Promise.resolve()
    while (this.#waiting.length > 0 || this.#isDue) {
      const [first] = this.#waiting
      // An assignment costs most of all: those whose joins have arrived by now share it. And everything else gets its turn.
      if (this.#isHeavy || (first !== undefined && isJoin(first))) await nextTurn()
      if (this.#isInDoubt && !(await this.#reload())) continue
      await this.#holdFirst()
      await this.#runRound()
    }
  }

  /** Those who want the group to stand still. */
  async #holdFirst(): Promise<void> {
    for (let first = this.#waiting[0]; first?.kind === 'hold'; first = this.#waiting[0]) {
      this.#waiting.shift()
      try {
        first.resolve((await first.use(this.#stored())) as never)
      } catch (error) {
        first.reject(error)
      }
    }
  }

  async #runRound(): Promise<void> {
    const round: Round = { events: [], answers: [], changing: [], others: [] }
    try {
      this.#decideWaiting(round)
      this.#decideDue(round)
      if (round.events.length > 0) await this.#parts.journal.append(this.groupId, round.events)
    } catch (error) {
      this.#undo(round, error)
      return
    }
    if (round.events.length > 0) {
      this.#isFailing = false
      this.#parts.observer.stored(this.groupId, round.events, this.#state)
    }
    for (const answer of round.answers) answer()
    this.#timer.update(this.#deadlines)
  }

  #decideWaiting(round: Round): void {
    const { clock } = this.#parts
    const startMs = clock.monotonicMs()
    const endMs = startMs + ROUND_MS_MAX
    let decided = 0
    try {
      while (decided < ROUND_COMMANDS_MAX && (decided === 0 || clock.monotonicMs() < endMs)) {
        const entry = this.#waiting[decided]
        if (entry === undefined || entry.kind === 'hold') break
        const joins = isJoin(entry) ? joinsFrom(this.#waiting, decided, ROUND_COMMANDS_MAX) : []
        decided += Math.max(1, joins.length)
        if (joins.length > 1) this.#decideJoins(joins, round)
        else if (entry.kind === 'ask') this.#decide(entry, round)
        else this.#show(entry, round)
      }
    } finally {
      this.#isHeavy = clock.monotonicMs() - startMs > HEAVY_MS
      this.#waiting.splice(0, decided)
    }
  }

  #show(entry: Read, round: Round): void {
    const show = (): void => {
      try {
        entry.resolve(entry.use(this.#stored()) as never)
      } catch (error) {
        entry.reject(error)
      }
    }
    if (round.events.length === 0) {
      show()
      return
    }
    round.others.push(entry)
    round.answers.push(show)
  }

  #decide(entry: Ask, round: Round): void {
    this.#asks--
    const { command, look, resolve, reject } = entry
    const events = round.events.length
    try {
      const reply = this.#apply(command, round)
      const answer = look(reply as never, this.#state)
      round.answers.push(() => {
        resolve(answer as never)
      })
    } catch (error) {
      if (!isVarveError(error) || round.events.length > events) {
        reject(error)
        throw error
      }
      round.answers.push(() => {
        this.#parts.onRefused(this.groupId, command, error)
        reject(error)
      })
    }
    if (round.events.length > events) round.changing.push(entry)
    else round.others.push(entry)
  }

  /** Many who join at once cost one assignment. */
  #decideJoins(entries: readonly JoinAsk[], round: Round): void {
    this.#asks -= entries.length
    const { groupId } = this
    const joins = entries.map(({ command }) => command)
    let answers: (() => void)[]
    let isChanging: boolean[]
    try {
      const { results } = this.#apply({ kind: 'joins', groupId, joins }, round)
      isChanging = results.map(({ refusal }) => refusal === undefined)
      answers = results.map((result, index) => this.#joinAnswer(entries[index], result))
    } catch (error) {
      // There is no room for the group, or a bug: both are of all of them.
      for (const { reject } of entries) reject(error)
      if (isVarveError(error)) return
      throw error
    }
    round.answers.push(...answers)
    for (const [index, entry] of entries.entries()) {
      if (isChanging[index] === true) round.changing.push(entry)
      else round.others.push(entry)
    }
  }

  #joinAnswer(entry: JoinAsk | undefined, result: JoinResult): () => void {
    if (entry === undefined) throw new Error('a join that nobody asked for has a result')
    const { command, look, resolve, reject } = entry
    const { refusal } = result
    if (refusal !== undefined) {
      return () => {
        this.#parts.onRefused(this.groupId, command, refusal)
        reject(refusal)
      }
    }
    const answer = look(result.reply as never, this.#state)
    return () => {
      resolve(answer as never)
    }
  }

  /** Deadlines that have come, and the assignment that is due after those who are gone. */
  #decideDue(round: Round): void {
    if (this.#isDue) {
      this.#isDue = false
      const due = dueCommands(this.#deadlines, this.#parts.clock.monotonicMs())
      for (const command of due) this.#apply(command, round)
    }
    const state = this.#state
    if (state === undefined || state.epoch === state.assignmentEpoch) return
    if (this.#timer.mayAct) this.#apply({ kind: 'assign' }, round)
  }

  /** Takes the command into the state, which is ahead of what is stored from then on. @throws VarveError the refusal */
  #apply<Command extends GroupCommand>(command: Command, round: Round): Replies[Command['kind']] {
    const decision = decide(this.#state, command, decisionContext(this.#parts, this.#state))
    if (decision.refusal !== undefined) {
      // The core does not know the name of what is not there.
      const isMissing = isVarveError(decision.refusal, 'GROUP_NOT_FOUND')
      throw isMissing ? groupNotFound(this.groupId) : decision.refusal
    }
    const { events, reply, deadlines } = decision
    if (this.#state === undefined && events.length > 0) this.#parts.checkRoom()
    for (const event of events) {
      round.events.push(event)
      this.#state = evolve(this.#state, event)
    }
    setDeadlines(this.#deadlines, deadlines)
    this.#count()
    for (const { memberId } of deadlines) this.#timer.note(this.#deadlines.get(memberId))
    return reply
  }

  /**
   * The round was not stored: whoever had a part in it is told, and the rest is decided again on what is stored. Members that were
   * heard of keep the session they got by it: it is not they who failed.
   */
  #undo(round: Round, error: unknown): void {
    this.#isInDoubt = true
    const { groupId } = this
    if (!this.#isFailing) this.#parts.log.error('group_round_failed', { group: groupId, error })
    this.#isFailing = true
    for (const { reject } of round.changing) reject(error)
    for (const entry of round.others) if (entry.kind === 'ask') this.#asks++
    this.#waiting.unshift(...round.others)
    this.#retryLater()
  }

  /** What the group does by itself waits a while: each round that fails has one command less, or is without it. */
  #retryLater(): void {
    this.#isDue = false
    this.#timer.retryLater()
  }

  /** Goes back to what is stored. False when that is not to be had: then all who wait are told. */
  async #reload(): Promise<boolean> {
    try {
      this.#state = await this.#parts.journal.reload(this.groupId)
    } catch (error) {
      for (const entry of this.#waiting.splice(0)) {
        if (entry.kind === 'ask') this.#asks--
        entry.reject(error)
      }
      this.#retryLater()
      return false
    }
    this.#isInDoubt = false
    const fresh = deadlinesAfterReplay(this.#state, this.#parts.clock.monotonicMs())
    for (const [memberId, { sessionMs, rebalance }] of fresh) {
      const before = this.#deadlines.get(memberId)
      const isSameEpoch = before?.rebalance?.memberEpoch === rebalance?.memberEpoch
      fresh.set(memberId, {
        sessionMs: before?.sessionMs ?? sessionMs,
        rebalance: isSameEpoch ? before?.rebalance : rebalance,
      })
    }
    this.#deadlines = fresh
    this.#timer.noteAll()
    this.#count()
    return true
  }

  #stored(): StoredGroup {
    return { state: this.#state, deadlines: this.#deadlines }
  }

  #count(): void {
    const exists = this.#state !== undefined
    if (exists === this.#isCounted) return
    this.#isCounted = exists
    this.#parts.count(exists ? 1 : -1)
  }
}
