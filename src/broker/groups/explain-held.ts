// Why a partition flows or does not whose owner lives: what the owner says itself comes first, then what its commits show. Invariant:
// `at-end` is said of a partition with records that are not committed only while there was no time to commit them.
import type { Member } from '../../coordinator/group-state.ts'
import type { PartitionKey } from '../../coordinator/partition-key.ts'
import type { LogBounds } from '../../storage/engine.ts'
import { countText, memberText, nameOf, spanText, upperFirst } from './explain-words.ts'
import { type FlowFacts, type FlowSubject, patienceMs } from './flow-facts.ts'
import type { FlowReason, PartitionExplanation } from './group-descriptions.ts'
import type { HeardProgress } from './group-presence.ts'

export interface HeldPartition {
  readonly subject: FlowSubject
  readonly key: PartitionKey
  readonly owner: Member
  readonly bounds: LogBounds
  readonly progress: HeardProgress | undefined
  readonly lagRecords: number
}

/** Its owner lives: what it says itself, then what its commits show. */
export function held(
  about: HeldPartition,
  facts: FlowFacts,
): Pick<PartitionExplanation, 'reason' | 'text' | 'memberId' | 'ageMs'> {
  const { key, owner, subject, lagRecords } = about
  const { reason, text, ageMs } =
    toldBy(about, facts) ??
    committedToEnd(about) ??
    busy(about, facts) ??
    standing(about, facts) ??
    uncommitted(about, facts) ??
    nothingToCommit(about) ??
    flowing(about)
  const heirId = facts.heirs.get(key)
  const heir = heirId === undefined ? undefined : facts.state.members.get(heirId)
  const moves =
    heir === undefined || heir.id === owner.id
      ? ''
      : ` ${upperFirst(nameOf(subject))} is about to move to ${memberText(heir)}.`
  const backlog =
    lagRecords === 0 || reason === 'flowing' || reason === 'at-end'
      ? ''
      : ` ${countText(lagRecords, 'record')} ${lagRecords === 1 ? 'waits' : 'wait'}.`
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
  // The place is in the sentence already.
  const isMore = progress.text !== '' && progress.text !== `offset ${progress.position}`
  const why = isMore ? `: ${progress.text}` : ''
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
      const text = `The handler of ${memberText(owner)} has had offset ${progress.position} of ${what} for ${since} and has not finished it${why}. Nothing behind it is committed; heartbeats go on, so the member keeps the partition.`
      return { reason: 'stalled-in-handler', text, ageMs }
    }
    case 'paused':
      return { reason: 'paused', text: `${who} paused ${what} ${since} ago${why}.`, ageMs }
    case 'no-credit': {
      // For a moment it is what a program does that has enough to do.
      if (ageMs < patienceMs(owner, limits)) return undefined
      const text = `${who} holds as many records of ${what} as it may and its program has not come for them for ${since}${why}.`
      return { reason: 'no-credit', text, ageMs }
    }
    case 'flowing':
      return undefined
  }
}

function committedToEnd({ subject, bounds, lagRecords }: HeldPartition): Told | undefined {
  if (lagRecords > 0) return undefined
  const text = `Everything of ${nameOf(subject)} is committed up to its end, ${bounds.readableEnd}.`
  return { reason: 'at-end', text, ageMs: undefined }
}

/** Who has begun at the end, or has just come there, has nothing to commit yet. */
function nothingToCommit({ subject, bounds, progress }: HeldPartition): Told | undefined {
  const end = bounds.readableEnd
  if (subject.committed !== undefined || progress === undefined || progress.position < end) {
    return undefined
  }
  const text = `Nothing of ${nameOf(subject)} is committed, and its owner stands at the end, ${end}.`
  return { reason: 'at-end', text, ageMs: undefined }
}

/** A program that does one thing after the other comes for nothing else while it is stuck with another partition. */
function busy(
  { key, owner, subject, progress }: HeldPartition,
  facts: FlowFacts,
): Told | undefined {
  const { monotonicMs, endBefore, limits, presenceOf } = facts
  if (progress?.state !== 'flowing') return undefined
  const ageMs = Math.max(0, monotonicMs - progress.movedMs)
  const patience = patienceMs(owner, limits)
  const end = endBefore(key, patience)
  if (ageMs < patience || end === undefined || progress.position >= end) return undefined
  for (const other of presenceOf(owner.id)?.progress.values() ?? []) {
    const workedMs = Math.max(0, other.stateAgeMs + monotonicMs - other.heardMs)
    if (other.state !== 'in-handler' || workedMs < limits.groupHandlerStalledMs) continue
    const text = `${upperFirst(memberText(owner))} has not come for records of ${nameOf(subject)} for ${spanText(ageMs)}: its program has been busy with ${nameOf(other)} for ${spanText(workedMs)}.`
    return { reason: 'no-credit', text, ageMs }
  }
  return undefined
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
  const isAtEnd = progress !== undefined && progress.position >= bounds.readableEnd
  const reads =
    progress === undefined
      ? 'and does not say how it gets on'
      : `although it stands at offset ${progress.position}${isAtEnd ? ', the end' : ''}`
  const next =
    committed !== undefined
      ? 'Whoever takes over would begin there.'
      : isAtEnd
        ? 'If it began there, it has nothing to commit before new records come; else whoever takes over would not know of what it read.'
        : 'Whoever takes over would not know of what it read.'
  const text = `${upperFirst(memberText(owner))} has committed ${place} of ${nameOf(subject)} for ${spanText(ageMs)}, ${reads}. ${next}`
  return { reason: 'not-committing', text, ageMs }
}

function flowing({ subject, owner, progress, lagRecords }: HeldPartition): Told {
  const place = progress === undefined ? '' : ` and stands at offset ${progress.position}`
  const text = `${upperFirst(memberText(owner))} reads ${nameOf(subject)}${place}; ${countText(lagRecords, 'record')} of it ${lagRecords === 1 ? 'is' : 'are'} not committed.`
  return { reason: 'flowing', text, ageMs: undefined }
}
