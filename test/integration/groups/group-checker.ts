// Judges the history of a group: what its members wrote down, against the commits that the broker accepted, in its order. Pure. Each
// violation names the rule that it breaks; the letters are those of the invariants of groups:
//   one-owner      G1  commits of one partition and epoch are of one member, and epochs grow from owner to owner
//   read-by-one    G1  nothing is handed out of a partition that somebody else has got since
//   zombie         G2  nothing is committed under an epoch after which somebody else got the partition
//   rewind         G3  commits of a partition never go back, and each knows the one before
//   beyond-end     G4  nothing is committed beyond the end
//   start          G5  a new owner is told exactly what was committed last
//   gap            G5  and is handed out everything from there, in order, once
//   unread         a commit covers only what its member was handed out
//   lost-commit    what was acknowledged to a member was accepted, and stays
//   foreign        every accepted commit is of a member that held the partition then
//   missing        every record was handed out to somebody
//   unfinished     in the end all is committed
import type { MemberLog, SentCommit, Tenure } from './member-log.ts'

export type Rule =
  | 'one-owner'
  | 'read-by-one'
  | 'zombie'
  | 'rewind'
  | 'beyond-end'
  | 'start'
  | 'gap'
  | 'unread'
  | 'lost-commit'
  | 'foreign'
  | 'missing'
  | 'unfinished'

export interface Violation {
  readonly rule: Rule
  readonly partition: number
  readonly text: string
}

/** As the broker keeps it; undefined for nothing. */
export interface AcceptedCommit {
  readonly partition: number
  readonly before: number | undefined
  readonly after: number | undefined
  readonly memberId: string | undefined
  readonly epoch: number
}

export interface GroupRecord {
  readonly members: readonly MemberLog[]
  /** In the order of the broker. */
  readonly accepted: readonly AcceptedCommit[]
  /** Of each partition, when all was over. */
  readonly ends: readonly { readonly end: number; readonly committed: number | undefined }[]
}

export function checkGroup(record: GroupRecord): Violation[] {
  return record.ends.flatMap((last, partition) => {
    const of = <T extends { readonly partition: number }>(list: readonly T[]): T[] =>
      list.filter((one) => one.partition === partition)
    const tenures = of(record.members.flatMap((member) => member.tenures))
    return checkPartition({
      ...{ partition, ...last },
      // An owner comes with a larger epoch than all before it.
      tenures: tenures.sort((a, b) => a.epoch - b.epoch || a.assignedMs - b.assignedMs),
      accepted: of(record.accepted),
      commits: of(record.members.flatMap((member) => member.commits)),
      strays: of(record.members.flatMap((member) => member.strays)),
      sleeps: new Map(record.members.map(({ process, sleeps }) => [process, sleeps])),
    })
  })
}

interface PartitionRecord {
  readonly partition: number
  readonly end: number
  readonly committed: number | undefined
  readonly tenures: readonly Tenure[]
  readonly accepted: readonly AcceptedCommit[]
  readonly commits: readonly SentCommit[]
  readonly strays: MemberLog['strays']
  readonly sleeps: ReadonlyMap<string, MemberLog['sleeps']>
}

type Report = (rule: Rule, text: string) => void

function checkPartition(record: PartitionRecord): Violation[] {
  const violations: Violation[] = []
  const { partition } = record
  const report: Report = (rule, text) => violations.push({ rule, partition, text })
  checkAccepted(record, report)
  checkOwners(record, report)
  checkTenures(record, report)
  for (const tenure of record.tenures) checkReadByOne(tenure, record, report)
  for (const { offset } of record.strays) report('read-by-one', `${offset} came without a tenure`)
  for (const commit of record.commits) checkAnswer(commit, record, report)
  checkWhole(record, report)
  return violations
}

/** The line of accepted commits by itself. */
function checkAccepted({ accepted, end }: PartitionRecord, report: Report): void {
  let last: number | undefined
  for (const { before, after, memberId } of accepted) {
    const text = `${memberId ?? 'somebody'} committed ${after}, after ${before}`
    if (after === undefined || before !== last || after < (last ?? 0)) {
      report('rewind', `${text}, where ${last} was committed`)
    }
    if (after !== undefined && after > end) report('beyond-end', `${text}; the end is ${end}`)
    last = after
  }
}

