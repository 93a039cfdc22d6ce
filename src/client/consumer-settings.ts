// The options of a consumer with their defaults, checked.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
import type {
  Assignment,
  ConsumerOptions,
  ReadEnd,
  ReadingOptions,
  StartPosition,
  TopicPartition,
} from './consumer-types.ts'
import { checkMoment } from './list-offsets.ts'
import {
  type KnownOptions,
  refuseUnknown,
  requireInteger,
  requireList,
  requireObject,
  requireOneOf,
  requireText,
} from './option-check.ts'

export interface ConsumerSettings {
  readonly topics: readonly string[]
  readonly assign: readonly Assignment[]
  readonly from: StartPosition
  readonly until: ReadEnd | undefined
  readonly mode: 'subscribe' | 'fetch'
  readonly maxRecords: number
  readonly fetchBytes: number
  readonly prefetchBytes: number
  readonly minBytes: number
  readonly maxWaitMs: number
  readonly verifyChecksums: boolean
  readonly onOutOfRange: 'error' | 'earliest' | 'latest'
  readonly onCorrupt: 'error' | 'skip'
  readonly outageMaxMs: number
  readonly metadataMaxAgeMs: number
  readonly signal: AbortSignal | undefined
}

const MIB = 1024 * 1024

/** How records are read, whoever says which. All of them, or this does not compile. */
export const READING_OPTIONS: KnownOptions<ReadingOptions> = {
  mode: true,
  maxRecords: true,
  fetchBytes: true,
  prefetchBytes: true,
  minBytes: true,
  maxWaitMs: true,
  verifyChecksums: true,
  onOutOfRange: true,
  onCorrupt: true,
  outageMaxMs: true,
  signal: true,
}

/** Likewise. */
const OPTIONS: KnownOptions<ConsumerOptions> = {
  topics: true,
  assign: true,
  from: true,
  until: true,
  metadataMaxAgeMs: true,
  ...READING_OPTIONS,
}

const PLACE: KnownOptions<TopicPartition> = { topic: true, partition: true }
const ASSIGNMENT: KnownOptions<Assignment> = { ...PLACE, offset: true, until: true }

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkConsumerOptions(options: ConsumerOptions): ConsumerSettings {
  refuseUnknown('a consumer', options, OPTIONS)
  const topics = checkTopics(options.topics ?? [])
  const assign = options.assign ?? []
  checkAssignments('assign', assign)
  if (topics.length > 0 && assign.length > 0) {
    throw new VarveError('INVALID_ARGUMENT', 'a consumer reads either topics or what is assigned')
  }
  const from = options.from ?? 'earliest'
  checkStart('from', from)
  if (options.until !== undefined) checkEnd(options.until)
  const fetchBytes = requireInteger('fetchBytes', options.fetchBytes ?? MIB, {
    min: 1,
    max: LIMITS.fetchBytesMax,
  })
  return {
    topics,
    assign,
    from,
    until: options.until,
    mode: requireOneOf('mode', options.mode ?? 'subscribe', ['subscribe', 'fetch']),
    maxRecords: requireInteger('maxRecords', options.maxRecords ?? Infinity, { unlimited: true }),
    fetchBytes,
    prefetchBytes: requireInteger('prefetchBytes', options.prefetchBytes ?? 4 * MIB),
    minBytes: requireInteger('minBytes', options.minBytes ?? 1, { max: fetchBytes }),
    maxWaitMs: requireInteger('maxWaitMs', options.maxWaitMs ?? 5_000, {
      max: LIMITS.fetchWaitMsMax,
    }),
    verifyChecksums: requireOneOf('verifyChecksums', options.verifyChecksums ?? true, [
      true,
      false,
    ]),
    onOutOfRange: requireOneOf('onOutOfRange', options.onOutOfRange ?? 'error', [
      'error',
      'earliest',
      'latest',
    ]),
    onCorrupt: requireOneOf('onCorrupt', options.onCorrupt ?? 'error', ['error', 'skip']),
    outageMaxMs: requireInteger('outageMaxMs', options.outageMaxMs ?? Infinity, {
      unlimited: true,
    }),
    metadataMaxAgeMs: requireInteger('metadataMaxAgeMs', options.metadataMaxAgeMs ?? 60_000),
    signal: options.signal,
  }
}

/** @throws VarveError INVALID_ARGUMENT, also when a partition is there twice · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkAssignments(name: string, assignments: readonly Assignment[]): void {
  requireList(name, assignments, '[{ topic, partition, offset }]')
  const seen = new Set<string>()
  for (const assignment of assignments) {
    checkAssignment(assignment)
    const { topic, partition } = assignment
    // A number has no slash: the last one parts the two.
    const place = `${topic}/${partition}`
    if (seen.has(place)) {
      throw new VarveError('INVALID_ARGUMENT', `${place} is assigned twice`, {
        details: { topic, partition },
      })
    }
    seen.add(place)
  }
}

function checkAssignment(assignment: Assignment): void {
  refuseUnknown('an assignment', assignment, ASSIGNMENT)
  checkPlace(assignment)
  requireInteger('partition', assignment.partition)
  if (assignment.offset !== undefined) checkStart('offset', assignment.offset)
  if (assignment.until !== undefined) checkEnd(assignment.until)
}

/** Anything that has a topic and a partition, a record too. @throws VarveError INVALID_ARGUMENT */
export function checkPlace(place: TopicPartition): void {
  requireObject('a place', place, PLACE)
  requireText('topic', place.topic)
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkStart(name: string, start: StartPosition): void {
  if (typeof start === 'number') admitOffset(start, name)
  else if (start !== 'earliest' && start !== 'latest') {
    checkMoment(name, start, 'earliest, latest, an offset (a whole number) or { timestampMs }')
  }
}

function checkEnd(end: ReadEnd): void {
  if (end === 'end') return
  if (typeof end === 'object' && (end as unknown) !== null && 'offset' in end) {
    refuseUnknown('until', end, { offset: true })
    admitOffset(end.offset, 'until.offset')
  } else checkMoment('until', end, 'end, { offset } or { timestampMs }')
}

function checkTopics(topics: string | readonly string[]): readonly string[] {
  if (typeof topics === 'string') return [topics]
  requireList('topics', topics, "['orders']")
  for (const topic of topics) requireText('topics', topic)
  return [...new Set(topics)]
}
