// One run of `varve consume`, whichever way it reads.
import type { Command } from 'commander'
import type { Clock } from '../platform/clock.ts'
import type { CommandIo } from './command-io.ts'
import type { ConsumeOptions } from './consume-options.ts'

export interface ConsumeRun {
  readonly topic: string
  readonly options: ConsumeOptions
  readonly command: Command
  readonly io: CommandIo
  readonly clock: Clock
}

/** A bounded read gives up when the broker stays away for longer; without a bound it waits for ever. */
export const OUTAGE_MS_MAX = 120_000
