// The options of a replay with their defaults, checked, and what goes to the broker in its words.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
import { presentFields } from '../domain/present-fields.ts'
import { shownValue } from '../domain/shown-value.ts'
import type {
  ReplayFilter as FilterMessage,
  ReplayPace as PaceMessage,
  ReplayPosition as PositionMessage,
  ReplaySource as SourceMessage,
} from '../protocol/grpc/messages.ts'
import { checkMoment, requireTimestamp } from './list-offsets.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireBoolean,
  requireInteger,
  requireList,
  requireOneOf,
  requireText,
} from './option-check.ts'
import { checkFilters } from './replay-filters.ts'
import { checkPositions } from './replay-positions.ts'
import type {
  ReplayOptions,
  ReplayPaceOptions,
  ReplayPosition,
  ReplayPositions,
  ReplaySource,
} from './replay-types.ts'

export interface ReplaySettings {
  /** Empty with `resume`. */
  readonly sources: readonly SourceMessage[]
  readonly resume: ReplayPositions | undefined
  readonly isFollowing: boolean
  readonly order: 'partition' | 'merged'
  readonly pace: PaceMessage
  readonly late: 'delay' | 'catch-up'
  readonly trouble: 'stop' | 'skip'
  readonly filters: readonly FilterMessage[]
  /** Empty: the broker makes one. */
  readonly sessionId: string
  readonly isPaused: boolean
  readonly prefetchBytes: number
  readonly progressIntervalMs: number
  readonly outageMaxMs: number
  readonly signal: AbortSignal | undefined
}

/** All of them, or this does not compile. */
const PACE_OPTIONS: KnownOptions<ReplayPaceOptions> = { speed: true, rate: true, gapMaxMs: true }
const OPTIONS: KnownOptions<ReplayOptions> = {
  topics: true,
  sources: true,
  resume: true,
  from: true,
  to: true,
  follow: true,
  order: true,
  late: true,
  trouble: true,
  filters: true,
  sessionId: true,
  paused: true,
  prefetchBytes: true,
  progressIntervalMs: true,
  outageMaxMs: true,
  signal: true,
  ...PACE_OPTIONS,
}
const SOURCE: KnownOptions<ReplaySource> = { topic: true, partition: true, from: true, to: true }
const GROUP: KnownOptions<Extract<ReplayPosition, { readonly group: string }>> = {
  group: true,
  asOfMs: true,
}
type Rate = NonNullable<ReplayPaceOptions['rate']>
const RATE: KnownOptions<Rate> = { recordsPerSecond: true, bytesPerSecond: true }

const MIB = 1024 * 1024

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkReplayOptions(options: ReplayOptions): ReplaySettings {
  refuseUnknown('a replay', options, OPTIONS)
  const { resume } = options
  if (resume !== undefined) checkPositions(resume)
  const sources = checkSources(options)
  const isFollowing = requireBoolean('follow', options.follow ?? false)
  if (isFollowing && hasEnd(sources, resume)) {
    throw refusal('follow', 'what follows has no end: give either follow or to')
  }
  const { speed, rate, gapMaxMs } = options
  return {
    sources,
    resume,
    isFollowing,
    order: requireOneOf('order', options.order ?? 'partition', ['partition', 'merged']),
    pace: paceOf({ ...presentFields({ speed, rate, gapMaxMs }) }),
    late: requireOneOf('late', options.late ?? 'delay', ['delay', 'catch-up']),
    trouble: requireOneOf('trouble', options.trouble ?? 'stop', ['stop', 'skip']),
    filters: checkFilters(options.filters ?? []),
    sessionId: requireText('sessionId', options.sessionId ?? resume?.sessionId ?? ''),
    isPaused: requireBoolean('paused', options.paused ?? false),
    prefetchBytes: requireInteger('prefetchBytes', options.prefetchBytes ?? 4 * MIB),
    progressIntervalMs: requireInteger('progressIntervalMs', options.progressIntervalMs ?? 1_000, {
      min: LIMITS.replayProgressMsMin,
      max: LIMITS.replayProgressMsMax,
    }),
    outageMaxMs: requireInteger('outageMaxMs', options.outageMaxMs ?? Infinity, {
      unlimited: true,
    }),
    signal: options.signal,
  }
}

/** @throws VarveError INVALID_ARGUMENT */
export function checkPace(options: ReplayPaceOptions): PaceMessage {
  refuseUnknown('a pace', options, PACE_OPTIONS)
  return paceOf(options)
}

/** A moment that all partitions go to, or their starts. @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP */
export function checkSeekTarget(to: 'start' | { readonly timestampMs: number }): void {
  if (to !== 'start') checkMoment('to', to, 'start or { timestampMs }')
}

