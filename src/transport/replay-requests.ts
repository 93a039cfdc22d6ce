// What clients of a replay session say: from messages to the words of the broker. Every refusal names the field that is to blame. Which
// oneofs must be set, and how many items there may be, was checked with the request as a whole.
import type {
  ReplayOptions,
  ReplayPace,
  ReplayPosition,
  ReplaySeekTarget,
  ReplaySource,
} from '../broker/replay/replay-words.ts'
import { checkGroupId } from '../coordinator/check-wishes.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import { presentFields } from '../domain/present-fields.ts'
import { shownValue } from '../domain/shown-value.ts'
import type {
  ReplayInitOutput,
  ReplayLatePolicyName,
  ReplayOrderName,
  ReplayPaceOutput,
  ReplayPositionOutput,
  ReplaySeekOutput,
  ReplaySourceOutput,
  ReplayTroublePolicyName,
} from '../protocol/grpc/messages.ts'
import { filterOf } from './replay-filters.ts'
import {
  ABSENT,
  admitCount,
  admitMoment,
  admitOffsetOf,
  admitTimestamp,
  missingField,
  namedPosition,
} from './wire-numbers.ts'

const ORDERS: Readonly<Record<ReplayOrderName, ReplayOptions['order']>> = {
  REPLAY_ORDER_UNSPECIFIED: 'partition',
  REPLAY_ORDER_PARTITION: 'partition',
  REPLAY_ORDER_MERGED: 'merged',
}

const LATE_POLICIES: Readonly<Record<ReplayLatePolicyName, ReplayOptions['latePolicy']>> = {
  REPLAY_LATE_POLICY_UNSPECIFIED: 'delay',
  REPLAY_LATE_POLICY_DELAY: 'delay',
  REPLAY_LATE_POLICY_CATCH_UP: 'catch-up',
}

const TROUBLE_POLICIES: Readonly<Record<ReplayTroublePolicyName, ReplayOptions['troublePolicy']>> =
  {
    REPLAY_TROUBLE_POLICY_UNSPECIFIED: 'stop',
    REPLAY_TROUBLE_POLICY_STOP: 'stop',
    REPLAY_TROUBLE_POLICY_SKIP: 'skip',
  }

/** Control and format characters, halves of characters, line ends: what would tear a log line or a table apart. */
const UNPRINTABLE_CHARACTERS = /[\p{C}\p{Zl}\p{Zp}]/u

/**
 * @param peer who replays
 * @throws VarveError MISSING_FIELD · INVALID_ARGUMENT · UNKNOWN_ENUM · INVALID_OFFSET · INVALID_TIMESTAMP · INVALID_GROUP_ID
 */
export function optionsOf(init: ReplayInitOutput, peer: string, limits: Limits): ReplayOptions {
  const { creditRecords, playheadMs } = init
  return {
    peer,
    sessionId: sessionIdOf(init.sessionId),
    sources: sourcesOf(init, limits),
    order: ORDERS[init.order],
    pace: init.pace === null ? { kind: 'max' } : paceOf(init.pace, 'init.pace'),
    latePolicy: LATE_POLICIES[init.latePolicy],
    troublePolicy: TROUBLE_POLICIES[init.troublePolicy],
    filter: filterOf(init.filters, 'init.filters'),
    mayGiveBatches: init.form !== 'RECORD_FORM_RECORDS',
    creditBytes: admitCount(init.creditBytes, 'init.credit_bytes'),
    creditRecords:
      creditRecords === undefined ? Infinity : admitCount(creditRecords, 'init.credit_records'),
    messageBytes: messageBytesOf(init.maxBytes),
    progressIntervalMs: progressIntervalOf(init.progressIntervalMs),
    isFollowing: init.follow,
    isPaused: init.paused,
    // Records without a timestamp are played at -1, and a session that goes on begins where the one before was.
    playheadMs:
      playheadMs === undefined || playheadMs === ABSENT
        ? playheadMs
        : admitTimestamp(playheadMs, 'init.playhead_ms'),
  }
}

/** @throws VarveError INVALID_ARGUMENT */
export function paceOf(pace: ReplayPaceOutput, field: string): ReplayPace {
  const { speed, recordsPerSecond, bytesPerSecond, gapMaxMs } = pace
  if (gapMaxMs !== undefined && speed === undefined) {
    throw refused(`${field}.gap_max_ms`, 'goes with speed only: leave it out, or set speed')
  }
  if (speed !== undefined) {
    return {
      kind: 'speed',
      factor: withinRange(speed, `${field}.speed`, 0.1, 1_000),
      ...presentFields({
        gapMaxMs: gapMaxMs === undefined ? undefined : admitCount(gapMaxMs, `${field}.gap_max_ms`),
      }),
    }
  }
  if (recordsPerSecond !== undefined) {
    const name = `${field}.records_per_second`
    return { kind: 'records', perSecond: withinRange(recordsPerSecond, name, 0.001, 1e7) }
  }
  if (bytesPerSecond !== undefined) {
    const name = `${field}.bytes_per_second`
    return { kind: 'bytes', perSecond: withinRange(bytesPerSecond, name, 1, 1e12) }
  }
  return { kind: 'max' }
}

