// Two reports held against each other: did anything become slower? Compared are shares of ceilings, each measured in the same run as its share, since
// absolute figures of two days, or two machines, say nothing about varve. Invariant: a workload is only called worse when every one of its shares fell by
// more than what the repetitions of both runs lay apart; and a failed check is always worse.
import type { BenchReport, CeilingFigures, WorkloadResult } from '../figures.ts'
import type { Workload } from '../workload.ts'
import { ceilingSpread, failedItsCheck, mainLatency, shownRun } from './report-parts.ts'

/** Differences below this are never told from noise. */
const TOLERANCE_MIN = 0.05
/** However far repetitions lie apart, half the speed is a finding. */
const TOLERANCE_MAX = 0.5

interface ShareComparison {
  readonly ceiling: string
  readonly before: number
  readonly after: number
  /** after / before. */
  readonly ratio: number
  /** How much less than 1 the ratio may be, by the spread of both runs and of the ceiling in both. */
  readonly tolerance: number
}

/**
 * - `worse`, `better`: every share moved that way by more than its tolerance.
 * - `unclear`: some did and some did not; then a ceiling moved, or varve and a ceiling did.
 * - `broken`: it has no figures any more, or its check failed.
 * - `changed`: it measures something else under the same name.
 * - `absent`: not in the later report. `new`: not in the earlier one, or without figures there.
 * - `incomparable`: without shares of the same ceilings.
 */
export type ComparisonOutcome =
  | 'same'
  | 'worse'
  | 'better'
  | 'unclear'
  | 'broken'
  | 'changed'
  | 'absent'
  | 'new'
  | 'incomparable'

interface WorkloadComparison {
  readonly workload: string
  readonly system: string
  readonly outcome: ComparisonOutcome
  readonly shares: readonly ShareComparison[]
  /** Absolute, so for information alone: never part of the outcome. */
  readonly latencyP99Ms?: { readonly before: number; readonly after: number }
  /** Why there are no shares. */
  readonly reason?: string
}

export interface ReportComparison {
  readonly schema: 'varve-bench-comparison/1'
  readonly before: ComparedReport
  readonly after: ComparedReport
  /** Whether anything is `worse` or `broken`. */
  readonly regressed: boolean
  readonly workloads: readonly WorkloadComparison[]
}

export interface ComparedReport {
  readonly varve: string
  readonly commit?: string
  readonly startedAt: string
}

/** Results that have, or had, shares of ceilings: those of varve itself. Peers are left out. */
export function compareReports(before: BenchReport, after: BenchReport): ReportComparison {
  const later = comparedResults(after)
  const earlier = comparedResults(before)
  const workloads = [
    ...[...earlier].map(([key, result]) =>
      compareResults(
        { result, ceilings: before.ceilings },
        { result: later.get(key), ceilings: after.ceilings },
      ),
    ),
    ...[...later]
      .filter(([key]) => !earlier.has(key))
      .map(([, result]) => without(result, 'new', 'not in the earlier report')),
  ]
  return {
    schema: 'varve-bench-comparison/1',
    before: told(before),
    after: told(after),
    regressed: workloads.some(({ outcome }) => outcome === 'worse' || outcome === 'broken'),
    workloads,
  }
}

function told({ environment, startedAt }: BenchReport): ComparedReport {
  const { varve, commit } = environment
  return { varve, ...(commit === undefined ? {} : { commit }), startedAt }
}

function comparedResults(report: BenchReport): Map<string, WorkloadResult> {
  const own = report.results.filter(({ system }) => system === 'varve')
  return new Map(own.map((result) => [result.workload.name, result]))
}

function compareResults(
  before: { readonly result: WorkloadResult; readonly ceilings: readonly CeilingFigures[] },
  after: {
    readonly result: WorkloadResult | undefined
    readonly ceilings: readonly CeilingFigures[]
  },
): WorkloadComparison {
  const { result: earlier } = before
  const { result: later } = after
  if (later === undefined) return without(earlier, 'absent', 'not in the later report')
  if (failedItsCheck(later)) {
    return without(later, 'broken', later.failure ?? 'its check failed')
  }
  const changed = changedFields(earlier.workload, later.workload)
  if (changed.length > 0) return without(later, 'changed', `other ${changed.join(', ')}`)
  const [earlierRun, laterRun] = [shownRun(earlier), shownRun(later)]
  if (earlierRun === undefined) return without(later, 'new', 'no figures in the earlier report')
  if (laterRun === undefined) {
    return without(later, 'broken', later.failure ?? 'no figures in the later report')
  }
  const latency = latencyP99(earlier, later)
  const shares = earlier.shares.flatMap(({ ceiling, share }): ShareComparison[] => {
    const now = later.shares.find((each) => each.ceiling === ceiling)?.share
    if (now === undefined || !(share > 0) || !Number.isFinite(now)) return []
    const spreads = [
      earlier.spread,
      later.spread,
      spreadOf(before.ceilings, ceiling),
      spreadOf(after.ceilings, ceiling),
    ].filter((spread) => spread !== undefined && Number.isFinite(spread)) as number[]
    const tolerance = Math.min(TOLERANCE_MAX, Math.max(TOLERANCE_MIN, ...spreads))
    return [{ ceiling, before: share, after: now, ratio: now / share, tolerance }]
  })
  if (shares.length === 0) {
    return { ...without(later, 'incomparable', 'no shares of the same ceilings'), ...latency }
  }
  return {
    workload: later.workload.name,
    system: later.system,
    outcome: outcomeOf(shares),
    shares,
    ...latency,
  }
}

function outcomeOf(shares: readonly ShareComparison[]): ComparisonOutcome {
  const worse = shares.filter(({ ratio, tolerance }) => ratio < 1 - tolerance).length
  const better = shares.filter(({ ratio, tolerance }) => ratio > 1 / (1 - tolerance)).length
  if (worse === shares.length) return 'worse'
  if (better === shares.length) return 'better'
  return worse + better > 0 ? 'unclear' : 'same'
}

function spreadOf(ceilings: readonly CeilingFigures[], name: string): number | undefined {
  const ceiling = ceilings.find((each) => each.name === name)
  return ceiling === undefined ? undefined : ceilingSpread(ceiling)
}

/** How long and how often something is measured does not change what is. */
const MEASURING: ReadonlySet<string> = new Set<keyof Workload>([
  'warmupSeconds',
  'seconds',
  'repetitions',
  'verify',
])

function changedFields(before: Workload, after: Workload): string[] {
  return (Object.keys(after) as (keyof Workload)[]).filter(
    (field) => !MEASURING.has(field) && before[field] !== after[field],
  )
}

function latencyP99(
  before: WorkloadResult,
  after: WorkloadResult,
): Pick<WorkloadComparison, 'latencyP99Ms'> {
  const [earlier, later] = [mainLatency(before), mainLatency(after)]
  if (earlier === undefined || later?.name !== earlier.name) return {}
  return { latencyP99Ms: { before: earlier.percentiles.p99, after: later.percentiles.p99 } }
}

function without(
  result: WorkloadResult,
  outcome: ComparisonOutcome,
  reason: string,
): WorkloadComparison {
  return { workload: result.workload.name, system: result.system, outcome, shares: [], reason }
}
