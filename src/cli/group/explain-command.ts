// `varve group explain`: why a group flows or does not.
import type { Command } from 'commander'
import { EXIT } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { withClient } from '../with-client.ts'
import { explainText } from './explanation-text.ts'
import type { GroupCommands } from './group-commands.ts'

/** Adds `explain`. */
export function registerGroupExplain({ parent, io }: GroupCommands): void {
  parent
    .command('explain <group>')
    .summary('say why each partition flows or does not')
    .description(
      'Says why each partition of a group flows or does not, who is to blame and what happens next; partitions that are alike share a ' +
        'line. Exit code 0: every partition flows or is at its end; 1: some do not.',
    )
    .addHelpText(
      'after',
      `
docs/OBSERVABILITY.md says what each reason means, and what ends it.

Examples:
  varve group explain billing
  varve group explain billing --json`,
    )
    .action(async (group: string, _options: object, command: Command) => {
      const explanation = await withClient(command, io, (client) =>
        client.admin().explainGroup(group),
      )
      io.printResult(wantsJson(command), { explanation }, () => explainText(explanation))
      if (!explanation.isFlowing) io.exitCode = EXIT.failed
    })
}
