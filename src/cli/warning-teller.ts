// What a producer or consumer warns of, as lines on standard error.
import type { ClientWarning, StuckEvent, WarningListener } from '../client/index.ts'
import type { CommandIo } from './command-io.ts'

/** A broker that is away is told of by each part that misses it, in turns. */
const REMEMBERED_MAX = 4

/** Says each warning; one that was among the last few different ones is not said again. */
export function warningTeller(io: CommandIo, json: boolean): WarningListener {
  const said: string[] = []
  return ({ kind, message, topic, partition, error }: ClientWarning) => {
    if (said.includes(message)) return
    said.push(message)
    if (said.length > REMEMBERED_MAX) said.shift()
    const where = {
      ...(topic === undefined ? {} : { topic }),
      ...(partition === undefined ? {} : { partition }),
    }
    const code = error === undefined ? {} : { code: error.code }
    if (json) io.say(JSON.stringify({ warning: { kind, message, ...where, ...code } }))
    else io.say(`varve: warning: ${message}`)
  }
}

/** What a member of a group says when it does not go on, and when it does again, as lines on standard error. */
export function stuckTeller(
  io: CommandIo,
  kind: 'stuck' | 'recovered',
  json: boolean,
): (event: StuckEvent) => void {
  return (event) => {
    if (json) io.say(JSON.stringify({ [kind]: event }))
    else io.say(`varve: ${kind === 'stuck' ? 'warning: ' : ''}${event.message}`)
  }
}
