// `scripts/reliability-long --minutes N`: the long column of the reliability tests, within a time limit. Steps in turn, each in rounds of some
// tens of seconds with a seed of their own, until its share of the time is over. What was counted is kept in a file, to which the next start
// adds. Exit code 1 when any round found something: the command that repeats it is printed, and what it said is kept.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addCounts, countsOf, countsText, numberText } from './lib/reliability/counts.mjs'
import { commandText, endRounds, runRound } from './lib/reliability/run-round.mjs'
import { loadState, saveState, stepState } from './lib/reliability/state.mjs'
import { STEPS } from './lib/reliability/steps.mjs'
import { buildIfNeeded, installIfNeeded, requireNode20 } from './lib/tools.mjs'

const HELP = `Usage: scripts/reliability-long [options]

  --minutes N      for how long, all steps together (default: 60); the build comes on top, and the round that is under way then is brought to its end
  --only NAMES     these steps alone; may be repeated, or a list with commas
  --seed N         the seed of a new state file (default: from the clock); every round of a step has another one
  --state FILE     what was done so far; a second start goes on and adds (default: reliability-long.json)
  --jobs N         steps at a time (default: 1)
  --round SECONDS  how long a round should take (default: 40); some steps take longer ones where there is time: see --list
  --list           the steps: their share of the time, what they do, and which rows of the catalogue in docs/RELIABILITY.md they are for
  --report         what was done so far, and nothing else

A step runs in rounds, each with a seed of its own. A round that finds something is told with the command that repeats it; what it said is kept in
STATE.violations/, and the exit code is 1. Ctrl-C ends what is running and keeps what was counted (exit code 130).
`
/** A round may take so many times what it should, and this much besides, before it counts as hanging. */
const PATIENCE_FACTOR = 8
const PATIENCE_SECONDS = 120
/** A step has long rounds where the whole time is so many of them. */
const LONG_ROUNDS_MIN = 10
/** From the seed of one round to that of the next; prime. */
const SEED_STRIDE = 15_485_863
/** Rates that are kept for the trend. */
const RATES_MAX = 200

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    state: { type: 'string', default: 'reliability-long.json' },
    jobs: { type: 'string', default: '1' },
    round: { type: 'string', default: '40' },
    list: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

function numberOption(name, least) {
  const value = Number(options[name])
  if (Number.isFinite(value) && value >= least) return value
  console.error(`--${name} must be a number of at least ${least}, not ${options[name]}`)
  process.exit(2)
}

function chosenSteps() {
  const names = options.only.flatMap((list) => list.split(',')).filter((name) => name !== '')
  for (const name of names) {
    if (STEPS.some((step) => step.name === name)) continue
    console.error(`There is no step ${name}: ${STEPS.map((step) => step.name).join(', ')}`)
    process.exit(2)
  }
  return names.length === 0 ? STEPS : STEPS.filter(({ name }) => names.includes(name))
}

function list() {
  for (const { name, rows, share, what, longRound } of STEPS) {
    const rounds = longRound === undefined ? '' : `; rounds of ${longRound} s where there is time`
    console.log(
      `${name.padEnd(20)} share ${`${share}`.padStart(2)}  ${what}${rowsText(rows)}${rounds}`,
    )
  }
}

/** How long its rounds should take, when all steps together have so many seconds. */
function roundSecondsOf({ longRound = 0 }, wholeSeconds, roundSeconds) {
  return wholeSeconds >= LONG_ROUNDS_MIN * longRound
    ? Math.max(longRound, roundSeconds)
    : roundSeconds
}

function rowsText(rows) {
  return rows.length === 0 ? '' : ` (row ${rows.join(', ')})`
}

/** Runs or seconds of the next round, from what the last ones took; undefined when no time is left for one. */
function sizeOf(step, known, secondsLeft, roundSeconds) {
  if (step.firstRuns === undefined) {
    if (secondsLeft < (step.secondsMin ?? 0)) return undefined
    const seconds = Math.floor(Math.min(secondsLeft, roundSeconds))
    return { runs: 1, seconds: Math.max(seconds, step.secondsMin), expected: seconds }
  }
  const rate = known.rates.at(-1)
  if (rate === undefined) return { runs: step.firstRuns, expected: roundSeconds }
  const runs = Math.floor(rate * Math.min(secondsLeft, roundSeconds))
  // At most ten times as many as ever took their time: the first rounds are mostly their start.
  const most = (known.largestRound ?? step.firstRuns) * 10
  if (runs < 1) return undefined
  return { runs: Math.min(runs, most), expected: roundSeconds }
}

