// A workload on several systems, repetition by repetition in turn, so that whatever else the machine does meets all of them alike.
// Invariant: a system whose records were not all accounted for has a verdict and no figures.
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { RunFigures, Verdict, WorkloadResult } from './figures.ts'
import { runConsume } from './kinds/consume.ts'
import { runFollow } from './kinds/follow.ts'
import { runProduce } from './kinds/produce.ts'
import { runRestart } from './kinds/restart.ts'
import { runSingle } from './kinds/single.ts'
import { missingAbility } from './missing-ability.ts'
import type { BenchSystem } from './system.ts'
import { addVerdicts, NO_VERDICT } from './verdicts.ts'
import type { Workload, WorkloadKind } from './workload.ts'
import { type RunContext, WorkloadTopic } from './workload-run.ts'

export interface WorkloadProgress {
  readonly system: string
  /** From 1. */
  readonly repetition: number
  readonly phase: string
  readonly records: number
}

export interface RunWorkloadOptions {
  readonly clock: Clock
  readonly random: Random
  readonly signal: AbortSignal
  readonly onProgress: (progress: WorkloadProgress) => void
}

/** Kinds that read what was stored before. */
const FILLED: readonly WorkloadKind[] = ['consume', 'groups', 'replay', 'restart']

/** One result for each system, in their order. Rejects only when the signal aborts. */
export async function runWorkload(
  workload: Workload,
  systems: readonly BenchSystem[],
  options: RunWorkloadOptions,
): Promise<WorkloadResult[]> {
  const runs = systems.map((system) => new SystemRun(workload, system, options))
  for (let repetition = 1; repetition <= workload.repetitions; repetition++) {
    for (const run of runs) await run.repeat(repetition)
  }
  const results: WorkloadResult[] = []
  for (const run of runs) results.push(await run.end())
  return results
}

class SystemRun {
  readonly #workload: Workload
  readonly #system: BenchSystem
  readonly #options: RunWorkloadOptions
  readonly #runs: RunFigures[] = []
  /** Of a kind that is filled once. */
  #filled: WorkloadTopic | undefined
  #verdict: Verdict = NO_VERDICT
  #failure: string | undefined
  #repetition = 1

  constructor(workload: Workload, system: BenchSystem, options: RunWorkloadOptions) {
    this.#workload = workload
    this.#system = system
    this.#options = options
    this.#failure = missingAbility(workload, system)
  }

  /** Measures once more, unless something failed before. */
  async repeat(repetition: number): Promise<void> {
    if (this.#failure !== undefined) return
    this.#repetition = repetition
    try {
      this.#runs.push(await this.#measure(repetition))
    } catch (error) {
      this.#fail(error)
    }
  }

  async end(): Promise<WorkloadResult> {
    if (this.#filled !== undefined) {
      try {
        // Also where measuring failed: the check says what is missing.
        if (!this.#options.signal.aborted) await this.#judge(this.#filled)
      } catch (error) {
        this.#fail(error)
      } finally {
        await this.#filled.delete().catch(() => undefined)
      }
    }
    const workload = this.#workload
    const system = this.#system
    const hasFigures = this.#failure === undefined && this.#verdict.valid
    const runs = hasFigures ? this.#runs : []
    const failure =
      this.#failure ?? (this.#verdict.valid ? undefined : 'records are not accounted for')
    const middle = middleOf(runs, workload)
    return {
      system: system.name,
      version: system.version,
      workload,
      settings: system.settings(workload),
      verdict: this.#verdict,
      runs,
      shares: [],
      ...(failure === undefined ? {} : { failure }),
      ...(middle === undefined ? {} : { median: middle, spread: spreadOf(runs) }),
    }
  }

  async #measure(repetition: number): Promise<RunFigures> {
    const context = this.#context()
    const { kind, producers } = this.#workload
    if (FILLED.includes(kind)) {
      if (this.#filled === undefined) {
        this.#filled = await WorkloadTopic.create(context, this.#workload, 1)
        await this.#filled.preload()
      }
      return kind === 'restart'
        ? await runRestart(context, this.#filled)
        : await runConsume(context, this.#filled, repetition)
    }
    const topic = await WorkloadTopic.create(context, this.#workload, producers)
    try {
      const figures =
        kind === 'produce'
          ? await runProduce(context, topic)
          : kind === 'single'
            ? await runSingle(context, topic)
            : await runFollow(context, topic)
      topic.refuseFailures()
      await this.#judge(topic)
      return figures
    } catch (error) {
      // The check says what is missing; what failed first is told.
      if (!this.#options.signal.aborted) await this.#judge(topic).catch(() => undefined)
      throw error
    } finally {
      await topic.delete().catch(() => undefined)
    }
  }

  async #judge(topic: WorkloadTopic): Promise<void> {
    this.#verdict = addVerdicts(this.#verdict, await topic.verify())
  }

  #context(): RunContext {
    const { clock, random, signal, onProgress } = this.#options
    const system = this.#system
    return {
      system,
      clock,
      random,
      signal,
      progress: (phase, records) => {
        onProgress({ system: system.name, repetition: this.#repetition, phase, records })
      },
    }
  }

  #fail(error: unknown): void {
    this.#options.signal.throwIfAborted()
    if (!(error instanceof Error)) throw error
    this.#failure ??= error.message
  }
}

/** The repetition in the middle: by its median latency at a fixed rate, else by its rate. */
function middleOf(runs: readonly RunFigures[], workload: Workload): RunFigures | undefined {
  const value = (run: RunFigures): number => valueOf(run, workload)
  // Of two in the middle the worse one: the slower rate, the longer time.
  const isTime = workload.recordsPerSecond > 0 || workload.kind === 'restart'
  const middle = (runs.length - 1) / 2
  const sorted = [...runs].sort((a, b) => value(a) - value(b))
  return sorted[isTime ? Math.ceil(middle) : Math.floor(middle)]
}

function valueOf(run: RunFigures, { recordsPerSecond, kind }: Workload): number {
  if (kind === 'restart') return run.restart?.startMs ?? 0
  const latency = run.endToEndLatencyMs ?? run.ackLatencyMs
  return recordsPerSecond > 0 ? (latency?.p50 ?? 0) : run.recordsPerSecond
}

function spreadOf(runs: readonly RunFigures[]): number {
  const rates = runs.map((run) => run.recordsPerSecond).sort((a, b) => a - b)
  const [first = 0, last = 0] = [rates[0], rates.at(-1)]
  const middle = rates[Math.floor((rates.length - 1) / 2)] ?? 0
  return middle > 0 ? (last - first) / middle : 0
}
