// `varve topic ...`: making, showing, changing and removing topics.
import type { Command } from 'commander'
import type { CommandIo } from './command-io.ts'
import { UsageError } from './exit-code.ts'
import { wantsJson } from './global-options.ts'
import { collectName, collectSetting, integerOption } from './option-values.ts'
import { describeTopic, listTopics, settingLines } from './topic-text.ts'
import { withClient } from './with-client.ts'

/** Kept within 32 bits because the wire has no more; how many are allowed is the broker's to say. */
const PARTITION_COUNT_MAX = 2 ** 31 - 1

/** Adds `topic` and its commands to the program. */
export function registerTopic(program: Command, io: CommandIo): void {
  const topic = program
    .command('topic')
    .summary('create, list, describe, alter, delete topics')
    .description('Creates, lists, describes, alters and deletes topics.')
    .helpCommand(false)
  registerCreate(topic, io)
  registerList(topic, io)
  registerDescribe(topic, io)
  registerAlter(topic, io)
  registerAddPartitions(topic, io)
  registerDelete(topic, io)
}

function registerCreate(topic: Command, io: CommandIo): void {
  topic
    .command('create <name>')
    .summary('make a topic')
    .description('Makes a topic. It is ready for records when the command ends.')
    .option(
      '--partitions <n>',
      'how many partitions',
      integerOption('--partitions', 1, PARTITION_COUNT_MAX),
      1,
    )
    .option('--config <key=value>', 'a setting; may be given several times', collectSetting)
    .addHelpText(
      'after',
      `
Settings have Kafka's names; docs/TOPIC-SETTINGS.md lists them.

Examples:
  varve topic create events
  varve topic create events --partitions 12 --config retention.ms=86400000 --config segment.bytes=67108864
  varve topic create metrics --config durability=written`,
    )
    .action(
      async (
        name: string,
        options: { partitions: number; config?: Readonly<Record<string, string>> },
        command: Command,
      ) => {
        const created = await withClient(command, io, (client) =>
          client.admin().createTopic({
            name,
            partitions: options.partitions,
            settings: options.config ?? {},
          }),
        )
        io.printResult(wantsJson(command), { topic: created }, () => {
          const count = created.partitions.length
          return `created ${created.name} with ${count} partition${count === 1 ? '' : 's'}`
        })
      },
    )
}

function registerList(topic: Command, io: CommandIo): void {
  topic
    .command('list')
    .summary('show which topics there are')
    .description('Shows which topics there are, sorted by name.')
    .addHelpText(
      'after',
      `
Examples:
  varve topic list
  varve topic list --json`,
    )
    .action(async (_options: object, command: Command) => {
      const topics = await withClient(command, io, (client) => client.admin().listTopics())
      io.printResult(wantsJson(command), { topics }, () => listTopics(topics))
    })
}

function registerDescribe(topic: Command, io: CommandIo): void {
  topic
    .command('describe <name>')
    .summary('show a topic, its settings and partitions')
    .description(
      'Shows a topic: the settings that differ from their defaults, and where each partition begins and ends ' +
        '(the end is the offset that the next readable record will have).',
    )
    .option('--all', 'all settings, with those that have their defaults')
    .addHelpText(
      'after',
      `
Examples:
  varve topic describe events
  varve topic describe events --all
  varve topic describe events --json`,
    )
    .action(async (name: string, options: { all?: true }, command: Command) => {
      const described = await withClient(command, io, (client) =>
        client.admin().describeTopic(name),
      )
      io.printResult(wantsJson(command), { topic: described }, () =>
        describeTopic(described, { allSettings: options.all === true }),
      )
    })
}

function registerAlter(topic: Command, io: CommandIo): void {
  topic
    .command('alter <name>')
    .summary('change settings of a topic')
    .description('Changes settings of a topic; those that are not named stay as they are.')
    .option('--config <key=value>', 'a setting; may be given several times', collectSetting)
    .option('--reset <key>', 'back to the default; may be given several times', collectName)
    .addHelpText(
      'after',
      `
Examples:
  varve topic alter events --config retention.ms=3600000
  varve topic alter events --reset retention.ms`,
    )
    .action(
      async (
        name: string,
        options: { config?: Readonly<Record<string, string>>; reset?: readonly string[] },
        command: Command,
      ) => {
        const { config = {}, reset = [] } = options
        const names = [...Object.keys(config), ...reset]
        if (names.length === 0) throw new UsageError('what is to change? Give --config or --reset')
        const twice = reset.find((setting) => Object.hasOwn(config, setting))
        if (twice !== undefined) throw new UsageError(`${twice} cannot be both set and reset`)
        const altered = await withClient(command, io, (client) =>
          client.admin().updateTopicSettings(name, { set: config, reset }),
        )
        io.printResult(wantsJson(command), { topic: altered }, () => {
          const changed = altered.settings.filter((setting) => names.includes(setting.name))
          return `altered ${altered.name}\n${settingLines(changed)}`
        })
      },
    )
}

function registerAddPartitions(topic: Command, io: CommandIo): void {
  topic
    .command('add-partitions <name>')
    .summary('give a topic more partitions')
    .description(
      'Raises the number of partitions. Records stay where they are; records with a key may go to other ' +
        'partitions than before.',
    )
    .requiredOption(
      '--partitions <n>',
      'how many there are afterwards (not how many more)',
      integerOption('--partitions', 1, PARTITION_COUNT_MAX),
    )
    .addHelpText(
      'after',
      `
Example:
  varve topic add-partitions events --partitions 12`,
    )
    .action(async (name: string, options: { partitions: number }, command: Command) => {
      const grown = await withClient(command, io, (client) =>
        client.admin().addPartitions(name, options.partitions),
      )
      io.printResult(
        wantsJson(command),
        { topic: grown },
        () => `${grown.name} has ${grown.partitions.length} partitions now`,
      )
    })
}

function registerDelete(topic: Command, io: CommandIo): void {
  topic
    .command('delete <name>')
    .summary('remove a topic and all its records')
    .description('Removes a topic and all its records for good. Asks nothing.')
    .addHelpText(
      'after',
      `
Example:
  varve topic delete events`,
    )
    .action(async (name: string, _options: object, command: Command) => {
      await withClient(command, io, (client) => client.admin().deleteTopic(name))
      io.printResult(
        wantsJson(command),
        { deleted: { name } },
        () => `deleted ${name} and all its records`,
      )
    })
}
