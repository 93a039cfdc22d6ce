// One line that tells where a bench run is. Pure: whoever runs the bench draws it, and knows how wide a terminal is.
import { barText } from '../../text/bar-text.ts'
import { oneLine } from '../../text/one-line.ts'
import { formatCount } from '../../text/quantities.ts'
import { digitsText } from './figure-text.ts'

export interface BenchProgress {
  /** From 1. */
  readonly step: number
  /** All workloads of all systems, and the ceilings as one. */
  readonly steps: number
  /** Of the workload; `ceilings`. */
  readonly name: string
  readonly system?: string
  /** From 1. */
  readonly repetition?: number
  readonly repetitions?: number
  /** What is done just now: `filling`, `warm-up`, `measuring`, `checking`. */
  readonly phase: string
  /** Of the last second or so. */
  readonly recordsPerSecond?: number
  readonly bytesPerSecond?: number
  readonly elapsedMs: number
  /** How long all of it should take by the plan; undefined when that cannot be said. */
  readonly expectedMs?: number
}

/** `[####....]  41%  31.0 s left  3/9 produce 1 KiB, varve, 2/3, measuring: 45,210 records/s, 46.3 MB/s`, cut to `columns`. */
export function progressLine(progress: BenchProgress, columns: number): string {
  const { elapsedMs, expectedMs, recordsPerSecond, bytesPerSecond } = progress
  // The plan may be too hopeful: it is never done before it is done.
  const total = expectedMs === undefined ? undefined : Math.max(expectedMs, elapsedMs * 1.01)
  const rates = [
    ...(recordsPerSecond === undefined ? [] : [`${formatCount(recordsPerSecond)} records/s`]),
    ...(bytesPerSecond === undefined ? [] : [`${digitsText(bytesPerSecond / 1e6)} MB/s`]),
  ]
  const words = [
    `${progress.step}/${progress.steps} ${oneLine(progress.name)}`,
    ...(progress.system === undefined ? [] : [oneLine(progress.system)]),
    ...(progress.repetition === undefined
      ? []
      : [
          progress.repetitions === undefined
            ? `${progress.repetition}`
            : `${progress.repetition}/${progress.repetitions}`,
        ]),
    progress.phase + (rates.length > 0 ? `: ${rates.join(', ')}` : ''),
  ]
  const line = barText(elapsedMs, total, elapsedMs) + words.join(', ')
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 2))}..`
}
