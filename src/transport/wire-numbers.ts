// Admission of what comes as 64-bit numbers and enum names, and the words of the broker as those of the wire. proto-loader
// rounds integers above 2^53; none of these functions lets one through.
import type { Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { DurabilityName, OffsetPositionName } from '../protocol/grpc/messages.ts'

/** On the wire: there is no such offset or time. */
export const ABSENT = -1

const DURABILITIES: Readonly<Record<DurabilityName, Durability | undefined>> = {
  DURABILITY_UNSPECIFIED: undefined,
  DURABILITY_NONE: 'none',
  DURABILITY_WRITTEN: 'written',
  DURABILITY_SYNCED: 'synced',
}

const DURABILITY_NAMES: Readonly<Record<Durability, DurabilityName>> = {
  none: 'DURABILITY_NONE',
  written: 'DURABILITY_WRITTEN',
  synced: 'DURABILITY_SYNCED',
}

/** Undefined: the topic's own setting. The wire check let only known names through. */
export function durabilityOf(name: DurabilityName): Durability | undefined {
  return DURABILITIES[name]
}

export function durabilityName(durability: Durability): DurabilityName {
  return DURABILITY_NAMES[durability]
}

/**
 * @param field named in the error where there is more than one
 * @throws VarveError INVALID_TIMESTAMP when it is negative or beyond 2^53 - 1.
 */
export function admitTimestamp(timestampMs: number, field?: string): number {
  if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return timestampMs
  throw new VarveError(
    'INVALID_TIMESTAMP',
    `${field ?? 'a timestamp'} must be from 0 to 2^53-1 milliseconds, not ${timestampMs}`,
    field === undefined ? {} : { details: { field } },
  )
}

/** @throws VarveError INVALID_OFFSET, with the field, when it is negative or beyond 2^53 - 1. */
export function admitOffsetOf(value: number, field: string): Offset {
  if (Number.isSafeInteger(value) && value >= 0) return value as Offset
  throw new VarveError('INVALID_OFFSET', `${field} must be from 0 to 2^53-1, not ${value}`, {
    details: { field },
  })
}

/**
 * A moment to look for. The end of time is a fair question: no record is that late.
 * @throws VarveError INVALID_TIMESTAMP when it is negative
 */
export function admitMoment(timestampMs: number, field?: string): number {
  return timestampMs > Number.MAX_SAFE_INTEGER
    ? Number.MAX_SAFE_INTEGER
    : admitTimestamp(timestampMs, field)
}

/** @throws VarveError UNKNOWN_ENUM when it names none */
export function namedPosition(
  name: OffsetPositionName | undefined,
  field = 'position',
): 'earliest' | 'latest' | 'max-timestamp' {
  switch (name) {
    case 'OFFSET_POSITION_EARLIEST':
      return 'earliest'
    case 'OFFSET_POSITION_LATEST':
      return 'latest'
    case 'OFFSET_POSITION_MAX_TIMESTAMP':
      return 'max-timestamp'
    case 'OFFSET_POSITION_UNSPECIFIED':
    case undefined:
      throw new VarveError('UNKNOWN_ENUM', `${field} must be earliest, latest or max timestamp`, {
        details: { field },
      })
  }
}

/** @throws VarveError INVALID_ARGUMENT when it is negative. */
export function admitCount(value: number, field: string): number {
  if (value >= 0) return value
  throw new VarveError('INVALID_ARGUMENT', `${field} must not be negative, but is ${value}`, {
    details: { field },
  })
}

/** @throws VarveError INVALID_ARGUMENT when it is not exact: beyond 2^53 - 1 either way. */
export function admitInteger(value: number, field: string): number {
  if (Number.isSafeInteger(value)) return value
  throw new VarveError('INVALID_ARGUMENT', `${field} must be within 2^53-1, but is ${value}`, {
    details: { field },
  })
}

/** @param text what is missing, where "must be set" is too little to say */
export function missingField(field: string, text = `${field} must be set`): VarveError {
  return new VarveError('MISSING_FIELD', text, { details: { field } })
}
