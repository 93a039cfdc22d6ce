// What a replay into a topic saves, as text: what was told, and how far it is. Looked at like any other input when it comes back.
import { VarveError } from '../domain/error.ts'
import type { ReplayIntoOptions, ReplayIntoState } from './replay-into-types.ts'
import { checkPositions } from './replay-positions.ts'

export function encodeState(state: ReplayIntoState): string {
  return `${JSON.stringify(state)}\n`
}

/** @throws VarveError INVALID_ARGUMENT when it is no such text, or of a replay that was told something else */
export function decodeState(text: string, told: string): ReplayIntoState {
  let state: unknown
  try {
    state = JSON.parse(text)
  } catch (error) {
    throw unusable('it is no JSON', error)
  }
  if (typeof state !== 'object' || state === null) throw unusable('it is no object')
  const { version, before, round, targets } = state as Partial<ReplayIntoState>
  if (version !== 1) throw unusable(`its version is ${String(version)}, not 1`)
  if (!Array.isArray(round) || !Array.isArray(targets) || before === undefined) {
    throw unusable('parts of it are missing')
  }
  const saved = state as ReplayIntoState
  if (saved.told !== told) {
    throw new VarveError(
      'INVALID_ARGUMENT',
      'what was saved is of another replay: of other topics, partitions, filters, or into another topic. Give it the same, or another place to save to',
    )
  }
  checkPositions(saved.before)
  for (const place of round as readonly unknown[]) {
    checkStretch(place, 'offset', 'nextOffset')
  }
  for (const target of targets as readonly unknown[]) {
    checkStretch(target, 'baseOffset', 'endOffset')
  }
  if (typeof saved.isDone !== 'boolean') throw unusable('parts of it are missing')
  return saved
}

/** A partition, and where in it a stretch begins and ends: the fields of these names. */
function checkStretch(value: unknown, start: string, end: string): void {
  if (typeof value !== 'object' || value === null) throw unusable('a place in it is none')
  const place = value as Readonly<Record<string, unknown>>
  if (typeof place['topic'] !== 'string' || !isCount(place['partition'])) {
    throw unusable('a place in it is none')
  }
  const [first, next] = [place[start], place[end]]
  if (!isCount(first) || !isCount(next) || next < first) {
    throw unusable('an offset in it is none')
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** What decides which records go where: the same for all runs that belong together. Starts and ends were found by the first of them. */
export function toldOf(options: ReplayIntoOptions): string {
  const { topics, sources, follow, filters, into, partitioning = 'keep' } = options
  const places = sources?.map(({ topic, partition }) => ({ topic, partition }))
  return JSON.stringify({ topics, sources: places, follow, filters, into, partitioning })
}

function unusable(why: string, cause?: unknown): VarveError {
  return new VarveError('INVALID_ARGUMENT', `what was saved of the replay cannot be used: ${why}`, {
    ...(cause === undefined ? {} : { cause }),
  })
}
