// Checks of what callers in plain JavaScript may get wrong. All of them throw INVALID_ARGUMENT that names the option, what
// it may be, and what it was: text in quotes, so that '0' is not taken for 0.
import { VarveError } from '../domain/error.ts'
import { didYouMean, nearestName } from '../domain/nearest-name.ts'
import { shownValue } from '../domain/shown-value.ts'

/** The names of all options. */
export type KnownOptions<Options extends object> = Readonly<Record<NamesOf<Options>, true>>
/** Of every member of a union. */
type NamesOf<Options> = Options extends unknown ? keyof Options : never

const NAME_SHOWN_MAX = 100
const NAMES_LISTED_MAX = 8

/** INVALID_ARGUMENT about one option. */
export function refusal(option: string, message: string): VarveError {
  return new VarveError('INVALID_ARGUMENT', message, { details: { option } })
}

/**
 * A name that is not known is a typing error, and its value would be missed in silence.
 * @param what takes the options, or is what they make up
 */
export function refuseUnknown(
  what: string,
  options: unknown,
  known: Readonly<Record<string, true>>,
): void {
  requireObject(what, options, known)
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name)) throw unknownName(what, name, known)
  }
}

/** The error for a name that `known` has not, with the one that may be meant, or all where they are few. */
export function unknownName(
  what: string,
  name: string,
  known: Readonly<Record<string, true>>,
): VarveError {
  const text = name.slice(0, NAME_SHOWN_MAX)
  const names = Object.keys(known)
  const near = nearestName(text, names)
  const isListed = near === undefined && names.length <= NAMES_LISTED_MAX
  const hint = isListed ? `: it takes ${names.join(', ')}` : didYouMean(near)
  return refusal(text, `${what} has no option ${text}${hint}`)
}

/** @param known what the object may hold, for the message */
export function requireObject(
  what: string,
  value: unknown,
  known: Readonly<Record<string, true>>,
): asserts value is object {
  if (typeof value === 'object' && value !== null && !isCollection(value)) return
  const names = Object.keys(known)
  const listed = names.slice(0, NAMES_LISTED_MAX).join(', ')
  const more = names.length > NAMES_LISTED_MAX ? ', ...' : ''
  throw new VarveError(
    'INVALID_ARGUMENT',
    `${what} takes an object { ${listed}${more} }, not ${shownValue(value)}`,
  )
}

/** @param example how a list of it is written */
export function requireList(what: string, value: unknown, example: string): void {
  if (Array.isArray(value)) return
  throw refusal(what, `${what} must be a list, as in ${example}, not ${shownValue(value)}`)
}

export function requireText(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw refusal(name, `${name} must be text, not ${shownValue(value)}`)
}

export function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw refusal(name, `${name} must be true or false, not ${shownValue(value)}`)
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
  throw refusal(name, `${name} must be a whole number ${range}, not ${shownValue(value)}`)
}

/** A whole number that fits where the protocol puts it; its bounds are the broker's to tell. */
export function requireInt32(name: string, value: number): number {
  if (Number.isInteger(value) && value === (value | 0)) return value
  throw refusal(name, `${name} must be a whole number of 32 bits, not ${shownValue(value)}`)
}

/** One of the given words, or of true and false. */
export function requireOneOf<Word extends string | boolean>(
  name: string,
  value: Word,
  words: readonly Word[],
): Word {
  if (words.includes(value)) return value
  throw refusal(name, `${name} must be one of ${words.join(', ')}, not ${shownValue(value)}`)
}

/** An object, but not one with the names that are asked for. */
function isCollection(value: object): boolean {
  return Array.isArray(value) || value instanceof Map || value instanceof Set
}
