import { beforeEach, describe, expect, it } from 'vitest'
import type { GroupJournal } from '../../../../src/broker/groups/group-journal.ts'
import type { LogGroupJournal } from '../../../../src/broker/groups/log-group-journal.ts'
import { replay } from '../../../../src/coordinator/evolve.ts'
import type { GroupEvent } from '../../../../src/coordinator/group-event.ts'
import type { CommittedOffset, GroupState } from '../../../../src/coordinator/group-state.ts'
import { partitionKey } from '../../../../src/coordinator/partition-key.ts'
import type { Offset } from '../../../../src/domain/offset.ts'
import { topicIdFromBytes } from '../../../../src/domain/topic.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../../src/storage/engine.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import { readBatches } from '../../../support/batches.ts'
import { journalOn, TestPlace } from '../../../support/group-journal.ts'
import { GroupLife, statesText } from '../../../support/group-life.ts'
import { refusalOf } from '../../../support/refusal.ts'

const TOPIC_ID = topicIdFromBytes(Buffer.alloc(16, 9))
const T0 = Date.UTC(2026, 0, 1)

type JournalLimits = NonNullable<Parameters<typeof journalOn>[2]['limits']>

describe('the journal of groups', () => {
  let clock: VirtualClock
  let engine: StorageEngine
  let place: TestPlace
  let due: number

  beforeEach(() => {
    clock = new VirtualClock(T0)
    engine = new MemoryStorageEngine({ clock })
    place = new TestPlace(engine, { 'segment.bytes': '4096' })
    due = 0
  })

  /** A journal over what is stored, loaded. */
  async function opened(limits: JournalLimits = {}): Promise<LogGroupJournal> {
    const journal = journalOn(engine, place, {
      ...{ clock, limits },
      onCheckpointDue: () => {
        due++
      },
    })
    await journal.load()
    return journal
  }

  /** What a journal on what is stored loads. */
  async function loaded(): Promise<string> {
    return statesText(await journalOn(engine, place, { clock }).load())
  }

  it('makes its log with the first append, and nothing before', async () => {
    const journal = await opened()
    expect(await journal.reload('g')).toBeUndefined()
    await journal.checkpoint(fromJournal(journal))
    expect(await engine.partitions()).toEqual([])
    expect(journal.knownFromMs).toBe(0)
    await journal.append('g', [created('g')])
    expect(await engine.partitions()).toHaveLength(1)
  })

  it('reads its log once for all groups that are to be read again at once, and gives each its own', async () => {
    const journal = await opened()
    const names = Array.from({ length: 50 }, (_, index) => `group-${index}`)
    for (const name of names) await journal.append(name, [created(name), committed(1)])
    let bytes = 0
    const { log } = place
    const read = log.read.bind(log)
    log.read = async (request) => {
      const answer = await read(request)
      bytes += answer.bytes
      return answer
    }
    const states = await Promise.all(names.map((name) => journal.reload(name)))
    expect(states.map((state) => state?.groupId)).toEqual(names)
    log.read = read
    const stored = (await readBatches(log)).reduce((sum, batch) => sum + batch.length, 0)
    expect(bytes).toBe(stored)
    await journal.append('group-7', [committed(2, 3)])
    expect(
      [states[7], await journal.reload('group-7')].map((state) => state?.offsets.size),
    ).toEqual([1, 3])
    expect(await journal.reload('nobody')).toBeUndefined()
  })

  it('stores what comes at once in one batch, and what comes meanwhile in the next', async () => {
    const journal = await opened()
    const names = Array.from({ length: 200 }, (_, index) => `group-${index}`)
    await Promise.all(names.map((name) => journal.append(name, [created(name)])))
    expect(await readBatches(place.log)).toHaveLength(1)
    const first = journal.append('group-0', [committed(1)])
    await Promise.resolve()
    await Promise.resolve()
    await Promise.all([first, ...names.map((name) => journal.append(name, [committed(2)]))])
    expect(await readBatches(place.log)).toHaveLength(3)
    expect(await loaded()).toContain('"group-199"')
  })

  it('stores events that take many batches all or none, in the middle of others', async () => {
    const journal = await opened({ groupJournalBatchBytesMax: 10_000 })
    const large = committed(1, 20, 'm'.repeat(30_000))
    await Promise.all([
      journal.append('a', [created('a')]),
      journal.append('b', [created('b'), large, committed(2, 3)]),
      journal.append('a', [committed(5)]),
    ])
    const batches = await readBatches(place.log)
    expect(batches.length).toBeGreaterThan(15)
    const expected = [
      [created('a'), committed(5)],
      [created('b'), large, committed(2, 3)],
    ]
    expect(await loaded()).toBe(statesText(expected.map((events) => replay(events) as GroupState)))
    const told = await historyOf(journal, 'b')
    expect(told.map(({ kind }) => kind)).toEqual([
      'offsets-committed',
      'offsets-committed',
      'group-created',
    ])
    expect(told[1]).toEqual(large)
  })

  it('takes an assignment of ten thousand partitions and a state of some MiB', async () => {
    const journal = await opened()
    const events: GroupEvent[] = [created('g'), committed(7, 10_000, 'x'.repeat(200))]
    for (let member = 0; member < 1_000; member++) {
      const memberId = `member-${member}`
      const wishes = {
        ...{ instanceId: undefined, clientId: 'c', topics: ['t'], assignor: undefined, weight: 1 },
        ...{ sessionTimeoutMs: 45_000, rebalanceTimeoutMs: 60_000 },
      }
      const partitions = Array.from({ length: 10 }, (_, n) =>
        partitionKey(TOPIC_ID, member * 10 + n),
      )
      events.push({ kind: 'member-wishes', memberId, wishes })
      events.push({ kind: 'target-member', memberId, partitions })
    }
    await journal.append('g', events)
    await journal.checkpoint(fromJournal(journal))
    expect(await loaded()).toBe(statesText([replay(events) as GroupState]))
  })

  it('refuses more than may wait, and goes on when there is room again', async () => {
    const journal = await opened({ groupJournalQueueBytesMax: 20_000 })
    const appends = Array.from({ length: 100 }, (_, index) =>
      journal.append(`g${index}`, [created(`g${index}`), committed(1, 5)]),
    )
    const outcomes = await Promise.allSettled(appends)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(50)
    expect(refused[0]).toMatchObject({ reason: { code: 'QUEUE_FULL' } })
    const stored = (await journalOn(engine, place, { clock }).load()).length
    expect(stored).toBe(outcomes.length - refused.length)
    await journal.append('late', [created('late')])
  })

  it('has nothing of an append for which there was no room, and takes the next one', async () => {
    engine = new MemoryStorageEngine({ clock, limits: { memoryEngineBytesMax: 60_000 } })
    place = new TestPlace(engine)
    const journal = await opened({ groupJournalBatchBytesMax: 5_000 })
    await journal.append('g', [created('g')])
    const random = new SeededRandom(1)
    const noise = Buffer.from(random.bytes(100_000)).toString('base64')
    const refused = await refusalOf(journal.append('g', [committed(3), committed(1, 1, noise)]))
    expect(refused.code).toBe('DISK_FULL')
    expect((await journal.reload('g'))?.offsets.size).toBe(0)
    // What was begun of it takes room, but is not there.
    expect(place.log.statistics().bytes).toBeGreaterThan(20_000)
    await journal.append('g', [committed(2)])
    expect((await journal.reload('g'))?.offsets.size).toBe(1)
    expect(await loaded()).toBe(statesText([replay([created('g'), committed(2)]) as GroupState]))
  })

  it('answers NOT_READY before it is loaded and after it is closed', async () => {
    const journal = journalOn(engine, place, { clock })
    expect((await refusalOf(journal.append('g', [created('g')]))).code).toBe('NOT_READY')
    expect((await refusalOf(journal.reload('g'))).code).toBe('NOT_READY')
    await journal.load()
    const append = journal.append('g', [created('g')])
    await journal.close()
    await append
    expect((await refusalOf(journal.append('g', [committed(1)]))).code).toBe('NOT_READY')
    await journal.close()
  })

  describe('checkpoints', () => {
    it('are asked for when enough was stored, once, and again when one has failed', async () => {
      const journal = await opened({ groupCheckpointIntervalBytes: 10_000 })
      await journal.append('g', [created('g')])
      const commits = async (count: number): Promise<void> => {
        for (let commit = 0; commit < count; commit++)
          await journal.append('g', [committed(commit)])
      }
      await commits(20)
      expect(due).toBe(0)
      await commits(20)
      expect(due).toBe(1)
      const failure = new Error('not now')
      await expect(journal.checkpoint(() => Promise.reject(failure))).rejects.toBe(failure)
      await commits(5)
      expect(due).toBe(1)
      await commits(35)
      expect(due).toBe(2)
      await journal.checkpoint(fromJournal(journal))
      await commits(20)
      expect(due).toBe(2)
      expect(await loaded()).toContain('"offset":19')
    })

    it('leave groups that are gone behind, and make the log smaller', async () => {
      const journal = await opened({ groupHistoryBytesMax: 0 })
      for (let round = 0; round < 30; round++) {
        for (const group of ['a', 'b', `short-lived-${round}`]) {
          const isNew = round === 0 || group.startsWith('short')
          await journal.append(group, [...(isNew ? [created(group)] : []), committed(round, 4)])
          if (group.startsWith('short')) {
            await journal.append(group, [{ kind: 'group-deleted', timeMs: 1 }])
          }
        }
      }
      const before = place.log.statistics().bytes
      const groups = await loaded()
      await journal.checkpoint(fromJournal(journal))
      expect(place.log.bounds().start).toBeGreaterThan(0)
      expect(place.log.statistics().bytes).toBeLessThan(before / 5)
      expect(await loaded()).toBe(groups)
      const text = Buffer.concat(await readBatches(place.log)).toString('latin1')
      expect(text).not.toContain('short-lived-3')
    })

    it('spare a start the reading of what is before them', async () => {
      const journal = await opened()
      await journal.append('g', [created('g')])
      for (let commit = 0; commit < 400; commit++) await journal.append('g', [committed(commit)])
      expect(journal.isCheckpointWorthwhile).toBe(false)
      const before = await bytesOfLoad(place, () => loaded())
      await journal.checkpoint(fromJournal(journal))
      const after = await bytesOfLoad(place, () => loaded())
      expect(before).toBeGreaterThan(100_000)
      expect(after).toBeLessThan(5_000)
    })

    it('are found without the hint in the metadata, with a damaged one and with a wrong one', async () => {
      const journal = await opened({ groupHistoryBytesMax: 0 })
      const life = new GroupLife('g', new SeededRandom('hint'))
      for (let step = 0; step < 50; step++) await journal.append('g', life.next(clock.wallMs()))
      await journal.checkpoint(fromJournal(journal))
      for (let step = 0; step < 5; step++) await journal.append('g', life.next(clock.wallMs()))
      await journal.checkpoint(fromJournal(journal))
      await journal.append('g', life.next(clock.wallMs()))
      const groups = await loaded()
      const { metadata } = engine
      const [hint] = await metadata.list('groups/')
      expect(hint?.key).toBe('groups/checkpoint')
      const { start, end } = place.log.bounds()
      const wrong = [start, start + 1, end - 1, end, 10 ** 9].flatMap((begin) =>
        [1, 2, 3].map((id) => JSON.stringify({ version: 1, id, begin })),
      )
      for (const value of [...wrong, 'no JSON', '{}', '{"version":2,"id":1,"begin":0}']) {
        const version = (await metadata.get('groups/checkpoint'))?.version ?? 0
        await metadata.compareAndSet('groups/checkpoint', version, value)
        expect(await loaded(), value).toBe(groups)
      }
      const version = (await metadata.get('groups/checkpoint'))?.version ?? 0
      await metadata.delete('groups/checkpoint', version)
      expect(await loaded()).toBe(groups)
    })

    it('that were not finished do not count, and the next one does', async () => {
      const journal = await opened({ groupHistoryBytesMax: 0 })
      await journal.append('a', [created('a')])
      await journal.append('b', [created('b'), committed(3)])
      let told = 0
      const failing = journal.checkpoint(async (groupId, use) => {
        if (told++ === 1) throw new Error('the power fails')
        return await use(await journal.reload(groupId))
      })
      await expect(failing).rejects.toThrow('the power fails')
      await journal.append('a', [committed(4)])
      const groups = await loaded()
      expect(place.log.bounds().start).toBe(0)
      const again = await opened({ groupHistoryBytesMax: 0 })
      await again.checkpoint(fromJournal(again))
      expect(place.log.bounds().start).toBeGreaterThan(0)
      expect(await loaded()).toBe(groups)
    })

    it('are written one at a time', async () => {
      const journal = await opened()
      await journal.append('a', [created('a')])
      const both = [0, 1].map(() => journal.checkpoint(fromJournal(journal)))
      await Promise.all(both)
      const batches = await readBatches(place.log)
      // The event; a begin, a state, an end.
      expect(batches).toHaveLength(4)
    })
  })

  describe('history', () => {
    it('is kept for its time, whatever else is stored', async () => {
      const limits = { groupHistoryRetentionMs: 10_000 }
      const journal = await opened(limits)
      await journal.append('g', [created('g')])
      for (let second = 1; second <= 40; second++) {
        await clock.advance('1s')
        await journal.append('g', [committed(second)])
        if (second % 5 === 0) await journal.checkpoint(fromJournal(journal))
      }
      // The last checkpoint that is ten seconds old is that of second 30.
      expect(journal.knownFromMs).toBe(T0 + 30_000)
      expect(offsetIn(await journal.stateAsOf('g', T0 + 30_000))).toBe(30)
      expect(offsetIn(await journal.stateAsOf('g', T0 + 33_999))).toBe(33)
      const refusal = await refusalOf(journal.stateAsOf('g', T0 + 29_999))
      expect(refusal).toMatchObject({
        code: 'HISTORY_UNKNOWN',
        details: { knownFromMs: T0 + 30_000 },
      })
      const again = await opened(limits)
      expect(again.knownFromMs).toBe(T0 + 30_000)
      expect(offsetIn(await again.stateAsOf('g', T0 + 31_000))).toBe(31)
    })

    it('of a group that is gone stays as long', async () => {
      const journal = await opened()
      await journal.append('g', [created('g'), committed(1)])
      await clock.advance('1s')
      await journal.append('g', [{ kind: 'group-deleted', timeMs: clock.wallMs() }])
      expect(await journal.reload('g')).toBeUndefined()
      expect(offsetIn(await journal.stateAsOf('g', T0))).toBe(1)
      expect((await historyOf(journal, 'g')).map(({ kind }) => kind)).toEqual([
        'group-deleted',
        'offsets-committed',
        'group-created',
      ])
      expect(await historyOf(journal, 'nobody')).toEqual([])
    })
  })
})

