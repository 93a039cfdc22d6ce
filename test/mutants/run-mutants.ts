// `npm run test:mutants -- [names…]`: tries mutants and prints how each was caught, and a line of JSON with the counts at the end. Exits
// with 1 when one is not caught, when one does not apply any more, and when a test fails without a mutant.
//
//   names…            these mutants; without names, all of them
//   --sample N        only so many, drawn with --seed
//   --seed N          of the sample; drawn and printed when there is none
//   --table FILE      mutants that the module FILE exports as MUTANTS, instead of our own
import { randomInt } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { Mutant } from './mutant.ts'
import { MUTANTS } from './mutants.ts'
import { tryMutants, type Verdict } from './try-mutants.ts'

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    table: { type: 'string' },
  },
})

async function tableOf(file: string | undefined): Promise<readonly Mutant[]> {
  if (file === undefined) return MUTANTS
  const module = (await import(pathToFileURL(file).href)) as { MUTANTS: readonly Mutant[] }
  return module.MUTANTS
}

function chosen(table: readonly Mutant[], seed: number): readonly Mutant[] {
  const unknown = names.find((wanted) => !table.some(({ name }) => name === wanted))
  if (unknown !== undefined) throw new Error(`there is no mutant ${unknown}`)
  const named = table.filter(({ name }) => names.length === 0 || names.includes(name))
  const count = Number(options.sample ?? named.length)
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

const seed = Number(options.seed ?? randomInt(2 ** 31))
const mutants = chosen(await tableOf(options.table), seed)
const startedMs = performance.now()
const verdicts = await tryMutants(mutants, print)
const caught = verdicts.filter(({ isCaught }) => isCaught).length
const durationMs = Math.round(performance.now() - startedMs)
console.log(`${caught}/${mutants.length} mutants caught, seed ${seed}`)
console.log(JSON.stringify({ mutants: mutants.length, mutantsCaught: caught, durationMs }))
process.exitCode = caught === mutants.length ? 0 : 1
