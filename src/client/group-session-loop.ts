// A consumer's life as a member of its group: joins, sends heartbeats, goes on over a new stream where one broke, joins anew when
// it was put out, and leaves. Invariants: what it holds it tells as it is, so a partition is acknowledged as given up only when
// it was; from the moment on when others may have what it holds, counted from the last heartbeat that was answered, nothing is
// certain; whatever ends the membership is told, once.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Random } from '../platform/random.ts'
import type {
  AssignedPartitionOutput,
  GroupPartition,
  PartitionProgress,
  SessionHeartbeat,
  SessionHeartbeatAnswerOutput,
  SessionJoinedOutput,
  SessionRequest,
  SessionResponseOutput,
} from '../protocol/grpc/messages.ts'
import { unexpectedAnswer } from './arrivals.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { CommittingMember } from './group-commits.ts'
import type { GroupConsumerSettings } from './group-consumer-settings.ts'
import { SessionLine } from './session-line.ts'
import { SessionTrouble } from './session-trouble.ts'
import { Wakeup } from './wakeup.ts'

export interface SessionLoopParts {
  readonly context: ClientContext
  readonly settings: GroupConsumerSettings
  readonly warnings: WarningListeners
  /** What is in hand: also what is being given up, until it was. */
  readonly owned: () => readonly GroupPartition[]
  /** Whether some of it is being given up. */
  readonly isGivingUp: () => boolean
  /** What has changed since it was asked last; everything, when a new stream begins. */
  readonly progress: (isAll: boolean) => readonly PartitionProgress[]
  /** All that the member may have from now on. */
  readonly onAssigned: (assigned: readonly AssignedPartitionOutput[]) => void
  /** The member was put out: it has nothing any more. It joins again. */
  readonly onLost: (error: VarveError) => void
  /** There is no membership any more, and will be none. */
  readonly onFatal: (error: VarveError) => void
  /** The broker answered, or the session became uncertain. */
  readonly onChange: () => void
}

/** The membership as the broker told it last. */
interface Membership {
  readonly memberId: string
  epoch: number
  intervalMs: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
}

/** How long an answer may take at the least, however short the session is. */
const ANSWER_TIMEOUT_MS_MIN = 500
export class GroupSessionLoop {
  private readonly parts: SessionLoopParts
  private readonly stopping = new AbortController()
  private running: Promise<void> | undefined
  private membership: Membership | undefined
  /** Of its own making and for good: a join whose answer was lost makes no second member. */
  private readonly ownId: string
  private readonly trouble: SessionTrouble
  private readonly wakeup: Wakeup
  private line: SessionLine | undefined
  private isDue = false
  /** Whether what the broker knows to be in hand is what is. */
  private isOwnedTold = false
  private leaveWish: { readonly isComingBack: boolean } | undefined
  /** When the last heartbeat that was answered was sent. */
  private answeredMs = -Infinity
  /** When the heartbeat was sent whose answer asked for what is being given up, or which the broker does not know to be; else Infinity. */
  private revocationMs = Infinity
  private joinCount = 0

  constructor(parts: SessionLoopParts) {
    this.parts = parts
    const { context, settings } = parts
    this.ownId = memberIdFor(settings.clientId, context.random)
    this.trouble = new SessionTrouble(context, settings)
    this.wakeup = new Wakeup(context.clock)
  }

  /** Joins, if that has not begun yet. */
  start(): void {
    if (this.running !== undefined) return
    this.trouble.begin()
    this.running = this.run()
  }

  get hasStarted(): boolean {
    return this.running !== undefined
  }

  /** Undefined while it is none, as far as it knows. */
  get member(): CommittingMember | undefined {
    const { membership, joinCount } = this
    if (membership === undefined) return undefined
    const { memberId, epoch } = membership
    return { memberId, memberEpoch: epoch, joins: joinCount }
  }

  /** Once it is a member: what the broker grants. */
  get rebalanceTimeoutMs(): number {
    const { rebalanceTimeoutMs } = this.parts.settings
    const wished = rebalanceTimeoutMs === 0 ? LIMITS.rebalanceTimeoutMsDefault : rebalanceTimeoutMs
    return this.membership?.rebalanceTimeoutMs ?? wished
  }

  /** How long it is sure still to be a member, in ms: below 0 others may have its partitions. */
  get certainForMs(): number {
    const { membership } = this
    if (membership === undefined) return -Infinity
    const leaseEndMs = this.answeredMs + leaseMs(membership)
    // Who has not given up in time is put out, whatever its heartbeats say.
    const revocationEndMs = this.revocationMs + membership.rebalanceTimeoutMs
    return Math.min(leaseEndMs, revocationEndMs) - this.nowMs()
  }

