// `produce`: records in batches, acknowledged; as fast as can be, or by a schedule.
import type { RunFigures } from '../figures.ts'
import { LatencyHistogram } from '../latency-histogram.ts'
import { Measurement } from '../measurement.ts'
import type { RunContext, WorkloadTopic } from '../workload-run.ts'
import { timedWindow } from './window.ts'

/** As fast as can be, every so many acknowledgements are counted and one of them timed: clocks cost as much as records. */
const TIMED_EVERY = 16

/** One repetition. */
export async function runProduce(context: RunContext, topic: WorkloadTopic): Promise<RunFigures> {
  const { clock } = context
  const { workload } = topic
  const measurement = new Measurement(clock, workload.seconds)
  const lateness = new LatencyHistogram()
  const stop = new AbortController()
  const every = workload.recordsPerSecond > 0 ? 1 : TIMED_EVERY
  let untimed = 0
  const drive = await topic.openDrive({
    signal: AbortSignal.any([stop.signal, context.signal]),
    producers: workload.producers,
    lateness,
    isTimed: (wantedAtMs) => measurement.includes(wantedAtMs),
    told: (wantedAtMs, isStored) => {
      if (!isStored || ++untimed < every) return
      const nowMs = clock.monotonicMs()
      measurement.add(untimed, untimed * workload.recordBytes, nowMs)
      measurement.time(wantedAtMs, nowMs)
      untimed = 0
    },
  })
  try {
    const sending = drive.run()
    const figures = await Promise.race([
      timedWindow(context, measurement, workload),
      sending.then(() => Promise.reject(new Error('the producers ended early'))),
    ])
    stop.abort()
    await sending
    await drive.flush()
    const [acks, late] = [measurement.latencies(), lateness.percentiles()]
    return {
      ...figures,
      timeline: measurement.result().timeline,
      ...(acks === undefined ? {} : { ackLatencyMs: acks }),
      ...(late === undefined ? {} : { scheduleDelayMs: late }),
    }
  } finally {
    stop.abort()
    await drive.close()
  }
}
