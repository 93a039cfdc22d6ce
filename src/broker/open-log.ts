// From a slot to a log that can be asked, or to the error that says why there is none; and what an error of a log means
// when its topic went away meanwhile.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { PartitionLog } from '../storage/engine.ts'
import { slotTrouble } from './describe.ts'
import type { LiveTopic, PartitionSlot } from './live-topic.ts'

/**
 * The log of a slot, to be read.
 * @throws VarveError UNKNOWN_TOPIC · NOT_READY · CORRUPT_LOG when the data is missing · STORAGE_FAILED
 */
export function readableLog(slot: PartitionSlot): PartitionLog {
  if (slot.topic.state === 'deleted') throw unknownTopic(slot.topic)
  if (slot.log !== undefined) return slot.log
  const message = `partition ${slot.number} of topic ${slot.topic.name}: ${slotTrouble(slot) ?? ''}`
  switch (slot.trouble) {
    case 'opening':
      throw new VarveError('NOT_READY', message)
    case 'missing':
      throw new VarveError('CORRUPT_LOG', message, { details: { firstBad: 0 } })
    case 'failed':
      throw new VarveError('STORAGE_FAILED', message)
  }
}

/**
 * The log of a slot, to be written. A log may still refuse: it knows its own condition.
 * @throws VarveError UNKNOWN_TOPIC · NOT_READY · PARTITION_READ_ONLY
 */
export function writableLog(slot: PartitionSlot): PartitionLog {
  if (slot.topic.state === 'deleted') throw unknownTopic(slot.topic)
  const trouble = slotTrouble(slot)
  if (slot.log !== undefined && trouble === undefined) return slot.log
  throw new VarveError(
    slot.log === undefined && slot.trouble === 'opening' ? 'NOT_READY' : 'PARTITION_READ_ONLY',
    `partition ${slot.number} of topic ${slot.topic.name}: ${trouble ?? ''}`,
  )
}

/** What to answer for `error`: a log that was closed because its topic was deleted means that there is no such topic. */
export function goneTopic(topic: LiveTopic, error: unknown): unknown {
  return topic.state === 'deleted' && isVarveError(error, 'NOT_READY') ? unknownTopic(topic) : error
}

function unknownTopic(topic: LiveTopic): VarveError {
  return new VarveError('UNKNOWN_TOPIC', `topic ${topic.name} was deleted`)
}
