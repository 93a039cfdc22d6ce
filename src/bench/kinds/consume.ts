// `consume`, `groups` and `replay`: everything that a topic holds is read from its start, by readers side by side.
import type { Clock } from '../../platform/clock.ts'
import type { RunFigures } from '../figures.ts'
import { Measurement } from '../measurement.ts'
import type { RunContext, WorkloadTopic } from '../workload-run.ts'
import { Readers } from './readers.ts'
import { measuredStretch } from './window.ts'

/** A guess at how long it takes, for the width of the curve's points. */
const EXPECTED_BYTES_PER_SECOND = 300e6
/** The line of progress hears of every so many batches. */
const PROGRESS_BATCHES = 64
const STANDSTILL_MS = 60_000

/** One repetition over a filled topic. @throws Error when a reader got another number of records than there are */
export async function runConsume(
  context: RunContext,
  topic: WorkloadTopic,
  repetition: number,
): Promise<RunFigures> {
  const { clock, system, progress } = context
  const { workload, ledger } = topic
  const { kind, consumers, groups, recordBytes } = workload
  await warmUp(context, topic)
  if (workload.cold) await system.dropCaches?.()
  const total = ledger.acknowledged
  const expectedSeconds = (total * recordBytes * consumers) / EXPECTED_BYTES_PER_SECOND
  const measurement = new Measurement(clock, expectedSeconds)
  const readers = new Readers()
  // Members of one group share what there is; everybody else reads all of it.
  const counts: number[] = Array.from({ length: kind === 'groups' ? groups : consumers }, () => 0)
  const whose = (reader: number): number =>
    kind === 'groups' ? Math.floor(reader / consumers) : reader
  try {
    if (kind === 'groups') {
      for (let index = 0; index < groups * consumers; index++) {
        const group = `${topic.name}-${repetition}-${whose(index)}`
        await readers.open(system, topic.reading({ group }))
      }
    } else {
      for (let index = 0; index < consumers; index++) {
        const request = topic.reading({ untilEnd: true, replay: kind === 'replay' })
        await readers.open(system, request)
      }
    }
    let batches = 0
    const figures = await measuredStretch(context, measurement, async () => {
      let done = (): void => undefined
      const complete = new Promise<void>((resolve) => {
        done = resolve
      })
      readers.start((reader, _partition, records) => {
        const index = whose(reader)
        counts[index] = (counts[index] ?? 0) + records.length
        measurement.add(records.length, records.length * recordBytes, clock.monotonicMs())
        if (++batches % PROGRESS_BATCHES === 0) progress('measuring', measurement.allRecords)
        if (counts.every((count) => count >= total)) done()
      })
      // A member of a group has no end of its own.
      const ended = kind === 'groups' ? Promise.race([complete, readers.ended()]) : readers.ended()
      const over = new AbortController()
      try {
        const signal = AbortSignal.any([over.signal, context.signal])
        await Promise.race([ended, standstill(clock, measurement, signal)])
      } finally {
        over.abort()
      }
    })
    const wrong = counts.find((count) => count !== total)
    if (wrong !== undefined) {
      throw new Error(`a reader got ${wrong} records of ${total} that were acknowledged`)
    }
    return { ...figures, timeline: measurement.result().timeline }
  } finally {
    await readers.close()
  }
}

/** Reads the topic, over and over, for as long as the warm-up says: both sides' code is compiled while it runs, and that takes gigabytes. */
async function warmUp({ clock, system, signal }: RunContext, topic: WorkloadTopic): Promise<void> {
  const { kind, warmupSeconds } = topic.workload
  const endMs = clock.monotonicMs() + warmupSeconds * 1000
  for (;;) {
    const leftMs = endMs - clock.monotonicMs()
    if (leftMs <= 0) return
    signal.throwIfAborted()
    const request = topic.reading({ untilEnd: true, replay: kind === 'replay' })
    const consumer = await system.openConsumer(request)
    const cancel = clock.after(leftMs, () => void consumer.close())
    try {
      await consumer.run(() => undefined)
    } finally {
      cancel()
      await consumer.close()
    }
  }
}

/** Rejects when the run is stopped, or when nothing has come for too long: a record that is missing must not be waited for for ever. */
async function standstill(
  clock: Clock,
  measurement: Measurement,
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    const before = measurement.allRecords
    await clock.sleep(STANDSTILL_MS, signal)
    if (measurement.allRecords === before) {
      throw new Error(`nothing came for ${STANDSTILL_MS / 1000} s, after ${before} records`)
    }
  }
}
