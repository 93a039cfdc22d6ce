// How far a group is behind, as people read it: records, exact seconds and bytes.
import type { GroupPartitionInfo, GroupTrafficInfo } from '../../client/index.ts'
import { oneLine } from '../../text/one-line.ts'
import { formatBytes, formatCount, formatExactSeconds, formatSpan } from '../../text/quantities.ts'
import { type Column, formatTable } from '../../text/table.ts'
import { shortMemberId } from './short-member-id.ts'

/** What a table says where there is nothing to say. */
export const NOTHING = '-'

const LAG_COLUMNS: readonly Column[] = [
  { heading: 'records', align: 'right' },
  { heading: 'seconds', align: 'right' },
  { heading: 'bytes', align: 'right' },
]

/** All partitions together: the time is that of the worst one. */
export interface LagTotal {
  readonly lagRecords: number
  /** Undefined when it is not known of any partition. */
  readonly lagMs: number | undefined
  readonly lagBytes: number | undefined
  /** Partitions whose lag is not known whole, because they cannot be read. */
  readonly unknownPartitions: number
}

export function totalLag(partitions: readonly GroupPartitionInfo[]): LagTotal {
  const times = partitions.flatMap(({ lagMs }) => (lagMs === undefined ? [] : [lagMs]))
  const bytes = partitions.flatMap(({ lagBytes }) => (lagBytes === undefined ? [] : [lagBytes]))
  const lacksAny = (values: readonly number[]): boolean =>
    values.length === 0 && partitions.length > 0
  return {
    lagRecords: partitions.reduce((sum, { lagRecords }) => sum + lagRecords, 0),
    lagMs: lacksAny(times) ? undefined : times.reduce((most, time) => Math.max(most, time), 0),
    lagBytes: lacksAny(bytes) ? undefined : bytes.reduce((sum, one) => sum + one, 0),
    unknownPartitions: partitions.filter(({ lagMs }) => lagMs === undefined).length,
  }
}

/** A line a partition and, where there are several, the total. */
export function lagTable(partitions: readonly GroupPartitionInfo[]): string {
  const rows = partitions.map((partition) => [
    oneLine(partition.topic),
    String(partition.partition),
    ...lagCells(partition),
    troubleText(partition),
  ])
  const total = totalLag(partitions)
  if (partitions.length > 1) rows.push(['total', '', ...lagCells(total), ''])
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      ...LAG_COLUMNS,
      { heading: '' },
    ],
    rows,
  )
}

/** With what is committed, where the partition ends, and who has it. */
export function partitionTable(partitions: readonly GroupPartitionInfo[]): string {
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'committed', align: 'right' },
      { heading: 'end', align: 'right' },
      ...LAG_COLUMNS,
      { heading: 'member' },
      { heading: '' },
    ],
    partitions.map((partition) => [
      oneLine(partition.topic),
      String(partition.partition),
      partition.committedOffset === undefined ? NOTHING : String(partition.committedOffset),
      String(partition.readableEndOffset),
      ...lagCells(partition),
      shortMemberId(partition.memberId ?? NOTHING),
      troubleText(partition),
    ]),
  )
}

/** Rates of the group, and of each topic where there are several. */
export function trafficTable(traffic: readonly GroupTrafficInfo[]): string {
  const topics = traffic.filter(({ topic }) => topic !== undefined)
  const shown = topics.length === 1 ? topics : traffic
  const table = formatTable(
    [
      { heading: 'traffic' },
      { heading: 'in/s', align: 'right' },
      { heading: 'out/s', align: 'right' },
      { heading: 'T = in - out', align: 'right' },
      ...LAG_COLUMNS,
      { heading: 'drains in', align: 'right' },
    ],
    shown.map((one) => [
      oneLine(one.topic ?? 'all topics'),
      rateText(one.producerRate),
      rateText(one.consumerRate),
      `${one.difference > 0 ? '+' : ''}${rateText(one.difference)}`,
      formatCount(one.backlogRecords),
      one.backlogMs === undefined ? NOTHING : formatExactSeconds(one.backlogMs),
      one.backlogBytes === undefined ? NOTHING : formatBytes(one.backlogBytes),
      drainText(one),
    ]),
  )
  const windowMs = traffic[0]?.windowMs ?? 0
  if (windowMs === 0) return `${table}\nrates are not known yet: they are measured from now on`
  return `${table}\nrates are those of the last ${formatSpan(windowMs)}`
}

function lagCells(lag: Pick<GroupPartitionInfo, 'lagRecords' | 'lagMs' | 'lagBytes'>): string[] {
  return [
    formatCount(lag.lagRecords),
    lag.lagMs === undefined ? NOTHING : formatExactSeconds(lag.lagMs),
    lag.lagBytes === undefined ? NOTHING : formatBytes(lag.lagBytes),
  ]
}

function troubleText({ error }: GroupPartitionInfo): string {
  return error === undefined ? '' : `${error.code}: ${oneLine(error.message)}`
}

function rateText(rate: number): string {
  return Math.abs(rate) < 10 ? String(Number(rate.toFixed(1))) : formatCount(rate)
}

function drainText({ backlogRecords, drainMs }: GroupTrafficInfo): string {
  if (backlogRecords === 0) return 'is empty'
  return drainMs === undefined ? 'never' : formatSpan(drainMs)
}
