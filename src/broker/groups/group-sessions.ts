// The sessions of all members that have one. Invariants: at most one speaks for a member; one whose member was put out ends as soon
// as that is stored; their number is bounded.
import { membersToCall } from '../../coordinator/group-condition.ts'
import type { GroupEvent, RemovalReason } from '../../coordinator/group-event.ts'
import type { GroupState, MemberId } from '../../coordinator/group-state.ts'
import { VarveError } from '../../domain/error.ts'
import type { SessionEvents } from './group-membership.ts'
import type { GroupObserver } from './group-observer.ts'
import { MemberSession, type SessionParts, type SessionRegistry } from './group-session.ts'

const REASONS: Readonly<Record<RemovalReason, string>> = {
  left: 'it left over another stream',
  'session-expired': 'its session ended without a heartbeat',
  'rebalance-expired': 'it has not given up its partitions in time',
  rejoined: 'it joined again over another stream',
  'offsets-reset': 'the offsets of its partitions were reset',
}

/** Events that leave every member with what it has. */
const QUIET_KINDS: ReadonlySet<GroupEvent['kind']> = new Set([
  'group-created',
  'offsets-committed',
  'offsets-removed',
  'snapshot-taken',
  'snapshot-removed',
])

export class GroupSessions implements GroupObserver, SessionRegistry {
  readonly #parts: SessionParts
  readonly #open = new Set<MemberSession>()
  readonly #groups = new Map<string, Map<MemberId, MemberSession>>()

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  /** Open ones, those that have not joined yet included. */
  get size(): number {
    return this.#open.size
  }

  /** @throws VarveError TOO_MANY_SESSIONS · NOT_READY */
  openSession(peer: string, events: SessionEvents): MemberSession {
    this.#parts.gate.check()
    const { groupSessionsMax: limit } = this.#parts.limits
    if (this.#open.size >= limit) {
      const text = `${limit} sessions are open, as many as there may be`
      throw new VarveError('TOO_MANY_SESSIONS', text, { details: { limit } })
    }
    const session = new MemberSession(this.#parts, { registry: this, peer, events })
    this.#open.add(session)
    return session
  }

  attach(session: MemberSession): void {
    if (session.identity === undefined) return
    const { groupId, memberId } = session.identity
    const older = this.#groups.get(groupId)?.get(memberId)
    older?.end(new VarveError('SESSION_REPLACED', 'the member speaks over another stream now'))
    const sessions = this.#groups.get(groupId)
    if (sessions === undefined) this.#groups.set(groupId, new Map([[memberId, session]]))
    else sessions.set(memberId, session)
  }

  detach(session: MemberSession): void {
    this.#open.delete(session)
    if (session.identity === undefined) return
    const { groupId, memberId } = session.identity
    const sessions = this.#groups.get(groupId)
    if (sessions?.get(memberId) !== session) return
    sessions.delete(memberId)
    if (sessions.size === 0) this.#groups.delete(groupId)
    this.#parts.presence.detached(groupId, memberId)
  }

  loaded(): void {
    // Sessions do not outlive a process.
  }

  stored(groupId: string, events: readonly GroupEvent[], state: GroupState | undefined): void {
    const sessions = this.#groups.get(groupId)
    if (sessions === undefined) return
    for (const event of events) {
      if (event.kind === 'member-removed') {
        const { memberId, reason } = event
        // One that has joined again ends its former session by itself.
        if (state?.members.has(memberId) === true) continue
        this.#end(sessions.get(memberId), 'FENCED_MEMBER_EPOCH', REASONS[reason])
      } else if (event.kind === 'member-replaced' && event.memberId !== event.successorId) {
        const text = 'another process has taken over its instance id'
        this.#end(sessions.get(event.memberId), 'FENCED_INSTANCE_ID', text)
      }
    }
    if (state === undefined || events.every(({ kind }) => QUIET_KINDS.has(kind))) return
    for (const memberId of membersToCall(state)) sessions.get(memberId)?.call()
  }

  /** Ends all of them: the broker closes. */
  close(): void {
    const error = new VarveError('NOT_READY', 'the broker is stopping')
    for (const session of [...this.#open]) session.end(error)
  }

  #end(
    session: MemberSession | undefined,
    code: 'FENCED_MEMBER_EPOCH' | 'FENCED_INSTANCE_ID',
    why: string,
  ): void {
    if (session === undefined || session.isLeaving) return
    session.end(new VarveError(code, `the member was put out of the group: ${why}`))
  }
}