function checkOwners({ accepted }: PartitionRecord, report: Report): void {
  let highest = -1
  let owner: string | undefined
  for (const { memberId, epoch } of accepted) {
    if (memberId !== owner && epoch <= highest) {
      report('one-owner', `${memberId} committed at ${epoch}, ${owner} at ${highest} before`)
    }
    owner = memberId
    highest = Math.max(highest, epoch)
  }
}

/** What each owner began with, was handed out and committed. */
function checkTenures({ tenures, accepted }: PartitionRecord, report: Report): void {
  const ofTenure = tenures.map((): AcceptedCommit[] => [])
  for (const commit of accepted) {
    const index = tenures.findLastIndex(
      ({ memberId, epoch }) => memberId === commit.memberId && epoch <= commit.epoch,
    )
    if (index >= 0) ofTenure[index]?.push(commit)
    else report('foreign', `${commit.memberId} committed ${commit.after} at ${commit.epoch}`)
  }
  let place: number | undefined
  for (const [index, tenure] of tenures.entries()) {
    const { process, epoch, committedOffset, records } = tenure
    const who = `${process} at ${epoch}`
    if (committedOffset !== place) {
      report('start', `${who} was told ${committedOffset}, and ${place} was committed`)
    }
    let next = committedOffset ?? 0
    for (const { offset } of records) {
      if (offset !== next) report('gap', `${who} was handed out ${offset}, not ${next}`)
      next = offset + 1
    }
    for (const { after } of ofTenure[index] ?? []) {
      if (after !== undefined && after > next) {
        report('unread', `${who} committed ${after}, and was handed out what is before ${next}`)
      }
      place = after
    }
  }
}

/** A process that slept has what was in its hands: one record, no more. */
function checkReadByOne(
  { process, epoch, records }: Tenure,
  { tenures, sleeps }: PartitionRecord,
  report: Report,
): void {
  const next = tenures.find((other) => other.process !== process && other.epoch > epoch)
  if (next === undefined) return
  let excused = 1
  for (const { offset, atMs } of records) {
    if (atMs <= next.assignedMs) continue
    const isWaking = sleeps.get(process)?.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs)
    if (isWaking === true && excused-- > 0) continue
    const lateMs = Math.round(atMs - next.assignedMs)
    report('read-by-one', `${process} got ${offset} ${lateMs} ms after ${next.process} took over`)
  }
}

function checkAnswer(
  { process, memberId, epoch, offset, atMs, isLate, answer }: SentCommit,
  { tenures, accepted, committed }: PartitionRecord,
  report: Report,
): void {
  if (answer !== 'OK') return
  const text = `${process} committed ${offset} at ${epoch}`
  const heir = tenures.find(
    (other) => other.process !== process && other.epoch > epoch && other.assignedMs < atMs,
  )
  // A consumer that slept while a commit was under way says OK to the same commit once more without asking: its heir was told of it.
  const isOfBefore = !isLate && offset <= (heir?.committedOffset ?? -1)
  if (heir !== undefined && !isOfBefore) {
    report('zombie', `${text} after ${heir.process} took over`)
  }
  // A commit that waits for another one becomes part of a later one.
  const isAccepted = accepted.some(
    (one) => one.memberId === memberId && (one.after ?? -1) >= offset,
  )
  if (!isAccepted || (committed ?? -1) < offset) {
    report('lost-commit', `${text}, and ${committed} is committed in the end`)
  }
}

function checkWhole({ tenures, committed, end }: PartitionRecord, report: Report): void {
  const seen = new Set(tenures.flatMap(({ records }) => records.map(({ offset }) => offset)))
  for (let offset = 0; offset < end; offset++) {
    if (!seen.has(offset)) report('missing', `nobody was handed out ${offset}`)
  }
  if ((committed ?? 0) !== end) report('unfinished', `${committed} is committed, the end is ${end}`)
}