function paceOf({ speed, rate, gapMaxMs }: ReplayPaceOptions): PaceMessage {
  if (speed !== undefined && rate !== undefined) {
    throw refusal('rate', 'a replay has either a speed or a rate')
  }
  if (typeof speed === 'number') {
    requireNumber('speed', speed, 0.1, 1_000)
    if (gapMaxMs !== undefined) requireInteger('gapMaxMs', gapMaxMs)
    return { speed, ...presentFields({ gapMaxMs }) }
  }
  if (speed !== undefined && (speed as unknown) !== 'max') {
    throw refusal('speed', `speed must be max or a number, not ${shownValue(speed)}`)
  }
  if (gapMaxMs !== undefined) {
    throw refusal('gapMaxMs', 'gapMaxMs goes with a speed in numbers: give speed, or leave it out')
  }
  return rate === undefined ? {} : rateOf(rate)
}

function rateOf(rate: Rate): PaceMessage {
  refuseUnknown('rate', rate, RATE)
  if (Object.keys(rate).length !== 1) {
    throw refusal('rate', 'a rate has either recordsPerSecond or bytesPerSecond')
  }
  if ('recordsPerSecond' in rate) {
    const { recordsPerSecond } = rate
    return { recordsPerSecond: requireNumber('recordsPerSecond', recordsPerSecond, 0.001, 1e7) }
  }
  const { bytesPerSecond } = rate
  return { bytesPerSecond: requireNumber('bytesPerSecond', bytesPerSecond, 1, 1e12) }
}

function checkSources({ topics, sources, resume, from, to }: ReplayOptions): SourceMessage[] {
  const given = [topics, sources, resume].filter((value) => value !== undefined)
  if (given.length !== 1) {
    throw new VarveError('INVALID_ARGUMENT', 'a replay has either topics, sources or resume')
  }
  if (resume !== undefined) {
    if (from === undefined && to === undefined) return []
    throw refusal('resume', 'what goes on has its places already: leave from and to out')
  }
  const list = sources ?? topicsOf(topics ?? []).map((topic): ReplaySource => ({ topic }))
  requireList('sources', list, "[{ topic: 'orders' }]")
  if (list.length === 0) {
    throw new VarveError('INVALID_ARGUMENT', 'nothing to replay: give a topic or a source')
  }
  return list.map((source) => checkSource(source, from, to))
}

function topicsOf(topics: string | readonly string[]): readonly string[] {
  if (typeof topics === 'string') return [topics]
  requireList('topics', topics, "['orders']")
  for (const topic of topics) requireText('topics', topic)
  return [...new Set(topics)]
}

function checkSource(
  source: ReplaySource,
  from: ReplayPosition | undefined,
  to: ReplayPosition | undefined,
): SourceMessage {
  refuseUnknown('a source', source, SOURCE)
  const { topic, partition } = source
  requireText('topic', topic)
  if (partition !== undefined) requireInteger('partition', partition)
  const start = positionOf('from', source.from ?? from ?? 'earliest')
  const end = source.to ?? to
  return {
    topic,
    start,
    ...presentFields({ partition }),
    ...(end === undefined ? {} : { end: positionOf('to', end) }),
  }
}

function positionOf(name: string, position: ReplayPosition): PositionMessage {
  if (typeof position === 'number') return { offset: admitOffset(position, name) }
  if (position === 'earliest') return { position: 'OFFSET_POSITION_EARLIEST' }
  if (position === 'latest') return { position: 'OFFSET_POSITION_LATEST' }
  if (isGroup(position)) {
    refuseUnknown(name, position, GROUP)
    const group = requireText('group', position.group)
    const { asOfMs } = position
    if (asOfMs !== undefined) requireTimestamp(asOfMs)
    return { group: { group, ...presentFields({ asOfMs }) } }
  }
  const choices = 'earliest, latest, an offset (a whole number), { timestampMs } or { group }'
  checkMoment(name, position, choices)
  return { timestampMs: position.timestampMs }
}

function isGroup(
  position: Exclude<ReplayPosition, string | number>,
): position is Extract<ReplayPosition, { readonly group: string }> {
  return typeof position === 'object' && (position as unknown) !== null && 'group' in position
}

function hasEnd(sources: readonly SourceMessage[], resume: ReplayPositions | undefined): boolean {
  const places = resume?.places ?? []
  return (
    sources.some(({ end }) => end !== undefined) ||
    places.some(({ endOffset }) => endOffset !== undefined)
  )
}

function requireNumber(name: string, value: number, min: number, max: number): number {
  if (Number.isFinite(value) && value >= min && value <= max) return value
  throw refusal(name, `${name} must be a number from ${min} to ${max}, not ${shownValue(value)}`)
}
