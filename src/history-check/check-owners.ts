// The checks of who owned a partition for a group: not two at once (C22), nobody after its heir was named (C23), and each
// new owner goes on where the last one committed (C24). What a member believes proves nothing: it may have been put out long
// ago. Its ownership is proven from the moment it was told to the moment it sent the last commit that was accepted.
import type { Findings } from './findings.ts'
import type { Commit, History, KeyId, Rebalance } from './history.ts'
import type { ObservedLog } from './observed-log.ts'
import { groupedBy } from './sorted-indexes.ts'

/** From being told to letting go, or being told once more. */
interface Tenure {
  readonly rebalance: Rebalance
  readonly key: KeyId
  revokedAt: number
  /** When the last accepted commit was sent. */
  provenTo: number
}

export function checkOwners(observed: ObservedLog, findings: Findings): void {
  const { history } = observed
  const tenures = groupedBy(tenuresOf(history), ({ rebalance, key }) => `${key} ${rebalance.group}`)
  const commits = groupedBy(history.commits, ({ group, key }) => `${key} ${group}`)
  const starts = firstReads(history)
  for (const [name, ofKey] of tenures) {
    const ofGroup = commits.get(name) ?? []
    const accepted = ofGroup.filter(({ outcome }) => outcome === 'ok')
    checkDual(ofKey, accepted, findings)
    checkZombies(ofKey, accepted, findings)
    for (const tenure of ofKey) checkResume(tenure, ofGroup, starts, history, findings)
  }
}

function tenuresOf(history: History): Tenure[] {
  const tenures: Tenure[] = []
  const open = new Map<string, Tenure>()
  for (const rebalance of history.rebalances.toSorted((a, b) => a.at - b.at)) {
    const { group, member, at } = rebalance
    for (const key of rebalance.revoked) {
      const tenure = open.get(`${key} ${member} ${group}`)
      if (tenure !== undefined) tenure.revokedAt = at
      open.delete(`${key} ${member} ${group}`)
    }
    for (const key of rebalance.assigned) {
      const before = open.get(`${key} ${member} ${group}`)
      if (before !== undefined) before.revokedAt = at
      const tenure = { rebalance, key, revokedAt: Number.POSITIVE_INFINITY, provenTo: at }
      open.set(`${key} ${member} ${group}`, tenure)
      tenures.push(tenure)
    }
  }
  return tenures
}

/** C22. */
function checkDual(
  tenures: readonly Tenure[],
  accepted: readonly Commit[],
  findings: Findings,
): void {
  for (const { member, invokedAt } of accepted) {
    const tenure = tenures.findLast(
      ({ rebalance, revokedAt }) =>
        rebalance.member === member && rebalance.at <= invokedAt && invokedAt <= revokedAt,
    )
    if (tenure !== undefined) tenure.provenTo = Math.max(tenure.provenTo, invokedAt)
  }
  for (const tenure of tenures) {
    const { rebalance, provenTo, key } = tenure
    const other = tenures.find(
      (one) =>
        one.rebalance.member !== rebalance.member &&
        one.rebalance.at >= rebalance.at &&
        one.rebalance.at < provenTo,
    )
    if (other === undefined) continue
    const text = `${rebalance.member} owned it while ${other.rebalance.member} did, in ${rebalance.group}`
    findings.add('C22', key, undefined, () => text)
  }
}

/** C23. */
function checkZombies(
  tenures: readonly Tenure[],
  accepted: readonly Commit[],
  findings: Findings,
): void {
  for (const { member, memberEpoch, invokedAt, key, offset } of accepted) {
    if (member === undefined || memberEpoch === undefined) continue
    const heir = tenures.find(
      ({ rebalance }) =>
        rebalance.member !== member &&
        rebalance.memberEpoch > memberEpoch &&
        rebalance.at < invokedAt,
    )
    if (heir === undefined) continue
    const { member: name, memberEpoch: epoch } = heir.rebalance
    const text = `${member} committed it at epoch ${memberEpoch}, after ${name} got it at ${epoch}`
    findings.add('C23', key, offset, () => text)
  }
}

/** The first record of each process in each partition from a poll on, as a look-up. */
function firstReads({
  reads,
  polls,
  keys,
}: History): (process: number, key: KeyId, poll: number) => number | undefined {
  const lists = new Map<number, number[]>()
  for (let read = 0; read < reads.poll.length; read++) {
    const number = polls.process.get(reads.poll.get(read)) * keys.length + reads.key.get(read)
    const list = lists.get(number)
    if (list === undefined) lists.set(number, [read])
    else list.push(read)
  }
  return (process, key, poll) =>
    lists.get(process * keys.length + key)?.find((read) => reads.poll.get(read) >= poll)
}

/** C24. */
function checkResume(
  tenure: Tenure,
  commits: readonly Commit[],
  firstRead: (process: number, key: KeyId, poll: number) => number | undefined,
  history: History,
  findings: Findings,
): void {
  const { rebalance, key } = tenure
  const read = firstRead(rebalance.process, key, rebalance.poll)
  if (read === undefined) return
  const poll = history.reads.poll.get(read)
  const askedAt = history.polls.invokedAt.get(poll)
  const endedAt = history.polls.endedAt.get(poll)
  if (!(endedAt <= tenure.revokedAt) || wasMoved(tenure, poll, history)) return
  const before = commits.filter(
    ({ outcome, invokedAt }) => outcome !== 'fail' && !(invokedAt > endedAt),
  )
  if (before.some(({ allowRewind }) => allowRewind)) return
  const isReset = history.commitResets.some(
    (one) => one.group === rebalance.group && one.key === key,
  )
  if (isReset || before.length === 0) return
  const acked = before.filter(
    ({ outcome, endedAt: at }) => outcome === 'ok' && at < Math.min(rebalance.at, askedAt),
  )
  const offset = history.reads.firstOffset.get(read)
  const highest = Math.max(...before.map((one) => one.offset))
  const lowest = Math.max(...acked.map((one) => one.offset))
  if (offset > highest && highest > Number.NEGATIVE_INFINITY) {
    findings.add('C24', key, highest, () => `${rebalance.member} began at ${offset} instead`)
  } else if (offset < lowest) {
    findings.add('C24', key, lowest, () => `${rebalance.member} began at ${offset}, before it`)
  }
}

/** The application sought elsewhere, or the place was gone. */
function wasMoved({ rebalance, key }: Tenure, poll: number, history: History): boolean {
  return history.repositions.some(
    (one) =>
      one.process === rebalance.process &&
      one.key === key &&
      one.at > rebalance.at &&
      one.poll <= poll,
  )
}
