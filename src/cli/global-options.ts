// The options that every command understands, before or after its name.
import type { Command } from 'commander'
import {
  DEFAULT_ADDRESS,
  formatNetworkAddress,
  parseNetworkAddress,
} from '../domain/network-address.ts'
import type { CommandIo } from './command-io.ts'
import { UsageError } from './exit-code.ts'
import { usage } from './option-values.ts'

/** Commands that do not talk to a broker: `--broker` would be a misunderstanding. */
const OFFLINE_COMMANDS: readonly string[] = ['start', 'config', 'dump', 'verify']

/** Adds them to the program itself. */
export function addGlobalOptions(program: Command): void {
  program
    .option(
      '--broker <host:port>',
      `the broker to talk to (default: VARVE_BROKER or ${DEFAULT_ADDRESS})`,
    )
    .option('--json', 'results, summaries and errors as JSON, for programs')
}

/** Whether `--json` was given. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true
}

/**
 * The broker to talk to as HOST:PORT: `--broker`, else VARVE_BROKER, else 127.0.0.1:7070.
 * @throws UsageError when it cannot be read
 */
export function brokerAddress(command: Command, io: CommandIo): string {
  const given = command.optsWithGlobals<{ broker?: string }>().broker
  const fromEnvironment = io.env['VARVE_BROKER']
  const text = given ?? (fromEnvironment === '' ? undefined : fromEnvironment) ?? DEFAULT_ADDRESS
  return formatNetworkAddress(usage(() => parseNetworkAddress(text)))
}

/** Whether the command talks to no broker. */
export function isOffline(command: Command): boolean {
  return OFFLINE_COMMANDS.includes(command.name())
}

/** @throws UsageError when a command that needs no broker is given one */
export function refuseBrokerOffline(command: Command): void {
  const given = command.optsWithGlobals<{ broker?: string }>().broker
  if (given === undefined || !isOffline(command)) return
  throw new UsageError(`${command.name()} talks to no broker: leave --broker out`)
}
