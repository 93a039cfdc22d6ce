// The options of a producer with their defaults, checked.
import { DURABILITIES, type Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { CODEC_NAMES, type CodecName } from '../record/codec.ts'
import { requireInteger, requireOneOf } from './option-check.ts'
import type { Partitioner, ProducerOptions } from './producer-types.ts'

export interface ProducerSettings {
  readonly durability: Durability | undefined
  readonly compression: CodecName
  readonly batchBytes: number
  readonly lingerMs: number
  readonly bufferBytes: number
  readonly maxBlockMs: number
  readonly deliveryTimeoutMs: number
  readonly retryUnknown: boolean
  readonly partitioner: Partitioner | undefined
  readonly metadataMaxAgeMs: number
}

const KIB = 1024

/** @throws VarveError INVALID_ARGUMENT */
export function checkProducerOptions(options: ProducerOptions): ProducerSettings {
  const bufferBytes = requireInteger('bufferBytes', options.bufferBytes ?? 32 * KIB * KIB, {
    min: KIB,
  })
  const { partitioner } = options
  if (partitioner !== undefined && typeof partitioner !== 'function') {
    throw new VarveError('INVALID_ARGUMENT', 'partitioner must be a function')
  }
  return {
    durability:
      options.durability === undefined
        ? undefined
        : requireOneOf('durability', options.durability, DURABILITIES),
    compression: requireOneOf('compression', options.compression ?? 'none', CODEC_NAMES),
    batchBytes: requireInteger('batchBytes', options.batchBytes ?? 128 * KIB, {
      min: 1,
      max: LIMITS.batchBytesMax,
    }),
    lingerMs: requireInteger('lingerMs', options.lingerMs ?? 5),
    bufferBytes,
    maxBlockMs: requireInteger('maxBlockMs', options.maxBlockMs ?? 60_000),
    deliveryTimeoutMs: requireInteger('deliveryTimeoutMs', options.deliveryTimeoutMs ?? 120_000, {
      min: 1,
    }),
    retryUnknown: options.retryUnknown ?? true,
    partitioner,
    metadataMaxAgeMs: requireInteger('metadataMaxAgeMs', options.metadataMaxAgeMs ?? 60_000),
  }
}
