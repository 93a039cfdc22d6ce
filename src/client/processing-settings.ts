// The options of processing in a group with their defaults, checked.
import { LIMITS } from '../domain/limits.ts'
import { shownValue } from '../domain/shown-value.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireInteger,
  requireOneOf,
} from './option-check.ts'
import type {
  BatchHandler,
  Decoder,
  FailureRule,
  RecordHandler,
  RetryRule,
  RunOptions,
} from './processing-types.ts'

export interface ProcessingSettings {
  /** Exactly one of the two is there. */
  readonly handler: RecordHandler<unknown, unknown> | undefined
  readonly batchHandler: BatchHandler | undefined
  /** Handlers at a time, of all partitions. */
  readonly runningMax: number
  /** Of one partition. */
  readonly partitionRunningMax: number
  readonly aheadMax: number
  readonly onFailure: FailureRule
  /** Infinity: never. */
  readonly handlerTimeoutMs: number
  readonly decodeKey: Decoder<unknown> | undefined
  readonly decodeValue: Decoder<unknown> | undefined
}

/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<RunOptions> = {
  handler: true,
  batchHandler: true,
  concurrency: true,
  aheadMax: true,
  onFailure: true,
  handlerTimeoutMs: true,
  decode: true,
}
const CONCURRENCY: KnownOptions<{ partitions?: number; keys?: number }> = {
  partitions: true,
  keys: true,
}
const DECODE: KnownOptions<NonNullable<RunOptions['decode']>> = { key: true, value: true }
const RETRY: KnownOptions<RetryRule> = { attempts: true, backoffMs: true, then: true }

const AHEAD_MAX_DEFAULT = 1_000

/** @throws VarveError INVALID_ARGUMENT */
export function checkRunOptions<Key, Value>(options: RunOptions<Key, Value>): ProcessingSettings {
  refuseUnknown('run', options, OPTIONS)
  const { handler, batchHandler, decode } = options
  if ((handler === undefined) === (batchHandler === undefined)) {
    throw refusal('handler', 'run takes either a handler or a batchHandler')
  }
  requireFunction('handler', handler)
  requireFunction('batchHandler', batchHandler)
  const { partitions, keys } = checkConcurrency(options.concurrency ?? 1)
  if (batchHandler !== undefined && keys > 1) {
    throw refusal('concurrency', 'a batchHandler works on one batch of a partition at a time')
  }
  if (decode !== undefined) refuseUnknown('decode', decode, DECODE)
  if (batchHandler !== undefined && decode !== undefined) {
    throw refusal('decode', 'a batchHandler gets bytes: decode belongs to a handler')
  }
  requireFunction('decode.key', decode?.key)
  requireFunction('decode.value', decode?.value)
  return {
    // What the decoders make is what the handler takes: its types say so, and nothing here looks at it.
    handler: handler as RecordHandler<unknown, unknown> | undefined,
    batchHandler,
    runningMax: partitions * keys,
    partitionRunningMax: keys,
    aheadMax: requireInteger('aheadMax', options.aheadMax ?? AHEAD_MAX_DEFAULT, {
      min: 1,
      max: LIMITS.consumerAheadMax,
    }),
    onFailure: checkFailureRule(options.onFailure ?? 'stop'),
    handlerTimeoutMs: requireInteger('handlerTimeoutMs', options.handlerTimeoutMs ?? Infinity, {
      min: 1,
      unlimited: true,
    }),
    decodeKey: decode?.key,
    decodeValue: decode?.value,
  }
}

function checkConcurrency(concurrency: NonNullable<RunOptions['concurrency']>): {
  partitions: number
  keys: number
} {
  const bounds = { min: 1, max: LIMITS.consumerHandlersMax }
  if (typeof concurrency !== 'object') {
    return { partitions: 1, keys: requireInteger('concurrency', concurrency, bounds) }
  }
  refuseUnknown('concurrency', concurrency, CONCURRENCY)
  const partitions = requireInteger('concurrency.partitions', concurrency.partitions ?? 1, bounds)
  const keys = requireInteger('concurrency.keys', concurrency.keys ?? 1, bounds)
  requireInteger('concurrency.partitions * concurrency.keys', partitions * keys, bounds)
  return { partitions, keys }
}

function checkFailureRule(rule: FailureRule): FailureRule {
  if (typeof rule === 'function') return rule
  if (typeof rule !== 'object') {
    return requireOneOf<'stop' | 'skip'>('onFailure', rule, ['stop', 'skip'])
  }
  refuseUnknown('onFailure', rule, { retry: true })
  refuseUnknown('onFailure.retry', rule.retry, RETRY)
  const { attempts, backoffMs, then } = rule.retry
  requireInteger('onFailure.retry.attempts', attempts, { min: 1, unlimited: true })
  if (backoffMs !== undefined) requireInteger('onFailure.retry.backoffMs', backoffMs)
  if (then !== undefined) requireOneOf('onFailure.retry.then', then, ['stop', 'skip'])
  return rule
}

function requireFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw refusal(name, `${name} must be a function, not ${shownValue(value)}`)
}
