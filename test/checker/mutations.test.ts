// For each class one thing done wrong to a random history that is in order: it must be found, every time.
import { expect, test } from 'vitest'
import type { CheckClass } from '../../src/history-check/check-class.ts'
import { checkHistory } from '../../src/history-check/check-history.ts'
import type { HistoryBuilder } from '../../src/history-check/history-builder.ts'
import { seeded } from '../support/seed.ts'
import { generateHistory } from './generate-history.ts'
import { type PlainHistory, type PlainPoll, type PlainRead, toldPlain } from './plain-history.ts'

const LATE = 100_000

/** All that the last final reader was given of a partition: at least three records, in one answer. */
interface Target {
  readonly poll: PlainPoll
  readonly read: PlainRead
  readonly length: number
}

/** First the history is altered, then something is told besides. */
interface Mutation {
  readonly plain?: (history: PlainHistory, target: Target) => void
  readonly told?: (builder: HistoryBuilder) => void
}

const span = { invokedAt: LATE + 4, endedAt: LATE + 5 }
const everyRead = ({ polls }: PlainHistory): PlainRead[] => polls.flatMap(({ reads }) => reads)
const member = (builder: HistoryBuilder, name: string, at: number, memberEpoch: number): void => {
  builder.rebalanced({
    ...{ group: 'g', member: name, process: builder.process(name), memberEpoch, at },
    ...{ assigned: [0], revoked: [] },
  })
}
const commit = (builder: HistoryBuilder, offset: number, at: number, memberEpoch = 1): void => {
  builder.commit({
    ...{ group: 'g', key: 0, offset, member: 'm', memberEpoch, allowRewind: false },
    ...{ invokedAt: at, endedAt: at + 1, outcome: 'ok' },
  })
}
const sendAfter = (history: PlainHistory, base: number, at: number): void => {
  const values = [1_000_000 + at]
  history.sends.push({ process: 'z', key: 'x', values, from: at, to: at + 1, outcome: 'ok', base })
}

