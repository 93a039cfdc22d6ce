// A history as a list of events in the order of time, to be written as lines and read by people. Invariant: HistoryReader makes of them a history that
// is judged alike.
//
//   { "i": 7, "t": 12.5, "p": "producer 0", "type": "invoke", "f": "send", "op": 3, "value": { "k": "orders/0", "vs": [41, 42] } }
//   { "i": 9, "t": 14.1, "p": "producer 0", "type": "ok", "f": "send", "op": 3, "value": { "base": 10, "n": 2, "synced": true }, "srv": "..." }
//
// `type` is `invoke`, then `ok`, `fail` or `info` (nobody knows) for the same `op`; `event` for what has no end. `f`: send, poll, assign, offsets,
// commit, committed, reset, subscribe, rebalance, nemesis, final; the first line is `keys`. `t` is in the unit of whoever recorded.
import { type History, type KeyId, type Nemesis, OK, OPEN, UNKNOWN } from './history.ts'
import type { Outcome } from './outcome.ts'

export type EventFunction =
  | 'keys'
  | 'send'
  | 'poll'
  | 'assign'
  | 'offsets'
  | 'commit'
  | 'committed'
  | 'reset'
  | 'subscribe'
  | 'rebalance'
  | 'nemesis'
  | 'final'

export interface HistoryEvent {
  /** Undefined for what is said of the whole history. */
  readonly t: number | undefined
  readonly p: string | undefined
  readonly type: 'invoke' | Outcome | 'event'
  readonly f: EventFunction
  /** Pairs an invocation with its end; of one `f`. */
  readonly op: number | undefined
  readonly value: Readonly<Record<string, unknown>>
  /** The start of the broker that answered. */
  readonly srv: string | undefined
}

/** [offset, value, epoch]: null for a record that is none of ours, -1 for an epoch that is not known. */
type ReadRecord = readonly [offset: number, value: number | null, epoch: number]

/** Where an event stands among those of the same moment. */
interface Placed {
  readonly event: HistoryEvent
  readonly at: number
  readonly lane: number
  readonly rank: number
}

const OUTCOMES = ['info', 'ok', 'fail', 'info'] as const
const SENDS = 0
/** Polls, and what moves readers: their order decides. */
const POLLS = 1
const OTHERS = 2

/** All of it: what has no time first, then everything in the order of time. */
export function historyEvents(history: History): HistoryEvent[] {
  const placed = [
    ...sendEvents(history),
    ...pollEvents(history),
    ...repositionEvents(history),
    ...rebalanceEvents(history),
    ...otherEvents(history),
  ]
  placed.sort((a, b) => a.at - b.at || a.lane - b.lane || a.rank - b.rank)
  return [...generalEvents(history), ...placed.map(({ event }) => event)]
}

function generalEvents({ keys, finalReaders, processes }: History): HistoryEvent[] {
  const always = { t: undefined, op: undefined, srv: undefined, type: 'event' } as const
  return [
    { ...always, p: undefined, f: 'keys', value: { keys } },
    ...finalReaders.map((process) => {
      return { ...always, p: processes[process], f: 'final' as const, value: {} }
    }),
  ]
}

function* sendEvents(history: History): Iterable<Placed> {
  const { sends, sentValues, processes, keys, incarnations } = history
  for (let op = 0; op < sends.key.length; op++) {
    const p = processes[sends.process.get(op)]
    const k = keys[sends.key.get(op)]?.name
    const n = sends.valuesCount.get(op)
    const start = sends.valuesStart.get(op)
    const vs = Array.from({ length: n }, (_, index) => sentValues.get(start + index))
    const at = sends.invokedAt.get(op)
    const send = { p, f: 'send', op } as const
    const value = { k, vs }
    const begun = { ...send, t: at, type: 'invoke', value, srv: undefined } as const
    yield { event: begun, at, lane: SENDS, rank: 2 * op }
    const outcome = sends.outcome.get(op)
    if (outcome === OPEN) continue
    const endedAt = sends.endedAt.get(op)
    const told = { base: sends.baseOffset.get(op), n, epoch: sends.epoch.get(op) }
    const ended = {
      ...{ ...send, t: endedAt, type: OUTCOMES[outcome] ?? 'info' },
      value: outcome === OK ? { k, ...told, synced: sends.isSynced.get(op) === 1 } : { k },
      srv: incarnations[sends.incarnation.get(op)],
    }
    yield { event: ended, at: endedAt, lane: SENDS, rank: 2 * op + 1 }
  }
}

