// Checks of options that callers in plain JavaScript may get wrong. All of them throw INVALID_ARGUMENT that names the
// option and what it may be.
import { VarveError } from '../domain/error.ts'
import { didYouMean, nearestName } from '../domain/nearest-name.ts'

/** The names of all options. */
export type KnownOptions<Options extends object> = Readonly<Record<NamesOf<Options>, true>>
/** Of every member of a union. */
type NamesOf<Options> = Options extends unknown ? keyof Options : never

const NAME_SHOWN_MAX = 100

/** A name that is not known is a typing error, and its value would be missed in silence. */
export function refuseUnknown(
  what: string,
  options: object,
  known: Readonly<Record<string, true>>,
): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue
    const shown = name.slice(0, NAME_SHOWN_MAX)
    throw new VarveError(
      'INVALID_ARGUMENT',
      `${what} has no option ${shown}${didYouMean(nearestName(shown, Object.keys(known)))}`,
      { details: { option: shown } },
    )
  }
}

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
