// What can be asked of consumer groups beside being a member, in all four ways.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Admin, Varve } from '../../src/client/index.ts'
import { ReachedBroker, WAYS } from './ways.ts'

let number = 0

describe.each(WAYS)('$name', (way) => {
  let broker: ReachedBroker
  let client: Varve
  let admin: Admin
  /** New for each test, as the group. */
  let topic: string
  let group: string

  beforeAll(async () => {
    broker = await ReachedBroker.open(way)
    client = broker.client
    admin = broker.admin
  })

  afterAll(async () => {
    await broker.close()
  })

  /** Two partitions; ten records in the first, ten seconds apart. */
  beforeEach(async () => {
    number++
    topic = `topic-${number}`
    group = `group-${number}`
    await admin.createTopic({ name: topic, partitions: 2 })
    const producer = client.producer()
    await producer.sendMany(
      Array.from({ length: 10 }, (_, index) => ({
        topic,
        partition: 0,
        value: String(index),
        timestampMs: 1_700_000_000_000 + index * 10_000,
      })),
    )
  })

  const commit = (offset: number, partition = 0): Promise<void> =>
    admin.commitGroupOffsets(group, [{ topic, partition, offset }])
  const committed = async (name = group): Promise<(number | undefined)[]> =>
    (await admin.groupOffsets(name)).map(({ offset }) => offset)

  test('offsets that are committed from outside are told, with all that was committed with them', async () => {
    const nowMs = Date.now()
    await admin.commitGroupOffsets(group, [
      { topic, partition: 1, offset: 0 },
      { topic, partition: 0, offset: 4, metadata: 'a word', leaderEpoch: 0 },
    ])
    const offsets = await admin.groupOffsets(group)
    expect(offsets).toMatchObject([
      { topic, partition: 0, offset: 4, metadata: 'a word', leaderEpoch: 0 },
      { topic, partition: 1, offset: 0, metadata: '', leaderEpoch: undefined },
    ])
    const { id } = await admin.describeTopic(topic)
    for (const offset of offsets) {
      expect(offset).toMatchObject({ topicId: id, memberId: undefined, memberEpoch: undefined })
      expect(Math.abs((offset.commitTimeMs ?? 0) - nowMs)).toBeLessThan(60_000)
    }
    const [second, first] = await admin.groupOffsets(group, {
      partitions: [
        { topic, partition: 1 },
        { topic, partition: 0 },
      ],
    })
    expect([second?.offset, first?.offset]).toEqual([0, 4])
    expect(await admin.groupOffsets(group, { partitions: [] })).toEqual([])
  })

  test('a partition in which nothing is committed is told as such', async () => {
    await commit(1)
    const partitions = [{ topic, partition: 1 }]
    expect(await admin.groupOffsets(group, { partitions })).toMatchObject([
      { topic, partition: 1, offset: undefined, metadata: '', memberId: undefined },
    ])
  })

  test('of a commit whose offsets are not all possible the others are committed, and it says which', async () => {
    const offsets = [
      { topic, partition: 0, offset: 11 },
      { topic, partition: 1, offset: 0 },
    ]
    await expect(admin.commitGroupOffsets(group, offsets)).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      details: expect.objectContaining({ topic, partition: 0 }) as unknown,
    })
    expect(await admin.groupOffsets(group)).toMatchObject([{ partition: 1, offset: 0 }])
  })

  test('offsets go back only when that is meant', async () => {
    await commit(5)
    await expect(commit(4)).rejects.toMatchObject({ code: 'COMMIT_REWIND' })
    const back = [{ topic, partition: 0, offset: 4 }]
    await admin.commitGroupOffsets(group, back, { allowRewind: true })
    expect(await committed()).toEqual([4])
  })

  test('groups are listed, described, explained and deleted', async () => {
    await commit(4)
    expect((await admin.listGroups()).find((one) => one.group === group)).toMatchObject({
      condition: 'empty',
      members: 0,
      committedPartitions: 1,
    })
    const description = await admin.describeGroup(group)
    expect(description).toMatchObject({
      summary: { group, condition: 'empty' },
      members: [],
      snapshots: [],
      resetEpoch: 0,
    })
    const [partition] = description.partitions
    expect(partition).toMatchObject({
      ...{ topic, partition: 0, memberId: undefined, committedOffset: 4 },
      ...{ startOffset: 0, readableEndOffset: 10, lagRecords: 6, error: undefined },
      oldestTimestampMs: 1_700_000_040_000,
    })
    expect(partition?.lagMs).toBe(description.timeMs - 1_700_000_040_000)
    expect(partition?.lagBytes).toBeGreaterThan(0)
    expect(description.traffic[0]).toMatchObject({ topic: undefined, backlogRecords: 6 })

    const short = await admin.describeGroup(group, { lagTime: false })
    expect(short.partitions[0]).toMatchObject({ lagRecords: 6, lagMs: undefined })

    const explanation = await admin.explainGroup(group)
    expect(explanation).toMatchObject({ isFlowing: false, summary: { group }, departed: [] })
    expect(explanation.partitions).toMatchObject([
      { topic, partition: 0, reason: 'no-member', memberId: undefined, lagRecords: 6 },
    ])
    expect(explanation.text).not.toBe('')

    await admin.deleteGroup(group)
    expect((await admin.listGroups()).map((one) => one.group)).not.toContain(group)
    await expect(admin.describeGroup(group)).rejects.toMatchObject({ code: 'GROUP_NOT_FOUND' })
  })

  test('all groups are listed, whatever fits on one page', async () => {
    const response = await client.admin().listGroups()
    const names = response.map((one) => one.group)
    expect(names).toEqual([...names].sort())
  })

  test('a reset says what it would do, does it, and is taken back', async () => {
    await admin.commitGroupOffsets(group, [
      { topic, partition: 0, offset: 4, metadata: 'kept' },
      { topic, partition: 1, offset: 0 },
    ])
    const target = { topic, partition: 0, to: { timestampMs: 1_700_000_065_000 } } as const
    const plan = await admin.resetGroup(group, target, { dryRun: true })
    expect(plan).toMatchObject({ isApplied: false, membersPutOut: [] })
    expect(plan.changes).toMatchObject([
      { topic, partition: 0, before: 4, after: 7, startOffset: 0, readableEndOffset: 10 },
    ])
    expect(await committed()).toEqual([4, 0])
    const done = await admin.resetGroup(group, target, { reason: 'a test' })
    expect(done).toMatchObject({ isApplied: true, resetEpoch: 1, changes: plan.changes })
    expect(await committed()).toEqual([7, 0])
    const undone = await admin.undoGroupReset(group)
    expect(undone).toMatchObject({ isApplied: true, changes: [{ before: 7, after: 4 }] })
    expect(await admin.groupOffsets(group)).toMatchObject([
      { offset: 4, metadata: 'kept' },
      { offset: 0 },
    ])
  })

  test.each([
    ['the earliest', 'earliest', 0],
    ['the latest', 'latest', 10],
    ['an offset', { offset: 3 }, 3],
    ['a moment after the last', { timestampMs: 1_800_000_000_000 }, 10],
    ['so many on', { shiftBy: 2 }, 7],
    ['further back than there is', { shiftBy: -100 }, 0],
  ] as const)('a reset to %s', async (_what, to, offset) => {
    await commit(5)
    const { changes } = await admin.resetGroup(group, { topic, partition: 0, to })
    expect(changes).toMatchObject([{ topic, partition: 0, before: 5, after: offset }])
    expect(await committed()).toEqual([offset])
  })

  test('the offsets of a file are set partition by partition', async () => {
    await commit(5)
    const { changes } = await admin.resetGroup(group, [
      { topic, partition: 1, to: 'earliest' },
      { topic, partition: 0, to: { offset: 9 } },
    ])
    expect(changes).toMatchObject([
      { partition: 0, after: 9 },
      { partition: 1, before: undefined, after: 0 },
    ])
  })

  test('what was committed is told as of a moment, and a group goes back to it', async () => {
    await commit(2)
    const firstMs = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await commit(6)
    expect(await admin.groupOffsets(group, { asOfMs: firstMs })).toMatchObject([{ offset: 2 }])
    const back = await admin.resetGroup(group, { to: { asOfMs: firstMs } })
    expect(back.changes).toMatchObject([{ before: 6, after: 2 }])
    const forked = await admin.forkGroup(group, `${group}-fork`, { asOfMs: firstMs, dryRun: true })
    expect(forked).toMatchObject({ isApplied: false, offsets: [{ offset: 2 }] })
  })

  test('the history tells commits and resets, newest first, page by page', async () => {
    await commit(2)
    await commit(6)
    await admin.resetGroup(group, { topic, partition: 0, to: 'earliest' }, { reason: 'once more' })
    const entries = []
    let pages = 0
    for await (const page of admin.groupHistory(group, { pageSize: 2 })) {
      pages++
      expect(page.entries.length).toBeLessThanOrEqual(2)
      expect(page.knownFromMs).toBeLessThanOrEqual(Date.now())
      entries.push(...page.entries)
    }
    expect(pages).toBeGreaterThan(1)
    const changed = entries.filter(({ kind }) => kind !== 'group-created')
    expect(changed.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['reset', 'once more'],
      ['commit', ''],
      ['commit', ''],
    ])
    expect(changed.map(({ changes }) => [changes[0]?.before, changes[0]?.after])).toEqual([
      [6, 0],
      [2, 6],
      [undefined, 2],
    ])
    const resets = []
    for await (const page of admin.groupHistory(group, { resetsOnly: true })) {
      resets.push(...page.entries)
    }
    expect(resets).toMatchObject([{ kind: 'reset', resetEpoch: 1 }])
  })

  test('a snapshot is taken, restored and forgotten', async () => {
    await commit(3)
    const { snapshot, offsets } = await admin.snapshotGroup(group, 'before')
    expect(snapshot).toMatchObject({ name: 'before', partitions: 1 })
    expect(offsets).toMatchObject([{ topic, partition: 0, offset: 3 }])
    await expect(admin.snapshotGroup(group, 'before')).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    })
    await commit(8)
    expect((await admin.describeGroup(group)).snapshots).toMatchObject([{ name: 'before' }])
    const plan = await admin.restoreGroup(group, 'before', { dryRun: true })
    expect(plan).toMatchObject({ isApplied: false, changes: [{ before: 8, after: 3 }] })
    expect(await admin.restoreGroup(group, 'before')).toMatchObject({ isApplied: true })
    expect(await committed()).toEqual([3])
    await admin.deleteGroupSnapshot(group, 'before')
    await expect(admin.restoreGroup(group, 'before')).rejects.toMatchObject({
      code: 'SNAPSHOT_NOT_FOUND',
    })
  })

  test('a fork stands where its group stands, and goes its own way', async () => {
    await commit(3)
    const report = await admin.forkGroup(group, `${group}-fork`)
    expect(report).toMatchObject({ isApplied: true, offsets: [{ topic, offset: 3 }] })
    await commit(9)
    expect(await committed(`${group}-fork`)).toEqual([3])
    await expect(admin.forkGroup(group, `${group}-fork`)).rejects.toMatchObject({
      code: 'GROUP_EXISTS',
    })
  })

  test('a wait for a commit ends when the group has committed past what a produce returned', async () => {
    const reports = await client.producer().sendMany([
      { topic, partition: 0, value: 'x' },
      { topic, partition: 0, value: 'y' },
      { topic, partition: 1, value: 'z' },
    ])
    await commit(10)
    const waiting = admin.waitForCommit(group, reports, { timeoutMs: 20_000 })
    await commit(12)
    await commit(1, 1)
    expect(await waiting).toMatchObject({
      isReached: true,
      offsets: [
        { partition: 0, offset: 12 },
        { partition: 1, offset: 1 },
      ],
    })
    const appended = { topic, partition: 0, baseOffset: 10, recordCount: 2 }
    expect(await admin.waitForCommit(group, appended)).toMatchObject({ isReached: true })
    expect(await admin.waitForCommit(group, [])).toEqual({ isReached: true, offsets: [] })
  })

  test('a wait for a commit that does not come says so in time, and may be for a group that is none', async () => {
    const position = { topic, partition: 0, offset: 5 }
    const wait = await admin.waitForCommit('nobody', position, { timeoutMs: 50 })
    expect(wait).toMatchObject({ isReached: false, offsets: [{ topic, offset: undefined }] })
    const controller = new AbortController()
    const waiting = admin.waitForCommit('nobody', position, { signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  test.each<[string, (admin: Admin, topic: string) => Promise<unknown>, string]>([
    ['describing nothing', (one) => one.describeGroup('none'), 'GROUP_NOT_FOUND'],
    ['explaining nothing', (one) => one.explainGroup('none'), 'GROUP_NOT_FOUND'],
    ['deleting nothing', (one) => one.deleteGroup('none'), 'GROUP_NOT_FOUND'],
    ['resetting nothing', (one) => one.resetGroup('none', { to: 'latest' }), 'GROUP_NOT_FOUND'],
    ['forking nothing', (one) => one.forkGroup('none', 'other'), 'GROUP_NOT_FOUND'],
    ['a snapshot of nothing', (one) => one.snapshotGroup('none', 's'), 'GROUP_NOT_FOUND'],
    [
      'an offset that cannot be',
      (one, topic) => one.commitGroupOffsets('x', [{ topic, partition: 0, offset: -1 }]),
      'INVALID_OFFSET',
    ],
    [
      'a topic that there is not',
      (one) => one.commitGroupOffsets('x', [{ topic: 'nowhere', partition: 0, offset: 0 }]),
      'UNKNOWN_TOPIC',
    ],
    [
      'a partition that there is not',
      (one, topic) => one.commitGroupOffsets('x', [{ topic, partition: 9, offset: 0 }]),
      'UNKNOWN_PARTITION',
    ],
    [
      'a group without a name',
      (one, topic) => one.commitGroupOffsets('', [{ topic, partition: 0, offset: 0 }]),
      'INVALID_GROUP_ID',
    ],
    [
      'a wait for a topic that there is not',
      (one) => one.waitForCommit('x', { topic: 'nowhere', partition: 0, offset: 0 }),
      'UNKNOWN_TOPIC',
    ],
    ['a wait without a group', (one) => one.waitForCommit(5 as never, []), 'INVALID_ARGUMENT'],
  ])('%s is refused with the error of the table', async (_what, call, code) => {
    await expect(call(admin, topic)).rejects.toMatchObject({ name: 'VarveError', code })
  })
})
