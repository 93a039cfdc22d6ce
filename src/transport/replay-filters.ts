// The filters of a replay session, from messages to predicates. Which oneofs must be set, and how many items there may be, was checked
// with the request as a whole.
import type { BytesMatch, RecordPredicate } from '../broker/replay/record-filter.ts'
import { RecordFilter } from '../broker/replay/record-filter.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { presentFields } from '../domain/present-fields.ts'
import type {
  ReplayFilterOutput,
  ReplayMatchOutput,
  ReplayTimeMatchOutput,
} from '../protocol/grpc/messages.ts'
import { admitMoment, missingField } from './wire-numbers.ts'

/**
 * The predicates of a session keep copies: what they compare with is small, the request that it came in may not be.
 * @param field where the filters are in the request
 * @throws VarveError MISSING_FIELD · INVALID_ARGUMENT · INVALID_TIMESTAMP
 */
export function filterOf(filters: readonly ReplayFilterOutput[], field: string): RecordFilter {
  const max = LIMITS.replayFilterBytesMax
  if (bytesOf(filters) > max) {
    const rule = `may compare with ${max} bytes in all: name fewer or shorter values`
    throw new VarveError('INVALID_ARGUMENT', `${field} ${rule}`, { details: { field, max } })
  }
  return new RecordFilter(filters.map((filter, index) => predicateOf(filter, `${field}[${index}]`)))
}

/** Of everything that the filters compare with. */
function bytesOf(filters: readonly ReplayFilterOutput[]): number {
  let bytes = 0
  for (const { key, header } of filters) {
    const { anyOf, prefix, suffix } = key ?? header?.value ?? {}
    bytes += Buffer.byteLength(header?.name ?? '') + (prefix?.length ?? 0) + (suffix?.length ?? 0)
    for (const value of anyOf?.values ?? []) bytes += value.length
  }
  return bytes
}

function predicateOf(filter: ReplayFilterOutput, field: string): RecordPredicate {
  const { key, header, time, not: isNot } = filter
  if (key) return { on: 'key', match: matchOf(key, `${field}.key`), isNot }
  if (header) {
    const { name, value } = header
    if (name === '') throw missingField(`${field}.header.name`)
    if (value === null) throw missingField(`${field}.header.value`)
    return { on: 'header', name, match: matchOf(value, `${field}.header.value`), isNot }
  }
  if (time) return { on: 'time', ...stretchOf(time, `${field}.time`), isNot }
  throw missingField(`${field}.on`)
}

function matchOf(match: ReplayMatchOutput, field: string): BytesMatch {
  const { anyOf, prefix, suffix, present } = match
  if (anyOf) {
    if (anyOf.values.length === 0) throw missingField(`${field}.any_of.values`)
    return { kind: 'any-of', values: anyOf.values.map((value) => Buffer.from(value)) }
  }
  if (prefix !== undefined) return { kind: 'prefix', bytes: Buffer.from(prefix) }
  if (suffix !== undefined) return { kind: 'suffix', bytes: Buffer.from(suffix) }
  if (present !== undefined) return { kind: 'present', isPresent: present }
  throw missingField(`${field}.match`)
}

function stretchOf(
  { fromMs, beforeMs }: ReplayTimeMatchOutput,
  field: string,
): { readonly fromMs?: number; readonly beforeMs?: number } {
  if (fromMs === undefined && beforeMs === undefined) {
    throw missingField(`${field}.from_ms`, `${field} must have from_ms, before_ms or both`)
  }
  const stretch = {
    fromMs: fromMs === undefined ? undefined : admitMoment(fromMs, `${field}.from_ms`),
    beforeMs: beforeMs === undefined ? undefined : admitMoment(beforeMs, `${field}.before_ms`),
  }
  if (stretch.fromMs !== undefined && stretch.beforeMs !== undefined) {
    if (stretch.fromMs >= stretch.beforeMs) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        `${field}.from_ms must be below before_ms: ${stretch.fromMs} is not below ${stretch.beforeMs}`,
        { details: { field: `${field}.from_ms` } },
      )
    }
  }
  return presentFields(stretch)
}
