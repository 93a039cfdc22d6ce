// What a request must and must not be beside what its message type says. Bytes from a socket and messages that never were
// bytes are checked by the same rules.
import { LIMITS } from '../../domain/limits.ts'

/** Limits of single repeated fields where LIMITS.itemsPerRequestMax does not fit. */
export const ITEMS_MAX: Readonly<Record<string, number>> = {
  'varve.v1.RecordList.records': LIMITS.recordsPerEntryMax,
}

/** Oneofs without which a message says nothing. */
export const REQUIRED_ONEOFS: Readonly<Record<string, string>> = {
  'varve.v1.RecordSet': 'form',
  'varve.v1.ListOffsetsPartition': 'at',
  'varve.v1.SubscribeAddPartition': 'start',
  'varve.v1.SubscribeSeek': 'to',
}
