// What a replay has played, whether it came to its end or was stopped, for people and for programs.
import type {
  Replay,
  ReplayedRecord,
  ReplayPartitionSummary,
  ReplayPositions,
} from '../../client/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { oneLine } from '../../text/one-line.ts'
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  ratePerSecond,
} from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import type { CommandIo } from '../command-io.ts'

/** What only a whole replay knows is absent when it was stopped. */
type PartitionRow = Pick<ReplayPartitionSummary, 'topic' | 'partition' | 'records' | 'bytes'> & {
  readonly startOffset: number
  readonly nextOffset: number
} & Partial<Pick<ReplayPartitionSummary, 'dropped' | 'skipped' | 'checksum'>>

/** As JSON, one object under the name `replayed`. */
export interface CommandSummary {
  readonly sessionId: string
  /** All that was to be played was. */
  readonly isFinished: boolean
  readonly records: number
  /** Of keys, values and headers. */
  readonly bytes: number
  readonly dropped: number
  /** From the first record to the last. */
  readonly elapsedMs: number
  readonly delayedMs: number
  readonly partitions: readonly PartitionRow[]
  /** What to go on from; absent when it is not known. */
  readonly positions?: ReplayPositions
}

/** More than anybody looks through. */
const ROWS_MAX = 50

/** Counts what was put out, for replays that are stopped before their client knows a summary. */
export class ReplayTally {
  readonly #clock: Clock
  readonly #records = new Map<string, { records: number; bytes: number }>()
  #firstMs: number | undefined
  #lastMs = 0
  /** In all. */
  records = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get elapsedMs(): number {
    return this.#firstMs === undefined ? 0 : this.#lastMs - this.#firstMs
  }

  /** @param records of one partition; at least one */
  add(records: readonly ReplayedRecord[]): void {
    this.#lastMs = this.#clock.monotonicMs()
    this.#firstMs ??= this.#lastMs
    this.records += records.length
    const [first] = records
    if (first === undefined) return
    const sum = this.of(first.topic, first.partition)
    sum.records += records.length
    for (const record of records) sum.bytes += bytesOf(record)
    this.#records.set(`${first.topic}/${first.partition}`, sum)
  }

  of(topic: string, partition: number): { records: number; bytes: number } {
    return this.#records.get(`${topic}/${partition}`) ?? { records: 0, bytes: 0 }
  }
}

/** @param positions where it stands; undefined: it never began, or what was put out is not known to have been taken */
export async function summarize(
  replay: Replay,
  tally: ReplayTally,
  positions: ReplayPositions | undefined,
): Promise<CommandSummary> {
  const { status, records, bytes, dropped, delayedMs } = replay.progress()
  const known = positions === undefined ? {} : { positions }
  if (status === 'finished') {
    const { elapsedMs, ...summary } = await replay.summary()
    return { ...summary, isFinished: true, elapsedMs: Math.round(elapsedMs), ...known }
  }
  return {
    sessionId: replay.sessionId,
    isFinished: false,
    ...{ records, bytes, dropped },
    elapsedMs: Math.round(tally.elapsedMs),
    delayedMs: Math.round(delayedMs),
    partitions: (positions?.places ?? []).map(({ topic, partition, startOffset, offset }) => ({
      ...{ topic, partition, startOffset, nextOffset: offset },
      ...tally.of(topic, partition),
    })),
    ...known,
  }
}

/** @param savedAs the file that has the positions */
export function saySummary(
  io: CommandIo,
  summary: CommandSummary,
  form: 'table' | 'json' | 'none',
  savedAs: string | undefined,
): void {
  if (form === 'none') return
  if (form === 'json') {
    io.say(JSON.stringify({ replayed: summary }))
    return
  }
  io.say(summaryText(summary))
  const { positions, isFinished } = summary
  if (isFinished || positions === undefined) return
  io.say(
    savedAs === undefined
      ? `to go on, put this into a file for --resume: ${JSON.stringify(positions)}`
      : `to go on: varve replay --resume ${savedAs}`,
  )
}

export function summaryText(summary: CommandSummary): string {
  const { sessionId, isFinished, records, bytes, dropped, elapsedMs, delayedMs } = summary
  const rate = ratePerSecond(records, elapsedMs)
  const parts = [
    `${formatCounted(records, 'record')}, ${formatBytes(bytes)} in ${formatDuration(elapsedMs)}`,
    rate > 0 ? `${formatCount(rate)}/s` : '',
    dropped > 0 ? `${formatCount(dropped)} dropped` : '',
    delayedMs >= 50 ? `delayed by ${formatDuration(delayedMs)}` : '',
    isFinished ? '' : 'stopped before the end',
    sessionId === '' ? '' : `session ${oneLine(sessionId)}`,
  ]
  const head = parts.filter((part) => part !== '').join(', ')
  if (summary.partitions.length === 0) return head
  const left = summary.partitions.length - ROWS_MAX
  const more =
    left > 0 ? [`and ${formatCounted(left, 'partition')} more; --summary json has all`] : []
  return [head, partitionTable(summary.partitions.slice(0, ROWS_MAX)), ...more].join('\n')
}

function partitionTable(rows: readonly PartitionRow[]): string {
  const hasSkipped = rows.some(({ skipped = 0 }) => skipped > 0)
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'offsets', align: 'right' },
      { heading: 'records', align: 'right' },
      { heading: 'dropped', align: 'right' },
      ...(hasSkipped ? [{ heading: 'skipped', align: 'right' } as const] : []),
      { heading: 'checksum' },
    ],
    rows.map((row) => [
      oneLine(row.topic),
      String(row.partition),
      `${row.startOffset}..${row.nextOffset}`,
      formatCount(row.records),
      row.dropped === undefined ? '-' : formatCount(row.dropped),
      ...(hasSkipped ? [formatCount(row.skipped ?? 0)] : []),
      row.checksum ?? '-',
    ]),
  )
}

function bytesOf({ key, value, headers }: ReplayedRecord): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0)
  for (const header of headers) {
    bytes += Buffer.byteLength(header.key) + (header.value?.length ?? 0)
  }
  return bytes
}
