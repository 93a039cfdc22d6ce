// The checks of what was told of partitions: the readable end (C15, C17), the start (C17), the epoch (C18). Each compares
// an answer with what had been proven before its question was asked.
import type { Findings } from './findings.ts'
import { type Bounds, type History, type KeyId, OK, UNKNOWN } from './history.ts'
import type { ObservedLog } from './observed-log.ts'
import { indexesByKey, sortedBy } from './sorted-indexes.ts'
import { type Lane, laneOf, sweepTime } from './time-sweep.ts'

export function checkBounds(observed: ObservedLog, findings: Findings): void {
  const { history } = observed
  const bounds = history.keys.map((): Bounds[] => [])
  for (const one of history.bounds) bounds[one.key]?.push(one)
  const sends = indexesByKey(history.sends.key, history.keys.length)
  const reads = indexesByKey(history.reads.key, history.keys.length)
  for (const [key, ofKey] of bounds.entries()) {
    const sendsOfKey = sends[key] as Int32Array
    if (ofKey.length > 0) {
      checkStale(key, ofKey, sendsOfKey, reads[key] as Int32Array, observed, findings)
      checkMonotone(key, ofKey, observed, findings)
    }
    checkEpochs(key, ofKey, sendsOfKey, history, findings)
    checkIncarnations(key, sendsOfKey, history, findings)
  }
}

/** C15. */
function checkStale(
  key: KeyId,
  bounds: readonly Bounds[],
  sends: Int32Array,
  reads: Int32Array,
  observed: ObservedLog,
  findings: Findings,
): void {
  const { history } = observed
  const { sends: sent, reads: read, polls } = history
  /** What was proven to be readable ends here. */
  let end = 0
  const asked = laneOf(
    bounds.filter(({ highWatermark }) => highWatermark !== undefined),
    ({ invokedAt }) => invokedAt,
    ({ highWatermark = 0 }) => {
      if (highWatermark >= end) return
      const readable = end - 1
      const text = (): string =>
        `the readable end was told as ${highWatermark}, after ${readable} was there`
      findings.add('C15', key, highWatermark, text)
    },
  )
  const told = laneOf(
    bounds,
    ({ endedAt }) => endedAt,
    ({ highWatermark = 0 }) => {
      end = Math.max(end, highWatermark)
    },
  )
  const acknowledged = {
    order: sortedBy(
      sends.filter((send) => sent.outcome.get(send) === OK && sent.isSynced.get(send) === 1),
      sent.endedAt,
    ),
    timeOf: (send: number) => sent.endedAt.get(send),
    visit: (send: number) => {
      end = Math.max(end, sent.baseOffset.get(send) + sent.valuesCount.get(send))
    },
  }
  const endOfPoll = (index: number): number => polls.endedAt.get(read.poll.get(index))
  const given = {
    order: reads
      .filter((index) => !Number.isNaN(endOfPoll(index)))
      .sort((a, b) => endOfPoll(a) - endOfPoll(b)),
    timeOf: endOfPoll,
    visit: (index: number) => {
      end = Math.max(end, read.firstOffset.get(index) + read.valuesCount.get(index))
    },
  }
  const losses = breaks(key, observed, (fromOffset) => {
    end = Math.min(end, fromOffset)
  })
  sweepTime([losses, asked, told, acknowledged, given, losses])
}