function* pollEvents(history: History): Iterable<Placed> {
  const { polls, processes } = history
  const records = recordsByPoll(history)
  for (let op = 0; op < polls.process.length; op++) {
    const p = processes[polls.process.get(op)]
    const at = polls.invokedAt.get(op)
    const poll = { p, f: 'poll', op, srv: undefined } as const
    yield {
      event: { ...poll, t: at, type: 'invoke', value: {} },
      ...{ at, lane: POLLS, rank: 2 * op },
    }
    const given = records.get(op)
    const outcome = polls.outcome.get(op)
    // What an open poll gave was given nevertheless.
    if (outcome === OPEN && given === undefined) continue
    const endedAt = outcome === OPEN ? at : polls.endedAt.get(op)
    const type = outcome === OPEN ? 'event' : (OUTCOMES[outcome] ?? 'info')
    const value = given === undefined ? {} : { records: given }
    yield {
      event: { ...poll, t: endedAt, type, value },
      ...{ at: endedAt, lane: POLLS, rank: 2 * op + 1 },
    }
  }
}

/** Stretches in the order in which they were given: `[k, [...records]]`. */
export type ReadStretch = readonly [k: string, records: readonly ReadRecord[]]

function recordsByPoll({ reads, readValues, keys }: History): Map<number, ReadStretch[]> {
  const byPoll = new Map<number, ReadStretch[]>()
  for (let read = 0; read < reads.poll.length; read++) {
    const start = reads.valuesStart.get(read)
    const first = reads.firstOffset.get(read)
    const epoch = reads.epoch.get(read)
    const records = Array.from({ length: reads.valuesCount.get(read) }, (_, index): ReadRecord => {
      const value = readValues.get(start + index)
      return [first + index, Number.isNaN(value) ? null : value, epoch]
    })
    const stretch = [keys[reads.key.get(read)]?.name ?? '', records] as const
    const poll = reads.poll.get(read)
    const known = byPoll.get(poll)
    if (known === undefined) byPoll.set(poll, [stretch])
    else known.push(stretch)
  }
  return byPoll
}

function* repositionEvents({
  repositions,
  rebalances,
  processes,
  keys,
}: History): Iterable<Placed> {
  const told = new Set(
    rebalances.flatMap(({ process, at, assigned, revoked }) =>
      [...assigned, ...revoked].map((key) => `${process} ${key} ${at}`),
    ),
  )
  for (const [index, one] of repositions.entries()) {
    const { process, key, offset, at, poll } = one
    // A rebalance says it itself.
    if (offset === undefined && told.has(`${process} ${key} ${at}`)) continue
    const next = repositions[index + 1]
    const isUnderWay =
      offset === undefined &&
      next?.offset === undefined &&
      next?.process === process &&
      next.key === key &&
      next.at === at &&
      next.poll === poll + 1
    const value = { k: keys[key]?.name, offset: offset ?? null }
    const always = { type: 'event', f: 'assign', op: undefined, srv: undefined } as const
    // While a poll is under way it stands behind its begin, else before the begin of the next one.
    const rank = isUnderWay ? 2 * poll + 0.5 : 2 * poll - 0.5
    yield { event: { ...always, t: at, p: processes[process], value }, at, lane: POLLS, rank }
  }
}

