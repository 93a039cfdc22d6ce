// What a replay tells beside its records, as lines on standard error.
import type { ReplayEventMap, ReplayListener } from '../../client/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { formatSpan } from '../../text/quantities.ts'
import type { CommandIo } from '../command-io.ts'
import { warningTeller } from '../warning-teller.ts'
import type { ReplayDisplay } from './replay-display.ts'

export interface TellerParts {
  readonly io: CommandIo
  readonly clock: Clock
  readonly display: ReplayDisplay
  readonly json: boolean
  /** Says nothing of a schedule; what is passed over is told all the same. */
  readonly isQuiet: boolean
}

/** What a replay is here. */
export interface ReplayEvents {
  on<Name extends keyof ReplayEventMap>(event: Name, listener: ReplayListener<Name>): unknown
}

/** Says each from now on. */
export function tellReplayEvents(replay: ReplayEvents, parts: TellerParts): void {
  const { io, clock, display, json, isQuiet } = parts
  const tellWarning = warningTeller(io, clock, json)
  replay.on('warning', (warning) => {
    display.clear()
    tellWarning(warning)
  })
  replay.on('trouble', ({ topic, partition, offset, nextOffset, error }) => {
    const { code, message } = error
    const next = nextOffset === undefined ? {} : { nextOffset }
    const goesOn =
      nextOffset === undefined ? 'goes on without the partition' : `goes on at ${nextOffset}`
    display.say(
      json
        ? JSON.stringify({ trouble: { topic, partition, offset, ...next, code, message } })
        : `varve: warning: ${topic}/${partition} cannot be read at offset ${offset}, ${goesOn}: ${message}`,
    )
  })
  if (isQuiet) return
  replay.on('late', ({ isBehind, lateMs }) => {
    const text = isBehind
      ? `varve: warning: the output is slower than the schedule, now by ${formatSpan(lateMs)}`
      : 'varve: the output has caught up with the schedule'
    display.say(json ? JSON.stringify({ late: { isBehind, lateMs } }) : text)
  })
}