const MUTATIONS: Readonly<Record<CheckClass, Mutation>> = {
  C1: { plain: (_, { read }) => (read.values[0] = read.values[1] ?? 0) },
  C2: { plain: (_, { read }) => read.values.push(read.values[0] ?? 0) },
  C3: { plain: (_, { read }) => (read.values[1] = 777_777) },
  C4: {
    plain: ({ sends }, { read }) => {
      const send = sends.find(({ values }) => values.includes(read.values[0] ?? 0))
      if (send !== undefined) Object.assign(send, { outcome: 'fail', base: undefined, to: LATE })
    },
  },
  C5: {
    plain: (history, { read }) => {
      Object.assign(
        history.sends.find(({ values }) => values.includes(read.values[0] ?? 0)) ?? {},
        {
          outcome: 'ok',
          base: 0,
          to: LATE,
        },
      )
      for (const one of everyRead(history)) {
        if (one.key === read.key && one.at === 0) one.values[0] = Number.NaN
      }
    },
  },
  C6: {
    plain: (history) => {
      sendAfter(history, LATE, LATE)
    },
  },
  C7: {
    plain: ({ sends }, { read }) => {
      const send = sends.find(({ values }) => values[0] === read.values[0])
      if (send !== undefined) Object.assign(send, { outcome: 'ok', base: LATE, to: LATE })
    },
  },
  C8: {
    plain: (history) => {
      for (const { reads } of history.polls) for (const read of reads) if (read.at > 0) read.at += 7
      for (const { reads } of history.polls) {
        for (const read of [...reads]) {
          if (read.at > 0 || read.values.length < 2) continue
          reads.push({ key: read.key, at: 8, values: read.values.splice(1) })
        }
      }
    },
  },
  C9: {
    plain: (history, { read, length }) => {
      const values = [LATE, LATE + 1]
      const send = { process: 'z', key: read.key, values, from: LATE, to: undefined }
      history.sends.push({ ...send, outcome: 'info', base: undefined })
      read.values[length - 1] = LATE
    },
  },
  C10: {
    plain: ({ polls }, { poll, read }) => {
      const rest = { key: read.key, at: 2, values: read.values.splice(2) }
      read.values.pop()
      polls.push({ ...poll, from: LATE, to: LATE + 1, reads: [rest] })
    },
  },
  C11: { plain: ({ polls }, { poll }) => polls.push({ ...poll, from: LATE, to: LATE + 1 }) },
  C12: {
    plain: (_, { poll, read }) => {
      poll.reads.push({ key: read.key, at: 2, values: read.values.splice(2) })
      read.values.pop()
    },
  },
  C13: {
    plain: (history) => {
      sendAfter(history, LATE, LATE)
      sendAfter(history, LATE - 1, LATE + 1)
    },
  },
  C14: {
    // A history may have no acknowledged send at all in which something could be before.
    plain: (history) => {
      sendAfter(history, LATE, LATE)
      sendAfter(history, 0, LATE + 2)
    },
  },
  C15: {
    plain: ({ bounds }, { read, length }) => {
      const told = { key: read.key, from: LATE, to: LATE + 1, start: 0 }
      bounds.push({ ...told, highWatermark: length - 1 })
    },
  },
  C16: {
    plain: ({ polls }, { poll, read }) => {
      const before = {
        process: 'z',
        from: poll.from - 2,
        to: poll.from - 1,
        outcome: 'ok',
      } as const
      polls.push({ ...before, reads: [{ ...read, values: [...read.values] }] })
      read.values.pop()
    },
  },
  C17: {
    told: (builder) => {
      builder.toldBounds(0, { logStart: 5 }, { invokedAt: LATE, endedAt: LATE + 1 })
      builder.toldBounds(0, { logStart: 4 }, span)
    },
  },
  C18: {
    told: (builder) => {
      builder.toldBounds(0, { epoch: 5 }, { invokedAt: LATE, endedAt: LATE + 1 })
      builder.toldBounds(0, { epoch: 4 }, span)
    },
  },
  C19: {
    told: (builder) => {
      commit(builder, 2, LATE)
      commit(builder, 1, LATE + 2)
    },
  },
  C20: {
    told: (builder) => {
      commit(builder, 2, LATE)
      builder.committed({ group: 'g', key: 0, offset: 1, ...span })
    },
  },
  C21: {
    told: (builder) => {
      commit(builder, LATE, LATE)
    },
  },
  C22: {
    told: (builder) => {
      member(builder, 'm', LATE, 1)
      member(builder, 'n', LATE + 1, 1)
      commit(builder, 1, LATE + 2)
    },
  },
  C23: {
    told: (builder) => {
      member(builder, 'm', LATE, 1)
      member(builder, 'n', LATE + 1, 2)
      commit(builder, 1, LATE + 2)
    },
  },
  C24: {
    told: (builder) => {
      member(builder, 'm', LATE, 1)
      commit(builder, 1, LATE + 2)
      member(builder, 'n', LATE + 5, 2)
      const poll = builder.pollBegan(builder.process('n'), LATE + 6)
      builder.pollRead(poll, 0, 2, [3])
      builder.pollEnded(poll, 'ok', LATE + 7)
    },
  },
  C25: {
    told: (builder) => {
      // The others may have left something open, and are gone.
      for (const process of ['p0', 'p1', 'p2', 'p3']) {
        builder.nemesis({ kind: 'stop', process: builder.process(process), at: LATE })
      }
      builder.pollBegan(builder.process('z'), LATE)
    },
  },
  C26: {
    told: (builder) => {
      builder.nemesis({ kind: 'rot', key: 0, fromOffset: 0, endOffset: 9, at: LATE })
      const poll = builder.pollBegan(builder.process('z'), LATE)
      builder.pollRead(poll, 0, 0, [Number.NaN])
      builder.pollEnded(poll, 'ok', LATE + 1)
    },
  },
  C27: {
    told: (builder) => {
      builder.nemesis({ kind: 'recovery', key: 0, reported: ['damaged'], at: LATE })
    },
  },
}

