// Somebody who asks, all the time of a chaos run, how far the partitions reach and what the groups have committed: every answer goes into the history.
import type { Admin } from '../../client/index.ts'
import { isVarveError } from '../../domain/error.ts'
import { type ChaosStage, now } from './chaos-stage.ts'

const INTERVAL_MS = 150

/** What was answered last; by partition. */
export interface Watched {
  ends: readonly number[]
  /** By group. */
  readonly committed: Map<string, readonly number[]>
}

/** Asks until the signal. */
export async function watch(
  stage: ChaosStage,
  groups: readonly string[],
  stop: AbortSignal,
): Promise<void> {
  const { client } = stage.connect('watcher')
  try {
    const admin = client.admin()
    while (!stop.aborted) {
      await askOnce(stage, admin, groups)
      await stage.clock.sleep(INTERVAL_MS)
    }
  } finally {
    await client.close()
  }
}

/** One round of questions. @returns undefined where the broker did not answer one of them */
export async function askOnce(
  stage: ChaosStage,
  admin: Admin,
  groups: readonly string[],
): Promise<Watched | undefined> {
  try {
    const ends = await askEnds(stage, admin)
    const committed = new Map<string, readonly number[]>()
    for (const group of groups) committed.set(group, await askCommitted(stage, admin, group))
    return { ends, committed }
  } catch (error) {
    if (!isVarveError(error)) throw error
    return undefined
  }
}

async function askEnds(stage: ChaosStage, admin: Admin): Promise<readonly number[]> {
  const { history, topic } = stage
  const invokedAt = now(stage)
  const { partitions } = await admin.describeTopic(topic.name)
  const endedAt = now(stage)
  for (const { partition, state, startOffset, readableEndOffset, ...rest } of partitions) {
    if (state !== 'healthy' && state !== 'read-only') continue
    const told = {
      ...{ logStart: startOffset, highWatermark: readableEndOffset },
      ...{ logEnd: rest.endOffset, epoch: rest.leaderEpoch },
    }
    history.toldBounds(topic.keys[partition] ?? 0, told, { invokedAt, endedAt })
  }
  return partitions.map(({ readableEndOffset }) => readableEndOffset)
}

async function askCommitted(
  stage: ChaosStage,
  admin: Admin,
  group: string,
): Promise<readonly number[]> {
  const { history, topic } = stage
  const invokedAt = now(stage)
  const answers = await admin.groupOffsets(group)
  const endedAt = now(stage)
  const offsets = new Map(answers.map(({ partition, offset }) => [partition, offset]))
  return topic.keys.map((key, partition) => {
    const offset = offsets.get(partition)
    history.committed({ group, key, offset, invokedAt, endedAt })
    return offset ?? 0
  })
}
