import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../../src/broker/broker.ts'
import type {
  WaitForCommitOutcome,
  WaitForCommitRequest,
} from '../../../../src/broker/groups/group-service.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { closeFileBroker, openFileBroker } from '../../../support/file-broker.ts'
import { commitOne, joinGroup, settle, TestMember } from '../../../support/group-broker.ts'
import { createTopic, openBroker, produce, type TestBroker } from '../../../support/open-broker.ts'
import { refusalOf } from '../../../support/refusal.ts'

const codeOf = async (promise: Promise<unknown>): Promise<string> => (await refusalOf(promise)).code

/** Topic `a` with three partitions of three records each. */
async function withRecords(limits = {}): Promise<TestBroker> {
  const opened = await openBroker({ limits })
  await createTopic(opened.broker, 'a', 3)
  for (const partition of [0, 1, 2]) await produce(opened.broker, 'a', ['x', 'y', 'z'], partition)
  return opened
}

describe('commits', () => {
  it('are answered each by itself, in order', async () => {
    const { broker } = await withRecords()
    const { topicId = '' } = await committed(broker, 'other', 0)
    const entries = [
      { topic: 'a', partition: 1, offset: 2, metadata: 'half', leaderEpoch: 1 },
      { topic: 'nothing', partition: 0, offset: 0 },
      { topic: 'a', partition: 3, offset: 0 },
      { topic: 'a', partition: 0, offset: 4 },
      { topic: 'a', partition: 2, offset: 3, topicId: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { topic: '__groups', partition: 0, offset: 0 },
      { topic: 'a', partition: 2, offset: 3, topicId },
      { topic: 'no/name', partition: 2, offset: 3 },
    ]
    const outcomes = await broker.groups.commit({ group: 'g', entries })
    expect(outcomes.map(({ error }) => error?.code)).toEqual([
      undefined,
      'UNKNOWN_TOPIC',
      'UNKNOWN_PARTITION',
      'OFFSET_OUT_OF_RANGE',
      'UNKNOWN_TOPIC',
      'UNKNOWN_TOPIC',
      undefined,
      'INVALID_TOPIC_NAME',
    ])
    expect(outcomes.map(({ topic, partition }) => `${topic}/${partition}`)).toEqual(
      entries.map(({ topic, partition }) => `${topic}/${partition}`),
    )
    expect(await broker.groups.fetchOffsets('g')).toMatchObject([
      { topic: 'a', partition: 1, offset: 2, metadata: 'half', leaderEpoch: 1, memberId: '' },
      { topic: 'a', partition: 2, offset: 3, metadata: '', leaderEpoch: -1, memberEpoch: -1 },
    ])
    const asked = [
      { topic: 'a', partition: 2 },
      { topic: 'a', partition: 0 },
    ]
    expect((await broker.groups.fetchOffsets('g', asked)).map(({ offset }) => offset)).toEqual([
      3,
      undefined,
    ])
  })

  it('are of members alone while there are any', async () => {
    const { broker, clock } = await withRecords()
    expect(await codeOf(commitOne(broker, '', { topic: 'a', offset: 1 }))).toBe('INVALID_GROUP_ID')
    const nobody = { group: 'g', memberId: 'nobody', memberEpoch: 1 }
    const entries = [{ topic: 'a', partition: 0, offset: 1 }]
    expect(await codeOf(broker.groups.commit({ ...nobody, entries }))).toBe('UNKNOWN_MEMBER')
    expect((await broker.groups.list({ limit: 9 })).groups).toEqual([])
    const member = await joinGroup(broker, 'g', { topics: ['a'] })
    expect(await codeOf(broker.groups.commit({ group: 'g', entries }))).toBe('UNKNOWN_MEMBER')
    expect(await commitOne(broker, member, { topic: 'a', offset: 2 })).toEqual({
      ...{ topic: 'a', partition: 0 },
    })
    const back = await commitOne(broker, member, { topic: 'a', offset: 1 })
    expect(back.error?.code).toBe('COMMIT_REWIND')
    const other = await joinGroup(broker, 'g', { topics: ['a'] })
    await settle(clock, [member, other])
    const foreign = await commitOne(broker, other, {
      topic: 'a',
      partition: Number(member.held[0]?.slice(2)),
      offset: 3,
    })
    expect(foreign.error?.code).toBe('NOT_OWNER')
    member.epoch += 5
    expect(await codeOf(commitOne(broker, member, { topic: 'a', offset: 3 }))).toBe(
      'STALE_MEMBER_EPOCH',
    )
  })

  it('never lie beyond what readers see, so that no crash leaves a group ahead of its log', async () => {
    const fileSystem = new SimFileSystem()
    const opened = await openFileBroker(fileSystem)
    const { broker } = opened
    await createTopic(broker, 'a')
    await produce(broker, 'a', ['x'])
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const seen: { sync: boolean } = { sync: false }
    const stop = fileSystem.operations.inject(({ kind, path }) => {
      if (kind !== 'sync-data' || !path.endsWith('.log')) return undefined
      seen.sync = true
      return { kind: 'wait', until }
    })
    const produced = produce(broker, 'a', ['y'])
    while (!seen.sync) await Promise.resolve()
    stop()
    const outcome = await commitOne(broker, 'g', { topic: 'a', offset: 2 })
    expect(outcome.error?.code, 'a commit of what is not durable').toBe('OFFSET_OUT_OF_RANGE')
    release()
    await produced
    expect((await commitOne(broker, 'g', { topic: 'a', offset: 2 })).error).toBeUndefined()
    await closeFileBroker(opened)
  })

  it('may be so many at once and no more', async () => {
    const { broker } = await withRecords({ commitEntriesMax: 2, groupsMax: 1 })
    const entries = new Array(3).fill({ topic: 'a', partition: 0, offset: 1 })
    expect(await codeOf(broker.groups.commit({ group: 'g', entries }))).toBe('TOO_MANY_ITEMS')
    await commitOne(broker, 'g', { topic: 'a', offset: 1 })
    expect(await codeOf(commitOne(broker, 'h', { topic: 'a', offset: 1 }))).toBe('TOO_MANY_GROUPS')
    expect(await codeOf(new TestMember(broker, 'h').join({ topics: ['a'] }))).toBe(
      'TOO_MANY_GROUPS',
    )
    await broker.groups.delete('g')
    expect((await joinGroup(broker, 'h', { topics: ['a'] })).held.length).toBe(3)
    expect(await codeOf(broker.groups.delete('h'))).toBe('GROUP_NOT_EMPTY')
    expect(await codeOf(broker.groups.delete('g'))).toBe('GROUP_NOT_FOUND')
  })

  it('of many members at once cost few syncs', async () => {
    const fileSystem = new SimFileSystem()
    const opened = await openFileBroker(fileSystem)
    const { broker } = opened
    await createTopic(broker, 'a', 100)
    const members = await Promise.all(
      Array.from({ length: 100 }, () => joinGroup(broker, 'g', { topics: ['a'] })),
    )
    let syncs = 0
    fileSystem.operations.inject(({ kind }) => {
      if (kind === 'sync-data') syncs++
      return undefined
    })
    const outcomes = await Promise.all(
      members.map((member) => {
        const partition = Number(member.held[0]?.slice(2))
        return commitOne(broker, member, { topic: 'a', partition, offset: 0 })
      }),
    )
    expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([])
    expect(syncs).toBeLessThanOrEqual(2)
    await closeFileBroker(opened)
  })

  it('that cannot be stored are refused, change nothing, and are taken again when there is room', async () => {
    const fileSystem = new SimFileSystem()
    const opened = await openFileBroker(fileSystem)
    const { broker, clock } = opened
    await createTopic(broker, 'a', 1)
    await produce(broker, 'a', ['x', 'y', 'z'])
    const member = await joinGroup(broker, 'g', { topics: ['a'] })
    await commitOne(broker, member, { topic: 'a', offset: 1 })
    fileSystem.capacityBytes = fileSystem.bytesUsed
    const commit = codeOf(commitOne(broker, member, { topic: 'a', offset: 2 }))
    const heard = member.beat()
    const read = broker.groups.fetchOffsets('g')
    const joined = codeOf(new TestMember(broker, 'g').join({ topics: ['a'] }))
    expect(await commit).toBe('DISK_FULL')
    expect(await joined).toBe('DISK_FULL')
    expect(await read).toMatchObject([{ offset: 1 }])
    await heard
    expect((await broker.groups.list({ limit: 1 })).groups).toMatchObject([{ members: 1 }])
    // Nobody is put out for what cannot be stored, and who is dead goes when it can.
    await clock.advance('9s')
    await member.beat()
    await clock.advance('9s')
    await member.beat()
    await clock.advance('15s')
    expect(member.ended).toBeUndefined()
    fileSystem.capacityBytes = Infinity
    for (let turns = 0; turns < 100 && member.ended === undefined; turns++) {
      await clock.advance(100)
    }
    expect(member.ended?.code).toBe('FENCED_MEMBER_EPOCH')
    await commitOne(broker, 'g', { topic: 'a', offset: 2 })
    expect(await broker.groups.fetchOffsets('g')).toMatchObject([{ offset: 2 }])
    await closeFileBroker(opened)
  })

  it('are forgotten when nobody has needed them for long', async () => {
    const { broker, clock } = await withRecords({ groupOffsetsRetentionMs: 3_600_000 })
    await commitOne(broker, 'dead', { topic: 'a', offset: 1 })
    const member = await joinGroup(broker, 'live', { topics: ['a'], sessionTimeoutMs: 1_800_000 })
    await commitOne(broker, member, { topic: 'a', offset: 1 })
    for (let quarters = 0; quarters < 5; quarters++) {
      await clock.advance('15m')
      await member.beat()
    }
    expect(await codeOf(broker.groups.fetchOffsets('dead'))).toBe('GROUP_NOT_FOUND')
    expect((await broker.groups.list({ limit: 9 })).groups).toMatchObject([
      { group: 'live', committedPartitions: 1 },
    ])
  })
})

describe('lists of groups', () => {
  it('come in pages, sorted, and only groups that are there', async () => {
    const { broker } = await withRecords()
    for (const id of ['c', 'a', '__proto__', 'b', 'ä']) {
      await commitOne(broker, id, { topic: 'a', offset: 1 })
    }
    expect(await codeOf(broker.groups.fetchOffsets('nothing'))).toBe('GROUP_NOT_FOUND')
    const pages: string[][] = []
    let after: string | undefined
    do {
      const page = await broker.groups.list({ limit: 2, ...(after === undefined ? {} : { after }) })
      pages.push(page.groups.map(({ group }) => group))
      after = page.next
    } while (after !== undefined)
    expect(pages).toEqual([['__proto__', 'a'], ['b', 'c'], ['ä']])
    expect(await broker.groups.list({ limit: 2, after: 'zzz' })).toMatchObject({
      groups: [{ group: 'ä' }],
    })
    expect(await broker.groups.list({ limit: 2, after: 'ö' })).toEqual({ groups: [] })
  })
})

describe('waiting for commits', () => {
  const wait = (
    broker: Broker,
    offsets: Readonly<Record<number, number>>,
    options: Partial<WaitForCommitRequest> & { readonly signal?: AbortSignal } = {},
  ): Promise<WaitForCommitOutcome> => {
    const positions = Object.entries(offsets).map(([partition, offset]) => ({
      ...{ topic: 'a', partition: Number(partition), offset },
    }))
    const { signal = new AbortController().signal, ...rest } = options
    return broker.groups.waitForCommit(
      { group: 'g', positions, maxWaitMs: 30_000, ...rest },
      signal,
    )
  }

  it('ends when all are passed, for a group that is made meanwhile too', async () => {
    const { broker, clock } = await withRecords()
    const waiting = wait(broker, { 0: 1, 2: 2 })
    let ended = false
    void waiting.then(() => {
      ended = true
    })
    await clock.advance('1s')
    await commitOne(broker, 'g', { topic: 'a', partition: 0, offset: 2 })
    await commitOne(broker, 'g', { topic: 'a', partition: 2, offset: 2 })
    await clock.advance('1s')
    expect(ended).toBe(false)
    await commitOne(broker, 'g', { topic: 'a', partition: 2, offset: 3 })
    expect(await waiting).toMatchObject({
      isReached: true,
      offsets: [{ offset: 2 }, { offset: 3 }],
    })
    expect(await wait(broker, { 0: 0 })).toMatchObject({ isReached: true })
    expect(broker.groups.waiting).toBe(0)
  })

  it('ends with what is there when the time is over', async () => {
    const { broker, clock } = await withRecords()
    await commitOne(broker, 'g', { topic: 'a', partition: 0, offset: 1 })
    const waiting = wait(broker, { 0: 1, 1: 0 }, { maxWaitMs: 100 })
    expect(await clock.until(waiting)).toMatchObject({
      isReached: false,
      offsets: [{ offset: 1 }, { offset: undefined }],
    })
    const long = wait(broker, { 0: 1 }, { maxWaitMs: Infinity })
    expect(await clock.until(long, { limit: '60s' })).toMatchObject({ isReached: false })
    expect(await wait(broker, { 0: 1 }, { maxWaitMs: 0 }).then((one) => one)).toMatchObject({
      isReached: false,
    })
  })

  it('ends with an error when nobody will pass the position', async () => {
    const { broker, clock } = await withRecords()
    await commitOne(broker, 'g', { topic: 'a', partition: 0, offset: 0 })
    const reset = { group: 'g', dryRun: false, force: false, reason: 'a test' }
    const skipped = codeOf(wait(broker, { 0: 1 }))
    const kept = wait(broker, { 1: 1 })
    await clock.advance(0)
    const to = (partition: number, offset: number) =>
      ({ topic: 'a', partition, place: { to: 'offset', offset } }) as const
    await broker.groups.reset({ ...reset, what: [to(0, 3), to(1, 1)] })
    expect(await skipped).toBe('OFFSETS_RESET')
    await commitOne(broker, 'g', { topic: 'a', partition: 1, offset: 2 })
    expect(await kept).toMatchObject({ isReached: true })
    const gone = codeOf(wait(broker, { 2: 2 }))
    await clock.advance(0)
    await broker.topics.deleteTopic('a')
    expect(await gone).toBe('UNKNOWN_TOPIC')
  })

  it('can be cancelled, and leaves nothing', async () => {
    const { broker, clock } = await withRecords()
    const before = clock.openTimers
    const aborting = new AbortController()
    const waiting = codeOf(wait(broker, { 0: 1, 1: 1 }, { signal: aborting.signal }))
    await clock.advance(0)
    expect(broker.groups.waiting).toBe(1)
    aborting.abort()
    expect(await waiting).toBe('CANCELLED')
    expect(await codeOf(wait(broker, { 0: 1 }, { signal: aborting.signal }))).toBe('CANCELLED')
    expect(broker.groups.waiting).toBe(0)
    expect(clock.openTimers).toBe(before)
  })

  it('is refused what cannot be waited for', async () => {
    const limits = { waitingForCommitsMax: 1, commitWaitPositionsMax: 2 }
    const { broker, clock } = await withRecords(limits)
    expect(await codeOf(wait(broker, { 7: 1 }))).toBe('UNKNOWN_PARTITION')
    expect(await codeOf(wait(broker, { 0: -1 }))).toBe('INVALID_OFFSET')
    expect(await codeOf(wait(broker, { 0: 1 }, { maxWaitMs: -1 }))).toBe('INVALID_ARGUMENT')
    expect(await codeOf(wait(broker, { 0: 1 }, { group: '' }))).toBe('INVALID_GROUP_ID')
    expect(await codeOf(wait(broker, { 0: 1, 1: 1, 2: 1 }))).toBe('TOO_MANY_ITEMS')
    const missing = [{ topic: 'nothing', partition: 0, offset: 1 }]
    expect(await codeOf(wait(broker, {}, { positions: missing }))).toBe('UNKNOWN_TOPIC')
    const first = wait(broker, { 0: 0 })
    expect(await codeOf(wait(broker, { 0: 0 }))).toBe('QUEUE_FULL')
    await commitOne(broker, 'g', { topic: 'a', offset: 1 })
    expect(await clock.until(first)).toMatchObject({ isReached: true })
  })

  it('counts the last of several positions in a partition', async () => {
    const { broker } = await withRecords()
    const positions = [
      { topic: 'a', partition: 0, offset: 2 },
      { topic: 'a', partition: 0, offset: 0 },
    ]
    const waiting = wait(broker, {}, { positions })
    await commitOne(broker, 'g', { topic: 'a', offset: 1 })
    await commitOne(broker, 'g', { topic: 'a', offset: 3 })
    expect(await waiting).toMatchObject({
      isReached: true,
      offsets: [{ offset: 3 }, { offset: 3 }],
    })
  })

  it('wakes only those whose position is passed, however many wait', async () => {
    const { broker, clock } = await withRecords()
    const impatient = Array.from({ length: 150 }, () => new AbortController())
    const waits = Array.from({ length: 300 }, (_, index) =>
      wait(broker, { 0: index % 3 }, waitFor(impatient[index / 2])).then(
        ({ isReached }) => (isReached ? index % 3 : 'late'),
        () => 'cancelled',
      ),
    )
    await clock.advance(0)
    await commitOne(broker, 'g', { topic: 'a', offset: 1 })
    await clock.advance(0)
    expect(broker.groups.waiting).toBe(200)
    for (const one of impatient) one.abort()
    expect(broker.groups.waiting).toBe(100)
    await commitOne(broker, 'g', { topic: 'a', offset: 3 })
    const ends = await Promise.all(waits)
    expect(ends.filter((end) => end === 'cancelled').length).toBe(100)
    expect(ends.filter((end) => end === 'late')).toEqual([])
    expect(broker.groups.waiting).toBe(0)
  })
})

function waitFor(controller: AbortController | undefined): { readonly signal?: AbortSignal } {
  return controller === undefined ? {} : { signal: controller.signal }
}

async function committed(
  broker: Broker,
  group: string,
  partition: number,
): Promise<{ readonly topicId?: string }> {
  await commitOne(broker, group, { topic: 'a', partition, offset: 0 })
  const [position] = await broker.groups.fetchOffsets(group)
  return position ?? {}
}
