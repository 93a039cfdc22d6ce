// Histories as plain objects, which generators make, mutators alter and the reference checker reads; and how one is told to
// a builder, event by event in the order of time.
import { HistoryBuilder } from '../../src/history-check/history-builder.ts'

export interface PlainSend {
  readonly process: string
  readonly key: string
  readonly values: number[]
  readonly from: number
  /** Undefined: it never ended. */
  readonly to: number | undefined
  outcome: 'ok' | 'fail' | 'info'
  base: number | undefined
}

export interface PlainRead {
  readonly key: string
  at: number
  values: number[]
}

export interface PlainPoll {
  readonly process: string
  readonly from: number
  readonly to: number
  readonly outcome: 'ok' | 'info'
  reads: PlainRead[]
}

interface PlainSeek {
  readonly process: string
  readonly key: string
  readonly at: number
  readonly offset: number
}

interface PlainBounds {
  readonly key: string
  readonly from: number
  readonly to: number
  readonly start: number
  readonly highWatermark: number
}

export interface PlainHistory {
  readonly sends: PlainSend[]
  readonly polls: PlainPoll[]
  readonly seeks: PlainSeek[]
  readonly bounds: PlainBounds[]
  readonly finals: string[]
}

export const KEYS = ['x', 'y']

/** Something that is told at its time. */
export type Event = readonly [at: number, tell: () => void]

/**
 * Told to a builder; what more there is to tell may be told to it afterwards.
 * @param besides what must be told in its time, between all else
 */
export function toldPlain(
  plain: PlainHistory,
  besides: (builder: HistoryBuilder) => readonly Event[] = () => [],
): HistoryBuilder {
  const builder = new HistoryBuilder()
  for (const key of KEYS) builder.key(key)
  const events: Event[] = []
  for (const { process, key, values, from, to, outcome, base } of plain.sends) {
    let send = -1
    events.push([
      from,
      () => {
        send = builder.sendBegan(builder.process(process), builder.key(key), values, from)
      },
    ])
    if (to === undefined) continue
    events.push([
      to,
      () => {
        if (outcome === 'ok') builder.sendAcknowledged(send, { at: to, baseOffset: base ?? 0 })
        else builder.sendFailed(send, outcome, to)
      },
    ])
  }
  for (const { process, from, to, outcome, reads } of plain.polls) {
    let poll = -1
    events.push([
      from,
      () => {
        poll = builder.pollBegan(builder.process(process), from)
      },
    ])
    events.push([
      to,
      () => {
        for (const { key, at, values } of reads)
          builder.pollRead(poll, builder.key(key), at, values)
        builder.pollEnded(poll, outcome, to)
      },
    ])
  }
  for (const { process, key, at, offset } of plain.seeks) {
    events.push([
      at,
      () => {
        builder.positioned(builder.process(process), builder.key(key), offset, at)
      },
    ])
  }
  events.push(...besides(builder))
  for (const [, tell] of events.toSorted(([a], [b]) => a - b)) tell()
  for (const { key, from, to, start, highWatermark } of plain.bounds) {
    const told = { logStart: start, highWatermark }
    builder.toldBounds(builder.key(key), told, { invokedAt: from, endedAt: to })
  }
  for (const process of plain.finals) builder.finalReader(builder.process(process))
  return builder
}
