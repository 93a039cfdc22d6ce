// Members of the groups of a chaos run. Invariant: that a partition came is in the history before a record of it, and that it went after the last
// commit for it; a commit is in the history with the epoch that its member had when it was sent.
import type { GroupConsumer, TopicPartition } from '../../client/index.ts'
import { outcomeOfError } from '../../history-check/outcome.ts'
import type { Random } from '../../platform/random.ts'
import { readBatches } from './chaos-reader.ts'
import { aborted, type ChaosLife } from './chaos-role.ts'
import { type ChaosStage, now } from './chaos-stage.ts'

export interface ChaosMemberOptions {
  readonly group: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly random: Random
  readonly counts: MemberCounts
}

export interface MemberCounts {
  handedOut: number
  commits: number
  refusedCommits: number
  assigned: number
}

const COMMIT_INTERVAL_MS = 60
const CLOSE_MS_MAX = 5_000
/** One chance in so many at each interval, so that there always is something to lose. */
const COMMIT_RARITY = 3

/** Reads and commits what the group gives it, until it is stopped. */
export async function liveAsMember(
  stage: ChaosStage,
  { name: member, process, link, stop, crashed, begun }: ChaosLife,
  options: ChaosMemberOptions,
): Promise<void> {
  const { clock, history, topic } = stage
  const { group, sessionTimeoutMs, rebalanceTimeoutMs, random, counts } = options
  /** By partition: the offset behind what was handed out and is not committed. */
  const finished = new Map<number, number>()
  const keysOf = (partitions: readonly TopicPartition[]): number[] =>
    partitions.map(({ partition }) => topic.keys[partition] ?? 0)
  const rebalanced = (assigned: readonly number[], revoked: readonly number[]): void => {
    const memberEpoch = consumer.memberEpoch ?? 0
    const at = now(stage)
    history.rebalanced({ group, member, process, memberEpoch, at, assigned, revoked })
  }
  const consumer: GroupConsumer = link.client.consumer().subscribe({
    ...{ group, topics: topic.name, from: 'earliest', sessionTimeoutMs, rebalanceTimeoutMs },
    autoCommit: false,
    onPartitionsAssigned: (partitions) => {
      begun()
      counts.assigned += partitions.length
      rebalanced(keysOf(partitions), [])
    },
    onPartitionsRevoked: async (partitions) => {
      await commit(partitions.map(({ partition }) => partition))
      for (const { partition } of partitions) finished.delete(partition)
      rebalanced([], keysOf(partitions))
    },
    onPartitionsLost: (partitions) => {
      for (const { partition } of partitions) finished.delete(partition)
      rebalanced([], keysOf(partitions))
    },
  })
  const commit = async (partitions: readonly number[]): Promise<void> => {
    await Promise.all(partitions.map(commitOne))
  }
  const commitOne = async (partition: number): Promise<void> => {
    const offset = finished.get(partition)
    if (offset === undefined) return
    const sent = {
      ...{ group, key: topic.keys[partition] ?? 0, offset, member, allowRewind: false },
      ...{ memberEpoch: consumer.memberEpoch, invokedAt: now(stage) },
    }
    try {
      await consumer.commit({ topic: topic.name, partition, offset })
      history.commit({ ...sent, endedAt: now(stage), outcome: 'ok' })
      counts.commits++
      if (finished.get(partition) === offset) finished.delete(partition)
    } catch (error) {
      history.commit({ ...sent, endedAt: now(stage), outcome: outcomeOfError(error) })
      counts.refusedCommits++
    }
  }
  void aborted([stop, crashed]).then(() => {
    return consumer.close({ timeoutMs: crashed.aborted ? 0 : CLOSE_MS_MAX })
  })
  history.subscribed({ group, process, keys: topic.keys, at: now(stage) })
  const committing = new AbortController()
  const commits = (async () => {
    while (!committing.signal.aborted) {
      await clock.sleep(COMMIT_INTERVAL_MS)
      if (random.integer(COMMIT_RARITY) === 0) await commit([...finished.keys()])
    }
  })()
  try {
    await readBatches(stage, process, consumer, ({ partition, nextOffset, records }) => {
      counts.handedOut += records.length
      finished.set(partition, nextOffset)
    })
  } finally {
    committing.abort()
    await commits
  }
}
