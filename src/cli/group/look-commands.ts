// `varve group list`, `describe`, `offsets`: what there is.
import { type Command, Option } from 'commander'
import { wantsJson } from '../global-options.ts'
import { parseMoment } from '../option-values.ts'
import { withClient } from '../with-client.ts'
import { offsetTable } from './change-text.ts'
import type { GroupCommands } from './group-commands.ts'
import { describedAsJson } from './group-json.ts'
import { describeGroup, listGroups } from './group-text.ts'
import { formatOffsetFile } from './offset-file.ts'

interface OffsetsOptions {
  readonly asOf?: number
  readonly format: 'table' | 'csv'
}

/** Adds `list`, `describe` and `offsets`. */
export function registerLooks(commands: GroupCommands): void {
  registerList(commands)
  registerDescribe(commands)
  registerOffsets(commands)
}

function registerList({ parent, io }: GroupCommands): void {
  parent
    .command('list')
    .summary('show which groups there are')
    .description('Shows which groups there are, sorted by id.')
    .addHelpText(
      'after',
      `
Examples:
  varve group list
  varve group list --json`,
    )
    .action(async (_options: object, command: Command) => {
      const groups = await withClient(command, io, (client) => client.admin().listGroups())
      io.printResult(wantsJson(command), { groups }, () => listGroups(groups))
    })
}

function registerDescribe({ parent, io }: GroupCommands): void {
  parent
    .command('describe <group>')
    .summary('show a group: members, partitions, lag, rates, snapshots')
    .description(
      'Shows the members of a group, where it stands in each partition and how far it is behind: in records, in seconds (the age, by ' +
        'its own timestamp, of the oldest record that is not committed) and in stored bytes; how fast records come and go; ' +
        'its snapshots.',
    )
    .addHelpText(
      'after',
      `
Examples:
  varve group describe billing
  varve group describe billing --json`,
    )
    .action(async (group: string, _options: object, command: Command) => {
      const description = await withClient(command, io, (client) =>
        client.admin().describeGroup(group),
      )
      io.printResult(wantsJson(command), { group: describedAsJson(description) }, () =>
        describeGroup(description),
      )
    })
}

function registerOffsets({ parent, io }: GroupCommands): void {
  parent
    .command('offsets <group>')
    .summary('show what is committed, now or at a moment')
    .description(
      'Shows what a group has committed, now or as it was at a moment that its history still knows.',
    )
    .option('--as-of <moment>', 'as it was then', (text) => parseMoment('--as-of', text))
    .addOption(
      new Option('--format <format>', 'csv: a file for varve group reset --from-file')
        .choices(['table', 'csv'])
        .default('table'),
    )
    .addHelpText(
      'after',
      `
Examples:
  varve group offsets billing
  varve group offsets billing --as-of 2026-07-01T12:00:00Z
  varve group offsets billing --format csv > offsets.csv`,
    )
    .action(async (group: string, options: OffsetsOptions, command: Command) => {
      const { asOf, format } = options
      const offsets = await withClient(command, io, (client) =>
        client.admin().groupOffsets(group, asOf === undefined ? {} : { asOfMs: asOf }),
      )
      const asked = asOf === undefined ? {} : { asOfMs: asOf }
      if (format === 'csv') {
        const text = formatOffsetFile(offsets)
        if (text !== '') io.print(text)
        return
      }
      io.printResult(wantsJson(command), { group, ...asked, offsets }, () =>
        offsets.length === 0 ? 'nothing was committed' : offsetTable(offsets),
      )
    })
}
