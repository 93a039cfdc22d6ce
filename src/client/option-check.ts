// Checks of options that callers in plain JavaScript may get wrong. All of them throw INVALID_ARGUMENT that names the
// option and what it may be.
import { VarveError } from '../domain/error.ts'

/** A whole number within bounds, 0 and 2^53-1 unless told; Infinity where `unlimited` allows it. */
export function requireInteger(
  name: string,
  value: number,
  bounds: { readonly min?: number; readonly max?: number; readonly unlimited?: boolean } = {},
): number {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, unlimited = false } = bounds
  if (unlimited && value === Infinity) return value
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value
  const range = bounds.max === undefined ? `of at least ${min}` : `from ${min} to ${max}`
  throw new VarveError(
    'INVALID_ARGUMENT',
    `${name} must be a whole number ${range}, not ${value}`,
    {
      details: { option: name },
    },
  )
}

/** One of the given words, or of true and false. */
export function requireOneOf<Word extends string | boolean>(
  name: string,
  value: Word,
  words: readonly Word[],
): Word {
  if (words.includes(value)) return value
  throw new VarveError(
    'INVALID_ARGUMENT',
    `${name} must be one of ${words.join(', ')}, not ${value}`,
    { details: { option: name } },
  )
}
