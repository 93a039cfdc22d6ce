// The judgement of groups, epochs, faults and waiting once more (C18 to C27), as plainly as it can be written: each rule by its definition, everything
// against everything. For small histories with one group in the partition `x`.
import type { PlainGroup, PlainTenure } from './generate-groups.ts'
import type { PlainHistory, PlainPoll } from './plain-history.ts'

export interface ReferenceLiveness {
  readonly within: number
  readonly endedAt: number
}

/** The classes found, of C18 to C27, sorted. */
export function referenceGroupClasses(
  history: PlainHistory,
  group: PlainGroup,
  liveness: ReferenceLiveness,
): string[] {
  const rules = [
    ['C18', epochsGoBack(group)],
    ['C19', commitGoesBack(group)],
    ['C20', commitIsLost(group)],
    ['C21', commitIsOfTheFuture(history, group)],
    ['C22', twoOwn(group)],
    ['C23', zombieCommits(group)],
    ['C24', heirBeginsElsewhere(history, group)],
    ['C25', somebodyWaits(history, group, liveness)],
    ['C26', rotIsServed(history, group)],
    ['C27', reportIsWrong(group)],
  ] as const
  return rules.flatMap(([name, isFound]) => (isFound ? [name] : [])).sort()
}

function epochsGoBack({ epochs }: PlainGroup): boolean {
  return epochs.some((a) => epochs.some((b) => a.to < b.from && b.epoch < a.epoch))
}

/** What is committed at least at a moment: a commit holds until something that may have come after it lowers it. */
function floorAt(group: PlainGroup, moment: number): number {
  const lowering = [
    ...group.resets.map(({ from, to }) => ({ from, to, offset: 0 })),
    ...group.commits.filter(({ allowRewind, outcome }) => allowRewind && outcome !== 'fail'),
  ]
  const floors = group.commits.flatMap((commit) => {
    if (commit.outcome !== 'ok' || commit.allowRewind || !(commit.to < moment)) return []
    const isCertain = lowering.every((one) => one.from > commit.to || one.to < commit.from)
    if (!isCertain) return []
    const later = lowering.filter((one) => one.from > commit.to && one.from <= moment)
    return [Math.min(commit.offset, ...later.map(({ offset }) => offset))]
  })
  return Math.max(0, ...floors)
}

function commitGoesBack(group: PlainGroup): boolean {
  return group.commits.some(
    ({ outcome, allowRewind, offset, from }) =>
      outcome === 'ok' && !allowRewind && offset < floorAt(group, from),
  )
}

function commitIsLost(group: PlainGroup): boolean {
  // Nobody asks where nobody has ever committed.
  if (!group.commits.some(({ outcome }) => outcome === 'ok')) return false
  return group.committed.some(({ offset = 0, from }) => offset < floorAt(group, from))
}

function commitIsOfTheFuture(
  { sends, polls, bounds }: PlainHistory,
  { commits, waiting }: PlainGroup,
): boolean {
  return commits.some(({ outcome, offset, to }) => {
    if (outcome !== 'ok') return false
    const sent = sends.filter((send) => send.key === 'x' && send.from <= to)
    const counted = sent
      .filter((send) => send.outcome !== 'fail' || send.to === undefined)
      .reduce((sum, { values }) => sum + values.length, 0)
    const ends = [
      counted + waiting.filter(({ at }) => at <= to).length,
      ...sent.flatMap(({ outcome: end, base, values }) =>
        end === 'ok' && base !== undefined ? [base + values.length] : [],
      ),
      ...polls
        .filter((poll) => poll.from <= to)
        .flatMap(({ reads }) => reads)
        .flatMap((read) => (read.key === 'x' ? [read.at + read.values.length] : [])),
      ...bounds.flatMap((told) =>
        told.key === 'x' && told.from <= to ? [told.highWatermark] : [],
      ),
    ]
    return offset > Math.max(...ends)
  })
}

/** When a tenure ended, as far as anybody said. */
function endOf({ tenures }: PlainGroup, tenure: PlainTenure): number {
  const next = tenures.filter((one) => one.member === tenure.member && one.at > tenure.at)
  return Math.min(tenure.revokedAt ?? Number.POSITIVE_INFINITY, ...next.map(({ at }) => at))
}

