// The decoders, fuzzed for as long as one likes: `npm run fuzz -- --seconds 60 --seed 7 --targets checkpoint,records --save`.
// A line of JSON for each target, and one for all of them at the end; 1 when anything was found.
//   --seconds S   for each target (10)          --runs N    at most, for each target
//   --total-seconds S  for all targets together, shared among them
//   --seed SEED   any text                      --targets A,B,...   all of them unless named
//   --save        writes what it found to reach more, and what fails, into test/fuzz/corpus
//   --missing     names the branches that nothing reached
import { parseArgs } from 'node:util'
import { buildInstrumented } from './engine/build-instrumented.ts'
import { readCorpus, writeCorpus } from './engine/corpus.ts'
import { coverageOf, type FuzzCoverage, type TargetMiss } from './engine/fuzz-coverage.ts'
import { fuzzTargets } from './engine/fuzz-targets.ts'
import type { TargetResult } from './engine/worker-task.ts'
import { ALL_TARGETS, isDecoder, WORKER_ENTRY } from './targets/all-targets.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    'total-seconds': { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string' },
    targets: { type: 'string' },
    save: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
  },
})
const wanted = values.targets?.split(',')
const targets = ALL_TARGETS.filter(({ name }) => wanted?.includes(name) ?? true)
if (wanted !== undefined && targets.length !== wanted.length) {
  throw new Error(`there are the targets ${ALL_TARGETS.map(({ name }) => name).join(', ')}`)
}
const total = Number(values['total-seconds'] ?? Number.NaN)
const limits = {
  seed: values.seed ?? String(Date.now()),
  runsMax: Number(values.runs ?? Infinity),
  findsFewest: values.save,
  secondsMax: Number(values.seconds ?? (Number.isNaN(total) ? 10 : total / targets.length)),
}

await using build = await buildInstrumented(WORKER_ENTRY, isDecoder)
const sum = { runs: 0, seconds: 0, failures: 0 }
const misses: TargetMiss[] = []
const results = new Map<string, TargetResult>()
await fuzzTargets(
  build,
  targets.map(({ name }) => name),
  limits,
  (result) => {
    const target = targets.find(({ name }) => name === result.name)
    if (target === undefined) return
    const miss = { target, missing: result.missing }
    misses.push(miss)
    results.set(result.name, result)
    report(result, coverageOf(build.branches, [miss]))
    sum.runs += result.runs
    sum.seconds += result.seconds
    sum.failures += result.failures.length
  },
)
if (values.save) for (const result of results.values()) await save(result)
const coverage = coverageOf(build.branches, misses)
if (values.missing) for (const branch of coverage.missing) console.log(branch)
const summary = {
  step: 'fuzz-decoders',
  seed: limits.seed,
  targets: targets.length,
  ...sum,
  seconds: Math.round(sum.seconds),
  runsPerSecond: Math.round(sum.runs / sum.seconds),
  branches: coverage.total,
  reached: percent(coverage),
}
console.log(JSON.stringify(summary))
process.exitCode = sum.failures > 0 ? 1 : 0

function percent({ reached, total }: FuzzCoverage): string {
  return `${((100 * reached) / total).toFixed(1)} %`
}

function report(result: TargetResult, coverage: FuzzCoverage): void {
  const line = {
    target: result.name,
    runs: result.runs,
    runsPerSecond: Math.round(result.runs / result.seconds),
    reached: percent(coverage),
    failures: result.failures,
  }
  console.log(JSON.stringify(line))
}

async function save(result: TargetResult): Promise<void> {
  const { failed } = await readCorpus(result.name)
  const more = result.failures.map(({ error, input }) => ({
    why: error.split('\n')[0] ?? '',
    input,
  }))
  const known = new Set(failed.map(({ input }) => input))
  await writeCorpus(result.name, {
    inputs: result.corpus,
    failed: [...failed, ...more.filter(({ input }) => !known.has(input))],
  })
}
