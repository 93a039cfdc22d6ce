// The options of `group reset` as what is to be reset where to. Kafka's names for the same things are understood too.
import type { Command } from 'commander'
import { Option } from 'commander'
import type { GroupResetPlace, GroupResetTarget } from '../../client/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { UsageError } from '../exit-code.ts'
import { integerOption, parseDuration, parseMoment, quoted } from '../option-values.ts'

const PARTITION_MAX = 2 ** 31 - 1

export interface ResetTargetOptions {
  readonly topic?: readonly TopicChoice[]
  readonly partition?: readonly number[]
  readonly allTopics?: true
  readonly toEarliest?: true
  readonly toLatest?: true
  readonly toOffset?: number
  readonly toTimestamp?: number
  readonly toDatetime?: number
  readonly byDuration?: number
  readonly shiftBy?: number
  readonly asOf?: number
  readonly fromFile?: string
}

/** A topic, or some of its partitions: `events`, `events:0,3`. */
interface TopicChoice {
  readonly topic: string
  readonly partitions: readonly number[] | undefined
}

/** Adds the options that say what and where to. */
export function addResetTargetOptions(command: Command): Command {
  return command
    .option(
      '--topic <name>',
      'only this one, or only some of its partitions as NAME:0,3; may be given several times',
      collectTopic,
    )
    .option('--partition <p>', 'of the one --topic; may be given several times', collectPartition)
    .option('--all-topics', 'every topic of the group: the default')
    .option('--to-earliest', 'to the first record that is kept')
    .option('--to-latest', 'to the end: what is there now is left out')
    .option('--to-offset <n>', 'to this offset', integerOption('--to-offset', 0))
    .option('--to-timestamp <moment>', 'to the first record at or after it', (text) =>
      parseMoment('--to-timestamp', text),
    )
    .addOption(
      new Option('--to-datetime <moment>')
        .argParser((text) => parseMoment('--to-datetime', text))
        .hideHelp(),
    )
    .option('--by-duration <duration>', 'to what came so long ago, as 90m or PT1H30M', (text) =>
      parseDuration('--by-duration', text),
    )
    .option('--shift, --shift-by <n>', 'by so many records, back with a minus', parseShift)
    .option('--as-of <moment>', 'to what was committed then', (text) =>
      parseMoment('--as-of', text),
    )
    .option('--from-file <path>', 'to the offsets of a file; -: of standard input')
}

/** Where to, each with its flag; exactly one of them must be given. */
const PLACES: readonly {
  readonly name: keyof ResetTargetOptions
  readonly flag: string
}[] = [
  { name: 'toEarliest', flag: '--to-earliest' },
  { name: 'toLatest', flag: '--to-latest' },
  { name: 'toOffset', flag: '--to-offset' },
  { name: 'toTimestamp', flag: '--to-timestamp' },
  { name: 'toDatetime', flag: '--to-datetime' },
  { name: 'byDuration', flag: '--by-duration' },
  { name: 'shiftBy', flag: '--shift-by' },
  { name: 'asOf', flag: '--as-of' },
  { name: 'fromFile', flag: '--from-file' },
]

/**
 * What is asked for; `fromFile` is left to whoever can read it.
 * @throws UsageError when it is nothing, or contradicts itself
 */
export function resetTargets(
  options: ResetTargetOptions,
  clock: Clock,
): readonly GroupResetTarget[] | { readonly fromFile: string } {
  const [first, second] = PLACES.filter(({ name }) => options[name] !== undefined)
  if (first === undefined) {
    const flags = PLACES.filter(({ name }) => name !== 'toDatetime').map(({ flag }) => flag)
    throw new UsageError(`where to? Give one of ${flags.join(', ')}`)
  }
  if (second !== undefined) {
    throw new UsageError(`${first.flag} cannot be used with ${second.flag}: which?`)
  }
  const choices = chosenTopics(options)
  if (options.fromFile !== undefined) {
    if (choices.length > 0) {
      throw new UsageError('--from-file names its topics itself: leave --topic out')
    }
    return { fromFile: options.fromFile }
  }
  const to = resetPlace(options, clock)
  if (choices.length === 0) return [{ to }]
  return choices.flatMap(({ topic, partitions }) =>
    partitions === undefined
      ? [{ topic, to }]
      : partitions.map((partition) => ({ topic, partition, to })),
  )
}

function resetPlace(options: ResetTargetOptions, clock: Clock): GroupResetPlace {
  if (options.toEarliest === true) return 'earliest'
  if (options.toLatest === true) return 'latest'
  if (options.toOffset !== undefined) return { offset: options.toOffset }
  if (options.shiftBy !== undefined) return { shiftBy: options.shiftBy }
  if (options.asOf !== undefined) return { asOfMs: options.asOf }
  const momentMs = options.toTimestamp ?? options.toDatetime
  if (momentMs !== undefined) return { timestampMs: momentMs }
  return { timestampMs: Math.max(0, Math.floor(clock.wallMs() - (options.byDuration ?? 0))) }
}

function chosenTopics({
  topic = [],
  partition,
  allTopics,
}: ResetTargetOptions): readonly TopicChoice[] {
  if (allTopics === true && topic.length > 0) {
    throw new UsageError('--all-topics cannot be used with --topic: which?')
  }
  if (partition === undefined) return topic
  const [only, ...others] = topic
  if (only === undefined || others.length > 0) {
    throw new UsageError('--partition goes with one --topic; for several write --topic NAME:0,3')
  }
  if (only.partitions !== undefined) {
    throw new UsageError('the partitions stand behind the topic already: leave --partition out')
  }
  return [{ topic: only.topic, partitions: partition }]
}

function collectTopic(
  text: string,
  collected: readonly TopicChoice[] = [],
): readonly TopicChoice[] {
  const [, topic = '', list] = /^([^:]+)(?::(\d[\d,]*))?$/.exec(text) ?? []
  if (topic === '') {
    throw new UsageError(`--topic must be a name, or as NAME:0,3, not ${quoted(text)}`)
  }
  const partitions = list?.split(',').map(integerOption('--topic NAME:PARTITION', 0, PARTITION_MAX))
  return [...collected, { topic, partitions }]
}

function collectPartition(text: string, collected: readonly number[] = []): readonly number[] {
  return [...collected, integerOption('--partition', 0, PARTITION_MAX)(text)]
}

function parseShift(text: string): number {
  const value = Number(text)
  if (/^[+-]?\d{1,16}$/.test(text) && Number.isSafeInteger(value)) return value
  throw new UsageError(`--shift-by must be an integer, as -100, not ${quoted(text)}`)
}
