// The goals that varve is held to, as far as a run measured them. Source: the goals in docs/PERFORMANCE.md.
import { isDeepStrictEqual } from 'node:util'
import type { CeilingFigures, GoalResult, WorkloadResult } from './figures.ts'
import { presetWorkloads } from './presets.ts'
import { CEILING } from './shares.ts'

interface Goal {
  readonly workload: string
  readonly name: string
  readonly wanted: string
  /** Undefined when it was not measured. */
  measure(
    result: WorkloadResult,
    ceilings: readonly CeilingFigures[],
  ): { readonly text: string; readonly met: boolean } | undefined
}

const MIB = 2 ** 20

export function goalsOf(
  results: readonly WorkloadResult[],
  ceilings: readonly CeilingFigures[],
): GoalResult[] {
  return GOALS.flatMap((goal) => {
    const { workload, name, wanted } = goal
    const result = results.find(
      (one) => one.system === 'varve' && one.workload.name === workload && isAsShipped(one),
    )
    const outcome = result?.median === undefined ? undefined : goal.measure(result, ceilings)
    return outcome === undefined ? [] : [{ name, wanted, measured: outcome.text, met: outcome.met }]
  })
}

/** A goal is about the workload as it comes with the bench; how long and how often it is measured is free. */
function isAsShipped({ workload }: WorkloadResult): boolean {
  const shipped = presetWorkloads('standard').find(({ name }) => name === workload.name)
  const { seconds, warmupSeconds, repetitions, preloadBytes, ...rest } = workload
  return isDeepStrictEqual(
    { ...shipped, seconds, warmupSeconds, repetitions, preloadBytes },
    {
      ...rest,
      seconds,
      warmupSeconds,
      repetitions,
      preloadBytes,
    },
  )
}

/** At least such a part of the lowest of these ceilings. */
function shareGoal(workload: string, least: number, ...names: readonly string[]): Goal {
  return {
    workload,
    name: workload,
    wanted: `at least ${percent(least)} of ${names.length > 1 ? 'the lower of ' : ''}${names.join(' and ')}`,
    measure: ({ shares }) => {
      const found = shares.filter(({ ceiling }) => names.includes(ceiling))
      if (found.length < names.length) return undefined
      // The lowest ceiling gives the largest share.
      const share = Math.max(...found.map((one) => one.share))
      return { text: percent(share), met: share >= least }
    },
  }
}

function rateGoal(workload: string, recordsPerSecond: number): Goal {
  return {
    workload,
    name: workload,
    wanted: `at least ${(recordsPerSecond / 1e6).toFixed(1)} million records/s`,
    measure: ({ median }) => {
      const rate = median?.recordsPerSecond ?? 0
      return { text: `${(rate / 1e6).toFixed(2)} million/s`, met: rate >= recordsPerSecond }
    },
  }
}

function latencyGoal(workload: string, which: 'p50' | 'p99' | 'max', belowMs: number): Goal {
  return {
    workload,
    name: `${workload}: ${which}`,
    wanted: `below ${belowMs} ms from send to consumer`,
    measure: ({ median, runs }) => {
      const all = runs.map(({ endToEndLatencyMs }) => endToEndLatencyMs?.max ?? 0)
      const ms = which === 'max' ? Math.max(...all) : median?.endToEndLatencyMs?.[which]
      return ms === undefined ? undefined : { text: `${ms.toFixed(2)} ms`, met: ms < belowMs }
    },
  }
}

const GOALS: readonly Goal[] = [
  shareGoal('produce 1 KiB synced', 0.7, CEILING.grpcUp, CEILING.writeSync),
  shareGoal('produce 1 KiB synced, 8 producers', 0.7, CEILING.grpcUp, CEILING.writeSync),
  shareGoal('produce 1 KiB written', 0.75, CEILING.grpcUp),
  {
    workload: 'produce 100 B written',
    name: 'produce 100 B written, by core',
    wanted:
      'at least 1.5 million records for each second of processor time, client and broker together',
    measure: ({ median }) => {
      if (median?.server === undefined) return undefined
      const seconds =
        median.client.cpuSecondsPerMillionRecords + median.server.cpuSecondsPerMillionRecords
      return { text: `${(1 / seconds).toFixed(2)} million`, met: seconds <= 1 / 1.5 }
    },
  },
  shareGoal('consume 1 KiB', 0.8, CEILING.grpcDown),
  {
    workload: 'consume 1 KiB',
    name: "consume 1 KiB, beside Kafka's own tools",
    wanted: 'more than 630 MiB/s',
    measure: ({ median }) => {
      const rate = (median?.bytesPerSecond ?? 0) / MIB
      return { text: `${rate.toFixed(0)} MiB/s`, met: rate > 630 }
    },
  },
  latencyGoal('tail 5000/s written', 'p50', 1),
  latencyGoal('tail 5000/s synced', 'p99', 5),
  latencyGoal('tail 5000/s synced', 'max', 50),
  rateGoal('in-process batches of 100 B to memory', 2e6),
  rateGoal('in-process batches of 100 B to files', 1e6),
]

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
