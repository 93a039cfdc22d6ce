// What groups, clocks and disks add to a small history, at random and in no order at all: for the comparison with the reference, and as plain objects, so
// that both are told the same.
import type { Commit, FaultKind } from '../../src/history-check/history.ts'
import type { HistoryBuilder } from '../../src/history-check/history-builder.ts'
import type { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { PlainHistory } from './plain-history.ts'

type Told<T> = Omit<T, 'group' | 'key' | 'endedAt' | 'invokedAt'> & {
  readonly from: number
  readonly to: number
}

/** From being told to have the partition to letting go of it. */
export interface PlainTenure {
  readonly member: string
  readonly memberEpoch: number
  readonly at: number
  /** Undefined: never. */
  readonly revokedAt: number | undefined
}

/** Of one group in the partition `x`. */
export interface PlainGroup {
  readonly tenures: PlainTenure[]
  readonly commits: Told<Commit>[]
  readonly committed: {
    readonly from: number
    readonly to: number
    readonly offset: number | undefined
  }[]
  readonly resets: { readonly from: number; readonly to: number }[]
  readonly epochs: { readonly from: number; readonly to: number; readonly epoch: number }[]
  readonly rots: { readonly at: number; readonly fromOffset: number; readonly endOffset: number }[]
  readonly faults: { readonly at: number; readonly fault: FaultKind; readonly isCertain: boolean }[]
  readonly reports: { readonly at: number; readonly reported: readonly FaultKind[] }[]
  /** Sends that never end, of a process that lives on. */
  readonly waiting: { readonly process: string; readonly at: number }[]
}

const FAULTS: readonly FaultKind[] = ['torn', 'damaged']
const MEMBERS = ['m', 'n']

export function generateGroup(history: PlainHistory, random: SeededRandom): PlainGroup {
  const draw = (below: number): number => random.integer(below)
  const end = Math.max(10, ...history.polls.map(({ to }) => to))
  const times = (most: number): number[] =>
    Array.from({ length: draw(most + 1) }, () => draw(end)).sort((a, b) => a - b)
  const span = (from: number): { from: number; to: number } => ({ from, to: from + draw(4) })
  const tenures = MEMBERS.flatMap((member) => {
    const starts = [...new Set(times(3))]
    return starts.map((at, index): PlainTenure => {
      const next = starts[index + 1] ?? end
      const revokedAt = draw(2) === 0 ? undefined : at + draw(Math.max(1, next - at))
      return { member, memberEpoch: draw(4), at, revokedAt }
    })
  })
  return {
    tenures,
    commits: times(6).map((from) => ({
      ...span(from),
      offset: draw(8),
      member: draw(5) === 0 ? undefined : MEMBERS[draw(2)],
      memberEpoch: draw(4),
      allowRewind: draw(6) === 0,
      outcome: (['ok', 'ok', 'ok', 'fail', 'info'] as const)[draw(5)] ?? 'ok',
    })),
    committed: times(3).map((from) => ({
      ...span(from),
      offset: draw(4) === 0 ? undefined : draw(8),
    })),
    resets: draw(3) === 0 ? times(2).map(span) : [],
    epochs: times(3).map((from) => ({ ...span(from), epoch: draw(3) })),
    rots:
      draw(3) === 0
        ? times(1).map((at) => ({ at, fromOffset: draw(6), endOffset: 3 + draw(8) }))
        : [],
    faults: times(2).map((at) => ({
      at,
      fault: FAULTS[draw(2)] ?? 'torn',
      isCertain: draw(2) === 0,
    })),
    reports: times(2).map((at) => ({ at, reported: FAULTS.filter(() => draw(3) === 0) })),
    waiting: draw(3) === 0 ? times(1).map((at) => ({ process: 'w', at })) : [],
  }
}

/** Polls of the members, who read the partition as if it were theirs. To be made before the history is told. */
export function generateMemberPolls(
  history: PlainHistory,
  { tenures }: PlainGroup,
  random: SeededRandom,
): void {
  const values = history.sends.flatMap((send) => (send.key === 'x' ? send.values : []))
  for (const { member, at } of tenures) {
    if (values.length === 0 || random.integer(3) === 0) continue
    const from = at + 1 + random.integer(3)
    const to = from + random.integer(3)
    const first = random.integer(6)
    const reads = [{ key: 'x', at: first, values: [values[first % values.length] ?? 0] }]
    const own = history.polls.filter(({ process }) => process === member)
    // A process does one thing after the other.
    if (own.some((poll) => poll.from <= to && from <= poll.to)) continue
    history.polls.push({ process: member, from, to, outcome: 'ok', reads })
  }
}

export function tellGroup(builder: HistoryBuilder, group: PlainGroup): void {
  const key = builder.key('x')
  const about = { group: 'g', key }
  for (const { from, to, ...rest } of group.commits) {
    builder.commit({ ...about, ...rest, invokedAt: from, endedAt: to })
  }
  for (const { from, to, offset } of group.committed) {
    builder.committed({ ...about, offset, invokedAt: from, endedAt: to })
  }
  for (const { from, to } of group.resets) {
    builder.commitReset({ ...about, invokedAt: from, endedAt: to })
  }
  for (const { from, to, epoch } of group.epochs) {
    builder.toldBounds(key, { epoch }, { invokedAt: from, endedAt: to })
  }
  for (const rot of group.rots) builder.nemesis({ kind: 'rot', key, ...rot })
  for (const fault of group.faults) builder.nemesis({ kind: 'fault', key, ...fault })
  for (const report of group.reports) builder.nemesis({ kind: 'recovery', key, ...report })
  for (const { process, at } of group.waiting) {
    builder.sendBegan(builder.process(process), key, [900_000 + at], at)
  }
}

/** What members were told, as events in the order of time; for the builder while the history is told. */
export function rebalancesOf(
  { tenures }: PlainGroup,
  builder: HistoryBuilder,
): (readonly [at: number, tell: () => void])[] {
  return tenures.flatMap(({ member, memberEpoch, at, revokedAt }) => {
    const tell = (when: number, assigned: boolean) => (): void => {
      const key = builder.key('x')
      builder.rebalanced({
        ...{ group: 'g', member, process: builder.process(member), memberEpoch, at: when },
        ...{ assigned: assigned ? [key] : [], revoked: assigned ? [] : [key] },
      })
    }
    const come = [at, tell(at, true)] as const
    return revokedAt === undefined ? [come] : [come, [revokedAt, tell(revokedAt, false)] as const]
  })
}
