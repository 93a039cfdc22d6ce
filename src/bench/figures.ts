// The results of a bench run as they are written to JSON and shown. Invariant: figures exist only for repetitions whose records were all
// accounted for (or where the check was switched off, which is said); a system that failed its check has a verdict and no figures.
import type { NotedSetting } from './system.ts'
import type { Workload } from './workload.ts'

/** Of a time in milliseconds; at least three significant digits. */
export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** One point of the curves of a repetition. */
export interface TimelinePoint {
  /** Since the measurement began; of the end of the interval. */
  readonly atSeconds: number
  readonly recordsPerSecond: number
  readonly bytesPerSecond: number
  /** The largest latency that ended in the interval. */
  readonly latencyMaxMs?: number
}

/** What one side took during the measurement. */
export interface SideFigures {
  readonly cpuSeconds: number
  readonly cpuSecondsPerMillionRecords: number
  readonly cpuSecondsPerGigabyte: number
  readonly residentBytes: number
  readonly eventLoopDelayMs?: { readonly p50: number; readonly p99: number; readonly max: number }
  /** Allocated on JavaScript's heap, by sampling, per record. */
  readonly heapBytesPerRecord?: number
  /** Log files alone; servers that tell. */
  readonly writes?: number
  readonly syncs?: number
  readonly reads?: number
}

/** One measured repetition. */
export interface RunFigures {
  readonly seconds: number
  readonly records: number
  /** Of values (and keys), without any framing. */
  readonly bytes: number
  readonly recordsPerSecond: number
  readonly bytesPerSecond: number
  /** From send, or from when the schedule wanted it sent, to the acknowledgement. */
  readonly ackLatencyMs?: Percentiles
  /** From send, or from when the schedule wanted it sent, to the hand of a consumer. */
  readonly endToEndLatencyMs?: Percentiles
  /** How late the bench itself sent, behind its schedule; part of the latencies. */
  readonly scheduleDelayMs?: Percentiles
  /** Of `restart`. */
  readonly restart?: {
    readonly downMs: number
    readonly startMs: number
    readonly firstRecordMs: number
  }
  readonly client: SideFigures
  /** Undefined when the broker runs within this process (then it is part of `client`), or nobody tells. */
  readonly server?: SideFigures
  readonly timeline: readonly TimelinePoint[]
}

/** What the check of everything that was stored said. */
export interface Verdict {
  readonly checked: boolean
  readonly valid: boolean
  readonly acknowledged: number
  readonly readBack: number
  readonly lost: number
  readonly doubled: number
  readonly reordered: number
  readonly altered: number
  /** Stored though their producer was told that they were not, or that nobody sent. */
  readonly unexpected: number
  /** Acknowledged at one offset and found at another. */
  readonly misplaced: number
  /** Neither acknowledged nor refused: both outcomes are right. */
  readonly unknown: number
  /** The first few findings, for people. */
  readonly findings: readonly string[]
}

/** What the machine can do at best for the same bytes, in this run. */
export interface CeilingFigures {
  readonly name: string
  /** Of every repetition. */
  readonly bytesPerSecond: readonly number[]
  readonly medianBytesPerSecond: number
  readonly messageBytes?: number
  readonly clientCpuSecondsPerGigabyte?: number
  readonly serverCpuSecondsPerGigabyte?: number
}

/** Varve's median as a part of a ceiling's. */
export interface Share {
  readonly ceiling: string
  readonly share: number
}

export interface WorkloadResult {
  readonly system: string
  readonly version: string
  readonly workload: Workload
  readonly settings: readonly NotedSetting[]
  /** Why there are no figures: a failed check, an ability that is missing, an error. */
  readonly failure?: string
  readonly verdict: Verdict
  /** In their order; empty when the check failed. */
  readonly runs: readonly RunFigures[]
  /** The repetition whose rate (or median latency, at a fixed rate) is in the middle. */
  readonly median?: RunFigures
  /** (largest - smallest) / median of the rates of the repetitions. */
  readonly spread?: number
  readonly shares: readonly Share[]
}

/** A goal that a result was held against. */
export interface GoalResult {
  readonly name: string
  readonly wanted: string
  readonly measured: string
  readonly met: boolean
}

export interface BenchEnvironment {
  readonly node: string
  readonly platform: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly varve: string
  readonly commit?: string
  /** Before it began: others' work on the machine. */
  readonly loadAverage: readonly number[]
  /** Where the data of measured systems was. */
  readonly dataDirectory?: string
  /** What is measured: `spawned` by the bench, or the address of a running one. */
  readonly broker: string
}

export interface BenchReport {
  readonly schema: 'varve-bench/1'
  readonly startedAt: string
  readonly tookSeconds: number
  /** Which preset or file, and what was changed of it. */
  readonly plan: string
  readonly command: string
  readonly environment: BenchEnvironment
  readonly ceilings: readonly CeilingFigures[]
  readonly results: readonly WorkloadResult[]
  readonly goals: readonly GoalResult[]
}
