// What a reset, undo, restore or fork changes, as people read it and as Kafka's tools write it.
import type {
  CommittedGroupOffset,
  GroupResetReport,
  PlannedGroupOffset,
} from '../../client/index.ts'
import { oneLine } from '../../text/one-line.ts'
import { formatCount, formatCounted, formatMoment } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import { NOTHING } from './lag-text.ts'
import { shortMemberId } from './short-member-id.ts'

interface ResetSubject {
  readonly group: string
  readonly isUndo: boolean
}

/** The plan, whether it was carried out, and how to go on or back. */
export function resetText(subject: ResetSubject, report: GroupResetReport): string {
  const { changes, isApplied, membersPutOut } = report
  const table = changes.length === 0 ? [] : [changeTable(changes)]
  return [...table, outcomeText(subject, report), ...putOutText(membersPutOut, isApplied)].join(
    '\n',
  )
}

function outcomeText({ group, isUndo }: ResetSubject, report: GroupResetReport): string {
  const { changes, isApplied, resetEpoch } = report
  const name = oneLine(group)
  if (changes.length === 0) return `nothing to change in ${name}`
  const count = formatCounted(changes.length, 'partition')
  if (!isApplied) return `nothing was changed: this is what would become of ${count} of ${name}`
  const alike = changes.filter(({ before, after }) => before === after).length
  const stay = alike === 0 ? '' : `, of which ${formatCount(alike)} stay where they were`
  if (isUndo) return `took the last reset of ${name} back: ${count}${stay}`
  return `reset ${count} of ${name}${stay} (reset ${resetEpoch}); varve group undo takes it back`
}

function putOutText(members: readonly string[], isApplied: boolean): string[] {
  if (members.length === 0) return []
  const names = members.map(shortMemberId).join(', ')
  const who = formatCounted(members.length, 'member')
  return [isApplied ? `put out ${who}: ${names}` : `needs --force, which puts out ${who}: ${names}`]
}

function changeTable(changes: readonly PlannedGroupOffset[]): string {
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'before', align: 'right' },
      { heading: 'after', align: 'right' },
      { heading: 'difference', align: 'right' },
      { heading: 'start', align: 'right' },
      { heading: 'end', align: 'right' },
    ],
    changes.map((change) => [
      oneLine(change.topic),
      String(change.partition),
      offsetText(change.before),
      offsetText(change.after),
      differenceText(change),
      String(change.startOffset),
      String(change.readableEndOffset),
    ]),
  )
}

/** `+5`, `-3`, `0`; nothing where one of both is. */
export function differenceText({
  before,
  after,
}: {
  readonly before: number | undefined
  readonly after: number | undefined
}): string {
  if (before === undefined || after === undefined) return before === after ? '0' : ''
  return after > before ? `+${after - before}` : String(after - before)
}

export function offsetText(offset: number | undefined): string {
  return offset === undefined ? NOTHING : String(offset)
}

/** Where the answer would have been too large with all of it. */
const LEFT_OUT = '(left out, there is so much)'

/** Committed offsets as a table. */
export function offsetTable(offsets: readonly CommittedGroupOffset[]): string {
  const withMetadata = offsets.some((one) => one.metadata !== '' || one.isMetadataLeftOut)
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'offset', align: 'right' },
      { heading: 'committed' },
      { heading: 'by' },
      ...(withMetadata ? [{ heading: 'metadata' }] : []),
    ],
    offsets.map(({ topic, partition, offset, commitTimeMs, memberId, ...rest }) => [
      oneLine(topic),
      String(partition),
      offsetText(offset),
      commitTimeMs === undefined ? '' : formatMoment(commitTimeMs),
      shortMemberId(memberId ?? NOTHING),
      ...(withMetadata ? [rest.isMetadataLeftOut ? LEFT_OUT : oneLine(rest.metadata)] : []),
    ]),
  )
}
