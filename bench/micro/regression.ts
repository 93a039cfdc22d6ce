// Is it slower than it was? Pure: figures in, judgement out. A cost is a ratio to a ceiling that was measured beside it on the same
// machine, so that a slow or busy machine slows both. What is said to be slower stands above the noise of the stored
// run and of this one, and has stood there again each time it was measured once more.
import type { CeilingName, Measured } from './case.ts'

/** One case over all rounds of a run. */
export interface CaseFigures {
  readonly name: string
  readonly ceiling: CeilingName
  /** Median of one unit, in units of the ceiling: 3 is three times what the ceiling takes. */
  readonly cost: number
  /** Standard deviation of the cost from round to round as a share of it, from the median deviation. */
  readonly noise: number
  /** Medians of one run of the case: nanoseconds, units worked on, bytes allocated. */
  readonly runNs: number
  readonly units: number
  readonly allocatedBytes: number | undefined
}

/** What is stored: ratios only. */
export interface Baseline {
  /** What it was measured on. */
  readonly environment: string
  readonly cases: readonly {
    readonly name: string
    readonly ceiling: CeilingName
    readonly cost: number
    readonly noise: number
  }[]
}

export interface Comparison {
  readonly name: string
  readonly before: number
  readonly now: number
  /** How much larger than before it may be, as a factor. */
  readonly bound: number
  readonly verdict: 'alike' | 'slower' | 'faster'
}

/** Least growth of a cost that is called slower. */
export const GROWTH_MIN = 0.25
/** Deviations that must be exceeded. */
const DEVIATIONS = 4
/** From the median deviation of normally distributed values to their standard deviation. */
const NORMAL_FACTOR = 1.4826

/** @param rounds the same case in different rounds, at least one */
export function caseFigures(rounds: readonly Measured[]): CaseFigures {
  const [first] = rounds
  if (first === undefined) throw new RangeError('a case needs a round')
  const costs = rounds.map(({ quickNs, ceilingNs }) => quickNs / ceilingNs)
  const cost = middle(costs)
  const deviation = middle(costs.map((value) => Math.abs(value - cost)))
  const allocated = rounds.flatMap(({ allocatedBytes }) => allocatedBytes ?? [])
  return {
    name: first.name,
    ceiling: first.ceiling,
    cost,
    noise: (deviation * NORMAL_FACTOR) / cost,
    runNs: middle(rounds.map(({ medianNs }) => medianNs)) * first.units,
    units: first.units,
    allocatedBytes: allocated.length === 0 ? undefined : middle(allocated),
  }
}

/** The cases that both know, in the order of this run. @param growthMin as GROWTH_MIN, where another is wanted */
export function compare(
  baseline: Baseline,
  figures: readonly CaseFigures[],
  growthMin: number = GROWTH_MIN,
): Comparison[] {
  const stored = new Map(baseline.cases.map((one) => [one.name, one]))
  return figures.flatMap((figure) => {
    const before = stored.get(figure.name)
    // Against another ceiling it is another figure.
    if (before?.ceiling !== figure.ceiling) return []
    const noise = Math.max(before.noise, figure.noise)
    const bound = 1 + Math.max(growthMin, DEVIATIONS * noise)
    const growth = figure.cost / before.cost
    const verdict = growth > bound ? 'slower' : growth < 1 / bound ? 'faster' : 'alike'
    return { name: figure.name, before: before.cost, now: figure.cost, bound, verdict }
  })
}

/**
 * What is left of a suspicion after the suspects were measured again: those that were slower every time.
 * @param first the comparison that raised it
 * @param again one comparison for each time
 */
export function accused(
  first: readonly Comparison[],
  again: readonly (readonly Comparison[])[],
): Comparison[] {
  return first.filter(
    ({ name, verdict }) =>
      verdict === 'slower' &&
      again.every((time) => time.find((one) => one.name === name)?.verdict === 'slower'),
  )
}

/** What a run leaves for later ones to be compared with. */
export function baselineOf(environment: string, figures: readonly CaseFigures[]): Baseline {
  const rounded = (value: number): number => Number(value.toPrecision(4))
  return {
    environment,
    cases: figures.map(({ name, ceiling, cost, noise }) => ({
      ...{ name, ceiling, cost: rounded(cost), noise: rounded(noise) },
    })),
  }
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN
  return (upper + lower) / 2
}
