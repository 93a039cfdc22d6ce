// Brings the stored topics back to life at a start: finishes what a crash interrupted, then opens the partitions, a
// bounded number at a time. Invariant: a partition that is slow or bad to open keeps no other from being served (R6).
import type { Limits } from '../domain/limits.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { StorageEngine } from '../storage/engine.ts'
import { TOPIC_KEY_PREFIX } from '../storage/topic-record.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import { forEachBounded } from './for-each-bounded.ts'
import { PartitionSlot } from './live-topic.ts'
import type { PartitionOpener } from './partition-opener.ts'
import type { RequestGate } from './request-gate.ts'
import { type PlannedTopic, planStart } from './start-plan.ts'
import type { TopicCatalog } from './topic-catalog.ts'
import type { TopicLifecycle } from './topic-lifecycle.ts'

/** What a start works with. */
export interface StartParts {
  readonly engine: StorageEngine
  readonly catalog: TopicCatalog
  readonly lifecycle: TopicLifecycle
  readonly opener: PartitionOpener
  readonly gate: RequestGate
  readonly clock: Clock
  readonly log: Log
  readonly metrics: BrokerMetrics
  readonly limits: Limits
}

/**
 * Puts every stored topic into the catalog. When it resolves all are known, but their partitions may still be opening.
 * @returns the opening of the partitions: never rejects, and stops early when the gate is closed.
 * @throws what the metadata store or the engine throws when it cannot be read.
 */
export async function startTopics(parts: StartParts): Promise<{ opened: Promise<void> }> {
  const { engine, catalog, lifecycle, clock, log } = parts
  const entries = await engine.metadata.list(TOPIC_KEY_PREFIX)
  const stored = await engine.partitions()
  const plan = planStart(entries, stored, Math.max(0, Math.floor(clock.wallMs())))
  for (const anomaly of plan.anomalies) log.error('topic_anomaly', anomaly)

  for (const { topic, partitions } of plan.remove) {
    topic.partitions = slotsOf({ topic, partitions })
    log.info('deletion_resumed', { topic: topic.name, topicId: topic.id })
    await lifecycle.finishDeletion(topic)
  }
  for (const { topic, partitions } of plan.finish) {
    log.info('creation_resumed', { topic: topic.name, topicId: topic.id })
    await lifecycle.finishCreation(topic, partitions)
  }
  for (const { topic, partitions } of plan.serve) {
    topic.partitions = slotsOf({ topic, partitions })
    topic.state = 'active'
    catalog.countPartitions(partitions)
    catalog.add(topic)
  }
  const slots = plan.serve.flatMap(({ topic }) => topic.partitions)
  return { opened: openSlots(slots, parts) }
}

async function openSlots(slots: readonly PartitionSlot[], parts: StartParts): Promise<void> {
  const { gate, opener, clock, limits } = parts
  const startedMs = clock.monotonicMs()
  await forEachBounded(slots, limits.partitionOpeningsMax, async (slot) => {
    if (!gate.isClosing) await opener.open(slot)
  })
  reportOpening(slots, clock.monotonicMs() - startedMs, parts)
}

/** What the start found, over all partitions; of each one DescribeStorage tells (invariant R4). */
function reportOpening(
  slots: readonly PartitionSlot[],
  durationMs: number,
  { log, metrics }: StartParts,
): void {
  const outcomes = {
    created: 0,
    clean: 0,
    recovered: 0,
    degraded: 0,
    opening: 0,
    missing: 0,
    failed: 0,
  }
  let [bytesScanned, tornBytes, indexesRebuilt] = [0, 0, 0]
  for (const slot of slots) {
    // One that was deleted meanwhile has closed its log; what it found still counts.
    const report = slot.log?.statistics().report
    const outcome = report?.outcome ?? slot.trouble
    outcomes[outcome]++
    metrics.recovered(outcome, report)
    bytesScanned += report?.bytesScanned ?? 0
    tornBytes += report?.tornBytes ?? 0
    indexesRebuilt += report?.indexesRebuilt ?? 0
  }
  metrics.recoveryEnded(durationMs)
  const level = outcomes.degraded + outcomes.missing + outcomes.failed > 0 ? 'error' : 'info'
  log[level]('partitions_opened', {
    partitions: slots.length,
    ...outcomes,
    bytesScanned,
    tornBytes,
    indexesRebuilt,
    durationMs: Math.round(durationMs),
  })
}

function slotsOf({ topic, partitions }: PlannedTopic): PartitionSlot[] {
  return Array.from({ length: partitions }, (_, number) => new PartitionSlot(topic, number))
}
