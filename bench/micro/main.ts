// What the small parts cost: codecs, checksums, batches, integers, indexes, assignors, the merge of a replay, the partitioner. Each as a
// ratio to what this machine does at best (see measure.ts); compared with a stored run when one is given.
//   npm run bench:micro [-- --only codec,batch --rounds 5 --baseline bench/baselines/micro.json --save --json --growth 0.25]
// Ends with 1 when something became slower than the baseline. `--save` writes the baseline (to bench/baselines/micro.json by default).
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { environmentLine } from '../lib/environment.ts'
import { toldOptions } from '../lib/told-options.ts'
import type { Measured } from './case.ts'
import { MICRO_GROUPS } from './groups.ts'
import {
  accused,
  type Baseline,
  baselineOf,
  type CaseFigures,
  type Comparison,
  caseFigures,
  compare,
  GROWTH_MIN,
} from './regression.ts'
import { caseLine, comparisonLine, HEAD_LINE } from './text.ts'

/** How often a suspect is measured again. */
const REPETITIONS = 2

const run = promisify(execFile)
const told = toldOptions({
  only: { type: 'string', default: Object.keys(MICRO_GROUPS).join(',') },
  rounds: { type: 'string', default: '5' },
  baseline: { type: 'string' },
  save: { type: 'boolean', default: false },
  growth: { type: 'string', default: String(GROWTH_MIN) },
  json: { type: 'boolean', default: false },
})
const groups = told.only.split(',')
const unknown = groups.find((name) => !(name in MICRO_GROUPS))
if (unknown !== undefined) throw new Error(`there is no group ${unknown}`)
const rounds = Number(told.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number from 1')
const growthMin = Number(told.growth)
if (!(growthMin > 0)) throw new Error('--growth is above 0')

/** Each case of the groups. The rounds of a group lie apart, and every one is a process of its own. */
async function measureGroups(names: readonly string[]): Promise<Map<string, CaseFigures[]>> {
  const measured = new Map<string, Measured[][]>()
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[Kround ${round + 1}: ${name}`)
      const lists = measured.get(name) ?? []
      measured.set(name, [...lists, await measureOnce(name)])
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return new Map([...measured].map(([name, lists]) => [name, byCase(lists)]))
}

function byCase(lists: readonly (readonly Measured[])[]): CaseFigures[] {
  const names = lists[0]?.map(({ name }) => name) ?? []
  return names.map((name) =>
    caseFigures(lists.flatMap((list) => list.filter((one) => one.name === name))),
  )
}

async function measureOnce(group: string): Promise<Measured[]> {
  const child = join(import.meta.dirname, 'group-child.ts')
  const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', child, group], {
    maxBuffer: 2 ** 24,
  })
  return JSON.parse(stdout) as Measured[]
}

/** Suspects are measured again, with their whole group, as they were the first time. */
async function confirmed(
  baseline: Baseline,
  first: readonly Comparison[],
  figures: ReadonlyMap<string, readonly CaseFigures[]>,
): Promise<Comparison[]> {
  const again: Comparison[][] = []
  for (let time = 0; time < REPETITIONS; time++) {
    const suspects = accused(first, again).map(({ name }) => name)
    const suspected = [...figures]
      .filter(([, cases]) => cases.some(({ name }) => suspects.includes(name)))
      .map(([group]) => group)
    if (suspected.length === 0) return []
    say(`again, because they seem slower: ${suspects.join(' · ')}`)
    const repeated = await measureGroups(suspected)
    again.push(compare(baseline, [...repeated.values()].flat(), growthMin))
  }
  return accused(first, again)
}

function say(line: string): void {
  if (told.json) process.stderr.write(`${line}\n`)
  else console.log(line)
}

const environment = environmentLine()
say(environment)
const measured = await measureGroups(groups)
const figures = [...measured.values()].flat()
say(HEAD_LINE)
for (const [group, cases] of measured) for (const one of cases) say(caseLine(group, one))

let comparisons: Comparison[] = []
let slower: Comparison[] = []
if (told.baseline !== undefined) {
  const baseline = JSON.parse(readFileSync(told.baseline, 'utf8')) as Baseline
  say(`\ncompared with ${told.baseline}: ${baseline.environment}`)
  comparisons = compare(baseline, figures, growthMin)
  slower = await confirmed(baseline, comparisons, measured)
  const changed = comparisons.filter(({ name, verdict }) =>
    verdict === 'slower' ? slower.some((one) => one.name === name) : verdict === 'faster',
  )
  for (const comparison of changed) say(comparisonLine(comparison))
  say(`${comparisons.length} compared, ${slower.length} slower`)
  if (slower.length > 0) process.exitCode = 1
}
if (told.save) {
  const path = told.baseline ?? join(import.meta.dirname, '..', 'baselines', 'micro.json')
  writeFileSync(path, `${JSON.stringify(baselineOf(environment, figures), undefined, 2)}\n`)
  say(`baseline written to ${path}`)
}
if (told.json) {
  const cases = [...measured].flatMap(([group, list]) => list.map((one) => ({ group, ...one })))
  console.log(JSON.stringify({ environment, cases, comparisons, slower }, undefined, 2))
}
