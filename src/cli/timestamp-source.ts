// Where `produce --timestamp-from` finds a record's timestamp: in a field of a JSON value, or in the text of a line of log. Invariant: a
// timestamp is a real moment, in whole milliseconds since 1970-01-01 UTC; what is none is missing, with the reason in words.
import { UsageError } from './exit-code.ts'
import { quoted } from './option-values.ts'

export type TimestampSource =
  /** The first moment that stands in the text. */
  | { readonly kind: 'line' }
  | {
      readonly kind: 'json'
      /** Names with dots between them. A field whose own name has dots is found too. */
      readonly field: string
      /** Of numbers; undefined: seconds below {@link SECONDS_MAX}, else milliseconds. */
      readonly unit: NumberUnit | undefined
    }

export type FoundTimestamp = { readonly timestampMs: number } | { readonly missing: string }

type NumberUnit = keyof typeof UNIT_MS

const UNIT_MS = { s: 1_000, ms: 1, us: 1e-3, ns: 1e-6 } as const
/** As milliseconds this is March of 1973, as seconds the year 5138: no log means the one where it says the other. */
const SECONDS_MAX = 1e11
/** No calendar reaches further. */
const TIMESTAMP_MS_MAX = 8.64e15

const FORMS =
  'line, json:FIELD such as json:time or json:event.created, or json:FIELD:s (ms, us, ns)'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const timeOf = (name: string): string => `(?<${name}Hours>\\d{2}):(?<${name}Minutes>\\d{2})`
const ISO =
  '(?<isoYear>\\d{4})(?<dash>[-/])(?<isoMonth>\\d{2})\\k<dash>(?<isoDay>\\d{2})[Tt ]' +
  `${timeOf('iso')}(?::(?<isoSeconds>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?` +
  // Two digits alone are no zone where more may follow: `12:00:00-01-x`.
  '(?: ?(?<isoZone>Z|z|UTC|GMT|[+-]\\d{2}:?\\d{2})(?![\\w:])|(?<shortZone>[+-]\\d{2})(?![\\w:-]))?'
const COMMON_LOG =
  `(?<day>\\d{2})/(?<month>${MONTHS.join('|')})/(?<year>\\d{4}):` +
  `${timeOf('log')}:(?<logSeconds>\\d{2}) (?<logZone>[+-]\\d{4})`
/** A moment as ISO 8601 writes it, with slashes too, or as the common log format does. */
const MOMENT = new RegExp(`(?<![\\w.])(?:${ISO}|${COMMON_LOG})(?!\\d)`, 'g')

/** Reads a value of `--timestamp-from`. @throws UsageError */
export function parseTimestampSource(text: string): TimestampSource {
  if (text === 'line') return { kind: 'line' }
  const match = /^json:(.*?)(?::(s|ms|us|ns))?$/s.exec(text)
  const [, field = '', unit] = match ?? []
  if (field === '' || /^\.|\.\.|\.$/.test(field)) {
    throw new UsageError(`--timestamp-from must be ${FORMS}, not ${quoted(text)}`)
  }
  return { kind: 'json', field, unit: unit as NumberUnit | undefined }
}

/** The source as a person named it. */
export function timestampSourceText(source: TimestampSource): string {
  if (source.kind === 'line') return 'line'
  return `json:${source.field}${source.unit === undefined ? '' : `:${source.unit}`}`
}

/** Looks for the timestamp in a line, or in the value of a record. */
export function findTimestamp(source: TimestampSource, bytes: Buffer): FoundTimestamp {
  if (source.kind === 'line') {
    // Moments are ASCII: as Latin-1 any bytes can be looked through.
    const timestampMs = firstMoment(bytes.toString('latin1'))
    return timestampMs === undefined ? { missing: 'there is no moment in it' } : { timestampMs }
  }
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return { missing: 'it is not valid JSON' }
  }
  const found = fieldOf(value, source.field)
  if (found === undefined || found === null) {
    return { missing: `it has no field ${quoted(source.field)}` }
  }
  const timestampMs = fromField(found, source.unit)
  if (timestampMs !== undefined) return { timestampMs }
  const shown = quoted(typeof found === 'string' ? found : JSON.stringify(found))
  return { missing: `its field ${quoted(source.field)} is no moment but ${shown}` }
}

/** The first moment in the text that the calendar knows. */
export function firstMoment(text: string): number | undefined {
  // Not matchAll, which makes an expression of its own for every line.
  MOMENT.lastIndex = 0
  for (;;) {
    const match = MOMENT.exec(text)
    if (match === null) return undefined
    const timestampMs = momentOf(match)
    if (timestampMs !== undefined) return timestampMs
  }
}

function fieldOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Readonly<Record<string, unknown>>
  if (Object.hasOwn(fields, path)) return fields[path]
  // The longest name that there is: a field may have a name with dots and hold others.
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot)
    if (Object.hasOwn(fields, name)) return fieldOf(fields[name], path.slice(dot + 1))
  }
  return undefined
}

function fromField(value: unknown, unit: NumberUnit | undefined): number | undefined {
  if (typeof value === 'number') return fromNumber(value, unit)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (/^\d+(?:\.\d+)?$/.test(text)) return fromNumber(Number(text), unit)
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  return firstMoment(isDate ? `${text}T00:00` : text)
}

function fromNumber(value: number, unit: NumberUnit | undefined): number | undefined {
  const timestampMs = Math.round(value * UNIT_MS[unit ?? (value < SECONDS_MAX ? 's' : 'ms')])
  return timestampMs >= 0 && timestampMs <= TIMESTAMP_MS_MAX ? timestampMs : undefined
}

function momentOf({ groups = {} }: RegExpExecArray): number | undefined {
  if (groups['isoYear'] === undefined) {
    const { day, month = '', year, logHours, logMinutes, logSeconds, logZone } = groups
    const local = localMs(year, MONTHS.indexOf(month) + 1, day, logHours, logMinutes, logSeconds)
    return sinceEpoch(local, logZone)
  }
  const { isoYear, isoMonth, isoDay, isoHours, isoMinutes, isoSeconds = 0, fraction = '' } = groups
  const local = localMs(isoYear, isoMonth, isoDay, isoHours, isoMinutes, isoSeconds)
  const ms = fraction === '' ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'))
  return sinceEpoch(local + ms, groups['isoZone'] ?? groups['shortZone'])
}

type Digits = string | number | undefined

/** NaN for what no calendar and no clock has. */
function localMs(
  yearDigits: Digits,
  monthDigits: Digits,
  dayDigits: Digits,
  hours: Digits,
  minutes: Digits,
  seconds: Digits,
): number {
  const [year, month, day] = [Number(yearDigits), Number(monthDigits), Number(dayDigits)]
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return Number.NaN
  // JavaScript takes February 30 for March 2.
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return Number.NaN
  return Date.UTC(year, month - 1, day, Number(hours), Number(minutes), Number(seconds))
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function sinceEpoch(local: number, zone: string | undefined): number | undefined {
  const timestampMs = local - zoneMs(zone ?? '')
  return timestampMs >= 0 ? timestampMs : undefined
}

/** `+0200`, `+02:00` and `+02`; anything else is UTC. */
function zoneMs(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -ms : ms
}
