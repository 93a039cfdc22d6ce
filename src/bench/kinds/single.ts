// `single`: one small record a call, or a batch that the caller made, acknowledged; so many calls under way.
import type { RunFigures } from '../figures.ts'
import { Measurement } from '../measurement.ts'
import type { RunContext, WorkloadTopic } from '../workload-run.ts'
import { timedWindow } from './window.ts'

/** One repetition. */
export async function runSingle(context: RunContext, topic: WorkloadTopic): Promise<RunFigures> {
  const { clock } = context
  const { workload } = topic
  const { recordsPerCall, recordBytes } = workload
  const measurement = new Measurement(clock, workload.seconds)
  const stop = new AbortController()
  const sending = topic.sendSingly(stop.signal, (wantedAtMs) => {
    const nowMs = clock.monotonicMs()
    measurement.add(recordsPerCall, recordsPerCall * recordBytes, nowMs)
    measurement.time(wantedAtMs, nowMs)
  })
  try {
    const figures = await Promise.race([
      timedWindow(context, measurement, workload),
      sending.then(() => Promise.reject(new Error('the calls ended early'))),
    ])
    stop.abort()
    await sending
    const acks = measurement.latencies()
    const { timeline } = measurement.result()
    return { ...figures, timeline, ...(acks === undefined ? {} : { ackLatencyMs: acks }) }
  } finally {
    stop.abort()
    // Told above, where it was not told of another failure before.
    await sending.catch(() => undefined)
  }
}
