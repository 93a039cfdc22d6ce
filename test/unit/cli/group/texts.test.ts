import { describe, expect, it } from 'vitest'
import { differenceText, resetText } from '../../../../src/cli/group/change-text.ts'
import { explainText } from '../../../../src/cli/group/explanation-text.ts'
import { describeGroup, listGroups } from '../../../../src/cli/group/group-text.ts'
import { historyTable } from '../../../../src/cli/group/history-text.ts'
import { lagTable, totalLag } from '../../../../src/cli/group/lag-text.ts'
import { partitionRanges, placesText } from '../../../../src/cli/group/partition-ranges.ts'
import type {
  GroupExplanation,
  GroupMemberInfo,
  GroupPartitionExplanation,
  GroupPartitionInfo,
  GroupSummary,
  GroupTrafficInfo,
} from '../../../../src/client/index.ts'
import { VarveError } from '../../../../src/domain/error.ts'

const NOON = Date.UTC(2026, 6, 1, 12)

const summary: GroupSummary = {
  group: 'billing',
  condition: 'stable',
  members: 1,
  committedPartitions: 2,
  epoch: 7,
  createdMs: NOON - 86_400_000,
  emptySinceMs: undefined,
}

const member: GroupMemberInfo = {
  memberId: 'worker-1',
  instanceId: undefined,
  clientId: 'worker',
  peer: '127.0.0.1:5000',
  epoch: 7,
  state: 'stable',
  topics: ['orders'],
  assignor: '',
  weight: 1,
  sessionTimeoutMs: 45_000,
  rebalanceTimeoutMs: 60_000,
  assigned: [
    { topic: 'orders', partition: 0 },
    { topic: 'orders', partition: 1 },
  ],
  pendingRevocation: [{ topic: 'orders', partition: 1 }],
  heartbeatAgeMs: 1_200,
  sessionLeftMs: 43_800,
  progress: [],
}

function partitionInfo(changes: Partial<GroupPartitionInfo>): GroupPartitionInfo {
  return {
    ...{ topic: 'orders', partition: 0, topicId: 'id', memberId: 'worker-1' },
    ...{
      committedOffset: 90,
      commitTimeMs: NOON,
      metadata: '',
      isMetadataLeftOut: false,
      startOffset: 0,
    },
    ...{ readableEndOffset: 100, lagRecords: 10, lagMs: 12_345, oldestTimestampMs: NOON },
    ...{ lagBytes: 2_048, error: undefined },
    ...changes,
  }
}

const traffic: GroupTrafficInfo = {
  ...{ topic: undefined, producerRate: 12.34, consumerRate: 2.04, difference: 10.3 },
  ...{ backlogRecords: 10, backlogBytes: 2_048, backlogMs: 12_345, drainMs: undefined },
  windowMs: 60_000,
}

describe('many partitions in few characters', () => {
  it('are ranges, and beyond some only a number', () => {
    expect(partitionRanges([0, 1, 2, 5, 7, 8])).toBe('0-2, 5, 7-8')
    expect(partitionRanges([])).toBe('')
    expect(partitionRanges([0, 2, 4, 6, 8, 9], 3)).toBe('0, 2 and 4 more')
    expect(
      placesText([
        { topic: 'a', partition: 0 },
        { topic: 'a', partition: 1 },
        { topic: 'b', partition: 4 },
      ]),
    ).toBe('a 0-1, b 4')
  })
})

