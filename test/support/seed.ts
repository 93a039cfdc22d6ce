import { randomInt } from 'node:crypto'

export interface Seeded {
  readonly seed: number
  readonly runs: number
}

/**
 * The seed and the number of runs of a randomized test: from the environment (`NAME_SEED`, `NAME_RUNS`), or a new seed
 * and the given number. The test prints them with what it counted, so that any run can be repeated.
 */
export function seeded(name: string, runs: number): Seeded {
  return {
    seed: fromEnvironment(`${name}_SEED`) ?? randomInt(2 ** 31),
    runs: fromEnvironment(`${name}_RUNS`) ?? runs,
  }
}

function fromEnvironment(name: string): number | undefined {
  const text = process.env[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${name} must be an integer, not ${text}`)
  return value
}
