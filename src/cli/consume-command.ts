// `varve consume TOPIC`: records on standard output, and nothing else there.
import { type Command, Option } from 'commander'
import type { AssignorName, ConsumerOptions, TopicInfo } from '../client/index.ts'
import { isVarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import type { CommandIo } from './command-io.ts'
import { consumeInGroup } from './consume-in-group.ts'
import {
  beginAt,
  type ConsumeOptions,
  parseBeginOffset,
  parseGroupStart,
  refuseContradictions,
  stopBefore,
} from './consume-options.ts'
import { type ConsumeRun, OUTAGE_MS_MAX } from './consume-run.ts'
import { ConsumeTally } from './consume-tally.ts'
import { wantsJson } from './global-options.ts'
import { integerOption, parseDuration, parseMoment } from './option-values.ts'
import { ProgressBar } from './progress-bar.ts'
import { recordFormat } from './record-format.ts'
import { RecordPrinter } from './record-printer.ts'
import { StopSignals } from './stop-signals.ts'
import { warningTeller } from './warning-teller.ts'
import { withClient } from './with-client.ts'

/** All of them, or this does not compile. */
const ASSIGNORS = Object.keys({
  uniform: true,
  range: true,
  'round-robin': true,
  weighted: true,
  'least-lag': true,
} satisfies Record<AssignorName, true>)

/** Adds `consume` to the program. */
export function registerConsume(program: Command, io: CommandIo, clock: Clock): void {
  program
    .command('consume <topic>')
    .summary('print records, from any offset or moment')
    .description(
      'Prints the records of a topic on standard output, from the beginning unless told. Without a limit it waits ' +
        'for more until SIGINT. Order is exact within a partition; between partitions there is none. With --group it shares the ' +
        'partitions with the other members of the group, begins where the group stands and commits what was printed.',
    )
    .option('--partition <p>', 'only this one', integerOption('--partition', 0, 2 ** 31 - 1))
    .option(
      '--offset <offset>',
      'begin at earliest (the default), latest or a number',
      parseBeginOffset,
    )
    .option('--timestamp <moment>', 'begin at the first record at or after it', (text) =>
      parseMoment('--timestamp', text),
    )
    .option('--until-end', 'stop at the end as it is when the command begins')
    .option(
      '--until-offset <n>',
      'stop before this offset, waiting for the ones below it',
      integerOption('--until-offset', 0),
    )
    .option('--until-timestamp <moment>', 'stop before the first record at or after it', (text) =>
      parseMoment('--until-timestamp', text),
    )
    .option('--max-records <n>', 'stop after this many in all', integerOption('--max-records', 0))
    .option('--format <format>', "value, json, or a template such as '%p %o %k %v\\n'")
    .option('-q, --quiet', 'no summary, no word of rebalances')
    .option(
      '--group <id>',
      'share the partitions with the other members of this group, and commit what was printed',
    )
    .option(
      '--from <place>',
      'with --group: where it has committed nothing: earliest (the default), latest, none (fail) or a moment',
      parseGroupStart,
    )
    .option(
      '--instance <id>',
      'with --group: a name for good; who restarts under it within its session keeps its partitions',
    )
    .addOption(
      new Option(
        '--assignor <name>',
        'with --group: how to share the partitions out; most members decide',
      ).choices(ASSIGNORS),
    )
    .option(
      '--weight <n>',
      'with --assignor weighted: the share of this one',
      integerOption('--weight', 1),
    )
    .option(
      '--session-timeout <duration>',
      'with --group: put this one out when it is not heard of for so long',
      (text) => parseDuration('--session-timeout', text),
    )
    .addHelpText(
      'after',
      `
In a template: %t topic, %p partition, %o offset, %k key, %v value, %T timestamp in ms, %h headers, %% a percent sign;
\\n \\t \\r \\0 \\\\ \\xHH single bytes. A moment is as 2026-07-01T12:00:00Z (UTC unless told) or milliseconds since 1970.

Examples:
  varve consume events --until-end
  varve consume events --offset latest
  varve consume events --partition 0 --offset 1000 --max-records 10 --format json
  varve consume events --group billing
  varve consume events --timestamp 2026-07-01 --until-timestamp 2026-07-02 --format '%T %k %v\\n'`,
    )
    .action(async (topic: string, options: ConsumeOptions, command: Command) => {
      refuseContradictions(options)
      const run: ConsumeRun = { topic, options, command, io, clock }
      if (options.group === undefined) await runConsume(run)
      else await consumeInGroup(run, options.group)
    })
}

async function runConsume(run: ConsumeRun): Promise<void> {
  const { topic, options, command, io, clock } = run
  const json = wantsJson(command)
  const format = recordFormat(options.format ?? (json ? 'json' : 'value'))
  const isBounded = stopBefore(options) !== undefined || options.maxRecords !== undefined
  const tally = new ConsumeTally(topic, clock)
  const printer = new RecordPrinter(io, clock, format)
  const signals = new StopSignals()
  const stop = AbortSignal.any([signals.signal, io.outputGone])
  try {
    await withClient(command, io, async (client) => {
      const described = await client.admin().describeTopic(topic)
      const total = expectedRecords(described, options)
      const progress = new ProgressBar(io, clock, { enabled: isBounded && !io.outputOnTerminal })
      const consumer = client.consumer({
        ...consumerOptions(topic, options),
        outageMaxMs: isBounded ? OUTAGE_MS_MAX : Infinity,
        signal: stop,
      })
      consumer.on('warning', warningTeller(io, clock, json))
      try {
        for await (const batch of consumer.batches()) {
          for (const record of batch.records) {
            const full = printer.print(record)
            if (full !== undefined) await full
          }
          tally.printed(batch)
          progress.update(tally.records, total, () => tally.rateText())
        }
      } catch (error) {
        if (!(stop.aborted && isVarveError(error, 'CANCELLED'))) throw error
      } finally {
        progress.clear()
        await printer.flush()
        await consumer.close()
      }
    })
  } finally {
    signals.release()
  }
  if (!io.outputGone.aborted) {
    if (json) io.say(JSON.stringify({ consumed: tally.summary() }))
    else if (options.quiet !== true) io.say(tally.text())
  }
  // Without a limit a signal is the ordinary end.
  if (isBounded && signals.exitCode !== undefined) io.exitCode = signals.exitCode
}

function consumerOptions(topic: string, options: ConsumeOptions): ConsumerOptions {
  const until = stopBefore(options)
  return {
    ...(options.partition === undefined
      ? { topics: topic }
      : { assign: [{ topic, partition: options.partition }] }),
    from: beginAt(options),
    ...(until === undefined ? {} : { until }),
    ...(options.maxRecords === undefined ? {} : { maxRecords: options.maxRecords }),
  }
}

/** How many records there are to print, where that can be known beforehand. */
function expectedRecords(topic: TopicInfo, options: ConsumeOptions): number | undefined {
  const until = stopBefore(options)
  const from = beginAt(options)
  if (typeof from === 'object' || from === 'latest') return options.maxRecords
  if (until === undefined || (typeof until === 'object' && 'timestampMs' in until)) {
    return options.maxRecords
  }
  const wanted = topic.partitions.filter(
    ({ partition }) => options.partition === undefined || partition === options.partition,
  )
  const inAll = wanted.reduce((sum, { startOffset, readableEndOffset }) => {
    const begin = from === 'earliest' ? startOffset : from
    const end = until === 'end' ? readableEndOffset : until.offset
    return sum + Math.max(0, end - begin)
  }, 0)
  return Math.min(inAll, options.maxRecords ?? Infinity)
}
