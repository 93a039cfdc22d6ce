// The options of a consumer in a group with their defaults, checked. What only the broker can judge (whether a group id is
// well-formed, a timeout within its limits) it judges.
import { LIMITS } from '../domain/limits.ts'
import {
  type ConsumerSettings,
  checkConsumerOptions,
  checkStart,
  READING_OPTIONS,
} from './consumer-settings.ts'
import type { ConsumerOptions, ReadingOptions } from './consumer-types.ts'
import type {
  AssignorName,
  GroupCloseOptions,
  GroupConsumerOptions,
  GroupStart,
} from './group-consumer-types.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireInteger,
  requireList,
  requireObject,
  requireOneOf,
  requireText,
} from './option-check.ts'

export interface GroupConsumerSettings {
  readonly group: string
  readonly topics: readonly string[]
  readonly instanceId: string | undefined
  readonly clientId: string
  /** Empty: what the others want. */
  readonly assignor: AssignorName | ''
  readonly weight: number
  /** 0: the broker's default. */
  readonly sessionTimeoutMs: number
  /** 0: the broker's default. */
  readonly rebalanceTimeoutMs: number
  readonly from: GroupStart
  /** Undefined: the program commits. */
  readonly commitIntervalMs: number | undefined
  /** Infinity: nothing is watched. */
  readonly stuckAfterMs: number
  readonly onPartitionsAssigned: GroupConsumerOptions['onPartitionsAssigned']
  readonly onPartitionsRevoked: GroupConsumerOptions['onPartitionsRevoked']
  readonly onPartitionsLost: GroupConsumerOptions['onPartitionsLost']
  readonly reading: ConsumerSettings
}

const COMMIT_INTERVAL_MS = 5_000
const CLOSE_TIMEOUT_MS = 10_000
const STUCK_AFTER_MS = 30_000
const ASSIGNORS: readonly AssignorName[] = [
  'uniform',
  'range',
  'round-robin',
  'weighted',
  'least-lag',
]

/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<GroupConsumerOptions> = {
  ...READING_OPTIONS,
  group: true,
  topics: true,
  instanceId: true,
  clientId: true,
  assignor: true,
  weight: true,
  sessionTimeoutMs: true,
  rebalanceTimeoutMs: true,
  from: true,
  autoCommit: true,
  stuckAfterMs: true,
  onPartitionsAssigned: true,
  onPartitionsRevoked: true,
  onPartitionsLost: true,
}

const CALLBACKS = ['onPartitionsAssigned', 'onPartitionsRevoked', 'onPartitionsLost'] as const

/** @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP */
export function checkGroupConsumerOptions(options: GroupConsumerOptions): GroupConsumerSettings {
  refuseUnknown('subscribe', options, OPTIONS)
  for (const name of CALLBACKS) {
    const callback: unknown = options[name]
    if (callback !== undefined && typeof callback !== 'function') {
      throw refusal(name, `${name} must be a function`)
    }
  }
  const { instanceId } = options
  return {
    group: requireText('group', options.group),
    topics: checkTopics(options.topics),
    instanceId: instanceId === undefined ? undefined : requireText('instanceId', instanceId),
    clientId: requireText('clientId', options.clientId ?? 'varve'),
    assignor:
      options.assignor === undefined ? '' : requireOneOf('assignor', options.assignor, ASSIGNORS),
    weight: requireInteger('weight', options.weight ?? 1, { min: 1, max: LIMITS.memberWeightMax }),
    sessionTimeoutMs: checkTimeout('sessionTimeoutMs', options.sessionTimeoutMs),
    rebalanceTimeoutMs: checkTimeout('rebalanceTimeoutMs', options.rebalanceTimeoutMs),
    from: checkFrom(options.from ?? 'earliest'),
    commitIntervalMs: checkAutoCommit(options.autoCommit ?? true),
    stuckAfterMs: requireInteger('stuckAfterMs', options.stuckAfterMs ?? STUCK_AFTER_MS, {
      min: 1,
      unlimited: true,
    }),
    onPartitionsAssigned: options.onPartitionsAssigned,
    onPartitionsRevoked: options.onPartitionsRevoked,
    onPartitionsLost: options.onPartitionsLost,
    reading: checkConsumerOptions(readingOptions(options)),
  }
}

/**
 * What a consumer was told of how it reads, for the group that it subscribes to.
 * @throws VarveError INVALID_ARGUMENT when it was told what to read, which the group decides
 */
export function inheritedOptions(options: ConsumerOptions): ReadingOptions {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(READING_OPTIONS, name)) continue
    throw refusal(name, `${name} is said in subscribe, not of the consumer that subscribes`)
  }
  return options
}

/** @throws VarveError INVALID_ARGUMENT */
export function checkGroupClose(
  options: GroupCloseOptions,
  instanceId: string | undefined,
): Required<GroupCloseOptions> {
  const known: KnownOptions<GroupCloseOptions> = { timeoutMs: true, isComingBack: true }
  refuseUnknown('close', options, known)
  const isComingBack = options.isComingBack ?? instanceId !== undefined
  requireOneOf('isComingBack', isComingBack, [true, false])
  if (isComingBack && instanceId === undefined) {
    throw refusal(
      'isComingBack',
      'isComingBack needs an instanceId: who has none is new every time',
    )
  }
  const timeoutMs = requireInteger('timeoutMs', options.timeoutMs ?? CLOSE_TIMEOUT_MS)
  return { timeoutMs, isComingBack }
}

function readingOptions(options: GroupConsumerOptions): ConsumerOptions {
  const names = Object.keys(READING_OPTIONS) as (keyof ReadingOptions)[]
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  )
}

function checkTopics(topics: string | readonly string[]): readonly string[] {
  const list = typeof topics === 'string' ? [topics] : topics
  requireList('topics', list, "['orders']")
  for (const topic of list) requireText('topics', topic)
  if (list.length === 0) throw refusal('topics', 'topics must name at least one topic')
  return [...new Set(list)]
}

function checkTimeout(name: string, value: number | undefined): number {
  return value === undefined ? 0 : requireInteger(name, value, { min: 1, max: 2 ** 31 - 1 })
}

function checkFrom(from: GroupStart): GroupStart {
  if (from !== 'none') {
    if (typeof from === 'number') {
      throw refusal('from', 'from must be earliest, latest, none or { timestampMs } in a group')
    }
    checkStart('from', from)
  }
  return from
}

function checkAutoCommit(autoCommit: GroupConsumerOptions['autoCommit']): number | undefined {
  if (autoCommit === false) return undefined
  if (autoCommit === true || autoCommit === undefined) return COMMIT_INTERVAL_MS
  requireObject('autoCommit', autoCommit, { intervalMs: true })
  refuseUnknown('autoCommit', autoCommit, { intervalMs: true })
  return requireInteger('autoCommit.intervalMs', autoCommit.intervalMs ?? COMMIT_INTERVAL_MS, {
    min: 1,
    max: 2 ** 31 - 1,
  })
}