describe('a group in words', () => {
  it('stands in a list, or the list says how to make one', () => {
    expect(listGroups([])).toMatch(/^no groups yet/)
    expect(listGroups([{ ...summary, condition: 'empty', emptySinceMs: NOON }])).toMatch(
      /billing +empty +1 +2 partitions +2026-06-30T12:00:00\.000Z +2026-07-01T12:00:00\.000Z$/,
    )
  })

  it('shows members, partitions, rates and snapshots', () => {
    const text = describeGroup({
      ...{ summary, assignmentEpoch: 7, assignor: 'uniform', resetEpoch: 1, timeMs: NOON },
      members: [member],
      partitions: [
        partitionInfo({}),
        partitionInfo({ partition: 1, committedOffset: undefined, memberId: undefined }),
      ],
      traffic: [traffic, { ...traffic, topic: 'orders' }],
      snapshots: [{ name: 'friday', timeMs: NOON, asOfMs: NOON - 1_000, partitions: 2 }],
    })
    expect(text).toMatch(
      /^billing: stable, 1 member, epoch 7, assignor uniform, reset 1 time,\ncreated/,
    )
    expect(text).toMatch(
      /worker-1 +127\.0\.0\.1:5000 +stable +7 +1\.2 s ago +in 43\.8 s +orders 0-1; gives up orders 1\n/,
    )
    expect(text).toMatch(/orders +0 +90 +100 +10 +12\.345 s +2\.0 KiB +worker-1\n/)
    expect(text).toMatch(/orders +1 +- +100 +10 +12\.345 s +2\.0 KiB +-\n/)
    expect(text).toMatch(/orders +12 +2 +\+10 +10 +12\.345 s +2\.0 KiB +never\n/)
    expect(text).not.toContain('all topics')
    expect(text).toMatch(/friday +2026-07-01T11:59:59\.000Z +2026-07-01T12:00:00\.000Z +2$/)
  })

  it('does not let names play tricks on the terminal', () => {
    const text = listGroups([{ ...summary, group: 'a\u001b[2Jb\u202ec' }])
    expect(text).toContain('a [2Jb c')
  })
})

describe('lag in words', () => {
  it('is summed up: the time is that of the worst partition', () => {
    const partitions = [
      partitionInfo({}),
      partitionInfo({ partition: 1, lagRecords: 5, lagMs: 20_000 }),
    ]
    expect(totalLag(partitions)).toEqual({
      ...{ lagRecords: 15, lagMs: 20_000, lagBytes: 4_096, unknownPartitions: 0 },
    })
    expect(lagTable(partitions)).toMatch(/total +15 +20\.000 s +4\.0 KiB$/)
    expect(totalLag([])).toMatchObject({ lagRecords: 0, lagMs: 0, unknownPartitions: 0 })
  })

  it('is not made up where it cannot be known', () => {
    const error = new VarveError('CORRUPT_LOG', 'batch at 90')
    const damaged = partitionInfo({ lagMs: undefined, lagBytes: undefined, error })
    expect(lagTable([damaged])).toMatch(/orders +0 +10 +- +- {2}CORRUPT_LOG: batch at 90$/)
    expect(totalLag([damaged])).toEqual({
      ...{ lagRecords: 10, lagMs: undefined, lagBytes: undefined, unknownPartitions: 1 },
    })
  })
})

function explained(changes: Partial<GroupPartitionExplanation>): GroupPartitionExplanation {
  return {
    ...{ topic: 'orders', partition: 0, reason: 'flowing', text: 'It flows.', memberId: 'w1' },
    ...{ waitingForMemberId: undefined, ageMs: undefined, endsInMs: undefined, lagRecords: 0 },
    ...changes,
  }
}

