// The options of a producer with their defaults, checked.
import { DURABILITIES, type Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { shownValue } from '../domain/shown-value.ts'
import { CODEC_NAMES, type CodecName } from '../record/codec.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireInteger,
  requireOneOf,
} from './option-check.ts'
import { DEFAULT_BATCH_BYTES, DEFAULT_LINGER_MS } from './producer-defaults.ts'
import type { Partitioner, ProducerOptions } from './producer-types.ts'
import type { PropagationOption } from './trace-propagation.ts'

export interface ProducerSettings {
  readonly durability: Durability | undefined
  readonly compression: CodecName
  readonly batchBytes: number
  readonly lingerMs: number
  readonly bufferBytes: number
  readonly maxBlockMs: number
  readonly deliveryTimeoutMs: number
  readonly idempotence: boolean
  readonly maxInFlight: number
  readonly retryUnknown: boolean
  readonly partitioner: Partitioner | undefined
  readonly propagation: PropagationOption
  readonly metadataMaxAgeMs: number
}

const KIB = 1024
/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<ProducerOptions> = {
  durability: true,
  compression: true,
  batchBytes: true,
  lingerMs: true,
  bufferBytes: true,
  maxBlockMs: true,
  deliveryTimeoutMs: true,
  idempotence: true,
  maxInFlight: true,
  retryUnknown: true,
  partitioner: true,
  propagation: true,
  metadataMaxAgeMs: true,
}

/** @throws VarveError INVALID_ARGUMENT */
export function checkProducerOptions(options: ProducerOptions): ProducerSettings {
  refuseUnknown('a producer', options, OPTIONS)
  const bufferBytes = requireInteger('bufferBytes', options.bufferBytes ?? 32 * KIB * KIB, {
    min: KIB,
  })
  const { partitioner } = options
  if (partitioner !== undefined && typeof partitioner !== 'function') {
    throw refusal('partitioner', `partitioner must be a function, not ${shownValue(partitioner)}`)
  }
  const durability =
    options.durability === undefined
      ? undefined
      : requireOneOf('durability', options.durability, DURABILITIES)
  const idempotence = requireOneOf('idempotence', options.idempotence ?? durability !== 'none', [
    true,
    false,
  ])
  checkIdempotence(options, idempotence)
  if (!idempotence && Number.isSafeInteger(options.maxInFlight) && (options.maxInFlight ?? 1) > 1) {
    throw refusal(
      'maxInFlight',
      `maxInFlight must be 1 without idempotence, not ${options.maxInFlight}: a batch that is sent again would come behind later ones`,
    )
  }
  return {
    durability,
    compression: requireOneOf('compression', options.compression ?? 'none', CODEC_NAMES),
    batchBytes: requireInteger('batchBytes', options.batchBytes ?? DEFAULT_BATCH_BYTES, {
      min: 1,
      max: LIMITS.batchBytesMax,
    }),
    lingerMs: requireInteger('lingerMs', options.lingerMs ?? DEFAULT_LINGER_MS),
    bufferBytes,
    maxBlockMs: requireInteger('maxBlockMs', options.maxBlockMs ?? 60_000),
    deliveryTimeoutMs: requireInteger('deliveryTimeoutMs', options.deliveryTimeoutMs ?? 120_000, {
      min: 1,
    }),
    idempotence,
    maxInFlight: requireInteger('maxInFlight', options.maxInFlight ?? (idempotence ? 5 : 1), {
      min: 1,
      max: idempotence ? LIMITS.producerBatchesKept : 1,
    }),
    retryUnknown: requireOneOf('retryUnknown', options.retryUnknown ?? true, [true, false]),
    partitioner,
    propagation: checkPropagation(options.propagation ?? 'auto'),
    metadataMaxAgeMs: requireInteger('metadataMaxAgeMs', options.metadataMaxAgeMs ?? 60_000),
  }
}

function checkPropagation(option: PropagationOption): PropagationOption {
  return typeof option === 'function'
    ? option
    : requireOneOf('propagation', option, ['auto', 'off'] as const)
}

/** Contradictions are told, not resolved in silence. */
function checkIdempotence(options: ProducerOptions, idempotence: boolean): void {
  if (idempotence && options.durability === 'none') {
    throw new VarveError(
      'INVALID_ARGUMENT',
      'idempotence: true needs answers to wait for, which durability none does not give',
      { details: { option: 'idempotence' } },
    )
  }
  if (idempotence && options.retryUnknown === false) {
    throw new VarveError(
      'INVALID_ARGUMENT',
      'retryUnknown: false is for a producer with idempotence: false; an idempotent one stores nothing twice when it sends again',
      { details: { option: 'retryUnknown' } },
    )
  }
}