function twoOwn(group: PlainGroup): boolean {
  const { tenures, commits } = group
  return tenures.some((tenure) => {
    const later = tenures.filter((one) => one.member === tenure.member && one.at > tenure.at)
    const proofs = commits.filter(
      ({ outcome, member, from }) =>
        outcome === 'ok' &&
        member === tenure.member &&
        from >= tenure.at &&
        from <= endOf(group, tenure) &&
        // At the moment at which it came once more it is of the later tenure.
        !later.some((one) => one.at <= from),
    )
    const provenTo = Math.max(tenure.at, ...proofs.map(({ from }) => from))
    return tenures.some(
      (other) => other.member !== tenure.member && other.at >= tenure.at && other.at < provenTo,
    )
  })
}

function zombieCommits({ tenures, commits }: PlainGroup): boolean {
  return commits.some(
    ({ outcome, member, memberEpoch, from }) =>
      outcome === 'ok' &&
      member !== undefined &&
      memberEpoch !== undefined &&
      tenures.some(
        (one) => one.member !== member && one.memberEpoch > memberEpoch && one.at < from,
      ),
  )
}

function heirBeginsElsewhere(history: PlainHistory, group: PlainGroup): boolean {
  const { commits, resets, tenures } = group
  if (resets.length > 0) return false
  return tenures.some((tenure) => {
    const first = firstPoll(history.polls, tenure)
    const read = first?.reads.find(({ key }) => key === 'x')
    if (first === undefined || read === undefined || first.to > endOf(group, tenure)) return false
    const before = commits.filter(({ outcome, from }) => outcome !== 'fail' && from <= first.to)
    if (before.length === 0 || before.some(({ allowRewind }) => allowRewind)) return false
    const acked = before.filter(
      ({ outcome, to }) => outcome === 'ok' && to < Math.min(tenure.at, first.from),
    )
    const highest = Math.max(...before.map(({ offset }) => offset))
    return read.at > highest || acked.some(({ offset }) => read.at < offset)
  })
}

/** The first answer with records of the partition that can be of the tenure: a poll that was under way counts. */
function firstPoll(
  polls: readonly PlainPoll[],
  { member, at }: PlainTenure,
): PlainPoll | undefined {
  return polls
    .filter(({ process, to, reads }) => process === member && to > at && reads.length > 0)
    .toSorted((a, b) => a.from - b.from)[0]
}

function somebodyWaits(
  { sends }: PlainHistory,
  { waiting }: PlainGroup,
  { within, endedAt }: ReferenceLiveness,
): boolean {
  const open = [
    ...waiting,
    ...sends.flatMap(({ to, from }) => (to === undefined ? [{ at: from }] : [])),
  ]
  return open.some(({ at }) => at <= endedAt - within)
}

function rotIsServed({ sends, polls }: PlainHistory, { rots }: PlainGroup): boolean {
  const answers = polls.toSorted((a, b) => a.to - b.to)
  const records = answers.flatMap((poll) =>
    poll.reads.flatMap(({ key, at, values }) =>
      key === 'x' ? values.map((value, index) => ({ value, offset: at + index, poll })) : [],
    ),
  )
  const isRight = (value: number, offset: number): boolean => {
    const send = sends.find(({ values, key }) => key === 'x' && values.includes(value))
    if (send === undefined) return false
    if (send.outcome === 'ok' && send.base !== undefined) {
      return send.values[offset - send.base] === value
    }
    const first = records.find((one) => one.offset === offset && !Number.isNaN(one.value))
    return first?.value === value
  }
  return rots.some(({ at, fromOffset, endOffset }) =>
    records.some(
      ({ value, offset, poll }) =>
        poll.to >= at && offset >= fromOffset && offset < endOffset && !isRight(value, offset),
    ),
  )
}

function reportIsWrong({ faults, reports }: PlainGroup): boolean {
  return reports.some(({ at, reported }, index) => {
    const before = reports.filter((one, other) => one.at < at || (one.at === at && other < index))
    const since = Math.max(Number.NEGATIVE_INFINITY, ...before.map((one) => one.at))
    // A fault at the moment of a report was before it; the report before took those of its own moment.
    const done = faults.filter(
      (fault) => fault.at <= at && (fault.at > since || before.length === 0),
    )
    const isMissed = done.some(({ fault, isCertain }) => isCertain && !reported.includes(fault))
    return isMissed || reported.some((fault) => !done.some((one) => one.fault === fault))
  })
}
