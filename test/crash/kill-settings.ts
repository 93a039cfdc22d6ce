import type { TopicSettings } from '../../src/domain/topic-settings.ts'
import { settingsOf } from '../support/batches.ts'

/** One partition whose acknowledgements mean synced, and one where they mean written. */
export const KILL_PARTITIONS = 2

export function killSettings(partition: number): TopicSettings {
  const durability = partition === 0 ? 'synced' : 'written'
  return settingsOf({ 'segment.bytes': '65536', durability })
}
