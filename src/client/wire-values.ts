// Wire words to words of the client and back: enums, errors inside answers, and numbers that must be checked because
// int64 values above 2^53 arrive rounded.
import type { Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import type {
  DamagedRangeOutput,
  DurabilityName,
  PartitionConditionName,
  StatusOutput,
} from '../protocol/grpc/messages.ts'
import { fromStatus } from '../protocol/grpc/status.ts'
import type { DamageInfo, PartitionState } from './admin-types.ts'

const DURABILITY_NAMES = {
  none: 'DURABILITY_NONE',
  written: 'DURABILITY_WRITTEN',
  synced: 'DURABILITY_SYNCED',
} as const satisfies Record<Durability, DurabilityName>

/** Undefined asks for the topic's own setting. */
export function toWireDurability(durability: Durability | undefined): DurabilityName {
  return durability === undefined ? 'DURABILITY_UNSPECIFIED' : DURABILITY_NAMES[durability]
}

/** Undefined when the broker named none that is known here. */
export function fromWireDurability(name: DurabilityName): Durability | undefined {
  switch (name) {
    case 'DURABILITY_NONE':
      return 'none'
    case 'DURABILITY_WRITTEN':
      return 'written'
    case 'DURABILITY_SYNCED':
      return 'synced'
    case 'DURABILITY_UNSPECIFIED':
      return undefined
  }
}

export function fromWireCondition(name: PartitionConditionName): PartitionState {
  switch (name) {
    case 'PARTITION_CONDITION_HEALTHY':
      return 'healthy'
    case 'PARTITION_CONDITION_READ_ONLY':
      return 'read-only'
    case 'PARTITION_CONDITION_OPENING':
      return 'opening'
    case 'PARTITION_CONDITION_UNSPECIFIED':
      return 'unknown'
  }
}

export function fromWireDamage(ranges: readonly DamagedRangeOutput[]): DamageInfo[] {
  return ranges.map((range) => ({
    firstBad: wireInteger(range.firstBadOffset, 'first_bad_offset'),
    nextGood:
      range.nextGoodOffset === undefined
        ? undefined
        : wireInteger(range.nextGoodOffset, 'next_good_offset'),
  }))
}

/** The error of one part of an answer, with the topic and partition in its details. */
export function partError(
  status: StatusOutput,
  where: { readonly topic: string; readonly partition: number },
): VarveError {
  const error = fromStatus(status)
  return new VarveError(error.code, error.message, {
    details: { topic: where.topic, partition: where.partition, ...error.details },
  })
}

/** An int64 of an answer. @throws VarveError INTERNAL when it is not exact in a number */
export function wireInteger(value: number, name: string): number {
  if (Number.isSafeInteger(value)) return value
  throw new VarveError('INTERNAL', `the broker answered ${name} ${value}, beyond 2^53-1`)
}
