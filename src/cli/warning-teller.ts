// What a producer or consumer warns of, as lines on standard error.
import type { ClientWarning, WarningListener } from '../client/index.ts'
import type { CommandIo } from './command-io.ts'

/** Says each warning, and one that repeats itself only once in a row. */
export function warningTeller(io: CommandIo, json: boolean): WarningListener {
  let last = ''
  return ({ kind, message, topic, partition, error }: ClientWarning) => {
    if (message === last) return
    last = message
    const where = {
      ...(topic === undefined ? {} : { topic }),
      ...(partition === undefined ? {} : { partition }),
    }
    const code = error === undefined ? {} : { code: error.code }
    if (json) io.say(JSON.stringify({ warning: { kind, message, ...where, ...code } }))
    else io.say(`varve: warning: ${message}`)
  }
}
