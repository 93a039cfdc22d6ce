// Offsets: the numbers of records within a partition. Dense, starting at 0, never reused for other bytes.
// An offset is a plain number that was checked once, at the edge where it came in; inside, the brand is the proof.
import { VarveError } from './error.ts'
import { shownValue } from './shown-value.ts'

declare const offsetBrand: unique symbol

/** The number of a record in its partition: an integer, 0 to 2^53 - 1. */
export type Offset = number & { readonly [offsetBrand]: true }

/** Offset 0, where every partition begins. */
export const FIRST_OFFSET = 0 as Offset

/**
 * Admits a 64-bit value from outside as an offset.
 * @throws VarveError INVALID_OFFSET when it is negative, not an integer or above 2^53 - 1.
 */
export function admitOffset(value: number, name = 'offset'): Offset {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new VarveError(
      'INVALID_OFFSET',
      `${name} must be an integer from 0 to 2^53-1, not ${shownValue(value)}`,
    )
  }
  return value as Offset
}

/** The offset `records` further on. Both must be known good: a bad sum is a bug, not an input error. */
export function offsetAfter(offset: Offset, records: number): Offset {
  const sum = offset + records
  if (!Number.isSafeInteger(sum) || sum < 0) throw new RangeError(`offset out of range: ${sum}`)
  return sum as Offset
}
