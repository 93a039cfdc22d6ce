// What the broker tells its metrics: what it counts as it goes, and what is looked up at a scrape.
import type { Durability } from '../domain/durability.ts'
import type { Counter, Histogram, Metrics, Report } from '../platform/metrics.ts'
import type { PartitionReport, ReadResult } from '../storage/engine.ts'
import type { LiveTopic } from './live-topic.ts'
import { countStates } from './partition-census.ts'
import type { ReplayCounts } from './replay/replay-counts.ts'
import type { SubscriptionCounts } from './subscription-counts.ts'
import type { TopicCatalog } from './topic-catalog.ts'
import { TopicTraffic } from './topic-traffic.ts'

/** What is looked up. */
export interface BrokerGauges {
  readonly catalog: TopicCatalog
  readonly producer: { readonly inFlightBytes: number; readonly unansweredFailures: number }
  readonly fetcher: { readonly waiting: number; readonly watchedPartitions: number }
  readonly subscriptions: { readonly counts: Readonly<SubscriptionCounts> }
  readonly replays: { readonly counts: Readonly<ReplayCounts> }
  readonly producerIds: { readonly given: number }
}

export class BrokerMetrics {
  readonly traffic: TopicTraffic = new TopicTraffic()
  readonly produceSeconds: Readonly<Record<Durability, Histogram>>
  readonly duplicates: Counter
  readonly fetchSeconds: Histogram
  readonly fetchWaitSeconds: Histogram
  readonly #metrics: Metrics
  readonly #recovery: Readonly<
    Record<'segments' | 'bytes' | 'torn' | 'indexes' | 'anomalies', Counter>
  >
  #recoveryMs = 0

  constructor(metrics: Metrics) {
    const produce = (durability: Durability): Histogram =>
      metrics.histogram('varve_produce_seconds', { durability })
    this.#metrics = metrics
    this.produceSeconds = {
      none: produce('none'),
      written: produce('written'),
      synced: produce('synced'),
    }
    this.duplicates = metrics.counter('varve_duplicate_batches_total')
    this.fetchSeconds = metrics.histogram('varve_fetch_seconds')
    this.fetchWaitSeconds = metrics.histogram('varve_fetch_wait_seconds')
    this.#recovery = {
      segments: metrics.counter('varve_recovery_segments_scanned_total'),
      bytes: metrics.counter('varve_recovery_bytes_scanned_total'),
      torn: metrics.counter('varve_recovery_torn_bytes_total'),
      indexes: metrics.counter('varve_recovery_indexes_rebuilt_total'),
      anomalies: metrics.counter('varve_recovery_anomalies_total'),
    }
  }

  /** Counts batches that were handed to a reader who had asked for `offset`. */
  handedOut(
    topic: LiveTopic,
    offset: number,
    read: Pick<ReadResult, 'bytes' | 'nextOffset'>,
  ): void {
    if (read.bytes === 0) return
    const traffic = this.traffic.of(topic)
    traffic.recordsOut += read.nextOffset - offset
    traffic.bytesOut += read.bytes
  }

  /** Counts what opening a partition at the start found; one that could not be opened has no report. */
  recovered(outcome: string, report: PartitionReport | undefined): void {
    this.#metrics.counter('varve_recovery_partitions_total', { outcome }).add()
    if (report === undefined) return
    const { segments, bytes, torn, indexes, anomalies } = this.#recovery
    segments.add(report.segmentsScanned)
    bytes.add(report.bytesScanned)
    torn.add(report.tornBytes)
    indexes.add(report.indexesRebuilt)
    anomalies.add(report.anomalies.length)
  }

  /** All partitions were opened. */
  recoveryEnded(durationMs: number): void {
    this.#recoveryMs = durationMs
  }

  /** Looks these up at every scrape from now on. @returns what ends that. */
  watch(gauges: BrokerGauges): () => void {
    return this.#metrics.onScrape((report) => {
      this.#report(report, gauges)
    })
  }

  #report(report: Report, gauges: BrokerGauges): void {
    const { catalog, producer, fetcher, subscriptions, replays, producerIds } = gauges
    report('varve_append_in_flight_bytes', producer.inFlightBytes)
    report('varve_unanswered_failures_total', producer.unansweredFailures)
    report('varve_waiting_fetches', fetcher.waiting)
    report('varve_watched_partitions', fetcher.watchedPartitions)
    const { open, partitions, opened, refused, slow } = subscriptions.counts
    report('varve_subscriptions', open)
    report('varve_subscribed_partitions', partitions)
    report('varve_subscriptions_opened_total', opened)
    report('varve_subscriptions_refused_total', refused)
    report('varve_subscriptions_cut_total', slow)
    report('varve_replays', replays.counts.open)
    report('varve_replayed_partitions', replays.counts.partitions)
    report('varve_replays_opened_total', replays.counts.opened)
    report('varve_replays_refused_total', replays.counts.refused)
    report('varve_replays_cut_total', replays.counts.slow)
    report('varve_producer_ids_total', producerIds.given)
    report('varve_topics', catalog.topicCount)
    report('varve_recovery_seconds', this.#recoveryMs / 1e3)
    const { states, bytes } = countStates(catalog.slots())
    for (const [state, count] of Object.entries(states))
      report('varve_partitions', count, { state })
    report('varve_stored_bytes', bytes)
    for (const [topic, traffic] of this.traffic.entries()) {
      report('varve_records_in_total', traffic.recordsIn, { topic })
      report('varve_bytes_in_total', traffic.bytesIn, { topic })
      report('varve_records_out_total', traffic.recordsOut, { topic })
      report('varve_bytes_out_total', traffic.bytesOut, { topic })
    }
  }
}
