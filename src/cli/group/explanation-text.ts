// Why a group flows or does not, as people read it: a sentence first, then a line for every set of partitions that are alike,
// however many there are.
import type {
  DepartedGroupMember,
  GroupExplanation,
  GroupPartitionExplanation,
} from '../../client/index.ts'
import { oneLine, TEXT_COLUMNS, wrapText } from '../../text/one-line.ts'
import { formatCount, formatMoment, formatSpan } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import { NOTHING } from './lag-text.ts'
import { partitionRanges } from './partition-ranges.ts'
import { shortMemberId } from './short-member-id.ts'

/** Members that are none any more and that are shown; --json has all of them. */
const DEPARTED_SHOWN_MAX = 5

/** The whole explanation. */
export function explainText(explanation: GroupExplanation): string {
  const alike = partitionsAlike(explanation.partitions)
  const parts = [
    wrapped(explanation.text),
    ...(alike.length === 0 ? [] : [flowTable(alike)]),
    ...moreSentences(explanation.text, alike),
    ...(explanation.departed.length === 0 ? [] : [departedText(explanation.departed)]),
  ]
  return parts.join('\n\n')
}

/** Partitions of one topic with the same reason and the same members in it. */
type Alike = readonly [GroupPartitionExplanation, ...GroupPartitionExplanation[]]

function partitionsAlike(partitions: readonly GroupPartitionExplanation[]): Alike[] {
  const sets = new Map<string, [GroupPartitionExplanation, ...GroupPartitionExplanation[]]>()
  for (const one of partitions) {
    const { topic, reason, memberId = '', waitingForMemberId = '' } = one
    const key = JSON.stringify([topic, reason, memberId, waitingForMemberId])
    const present = sets.get(key)
    if (present === undefined) sets.set(key, [one])
    else present.push(one)
  }
  return [...sets.values()]
}

function flowTable(sets: readonly Alike[]): string {
  const waits = sets.some(([first]) => first.waitingForMemberId !== undefined)
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partitions' },
      { heading: 'reason' },
      { heading: 'member' },
      ...(waits ? [{ heading: 'waits for' }] : []),
      { heading: 'records', align: 'right' },
      { heading: 'for', align: 'right' },
      { heading: 'ends in', align: 'right' },
    ],
    sets.map((alike) => {
      const [first] = alike
      const ages = alike.flatMap(({ ageMs }) => (ageMs === undefined ? [] : [ageMs]))
      const ends = alike.flatMap(({ endsInMs }) => (endsInMs === undefined ? [] : [endsInMs]))
      const numbers = alike.flatMap(({ partition }) => (partition === undefined ? [] : [partition]))
      const records = alike.reduce((sum, { lagRecords }) => sum + lagRecords, 0)
      return [
        oneLine(first.topic),
        numbers.length === 0 ? NOTHING : partitionRanges(numbers, 4),
        first.reason,
        shortMemberId(first.memberId ?? NOTHING),
        ...(waits ? [shortMemberId(first.waitingForMemberId ?? NOTHING)] : []),
        formatCount(records),
        ages.length === 0 ? '' : formatSpan(ages.reduce((most, age) => Math.max(most, age))),
        ends.length === 0 ? '' : formatSpan(ends.reduce((least, end) => Math.min(least, end))),
      ]
    }),
  )
}

/** What is said of partitions that do not flow and is not in the sentence at the head already. */
function moreSentences(head: string, sets: readonly Alike[]): string[] {
  return sets
    .filter(([{ reason }]) => reason !== 'flowing' && reason !== 'at-end')
    .filter((alike) => !alike.some(({ text }) => head.includes(text)))
    .map(([{ text }]) => wrapped(text))
}

function departedText(departed: readonly DepartedGroupMember[]): string {
  const shown = departed.slice(0, DEPARTED_SHOWN_MAX)
  const table = formatTable(
    [
      { heading: 'was a member' },
      { heading: 'until' },
      { heading: 'reason' },
      { heading: 'last refused' },
    ],
    shown.map(({ memberId, timeMs, reason, refusedMs }) => [
      shortMemberId(memberId),
      formatMoment(timeMs),
      oneLine(reason),
      refusedMs === undefined ? '' : formatMoment(refusedMs),
    ]),
  )
  const more = departed.length - shown.length
  return more === 0 ? table : `${table}\nand ${more} more (--json shows all)`
}

function wrapped(text: string): string {
  return wrapText(oneLine(text), TEXT_COLUMNS).join('\n')
}
