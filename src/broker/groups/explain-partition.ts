// Why one partition of a group flows or does not: a pure rule over what is known. The first reason that holds, in this order, is the one
// that must go before anything else helps: what cannot be read by anybody, what nobody has, what somebody waits for, what its owner says
// itself, and last what only its commits show. Invariant: `flowing` is said only where none of the others holds.
import type { MemberDeadlines } from '../../coordinator/deadlines.ts'
import { AWAY_EPOCH, type Member } from '../../coordinator/group-state.ts'
import type { PartitionKey } from '../../coordinator/partition-key.ts'
import { VarveError } from '../../domain/error.ts'
import type { LogBounds } from '../../storage/engine.ts'
import { held } from './explain-held.ts'
import { countText, memberText, nameOf, spanText, upperFirst } from './explain-words.ts'
import { type FlowFacts, type FlowSubject, patienceMs } from './flow-facts.ts'
import type { PartitionExplanation } from './group-descriptions.ts'
import type { HeardProgress } from './group-presence.ts'
import { backlogRecords, rangeError } from './partition-lag.ts'

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
  if (owner === undefined) {
    if (lagRecords === 0 && !facts.subscribers.has(subject.topic)) return unneeded(subject, bounds)
    return unowned(subject, key, facts)
  }
  if (owner.pendingRevocation.has(key)) return revoked(subject, { key, owner }, facts)
  if (owner.epoch === AWAY_EPOCH) return away(subject, owner, facts)
  const age = heartbeatAgeMs(owner, facts)
  if (age > patienceMs(owner, facts.limits)) return silent(subject, owner, facts)
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

/** Nobody has it, and nobody misses it. */
function unneeded(subject: FlowSubject, { readableEnd }: LogBounds): Finding {
  const what =
    subject.committed === undefined
      ? `There is nothing to read in ${nameOf(subject)}`
      : `Everything of ${nameOf(subject)} is committed up to its end, ${readableEnd}`
  return { reason: 'at-end', text: `${what}; no member subscribes to it.` }
}

/** Nobody subscribes to it. */
function abandoned({ topic }: FlowSubject, facts: FlowFacts): Finding {
  const { state, departed, wallMs, monotonicMs } = facts
  const last = departed.find(
    (one) => one.topics.includes(topic) && !state.members.has(one.memberId),
  )
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
  const quiet = heartbeatAgeMs(owner, facts)
  const isSilent = quiet > patienceMs(owner, facts.limits)
  // Heartbeats give it a new session each time, and no more time to give the partition up.
  const rebalanceMs = rebalance?.deadlineMs ?? sessionMs
  const deadlineMs = isSilent ? Math.min(rebalanceMs, sessionMs) : rebalanceMs
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
  const silence = isSilent ? ` It has not been heard of for ${spanText(quiet)}.` : ''
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
  const text = `${upperFirst(memberText(owner))}, which has ${nameOf(subject)}, ${heard}: it has ended, hangs, or cannot reach the broker. In ${spanText(endsInMs)} its session ends and another member gets the partition.`
  return { reason: 'member-silent', text, memberId: owner.id, ageMs, endsInMs }
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

/** Whether its owner reads within what is kept, whatever is committed. */
function isWithin({ start, end }: LogBounds, progress: HeardProgress | undefined): boolean {
  return progress !== undefined && progress.position >= start && progress.position <= end
}
