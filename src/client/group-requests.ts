// What programs ask of groups, checked and as messages. What a value may be beyond its type is the broker's to say.

import { admitOffset } from '../domain/offset.ts'
import { presentFields } from '../domain/present-fields.ts'
import { shownValue } from '../domain/shown-value.ts'
import type {
  CommitOffsetsEntry,
  GroupPartition,
  ListCommitHistoryRequest,
  ResetOffsetsEntry,
  WaitForCommitPosition,
} from '../protocol/grpc/messages.ts'
import type { TopicPartition } from './consumer-types.ts'
import type {
  GroupCommit,
  GroupHistoryOptions,
  GroupResetOptions,
  GroupResetPlace,
  GroupResetTarget,
  ProducedPosition,
} from './group-types.ts'
import { requireTimestamp } from './list-offsets.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireBoolean,
  requireInt32,
  requireInteger,
  requireList,
  requireObject,
  requireText,
} from './option-check.ts'

/** All of them, or this does not compile. */
const COMMIT: KnownOptions<GroupCommit> = {
  topic: true,
  partition: true,
  offset: true,
  leaderEpoch: true,
  metadata: true,
}
const TARGET: KnownOptions<GroupResetTarget> = { topic: true, partition: true, to: true }
const RESET: KnownOptions<GroupResetOptions> = { dryRun: true, force: true, reason: true }
const PLACE: KnownOptions<Exclude<GroupResetPlace, string>> = {
  offset: true,
  timestampMs: true,
  shiftBy: true,
  asOfMs: true,
}
const HISTORY: KnownOptions<GroupHistoryOptions> = {
  topic: true,
  partition: true,
  fromMs: true,
  toMs: true,
  resetsOnly: true,
  pageSize: true,
}

/** @throws VarveError INVALID_ARGUMENT */
export function groupPartitions(partitions: readonly TopicPartition[]): GroupPartition[] {
  requireList('partitions', partitions, '[{ topic, partition }]')
  return partitions.map(({ topic, partition }) => ({
    topic: requireText('topic', topic),
    partition: requireInt32('partition', partition),
  }))
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET */
export function commitEntries(commits: readonly GroupCommit[]): CommitOffsetsEntry[] {
  requireList('offsets', commits, '[{ topic, partition, offset }]')
  return commits.map((commit) => {
    refuseUnknown('an offset to commit', commit, COMMIT)
    const { topic, partition, offset, leaderEpoch, metadata = '' } = commit
    return {
      topic: requireText('topic', topic),
      partition: requireInt32('partition', partition),
      offset: admitOffset(offset),
      metadata: requireText('metadata', metadata),
      ...(leaderEpoch === undefined
        ? {}
        : { leaderEpoch: requireInt32('leaderEpoch', leaderEpoch) }),
    }
  })
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function resetEntries(
  targets: GroupResetTarget | readonly GroupResetTarget[],
): ResetOffsetsEntry[] {
  const list: readonly GroupResetTarget[] = isList(targets) ? targets : [targets]
  return list.map((target) => {
    refuseUnknown('the target of a reset', target, TARGET)
    const { topic, partition, to } = target
    return {
      ...placeEntry(to),
      ...(topic === undefined ? {} : { topic: requireText('topic', topic) }),
      ...(partition === undefined ? {} : { partition: requireInt32('partition', partition) }),
    }
  })
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value)
}

function placeEntry(to: GroupResetPlace): ResetOffsetsEntry {
  if (to === 'earliest') return { position: 'OFFSET_POSITION_EARLIEST' }
  if (to === 'latest') return { position: 'OFFSET_POSITION_LATEST' }
  const choices =
    'earliest, latest, { offset }, { timestampMs }, { shiftBy } or { asOfMs }, and one of them'
  const given: unknown = to
  if (typeof given !== 'object' || given === null)
    throw refusal('to', `to must be ${choices}, not ${shownValue(to)}`)
  refuseUnknown('to', to, PLACE)
  if (Object.keys(to).length !== 1) throw refusal('to', `to must be ${choices}`)
  if ('offset' in to) return { offset: admitOffset(to.offset) }
  if ('timestampMs' in to) return { timestampMs: requireTimestamp(to.timestampMs) }
  if ('shiftBy' in to) {
    const min = -Number.MAX_SAFE_INTEGER
    return { shiftBy: requireInteger('shiftBy', to.shiftBy, { min, max: -min }) }
  }
  return { asOfMs: requireTimestamp(to.asOfMs) }
}

/** @throws VarveError INVALID_ARGUMENT */
export function resetOptions(
  call: string,
  options: GroupResetOptions,
): Required<GroupResetOptions> {
  refuseUnknown(call, options, RESET)
  const { dryRun = false, force = false, reason = '' } = options
  return {
    dryRun: requireBoolean('dryRun', dryRun),
    force: requireBoolean('force', force),
    reason: requireText('reason', reason),
  }
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP */
export function historyRequest(
  group: string,
  options: GroupHistoryOptions,
): ListCommitHistoryRequest {
  refuseUnknown('groupHistory', options, HISTORY)
  const { topic = '', partition, fromMs, toMs, resetsOnly = false, pageSize = 0 } = options
  return {
    group: requireText('group', group),
    topic: requireText('topic', topic),
    resetsOnly: requireBoolean('resetsOnly', resetsOnly),
    pageSize: requireInt32('pageSize', pageSize),
    ...presentFields({
      partition: partition === undefined ? undefined : requireInt32('partition', partition),
      fromMs: fromMs === undefined ? undefined : requireTimestamp(fromMs),
      toMs: toMs === undefined ? undefined : requireTimestamp(toMs),
    }),
  }
}

/**
 * The last record of each partition: whoever has committed it has committed the others.
 * @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET
 */
export function waitPositions(
  produced: ProducedPosition | readonly ProducedPosition[],
): WaitForCommitPosition[] {
  const last = new Map<string, { topic: string; partition: number; offset: number }>()
  for (const position of isList(produced) ? produced : [produced]) {
    requireObject('a position', position, { topic: true, partition: true, offset: true })
    const topic = requireText('topic', position.topic)
    const partition = requireInt32('partition', position.partition)
    const offset = lastOffset(position)
    const key = `${partition}/${topic}`
    if (offset > (last.get(key)?.offset ?? -1)) last.set(key, { topic, partition, offset })
  }
  return [...last.values()].sort(
    (one, other) => compare(one.topic, other.topic) || one.partition - other.partition,
  )
}

function lastOffset(position: ProducedPosition): number {
  const [first, count] =
    'baseOffset' in position
      ? [position.baseOffset, requireInteger('recordCount', position.recordCount, { min: 1 })]
      : [position.offset, 1]
  if (first === undefined) {
    const text = 'a record with durability none has no offset to wait for'
    throw refusal('offset', text)
  }
  return admitOffset(admitOffset(first) + count - 1)
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
