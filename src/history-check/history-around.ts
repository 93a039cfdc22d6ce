// The part of a history that a finding is about: what concerns the offsets near it, and nothing else. Small enough to be read by a person.

import type { History, KeyId } from './history.ts'
import type { HistoryEvent, ReadStretch } from './history-events.ts'
import { historyEvents } from './history-events.ts'

/** Offsets on both sides of the one asked for. */
const DISTANCE_DEFAULT = 3

interface Range {
  readonly k: string
  readonly from: number
  /** Inclusive. */
  readonly to: number
}

/** @returns the events around an offset of a partition, in their order; answers hold only what lies in the range */
export function eventsAround(
  history: History,
  key: KeyId,
  offset: number,
  distance: number = DISTANCE_DEFAULT,
): HistoryEvent[] {
  const k = history.keys[key]?.name ?? ''
  const range = { k, from: Math.max(0, offset - distance), to: offset + distance }
  const events = historyEvents(history)
  const values = valuesSeen(events, range)
  const sends = new Set<number | undefined>()
  const kept: HistoryEvent[] = []
  for (const event of events) {
    if (event.f === 'send' && isSendAround(event, range, values)) sends.add(event.op)
  }
  const polls = new Set<number | undefined>()
  for (const event of events) {
    if (event.f === 'poll' && stretchesIn(event, range).length > 0) polls.add(event.op)
  }
  const committed = operationsAround(events, range)
  for (const event of events) {
    const { f, op } = event
    if (f === 'send' ? sends.has(op) : f === 'poll' && polls.has(op))
      kept.push(trimmed(event, range))
    else if (isKept(event, range, committed)) kept.push(event)
  }
  return kept
}

function isKept(event: HistoryEvent, range: Range, operations: ReadonlySet<string>): boolean {
  const { f, op, value } = event
  switch (f) {
    case 'keys':
    case 'final':
      return true
    case 'send':
    case 'poll':
      return false
    case 'nemesis':
      return value['key'] === undefined || value['key'] === range.k
    case 'rebalance':
      return [value['assigned'], value['revoked']].flat().includes(range.k)
    case 'subscribe':
      return (value['ks'] as string[]).includes(range.k)
    case 'assign':
      return value['k'] === range.k
    case 'offsets':
    case 'commit':
    case 'committed':
    case 'reset':
      return operations.has(`${f} ${op}`)
  }
}

/** Commits, answers and bounds that tell an offset of the range. */
function operationsAround(events: readonly HistoryEvent[], range: Range): ReadonlySet<string> {
  const operations = new Set<string>()
  for (const { f, op, value, type } of events) {
    if (type === 'invoke' || op === undefined || value['k'] !== range.k) continue
    const told = [value['offset'], value['hw'], value['start'], value['leo']]
    // One behind the last record of the range is still about it.
    const isNear = told.some(
      (at) => typeof at === 'number' && at >= range.from && at <= range.to + 1,
    )
    if (isNear || f === 'reset') operations.add(`${f} ${op}`)
  }
  return operations
}

function stretchesIn({ value }: HistoryEvent, { k, from, to }: Range): ReadStretch[] {
  return ((value['records'] ?? []) as ReadStretch[]).flatMap(([name, records]): ReadStretch[] => {
    const inside = records.filter(([at]) => at >= from && at <= to)
    return name === k && inside.length > 0 ? [[name, inside]] : []
  })
}

function valuesSeen(events: readonly HistoryEvent[], range: Range): ReadonlySet<unknown> {
  const values = new Set<unknown>()
  for (const event of events) {
    if (event.f !== 'poll') continue
    for (const [, records] of stretchesIn(event, range)) {
      for (const [, value] of records) if (value !== null) values.add(value)
    }
  }
  return values
}

/** Acknowledged there, or one of its records was read there. */
function isSendAround(
  { value }: HistoryEvent,
  { k, from, to }: Range,
  values: ReadonlySet<unknown>,
): boolean {
  const { base, n, vs } = value
  if (typeof base === 'number' && typeof n === 'number') {
    return value['k'] === k && base <= to && base + n > from
  }
  return Array.isArray(vs) && vs.some((one) => values.has(one))
}

function trimmed(event: HistoryEvent, range: Range): HistoryEvent {
  if (event.value['records'] === undefined) return event
  return { ...event, value: { ...event.value, records: stretchesIn(event, range) } }
}