/** C17: within an epoch, and of a synced partition always. */
function checkMonotone(
  key: KeyId,
  bounds: readonly Bounds[],
  observed: ObservedLog,
  findings: Findings,
): void {
  const isSynced = observed.history.keys[key]?.durability === 'synced'
  const highest = new Map<string, number>()
  const values = (one: Bounds): (readonly [name: string, id: string, value: number])[] => {
    const epoch = isSynced ? '' : `${one.epoch ?? UNKNOWN}`
    return [
      ...(one.logStart === undefined ? [] : [['start', `start ${epoch}`, one.logStart] as const]),
      ...(one.highWatermark === undefined
        ? []
        : [['readable end', `end ${epoch}`, one.highWatermark] as const]),
    ]
  }
  const asked = laneOf(
    bounds,
    ({ invokedAt }) => invokedAt,
    (one) => {
      for (const [name, id, value] of values(one)) {
        const before = highest.get(id) ?? 0
        if (value >= before) continue
        findings.add('C17', key, value, () => `the ${name} was ${before} before, and ${value} now`)
      }
    },
  )
  const told = laneOf(
    bounds,
    ({ endedAt }) => endedAt,
    (one) => {
      for (const [, id, value] of values(one)) {
        highest.set(id, Math.max(highest.get(id) ?? 0, value))
      }
    },
  )
  const losses = breaks(key, observed, (fromOffset) => {
    for (const [id, value] of highest) {
      // What an epoch was told before it was cut, it is never told again; without an epoch nobody knows.
      if (id.startsWith('end') && (isSynced || id === `end ${UNKNOWN}` || fromOffset === 0)) {
        highest.set(id, Math.min(value, fromOffset))
      } else if (fromOffset === 0) highest.set(id, 0)
    }
  })
  sweepTime([losses, asked, told, losses])
}

/** Moments after which bounds may be lower: declared losses, and resets by an operator (from 0). */
function breaks(
  key: KeyId,
  { history, excuses }: ObservedLog,
  lower: (fromOffset: number) => void,
): Lane {
  const resets = history.nemeses.flatMap((nemesis) =>
    nemesis.kind === 'reset' && nemesis.key === key ? [{ fromOffset: 0, at: nemesis.at }] : [],
  )
  return laneOf(
    [...excuses.lossesOf(key), ...resets],
    ({ at }) => at,
    ({ fromOffset }) => {
      lower(fromOffset)
    },
  )
}

/** C18, first half: epochs of acknowledgements and bounds. */
function checkEpochs(
  key: KeyId,
  bounds: readonly Bounds[],
  sends: Int32Array,
  { sends: sent }: History,
  findings: Findings,
): void {
  let highest = UNKNOWN
  const check = (epoch: number, offset: number | undefined): void => {
    if (epoch === UNKNOWN || epoch >= highest) return
    const before = highest
    findings.add('C18', key, offset, () => `the epoch was ${before} before, and ${epoch} now`)
  }
  const acknowledged = sends.filter((send) => sent.outcome.get(send) === OK)
  const known = bounds.filter(({ epoch }) => epoch !== undefined)
  sweepTime([
    {
      order: sortedBy(acknowledged, sent.invokedAt),
      timeOf: (send) => sent.invokedAt.get(send),
      visit: (send) => {
        check(sent.epoch.get(send), sent.baseOffset.get(send))
      },
    },
    laneOf(
      known,
      ({ invokedAt }) => invokedAt,
      ({ epoch = UNKNOWN, highWatermark }) => {
        check(epoch, highWatermark)
      },
    ),
    {
      order: sortedBy(acknowledged, sent.endedAt),
      timeOf: (send) => sent.endedAt.get(send),
      visit: (send) => {
        highest = Math.max(highest, sent.epoch.get(send))
      },
    },
    laneOf(
      known,
      ({ endedAt }) => endedAt,
      ({ epoch = UNKNOWN }) => {
        highest = Math.max(highest, epoch)
      },
    ),
  ])
}

/** C18, second half: an epoch is of one start of the broker. */
function checkIncarnations(
  key: KeyId,
  sends: Int32Array,
  { sends: sent, incarnations }: History,
  findings: Findings,
): void {
  const owners = new Map<number, number>()
  for (const send of sends) {
    const epoch = sent.epoch.get(send)
    const incarnation = sent.incarnation.get(send)
    if (epoch === UNKNOWN || incarnation === UNKNOWN) continue
    const owner = owners.get(epoch) ?? incarnation
    owners.set(epoch, owner)
    if (owner === incarnation) continue
    const names = `${incarnations[owner] ?? ''} and ${incarnations[incarnation] ?? ''}`
    findings.add('C18', key, sent.baseOffset.get(send), () => `${names} share epoch ${epoch}`)
  }
}
