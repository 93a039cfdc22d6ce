// Values of options as people write them, checked while the command line is read.
import { isVarveError } from '../domain/error.ts'
import { parseDurationMs, TIME_UNIT_NAMES } from '../domain/quantity.ts'
import { UsageError } from './exit-code.ts'

/** Runs a check of an argument: what it refuses is a usage error. */
export function usage<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (isVarveError(error)) throw new UsageError(error.message)
    throw error
  }
}

/** Makes a parser for an option that holds an integer from `min` to `max`. */
export function integerOption(
  name: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(value) && value >= min && value <= max) {
      return value
    }
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
    throw new UsageError(`${name} must be an integer ${range}, not ${quoted(text)}`)
  }
}

/**
 * A moment in milliseconds since 1970-01-01 UTC: an integer, or a date with or without a time of day as ISO 8601 writes
 * it. Without a zone a date and time are UTC, so that a script means the same everywhere.
 */
export function parseMoment(name: string, text: string): number {
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text)
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:\d{2})?([.,]\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    )
  if (match !== null) {
    const [, date = '', minutes = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = match
    const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
    const parts = `${date}T${minutes}${seconds}${fraction.replace(',', '.').slice(0, 4)}`
    const value = Date.parse(`${parts}${offset}`)
    if (Number.isSafeInteger(value) && value >= 0 && isRealDate(date)) return value
  }
  throw new UsageError(
    `${name} must be a moment such as 2026-07-01T12:00:00Z or milliseconds since 1970, not ${quoted(text)}`,
  )
}

/** A length of time in milliseconds: `30s`, `5m`, `7d`, a bare number of milliseconds, or as ISO 8601 has it: `PT1H30M`. */
export function parseDuration(name: string, text: string): number {
  const value = parseDurationMs(text) ?? isoDurationMs(text)
  if (value !== undefined) return value
  throw new UsageError(
    `${name} must be a duration such as 30s or 5m (${TIME_UNIT_NAMES}; a bare number is milliseconds), not ${quoted(text)}`,
  )
}

/** Kafka's tools write durations so. Months and years have no one length and are not taken. */
function isoDurationMs(text: string): number | undefined {
  const match =
    /^P(?=.)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/.exec(
      text,
    )
  if (match === null) return undefined
  const parts = match.slice(1) as (string | undefined)[]
  const [weeks, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0))
  const inDays = (weeks ?? 0) * 7 + (days ?? 0)
  const inMinutes = (inDays * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)
  return Math.round((inMinutes * 60 + (seconds ?? 0)) * 1000)
}

/** JavaScript takes February 30 for March 2: a typing error would silently read other data. */
function isRealDate(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}

/** Collects `key=value` of a repeated `--config`. */
export function collectSetting(
  text: string,
  collected: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=')
  if (at < 1) {
    throw new UsageError(
      `--config must be key=value, as in retention.ms=86400000, not ${quoted(text)}`,
    )
  }
  const name = text.slice(0, at)
  if (Object.hasOwn(collected, name)) throw new UsageError(`--config ${name} is given twice`)
  // The broker knows which settings exist; the table here may be older than it.
  return { ...collected, [name]: text.slice(at + 1) }
}

/** Collects the names of a repeated `--reset`. */
export function collectName(text: string, collected: readonly string[] = []): readonly string[] {
  return collected.includes(text) ? collected : [...collected, text]
}

/** Backslash escapes of an argument as bytes' worth of text: \n \t \r \0 \\ \xHH. */
export function unescapeText(name: string, text: string): Buffer {
  const parts: Buffer[] = []
  let rest = text
  while (rest.length > 0) {
    const at = rest.indexOf('\\')
    if (at === -1) break
    parts.push(Buffer.from(rest.slice(0, at)))
    const [whole, byte] = escapeAt(name, rest.slice(at))
    parts.push(Buffer.of(byte))
    rest = rest.slice(at + whole)
  }
  return Buffer.concat([...parts, Buffer.from(rest)])
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '0': 0, '\\': 92 }

/** Length and byte of the escape that `text` begins with. */
function escapeAt(name: string, text: string): readonly [number, number] {
  const hex = /^\\x([0-9A-Fa-f]{2})/.exec(text)?.[1]
  if (hex !== undefined) return [4, Number.parseInt(hex, 16)]
  const byte = Object.hasOwn(ESCAPES, text.charAt(1)) ? ESCAPES[text.charAt(1)] : undefined
  if (byte === undefined) {
    throw new UsageError(
      `${name} holds ${quoted(text.slice(0, 2))}: write \\n \\t \\r \\0 \\xHH, and \\\\ for a backslash`,
    )
  }
  return [2, byte]
}

/** A text from outside as it may stand in a message: quoted and not endless. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text)
}
