// A failure as one line on standard error that says what to do, or as one JSON object for programs. Only a configuration
// may have several lines: one for each thing that is wrong with it.
import { ConfigError } from '../config/config-error.ts'
import { VarveError } from '../domain/error.ts'
import { oneLine } from '../text/one-line.ts'
import type { CommandIo } from './command-io.ts'
import { InputError, UsageError } from './exit-code.ts'

/** Says the failure; the exit code is the caller's to set. */
export function reportFailure(io: CommandIo, error: unknown, json: boolean): void {
  if (json) io.say(JSON.stringify({ error: describeFailure(error) }))
  else if (error instanceof ConfigError) {
    for (const { from, message } of error.problems)
      io.say(`varve: ${oneLine(`${from}: ${message}`)}`)
  } else io.say(`varve: ${oneLine(describeFailure(error).message)}`)
}

/** The failure as it appears in JSON. */
export function describeFailure(error: unknown): {
  code: string
  message: string
  problems?: readonly object[]
  details?: Readonly<Record<string, string | number>>
} {
  if (error instanceof UsageError) return { code: 'USAGE', message: error.message }
  if (error instanceof InputError) return { code: 'INPUT', message: error.message }
  if (error instanceof ConfigError) {
    return { code: 'CONFIG', message: error.message, problems: error.problems }
  }
  if (error instanceof VarveError) {
    const details = Object.keys(error.details).length > 0 ? { details: error.details } : {}
    return { code: error.code, message: error.message, ...details }
  }
  const systemCode = (error as NodeJS.ErrnoException | undefined)?.code
  const message = error instanceof Error ? error.message : String(error)
  return { code: typeof systemCode === 'string' ? systemCode : 'INTERNAL', message }
}
