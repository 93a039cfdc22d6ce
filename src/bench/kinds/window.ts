// A measured window: warm-up, then as long as the workload says, with what both sides took meanwhile.
import type { RunFigures } from '../figures.ts'
import type { Measured, Measurement } from '../measurement.ts'
import { SideUsage } from '../side-usage.ts'
import type { RunContext } from '../workload-run.ts'

/** How often the line of progress hears of it. */
const PROGRESS_MS = 200

/** Of the measured stretch, without latencies, and without the curve: its latencies are known when the last answer of what was sent has come. */
export type BareFigures = Omit<
  RunFigures,
  'ackLatencyMs' | 'endToEndLatencyMs' | 'restart' | 'timeline'
>

/** Waits out warm-up and measurement while the workload runs. */
export async function timedWindow(
  context: RunContext,
  measurement: Measurement,
  times: { warmupSeconds: number; seconds: number },
): Promise<BareFigures> {
  await pause(context, 'warming up', times.warmupSeconds * 1000, measurement)
  return await measuredStretch(context, measurement, () =>
    pause(context, 'measuring', times.seconds * 1000, measurement),
  )
}

/** Measures while `work` goes on. */
export async function measuredStretch(
  context: RunContext,
  measurement: Measurement,
  work: () => Promise<void>,
): Promise<BareFigures> {
  const usage = await SideUsage.begin(context.system)
  try {
    measurement.begin()
    await work()
    measurement.end()
    const measured = measurement.result()
    const sides = await usage.end(measured)
    return { ...ratesOf(measured), ...sides }
  } finally {
    usage.release()
  }
}

function ratesOf({ seconds, records, bytes }: Measured): {
  seconds: number
  records: number
  bytes: number
  recordsPerSecond: number
  bytesPerSecond: number
} {
  return {
    seconds,
    records,
    bytes,
    recordsPerSecond: records / seconds,
    bytesPerSecond: bytes / seconds,
  }
}

async function pause(
  { clock, progress, signal }: RunContext,
  phase: string,
  durationMs: number,
  measurement: Measurement,
): Promise<void> {
  const endMs = clock.monotonicMs() + durationMs
  for (;;) {
    const leftMs = endMs - clock.monotonicMs()
    if (leftMs <= 0) return
    progress(phase, measurement.allRecords)
    await clock.sleep(Math.min(PROGRESS_MS, leftMs), signal)
  }
}
