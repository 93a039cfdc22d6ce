// `restart`: the broker is stopped or killed with data on disk, and starts again; how long until it is there and until a record comes.
import type { RunFigures } from '../figures.ts'
import { Measurement } from '../measurement.ts'
import type { RunContext, WorkloadTopic } from '../workload-run.ts'
import { measuredStretch } from './window.ts'

/** One repetition over a filled topic. */
export async function runRestart(context: RunContext, topic: WorkloadTopic): Promise<RunFigures> {
  const { clock, system } = context
  const { workload } = topic
  if (system.restart === undefined) throw new Error('the bench did not start this broker')
  const measurement = new Measurement(clock, 1)
  const { downMs, startMs } = await system.restart(workload.ending)
  let firstRecordMs = 0
  const figures = await measuredStretch(context, measurement, async () => {
    const beganMs = clock.monotonicMs()
    const consumer = await system.openConsumer(topic.reading({ untilEnd: true }))
    const running = consumer.run((_partition, records) => {
      const nowMs = clock.monotonicMs()
      if (firstRecordMs === 0) firstRecordMs = nowMs - beganMs
      measurement.add(records.length, records.length * workload.recordBytes, nowMs)
      void consumer.close()
    })
    await running
    await consumer.close()
  })
  const { timeline } = measurement.result()
  return { ...figures, timeline, restart: { downMs, startMs, firstRecordMs } }
}
