// The token from which a replay goes on: programs store it and give it back, so it is looked at like any other input.
import { VarveError } from '../domain/error.ts'
import { admitOffset } from '../domain/offset.ts'
import { requireTimestamp } from './list-offsets.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireInteger,
  requireList,
  requireText,
} from './option-check.ts'
import type { ReplayPlacePosition, ReplayPositions } from './replay-types.ts'

/** All of them, or this does not compile. */
const POSITIONS: KnownOptions<ReplayPositions> = {
  sessionId: true,
  places: true,
  playheadMs: true,
  seekToMs: true,
}
const PLACE: KnownOptions<ReplayPlacePosition> = {
  topic: true,
  partition: true,
  startOffset: true,
  offset: true,
  endOffset: true,
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkPositions(positions: ReplayPositions): void {
  refuseUnknown('resume', positions, POSITIONS)
  requireText('sessionId', positions.sessionId)
  requireList('places', positions.places, '[{ topic, partition, startOffset, offset }]')
  if (positions.places.length === 0) throw refusal('places', 'resume has no places to go on from')
  const seen = new Set<string>()
  for (const place of positions.places) {
    checkPlacePosition(place)
    const { topic, partition } = place
    if (seen.has(`${topic}/${partition}`)) {
      throw new VarveError('INVALID_ARGUMENT', `resume has ${topic}/${partition} twice`, {
        details: { topic, partition },
      })
    }
    seen.add(`${topic}/${partition}`)
  }
  const { playheadMs, seekToMs } = positions
  // Records without a timestamp are played at -1.
  if (playheadMs !== undefined && playheadMs !== -1) requireTimestamp(playheadMs)
  if (seekToMs !== undefined) requireTimestamp(seekToMs)
}

function checkPlacePosition(place: ReplayPlacePosition): void {
  refuseUnknown('a place', place, PLACE)
  requireText('topic', place.topic)
  requireInteger('partition', place.partition)
  admitOffset(place.startOffset, 'startOffset')
  admitOffset(place.offset, 'offset')
  if (place.endOffset !== undefined) admitOffset(place.endOffset, 'endOffset')
}
