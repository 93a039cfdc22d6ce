// What happened to committed offsets, newest first, as people read it: a line a change.
import type { GroupHistoryEntry } from '../../client/index.ts'
import { oneLine } from '../../text/one-line.ts'
import { formatMoment } from '../../text/quantities.ts'
import { type Column, formatTable } from '../../text/table.ts'
import { differenceText, offsetText } from './change-text.ts'
import { shortMemberId } from './short-member-id.ts'

const COLUMNS: readonly Column[] = [
  { heading: 'time' },
  { heading: 'what' },
  { heading: 'topic' },
  { heading: 'partition', align: 'right' },
  { heading: 'before', align: 'right' },
  { heading: 'after', align: 'right' },
  { heading: 'difference', align: 'right' },
  { heading: 'by' },
]

export function historyTable(entries: readonly GroupHistoryEntry[]): string {
  return formatTable(COLUMNS, entries.flatMap(entryRows))
}

function entryRows(entry: GroupHistoryEntry): string[][] {
  const head = [formatMoment(entry.timeMs), entry.kind]
  if (entry.changes.length === 0) return [[...head, '', '', '', '', '', byText(entry)]]
  return entry.changes.map((change, index) => [
    ...(index === 0 ? head : ['', '']),
    oneLine(change.topic),
    String(change.partition),
    offsetText(change.before),
    offsetText(change.after),
    differenceText(change),
    index === 0 ? byText(entry) : '',
  ])
}

/** Who did it or why. */
function byText({ kind, memberId, reason, resetEpoch }: GroupHistoryEntry): string {
  if (memberId !== undefined) return shortMemberId(memberId)
  if (kind === 'reset') return oneLine(`reset ${resetEpoch}${reason === '' ? '' : `: ${reason}`}`)
  return oneLine(reason)
}
