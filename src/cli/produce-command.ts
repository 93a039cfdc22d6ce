// `varve produce TOPIC`: records from standard input or a file, in constant memory, and at the end an honest account of
// what was acknowledged.
import { type Command, Option } from 'commander'
import type { CodecName } from '../client/index.ts'
import { DEFAULT_BATCH_BYTES, DEFAULT_LINGER_MS } from '../client/producer-defaults.ts'
import { DURABILITIES, type Durability } from '../domain/durability.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Clock } from '../platform/clock.ts'
import type { CommandIo } from './command-io.ts'
import { exitCodeFor, UsageError } from './exit-code.ts'
import { wantsJson } from './global-options.ts'
import { openInput } from './input-source.ts'
import { integerOption } from './option-values.ts'
import { produceInput } from './produce-input.ts'
import { lineParser } from './produce-record.ts'
import { summaryText } from './produce-tally.ts'
import { TIMESTAMP_MISSING, type TimestampMissing, timestampReader } from './produce-timestamp.ts'
import { reportFailure } from './report-failure.ts'
import { StopSignals } from './stop-signals.ts'
import { parseTimestampSource, type TimestampSource } from './timestamp-source.ts'
import { warningTeller } from './warning-teller.ts'
import { withClient } from './with-client.ts'

interface ProduceOptions {
  readonly file?: string
  readonly keySeparator?: string
  readonly partition?: number | 'any'
  readonly compression: CodecName
  readonly durability?: Durability
  readonly format: 'lines' | 'json'
  readonly batchBytes?: number
  readonly lingerMs?: number
  readonly timestampFrom?: TimestampSource
  readonly timestampMissing?: TimestampMissing
  readonly quiet?: true
}

/** All of them, or this does not compile. */
const CODECS = Object.keys({
  none: true,
  gzip: true,
  snappy: true,
  lz4: true,
  zstd: true,
} satisfies Record<CodecName, true>)

const LINGER_MS_MAX = 60_000
/** Holds the largest record that a topic can allow, twice; more would only take memory, at several objects a line. */
const BUFFER_BYTES = 2 * LIMITS.batchBytesMax
/** How long a broker that is away is waited for. */
const DELIVERY_TIMEOUT_MS = 120_000

/** Adds `produce` to the program. */
export function registerProduce(program: Command, io: CommandIo, clock: Clock): void {
  program
    .command('produce <topic>')
    .summary('append records from a file or standard input')
    .description(
      'Appends the lines of a file, or of standard input, as records: split at \\n, every other byte kept as it is. ' +
        'Tells on standard error what was acknowledged; prints nothing on standard output.',
    )
    .option('--file <path>', 'read from here instead of standard input')
    .option(
      '--key-separator <s>',
      'split each line at the first one: key before it, value after it',
    )
    .option(
      '--partition <p>',
      'send everything there; any: forget the partitions that JSON records name',
      (text) => (text === 'any' ? text : integerOption('--partition', 0, 2 ** 31 - 1)(text)),
    )
    .addOption(
      new Option('--compression <codec>', 'of whole batches').choices(CODECS).default('none'),
    )
    .addOption(
      new Option(
        '--durability <level>',
        "what acknowledgements must promise (default: the topic's)",
      ).choices(DURABILITIES),
    )
    .addOption(
      new Option('--format <format>', 'what a line is: a value, or a JSON object')
        .choices(['lines', 'json'])
        .default('lines'),
    )
    .option(
      '--batch-bytes <n>',
      `close a batch at this size (default: ${DEFAULT_BATCH_BYTES})`,
      integerOption('--batch-bytes', 1, LIMITS.batchBytesMax),
    )
    .option(
      '--linger-ms <n>',
      `how long a batch waits for more (default: ${DEFAULT_LINGER_MS})`,
      integerOption('--linger-ms', 0, LINGER_MS_MAX),
    )
    .option(
      '--timestamp-from <where>',
      'when records happened: line (the first moment in it) or json:FIELD (of the value)',
      parseTimestampSource,
    )
    .addOption(
      new Option(
        '--timestamp-missing <what>',
        'with --timestamp-from: what a line without one gets (default: fail)',
      ).choices(TIMESTAMP_MISSING),
    )
    .option('-q, --quiet', 'no summary')
    .addHelpText(
      'after',
      `
Examples:
  varve produce events --file access.log --compression zstd
  tail -F access.log | varve produce events
  varve produce users --file users.tsv --key-separator '\\t'
  varve produce events --file access.log --timestamp-from line --timestamp-missing previous
  varve consume a --until-end --format json | varve produce b --format json`,
    )
    .action(async (topic: string, options: ProduceOptions, command: Command) => {
      await runProduce({ topic, options, command, io, clock })
    })
}

async function runProduce(run: {
  topic: string
  options: ProduceOptions
  command: Command
  io: CommandIo
  clock: Clock
}): Promise<void> {
  const { topic, options, command, io, clock } = run
  if (options.format === 'json' && options.keySeparator !== undefined) {
    throw new UsageError('--key-separator is for lines; a JSON record has its key in it')
  }
  const parse = lineParser({
    topic,
    format: options.format,
    keySeparator: options.keySeparator,
    partition: options.partition,
    timestamps: timestampReader({
      source: options.timestampFrom,
      missing: options.timestampMissing,
      format: options.format,
    }),
  })
  const source = openInput(options.file, io.input)
  const json = wantsJson(command)
  const signals = new StopSignals()
  try {
    const outcome = await withClient(command, io, async (client) => {
      // Says at once, before anything is read, that there is no broker or no such topic.
      await client.admin().describeTopic(topic)
      const producer = client.producer({
        compression: options.compression,
        bufferBytes: BUFFER_BYTES,
        deliveryTimeoutMs: DELIVERY_TIMEOUT_MS,
        // Longer than any delivery takes: a full buffer empties or its oldest record fails first.
        maxBlockMs: 2 * DELIVERY_TIMEOUT_MS,
        ...(options.durability === undefined ? {} : { durability: options.durability }),
        ...(options.batchBytes === undefined ? {} : { batchBytes: options.batchBytes }),
        ...(options.lingerMs === undefined ? {} : { lingerMs: options.lingerMs }),
      })
      producer.on('warning', warningTeller(io, clock, json))
      const name = options.file ?? 'standard input'
      return produceInput({ producer, source, name, parse, stop: signals.signal, io, clock })
    })
    const summary = outcome.tally.summary(topic, outcome.durationMs)
    if (json) io.say(JSON.stringify({ produced: summary }))
    else if (options.quiet !== true || outcome.failure !== undefined || outcome.stopped) {
      io.say(summaryText(summary))
    }
    if (outcome.endedWithoutNewline && !json && options.quiet !== true) {
      io.say('note: the last line had no newline; consume prints one after every record')
    }
    if (outcome.failure !== undefined) {
      reportFailure(io, outcome.failure, json)
      io.exitCode = exitCodeFor(outcome.failure)
    }
    // A signal is the first reason for the end, whatever failed because of it.
    io.exitCode = signals.exitCode ?? io.exitCode
  } finally {
    source.stream.destroy()
    signals.release()
  }
}
