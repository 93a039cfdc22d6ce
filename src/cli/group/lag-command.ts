// `varve group lag`: how far a group is behind, once for a look or a script, or again and again.
import type { Command } from 'commander'
import type { GroupDescription } from '../../client/index.ts'
import { formatExactSeconds, formatMoment } from '../../text/quantities.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { integerOption, parseDuration } from '../option-values.ts'
import { StopSignals } from '../stop-signals.ts'
import { waitUnlessStopped } from '../stoppable-wait.ts'
import { withClient } from '../with-client.ts'
import type { GroupCommands } from './group-commands.ts'
import { partitionAsJson } from './group-json.ts'
import { lagTable, totalLag } from './lag-text.ts'

interface LagOptions {
  readonly watch?: true | number
  readonly maxRecords?: number
  readonly maxTime?: number
}

const WATCH_INTERVAL_MS = 2_000
const WATCH_INTERVAL_MS_MIN = 100

/** Adds `lag`. */
export function registerGroupLag(commands: GroupCommands): void {
  const { parent } = commands
  parent
    .command('lag <group>')
    .summary('show how far a group is behind; exit code 1 beyond a bound')
    .description(
      'Shows how far a group is behind in each partition: in records, in seconds (the age, by its own timestamp, of the oldest record ' +
        'that is not committed) and in stored bytes. With a bound the exit code is 1 when the group is further behind, or when ' +
        'that cannot be known.',
    )
    .option('--max-lag <records>', 'exit code 1 when more records wait', (text) =>
      integerOption('--max-lag', 0)(text),
    )
    .option('--max-lag-time <duration>', 'exit code 1 when a record waits for longer', (text) =>
      parseDuration('--max-lag-time', text),
    )
    .option(
      '--watch [interval]',
      'show it again every 2s, or so often, until SIGINT',
      parseInterval,
    )
    .addHelpText(
      'after',
      `
Examples:
  varve group lag billing
  varve group lag billing --watch 10s
  varve group lag billing --max-lag-time 5m || echo 'billing is late'`,
    )
    .action(
      async (
        group: string,
        options: { watch?: true | number; maxLag?: number; maxLagTime?: number },
        command: Command,
      ) => {
        await runLag(commands, command, group, {
          ...(options.watch === undefined ? {} : { watch: options.watch }),
          ...(options.maxLag === undefined ? {} : { maxRecords: options.maxLag }),
          ...(options.maxLagTime === undefined ? {} : { maxTime: options.maxLagTime }),
        })
      },
    )
}

async function runLag(
  { io, clock }: GroupCommands,
  command: Command,
  group: string,
  options: LagOptions,
): Promise<void> {
  const hasBound = options.maxRecords !== undefined || options.maxTime !== undefined
  if (options.watch !== undefined && hasBound) {
    throw new UsageError(
      '--watch shows it until it is stopped: leave --max-lag and --max-lag-time out',
    )
  }
  const json = wantsJson(command)
  const intervalMs = typeof options.watch === 'number' ? options.watch : WATCH_INTERVAL_MS
  await withClient(command, io, async (client) => {
    const look = async (): Promise<GroupDescription> => client.admin().describeGroup(group)
    if (options.watch === undefined) {
      const description = await look()
      io.printResult(json, lagJson(group, description), () => lagText(description))
      const reason = excess(description, options)
      if (reason === undefined) return
      if (!json) io.say(`varve: ${group} is behind: ${reason}`)
      io.exitCode = EXIT.failed
      return
    }
    const signals = new StopSignals()
    const stop = AbortSignal.any([signals.signal, io.outputGone])
    try {
      while (!stop.aborted) {
        const description = await look()
        io.printResult(
          json,
          lagJson(group, description),
          () => `${formatMoment(description.timeMs)}\n${lagText(description)}\n`,
        )
        await waitUnlessStopped(clock, intervalMs, stop)
      }
    } finally {
      signals.release()
    }
  })
}

function lagText({ partitions }: GroupDescription): string {
  if (partitions.length === 0) return 'the group subscribes to nothing and has committed nothing'
  return lagTable(partitions)
}

function lagJson(group: string, { partitions, timeMs }: GroupDescription): object {
  return {
    lag: {
      group,
      timeMs,
      total: totalLag(partitions),
      partitions: partitions.map(partitionAsJson),
    },
  }
}

/** In which way the bound is passed; undefined when it is not. */
function excess(
  { partitions }: GroupDescription,
  { maxRecords = Infinity, maxTime = Infinity }: LagOptions,
): string | undefined {
  const { lagRecords, lagMs = 0, unknownPartitions } = totalLag(partitions)
  if (lagRecords > maxRecords) return `${lagRecords} records wait, more than ${maxRecords}`
  if (lagMs > maxTime) {
    return `a record has waited for ${formatExactSeconds(lagMs)}, longer than ${formatExactSeconds(maxTime)}`
  }
  const isBounded = Number.isFinite(maxRecords) || Number.isFinite(maxTime)
  if (!isBounded || unknownPartitions === 0) return undefined
  return `that is not known of ${unknownPartitions} of its partitions`
}

function parseInterval(text: string): number {
  const intervalMs = parseDuration('--watch', text)
  if (intervalMs >= WATCH_INTERVAL_MS_MIN) return intervalMs
  throw new UsageError(`--watch must be at least ${WATCH_INTERVAL_MS_MIN} ms`)
}
