// `varve group snapshot`, `snapshots`, `delete-snapshot`: offsets that are kept under a name. `restore` is among the resets.
import type { Command } from 'commander'
import { oneLine } from '../../text/one-line.ts'
import { formatCounted, formatMoment } from '../../text/quantities.ts'
import { wantsJson } from '../global-options.ts'
import { parseMoment } from '../option-values.ts'
import { withClient } from '../with-client.ts'
import { offsetTable } from './change-text.ts'
import type { GroupCommands } from './group-commands.ts'
import { snapshotTable } from './group-text.ts'

/** Adds `snapshot`, `snapshots` and `delete-snapshot`. */
export function registerSnapshots(commands: GroupCommands): void {
  registerTake(commands)
  registerList(commands)
  registerDelete(commands)
}

function registerTake({ parent, io }: GroupCommands): void {
  parent
    .command('snapshot <group> <name>')
    .summary('keep what is committed under a name')
    .description(
      'Keeps what a group has committed under a name, now or as it was at a moment. Members go on. varve group restore sets the group ' +
        'back to it.',
    )
    .option('--as-of <moment>', 'as it was then', (text) => parseMoment('--as-of', text))
    .addHelpText(
      'after',
      `
Examples:
  varve group snapshot billing before-release
  varve group snapshot billing before-trouble --as-of 2026-07-01T12:00:00Z`,
    )
    .action(async (group: string, name: string, options: { asOf?: number }, command: Command) => {
      const { asOf } = options
      const taken = await withClient(command, io, (client) =>
        client.admin().snapshotGroup(group, name, asOf === undefined ? {} : { asOfMs: asOf }),
      )
      io.printResult(
        wantsJson(command),
        { snapshot: { group, ...taken.snapshot, offsets: taken.offsets } },
        () => {
          const { partitions, asOfMs } = taken.snapshot
          const head = `kept ${formatCounted(partitions, 'partition')} of ${oneLine(group)} as of ${formatMoment(asOfMs)} under ${oneLine(name)}`
          return taken.offsets.length === 0 ? head : `${offsetTable(taken.offsets)}\n${head}`
        },
      )
    })
}

function registerList({ parent, io }: GroupCommands): void {
  parent
    .command('snapshots <group>')
    .summary('show the snapshots of a group')
    .description('Shows the snapshots of a group, sorted by name.')
    .addHelpText(
      'after',
      `
Example:
  varve group snapshots billing`,
    )
    .action(async (group: string, _options: object, command: Command) => {
      const { snapshots } = await withClient(command, io, (client) =>
        client.admin().describeGroup(group, { lagTime: false }),
      )
      io.printResult(wantsJson(command), { group, snapshots }, () =>
        snapshots.length === 0
          ? `no snapshots: varve group snapshot ${oneLine(group)} NAME takes one`
          : snapshotTable(snapshots),
      )
    })
}

function registerDelete({ parent, io }: GroupCommands): void {
  parent
    .command('delete-snapshot <group> <name>')
    .summary('forget a snapshot')
    .description('Forgets a snapshot; the group stays where it is. Asks nothing.')
    .addHelpText(
      'after',
      `
Example:
  varve group delete-snapshot billing before-release`,
    )
    .action(async (group: string, name: string, _options: object, command: Command) => {
      await withClient(command, io, (client) => client.admin().deleteGroupSnapshot(group, name))
      io.printResult(
        wantsJson(command),
        { deleted: { group, snapshot: name } },
        () => `deleted snapshot ${oneLine(name)} of ${oneLine(group)}`,
      )
    })
}