describe('an explanation in words', () => {
  const silence = 'Member w2, which has partition 2 of orders, has not been heard of for 20 s.'
  const explanation: GroupExplanation = {
    summary,
    isFlowing: false,
    text: `2 of 3 partitions of group billing do not flow. ${silence} And for 1 other reason.`,
    partitions: [
      explained({}),
      explained({ partition: 1, reason: 'paused', text: 'Member w1 paused it.', ageMs: 5_000 }),
      explained({
        ...{ partition: 2, memberId: 'w2', reason: 'member-silent', text: silence },
        ...{ ageMs: 20_000, endsInMs: 25_000, lagRecords: 1_000 },
      }),
    ],
    departed: [
      { memberId: 'w3', clientId: 'w', reason: 'session-expired', timeMs: NOON, refusedMs: NOON },
    ],
  }

  it('begins with the sentence, and tells of each reason once', () => {
    const text = explainText(explanation)
    expect(text.replaceAll('\n', ' ').startsWith(explanation.text)).toBe(true)
    expect(
      text
        .split('\n')
        .slice(0, 2)
        .every((line) => line.length <= 80),
    ).toBe(true)
    expect(text).toMatch(/orders +0 +flowing +w1 +0\n/)
    expect(text).toMatch(/orders +2 +member-silent +w2 +1,000 +20\.0 s +25\.0 s\n/)
    expect(text.split('has not been heard of')).toHaveLength(2)
    expect(text).toContain('\n\nMember w1 paused it.\n\n')
    expect(text).toMatch(
      /w3 +2026-07-01T12:00:00\.000Z +session-expired +2026-07-01T12:00:00\.000Z$/,
    )
  })

  it('puts partitions that are alike on one line, however many', () => {
    const partitions = Array.from({ length: 500 }, (_, partition) =>
      explained({
        partition,
        reason: 'no-member',
        memberId: undefined,
        lagRecords: 2,
        ageMs: partition,
      }),
    )
    const text = explainText({ ...explanation, partitions, departed: [] })
    expect(text).toMatch(/orders +0-499 +no-member +- +1,000 +0\.5 s\n/)
  })

  it('has a line for a topic that does not exist', () => {
    const missing = explained({ partition: undefined, reason: 'topic-missing', memberId: 'w1' })
    expect(explainText({ ...explanation, partitions: [missing] })).toMatch(
      /orders +- +topic-missing +w1 +0\n/,
    )
  })
})

describe('what a reset changes, in words', () => {
  const change = {
    ...{ topic: 'orders', partition: 0, topicId: 'id', before: 90, after: 10 },
    ...{ startOffset: 5, readableEndOffset: 100 },
  }
  const report = { changes: [change], isApplied: true, resetEpoch: 2, membersPutOut: [] }

  it('is the plan and what was done with it', () => {
    const subject = { group: 'billing', isUndo: false }
    const text = resetText(subject, report)
    expect(text).toMatch(/orders +0 +90 +10 +-80 +5 +100\n/)
    expect(text).toContain('reset 1 partition of billing (reset 2); varve group undo takes it back')
    const plan = resetText(subject, { ...report, isApplied: false, membersPutOut: ['w1', 'w2'] })
    expect(plan).toContain('nothing was changed')
    expect(plan).toContain('needs --force, which puts out 2 members: w1, w2')
    expect(resetText(subject, { ...report, changes: [] })).toBe('nothing to change in billing')
    expect(resetText({ ...subject, isUndo: true }, report)).toContain(
      'took the last reset of billing back',
    )
  })

  it('has no difference where nothing was or will be committed', () => {
    expect(differenceText({ before: 1, after: 3 })).toBe('+2')
    expect(differenceText({ before: 3, after: 3 })).toBe('0')
    expect(differenceText({ before: undefined, after: 3 })).toBe('')
  })
})

describe('a history in words', () => {
  it('has a line a change and says who did it or why', () => {
    const entry = { timeMs: NOON, memberId: undefined, memberEpoch: -1, resetEpoch: 0, reason: '' }
    const change = { topic: 'orders', partition: 0, topicId: 'id', before: 1, after: 2 }
    const lines = historyTable([
      {
        ...entry,
        ...{ kind: 'reset', reason: 'wrong prices', resetEpoch: 3 },
        changes: [change, { ...change, partition: 1, after: undefined }],
      },
      { ...entry, kind: 'commit', memberId: 'w1', memberEpoch: 7, changes: [change] },
      { ...entry, kind: 'group-created', changes: [] },
    ]).split('\n')
    expect(lines[1]).toMatch(
      /^2026-07-01T12:00:00\.000Z +reset +orders +0 +1 +2 +\+1 +reset 3: wrong prices$/,
    )
    expect(lines[2]).toMatch(/^ +orders +1 +1 +-$/)
    expect(lines[3]).toMatch(/commit +orders +0 +1 +2 +\+1 +w1$/)
    expect(lines[4]).toMatch(/group-created$/)
  })
})
