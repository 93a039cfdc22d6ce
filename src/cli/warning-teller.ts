// What a producer or consumer warns of, as lines on standard error.
import type { ClientWarning, StuckEvent, WarningListener } from '../client/index.ts'
import type { Clock } from '../platform/clock.ts'
import { formatSpan } from '../text/quantities.ts'
import type { CommandIo } from './command-io.ts'

/** What a broker that is away makes of it is told by each part that misses it, in turns, with changing words. */
const REMEMBERED_MAX = 16
/** The same trouble later than this is news again. */
const SAME_TROUBLE_MS = 30_000

/** Says each warning; one that was told lately, and since then again and again, is not said again. */
export function warningTeller(io: CommandIo, clock: Clock, json: boolean): WarningListener {
  const toldMs = new Map<string, number>()
  return (warning: ClientWarning) => {
    const { kind, message, topic, partition, error } = warning
    const trouble = troubleOf(warning)
    const lastMs = toldMs.get(trouble)
    const nowMs = clock.monotonicMs()
    toldMs.delete(trouble)
    toldMs.set(trouble, nowMs)
    for (const oldest of toldMs.keys()) {
      if (toldMs.size <= REMEMBERED_MAX) break
      toldMs.delete(oldest)
    }
    if (lastMs !== undefined && nowMs - lastMs < SAME_TROUBLE_MS) return
    const where = {
      ...(topic === undefined ? {} : { topic }),
      ...(partition === undefined ? {} : { partition }),
    }
    const code = error === undefined ? {} : { code: error.code }
    if (json) io.say(JSON.stringify({ warning: { kind, message, ...where, ...code } }))
    else io.say(`varve: warning: ${message}`)
  }
}

/** What is tried again is one trouble, whatever the words of the single failure. */
function troubleOf({ kind, message, topic, partition, error }: ClientWarning): string {
  if (kind !== 'retrying' || error === undefined) return message
  const what = message.replace(error.message, '')
  return [kind, what === '' ? error.code : what, topic, partition].join(' ')
}

/** What a member of a group says when it does not go on, and when it does again, as lines on standard error. */
export function stuckTeller(
  io: CommandIo,
  kind: 'stuck' | 'recovered',
  json: boolean,
): (event: StuckEvent) => void {
  return (event) => {
    const message = messageOf(kind, event)
    if (json) io.say(JSON.stringify({ [kind]: { ...event, message } }))
    else io.say(`varve: ${kind === 'stuck' ? 'warning: ' : ''}${message}`)
  }
}

/** What a program's handler is to the client is the output here: records are printed, and nothing else is done with them. */
function messageOf(kind: 'stuck' | 'recovered', event: StuckEvent): string {
  const { reason, ageMs, topic, partition, offset, isGivenUp } = event
  if (reason !== 'handler') return event.message
  const since = formatSpan(ageMs)
  if (kind === 'recovered') {
    return isGivenUp === true
      ? `the output was not taken for ${since}, and is not waited for any more`
      : `the output is being taken again after ${since}`
  }
  const at = offset === undefined ? '' : ` from offset ${offset} on`
  const what = topic === undefined ? '' : `: records of ${topic}/${partition ?? 0}${at} wait`
  return `the output has not been taken for ${since}${what}`
}
