// What is wrong with a configuration: all of it at once, each with the place it comes from.
import { VarveError } from '../domain/error.ts'

export interface ConfigProblem {
  /** Where it was read, as people would look for it: `varve.json:12`, `VARVE_LISTEN`, `--listen`. */
  readonly from: string
  /** The setting, where the problem is one of a known or unknown setting. */
  readonly key?: string
  readonly message: string
}

/** A configuration that cannot be used. Nothing was started. */
export class ConfigError extends VarveError {
  /** At least one. */
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super('INVALID_CONFIG', problems.map(({ from, message }) => `${from}: ${message}`).join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}
