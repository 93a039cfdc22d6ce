// What each command under `varve group` is made with.
import type { Command } from 'commander'
import type { Clock } from '../../platform/clock.ts'
import type { CommandIo } from '../command-io.ts'

export interface GroupCommands {
  /** `varve group`. */
  readonly parent: Command
  readonly io: CommandIo
  readonly clock: Clock
}