function created(groupId: string): GroupEvent {
  return { kind: 'group-created', groupId, timeMs: 5 }
}

/** A commit of the same offset for some partitions. */
function committed(offset: number, partitions = 1, metadata = ''): GroupEvent {
  const offsets = Array.from(
    { length: partitions },
    (_, partition): CommittedOffset => ({
      ...{ topicId: TOPIC_ID, topicName: 'orders', partition, offset: offset as Offset },
      ...{ leaderEpoch: 1, metadata, timeMs: 6, memberId: 'm', memberEpoch: 3 },
    }),
  )
  return { kind: 'offsets-committed', offsets, before: offsets.map(() => null) }
}

function offsetIn(state: GroupState | undefined): number | undefined {
  return state?.offsets.get(partitionKey(TOPIC_ID, 0))?.offset
}

/** The states as they are stored, where nothing else is going on. */
function fromJournal(journal: GroupJournal): Parameters<GroupJournal['checkpoint']>[0] {
  return async (groupId, use) => await use(await journal.reload(groupId))
}

async function historyOf(journal: GroupJournal, groupId: string): Promise<GroupEvent[]> {
  const events: GroupEvent[] = []
  for await (const { event } of journal.history(groupId)) events.push(event)
  return events
}

/** Bytes that are read from the log meanwhile. */
async function bytesOfLoad(place: TestPlace, load: () => Promise<unknown>): Promise<number> {
  const { log } = place
  const read = log.read.bind(log)
  let bytes = 0
  log.read = async (request) => {
    const result = await read(request)
    bytes += result.bytes
    return result
  }
  try {
    await load()
  } finally {
    log.read = read
  }
  return bytes
}
