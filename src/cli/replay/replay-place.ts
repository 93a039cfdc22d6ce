// Where a replay begins or ends, as people write it. A bare number is an offset, as everywhere; a moment has a date in it.
import type { ReplayPosition } from '../../client/index.ts'
import { UsageError } from '../exit-code.ts'
import { integerOption, parseDuration, parseMoment, quoted } from '../option-values.ts'

const FORMS =
  'earliest, latest, an offset, a moment such as 2026-07-01T12:00:00Z, a time ago such as -10m, group:NAME or group:NAME@MOMENT'

/**
 * Reads a value of `--from` or `--to`.
 * @param nowMs what times ago count from
 * @throws UsageError
 */
export function parseReplayPlace(name: string, text: string, nowMs: number): ReplayPosition {
  if (text === 'earliest' || text === 'latest') return text
  if (/^\d+$/.test(text)) return integerOption(name, 0)(text)
  if (text.startsWith('group:')) return parseGroup(name, text.slice('group:'.length), nowMs)
  if (/^-|^\d{4}-/.test(text)) return { timestampMs: parseMomentOrAgo(name, text, nowMs) }
  throw new UsageError(`${name} must be ${FORMS}, not ${quoted(text)}`)
}

/** A moment, or a time ago such as `-10m`. @throws UsageError */
export function parseMomentOrAgo(name: string, text: string, nowMs: number): number {
  if (!text.startsWith('-')) return parseMoment(name, text)
  // Elsewhere a bare number is milliseconds; here it would be meant as so many records.
  if (/^-\d+$/.test(text)) {
    throw new UsageError(
      `${name} must have a unit for a time ago, such as -10m, not ${quoted(text)}`,
    )
  }
  const agoMs = parseDuration(`${name}, for a time ago,`, text.slice(1))
  return Math.max(0, nowMs - agoMs)
}

/** What follows the last @ is a moment when it looks like one: groups may have an @ in their names. */
function parseGroup(name: string, text: string, nowMs: number): ReplayPosition {
  const at = text.lastIndexOf('@')
  const moment = text.slice(at + 1)
  const hasMoment = at !== -1 && /^(?:-?\d|-P)/.test(moment)
  const group = hasMoment ? text.slice(0, at) : text
  if (group === '') throw new UsageError(`${name} names no group: write group:NAME`)
  if (!hasMoment) return { group }
  return { group, asOfMs: parseMomentOrAgo(`${name} group:${group}@`, moment, nowMs) }
}
