// `npm run test:mutants -- [names…]`: tries mutants and prints how each was caught, and a line of JSON with the counts at the end.
import { randomInt } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { Mutant } from './mutant.ts'
import { MUTANTS } from './mutants.ts'
import { tryMutants, type Verdict } from './try-mutants.ts'

const HELP = `Usage: npm run test:mutants -- [options] [names]

Tries varve with one bug put in on purpose, for each bug that is named, or for all of them: the test that is named for it must pass without the
bug, and fail with it, saying what is expected. A line for each, and a line of JSON at the end.

  names         of bugs; without any, all (see --list)
  --sample N    only so many of them, drawn with --seed
  --seed N      of the sample; drawn and printed when there is none
  --list        the bugs: their names, what is wrong, which test must say so
  --table FILE  bugs that the module FILE exports as MUTANTS, instead of our own

Exit code 0: each was caught; 1: one was not, or does not fit the source any more, or a test fails without it; 2: it was asked for what is not there.
`

function misused(why: string): never {
  console.error(why)
  process.exit(2)
}

function parsedArguments(): { values: Options; names: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: 'string' },
        seed: { type: 'string' },
        table: { type: 'string' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return { values, names: positionals }
  } catch (error) {
    return misused(`${(error as Error).message}\n\n${HELP}`)
  }
}

interface Options {
  readonly sample?: string
  readonly seed?: string
  readonly table?: string
  readonly list: boolean
  readonly help: boolean
}

const { values: options, names } = parsedArguments()

function numberOf(name: 'sample' | 'seed', least: number, otherwise: number): number {
  const text = options[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  return misused(`--${name} must be a whole number of at least ${least}, not ${text}`)
}

async function tableOf(file: string | undefined): Promise<readonly Mutant[]> {
  if (file === undefined) return MUTANTS
  const module = (await import(pathToFileURL(file).href)) as { MUTANTS: readonly Mutant[] }
  return module.MUTANTS
}

function chosen(table: readonly Mutant[], seed: number): readonly Mutant[] {
  const unknown = names.find((wanted) => !table.some(({ name }) => name === wanted))
  if (unknown !== undefined) misused(`there is no mutant ${unknown}: see --list`)
  const named = table.filter(({ name }) => names.length === 0 || names.includes(name))
  const count = numberOf('sample', 1, named.length)
  const random = new SeededRandom(seed)
  const left = [...named]
  const drawn = new Set<Mutant>()
  while (drawn.size < count && left.length > 0) {
    for (const mutant of left.splice(random.integer(left.length), 1)) drawn.add(mutant)
  }
  return named.filter((mutant) => drawn.has(mutant))
}

function print({ mutant, isCaught, reason, durationMs }: Verdict): void {
  const { name, bug, caughtBy } = mutant
  const outcome = isCaught ? 'caught' : 'NOT CAUGHT'
  console.log(`${outcome.padEnd(10)} ${name} (${Math.round(durationMs)} ms): ${bug}`)
  console.log(`           by ${caughtBy.file}, ${caughtBy.test}`)
  console.log(`           ${reason}`)
}

function list(table: readonly Mutant[]): void {
  const lines = table.map(
    ({ name, bug, caughtBy }) => `${name}: ${bug}\n    ${caughtBy.file}, ${caughtBy.test}`,
  )
  console.log(lines.join('\n'))
}

async function main(): Promise<void> {
  if (options.help) {
    console.log(HELP)
    return
  }
  const table = await tableOf(options.table)
  if (options.list) {
    list(table)
    return
  }
  const seed = numberOf('seed', 0, randomInt(2 ** 31))
  const mutants = chosen(table, seed)
  const startedMs = performance.now()
  const verdicts = await tryMutants(mutants, print)
  const caught = verdicts.filter(({ isCaught }) => isCaught).length
  const durationMs = Math.round(performance.now() - startedMs)
  console.log(`${caught}/${mutants.length} mutants caught, seed ${seed}`)
  console.log(JSON.stringify({ mutants: mutants.length, mutantsCaught: caught, durationMs }))
  process.exitCode = caught === mutants.length ? 0 : 1
}

await main()
