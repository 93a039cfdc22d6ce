import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  HistoryEntry,
  HistoryRequest,
  ResetEntry,
  ResetOutcome,
  ResetRequest,
} from '../../../../src/broker/groups/group-service.ts'
import type { Limits } from '../../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../../src/platform/log.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import { HostedGroups } from '../../../support/hosted-groups.ts'
import { refusalOf } from '../../../support/refusal.ts'

const engines: Record<string, (clock: VirtualClock) => Promise<StorageEngine>> = {
  memory: (clock) => Promise.resolve(new MemoryStorageEngine({ clock })),
  file: (clock) =>
    FileStorageEngine.open({
      ...{ fileSystem: new SimFileSystem(), clock, random: new SeededRandom(1) },
      ...{ log: SILENT_LOG, directory: '/data' },
    }),
}

describe.each(Object.keys(engines))('the past of a group on the %s engine', (name) => {
  let clock: VirtualClock
  let engine: StorageEngine
  let groups: HostedGroups

  const open = async (limits: Partial<Limits> = {}): Promise<void> => {
    clock = new VirtualClock()
    engine = await (engines[name] as (typeof engines)[string])(clock)
    groups = await HostedGroups.open({ engine, clock, limits })
    await groups.createTopic('t', 2)
    for (const partition of [0, 1]) await groups.fill('t', partition, 100)
  }
  beforeEach(() => open())
  afterEach(async () => {
    await groups.close()
    await engine.close()
  })

  /** A moment passes; what it showed before it did. */
  const tick = async (ms = 10): Promise<number> => {
    const now = clock.wallMs()
    await clock.advance(ms)
    return now
  }
  const reset = (
    what: ResetRequest['what'],
    changes: Partial<ResetRequest> = {},
  ): Promise<ResetOutcome> =>
    groups.host.reset({
      ...{ group: 'g', what, dryRun: false, force: false, reason: 'a test' },
      ...changes,
    })
  const entry = (place: ResetEntry['place'], topic?: string, partition?: number): ResetEntry => ({
    topic,
    partition,
    place,
  })
  const pages = async (
    request: Partial<HistoryRequest> = {},
  ): Promise<readonly HistoryEntry[][]> => {
    const all: HistoryEntry[][] = []
    let before: string | undefined
    do {
      const page = await groups.host.history({
        ...{ group: 'g', resetsOnly: false, limit: 1_000, ...request },
        ...(before === undefined ? {} : { before }),
      })
      all.push([...page.entries])
      before = page.next
    } while (before !== undefined)
    return all
  }

  describe('a reset', () => {
    it('to a moment of the records goes to the first record at or after it', async () => {
      await groups.createTopic('times', 1)
      await groups.append('times', 0, [1_000, 2_000, 3_000])
      await groups.commit('g', { 'times/0': 3 })
      const at = async (timestampMs: number): Promise<number | undefined> => {
        const { changes } = await reset([entry({ to: 'timestamp', timestampMs }, 'times')])
        return changes[0]?.after
      }
      expect([await at(2_000), await at(2_001), await at(9_999), await at(0)]).toEqual([1, 2, 3, 0])
    })

    it('tells the bounds, whom it concerns and what was before, and a dry run changes nothing', async () => {
      await groups.log('t', 1).deleteBefore(10 as never)
      await groups.commit('g', { 't/0': 50 })
      const plan = await reset([entry({ to: 'earliest' })], { dryRun: true })
      expect(plan).toEqual({
        ...{ isApplied: false, resetEpoch: 1, membersPutOut: [] },
        changes: [
          expect.objectContaining({ partition: 0, before: 50, after: 0, startOffset: 0 }),
          expect.objectContaining({ partition: 1, before: undefined, after: 10, startOffset: 10 }),
        ],
      })
      expect(plan.changes.map((change) => change.readableEndOffset)).toEqual([100, 100])
      expect(await groups.committed('g')).toEqual({ 't/0': 50 })
      expect(await reset([entry({ to: 'earliest' })])).toEqual({ ...plan, isApplied: true })
      expect(await groups.committed('g')).toEqual({ 't/0': 0, 't/1': 10 })
    })

    it('follows the most exact entry, in whatever order they come', async () => {
      await groups.createTopic('u', 1)
      await groups.fill('u', 0, 10)
      await groups.commit('g', { 't/0': 50, 'u/0': 5 })
      const all = entry({ to: 'earliest' })
      const topic = entry({ to: 'latest' }, 't')
      const one = entry({ to: 'offset', offset: 7 }, 't', 1)
      for (const what of [
        [all, topic, one],
        [one, topic, all],
      ]) {
        await reset(what)
        expect(await groups.committed('g')).toEqual({ 't/0': 100, 't/1': 7, 'u/0': 0 })
      }
      for (const twice of [all, topic, one]) {
        const { code } = await refusalOf(reset([one, topic, all, twice]))
        expect(code).toBe('INVALID_ARGUMENT')
      }
    })

    it('shifts only what has something to be shifted, unless it is named', async () => {
      await groups.commit('g', { 't/0': 50 })
      await reset([entry({ to: 'shift', by: -5 }, 't')])
      expect(await groups.committed('g')).toEqual({ 't/0': 45 })
      await reset([entry({ to: 'shift', by: 5 }, 't', 1)])
      expect(await groups.committed('g')).toEqual({ 't/0': 45, 't/1': 5 })
    })

    it('goes to what was committed at a moment, and to nothing where nothing was', async () => {
      await groups.commit('g', { 't/0': 50 })
      const then = await tick()
      await groups.commit('g', { 't/0': 60, 't/1': 60 })
      const { changes } = await reset([entry({ to: 'as-of', timeMs: then })])
      expect(changes).toMatchObject([
        { before: 60, after: 50 },
        { before: 60, after: undefined },
      ])
      expect(await groups.committed('g')).toEqual({ 't/0': 50 })
      const [position] = await groups.host.fetchOffsets('g')
      expect(position).toMatchObject({ metadata: 'at 50', memberId: '', memberEpoch: -1 })
      await reset('undo')
      expect(await groups.committed('g')).toEqual({ 't/0': 60, 't/1': 60 })
    })

    it('is refused for what makes no sense, and changes nothing', async () => {
      expect((await refusalOf(reset('undo'))).code).toBe('GROUP_NOT_FOUND')
      expect((await refusalOf(reset([entry({ to: 'latest' })]))).code).toBe('GROUP_NOT_FOUND')
      const before = await tick()
      await groups.commit('g', { 't/0': 50 })
      const now = await tick()
      const bad: readonly (readonly [ResetRequest['what'], string])[] = [
        [[], 'INVALID_ARGUMENT'],
        ['undo', 'NOTHING_TO_UNDO'],
        [[entry({ to: 'latest' }, undefined, 0)], 'INVALID_ARGUMENT'],
        [[entry({ to: 'latest' }, 'nowhere')], 'UNKNOWN_TOPIC'],
        [[entry({ to: 'latest' }, 't', 2)], 'UNKNOWN_PARTITION'],
        [[entry({ to: 'offset', offset: 101 }, 't', 0)], 'OFFSET_OUT_OF_RANGE'],
        [[entry({ to: 'offset', offset: -1 }, 't', 0)], 'INVALID_OFFSET'],
        [[entry({ to: 'shift', by: 0.5 })], 'INVALID_ARGUMENT'],
        [[entry({ to: 'timestamp', timestampMs: -1 })], 'INVALID_TIMESTAMP'],
        [[entry({ to: 'as-of', timeMs: -1 })], 'INVALID_TIMESTAMP'],
        [[entry({ to: 'as-of', timeMs: Number.MAX_SAFE_INTEGER })], 'INVALID_TIMESTAMP'],
        [[entry({ to: 'as-of', timeMs: before - 1 })], 'GROUP_NOT_FOUND'],
        [
          [
            entry({ to: 'as-of', timeMs: now }, 't', 0),
            entry({ to: 'as-of', timeMs: now + 1 }, 't', 1),
          ],
          'INVALID_ARGUMENT',
        ],
      ]
      for (const [what, code] of bad) {
        expect((await refusalOf(reset(what))).code, JSON.stringify(what)).toBe(code)
      }
      expect(await groups.committed('g')).toEqual({ 't/0': 50 })
    })

    it('whose plan was overtaken by a commit goes from what is committed, and says so', async () => {
      await groups.commit('g', { 't/0': 50 })
      const late = reset([entry({ to: 'shift', by: 1 }, 't', 0)])
      // The plan reads the group first; this is decided before the reset itself.
      const commit = groups.commit('g', { 't/0': 70 })
      const [{ changes }] = await Promise.all([late, commit])
      expect(changes).toMatchObject([{ before: 70, after: 71 }])
    })
  })

  describe('an undo', () => {
    it('survives a restart', async () => {
      await groups.commit('g', { 't/0': 50 })
      await reset([entry({ to: 'latest' })])
      groups = await groups.restart()
      const { changes } = await reset('undo', { dryRun: true })
      expect(changes).toMatchObject([
        { partition: 0, before: 100, after: 50, readableEndOffset: 100 },
        { partition: 1, before: 100, after: undefined },
      ])
      await reset('undo')
      expect(await groups.committed('g')).toEqual({ 't/0': 50 })
      expect((await refusalOf(reset('undo'))).code).toBe('NOTHING_TO_UNDO')
    })
  })

  describe('a snapshot', () => {
    it('is taken of now or of a moment, restored after a restart, and forgotten', async () => {
      await groups.commit('g', { 't/0': 50 })
      const then = await tick()
      await groups.commit('g', { 't/0': 60, 't/1': 5 })
      await tick()
      const now = await groups.host.snapshot('g', 'now')
      const past = await groups.host.snapshot('g', 'past', then)
      expect(now.snapshot).toMatchObject({ name: 'now', asOfMs: clock.wallMs(), partitions: 2 })
      expect(past.snapshot).toMatchObject({ asOfMs: then, timeMs: clock.wallMs(), partitions: 1 })
      expect(past.offsets).toMatchObject([{ topic: 't', partition: 0, offset: 50 }])
      await groups.commit('g', { 't/0': 99 })
      groups = await groups.restart()
      const restore = (name: string, dryRun = false): Promise<ResetOutcome> =>
        groups.host.restore({ group: 'g', name, dryRun, force: false, reason: '' })
      const plan = await restore('past', true)
      expect(plan.changes).toMatchObject([
        { before: 99, after: 50 },
        { before: 5, after: undefined },
      ])
      await restore('past')
      expect(await groups.committed('g')).toEqual({ 't/0': 50 })
      await restore('now')
      expect(await groups.committed('g')).toEqual({ 't/0': 60, 't/1': 5 })
      await groups.host.deleteSnapshot('g', 'now')
      expect((await refusalOf(restore('now'))).code).toBe('SNAPSHOT_NOT_FOUND')
      expect((await refusalOf(groups.host.snapshot('g', 'past'))).code).toBe('SNAPSHOT_EXISTS')
      expect((await refusalOf(groups.host.snapshot('h', 'x'))).code).toBe('GROUP_NOT_FOUND')
    })
  })

  describe('a fork', () => {
    it('stands where the group stands, or stood, and goes its own way', async () => {
      await groups.commit('g', { 't/0': 50 })
      const then = await tick()
      await groups.commit('g', { 't/0': 60 })
      const fork = { group: 'g', newGroup: 'now', dryRun: false }
      expect((await groups.host.fork({ ...fork, dryRun: true })).isApplied).toBe(false)
      expect((await refusalOf(groups.committed('now'))).code).toBe('GROUP_NOT_FOUND')
      const { offsets } = await groups.host.fork(fork)
      expect(offsets).toMatchObject([{ offset: 60, metadata: 'at 60', memberId: '' }])
      await groups.host.fork({ ...fork, newGroup: 'then', asOfMs: then })
      await groups.commit('then', { 't/1': 1 })
      groups = await groups.restart()
      expect(await groups.committed('now')).toEqual({ 't/0': 60 })
      expect(await groups.committed('then')).toEqual({ 't/0': 50, 't/1': 1 })
      expect(await groups.committed('g')).toEqual({ 't/0': 60 })
      expect((await refusalOf(groups.host.fork(fork))).code).toBe('GROUP_EXISTS')
      const nobody = { ...fork, group: 'nobody' }
      expect((await refusalOf(groups.host.fork(nobody))).code).toBe('GROUP_NOT_FOUND')
    })

    it('is refused as of a moment that is yet to come, with what is known of the time', async () => {
      await groups.commit('g', { 't/0': 50 })
      const soon = clock.wallMs() + 60_000
      expect(await groups.committed('g', soon)).toEqual({ 't/0': 50 })
      const past = { group: 'g', newGroup: 'f', asOfMs: soon + 1, dryRun: false }
      for (const early of [groups.host.fork(past), groups.committed('g', soon + 1)]) {
        const { code, message } = await refusalOf(early)
        expect(code).toBe('INVALID_ARGUMENT')
        expect(message).toContain(`it is ${new Date(clock.wallMs()).toISOString()}`)
      }
    })

    it('names what is there already, and what is not', async () => {
      await groups.commit('g', { 't/0': 50 })
      await groups.host.snapshot('g', 's')
      const same = { group: 'g', newGroup: 'g', dryRun: false }
      const undo = { group: 'g', what: 'undo' as const, dryRun: false, force: false, reason: '' }
      const refusals = [
        ...[groups.host.snapshot('g', 's'), groups.host.fork(same), groups.host.reset(undo)],
        ...[groups.host.deleteSnapshot('nope', 's'), groups.host.snapshot('nope', 's')],
        groups.committed('nope'),
      ].map(async (refused) => (await refusalOf(refused)).message)
      expect(await Promise.all(refusals)).toEqual([
        ...['group g has a snapshot s already', 'there is a group g already'],
        'no reset of group g is known that was not taken back',
        ...['there is no group nope', 'there is no group nope', 'there is no group nope'],
      ])
    })

    it('brings a deleted group back, under its own id', async () => {
      await groups.commit('g', { 't/0': 50 })
      const then = await tick()
      await groups.host.delete('g')
      await groups.host.fork({ group: 'g', newGroup: 'g', asOfMs: then, dryRun: false })
      expect(await groups.committed('g')).toEqual({ 't/0': 50 })
      const [entries = []] = await pages()
      expect(entries.map(({ kind }) => kind)).toEqual([
        ...['group-created', 'group-deleted', 'commit', 'group-created'],
      ])
      expect(entries[0]?.reason).toBe(`fork of g as of ${new Date(then).toISOString()}`)
    })

    it('is held to what the partitions still have', async () => {
      await groups.commit('g', { 't/0': 5, 't/1': 50 })
      const then = await tick()
      await groups.log('t', 0).deleteBefore(20 as never)
      await groups.host.fork({ group: 'g', newGroup: 'f', asOfMs: then, dryRun: false })
      expect(await groups.committed('f')).toEqual({ 't/0': 20, 't/1': 50 })
    })
  })

  describe('what was committed at a moment', () => {
    it('is told by name, also of a topic that was made again since', async () => {
      await groups.commit('g', { 't/0': 50 })
      const then = await tick()
      await groups.deleteTopic('t')
      await tick()
      expect(await groups.committed('g')).toEqual({})
      await groups.createTopic('t', 2)
      expect(await groups.committed('g', then)).toEqual({ 't/0': 50 })
      const [named, empty] = await groups.host.fetchOffsets(
        ...([
          'g',
          [
            { topic: 't', partition: 0 },
            { topic: 't', partition: 1 },
          ],
          then,
        ] as const),
      )
      expect(named).toMatchObject({ offset: 50 })
      expect(empty).toMatchObject({ offset: undefined, leaderEpoch: -1 })
      const other = [{ topic: 'nowhere', partition: 0 }]
      expect((await refusalOf(groups.host.fetchOffsets('g', other, then))).code).toBe(
        'UNKNOWN_TOPIC',
      )
    })

    it('is what is committed now for a moment that is yet to come', async () => {
      await groups.commit('g', { 't/0': 50 })
      expect(await groups.committed('g', clock.wallMs() + 1_000)).toEqual({ 't/0': 50 })
    })

    it('is not told when the history does not know it any more', async () => {
      await groups.close()
      await engine.close()
      await open({ groupHistoryRetentionMs: 60_000 })
      await groups.commit('g', { 't/0': 1 })
      const first = await tick()
      for (let offset = 2; offset < 8; offset++) {
        await groups.commit('g', { 't/0': offset })
        await tick(30_000)
        await groups.checkpoint()
      }
      const { knownFromMs } = await groups.host.history({
        ...{ group: 'g', resetsOnly: false, limit: 1 },
      })
      expect(knownFromMs).toBeGreaterThan(first)
      const { code, details } = await refusalOf(groups.committed('g', first))
      expect([code, details]).toEqual(['HISTORY_UNKNOWN', { knownFromMs }])
      for (const unknown of [
        reset([entry({ to: 'as-of', timeMs: first })]),
        groups.host.snapshot('g', 's', first),
        groups.host.fork({ group: 'g', newGroup: 'f', asOfMs: first, dryRun: true }),
      ]) {
        expect((await refusalOf(unknown)).code).toBe('HISTORY_UNKNOWN')
      }
      expect(await groups.committed('g')).toEqual({ 't/0': 7 })
    })
  })

  describe('history', () => {
    it('tells what happened to the offsets, newest first, with what was before', async () => {
      await groups.commit('g', { 't/0': 50, 't/1': 5 })
      await tick()
      await groups.commit('g', { 't/0': 60 })
      await tick()
      await reset([entry({ to: 'earliest' }, 't', 1)], { reason: 'again' })
      await reset('undo', { reason: '' })
      await groups.host.snapshot('g', 's')
      await groups.deleteTopic('t')
      await tick()
      await groups.host.delete('g')
      const [entries = []] = await pages()
      const told = entries.map(({ kind, reason, resetEpoch, changes }) => [
        ...[kind, reason, resetEpoch],
        changes.map(({ partition, before, after }) => [partition, before, after]),
      ])
      const none = undefined
      expect(told).toEqual([
        ['group-deleted', '', 0, []],
        [
          'topic-deleted',
          '',
          0,
          [
            [0, 60, none],
            [1, 5, none],
          ],
        ],
        ['reset', 'undo of reset 1', 2, [[1, 0, 5]]],
        ['reset', 'again', 1, [[1, 5, 0]]],
        ['commit', '', 0, [[0, 50, 60]]],
        [
          'commit',
          '',
          0,
          [
            [0, none, 50],
            [1, none, 5],
          ],
        ],
        ['group-created', '', 0, []],
      ])
      const missing = { group: 'nobody', resetsOnly: false, limit: 1 }
      expect((await refusalOf(groups.host.history(missing))).code).toBe('GROUP_NOT_FOUND')
    })

    it('may be asked for one topic, one partition, a time and resets only', async () => {
      await groups.commit('g', { 't/0': 50, 't/1': 5 })
      const then = await tick()
      await groups.commit('g', { 't/0': 60 })
      const later = await tick()
      await reset([entry({ to: 'latest' }, 't', 0)])
      const kinds = async (request: Partial<HistoryRequest>): Promise<string[]> =>
        (await pages(request)).flat().map(({ kind }) => kind)
      expect(await kinds({ resetsOnly: true })).toEqual(['reset'])
      expect(await kinds({ topic: 't', partition: 1 })).toEqual(['commit', 'group-created'])
      expect(await kinds({ topic: 'u' })).toEqual(['group-created'])
      expect(await kinds({ fromMs: then, toMs: later })).toEqual(['commit', 'group-created'])
      expect(await kinds({ fromMs: then + 1 })).toEqual(['reset', 'commit'])
      expect(await kinds({ fromMs: later + 1_000 })).toEqual([])
    })

    it('goes on from page to page while more is committed', async () => {
      for (let offset = 1; offset <= 7; offset++) await groups.commit('g', { 't/0': offset })
      const ask = { group: 'g', resetsOnly: false, limit: 3 }
      const first = await groups.host.history(ask)
      await groups.commit('g', { 't/0': 8 })
      const second = await groups.host.history({ ...ask, before: first.next ?? '' })
      const third = await groups.host.history({ ...ask, before: second.next ?? '' })
      const offsets = [first, second, third].map(({ entries }) =>
        entries.map(({ changes }) => changes[0]?.after),
      )
      expect(offsets).toEqual([
        [7, 6, 5],
        [4, 3, 2],
        [1, undefined],
      ])
      expect(third.next).toBeUndefined()
      const bad = groups.host.history({ ...ask, before: 'x' })
      expect((await refusalOf(bad)).code).toBe('INVALID_ARGUMENT')
    })

    it('ends a page when it names enough partitions', async () => {
      await groups.close()
      await engine.close()
      await open({ groupHistoryPageChangesMax: 3 })
      for (const offset of [1, 2, 3]) await groups.commit('g', { 't/0': offset, 't/1': offset })
      const sizes = (await pages()).map((entries) => entries.length)
      expect(sizes).toEqual([1, 1, 2])
    })
  })

  it('is read by so many at a time', async () => {
    await groups.close()
    await engine.close()
    await open({ groupHistoryReadsMax: 1 })
    await groups.commit('g', { 't/0': 1 })
    const two = await Promise.allSettled([
      groups.committed('g', clock.wallMs()),
      groups.committed('g', clock.wallMs()),
    ])
    expect(two.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await groups.committed('g', clock.wallMs())).toEqual({ 't/0': 1 })
  })
})
