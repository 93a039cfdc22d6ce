// What members and others ask of groups: from messages to the words of the broker. Nothing that a number or enum cannot mean gets
// through; what names may be is said by the groups themselves.
import type {
  GroupPartition,
  PartitionProgress,
  ProgressState,
  SessionHeartbeat,
  SessionJoin,
  SessionResume,
  SessionWishes,
} from '../broker/groups/group-membership.ts'
import type {
  CommitEntry,
  HistoryRequest,
  ResetEntry,
  ResetPlace,
  ResetRequest,
  WaitForCommitRequest,
} from '../broker/groups/group-service.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
import { presentFields } from '../domain/present-fields.ts'
import type {
  CommitOffsetsEntryOutput,
  GroupPartitionOutput,
  ListCommitHistoryRequestOutput,
  PartitionProgressOutput,
  ProgressStateName,
  ResetOffsetsEntryOutput,
  ResetOffsetsRequestOutput,
  SessionHeartbeatOutput,
  SessionJoinOutput,
  SessionResumeOutput,
  SessionWishesOutput,
  WaitForCommitRequestOutput,
} from '../protocol/grpc/messages.ts'
import { admitCount, admitInteger, admitTimestamp } from './wire-numbers.ts'

export function joinOf(join: SessionJoinOutput): SessionJoin {
  const { group, memberId, instanceId, clientId, sessionTimeoutMs } = join
  return {
    group,
    clientId,
    ...wishesOf(join),
    ...presentFields({
      memberId: givenText(memberId),
      instanceId,
      sessionTimeoutMs: givenNumber(sessionTimeoutMs),
    }),
  }
}

/** @throws VarveError MISSING_FIELD · UNKNOWN_ENUM · INVALID_ARGUMENT */
export function resumeOf(resume: SessionResumeOutput): SessionResume {
  const { group, memberId, instanceId, heartbeat } = resume
  if (!heartbeat) throw missing('resume.heartbeat')
  return { group, memberId, heartbeat: heartbeatOf(heartbeat), ...presentFields({ instanceId }) }
}

/** @throws VarveError UNKNOWN_ENUM · INVALID_ARGUMENT */
export function heartbeatOf(heartbeat: SessionHeartbeatOutput): SessionHeartbeat {
  const { memberEpoch, owned, wishes, progress } = heartbeat
  return {
    memberEpoch,
    progress: progress.map(progressOf),
    ...presentFields({
      owned: owned ? owned.partitions.map(partitionOf) : undefined,
      wishes: wishes ? wishesOf(wishes) : undefined,
    }),
  }
}

function wishesOf(
  wishes: Pick<SessionWishesOutput, 'topics' | 'assignor' | 'weight' | 'rebalanceTimeoutMs'>,
): SessionWishes {
  return {
    topics: wishes.topics,
    ...presentFields({
      assignor: givenText(wishes.assignor),
      weight: givenNumber(wishes.weight),
      rebalanceTimeoutMs: givenNumber(wishes.rebalanceTimeoutMs),
    }),
  }
}

export function partitionOf({ topic, partition, topicId }: GroupPartitionOutput): GroupPartition {
  return { topic, partition, ...presentFields({ topicId: givenText(topicId) }) }
}

const PROGRESS_STATES: Readonly<Record<ProgressStateName, ProgressState | undefined>> = {
  PROGRESS_STATE_UNSPECIFIED: undefined,
  PROGRESS_STATE_FLOWING: 'flowing',
  PROGRESS_STATE_IN_HANDLER: 'in-handler',
  PROGRESS_STATE_PAUSED: 'paused',
  PROGRESS_STATE_NO_CREDIT: 'no-credit',
  PROGRESS_STATE_FAILED: 'failed',
  PROGRESS_STATE_HANDLER_FAILED: 'handler-failed',
}

/** Too long a text is cut: it is for people, and no reason to lose the member. */
function progressOf(progress: PartitionProgressOutput): PartitionProgress {
  const { topic, partition, stateAgeMs, position, text } = progress
  const state = PROGRESS_STATES[progress.state]
  if (state === undefined) throw unknownEnum('progress.state', 'must be set')
  return {
    topic,
    partition,
    state,
    stateAgeMs: admitInteger(admitCount(stateAgeMs, 'progress.state_age_ms'), 'state_age_ms'),
    position: admitInteger(position, 'progress.position'),
    text: text.slice(0, LIMITS.progressTextCharactersMax),
  }
}

