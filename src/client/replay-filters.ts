// The filters of a replay, checked, as the wire has them.
import { LIMITS } from '../domain/limits.ts'
import { shownValue } from '../domain/shown-value.ts'
import type {
  ReplayFilter as FilterMessage,
  ReplayMatch as MatchMessage,
} from '../protocol/grpc/messages.ts'
import { requireTimestamp } from './list-offsets.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireBoolean,
  requireList,
  requireText,
} from './option-check.ts'
import type { ReplayFilter, ReplayMatch } from './replay-types.ts'

type TimeFilter = Extract<ReplayFilter, { readonly time: object }>['time']

const MATCH: KnownOptions<ReplayMatch> = {
  equals: true,
  anyOf: true,
  prefix: true,
  suffix: true,
  present: true,
}
/** What one of them may be together with. */
const ON_KEY = { key: true, not: true } as const
const ON_HEADER = { header: true, not: true, ...MATCH } as const
const ON_TIME = { time: true, not: true } as const
const TIME: KnownOptions<TimeFilter> = { fromMs: true, beforeMs: true }

/** @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP */
export function checkFilters(filters: readonly ReplayFilter[]): FilterMessage[] {
  requireList('filters', filters, "[{ key: { prefix: 'order-' } }]")
  const max = LIMITS.replayFiltersMax
  if (filters.length > max) {
    throw refusal('filters', `a replay may have ${max} filters, not ${filters.length}`)
  }
  return filters.map(checkFilter)
}

function checkFilter(filter: ReplayFilter): FilterMessage {
  refuseUnknown('a filter', filter, { ...ON_KEY, ...ON_HEADER, ...ON_TIME })
  const not = requireBoolean('not', filter.not ?? false)
  if ('key' in filter) {
    refuseUnknown('a filter on the key', filter, ON_KEY)
    refuseUnknown('key', filter.key, MATCH)
    return { key: matchOf('key', filter.key), not }
  }
  if ('header' in filter) {
    refuseUnknown('a filter on a header', filter, ON_HEADER)
    const name = requireText('header', filter.header)
    return { header: { name, value: matchOf('header', filter) }, not }
  }
  if ('time' in filter) {
    refuseUnknown('a filter on the time', filter, ON_TIME)
    return { time: timeOf(filter.time), not }
  }
  throw refusal('filters', 'a filter has one of key, header and time')
}

function matchOf(what: string, match: ReplayMatch): MatchMessage {
  const given = Object.keys(MATCH).filter((name) => name in match)
  if (given.length !== 1) {
    const kinds = Object.keys(MATCH).join(', ')
    const found = given.length === 0 ? 'none' : given.join(' and ')
    throw refusal(what, `a filter on ${what} has exactly one of ${kinds}, not ${found}`)
  }
  if ('equals' in match) return { anyOf: { values: [bytesOf('equals', match.equals)] } }
  if ('prefix' in match) return { prefix: bytesOf('prefix', match.prefix) }
  if ('suffix' in match) return { suffix: bytesOf('suffix', match.suffix) }
  if ('present' in match) return { present: requireBoolean('present', match.present) }
  requireList('anyOf', match.anyOf, "['one', 'two']")
  const max = LIMITS.replayFilterValuesMax
  const count = match.anyOf.length
  if (count < 1 || count > max) {
    throw refusal('anyOf', `anyOf must have from 1 to ${max} values, not ${count}`)
  }
  return { anyOf: { values: match.anyOf.map((value) => bytesOf('anyOf', value)) } }
}

function bytesOf(name: string, value: string | Uint8Array): Buffer {
  if (typeof value === 'string') return Buffer.from(value)
  if ((value as unknown) instanceof Uint8Array) return Buffer.from(value)
  throw refusal(name, `${name} must be text or bytes, not ${shownValue(value)}`)
}

function timeOf(time: TimeFilter): NonNullable<FilterMessage['time']> {
  refuseUnknown('time', time, TIME)
  const { fromMs, beforeMs } = time
  if (fromMs === undefined && beforeMs === undefined) {
    throw refusal('time', 'a filter on the time has fromMs, beforeMs or both')
  }
  return {
    ...(fromMs === undefined ? {} : { fromMs: requireTimestamp(fromMs) }),
    ...(beforeMs === undefined ? {} : { beforeMs: requireTimestamp(beforeMs) }),
  }
}
