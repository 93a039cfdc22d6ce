// A report taken apart for showing: results by workload, the latencies of a result, settings said once, a workload in words. Pure, and the same for the
// terminal and the page. Invariant: whatever a report holds is in some part; only order and wording are chosen here.
import { formatCount, formatCounted } from '../../text/quantities.ts'
import type {
  BenchEnvironment,
  BenchReport,
  CeilingFigures,
  Percentiles,
  RunFigures,
  SideFigures,
  WorkloadResult,
} from '../figures.ts'
import type { NotedSetting } from '../system.ts'
import type { Workload } from '../workload.ts'
import { sizeText } from './figure-text.ts'

/** The results of all systems for one workload, in the order of the report. */
export interface WorkloadPart {
  readonly workload: Workload
  readonly results: readonly WorkloadResult[]
}

export function byWorkload(report: BenchReport): WorkloadPart[] {
  const parts = new Map<string, { workload: Workload; results: WorkloadResult[] }>()
  for (const result of report.results) {
    const part = parts.get(result.workload.name)
    if (part === undefined) {
      parts.set(result.workload.name, { workload: result.workload, results: [result] })
    } else part.results.push(result)
  }
  return [...parts.values()]
}

/** `varve 0.4.0`. */
export function systemText(result: { readonly system: string; readonly version: string }): string {
  return `${result.system} ${result.version}`.trim()
}

/** All systems of a report, each once, in the order in which they appear. */
export function systemNames(report: BenchReport): string[] {
  return [...new Set(report.results.map(systemText))]
}

/** Whether the result has no figures because records were lost, doubled, reordered, altered or else wrong. */
export function failedItsCheck(result: WorkloadResult): boolean {
  return result.verdict.checked && !result.verdict.valid
}

/** The figures that are shown; none for a result that failed, whatever else it holds. */
export function shownRun(result: WorkloadResult): RunFigures | undefined {
  return result.failure === undefined && !failedItsCheck(result) ? result.median : undefined
}

export interface SidePart {
  readonly side: 'client' | 'server' | 'both'
  readonly figures: SideFigures
}

/** Who took what of the machine; `both` where the broker ran within the process of the client. */
export function sidesOf(result: WorkloadResult): SidePart[] {
  const run = shownRun(result)
  if (run === undefined) return []
  if (result.workload.way !== 'grpc') return [{ side: 'both', figures: run.client }]
  return [
    { side: 'client', figures: run.client },
    ...(run.server === undefined ? [] : [{ side: 'server', figures: run.server } as const]),
  ]
}

export type LatencyName = 'ack' | 'end to end' | 'sent late'

export interface LatencyPart {
  readonly name: LatencyName
  /** Of the repetition in the middle, save that `max` is the largest of all repetitions: a stall counts wherever it was. */
  readonly percentiles: Percentiles
}

const LATENCIES = {
  ack: 'ackLatencyMs',
  'end to end': 'endToEndLatencyMs',
  'sent late': 'scheduleDelayMs',
} as const satisfies Readonly<Record<LatencyName, keyof RunFigures>>

export function latencyOf(run: RunFigures, name: LatencyName): Percentiles | undefined {
  return run[LATENCIES[name]]
}

export function latencies(result: WorkloadResult): LatencyPart[] {
  const run = shownRun(result)
  if (run === undefined) return []
  return (Object.keys(LATENCIES) as LatencyName[]).flatMap((name) => {
    const percentiles = latencyOf(run, name)
    if (percentiles === undefined) return []
    const max = result.runs.reduce(
      (largest, other) => Math.max(largest, latencyOf(other, name)?.max ?? 0),
      percentiles.max,
    )
    return [{ name, percentiles: { ...percentiles, max } }]
  })
}

/** The one latency by which a result is summed up: to the hand of a consumer where that was measured. */
export function mainLatency(result: WorkloadResult): LatencyPart | undefined {
  return latencies(result)
    .filter(({ name }) => name !== 'sent late')
    .at(-1)
}

/** (largest - smallest) / median of the repetitions of a ceiling; undefined for less than two. */
export function ceilingSpread(ceiling: CeilingFigures): number | undefined {
  const { bytesPerSecond: rates, medianBytesPerSecond: median } = ceiling
  if (rates.length < 2 || median <= 0) return undefined
  return (Math.max(...rates) - Math.min(...rates)) / median
}

/** A setting of a system that is not as varve's, and for which workloads. */
export interface UnequalSetting {
  readonly system: string
  readonly setting: NotedSetting
  /** Undefined: in every workload of that system. */
  readonly workloads: readonly string[] | undefined
}

export function unequalSettings(report: BenchReport): UnequalSetting[] {
  const seen = new Map<string, { system: string; setting: NotedSetting; workloads: string[] }>()
  const workloadsOf = new Map<string, number>()
  for (const result of report.results) {
    const system = systemText(result)
    workloadsOf.set(system, (workloadsOf.get(system) ?? 0) + 1)
    for (const setting of result.settings) {
      if (setting.equal) continue
      const key = JSON.stringify([system, setting.name, setting.value, setting.note])
      const entry = seen.get(key)
      if (entry === undefined) {
        seen.set(key, { system, setting, workloads: [result.workload.name] })
      } else entry.workloads.push(result.workload.name)
    }
  }
  return [...seen.values()].map(({ system, setting, workloads }) => ({
    system,
    setting,
    workloads: workloads.length === workloadsOf.get(system) ? undefined : workloads,
  }))
}