/** @throws VarveError INVALID_OFFSET */
export function commitEntryOf(entry: CommitOffsetsEntryOutput): CommitEntry {
  const { offset, leaderEpoch, metadata } = entry
  return {
    ...partitionOf(entry),
    offset: admitOffset(offset),
    metadata,
    ...presentFields({ leaderEpoch }),
  }
}

/** @throws VarveError MISSING_FIELD · INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP · UNKNOWN_ENUM */
export function resetOf(request: ResetOffsetsRequestOutput): ResetRequest {
  const { group, entries, undo, dryRun, force, reason } = request
  if (undo && entries.length > 0) {
    throw new VarveError('INVALID_ARGUMENT', 'an undo says itself where to: it takes no entries', {
      details: { field: 'entries' },
    })
  }
  if (!undo && entries.length === 0) throw missing('entries')
  return { group, what: undo ? 'undo' : entries.map(resetEntryOf), dryRun, force, reason }
}

function resetEntryOf(entry: ResetOffsetsEntryOutput): ResetEntry {
  const { topic, partition } = entry
  if (topic === '' && partition !== undefined) throw missing('entries.topic')
  return { topic: givenText(topic), partition, place: placeOf(entry, entry.to) }
}

function placeOf(
  entry: ResetOffsetsEntryOutput,
  to: ResetOffsetsEntryOutput['to'] | undefined,
): ResetPlace {
  switch (to) {
    case 'position':
      if (entry.position === 'OFFSET_POSITION_EARLIEST') return { to: 'earliest' }
      if (entry.position === 'OFFSET_POSITION_LATEST') return { to: 'latest' }
      throw unknownEnum('entries.position', 'must be earliest or latest')
    case 'offset':
      return { to: 'offset', offset: admitOffset(entry.offset ?? 0) }
    case 'timestampMs':
      return { to: 'timestamp', timestampMs: admitTimestamp(entry.timestampMs ?? 0) }
    case 'shiftBy':
      return { to: 'shift', by: admitInteger(entry.shiftBy ?? 0, 'entries.shift_by') }
    case 'asOfMs':
      return { to: 'as-of', timeMs: admitTimestamp(entry.asOfMs ?? 0) }
    case undefined:
      // The check of requests let none such through.
      throw missing('entries.to')
  }
}

/** @throws VarveError INVALID_OFFSET · INVALID_ARGUMENT */
export function waitOf(
  request: WaitForCommitRequestOutput,
  remainingMs: number,
): WaitForCommitRequest {
  const { group, positions } = request
  if (positions.length === 0) throw missing('positions')
  const askedMs = givenNumber(admitCount(request.maxWaitMs, 'max_wait_ms'))
  return {
    group,
    positions: positions.map(({ topic, partition, offset }) => ({
      topic,
      partition,
      offset: admitOffset(offset),
    })),
    maxWaitMs: Math.min(
      askedMs ?? LIMITS.commitWaitMsDefault,
      LIMITS.commitWaitMsMax,
      Math.max(0, Math.floor(remainingMs - LIMITS.fetchDeadlineMarginMs)),
    ),
  }
}

/** @throws VarveError INVALID_TIMESTAMP · INVALID_ARGUMENT · MISSING_FIELD */
export function historyOf(request: ListCommitHistoryRequestOutput): HistoryRequest {
  const { group, topic, partition, fromMs, toMs, resetsOnly, pageToken } = request
  if (topic === '' && partition !== undefined) throw missing('topic')
  const asked = givenNumber(admitCount(request.pageSize, 'page_size'))
  return {
    group,
    resetsOnly,
    limit: Math.min(asked ?? LIMITS.groupHistoryPageDefault, LIMITS.groupHistoryPageMax),
    ...presentFields({
      topic: givenText(topic),
      partition,
      fromMs: givenMoment(fromMs),
      toMs: givenMoment(toMs),
      before: givenText(pageToken),
    }),
  }
}

/** A moment that may be left out. @throws VarveError INVALID_TIMESTAMP */
export function givenMoment(timeMs: number | undefined): number | undefined {
  return timeMs === undefined ? undefined : admitTimestamp(timeMs)
}

/** The wire says nothing by an empty text. */
function givenText(text: string): string | undefined {
  return text === '' ? undefined : text
}

/** The wire says nothing by a 0. */
function givenNumber(value: number): number | undefined {
  return value === 0 ? undefined : value
}

function missing(field: string): VarveError {
  return new VarveError('MISSING_FIELD', `${field} must be set`, { details: { field } })
}

function unknownEnum(field: string, what: string): VarveError {
  return new VarveError('UNKNOWN_ENUM', `${field} ${what}`, { details: { field } })
}
