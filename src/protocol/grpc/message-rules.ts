// What a request must and must not be beside what its message type says. Bytes from a socket and messages that never were
// bytes are checked by the same rules.
import { LIMITS } from '../../domain/limits.ts'

/** Limits of single repeated fields where LIMITS.itemsPerRequestMax does not fit. */
export const ITEMS_MAX: Readonly<Record<string, number>> = {
  'varve.v1.RecordList.records': LIMITS.recordsPerEntryMax,
  // How many there may be is for the group to say, with an error of its own.
  'varve.v1.SessionJoin.topics': LIMITS.requestItemsMax,
  'varve.v1.SessionWishes.topics': LIMITS.requestItemsMax,
  'varve.v1.OwnedPartitions.partitions': LIMITS.groupPartitionsPerRequestMax,
  'varve.v1.SessionHeartbeat.progress': LIMITS.groupPartitionsPerRequestMax,
  'varve.v1.CommitOffsetsRequest.entries': LIMITS.commitEntriesMax,
  'varve.v1.FetchOffsetsRequest.partitions': LIMITS.groupPartitionsPerRequestMax,
  'varve.v1.ResetOffsetsRequest.entries': LIMITS.groupPartitionsPerRequestMax,
  'varve.v1.ReplayInit.sources': LIMITS.replayPlacesMax,
  'varve.v1.ReplayInit.filters': LIMITS.replayFiltersMax,
  'varve.v1.ReplayMatchSet.values': LIMITS.replayFilterValuesMax,
}

/** Oneofs without which a message says nothing. */
export const REQUIRED_ONEOFS: Readonly<Record<string, string>> = {
  'varve.v1.RecordSet': 'form',
  'varve.v1.ListOffsetsPartition': 'at',
  'varve.v1.SubscribeAddPartition': 'start',
  'varve.v1.SubscribeSeek': 'to',
  'varve.v1.ResetOffsetsEntry': 'to',
  'varve.v1.ReplayPosition': 'at',
  'varve.v1.ReplayFilter': 'on',
  'varve.v1.ReplayMatch': 'match',
  'varve.v1.ReplaySeek': 'to',
}
