// The line of progress of a run on a terminal; silent anywhere else.
import { progressLine } from '../../bench/report/progress-line.ts'
import type { BenchProgress } from '../../bench/run-bench.ts'
import type { Workload } from '../../bench/workload.ts'
import type { Clock } from '../../platform/clock.ts'
import type { CommandIo } from '../command-io.ts'

const REDRAW_MS = 200
const ERASE_LINE = '\r\u001b[2K'
const COLUMNS_UNKNOWN = 100
/** For a repetition beside its warm-up and measurement: making topics, filling them, reading back. */
const OVERHEAD_SECONDS = 2

export class ProgressTeller {
  readonly #io: CommandIo
  readonly #clock: Clock
  readonly #enabled: boolean
  readonly #startedMs: number
  readonly #expectedMs: number
  readonly #workloads: readonly Workload[]
  #last = { atMs: 0, records: 0, phase: '' }
  #isDrawn = false

  constructor(io: CommandIo, clock: Clock, workloads: readonly Workload[], enabled: boolean) {
    this.#io = io
    this.#clock = clock
    this.#enabled = enabled && io.messagesOnTerminal
    this.#startedMs = clock.monotonicMs()
    this.#workloads = workloads
    const seconds = workloads.reduce((sum, workload) => sum + secondsOf(workload), 0)
    this.#expectedMs = seconds * 1000
  }

  readonly update = (progress: BenchProgress): void => {
    if (!this.#enabled) return
    const nowMs = this.#clock.monotonicMs()
    const { phase, records, repetition, step, steps, system, workload: name } = progress
    const passedMs = nowMs - this.#last.atMs
    if (passedMs < REDRAW_MS) return
    const isSame = phase === this.#last.phase && records >= this.#last.records
    const rate = isSame ? ((records - this.#last.records) / passedMs) * 1000 : undefined
    this.#last = { atMs: nowMs, records, phase }
    this.#isDrawn = true
    const repetitions = this.#workloads[step - 1]?.repetitions
    const line = progressLine(
      {
        step,
        steps,
        name,
        system,
        repetition,
        ...(repetitions === undefined ? {} : { repetitions }),
        phase,
        ...(rate === undefined ? {} : { recordsPerSecond: rate }),
        elapsedMs: nowMs - this.#startedMs,
        expectedMs: this.#expectedMs,
      },
      columnsOf(this.#io),
    )
    this.#io.messages.write(ERASE_LINE + line)
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isDrawn) this.#io.messages.write(ERASE_LINE)
    this.#isDrawn = false
  }
}

function secondsOf({ warmupSeconds, seconds, repetitions }: Workload): number {
  return (warmupSeconds + seconds + OVERHEAD_SECONDS) * repetitions
}

function columnsOf({ messages }: CommandIo): number {
  return (messages as { columns?: number }).columns ?? COLUMNS_UNKNOWN
}
