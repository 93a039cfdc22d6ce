// The options that every command understands, before or after its name.
import { type Command, Option } from 'commander'
import {
  DEFAULT_ADDRESS,
  formatNetworkAddress,
  parseNetworkAddress,
} from '../config/network-address.ts'
import type { CommandIo } from './command-io.ts'
import { UsageError } from './exit-code.ts'
import { usage } from './option-values.ts'

export interface GlobalOptions {
  /** HOST:PORT: `--broker`, else VARVE_BROKER, else 127.0.0.1:7070. */
  readonly broker: string
  /** Results and failures as JSON. */
  readonly json: boolean
}

/** Commands that do not talk to a broker: `--broker` would be a misunderstanding. */
const OFFLINE_COMMANDS: readonly string[] = ['start', 'dump', 'verify']

/** Adds them to the program itself; commands find them with `globalOptions`. */
export function addGlobalOptions(program: Command): void {
  program
    .addOption(
      new Option(
        '--broker <host:port>',
        `the broker to talk to (default: VARVE_BROKER or ${DEFAULT_ADDRESS})`,
      ),
    )
    .option('--json', 'results, summaries and errors as JSON, for programs')
}

/**
 * The global options as given for `command`.
 * @throws UsageError when the broker's address cannot be read, or a command that needs no broker gets one.
 */
export function globalOptions(command: Command, io: CommandIo): GlobalOptions {
  const given = command.optsWithGlobals<{ broker?: string; json?: boolean }>()
  if (given.broker !== undefined && OFFLINE_COMMANDS.includes(command.name())) {
    throw new UsageError(`${command.name()} talks to no broker: leave --broker out`)
  }
  const fromEnvironment = io.env['VARVE_BROKER']
  const text = given.broker ?? (fromEnvironment === '' ? undefined : fromEnvironment)
  const broker = usage(() => parseNetworkAddress(text ?? DEFAULT_ADDRESS))
  return { broker: formatNetworkAddress(broker), json: given.json === true }
}