function* rebalanceEvents({ rebalances, processes, keys, polls }: History): Iterable<Placed> {
  for (const { group, member, process, memberEpoch, at, assigned, revoked, poll } of rebalances) {
    const names = (ids: readonly KeyId[]): (string | undefined)[] => ids.map((id) => keys[id]?.name)
    const value = { group, member, memberEpoch, assigned: names(assigned), revoked: names(revoked) }
    const always = { type: 'event', f: 'rebalance', op: undefined, srv: undefined } as const
    const isUnderWay = poll < polls.process.length && polls.invokedAt.get(poll) <= at
    const rank = isUnderWay ? 2 * poll + 0.5 : 2 * poll - 0.5
    yield { event: { ...always, t: at, p: processes[process], value }, at, lane: POLLS, rank }
  }
}

function* otherEvents(history: History): Iterable<Placed> {
  const { keys, processes, incarnations } = history
  const name = (key: KeyId): string | undefined => keys[key]?.name
  let rank = 0
  let op = 0
  const event = (f: EventFunction, at: number, more: Partial<HistoryEvent>): Placed => {
    const always = { t: at, p: undefined, type: 'event', op: undefined, value: {}, srv: undefined }
    return { event: { ...always, f, ...more } as HistoryEvent, at, lane: OTHERS, rank: rank++ }
  }
  /** Begin and end of something of which only the end has an answer. */
  const pair = (
    f: EventFunction,
    { invokedAt, endedAt }: { readonly invokedAt: number; readonly endedAt: number },
    asked: Readonly<Record<string, unknown>>,
    end: Partial<HistoryEvent>,
  ): Placed[] => {
    op++
    return [
      event(f, invokedAt, { type: 'invoke', op, value: asked }),
      event(f, endedAt, { type: 'ok', op, value: asked, ...end }),
    ]
  }
  for (const one of history.bounds) {
    const { key, logStart, highWatermark, logEnd, epoch, incarnation = UNKNOWN } = one
    const value = { k: name(key), start: logStart, hw: highWatermark, leo: logEnd, epoch }
    yield* pair('offsets', one, { k: name(key) }, { value, srv: incarnations[incarnation] })
  }
  for (const one of history.commits) {
    const { group, key, offset, member, memberEpoch, allowRewind, outcome } = one
    const value = { group, k: name(key), offset, member, memberEpoch, allowRewind }
    yield* pair('commit', one, value, { type: outcome })
  }
  for (const one of history.committed) {
    const { group, key, offset = null } = one
    const asked = { group, k: name(key) }
    yield* pair('committed', one, asked, { value: { ...asked, offset } })
  }
  for (const one of history.commitResets) {
    yield* pair('reset', one, { group: one.group, k: name(one.key) }, {})
  }
  for (const { group, process, keys: ids, at } of history.subscriptions) {
    yield event('subscribe', at, { p: processes[process], value: { group, ks: ids.map(name) } })
  }
  for (const nemesis of history.nemeses) {
    yield event('nemesis', nemesis.at, { value: nemesisValue(nemesis, name, processes) })
  }
}

function nemesisValue(
  nemesis: Nemesis,
  name: (key: KeyId) => string | undefined,
  processes: readonly string[],
): Record<string, unknown> {
  const rest = Object.fromEntries(Object.entries(nemesis).filter(([field]) => field !== 'at'))
  return {
    ...rest,
    ...('key' in nemesis ? { key: name(nemesis.key) } : {}),
    ...('process' in nemesis ? { process: processes[nemesis.process] } : {}),
  }
}

/** The same as one line of JSON; what is undefined is left out. */
export function eventLine(event: HistoryEvent, index: number): string {
  return JSON.stringify({ i: index, ...event })
}

/** Lines without their line ends. */
export function* historyLines(history: History): Iterable<string> {
  for (const [index, event] of historyEvents(history).entries()) yield eventLine(event, index)
}
