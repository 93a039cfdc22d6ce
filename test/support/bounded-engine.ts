// The memory engine, whose logs say where they begin and end only so often: a loop that would ask for ever, without ever
// letting anything else run, fails instead.
import type { PartitionIdentity } from '../../src/domain/topic.ts'
import type { TopicSettings } from '../../src/domain/topic-settings.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'

export class BoundedEngine extends MemoryStorageEngine {
  /** How often the logs still answer. */
  boundsLeft = Infinity

  override async createPartition(
    identity: PartitionIdentity,
    settings: TopicSettings,
  ): Promise<PartitionLog> {
    const log = await super.createPartition(identity, settings)
    const bounds = log.bounds.bind(log)
    log.bounds = () => {
      if (this.boundsLeft-- <= 0) throw new Error('the log was asked too often')
      return bounds()
    }
    return log
  }
}
