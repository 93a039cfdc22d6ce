// Gives the parts of the engine contract their engines, and closes them again.
import { afterEach, beforeEach } from 'vitest'
import type { TopicSettingTexts } from '../../src/domain/topic-settings.ts'
import type { PartitionLog, StorageEngine } from '../../src/storage/engine.ts'
import { identityOf, settingsOf } from '../support/batches.ts'
import type { EngineSubject, MakeEngine } from './storage-engine.ts'

export interface EngineHarness {
  readonly subject: EngineSubject
  readonly engine: StorageEngine
  /** A new partition with these settings. */
  readonly partition: (texts?: TopicSettingTexts) => Promise<PartitionLog>
}

/** To be called in a `describe`: a fresh engine for each test in it. */
export function engineHarness(make: MakeEngine): EngineHarness {
  let subject: EngineSubject | undefined
  let partitions = 0
  const current = (): EngineSubject => {
    if (subject === undefined) throw new Error('no engine outside of a test')
    return subject
  }
  beforeEach(async () => {
    subject = await make()
    partitions = 0
  })
  afterEach(async () => {
    await subject?.engine.close()
    subject = undefined
  })
  return {
    get subject() {
      return current()
    },
    get engine() {
      return current().engine
    },
    partition: (texts = {}) =>
      current().engine.createPartition(identityOf(++partitions), settingsOf(texts)),
  }
}