/** Rounds of a step until its time is over. @returns false when one of them found something */
async function runStep(step, { state, budgetSeconds, roundSeconds, isOver }) {
  const known = stepState(state, step.name)
  const endsAt = performance.now() + budgetSeconds * 1000
  const before = { rounds: known.rounds, runs: known.runs, counts: {} }
  let isWell = true
  for (let first = true; !isOver(); first = false) {
    const secondsLeft = (endsAt - performance.now()) / 1000
    if (secondsLeft <= 0) break
    // Something is always done, however short the time.
    const size =
      sizeOf(step, known, secondsLeft, roundSeconds) ??
      (first
        ? sizeOf(step, { rates: [] }, Number.POSITIVE_INFINITY, step.secondsMin ?? 1)
        : undefined)
    if (size === undefined) break
    // Far apart: many tests count on from their seed.
    const seed = (state.seed + known.rounds * SEED_STRIDE) % 2 ** 31
    const work = step.round(seed, size)
    const timeoutMs = (size.expected * PATIENCE_FACTOR + PATIENCE_SECONDS) * 1000
    const result = await runRound(work, timeoutMs)
    if (isOver()) break
    known.rounds++
    known.runs += size.runs
    known.seconds += result.seconds
    known.largestRound = Math.max(known.largestRound ?? 0, size.runs)
    known.rates = [...known.rates, size.runs / result.seconds].slice(-RATES_MAX)
    const counts = countsOf(result.output)
    addCounts(known.counts, counts)
    addCounts(before.counts, counts)
    if (result.code !== 0) {
      isWell = false
      tellViolation(step, known, seed, work, result)
    }
    saveState(options.state, state)
  }
  const rounds = known.rounds - before.rounds
  console.log(
    `${isWell ? 'ok    ' : 'FAILED'} ${step.name}: ${rounds} rounds, ${numberText(known.runs - before.runs)} runs` +
      `${Object.keys(before.counts).length === 0 ? '' : `: ${countsText(before.counts)}`}`,
  )
  return isWell
}

function tellViolation(step, known, seed, work, { output, isTimeout, code }) {
  const folder = options.state.replace(/\.json$/, '') + '.violations'
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${step.name}-${seed}.txt`)
  const command = commandText(work)
  writeFileSync(file, `${command}\n\n${output}`)
  known.violations.push({ seed, command, file })
  const how = isTimeout ? 'did not end' : `ended with ${code}`
  console.error(
    `FAILED ${step.name}: ${how}. What it said is in ${file}. Repeat it with\n  ${command}`,
  )
}

/** Everything that was ever done with this state. */
function report(state) {
  console.log(`\nAll that ${options.state} knows of (seed ${state.seed}):`)
  let seconds = 0
  let violations = 0
  for (const { name, rows, what } of STEPS) {
    const known = state.steps[name]
    if (known === undefined) continue
    seconds += known.seconds
    violations += known.violations.length
    console.log(
      `${known.violations.length === 0 ? 'ok    ' : 'FAILED'} ${name}${rowsText(rows)}: ${what}\n` +
        `       ${numberText(known.rounds)} rounds, ${numberText(known.runs)} runs in ${minutesText(known.seconds)}${trendText(known)}\n` +
        (Object.keys(known.counts).length === 0 ? '' : `       ${countsText(known.counts)}\n`) +
        known.violations.map(({ command }) => `       violation: ${command}\n`).join(''),
    )
  }
  console.log(`${minutesText(seconds)} altogether, ${violations} violations`)
}

function minutesText(seconds) {
  return `${numberText(seconds / 60)} min`
}

/** Runs a second: of the last rounds against those before. */
function trendText({ rates, runs, rounds }) {
  if (rates.length < 4 || runs === rounds) return ''
  const half = Math.floor(rates.length / 2)
  const mean = (some) => some.reduce((sum, rate) => sum + rate, 0) / some.length
  const change = mean(rates.slice(half)) / mean(rates.slice(0, half)) - 1
  return `, ${numberText(mean(rates))} runs/s, trend ${change < 0 ? '' : '+'}${Math.round(change * 100)} %`
}

async function main() {
  if (options.help) return console.log(HELP)
  if (options.list) return list()
  const seed = options.seed === undefined ? Date.now() % 2 ** 31 : numberOption('seed', 0)
  const state = loadState(options.state, seed)
  if (options.seed !== undefined && state.seed !== seed) {
    console.error(`${options.state} was begun with seed ${state.seed}: give another --state`)
    process.exit(2)
  }
  if (options.report) return report(state)
  const steps = chosenSteps()
  const seconds = numberOption('minutes', 0) * 60
  const jobs = numberOption('jobs', 1)
  const roundSeconds = numberOption('round', 1)
  requireNode20()
  installIfNeeded()
  await buildIfNeeded()
  let isStopped = false
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      isStopped = true
      endRounds()
    })
  }
  // Those that had least of their share come first, so that short starts reach all of them.
  const served = ({ name, share }) => (state.steps[name]?.seconds ?? 0) / share
  const waiting = steps.toSorted((a, b) => served(a) - served(b))
  const endsAt = performance.now() + seconds * 1000
  let isWell = true
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined && !isStopped; step = waiting.shift()) {
      const secondsLeft = Math.max(0, (endsAt - performance.now()) / 1000)
      if (secondsLeft === 0) break
      const shares = waiting.reduce((sum, { share }) => sum + share, step.share)
      // At least a round: of a short start a few steps have something, and the next one serves the others.
      const ownRound = roundSecondsOf(step, seconds * jobs, roundSeconds)
      const ownSeconds = Math.max(ownRound, (secondsLeft * jobs * step.share) / shares)
      const budgetSeconds = Math.min(secondsLeft, ownSeconds)
      const run = { state, budgetSeconds, roundSeconds: ownRound, isOver: () => isStopped }
      if (!(await runStep(step, run))) isWell = false
    }
  }
  await Promise.all(Array.from({ length: jobs }, lane))
  report(state)
  process.exitCode = isStopped ? 130 : isWell ? 0 : 1
}

await main()
