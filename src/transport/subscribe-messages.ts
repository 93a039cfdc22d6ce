// What clients of a subscription say and what they are told: from messages to the words of the broker and back.
import type {
  SubscriptionEvent,
  SubscriptionRequest,
  SubscriptionStart,
  SubscriptionStop,
} from '../broker/subscription-events.ts'
import { VarveError } from '../domain/error.ts'
import { admitOffset } from '../domain/offset.ts'
import type {
  RecordSet,
  SubscribeAddPartitionOutput,
  SubscribeResponse,
  SubscribeSeekOutput,
} from '../protocol/grpc/messages.ts'
import type { ServiceContext } from './service-context.ts'
import { ABSENT, admitCount, admitMoment, namedPosition } from './wire-numbers.ts'

/** @throws VarveError INVALID_OFFSET · INVALID_TIMESTAMP · UNKNOWN_ENUM · MISSING_FIELD · INVALID_ARGUMENT */
export function requestOf(asked: SubscribeAddPartitionOutput): SubscriptionRequest {
  const { topic, partition, paused } = asked
  return {
    topic,
    partition,
    seekEpoch: admitCount(asked.seekEpoch, 'seek_epoch'),
    start: startOf(asked, asked.start),
    stop: stopOf(asked),
    isPaused: paused,
  }
}

/** @throws VarveError INVALID_OFFSET · INVALID_TIMESTAMP · UNKNOWN_ENUM · MISSING_FIELD */
export function startOf(
  asked: SubscribeAddPartitionOutput | SubscribeSeekOutput,
  which: 'offset' | 'timestampMs' | 'position' | undefined,
): SubscriptionStart {
  switch (which) {
    case 'offset': {
      const { leaderEpoch } = asked
      const offset = admitOffset(asked.offset ?? 0)
      return leaderEpoch === undefined ? { offset } : { offset, leaderEpoch }
    }
    case 'timestampMs':
      return { timestampMs: admitMoment(asked.timestampMs ?? 0) }
    case 'position':
      return namedPosition(asked.position)
    case undefined:
      throw new VarveError('MISSING_FIELD', 'where to begin must be set', {
        details: { field: 'start' },
      })
  }
}

function stopOf(asked: SubscribeAddPartitionOutput): SubscriptionStop | undefined {
  const { stop, stopOffset, stopTimestampMs, stopAtEnd } = asked
  if (stop === 'stopOffset') return { offset: admitOffset(stopOffset ?? 0) }
  if (stop === 'stopTimestampMs') return { timestampMs: admitMoment(stopTimestampMs ?? 0) }
  return stop === 'stopAtEnd' && stopAtEnd === true ? 'end' : undefined
}

/** The message that tells an event. */
export function responseOf(
  context: ServiceContext,
  event: SubscriptionEvent<RecordSet>,
): SubscribeResponse {
  const { topic, partition, seekEpoch } = event
  const place = { topic, partition, seekEpoch }
  switch (event.kind) {
    case 'records': {
      const { records, bounds, nextOffset, leaderEpoch, bytes, recordCount } = event
      return {
        batch: {
          ...place,
          records,
          startOffset: bounds.start,
          readableEndOffset: bounds.readableEnd,
          nextOffset,
          leaderEpoch,
          creditBytes: bytes,
          creditRecords: recordCount,
        },
      }
    }
    case 'position': {
      const { offset, stopOffset, bounds } = event
      return {
        position: {
          ...place,
          offset,
          ...(stopOffset === undefined ? {} : { stopOffset }),
          startOffset: bounds.start,
          readableEndOffset: bounds.readableEnd,
          leaderEpoch: bounds.epoch,
        },
      }
    }
    case 'caught-up':
      return { caughtUp: { ...place, offset: event.offset } }
    case 'fell-behind': {
      const { offset, reason, bounds } = event
      return {
        fellBehind: {
          ...place,
          offset,
          readableEndOffset: bounds.readableEnd,
          reason: reason === 'tail' ? 'FELL_BEHIND_REASON_TAIL' : 'FELL_BEHIND_REASON_RETENTION',
        },
      }
    }
    case 'reached-end':
      return { reachedEnd: { ...place, offset: event.offset } }
    case 'error': {
      const { error, bounds } = event
      return {
        partitionError: {
          ...place,
          error: context.statusOf(error),
          startOffset: bounds?.start ?? ABSENT,
          readableEndOffset: bounds?.readableEnd ?? ABSENT,
        },
      }
    }
  }
}
