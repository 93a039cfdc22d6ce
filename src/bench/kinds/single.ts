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
    measurement.add(recordsPerCall, recordsPerCall * recordBytes, nowMs, nowMs - wantedAtMs)
  })
  try {
    const { measured, figures } = await Promise.race([
      timedWindow(context, measurement, workload),
      sending.then(() => Promise.reject(new Error('the calls ended early'))),
    ])
    return {
      ...figures,
      ...(measured.latencyMs === undefined ? {} : { ackLatencyMs: measured.latencyMs }),
    }
  } finally {
    stop.abort()
    await sending
  }
}
