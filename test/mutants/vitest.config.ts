// Runs any test against one mutant, to look at it: `VARVE_MUTANT=name npx vitest run --config test/mutants/vitest.config.ts FILE`.
import { defineConfig } from 'vitest/config'
import { mutantPlugin } from './mutant-plugin.ts'
import { MUTANTS } from './mutants.ts'
import { ROOT } from './run-trials.ts'

const name = process.env['VARVE_MUTANT']
const mutant = MUTANTS.find((one) => one.name === name)
if (mutant === undefined) throw new Error(`VARVE_MUTANT must name a mutant, not ${name ?? ''}`)

export default defineConfig({
  root: ROOT,
  plugins: [mutantPlugin(mutant, ROOT)],
  test: { include: ['test/**/*.test.ts'], pool: 'forks', maxWorkers: 2 },
})