/** Classes that can be broken in more than one way. */
const FURTHER: readonly (readonly [name: CheckClass, what: string, mutation: Mutation])[] = [
  [
    'C2',
    'a record that came a second time, far behind',
    {
      plain: ({ polls }, { poll, read, length }) => {
        const again = { key: read.key, at: length, values: [read.values[0] ?? 0] }
        polls.push({ ...poll, process: 'z', from: LATE, to: LATE + 1, reads: [again] })
      },
    },
  ],
  [
    'C3',
    'bytes that are no value of this run',
    { plain: (_, { read }) => (read.values[1] = Number.NaN) },
  ],
  [
    'C9',
    'a batch whose records stand in another order',
    {
      plain: (history, { read, length }) => {
        const values = [LATE, LATE + 1]
        const send = { process: 'z', key: read.key, values, from: LATE, to: undefined }
        history.sends.push({ ...send, outcome: 'info', base: undefined })
        read.values.splice(length - 2, 2, LATE + 1, LATE)
      },
    },
  ],
  [
    'C12',
    'the same records twice in one answer',
    { plain: (_, { poll, read }) => poll.reads.push({ ...read, values: [...read.values] }) },
  ],
  [
    'C15',
    'an end before what was told before',
    {
      told: (builder) => {
        builder.toldBounds(0, { highWatermark: LATE }, { invokedAt: LATE, endedAt: LATE + 1 })
        builder.toldBounds(0, { highWatermark: LATE - 1 }, span)
      },
    },
  ],
  [
    'C15',
    'an end before what was acknowledged as synced',
    {
      told: (builder) => {
        const send = builder.sendBegan(builder.process('z'), 0, [LATE], LATE)
        builder.sendAcknowledged(send, { at: LATE + 1, baseOffset: LATE, durability: 'synced' })
        builder.toldBounds(0, { highWatermark: LATE }, span)
      },
    },
  ],
  [
    'C15',
    'an end before it in the answer to a poll',
    {
      told: (builder) => {
        builder.toldBounds(0, { highWatermark: LATE }, { invokedAt: LATE, endedAt: LATE + 1 })
        const poll = builder.pollBegan(builder.process('z'), LATE + 2)
        builder.pollTold(poll, 0, { highWatermark: LATE - 1 })
        builder.pollEnded(poll, 'ok', LATE + 3)
      },
    },
  ],
  [
    'C17',
    'a readable end that goes back',
    {
      told: (builder) => {
        builder.toldBounds(0, { highWatermark: LATE }, { invokedAt: LATE, endedAt: LATE + 1 })
        builder.toldBounds(0, { highWatermark: LATE - 1 }, span)
      },
    },
  ],
  [
    'C18',
    'an epoch that goes back from one acknowledgement to the next',
    {
      told: (builder) => {
        for (const [index, epoch] of [7, 6].entries()) {
          const at = LATE + 2 * index
          const send = builder.sendBegan(builder.process('z'), 0, [at], at)
          builder.sendAcknowledged(send, { at: at + 1, baseOffset: at, epoch })
        }
      },
    },
  ],
  [
    'C18',
    'two starts of the broker that acknowledge under one epoch',
    {
      told: (builder) => {
        for (const [index, incarnation] of ['one', 'other'].entries()) {
          const at = LATE + 2 * index
          const send = builder.sendBegan(builder.process('z'), 0, [at], at)
          builder.sendAcknowledged(send, { at: at + 1, baseOffset: at, epoch: 7, incarnation })
        }
      },
    },
  ],
  [
    'C20',
    'a commit of which nothing is left',
    {
      told: (builder) => {
        commit(builder, 2, LATE)
        builder.committed({ group: 'g', key: 0, offset: undefined, ...span })
      },
    },
  ],
  [
    'C25',
    'a partition that nobody owns long after all is well',
    {
      told: (builder) => {
        const process = builder.process('z')
        builder.subscribed({ group: 'g', process, keys: [0], at: LATE })
        builder.nemesis({ kind: 'heal', at: LATE })
      },
    },
  ],
  [
    'C26',
    'a record of another place that is served for altered bytes',
    {
      plain: (_, { read }) => read.values.splice(0, 2, read.values[1] ?? 0, read.values[0] ?? 0),
      told: (builder) => {
        builder.nemesis({ kind: 'rot', key: 0, fromOffset: 0, endOffset: 9, at: 0 })
      },
    },
  ],
  [
    'C27',
    'a torn tail of which no recovery speaks',
    {
      told: (builder) => {
        builder.nemesis({ kind: 'fault', key: 0, fault: 'torn', isCertain: true, at: LATE })
        builder.nemesis({ kind: 'recovery', key: 0, reported: [], at: LATE + 1 })
      },
    },
  ],
]

/** A history in order whose last final reader was given `x` in one answer. */
function untouched(seed: number): { readonly history: PlainHistory; readonly target: Target } {
  for (let attempt = 0; ; attempt++) {
    const history = generateHistory(`${seed} ${attempt}`, 30)
    const polls = history.polls.filter(
      ({ process, reads }) => process === 'g' && reads[0]?.key === 'x',
    )
    const [poll, ...others] = polls
    const [read] = poll?.reads ?? []
    if (poll === undefined || read === undefined) continue
    read.values.push(...others.flatMap(({ reads }) => reads.flatMap(({ values }) => values)))
    for (const other of others) other.reads = []
    if (read.values.length < 3) continue
    return { history, target: { poll, read, length: read.values.length } }
  }
}

/** Does it to histories of many seeds. */
function checkFound(name: CheckClass, mutation: Mutation): void {
  const { seed, runs } = seeded('CHECKER', 10)
  for (let run = 0; run < runs; run++) {
    const { history, target } = untouched(seed + run)
    const liveness = { within: 10, endedAt: 2 * LATE }
    mutation.plain?.(history, target)
    const builder = toldPlain(history)
    mutation.told?.(builder)
    const { counts } = checkHistory(builder.build(), name === 'C25' ? { liveness } : {})
    expect(Object.keys(counts), `seed ${seed + run}`).toContain(name)
  }
}

test.each(Object.entries(MUTATIONS) as [CheckClass, Mutation][])(
  '%s is found wherever it is done',
  checkFound,
)

test.each(FURTHER)('%s is found in %s', (name, _what, mutation) => {
  checkFound(name, mutation)
})
