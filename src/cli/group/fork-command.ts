// `varve group fork`: another group that begins where this one stands or stood.
import type { Command } from 'commander'
import { oneLine } from '../../text/one-line.ts'
import { formatCounted } from '../../text/quantities.ts'
import { wantsJson } from '../global-options.ts'
import { parseMoment } from '../option-values.ts'
import { withClient } from '../with-client.ts'
import { offsetTable } from './change-text.ts'
import type { GroupCommands } from './group-commands.ts'

interface ForkOptions {
  readonly asOf?: number
  readonly dryRun?: true
}

/** Adds `fork`. */
export function registerGroupFork({ parent, io }: GroupCommands): void {
  parent
    .command('fork <group> <new-group>')
    .summary('make another group that stands where this one does')
    .description(
      'Makes another group that has committed what this one has, now or at a moment: to run a new version beside the old one, or to look ' +
        'at what happened again. The first group is left alone.',
    )
    .option('--as-of <moment>', 'as it was then', (text) => parseMoment('--as-of', text))
    .option('--dry-run', 'only show what the new group would have')
    .addHelpText(
      'after',
      `
Examples:
  varve group fork billing billing-next
  varve group fork billing autopsy --as-of 2026-07-01T12:00:00Z --dry-run`,
    )
    .action(async (group: string, newGroup: string, options: ForkOptions, command: Command) => {
      const report = await withClient(command, io, (client) =>
        client.admin().forkGroup(group, newGroup, {
          dryRun: options.dryRun === true,
          ...(options.asOf === undefined ? {} : { asOfMs: options.asOf }),
        }),
      )
      io.printResult(wantsJson(command), { fork: { group, newGroup, ...report } }, () => {
        const { offsets, isApplied } = report
        const [from, to] = [oneLine(group), oneLine(newGroup)]
        const count = formatCounted(offsets.length, 'partition')
        const what = isApplied
          ? `made ${to} from ${from} with ${count}`
          : `nothing was made: ${to} would have ${count} of ${from}`
        return offsets.length === 0 ? what : `${offsetTable(offsets)}\n${what}`
      })
    })
}
