// The options of a consumer with their defaults, checked.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
import type { Assignment, ConsumerOptions, ReadEnd, StartPosition } from './consumer-types.ts'
import { requireTimestamp } from './list-offsets.ts'
import { type KnownOptions, refuseUnknown, requireInteger, requireOneOf } from './option-check.ts'

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

/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<ConsumerOptions> = {
  topics: true,
  assign: true,
  from: true,
  until: true,
  maxRecords: true,
  mode: true,
  fetchBytes: true,
  prefetchBytes: true,
  minBytes: true,
  maxWaitMs: true,
  verifyChecksums: true,
  onOutOfRange: true,
  onCorrupt: true,
  outageMaxMs: true,
  metadataMaxAgeMs: true,
  signal: true,
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkConsumerOptions(options: ConsumerOptions): ConsumerSettings {
  refuseUnknown('a consumer', options, OPTIONS)
  const topics =
    typeof options.topics === 'string' ? [options.topics] : [...new Set(options.topics ?? [])]
  const assign = options.assign ?? []
  if (topics.length > 0 && assign.length > 0) {
    throw new VarveError('INVALID_ARGUMENT', 'a consumer reads either topics or what is assigned')
  }
  checkAssignments(assign)
  const from = options.from ?? 'earliest'
  checkStart(from)
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
    verifyChecksums: options.verifyChecksums ?? true,
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
export function checkAssignments(assignments: readonly Assignment[]): void {
  const seen = new Set<string>()
  for (const assignment of assignments) {
    checkAssignment(assignment)
    const { topic, partition } = assignment
    // A number has no slash: the last one parts the two.
    const name = `${topic}/${partition}`
    if (seen.has(name)) {
      throw new VarveError('INVALID_ARGUMENT', `${name} is assigned twice`, {
        details: { topic, partition },
      })
    }
    seen.add(name)
  }
}

function checkAssignment(assignment: Assignment): void {
  requireInteger('partition', assignment.partition)
  if (assignment.offset !== undefined) checkStart(assignment.offset)
  if (assignment.until !== undefined) checkEnd(assignment.until)
}

/** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
export function checkStart(start: StartPosition): void {
  if (typeof start === 'number') admitOffset(start)
  else if (typeof start === 'string') requireOneOf('from', start, ['earliest', 'latest'])
  else requireTimestamp(start.timestampMs)
}

function checkEnd(end: ReadEnd): void {
  if (typeof end === 'string') requireOneOf('until', end, ['end'])
  else if ('offset' in end) admitOffset(end.offset)
  else requireTimestamp(end.timestampMs)
}
