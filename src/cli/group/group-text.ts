// Groups as people read them: all in a table, one with everything about it.
import type {
  GroupDescription,
  GroupMemberInfo,
  GroupSnapshotInfo,
  GroupSummary,
} from '../../client/index.ts'
import { oneLine, TEXT_COLUMNS, wrapText } from '../../text/one-line.ts'
import { formatCounted, formatMoment, formatSpan } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import { NOTHING, partitionTable, trafficTable } from './lag-text.ts'
import { placesText } from './partition-ranges.ts'
import { shortMemberId } from './short-member-id.ts'

/** A table of groups, or a hint how to make the first. */
export function listGroups(groups: readonly GroupSummary[]): string {
  if (groups.length === 0) return 'no groups yet: varve consume TOPIC --group NAME makes one'
  return formatTable(
    [
      { heading: 'group' },
      { heading: 'condition' },
      { heading: 'members', align: 'right' },
      { heading: 'committed', align: 'right' },
      { heading: 'created' },
      { heading: 'empty since' },
    ],
    groups.map((group) => [
      oneLine(group.group),
      group.condition,
      String(group.members),
      formatCounted(group.committedPartitions, 'partition'),
      formatMoment(group.createdMs),
      group.emptySinceMs === undefined ? '' : formatMoment(group.emptySinceMs),
    ]),
  )
}

/** Everything about one group. */
export function describeGroup(description: GroupDescription): string {
  const { members, partitions, traffic, snapshots } = description
  const parts = [
    headText(description),
    ...(members.length === 0 ? [] : [memberTable(members)]),
    partitions.length === 0
      ? 'it subscribes to nothing and has committed nothing'
      : partitionTable(partitions),
    ...(partitions.length === 0 || traffic.length === 0 ? [] : [trafficTable(traffic)]),
    ...(snapshots.length === 0 ? [] : [snapshotTable(snapshots)]),
  ]
  return parts.join('\n\n')
}

/** A table of snapshots. */
export function snapshotTable(snapshots: readonly GroupSnapshotInfo[]): string {
  return formatTable(
    [
      { heading: 'snapshot' },
      { heading: 'shows' },
      { heading: 'taken' },
      { heading: 'partitions', align: 'right' },
    ],
    snapshots.map(({ name, asOfMs, timeMs, partitions }) => [
      oneLine(name),
      formatMoment(asOfMs),
      formatMoment(timeMs),
      String(partitions),
    ]),
  )
}

function headText({ summary, assignor, resetEpoch, timeMs }: GroupDescription): string {
  const { group, condition, members, epoch, createdMs, emptySinceMs } = summary
  const facts = [
    condition,
    formatCounted(members, 'member'),
    ...(emptySinceMs === undefined ? [] : [`none for ${formatSpan(timeMs - emptySinceMs)}`]),
    `epoch ${epoch}`,
    ...(assignor === '' ? [] : [`assignor ${oneLine(assignor)}`]),
    ...(resetEpoch === 0 ? [] : [`reset ${formatCounted(resetEpoch, 'time')}`]),
    `created ${formatMoment(createdMs)}`,
  ]
  // Broken between facts only.
  const text = `${oneLine(group)}: ${facts.map(unbroken).join(', ')}`
  return wrapText(text, TEXT_COLUMNS).join('\n').replaceAll(NO_BREAK_SPACE, ' ')
}

const NO_BREAK_SPACE = '\u00a0'

function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK_SPACE)
}

function memberTable(members: readonly GroupMemberInfo[]): string {
  const hasInstances = members.some(({ instanceId }) => instanceId !== undefined)
  return formatTable(
    [
      { heading: 'member' },
      ...(hasInstances ? [{ heading: 'instance' }] : []),
      { heading: 'from' },
      { heading: 'state' },
      { heading: 'epoch', align: 'right' },
      { heading: 'heard', align: 'right' },
      { heading: 'session ends', align: 'right' },
      { heading: 'partitions' },
    ],
    members.map((member) => [
      shortMemberId(member.memberId),
      ...(hasInstances ? [oneLine(member.instanceId ?? NOTHING)] : []),
      member.peer === '' ? NOTHING : oneLine(member.peer),
      member.state,
      String(member.epoch),
      member.heartbeatAgeMs === undefined ? NOTHING : `${formatSpan(member.heartbeatAgeMs)} ago`,
      `in ${formatSpan(member.sessionLeftMs)}`,
      holdingsText(member),
    ]),
  )
}

function holdingsText({ assigned, pendingRevocation }: GroupMemberInfo): string {
  const has = assigned.length === 0 ? 'none' : placesText(assigned)
  return pendingRevocation.length === 0 ? has : `${has}; gives up ${placesText(pendingRevocation)}`
}