const WAYS: Readonly<Record<Workload['way'], string>> = {
  grpc: 'over gRPC',
  'in-process': 'within the process, to files',
  'in-memory': 'within the process, to memory',
}

/** What a workload does, in parts of a sentence that may be joined by commas. */
export function workloadWords(workload: Workload): string[] {
  const { kind } = workload
  const writes = kind !== 'consume' && kind !== 'replay' && kind !== 'groups'
  const reads = !['produce', 'single', 'restart'].includes(kind)
  const preloaded = ['consume', 'groups', 'replay', 'restart'].includes(kind)
  const single = kind === 'single'
  return [
    `${kind} ${WAYS[workload.way]}`,
    `${workload.content} records of ${sizeText(workload.recordBytes)}`,
    ...(workload.keys > 0 ? [`${formatCount(workload.keys)} keys`] : []),
    ...(single
      ? [`${formatCounted(workload.callsInFlight, 'call')} under way`]
      : [`batches of ${sizeText(workload.batchBytes)}`]),
    ...(writes && !single ? [`linger ${workload.lingerMs} ms`] : []),
    ...(workload.compression === 'none' ? [] : [workload.compression]),
    formatCounted(workload.partitions, 'partition'),
    ...(writes ? [formatCounted(workload.producers, 'producer'), workload.durability] : []),
    ...(kind === 'groups'
      ? [
          `${formatCounted(workload.groups, 'group')} of ${formatCounted(workload.consumers, 'member')}`,
        ]
      : reads
        ? [formatCounted(workload.consumers, 'consumer')]
        : []),
    ...(preloaded ? [`${sizeText(workload.preloadBytes)} stored before`] : []),
    ...(reads ? [workload.cold ? 'from disk' : 'from memory where it can be'] : []),
    ...(kind === 'restart'
      ? [`the broker is ${workload.ending === 'kill' ? 'killed' : 'stopped'}`]
      : []),
    kind === 'restart'
      ? formatCounted(workload.repetitions, 'repetition')
      : workload.recordsPerSecond > 0
        ? `at ${formatCount(workload.recordsPerSecond)} records/s (open loop)`
        : 'as fast as can be',
    ...(kind === 'restart'
      ? []
      : [
          `${preloaded ? `read ${workload.repetitions} x from its start` : `${workload.repetitions} x ${workload.seconds} s`} after ${workload.warmupSeconds} s of warm-up`,
        ]),
  ]
}

/** Names and values of what was measured where. */
export function environmentFacts(report: BenchReport): readonly (readonly [string, string])[] {
  const { environment } = report
  return [
    ['plan', report.plan],
    ['command', report.command],
    ['began', `${report.startedAt}, took ${formatCount(report.tookSeconds)} s`],
    ['varve', commitText(environment)],
    ['broker', environment.broker === 'spawned' ? 'a process of its own' : environment.broker],
    ['Node.js', `${environment.node} on ${environment.platform}`],
    ['processor', `${formatCounted(environment.cores, 'core')}, ${environment.cpu}`],
    ['memory', `${(environment.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    [
      'load before',
      environment.loadAverage.map((load) => load.toFixed(2)).join(', ') || 'not known',
    ],
    ...(environment.dataDirectory === undefined
      ? []
      : [['data in', environment.dataDirectory] as const]),
  ]
}

function commitText({ varve, commit }: BenchEnvironment): string {
  return commit === undefined ? varve : `${varve}, commit ${commit.slice(0, 12)}`
}

/** What can be said of the whole report in one sentence, and whether it is good. */
export function overallVerdict(report: BenchReport): {
  readonly good: boolean
  readonly text: string
} {
  const wrong = report.results.filter(failedItsCheck)
  const without = report.results.filter(
    (result) => result.failure !== undefined && !failedItsCheck(result),
  )
  const unchecked = report.results.filter(
    (result) => !result.verdict.checked && result.failure === undefined,
  )
  const missed = report.goals.filter((goal) => !goal.met)
  const results = formatCounted(report.results.length, 'result')
  const sound = report.results.length - wrong.length - without.length - unchecked.length
  const parts = [
    wrong.length > 0
      ? `${formatCount(wrong.length)} of ${results} FAILED the check of what was stored`
      : sound > 0
        ? `no check failed: nothing lost, doubled, reordered or altered in ${formatCounted(sound, 'result')}`
        : 'no check failed',
    ...(unchecked.length > 0 ? [`${formatCount(unchecked.length)} of ${results} not checked`] : []),
    ...(without.length > 0 ? [`${formatCount(without.length)} without figures`] : []),
    ...(report.goals.length > 0
      ? [`${report.goals.length - missed.length} of ${report.goals.length} goals met`]
      : []),
  ]
  return { good: wrong.length === 0, text: parts.join('; ') }
}
