// What the exit code of the command `varve` means. Scripts rely on it: the table in docs/CLI.md says the same.
import { ConfigError } from '../config/config-error.ts'
import { ERRORS, VarveError } from '../domain/error.ts'

export const EXIT = {
  /** Done. */
  ok: 0,
  /** Failed: this machine, the broker's storage or its load; `verify` found damage. The message says which. */
  failed: 1,
  /** The command line or the configuration is wrong; nothing was tried. */
  usage: 2,
  /** No broker answers at the address. */
  noBroker: 3,
  /** The broker refuses the request as it is; repeating it unchanged will not help. */
  refused: 4,
  /** Stopped by SIGINT before the work was done (128 + 2, as shells count). */
  interrupted: 130,
  /** Stopped by SIGTERM before the work was done (128 + 15). */
  terminated: 143,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The command line asks for something that cannot be meant; exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** What was piped in or read from a file cannot be used; exit code 1. */
export class InputError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InputError'
  }
}

/** The exit code for a failure that ends a command. */
export function exitCodeFor(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT.usage
  if (!(error instanceof VarveError)) return EXIT.failed
  if (error.code === 'BROKER_UNAVAILABLE') return EXIT.noBroker
  if (error.code === 'CLOSED' || error.code === 'CANCELLED') return EXIT.failed
  return ERRORS[error.code].kind === 'caller' ? EXIT.refused : EXIT.failed
}
