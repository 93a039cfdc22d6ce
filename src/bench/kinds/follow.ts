// `tail` and `produce-consume`: consumers follow what producers send, at a fixed rate or as fast as can be.
import type { RunFigures } from '../figures.ts'
import { LatencyHistogram } from '../latency-histogram.ts'
import { Measurement } from '../measurement.ts'
import { numberOf, producerOf } from '../numbered-payload.ts'
import type { RunContext, WorkloadTopic } from '../workload-run.ts'
import { Readers } from './readers.ts'
import { timedWindow } from './window.ts'

/** How long the last records may take to come. */
const CATCH_UP_MS = 60_000

/** One repetition. @throws Error when what was acknowledged did not come to every consumer */
export async function runFollow(context: RunContext, topic: WorkloadTopic): Promise<RunFigures> {
  const { clock, system } = context
  const { workload, ledger } = topic
  const { recordBytes, consumers, seconds } = workload
  const received = new Measurement(clock, seconds)
  const acknowledged = new LatencyHistogram()
  const lateness = new LatencyHistogram()
  const readers = new Readers()
  const before = ledger.acknowledged
  const counts: number[] = Array.from({ length: consumers }, () => 0)
  const stop = new AbortController()
  try {
    for (let index = 0; index < consumers; index++) {
      await readers.open(system, topic.reading({ from: 'latest' }))
    }
    readers.start((reader, _partition, records) => {
      const nowMs = clock.monotonicMs()
      counts[reader] = (counts[reader] ?? 0) + records.length
      for (const { value } of records) {
        if (value === null) continue
        const wantedAtMs = ledger.wantedAtMs(producerOf(value), numberOf(value))
        received.add(1, recordBytes, nowMs)
        received.time(wantedAtMs, nowMs)
      }
    })
    await readers.ready()
    const drive = await topic.openDrive({
      signal: AbortSignal.any([stop.signal, context.signal]),
      producers: workload.producers,
      lateness,
      isTimed: (wantedAtMs) => received.includes(wantedAtMs),
      told: (wantedAtMs, isStored) => {
        if (isStored && received.includes(wantedAtMs)) {
          acknowledged.record(clock.monotonicMs() - wantedAtMs)
        }
      },
    })
    try {
      const sending = drive.run()
      const figures = await Promise.race([
        timedWindow(context, received, workload),
        sending.then(() => Promise.reject(new Error('the producers ended early'))),
        readers.ended().then(() => Promise.reject(new Error('a consumer ended early'))),
      ])
      stop.abort()
      await sending
      await drive.flush()
      await allCame(context, counts, () => ledger.acknowledged - before)
      const [acks, late] = [acknowledged.percentiles(), lateness.percentiles()]
      const came = received.latencies()
      return {
        ...figures,
        timeline: received.result().timeline,
        ...(came === undefined ? {} : { endToEndLatencyMs: came }),
        ...(acks === undefined ? {} : { ackLatencyMs: acks }),
        ...(late === undefined ? {} : { scheduleDelayMs: late }),
      }
    } finally {
      stop.abort()
      await drive.close()
    }
  } finally {
    await readers.close()
  }
}

async function allCame(
  { clock, signal }: RunContext,
  counts: readonly number[],
  total: () => number,
): Promise<void> {
  const endMs = clock.monotonicMs() + CATCH_UP_MS
  while (counts.some((count) => count < total())) {
    if (clock.monotonicMs() > endMs) {
      throw new Error(
        `consumers got ${counts.join(', ')} records of ${total()} that were acknowledged, ${CATCH_UP_MS / 1000} s after the last`,
      )
    }
    await clock.sleep(10, signal)
  }
}