  /** Since when no heartbeat was answered, in ms; undefined before the first answer. */
  get answerAgeMs(): number | undefined {
    return this.answeredMs === -Infinity ? undefined : this.nowMs() - this.answeredMs
  }

  /** Sends a heartbeat as soon as none is under way. */
  heartbeatNow(): void {
    this.isDue = true
    this.wakeup.notify()
  }

  /** What is in hand has become less: the broker is told at once. */
  ownedChanged(): void {
    this.isOwnedTold = false
    this.heartbeatNow()
  }

  /** A commit was answered with why this is no membership any more; without a stream the next one finds out by itself. */
  foundOver(error: VarveError, joins: number): void {
    if (this.joinCount !== joins) return
    this.line?.hangUp(error)
    this.wakeup.notify()
  }

  /**
   * Goes, if it is a member: until the broker has taken note of it, or the signal aborts.
   * @param isComingBack of a static member: it keeps its partitions
   */
  async leave(isComingBack: boolean, signal: AbortSignal): Promise<void> {
    if (this.running === undefined) return
    this.leaveWish = { isComingBack }
    this.wakeup.notify()
    const giveUp = (): void => {
      this.stop()
    }
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp)
    await this.running
    signal.removeEventListener('abort', giveUp)
    this.stop()
  }

  /** Ends at once, without a leave. */
  stop(): void {
    this.stopping.abort(new VarveError('CLOSED', 'the consumer was closed'))
    this.line?.hangUp()
    this.membership = undefined
    this.wakeup.notify()
  }

  private async run(): Promise<void> {
    for (;;) {
      try {
        // Who is no member has nothing to leave.
        if (this.leaveWish !== undefined && this.membership === undefined) return
        await this.live()
        return
      } catch (error) {
        this.line?.hangUp()
        this.line = undefined
        if (!(error instanceof VarveError)) throw error
        if (this.isStopped()) return
        const waitMs = this.judge(error)
        if (waitMs === undefined) return
        await this.pause(waitMs)
        if (this.isStopped()) return
      }
    }
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted
  }

  /** One stream, from its opening to the leave. @throws VarveError what ended it */
  private async live(): Promise<void> {
    const { context } = this.parts
    const { requestTimeoutMs } = context
    const line = await SessionLine.open(context, this.wakeup.notify, this.stopping.signal)
    this.line = line
    const before = this.membership
    if (before === undefined) {
      const sentMs = this.nowMs()
      const answer = await this.ask(line, { join: this.joinMessage() }, requestTimeoutMs)
      if (!answer.joined) throw unexpectedAnswer('no answer to a join')
      this.joined(answer.joined, sentMs)
    } else {
      const { group, instanceId } = this.parts.settings
      const { memberId } = before
      const heartbeat = this.heartbeatMessage(before, { isResume: true })
      const resume = { group, memberId, ...(instanceId === undefined ? {} : { instanceId }) }
      await this.beat(line, before, { resume: { ...resume, heartbeat } })
    }
    for (;;) {
      const { membership } = this
      if (line.ended !== undefined) throw line.ended
      if (membership === undefined) return
      if (this.leaveWish !== undefined) {
        await this.sayLeave(line, this.leaveWish.isComingBack)
        return
      }
      if (this.isDue || line.takeCall()) {
        const heartbeat = this.heartbeatMessage(membership, { isResume: false })
        await this.beat(line, membership, { heartbeat })
      } else {
        const dueMs = this.answeredMs + Math.min(membership.intervalMs, leaseMs(membership) / 3)
        await this.wakeup.wait(dueMs - this.nowMs())
        if (this.nowMs() >= dueMs) this.isDue = true
      }
    }
  }

  private async beat(
    line: SessionLine,
    membership: Membership,
    message: SessionRequest,
  ): Promise<void> {
    this.isDue = false
    const sentMs = this.nowMs()
    const wasGivingUp = this.parts.isGivingUp()
    const timeoutMs = Math.max(ANSWER_TIMEOUT_MS_MIN, leaseMs(membership) / 3)
    const answer = await this.ask(line, message, timeoutMs)
    if (!answer.heartbeat) throw unexpectedAnswer('no answer to a heartbeat')
    this.answered(membership, answer.heartbeat, sentMs)
    if (!wasGivingUp) this.revocationMs = Infinity
    if (this.parts.isGivingUp()) this.revocationMs = Math.min(this.revocationMs, sentMs)
  }

  /** @throws VarveError REQUEST_TIMEOUT · what ended the stream */
  private async ask(
    line: SessionLine,
    message: SessionRequest,
    timeoutMs: number,
  ): Promise<SessionResponseOutput> {
    line.send(message)
    const endMs = this.nowMs() + timeoutMs
    for (;;) {
      const answer = line.takeAnswer()
      if (answer !== undefined) return answer
      const leftMs = endMs - this.nowMs()
      if (leftMs <= 0) {
        throw new VarveError('REQUEST_TIMEOUT', 'the broker did not answer in the session')
      }
      await this.wakeup.wait(leftMs)
    }
  }

  /** The broker ends the stream when it has taken note. */
  private async sayLeave(line: SessionLine, isComingBack: boolean): Promise<void> {
    line.send({ leave: { isComingBack } })
    const endMs = this.nowMs() + this.parts.context.requestTimeoutMs
    while (line.ended === undefined && this.nowMs() < endMs)
      await this.wakeup.wait(endMs - this.nowMs())
    this.membership = undefined
  }

  private joinMessage(): NonNullable<SessionRequest['join']> {
    const { settings } = this.parts
    const { group, topics, instanceId, clientId, assignor, weight } = settings
    const { sessionTimeoutMs, rebalanceTimeoutMs } = settings
    return {
      group,
      memberId: this.ownId,
      ...(instanceId === undefined ? {} : { instanceId }),
      clientId,
      topics: [...topics],
      assignor,
      weight,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
    }
  }

  private heartbeatMessage(
    { epoch }: Membership,
    { isResume }: { readonly isResume: boolean },
  ): SessionHeartbeat {
    const { owned, progress } = this.parts
    const isOwnedTold = this.isOwnedTold && !isResume
    this.isOwnedTold = true
    return {
      memberEpoch: epoch,
      ...(isOwnedTold ? {} : { owned: { partitions: [...owned()] } }),
      progress: [...progress(isResume)],
    }
  }

  private joined(answer: SessionJoinedOutput, sentMs: number): void {
    const { memberId, memberEpoch, heartbeatIntervalMs } = answer
    const { sessionTimeoutMs, rebalanceTimeoutMs } = answer
    this.membership = {
      memberId,
      epoch: memberEpoch,
      intervalMs: heartbeatIntervalMs,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
    }
    this.revocationMs = Infinity
    this.trouble.joined()
    this.joinCount++
    this.wasAnswered(sentMs)
    this.takeAssigned(answer.assigned?.partitions ?? [])
  }

  private answered(
    membership: Membership,
    answer: SessionHeartbeatAnswerOutput,
    sentMs: number,
  ): void {
    membership.epoch = answer.memberEpoch
    membership.intervalMs = answer.heartbeatIntervalMs
    this.wasAnswered(sentMs)
    if (answer.assigned) this.takeAssigned(answer.assigned.partitions)
  }

  private takeAssigned(assigned: readonly AssignedPartitionOutput[]): void {
    // What came newly is told with the next heartbeat: so an answer that was lost is noticed.
    this.isOwnedTold = false
    this.parts.onAssigned(assigned)
  }

  private wasAnswered(sentMs: number): void {
    this.answeredMs = sentMs
    this.trouble.over()
    this.parts.onChange()
  }

  /** What becomes of it after a failure. @returns how long to wait before the next attempt; undefined when there is none */
  private judge(error: VarveError): number | undefined {
    const { parts } = this
    const verdict = this.trouble.judge(error, this.membership !== undefined)
    if (verdict.kind === 'over') {
      this.membership = undefined
      parts.onFatal(error)
      return undefined
    }
    if (verdict.kind === 'put-out') {
      this.membership = undefined
      parts.onLost(error)
    } else if (verdict.isTold) {
      const message = `the session in group ${parts.settings.group} is interrupted and will be tried again: ${error.message}`
      parts.warnings.tell({ kind: 'retrying', message, error })
    }
    return verdict.waitMs
  }

  private async pause(waitMs: number): Promise<void> {
    const endMs = this.nowMs() + waitMs
    while (!this.isStopped() && this.nowMs() < endMs) {
      if (this.leaveWish !== undefined && this.membership === undefined) return
      await this.wakeup.wait(endMs - this.nowMs())
    }
  }

  private nowMs(): number {
    return this.parts.context.clock.monotonicMs()
  }
}

/**
 * How long after a heartbeat that was answered nobody else can have what the member holds: its session goes on, and what it may have to
 * give up it was not told of, at the earliest with the next answer.
 */
function leaseMs({ sessionTimeoutMs, rebalanceTimeoutMs }: Membership): number {
  return Math.min(sessionTimeoutMs, rebalanceTimeoutMs)
}

/** Tells people which program it is, and is nobody else's. */
function memberIdFor(clientId: string, random: Random): string {
  const unique = Buffer.from(random.bytes(16)).toString('hex')
  const isShort = Buffer.byteLength(clientId) + 1 + unique.length <= LIMITS.groupNameBytesMax
  return isShort ? `${clientId}-${unique}` : unique
}
