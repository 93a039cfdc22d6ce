// The checks of what groups committed: it does not go back (C19), does not get lost (C20), is not of the future (C21). Each
// compares what was asked for after something had ended. A reset, or a commit that says that it may go back, lowers what is
// known from the moment it begins; what is committed while it is under way may be before or after it, and proves nothing.
import type { Findings } from './findings.ts'
import { type Commit, FAIL, type History, type KeyId, OK } from './history.ts'
import { groupedBy, indexesByKey, sortedBy } from './sorted-indexes.ts'
import { laneOf, sweepTime } from './time-sweep.ts'

export function checkCommits(history: History, findings: Findings): void {
  const accepted = history.commits.filter(({ outcome }) => outcome === 'ok')
  for (const [key, commits] of groupedBy(accepted, ({ key }) => key)) {
    checkFuture(key, commits, history, findings)
  }
  const groups = groupedBy(accepted, ({ group, key }) => `${key} ${group}`)
  for (const commits of groups.values()) checkGroup(commits, history, findings)
}

/** C19 and C20 of one group in one partition. */
function checkGroup(commits: readonly Commit[], history: History, findings: Findings): void {
  const [{ group, key }] = commits as [Commit]
  const isHere = (one: { readonly group: string; readonly key: KeyId }): boolean =>
    one.group === group && one.key === key
  /** What is committed at least. */
  let floor = 0
  let lastResetAt = Number.NEGATIVE_INFINITY
  const resets = [
    ...history.commitResets.filter(isHere).map((reset) => ({ ...reset, to: 0 })),
    ...history.commits
      .filter((one) => isHere(one) && one.allowRewind && one.outcome !== 'fail')
      .map((one) => ({ ...one, to: one.offset })),
  ]
  sweepTime([
    laneOf(
      resets,
      ({ invokedAt }) => invokedAt,
      ({ to, endedAt }) => {
        floor = Math.min(floor, to)
        lastResetAt = Math.max(lastResetAt, endedAt)
      },
    ),
    laneOf(
      commits.filter(({ allowRewind }) => !allowRewind),
      ({ invokedAt }) => invokedAt,
      ({ offset, member }) => {
        if (offset >= floor) return
        const text = `${member ?? 'somebody'} committed it for ${group}, after ${floor}`
        findings.add('C19', key, offset, () => text)
      },
    ),
    laneOf(
      history.committed.filter(isHere),
      ({ invokedAt }) => invokedAt,
      ({ offset }) => {
        if ((offset ?? 0) >= floor) return
        const text = `${group} was told ${offset ?? 'nothing'}, after ${floor} was committed`
        findings.add('C20', key, offset, () => text)
      },
    ),
    laneOf(
      commits,
      ({ endedAt }) => endedAt,
      ({ offset, invokedAt, allowRewind }) => {
        // One that is a reset itself has lowered the floor to its own offset.
        if (!allowRewind && invokedAt > lastResetAt) floor = Math.max(floor, offset)
      },
    ),
  ])
}

/** C21: against all that can have been stored when the commit ended. */
function checkFuture(
  key: KeyId,
  commits: readonly Commit[],
  history: History,
  findings: Findings,
): void {
  const { sends, polls, reads } = history
  const { firstOffset } = history.keys[key] as History['keys'][number]
  /** By the records sent so far, and by what was shown to be there. */
  let counted = firstOffset
  let shown = firstOffset
  const sent = (indexesByKey(sends.key, history.keys.length)[key] as Int32Array).filter(
    (send) => sends.outcome.get(send) !== FAIL,
  )
  const acknowledged = sent.filter((send) => sends.outcome.get(send) === OK)
  const read = indexesByKey(reads.key, history.keys.length)[key] as Int32Array
  const askedAt = (index: number): number => polls.invokedAt.get(reads.poll.get(index))
  sweepTime([
    {
      order: sortedBy(sent, sends.invokedAt),
      timeOf: (send) => sends.invokedAt.get(send),
      visit: (send) => {
        counted += sends.valuesCount.get(send)
      },
    },
    {
      // Whoever was given a record may commit at once, and before the poll is ended.
      order: read.toSorted((a, b) => askedAt(a) - askedAt(b)),
      timeOf: askedAt,
      visit: (index) => {
        shown = Math.max(shown, reads.firstOffset.get(index) + reads.valuesCount.get(index))
      },
    },
    {
      order: sortedBy(acknowledged, sends.invokedAt),
      timeOf: (send) => sends.invokedAt.get(send),
      visit: (send) => {
        shown = Math.max(shown, sends.baseOffset.get(send) + sends.valuesCount.get(send))
      },
    },
    laneOf(
      history.bounds.filter((one) => one.key === key),
      ({ invokedAt }) => invokedAt,
      ({ highWatermark = 0, logEnd = 0 }) => {
        shown = Math.max(shown, highWatermark, logEnd)
      },
    ),
    laneOf(
      commits,
      ({ endedAt }) => endedAt,
      ({ offset, group }) => {
        const end = Math.max(counted, shown)
        if (offset <= end) return
        findings.add('C21', key, offset, () => `${group} committed it; the end is ${end} at most`)
      },
    ),
  ])
}
