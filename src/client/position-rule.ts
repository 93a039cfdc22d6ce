// What becomes of a position when the log says no: it lies outside, the records there are damaged, or the log was cut below
// it. Either the reader is told by an error and stays where it is, or it moves on with a warning, as its options say.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { PartitionOffset } from './admin-types.ts'
import type { ClientWarningKind, WarningListeners } from './client-warning.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import type { PartitionCursor } from './partition-cursor.ts'

export class PositionRule {
  private readonly settings: ConsumerSettings
  private readonly warnings: WarningListeners

  constructor(settings: ConsumerSettings, warnings: WarningListeners) {
    this.settings = settings
    this.warnings = warnings
  }

  /**
   * Deals with the error of one partition: moves the cursor, or leaves it where it is and throws.
   * @throws VarveError the error itself
   */
  apply(cursor: PartitionCursor, error: VarveError): void {
    const position = cursor.fetchOffset
    // What was handed out before the error stays; the rest is asked for anew.
    cursor.position = Math.max(cursor.position, Math.min(position, cursor.endOffset)) as Offset
    cursor.dropFetched()
    const { code } = error
    if (code === 'OFFSET_OUT_OF_RANGE') this.resetOffset(cursor, error)
    else if (code === 'DIVERGED_EPOCH') this.followCut(cursor, error)
    else if (code === 'CORRUPT_LOG') this.skipDamage(cursor, error)
    else throw error
  }

  /**
   * Deals with a batch that arrived damaged: it is fetched once more, since the damage may be of the way; then it is
   * treated like damage that the broker reports.
   * @throws VarveError CORRUPT_LOG
   */
  applyDamage(cursor: PartitionCursor, reason: string, nextGood: Offset): void {
    const { topic, partition, position } = cursor
    if (cursor.refetchedAt !== position) {
      cursor.dropFetched()
      cursor.refetchedAt = position
      this.warn(
        cursor,
        'damage-refetched',
        `the batch at offset ${position} arrived damaged: ${reason}`,
      )
      return
    }
    cursor.dropFetched()
    const isGoodBehind = nextGood > position
    this.skipDamage(
      cursor,
      new VarveError(
        'CORRUPT_LOG',
        `the batch at offset ${position} of ${topic}/${partition} is damaged: ${reason}`,
        {
          details: { topic, partition, firstBad: position, ...(isGoodBehind ? { nextGood } : {}) },
        },
      ),
    )
  }

  /**
   * The place for a start that lies beyond the readable end of a read which ends there.
   * @throws VarveError OFFSET_OUT_OF_RANGE
   */
  placeFor(answer: PartitionOffset, start: number): Offset {
    const { topic, partition, startOffset, readableEndOffset } = answer
    const error = new VarveError(
      'OFFSET_OUT_OF_RANGE',
      `offset ${start} of ${topic}/${partition} is outside ${startOffset} to ${readableEndOffset}`,
      { details: { topic, partition, startOffset, endOffset: readableEndOffset } },
    )
    const { onOutOfRange } = this.settings
    if (onOutOfRange === 'error') throw error
    const place = admitOffset(onOutOfRange === 'earliest' ? startOffset : readableEndOffset)
    this.warn({ topic, partition }, 'offset-reset', movedText(error, place), error)
    return place
  }

  private resetOffset(cursor: PartitionCursor, error: VarveError): void {
    const { onOutOfRange } = this.settings
    if (onOutOfRange === 'error') throw error
    const name = onOutOfRange === 'earliest' ? 'startOffset' : 'endOffset'
    const place = offsetDetail(error, name)
    cursor.moveTo(place)
    this.warn(cursor, 'offset-reset', movedText(error, place), error)
  }

  private followCut(cursor: PartitionCursor, error: VarveError): void {
    const cut = offsetDetail(error, 'endOffset')
    const hasShrunk = cursor.shrinkEnd(cut)
    if (cursor.position <= cut) {
      if (hasShrunk) this.warn(cursor, 'log-cut', endText(cut), error)
      return
    }
    cursor.moveTo(cut)
    this.warn(cursor, 'log-cut', movedText(error, cut), error)
  }

  private skipDamage(cursor: PartitionCursor, error: VarveError): void {
    const { nextGood } = error.details
    if (this.settings.onCorrupt === 'error' || nextGood === undefined) throw error
    const place = offsetDetail(error, 'nextGood')
    // A range that ends at or before the position cannot be left by going there.
    if (place <= cursor.position) throw error
    const { position } = cursor
    cursor.moveTo(place)
    this.warn(
      cursor,
      'damage-skipped',
      `damaged records from offset ${position} to ${place - 1} were passed over: ${error.message}`,
      error,
    )
  }

  private warn(
    where: { readonly topic: string; readonly partition: number },
    kind: ClientWarningKind,
    message: string,
    error?: VarveError,
  ): void {
    const { topic, partition } = where
    this.warnings.tell({
      kind,
      message,
      topic,
      partition,
      ...(error === undefined ? {} : { error }),
    })
  }
}

function offsetDetail(error: VarveError, name: string): Offset {
  const value = error.details[name]
  if (typeof value === 'number') return admitOffset(value, name)
  throw new VarveError('INTERNAL', `the broker's ${error.code} lacks ${name}`, { cause: error })
}

/** Of a bounded read whose end lay beyond a cut. */
export function endText(end: number): string {
  return `the log was cut: reading ends at offset ${end}, where it ends now`
}

function movedText(error: VarveError, place: number): string {
  return `reading goes on at offset ${place}: ${error.message}`
}