/** @throws VarveError INVALID_TIMESTAMP · INVALID_ARGUMENT · MISSING_FIELD */
export function seekTargetOf({ timestampMs, start }: ReplaySeekOutput): ReplaySeekTarget {
  if (timestampMs !== undefined) {
    return { timestampMs: admitMoment(timestampMs, 'seek.timestamp_ms') }
  }
  if (start === undefined) throw missingField('seek.to')
  if (!start) throw refused('seek.start', 'must be true, or timestamp_ms must be set instead')
  return 'start'
}

/** @throws VarveError INVALID_ARGUMENT */
export function stepOf(records: number): number {
  if (Number.isSafeInteger(records) && records >= 1) return records
  throw refused('step.records', `must be from 1 to 2^53-1, but is ${records}`)
}

function sessionIdOf(sessionId: string): string {
  const max = LIMITS.replaySessionIdCharsMax
  if (Array.from(sessionId.slice(0, 2 * max + 1)).length <= max) {
    if (!UNPRINTABLE_CHARACTERS.test(sessionId)) return sessionId
  }
  const rule = `may have ${max} characters, all of them printable`
  throw refused('init.session_id', `${rule}, not ${shownValue(sessionId)}`)
}

function sourcesOf({ sources, follow }: ReplayInitOutput, limits: Limits): ReplaySource[] {
  if (sources.length === 0) {
    throw missingField('init.sources', 'init.sources must name at least one topic to replay')
  }
  return sources.map((source, index) => {
    const field = `init.sources[${index}]`
    if (follow && source.end !== null) {
      throw refused(`${field}.end`, 'must not be set where follow is: what follows has no end')
    }
    return sourceOf(source, field, limits)
  })
}

function sourceOf(source: ReplaySourceOutput, field: string, limits: Limits): ReplaySource {
  const { topic, partition, start, end } = source
  if (topic === '') throw missingField(`${field}.topic`)
  if (partition !== undefined) admitCount(partition, `${field}.partition`)
  return {
    topic,
    partition,
    start: start === null ? 'earliest' : positionOf(start, `${field}.start`, limits),
    end: end === null ? undefined : positionOf(end, `${field}.end`, limits),
  }
}

function positionOf(place: ReplayPositionOutput, field: string, limits: Limits): ReplayPosition {
  const { at, offset, timestampMs, position, group } = place
  switch (at) {
    case 'offset':
      return { offset: admitOffsetOf(offset ?? 0, `${field}.offset`) }
    case 'timestampMs':
      return { timestampMs: admitMoment(timestampMs ?? 0, `${field}.timestamp_ms`) }
    case 'position':
      return namedPosition(position, `${field}.position`)
    case 'group': {
      const { group: groupId = '', asOfMs } = group ?? {}
      checkGroupId(groupId, limits)
      return {
        group: groupId,
        ...presentFields({
          asOfMs: asOfMs === undefined ? undefined : admitMoment(asOfMs, `${field}.group.as_of_ms`),
        }),
      }
    }
    case undefined:
      break
  }
  throw missingField(`${field}.at`)
}

function messageBytesOf(askedBytes: number): number {
  const asked = admitCount(askedBytes, 'init.max_bytes')
  return Math.min(
    asked === 0 ? LIMITS.replayMessageBytesDefault : asked,
    LIMITS.replayMessageBytesMax,
  )
}

function progressIntervalOf(askedMs: number): number {
  const asked = admitCount(askedMs, 'init.progress_interval_ms')
  if (asked === 0) return LIMITS.replayProgressMsDefault
  return Math.min(Math.max(asked, LIMITS.replayProgressMsMin), LIMITS.replayProgressMsMax)
}

/** Not a number is within no range. */
function withinRange(value: number, field: string, min: number, max: number): number {
  if (value >= min && value <= max) return value
  throw refused(field, `must be from ${min} to ${max}, but is ${value}`)
}

function refused(field: string, what: string): VarveError {
  return new VarveError('INVALID_ARGUMENT', `${field} ${what}`, { details: { field } })
}
