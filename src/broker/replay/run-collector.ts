// Gathers records of one message into runs: stretches of one partition, in the order in which they are given.
import type { Offset } from '../../domain/offset.ts'
import type { DecodedRecord } from '../../record/decode-batch.ts'
import type { BrokerMetrics } from '../broker-metrics.ts'
import type { ReplayRun } from './replay-words.ts'
import type { ReplayedPartition, TakenRecord } from './replayed-partition.ts'

interface OpenRun {
  readonly from: ReplayedPartition
  readonly records: DecodedRecord[]
  readonly offset: Offset
  nextOffset: Offset
  dropped: number
  leaderEpoch: number
  bytes: number
}

/** Tags, lengths, offsets and timestamps, about. */
const RECORD_OVERHEAD_BYTES = 32
const RUN_OVERHEAD_BYTES = 64

export class RunCollector {
  bytes = 0
  recordCount = 0
  /** What the message takes, about: many short runs are more than their records. */
  messageBytes = 0
  readonly #runs: OpenRun[] = []

  add(from: ReplayedPartition, taken: TakenRecord): void {
    const { record, bytes, offset, dropped } = taken
    this.bytes += bytes
    this.recordCount++
    this.messageBytes += bytes + RECORD_OVERHEAD_BYTES
    const nextOffset = (record.offset + 1) as Offset
    const { leaderEpoch } = from
    const last = this.#runs.at(-1)
    if (last?.from === from) {
      last.records.push(record)
      last.nextOffset = nextOffset
      last.dropped += dropped
      last.leaderEpoch = leaderEpoch
      last.bytes += bytes
      return
    }
    this.messageBytes += RUN_OVERHEAD_BYTES + from.topic.length
    this.#runs.push({ from, records: [record], offset, nextOffset, dropped, leaderEpoch, bytes })
  }

  /** Counts what was gathered as handed out. */
  count(metrics: BrokerMetrics): void {
    for (const { from, offset, nextOffset, bytes } of this.#runs) {
      metrics.handedOut(from.slot.topic, offset, { bytes, nextOffset })
    }
  }

  runs(): ReplayRun[] {
    return this.#runs.map(({ from, records, offset, nextOffset, dropped, leaderEpoch }) => ({
      topic: from.topic,
      partition: from.partition,
      content: { records },
      offset,
      nextOffset,
      dropped,
      leaderEpoch,
    }))
  }
}
