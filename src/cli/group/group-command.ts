// `varve group ...`: what consumer groups do, where they stand, and setting them elsewhere.
import type { Command } from 'commander'
import type { Clock } from '../../platform/clock.ts'
import type { CommandIo } from '../command-io.ts'
import { registerGroupDelete } from './delete-command.ts'
import { registerGroupExplain } from './explain-command.ts'
import { registerGroupFork } from './fork-command.ts'
import type { GroupCommands } from './group-commands.ts'
import { registerGroupHistory } from './history-command.ts'
import { registerGroupLag } from './lag-command.ts'
import { registerLooks } from './look-commands.ts'
import { registerResets } from './reset-command.ts'
import { registerSnapshots } from './snapshot-commands.ts'
import { registerGroupWait } from './wait-command.ts'

/** Adds `group` and its commands to the program. */
export function registerGroup(program: Command, io: CommandIo, clock: Clock): void {
  const parent = program
    .command('group')
    .summary('look into consumer groups, reset, snapshot, fork, delete them')
    .description(
      'Shows what consumer groups do and where they stand, says why they do not flow, and sets them elsewhere.',
    )
    .helpCommand(false)
    .addHelpText(
      'after',
      `
varve consume TOPIC --group ID is a member of a group.

Examples:
  varve group explain billing
  varve group lag billing --watch
  varve group reset billing --to-timestamp 2026-07-01T12:00:00Z --dry-run`,
    )
  const commands: GroupCommands = { parent, io, clock }
  registerLooks(commands)
  registerGroupLag(commands)
  registerGroupExplain(commands)
  registerResets(commands)
  registerGroupHistory(commands)
  registerSnapshots(commands)
  registerGroupFork(commands)
  registerGroupWait(commands)
  registerGroupDelete(commands)
}
