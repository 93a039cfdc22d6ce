// `varve config`: what a broker that is started like this would be configured as, and where each value comes from.
import type { Command } from 'commander'
import type { EffectiveSetting } from '../config/load-config.ts'
import { formatTable } from '../text/table.ts'
import type { CommandIo } from './command-io.ts'
import { addConfigOptions, configOf } from './config-options.ts'
import { wantsJson } from './global-options.ts'

/** Adds `config` to the program. */
export function registerConfig(program: Command, io: CommandIo): void {
  addConfigOptions(
    program
      .command('config')
      .summary('show what a broker would be configured as')
      .description(
        'Reads the configuration as varve start would, with the same options, checks all of it, and prints every setting ' +
          'with its value and where that comes from. Starts nothing and talks to no broker. Secrets are not shown.',
      ),
  )
    .option('--check', 'only check: print nothing when it is good')
    .addHelpText(
      'after',
      `
Examples:
  varve config
  varve config --config /etc/varve.json --check
  VARVE_LIMITS_OPEN_FILES_MAX=256 varve config --json`,
    )
    .action((options: { readonly check?: boolean }, command: Command) => {
      const { settings } = configOf(command, io)
      if (options.check === true) return
      io.printResult(wantsJson(command), describe(settings), () => table(settings))
    })
}

function describe(settings: readonly EffectiveSetting[]): object {
  const entries = settings.map(({ key, value, text, source, from }) => [
    key,
    { value, text, source, ...(from === '' ? {} : { from }) },
  ])
  return { config: Object.fromEntries(entries) as object }
}

function table(settings: readonly EffectiveSetting[]): string {
  return formatTable(
    [{ heading: 'setting' }, { heading: 'value' }, { heading: 'from' }],
    settings.map(({ key, text, from }) => [key, text, from === '' ? 'default' : from]),
  )
}
