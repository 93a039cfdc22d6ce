// `varve offsets TOPIC`: where each partition begins and ends, and which offset a moment has.
import type { Command } from 'commander'
import type { PartitionOffset } from '../client/index.ts'
import { formatMoment } from '../text/quantities.ts'
import { formatTable } from '../text/table.ts'
import type { CommandIo } from './command-io.ts'
import { wantsJson } from './global-options.ts'
import { parseMoment } from './option-values.ts'
import { withClient } from './with-client.ts'

interface PartitionOffsets {
  readonly partition: number
  /** The first offset that is kept. */
  readonly earliest: number
  /** The offset that the next readable record will have. */
  readonly latest: number
  /** The first record at or after the moment asked for; `timestamp` is null when no record is that late. */
  readonly at?: { readonly offset: number; readonly timestamp: number | null }
}

/** Adds `offsets` to the program. */
export function registerOffsets(program: Command, io: CommandIo): void {
  program
    .command('offsets <topic>')
    .summary('show where partitions begin and end')
    .description(
      'Shows the first offset that each partition keeps (earliest) and the one that its next readable record ' +
        'will have (latest). With --timestamp also the first record at or after that moment; when no record ' +
        'is that late, the latest.',
    )
    .option('--timestamp <moment>', 'as 2026-07-01T12:00:00Z or milliseconds since 1970', (text) =>
      parseMoment('--timestamp', text),
    )
    .addHelpText(
      'after',
      `
Examples:
  varve offsets events
  varve offsets events --timestamp 2026-07-01T12:00:00Z
  varve offsets events --json`,
    )
    .action(async (topic: string, options: { timestamp?: number }, command: Command) => {
      const partitions = await withClient(command, io, async (client) => {
        const admin = client.admin()
        const { partitions: known } = await admin.describeTopic(topic)
        const at = options.timestamp === undefined ? 'latest' : { timestampMs: options.timestamp }
        const answers = await admin.listOffsets(
          known.map(({ partition }) => ({ topic, partition, at })),
        )
        return answers.map((answer) => partitionOffsets(answer, options.timestamp !== undefined))
      })
      const asked = options.timestamp === undefined ? {} : { timestamp: options.timestamp }
      io.printResult(wantsJson(command), { topic, ...asked, partitions }, () =>
        offsetsTable(partitions),
      )
    })
}

function partitionOffsets(answer: PartitionOffset, askedForMoment: boolean): PartitionOffsets {
  const { partition, startOffset: earliest, readableEndOffset: latest } = answer
  if (!askedForMoment) return { partition, earliest, latest }
  return {
    partition,
    earliest,
    latest,
    at: { offset: answer.offset, timestamp: answer.timestampMs ?? null },
  }
}

function offsetsTable(partitions: readonly PartitionOffsets[]): string {
  const withMoment = partitions.some(({ at }) => at !== undefined)
  return formatTable(
    [
      { heading: 'partition', align: 'right' },
      { heading: 'earliest', align: 'right' },
      { heading: 'latest', align: 'right' },
      ...(withMoment
        ? [{ heading: 'at', align: 'right' } as const, { heading: 'timestamp of that record' }]
        : []),
    ],
    partitions.map(({ partition, earliest, latest, at }) => [
      String(partition),
      String(earliest),
      String(latest),
      ...(at === undefined ? [] : [String(at.offset), momentText(at.timestamp)]),
    ]),
  )
}

function momentText(timestampMs: number | null): string {
  // A producer may send a timestamp beyond what a calendar date can say.
  return timestampMs === null ? 'no record is that late' : formatMoment(timestampMs)
}
