// `varve group wait`: until a group has committed past given records.
import type { Command } from 'commander'
import type {
  CommittedGroupOffset,
  TopicPartition,
  WaitForCommitReport,
} from '../../client/index.ts'
import { isVarveError } from '../../domain/error.ts'
import { oneLine } from '../../text/one-line.ts'
import { formatCounted, formatSpan } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { integerOption, parseDuration } from '../option-values.ts'
import { StopSignals } from '../stop-signals.ts'
import type { CliClient } from '../with-client.ts'
import { withClient } from '../with-client.ts'
import { offsetText } from './change-text.ts'
import type { GroupCommands } from './group-commands.ts'

interface WaitOptions {
  readonly topic: string
  readonly partition?: number
  readonly offset?: number
  readonly timeout: number
}

/** A record that must be committed. */
interface WaitedPosition extends TopicPartition {
  readonly offset: number
}

const TIMEOUT_MS = 30_000

/** Adds `wait`. */
export function registerGroupWait({ parent, io }: GroupCommands): void {
  parent
    .command('wait <group>')
    .summary('wait until a group has committed past a record')
    .description(
      'Waits until a group has committed past a record, as produce told its offset; without --offset past all that the topic, or the ' +
        'partition, holds as the command begins. The group need not exist yet. Exit code 0: it has; 1: the time is over; ' +
        '4: the group was reset past it without reading it.',
    )
    .requiredOption('--topic <name>', 'the topic of the record; required')
    .option('--partition <p>', 'its partition', integerOption('--partition', 0, 2 ** 31 - 1))
    .option('--offset <n>', 'its offset', integerOption('--offset', 0))
    .option('--timeout <duration>', 'how long (default: 30s)', (text) =>
      parseDuration('--timeout', text),
    )
    .addHelpText(
      'after',
      `
Examples:
  varve group wait billing --topic orders
  varve group wait billing --topic orders --partition 3 --offset 41 --timeout 10s`,
    )
    .action(
      async (
        group: string,
        given: Omit<WaitOptions, 'timeout'> & { timeout?: number },
        command: Command,
      ) => {
        const options: WaitOptions = { ...given, timeout: given.timeout ?? TIMEOUT_MS }
        if (options.offset !== undefined && options.partition === undefined) {
          throw new UsageError('--offset goes with --partition')
        }
        const signals = new StopSignals()
        try {
          const { positions, report } = await withClient(command, io, async (client) => {
            const positions = await positionsOf(client, options)
            const report = await client.admin().waitForCommit(group, positions, {
              timeoutMs: options.timeout,
              signal: signals.signal,
            })
            return { positions, report }
          })
          io.printResult(wantsJson(command), { wait: { group, ...report } }, () =>
            waitText(group, options, { positions, report }),
          )
          if (!report.isReached) io.exitCode = EXIT.failed
        } catch (error) {
          if (signals.exitCode === undefined || !isVarveError(error, 'CANCELLED')) throw error
          io.exitCode = signals.exitCode
        } finally {
          signals.release()
        }
      },
    )
}

/** The record, or the last one of each partition that has any. */
async function positionsOf(client: CliClient, options: WaitOptions): Promise<WaitedPosition[]> {
  const { topic, partition, offset } = options
  if (partition !== undefined && offset !== undefined) return [{ topic, partition, offset }]
  const described = await client.admin().describeTopic(topic)
  if (partition !== undefined && partition >= described.partitions.length) {
    const count = formatCounted(described.partitions.length, 'partition')
    throw new UsageError(`${topic} has ${count}: there is no partition ${partition}`)
  }
  return described.partitions
    .filter((one) => partition === undefined || one.partition === partition)
    .filter(({ startOffset, readableEndOffset }) => readableEndOffset > startOffset)
    .map((one) => ({ topic, partition: one.partition, offset: one.readableEndOffset - 1 }))
}

function waitText(
  group: string,
  options: WaitOptions,
  about: { positions: readonly WaitedPosition[]; report: WaitForCommitReport },
): string {
  const { positions, report } = about
  const { isReached, offsets } = report
  const name = oneLine(group)
  const what = positions.length === 1 ? 'it' : 'all of them'
  const outcome = isReached
    ? `${name} has committed ${positions.length === 0 ? 'all there is: nothing' : what}`
    : `${name} has not committed ${what} within ${formatSpan(options.timeout)}`
  if (positions.length === 0) return outcome
  return `${progressTable(positions, offsets)}\n${outcome}`
}

/** A line a partition: what is committed, what it must be, and whether that is so. */
function progressTable(
  positions: readonly WaitedPosition[],
  offsets: readonly CommittedGroupOffset[],
): string {
  const rows = positions.map(({ topic, partition, offset }) => {
    const found = offsets.find((one) => one.topic === topic && one.partition === partition)
    const committed = found?.offset
    const isMissing = committed === undefined || committed <= offset
    const needed = String(offset + 1)
    const state = isMissing ? 'missing' : 'reached'
    return [oneLine(topic), String(partition), offsetText(committed), needed, state]
  })
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'committed', align: 'right' },
      { heading: 'waits for', align: 'right' },
      { heading: '' },
    ],
    rows,
  )
}
