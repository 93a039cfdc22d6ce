// The checker finds nothing in a good history, and each rule fires on a history that breaks it.
import { describe, expect, it } from 'vitest'
import { type AcceptedCommit, checkGroup, type Rule } from './group-checker.ts'
import { type MemberLog, readMemberLog } from './member-log.ts'

type Entry = [atMs: number, kind: string, ...rest: unknown[]]

function log(process: string, ...entries: Entry[]): MemberLog {
  return readMemberLog(process, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
}

function accepted(
  memberId: string,
  epoch: number,
  before: number | undefined,
  after: number | undefined,
): AcceptedCommit {
  return { partition: 0, memberId, epoch, before, after }
}

/** A hands out 0 and 1 and commits; it sleeps, B takes over at 2, and what A commits late is refused. */
const A: Entry[] = [
  [10, 'assigned', 'a', 1, [[0, null]]],
  [11, 'record', 0, 0],
  [12, 'record', 0, 1],
  [13, 'commit', 1, 'a', 1, [[0, 2]]],
  [14, 'answer', 1, 0, 'OK'],
  [15, 'record', 0, 2],
  [90, 'record', 0, 3],
  [91, 'woke', 16],
  [92, 'late', 2, 'a', 1, [[0, 3]]],
  [93, 'lost', [0]],
  [94, 'answer', 2, 0, 'UNKNOWN_MEMBER'],
]
const B: Entry[] = [
  [50, 'assigned', 'b', 2, [[0, 2]]],
  [51, 'record', 0, 2],
  [52, 'record', 0, 3],
  [53, 'commit', 1, 'b', 2, [[0, 4]]],
  [54, 'answer', 1, 0, 'OK'],
]
const ACCEPTED = [accepted('a', 1, undefined, 2), accepted('b', 2, 2, 4)]
const ENDS = [{ end: 4, committed: 4 as number | undefined }]

/** The rules that a history breaks, each once. */
function broken(
  change: {
    readonly a?: Entry[]
    readonly b?: Entry[]
    readonly accepted?: AcceptedCommit[]
    readonly ends?: typeof ENDS
  } = {},
): Rule[] {
  const members = [log('A', ...(change.a ?? A)), log('B', ...(change.b ?? B))]
  const { accepted: commits = ACCEPTED, ends = ENDS } = change
  const rules = checkGroup({ members, accepted: commits, ends }).map(({ rule }) => rule)
  return [...new Set(rules)]
}

const replaced = (entries: Entry[], at: number, ...by: Entry[]): Entry[] =>
  entries.flatMap((entry) => (entry[0] === at ? by : [entry]))

describe('the checker of groups', () => {
  it('finds nothing in a good history', () => {
    expect(broken()).toEqual([])
  })

  it('takes the last line for what it is when a kill has cut it', () => {
    expect(readMemberLog('A', '[1,"started"]\n[2,"rec').tenures).toEqual([])
  })

  it('finds two members that commit under one epoch', () => {
    const commits = [...ACCEPTED.slice(0, 1), accepted('b', 1, 2, 4)]
    const b = replaced(B, 50, [50, 'assigned', 'b', 1, [[0, 2]]])
    expect(broken({ accepted: commits, b })).toEqual(['one-owner'])
  })

  it('finds an owner that commits when the next one has', () => {
    const commits = [...ACCEPTED, accepted('a', 1, 4, 4)]
    expect(broken({ accepted: commits })).toContain('one-owner')
  })

  it('finds records that are handed out when somebody else has the partition', () => {
    const a = replaced(A, 91, [90.5, 'record', 0, 4], [91, 'woke', 16])
    expect(broken({ a })).toEqual(['read-by-one'])
  })

  it('excuses nobody who has not slept', () => {
    expect(broken({ a: replaced(A, 91) })).toEqual(['read-by-one'])
  })

  it('finds records of partitions that were given up', () => {
    const a = [...A, [95, 'record', 0, 4] as Entry]
    expect(broken({ a })).toEqual(['read-by-one'])
  })

  it('finds a late commit that is accepted', () => {
    const a = replaced(A, 94, [94, 'answer', 2, 0, 'OK'])
    expect(broken({ a })).toContain('zombie')
  })

  it.each([
    ['of what its heir was told, asked of the consumer', 'commit', 2, false],
    ['of more than that', 'commit', 3, true],
    ['of what its heir was told, asked of the broker', 'late', 2, true],
  ])('knows an answer OK to a commit %s', (_what, kind, offset, isZombie) => {
    const again = [92, kind, 3, 'a', 1, [[0, offset]]] as Entry
    const a = [...A.slice(0, 8), again, [93, 'answer', 3, 0, 'OK'] as Entry]
    expect(broken({ a }).includes('zombie')).toBe(isZombie)
  })

  it('finds a commit that goes back', () => {
    const commits = [...ACCEPTED, accepted('b', 2, 4, 3)]
    expect(broken({ accepted: commits })).toEqual(['rewind'])
  })

  it('finds a commit that does not know the one before', () => {
    const commits = [accepted('a', 1, undefined, 2), accepted('b', 2, 1, 4)]
    expect(broken({ accepted: commits })).toEqual(['rewind'])
  })

  it('finds a commit beyond the end', () => {
    const commits = [...ACCEPTED, accepted('b', 2, 4, 5)]
    expect(broken({ accepted: commits })).toContain('beyond-end')
  })

  it('finds a new owner that is told another place than what is committed', () => {
    const b = replaced(B, 50, [50, 'assigned', 'b', 2, [[0, 1]]])
    expect(broken({ b })).toContain('start')
  })

  it('finds a record that is passed over', () => {
    expect(broken({ b: replaced(B, 51) })).toEqual(['gap'])
  })

  it('finds a record that is handed out twice to one owner', () => {
    expect(broken({ b: replaced(B, 52, [52, 'record', 0, 2]) })).toContain('gap')
  })

  it('finds a commit of what was not handed out', () => {
    expect(broken({ b: replaced(B, 52) })).toEqual(['unread'])
  })

  it('finds an acknowledged commit that nobody has', () => {
    expect(broken({ accepted: [accepted('a', 1, undefined, 2)] })).toContain('lost-commit')
  })

  it('finds an acknowledged commit that is gone in the end', () => {
    expect(broken({ ends: [{ end: 4, committed: 2 }] })).toContain('lost-commit')
  })

  it('finds a commit of somebody who did not hold the partition', () => {
    const commits = [...ACCEPTED, accepted('c', 3, 4, 4)]
    expect(broken({ accepted: commits })).toEqual(['foreign'])
  })

  it('finds a record that nobody was handed out', () => {
    expect(broken({ ends: [{ end: 5, committed: 5 }] })).toEqual(['missing'])
  })

  it('finds a group that has not committed all of it', () => {
    const commits = [accepted('a', 1, undefined, 2)]
    const b = replaced(replaced(B, 53), 54)
    const ends = [{ end: 4, committed: 2 }]
    expect(broken({ accepted: commits, b, ends })).toEqual(['unfinished'])
  })
})
