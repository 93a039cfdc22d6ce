// Offsets at which more than one record was seen: C1, and C16 where one was read before the other was asked for. There are
// none in a sound history; those that there are, are looked at once more with epochs and times.
import type { Findings } from './findings.ts'
import { type History, type KeyId, OK, OPEN, UNKNOWN } from './history.ts'
import type { ObservedLog } from './observed-log.ts'

/** One record at one offset: when it was seen there, and under which epoch. */
interface Sighting {
  readonly value: number
  epoch: number
  /** Infinity when it was only acknowledged. */
  firstReadAt: number
  /** When the last poll began that gave it. */
  lastAskedAt: number
}

type SightingsByOffset = Map<number, Sighting[]>

export function checkConflicts(observed: ObservedLog, findings: Findings): void {
  for (const [key, log] of observed.logs.entries()) {
    if (log.conflicts.size > 0) checkConflictsOf(key, [...log.conflicts.keys()], observed, findings)
  }
}

function checkConflictsOf(
  key: KeyId,
  offsets: readonly number[],
  { history, excuses }: ObservedLog,
  findings: Findings,
): void {
  const sightings: SightingsByOffset = new Map(offsets.map((offset) => [offset, []]))
  const sorted = Float64Array.from(offsets).sort()
  collectReads(history, key, sorted, sightings)
  collectAcknowledgements(history, key, sorted, sightings)
  for (const [offset, seen] of sightings) {
    const isLost = excuses.isLost(key, offset)
    const clash = pairs(seen).find(
      ([a, b]) => !isLost || (a.epoch === b.epoch && a.epoch !== UNKNOWN),
    )
    if (clash !== undefined) {
      const text = seen.map(({ value, epoch }) => `${value} (epoch ${epoch})`).join(' and ')
      findings.add('C1', key, offset, () => `both ${text} were seen here`)
    }
    const gone = pairs(seen)
      .flatMap(([a, b]) => [[a, b] as const, [b, a] as const])
      .find(([before, after]) => before.firstReadAt < after.lastAskedAt)
    if (gone !== undefined && !excuses.isMissingRightly(key, offset)) {
      const [before, after] = gone
      findings.add('C16', key, offset, () => `${before.value} was read, and ${after.value} later`)
    }
  }
}

function pairs<T>(list: readonly T[]): (readonly [T, T])[] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other) => [one, other] as const))
}

function collectReads(
  { polls, reads, readValues }: History,
  key: KeyId,
  offsets: Float64Array,
  sightings: SightingsByOffset,
): void {
  for (let read = 0; read < reads.poll.length; read++) {
    if (reads.key.get(read) !== key) continue
    const first = reads.firstOffset.get(read)
    const poll = reads.poll.get(read)
    const endedAt =
      polls.outcome.get(poll) === OPEN ? Number.POSITIVE_INFINITY : polls.endedAt.get(poll)
    for (const offset of within(offsets, first, first + reads.valuesCount.get(read))) {
      const value = readValues.get(reads.valuesStart.get(read) + offset - first)
      if (Number.isNaN(value)) continue
      const sighting = sightingOf(sightings.get(offset) ?? [], value)
      sighting.epoch = Math.max(sighting.epoch, reads.epoch.get(read))
      sighting.firstReadAt = Math.min(sighting.firstReadAt, endedAt)
      sighting.lastAskedAt = Math.max(sighting.lastAskedAt, polls.invokedAt.get(poll))
    }
  }
}

function collectAcknowledgements(
  { sends, sentValues }: History,
  key: KeyId,
  offsets: Float64Array,
  sightings: SightingsByOffset,
): void {
  for (let send = 0; send < sends.key.length; send++) {
    if (sends.key.get(send) !== key || sends.outcome.get(send) !== OK) continue
    const first = sends.baseOffset.get(send)
    for (const offset of within(offsets, first, first + sends.valuesCount.get(send))) {
      const value = sentValues.get(sends.valuesStart.get(send) + offset - first)
      const sighting = sightingOf(sightings.get(offset) ?? [], value)
      sighting.epoch = Math.max(sighting.epoch, sends.epoch.get(send))
    }
  }
}

function sightingOf(list: Sighting[], value: number): Sighting {
  const known = list.find((one) => one.value === value)
  if (known !== undefined) return known
  const sighting = {
    value,
    epoch: UNKNOWN,
    firstReadAt: Number.POSITIVE_INFINITY,
    lastAskedAt: Number.NEGATIVE_INFINITY,
  }
  list.push(sighting)
  return sighting
}

/** Those of sorted offsets that lie in a range. */
function within(offsets: Float64Array, start: number, end: number): Float64Array {
  const lowest = firstAtLeast(offsets, start)
  let highest = lowest
  while (highest < offsets.length && (offsets[highest] as number) < end) highest += 1
  return offsets.subarray(lowest, highest)
}

function firstAtLeast(sorted: Float64Array, limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}
