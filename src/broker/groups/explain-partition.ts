// Why one partition of a group flows or does not: a pure rule over what is known. The first reason that holds, in this order, is the one
// that must go before anything else helps: what cannot be read by anybody, what nobody has, what somebody waits for, what its owner says
// itself, and last what only its commits show. Invariant: `flowing` is said only where none of the others holds.
import type { Deadlines, MemberDeadlines } from '../../coordinator/deadlines.ts'
import {
  AWAY_EPOCH,
  type GroupState,
  type Member,
  type MemberId,
} from '../../coordinator/group-state.ts'
import type { PartitionKey } from '../../coordinator/partition-key.ts'
import { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { LogBounds } from '../../storage/engine.ts'
import { countText, memberText, spanText } from './explain-words.ts'
import type { DepartedPresence, HeardProgress, MemberPresence } from './group-presence.ts'
import type { FlowReason, PartitionExplanation } from './group-service.ts'
import { backlogRecords, rangeError } from './partition-lag.ts'

/** What is known of a group in one moment. */
export interface FlowFacts {
  readonly state: Pick<
    GroupState,
    'members' | 'owners' | 'epoch' | 'assignmentEpoch' | 'emptySinceMs'
  >
  readonly deadlines: Deadlines
  readonly presenceOf: (memberId: MemberId) => MemberPresence | undefined
  /** Newest first. */
  readonly departed: readonly DepartedPresence[]
  /** Who is to have a partition in the end. */
  readonly heirs: ReadonlyMap<PartitionKey, MemberId>
  /** Members by the names of topics that they subscribe to. */
  readonly subscribers: ReadonlyMap<string, readonly Member[]>
  /** Where a partition ended so long ago, or somewhat longer; undefined when that is not known. */
  readonly endBefore: (key: PartitionKey, ageMs: number) => number | undefined
  readonly monotonicMs: number
  readonly wallMs: number
  readonly limits: ExplainLimits
}

type ExplainLimits = Pick<
  Limits,
  'groupHeartbeatIntervalMsMax' | 'groupHandlerStalledMs' | 'groupNotCommittingMs'
>

/** A partition to be explained. */
export interface FlowSubject {
  readonly topic: string
  /** -1 for a topic that does not exist and of which nothing is committed. */
  readonly partition: number
  /** Undefined for a topic that does not exist. */
  readonly key: PartitionKey | undefined
  readonly committed: { readonly offset: number; readonly timeMs: number } | undefined
  /** Or why there are none. Undefined for a topic that does not exist. */
  readonly bounds: LogBounds | VarveError | undefined
}

/** Heartbeats that may be missing before a member counts as silent. */
const MISSED_HEARTBEATS = 1.5

type Finding = Pick<PartitionExplanation, 'reason' | 'text'> &
  Partial<Pick<PartitionExplanation, 'memberId' | 'waitingForMemberId' | 'ageMs' | 'endsInMs'>>

export function explainPartition(subject: FlowSubject, facts: FlowFacts): PartitionExplanation {
  const { topic, partition, bounds, committed } = subject
  const isKnown = bounds !== undefined && !(bounds instanceof VarveError)
  const lagRecords = isKnown ? backlogRecords(bounds, committed?.offset) : 0
  const finding = find(subject, facts, lagRecords)
  return {
    topic,
    partition,
    reason: finding.reason,
    text: finding.text,
    memberId: finding.memberId ?? '',
    waitingForMemberId: finding.waitingForMemberId ?? '',
    ageMs: finding.ageMs,
    endsInMs: finding.endsInMs,
    lagRecords,
  }
}

function find(subject: FlowSubject, facts: FlowFacts, lagRecords: number): Finding {
  const { key, bounds, committed } = subject
  if (key === undefined || bounds === undefined) return missing(subject, facts)
  const ownerId = facts.state.owners.get(key)
  const owner = ownerId === undefined ? undefined : facts.state.members.get(ownerId)
  if (bounds instanceof VarveError) {
    const text = `The broker cannot read ${nameOf(subject)}: ${bounds.message}.`
    return { reason: 'partition-unavailable', text, memberId: owner?.id ?? '' }
  }
  const progress = owner && facts.presenceOf(owner.id)?.progress.get(key)
  const lost = rangeError(bounds, committed?.offset)
  if (lost !== undefined && !isWithin(bounds, progress)) {
    const text = `${upperFirst(lost.message)} (${nameOf(subject)}). Unless a member is set to begin elsewhere by itself, reset the group there.`
    return { reason: 'offset-out-of-range', text, memberId: owner?.id ?? '' }
  }
  if (owner === undefined) return unowned(subject, key, facts)
  if (owner.pendingRevocation.has(key)) return revoked(subject, { key, owner }, facts)
  if (owner.epoch === AWAY_EPOCH) return away(subject, owner, facts)
  const age = heartbeatAgeMs(owner, facts)
  if (isSilent(owner, age, facts.limits)) return silent(subject, owner, facts)
  return held({ subject, key, owner, bounds, progress, lagRecords }, facts)
}

function missing({ topic, partition }: FlowSubject, facts: FlowFacts): Finding {
  const reason = 'topic-missing'
  const [subscriber] = facts.subscribers.get(topic) ?? []
  if (partition >= 0 && subscriber === undefined) {
    return { reason, text: `Topic ${topic} was deleted; what is committed of it is of no use.` }
  }
  const who = subscriber === undefined ? 'the group' : memberText(subscriber)
  const text = `Topic ${topic} does not exist: create it, or let ${who} subscribe to another one.`
  return { reason, text, memberId: subscriber?.id ?? '' }
}

/** Nobody has it. */
function unowned(subject: FlowSubject, key: PartitionKey, facts: FlowFacts): Finding {
  const { state } = facts
  const subscribers = facts.subscribers.get(subject.topic) ?? []
  if (subscribers.length === 0) return abandoned(subject, facts)
  const heirId = facts.heirs.get(key)
  const heir = heirId === undefined ? undefined : state.members.get(heirId)
  if (heir === undefined || state.epoch > state.assignmentEpoch) {
    const text = `Members or topics have changed, and the assignment that gives ${nameOf(subject)} to somebody is yet to be made; that takes a moment.`
    return { reason: 'assigning', text, memberId: heir?.id ?? '' }
  }
  if (heir.epoch === AWAY_EPOCH) return away(subject, heir, facts)
  const ageMs = heartbeatAgeMs(heir, facts)
  const endsInMs = sessionLeftMs(heir, facts)
  const text = `${upperFirst(nameOf(subject))} is free and meant for ${memberText(heir)}, which has not come for it: its last heartbeat was ${spanText(ageMs)} ago. In ${spanText(endsInMs)} without one its session ends and another member gets the partition.`
  return { reason: 'waiting-for-member', text, memberId: heir.id, ageMs, endsInMs }
}

/** Nobody subscribes to it. */
function abandoned({ topic }: FlowSubject, facts: FlowFacts): Finding {
  const { state, departed, wallMs, monotonicMs } = facts
  const last = departed.find((one) => one.topics.includes(topic))
  if (last !== undefined && last.reason !== 'left' && last.reason !== 'rejoined') {
    const ageMs = Math.max(0, monotonicMs - last.departedMs)
    const refused =
      last.refusedMs === undefined
        ? 'it has not been heard of since'
        : `what it sent ${spanText(wallMs - last.refusedMs)} ago was refused`
    const text = `Member ${last.memberId} (${last.clientId}), the last one that subscribed to ${topic}, was put out ${spanText(ageMs)} ago (${last.reason}) and has not joined again; ${refused}.`
    return { reason: 'member-fenced', text, memberId: last.memberId, ageMs }
  }
  if (state.members.size > 0) {
    const text = `None of the ${countText(state.members.size, 'member')} of the group subscribes to ${topic}. Start a consumer that does.`
    return { reason: 'no-member', text }
  }
  const ageMs =
    state.emptySinceMs === undefined ? undefined : Math.max(0, wallMs - state.emptySinceMs)
  const since = ageMs === undefined ? '' : ` for ${spanText(ageMs)}`
  const text = `The group has had no members${since}. Start a consumer.`
  return { reason: 'no-member', text, ageMs }
}

/** Its owner must give it up. */
function revoked(
  subject: FlowSubject,
  { key, owner }: { readonly key: PartitionKey; readonly owner: Member },
  facts: FlowFacts,
): Finding {
  const { rebalanceTimeoutMs } = owner.wishes
  const { rebalance, sessionMs } = deadlinesOf(owner, facts)
  const deadlineMs = Math.min(rebalance?.deadlineMs ?? sessionMs, sessionMs)
  const endsInMs = Math.max(0, deadlineMs - facts.monotonicMs)
  const ageMs =
    rebalance && Math.max(0, rebalanceTimeoutMs - (rebalance.deadlineMs - facts.monotonicMs))
  const heirId = facts.heirs.get(key)
  const heir = heirId === undefined ? undefined : facts.state.members.get(heirId)
  const next =
    heir === undefined
      ? 'nobody waits for it'
      : heir.id === owner.id
        ? 'it gets it back then'
        : `${memberText(heir)} gets it then`
  const since = ageMs === undefined ? '' : `, asked to ${spanText(ageMs)} ago`
  const quiet = heartbeatAgeMs(owner, facts)
  const silence = isSilent(owner, quiet, facts.limits)
    ? ` It has not been heard of for ${spanText(quiet)}.`
    : ''
  const text = `${upperFirst(memberText(owner))} has not given up ${nameOf(subject)} yet${since}; ${next}.${silence} In ${spanText(endsInMs)} at the latest it is put out of the group.`
  return {
    ...{ reason: 'waiting-for-revocation', text, memberId: heir?.id ?? '' },
    ...{ waitingForMemberId: owner.id, ageMs, endsInMs },
  }
}

function away(subject: FlowSubject, owner: Member, facts: FlowFacts): Finding {
  const endsInMs = sessionLeftMs(owner, facts)
  const instance = owner.wishes.instanceId ?? ''
  const text = `${upperFirst(memberText(owner))}, instance ${instance}, said that it will be back and keeps ${nameOf(subject)}. If it is not in ${spanText(endsInMs)} another member gets it.`
  return { reason: 'member-away', text, memberId: owner.id, endsInMs }
}

function silent(subject: FlowSubject, owner: Member, facts: FlowFacts): Finding {
  const ageMs = heartbeatAgeMs(owner, facts)
  const endsInMs = sessionLeftMs(owner, facts)
  const heard =
    facts.presenceOf(owner.id)?.heartbeatMs === undefined
      ? `has not been heard of since the broker knows of it, ${spanText(ageMs)}`
      : `has not been heard of for ${spanText(ageMs)}`
  const text = `${upperFirst(memberText(owner))}, which has ${nameOf(subject)}, ${heard}: it hangs, or cannot reach the broker. In ${spanText(endsInMs)} its session ends and another member gets the partition.`
  return { reason: 'member-silent', text, memberId: owner.id, ageMs, endsInMs }
}

interface HeldPartition {
  readonly subject: FlowSubject
  readonly key: PartitionKey
  readonly owner: Member
  readonly bounds: LogBounds
  readonly progress: HeardProgress | undefined
  readonly lagRecords: number
}

/** Its owner lives: what it says itself, then what its commits show. */
function held(about: HeldPartition, facts: FlowFacts): Finding {
  const { key, owner, subject, lagRecords } = about
  const { reason, text, ageMs } =
    toldBy(about, facts) ?? atEnd(about) ?? stuck(about, facts) ?? flowing(about)
  const heirId = facts.heirs.get(key)
  const heir = heirId === undefined ? undefined : facts.state.members.get(heirId)
  const moves =
    heir === undefined || heir.id === owner.id
      ? ''
      : ` ${upperFirst(nameOf(subject))} is about to move to ${memberText(heir)}.`
  const backlog =
    lagRecords === 0 || reason === 'flowing' || reason === 'at-end'
      ? ''
      : ` ${upperFirst(countText(lagRecords, 'record'))} wait.`
  return { reason, text: `${text}${backlog}${moves}`, memberId: owner.id, ageMs }
}

interface Told {
  readonly reason: FlowReason
  readonly text: string
  readonly ageMs: number | undefined
}

/** What the owner itself says that is in the way. */
function toldBy({ subject, owner, progress }: HeldPartition, facts: FlowFacts): Told | undefined {
  if (progress === undefined) return undefined
  const { limits, monotonicMs } = facts
  const ageMs = Math.max(0, progress.stateAgeMs + monotonicMs - progress.heardMs)
  const [who, what, since] = [upperFirst(memberText(owner)), nameOf(subject), spanText(ageMs)]
  const why = progress.text === '' ? '' : `: ${progress.text}`
  switch (progress.state) {
    case 'handler-failed': {
      const text = `The handler of ${memberText(owner)} failed ${since} ago at offset ${progress.position} of ${what}${why}.`
      return { reason: 'handler-failed', text, ageMs }
    }
    case 'failed':
      return {
        reason: 'read-failed',
        text: `${who} cannot read ${what} for ${since}${why}.`,
        ageMs,
      }
    case 'in-handler': {
      if (ageMs < limits.groupHandlerStalledMs) return undefined
      const text = `The handler of ${memberText(owner)} has had offset ${progress.position} of ${what} for ${since} and has not finished it${why}. Nothing behind it is processed; heartbeats go on, so the member keeps the partition.`
      return { reason: 'stalled-in-handler', text, ageMs }
    }
    case 'paused':
      return { reason: 'paused', text: `${who} paused ${what} ${since} ago${why}.`, ageMs }
    case 'no-credit': {
      // For a moment it is what a program does that has enough to do.
      if (ageMs < MISSED_HEARTBEATS * heartbeatIntervalMs(owner, limits)) return undefined
      const text = `${who} holds as many records of ${what} as it may and its program has not come for them for ${since}${why}.`
      return { reason: 'no-credit', text, ageMs }
    }
    case 'flowing':
      return undefined
  }
}

function atEnd({ subject, bounds, progress, lagRecords }: HeldPartition): Told | undefined {
  const end = bounds.readableEnd
  if (lagRecords === 0) {
    const text = `Everything of ${nameOf(subject)} is committed up to its end, ${end}.`
    return { reason: 'at-end', text, ageMs: undefined }
  }
  // Who begins at the end has nothing to commit.
  if (subject.committed !== undefined || progress === undefined || progress.position < end) {
    return undefined
  }
  const text = `Nothing of ${nameOf(subject)} is committed, and its owner stands at the end, ${end}.`
  return { reason: 'at-end', text, ageMs: undefined }
}

/** Records have been there for long, and where the group stands does not move. */
function stuck(about: HeldPartition, facts: FlowFacts): Told | undefined {
  return standing(about, facts) ?? uncommitted(about, facts)
}

/** The owner says that records flow, and none does: what no client means to do. */
function standing(
  { subject, key, owner, progress }: HeldPartition,
  facts: FlowFacts,
): Told | undefined {
  const { monotonicMs, endBefore, limits } = facts
  if (progress?.state !== 'flowing') return undefined
  const stillMs = Math.max(0, monotonicMs - progress.movedMs)
  const end = endBefore(key, limits.groupHandlerStalledMs)
  if (stillMs < limits.groupHandlerStalledMs || end === undefined || progress.position >= end) {
    return undefined
  }
  const text = `${upperFirst(memberText(owner))} says that records of ${nameOf(subject)} flow, but it has stood at offset ${progress.position} for ${spanText(stillMs)}, and there are records up to ${end}.`
  return { reason: 'read-failed', text, ageMs: stillMs }
}

function uncommitted(
  { subject, key, owner, bounds, progress }: HeldPartition,
  facts: FlowFacts,
): Told | undefined {
  const { limits, monotonicMs, wallMs, presenceOf, endBefore } = facts
  const { committed } = subject
  const presence = presenceOf(owner.id)
  const heldMs = presence === undefined ? 0 : Math.max(0, monotonicMs - presence.holdingsMs)
  const ageMs = committed === undefined ? heldMs : Math.max(0, wallMs - committed.timeMs)
  const end = endBefore(key, limits.groupNotCommittingMs)
  const isBehind = end !== undefined && end > (committed?.offset ?? bounds.start)
  if (!isBehind || Math.min(ageMs, heldMs) < limits.groupNotCommittingMs) return undefined
  const place = committed === undefined ? 'nothing' : `nothing behind offset ${committed.offset}`
  const reads =
    progress === undefined
      ? 'and does not say how it gets on'
      : `although it stands at offset ${progress.position}`
  const text = `${upperFirst(memberText(owner))} has committed ${place} of ${nameOf(subject)} for ${spanText(ageMs)}, ${reads}. Whoever takes over would begin there.`
  return { reason: 'not-committing', text, ageMs }
}

function flowing({ subject, owner, progress, lagRecords }: HeldPartition): Told {
  const place = progress === undefined ? '' : ` and stands at offset ${progress.position}`
  const text = `${upperFirst(memberText(owner))} reads ${nameOf(subject)}${place}; ${countText(lagRecords, 'record')} of it ${lagRecords === 1 ? 'is' : 'are'} not committed.`
  return { reason: 'flowing', text, ageMs: undefined }
}

/** Since the last heartbeat that counted, or since the process began with it: each gives a whole session. */
function heartbeatAgeMs(member: Member, facts: FlowFacts): number {
  return Math.max(0, member.wishes.sessionTimeoutMs - sessionLeftMs(member, facts))
}

/** Until the member is put out, unless it is heard of. */
function sessionLeftMs(member: Member, facts: FlowFacts): number {
  return Math.max(0, deadlinesOf(member, facts).sessionMs - facts.monotonicMs)
}

function deadlinesOf(
  { id, wishes }: Member,
  { deadlines, monotonicMs }: FlowFacts,
): MemberDeadlines {
  const none = { sessionMs: monotonicMs + wishes.sessionTimeoutMs, rebalance: undefined }
  return deadlines.get(id) ?? none
}

function isSilent(member: Member, ageMs: number, limits: ExplainLimits): boolean {
  return ageMs > MISSED_HEARTBEATS * heartbeatIntervalMs(member, limits)
}

/** How often the member is to send one. */
function heartbeatIntervalMs({ wishes }: Member, limits: ExplainLimits): number {
  return Math.min(limits.groupHeartbeatIntervalMsMax, Math.floor(wishes.sessionTimeoutMs / 3))
}

/** Whether its owner reads within what is kept, whatever is committed. */
function isWithin({ start, end }: LogBounds, progress: HeardProgress | undefined): boolean {
  return progress !== undefined && progress.position >= start && progress.position <= end
}

function nameOf({ topic, partition }: FlowSubject): string {
  return `partition ${partition} of ${topic}`
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
