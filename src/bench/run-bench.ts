// A whole run: ceilings of the machine and workloads in turn, then shares and the report. Invariant: a ceiling is measured several times over the
// run, so that it saw the machine as the workloads did; a run that is stopped reports the workloads that had ended.
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { BenchEnvironment, BenchReport, CeilingFigures, WorkloadResult } from './figures.ts'
import { goalsOf } from './goals.ts'
import { runWorkload, type WorkloadProgress } from './run-workload.ts'
import { sharesOf } from './shares.ts'
import type { BenchSystem } from './system.ts'
import { NO_VERDICT } from './verdicts.ts'
import type { Workload, WorkloadWay } from './workload.ts'

/** What a machine can do at best; measured by whoever can, see bench/ceilings. */
export interface Ceiling {
  readonly name: string
  readonly messageBytes?: number
  /** One repetition. */
  run(signal: AbortSignal): Promise<{
    readonly bytes: number
    readonly seconds: number
    readonly cpuSeconds?: { readonly client: number; readonly server: number }
  }>
}

export interface BenchProgress extends WorkloadProgress {
  readonly workload: string
  /** From 1. */
  readonly step: number
  readonly steps: number
}

export interface RunBenchOptions {
  readonly workloads: readonly Workload[]
  /** Varve, reached that way. Asked for once a way; the run closes it. */
  readonly openSystem: (way: WorkloadWay) => Promise<BenchSystem>
  /** Others, measured with the workloads over the wire. Opened and closed by the caller. */
  readonly peers: readonly BenchSystem[]
  readonly ceilings: readonly Ceiling[]
  readonly environment: BenchEnvironment
  readonly plan: string
  readonly command: string
  readonly clock: Clock
  readonly random: Random
  readonly signal: AbortSignal
  readonly onProgress: (progress: BenchProgress) => void
  /** A workload has ended on all systems. */
  readonly onResults?: (results: readonly WorkloadResult[]) => void
}

/** How often each ceiling is measured over a run. */
const CEILING_ROUNDS = 3

export async function runBench(options: RunBenchOptions): Promise<BenchReport> {
  const { clock, workloads, signal } = options
  const startedMs = clock.wallMs()
  const beganMs = clock.monotonicMs()
  const ceilings = new CeilingRounds(options)
  const systems = new Map<WorkloadWay, BenchSystem>()
  const all: WorkloadResult[] = []
  try {
    for (const [index, workload] of workloads.entries()) {
      if (signal.aborted) break
      await ceilings.keepUp(index)
      const { way } = workload
      let system = systems.get(way)
      try {
        system ??= await options.openSystem(way)
      } catch (error) {
        // Not for this is what was measured before given up.
        if (options.signal.aborted || all.length === 0) throw error
        all.push(unopened(workload, options.environment, error))
        continue
      }
      systems.set(way, system)
      const results = await runWorkload(
        workload,
        way === 'grpc' ? [system, ...options.peers] : [system],
        {
          clock,
          random: options.random,
          signal,
          onProgress: (progress) => {
            const step = index + 1
            options.onProgress({
              ...progress,
              workload: workload.name,
              step,
              steps: workloads.length,
            })
          },
        },
      )
      options.onResults?.(results)
      all.push(...results)
    }
    if (!signal.aborted) await ceilings.finish()
  } catch (error) {
    // Who stops it wants to see what there is; without anything there is nothing to tell.
    if (!signal.aborted || all.length === 0) throw error
  } finally {
    for (const system of systems.values()) await system.close()
  }
  const measured = ceilings.figures()
  const results = all.map((result) => ({ ...result, shares: sharesOf(result, measured) }))
  return {
    schema: 'varve-bench/1',
    startedAt: new Date(startedMs).toISOString(),
    tookSeconds: (clock.monotonicMs() - beganMs) / 1000,
    plan: signal.aborted
      ? `${options.plan}; stopped after ${countOf(all)} of ${workloads.length} workloads`
      : options.plan,
    command: options.command,
    environment: options.environment,
    ceilings: measured,
    results,
    goals: goalsOf(results, measured),
  }
}

function unopened(workload: Workload, { varve }: BenchEnvironment, error: unknown): WorkloadResult {
  return {
    system: 'varve',
    version: varve,
    workload,
    settings: [],
    failure: error instanceof Error ? error.message : String(error),
    verdict: NO_VERDICT,
    runs: [],
    shares: [],
  }
}

function countOf(results: readonly WorkloadResult[]): number {
  return new Set(results.map(({ workload }) => workload.name)).size
}

class CeilingRounds {
  readonly #options: RunBenchOptions
  readonly #rates: number[][]
  readonly #cpu: { client: number; server: number; bytes: number }[]
  #rounds = 0

  constructor(options: RunBenchOptions) {
    this.#options = options
    this.#rates = options.ceilings.map(() => [])
    this.#cpu = options.ceilings.map(() => ({ client: 0, server: 0, bytes: 0 }))
  }

  /** Measures as many rounds as are due before the workload of this index. */
  async keepUp(index: number): Promise<void> {
    const due = 1 + Math.floor((index / this.#options.workloads.length) * (CEILING_ROUNDS - 1))
    while (this.#rounds < due) await this.#round()
  }

  async finish(): Promise<void> {
    while (this.#rounds < CEILING_ROUNDS) await this.#round()
  }

  async #round(): Promise<void> {
    this.#rounds++
    const { ceilings, onProgress, signal, workloads } = this.#options
    for (const [index, ceiling] of ceilings.entries()) {
      signal.throwIfAborted()
      onProgress({
        system: 'this machine',
        workload: `ceiling ${ceiling.name}`,
        step: 0,
        steps: workloads.length,
        repetition: this.#rounds,
        phase: 'measuring',
        records: 0,
      })
      const { bytes, seconds, cpuSeconds } = await ceiling.run(signal)
      this.#rates[index]?.push(bytes / seconds)
      const cpu = this.#cpu[index]
      if (cpu === undefined || cpuSeconds === undefined) continue
      cpu.client += cpuSeconds.client
      cpu.server += cpuSeconds.server
      cpu.bytes += bytes
    }
  }

  figures(): CeilingFigures[] {
    return this.#options.ceilings.map(({ name, messageBytes }, index) => {
      const rates = this.#rates[index] ?? []
      const sorted = [...rates].sort((a, b) => a - b)
      const { client = 0, server = 0, bytes = 0 } = this.#cpu[index] ?? {}
      return {
        name,
        bytesPerSecond: rates,
        medianBytesPerSecond: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
        ...(messageBytes === undefined ? {} : { messageBytes }),
        ...(bytes === 0
          ? {}
          : {
              clientCpuSecondsPerGigabyte: (client / bytes) * 1e9,
              serverCpuSecondsPerGigabyte: (server / bytes) * 1e9,
            }),
      }
    })
  }
}
