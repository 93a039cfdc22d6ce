// `varve group delete`.
import type { Command } from 'commander'
import { oneLine } from '../../text/one-line.ts'
import { wantsJson } from '../global-options.ts'
import { withClient } from '../with-client.ts'
import type { GroupCommands } from './group-commands.ts'

/** Adds `delete`. */
export function registerGroupDelete({ parent, io }: GroupCommands): void {
  parent
    .command('delete <group>')
    .summary('remove a group that has no members')
    .description(
      'Removes a group that has no members, with its committed offsets and snapshots. Asks nothing. Records stay.',
    )
    .addHelpText(
      'after',
      `
Example:
  varve group delete billing`,
    )
    .action(async (group: string, _options: object, command: Command) => {
      await withClient(command, io, (client) => client.admin().deleteGroup(group))
      io.printResult(wantsJson(command), { deleted: { group } }, () => `deleted ${oneLine(group)}`)
    })
}
