import { describe, expect, it } from 'vitest'
import type { JournalPlace } from '../../../../src/broker/groups/group-topic.ts'
import { VarveError } from '../../../../src/domain/error.ts'
import { SILENT_LOG } from '../../../../src/platform/log.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { type CodecName } from '../../../../src/record/codec.ts'
import { encodeBatch, type RecordHeader } from '../../../../src/record/encode-batch.ts'
import { FileStorageEngine } from '../../../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import { readBatches } from '../../../support/batches.ts'
import { journalOn, TestPlace } from '../../../support/group-journal.ts'
import { refusalOf } from '../../../support/refusal.ts'

const CREATED = { kind: 'group-created', groupId: 'g', timeMs: 5 } as const
const VERSION = '{"version":1,'
const EVENT = `${VERSION}"event":`

/** What was stored before is good; then comes what the journal never writes. */
const DAMAGES: readonly [what: string, ...records: Stored[]][] = [
  ['no JSON', ['g', 'half of a rec']],
  ['no object', ['g', '7']],
  ['a null', ['g', null]],
  ['another version', ['g', '{"version":2,"event":{"kind":"group-deleted","timeMs":1}}']],
  ['no version', ['g', '{"event":{"kind":"group-deleted","timeMs":1}}']],
  ['nothing said', ['g', '{"version":1}']],
  ['two things said', ['g', `${EVENT}{"kind":"group-deleted","timeMs":1},"state":{}}`]],
  ['another word', ['g', `${VERSION}"events":[]}`]],
  ['a word of all objects', ['g', `${VERSION}"toString":{}}`]],
  ['an unknown event', ['g', `${EVENT}{"kind":"group-painted","timeMs":1}}`]],
  ['an event without a kind', ['g', `${EVENT}{"timeMs":1}}`]],
  ['a field too few', ['g', `${EVENT}{"kind":"group-deleted"}}`]],
  ['a field too many', ['g', `${EVENT}{"kind":"group-deleted","timeMs":1,"x":1}}`]],
  ['a text for a number', ['g', `${EVENT}{"kind":"group-deleted","timeMs":"1"}}`]],
  ['half a number', ['g', `${EVENT}{"kind":"group-deleted","timeMs":1.5}}`]],
  ['no partition', ['g', `${EVENT}{"kind":"target-member","memberId":"m","partitions":["x:1"]}}`]],
  [
    'an unknown reason',
    ['g', `${EVENT}{"kind":"member-removed","memberId":"m","reason":"","timeMs":1}}`],
  ],
  [
    'an event that cannot follow',
    ['g', `${EVENT}{"kind":"member-removed","memberId":"m","reason":"left","timeMs":1}}`],
  ],
  ['an event of a group that is not there', ['h', `${EVENT}{"kind":"group-deleted","timeMs":1}}`]],
  [
    'a group under another name',
    ['h', `${EVENT}{"kind":"group-created","groupId":"i","timeMs":1}}`],
  ],
  ['a state where none belongs', ['g', `${VERSION}"state":{}}`]],
  ['an end without a begin', [null, `${VERSION}"checkpointEnd":{"id":1}}`]],
  ['a begin with the key of a group', ['g', `${VERSION}"checkpointBegin":{"id":1,"earlier":[]}}`]],
  ['an event without a group', [null, `${EVENT}{"kind":"group-deleted","timeMs":1}}`]],
  ['a header of somebody else', ['g', '{}', { trace: '1' }]],
  ['a part without a number', ['g', '{}', { part: '0' }]],
  ['a part that is beyond the last', ['g', '{}', { part: '2', of: '2' }]],
  ['a part without the one before it', ['g', '{}', { part: '1', of: '2' }]],
  [
    'a part of another group',
    ['g', '{}', { part: '0', of: '2' }],
    ['h', '{}', { part: '1', of: '2' }],
  ],
  ['a last piece that is none', ['g', '{}', { part: '0', of: '1', cut: '' }]],
]

type Stored = readonly [key: string | null, value: string | null, headers?: Record<string, string>]

describe('a damaged journal of groups', () => {
  it.each(DAMAGES)(
    'with %s is not loaded, and refuses everything',
    async (_what, ...records: Stored[]) => {
      const { engine, clock, place } = await stored()
      for (const record of records) await append(place, record)
      const journal = journalOn(engine, place, { clock })
      expect(await refusalOf(journal.load())).toMatchObject({ code: 'CORRUPT_LOG' })
      for (const request of [
        journal.load(),
        journal.append('g', [{ kind: 'group-deleted', timeMs: 1 }]),
        journal.reload('g'),
        journal.stateAsOf('g', 0),
        journal.history('g')[Symbol.asyncIterator]().next(),
        journal.checkpoint(() => Promise.reject(new Error('is not asked'))),
      ]) {
        expect((await refusalOf(request)).code).toBe('CORRUPT_LOG')
      }
      expect(journal.isCheckpointWorthwhile).toBe(false)
      await journal.close()
    },
  )

  it('says where it is damaged', async () => {
    const { engine, clock, place } = await stored()
    await append(place, ['g', `${EVENT}{"kind":"group-epoch","epoch":1,"topics":[{"id":7}]}}`])
    const refusal = await refusalOf(journalOn(engine, place, { clock }).load())
    expect(refusal.message).toBe(
      'the journal of groups is not what was stored: at offset 1: the event of the record topics.0.id: is not a topic id',
    )
  })

  it('is one whose start is gone without a checkpoint', async () => {
    const { engine, clock, place } = await stored()
    const journal = journalOn(engine, place, { clock })
    await journal.load()
    await journal.append('h', [{ ...CREATED, groupId: 'h' }])
    await place.log.deleteBefore(1 as never)
    expect((await refusalOf(journalOn(engine, place, { clock }).load())).code).toBe('CORRUPT_LOG')
  })

  it('may be asked for again while its partition is being opened', async () => {
    const { engine, clock, place } = await stored()
    let isOpen = false
    const opening: JournalPlace = {
      find: () => {
        if (!isOpen) throw new VarveError('NOT_READY', 'it is being opened')
        return place.find()
      },
      open: () => place.open(),
    }
    const journal = journalOn(engine, opening, { clock })
    expect((await refusalOf(journal.load())).code).toBe('NOT_READY')
    isOpen = true
    expect(await journal.load()).toHaveLength(1)
  })
})

describe('a journal of groups on a failing disk', () => {
  it('can be read and not written until the next start', async () => {
    const machine = new SimFileSystem()
    const { engine, place, clock } = await onFiles(machine)
    const journal = journalOn(engine, place, { clock })
    await journal.load()
    await journal.append('g', [CREATED])
    const stop = machine.operations.inject(({ kind, path }) =>
      kind === 'sync-data' && path.endsWith('.log') ? { kind: 'error', code: 'EIO' } : undefined,
    )
    const gone = [{ kind: 'group-deleted', timeMs: 1 }] as const
    expect((await refusalOf(journal.append('g', gone))).code).toBe('STORAGE_FAILED')
    stop()
    expect((await refusalOf(journal.append('g', gone))).code).toBe('PARTITION_READ_ONLY')
    expect((await journal.reload('g'))?.groupId).toBe('g')
    await journal.close()
    await engine.close().catch(() => undefined)
    const again = await onFiles(machine.afterKill())
    const second = journalOn(again.engine, again.place, { clock })
    expect((await second.load()).length).toBeLessThanOrEqual(1)
    await second.append('h', [{ ...CREATED, groupId: 'h' }])
    await again.engine.close()
  })

  it('has nothing of what found no room, and goes on when there is some', async () => {
    const machine = new SimFileSystem()
    const { engine, place, clock } = await onFiles(machine)
    const limits = { groupJournalBatchBytesMax: 4_000 }
    const journal = journalOn(engine, place, { clock, limits })
    await journal.load()
    await journal.append('g', [CREATED])
    const noise = Buffer.from(new SeededRandom(3).bytes(30_000)).toString('base64')
    const large = [{ kind: 'snapshot-removed', name: noise, timeMs: 1 }] as const
    let writes = 0
    const stop = machine.operations.inject(({ kind, path }) =>
      kind === 'write' && path.endsWith('.log') && ++writes > 3
        ? { kind: 'error', code: 'ENOSPC' }
        : undefined,
    )
    expect((await refusalOf(journal.append('g', large))).code).toBe('DISK_FULL')
    expect((await journal.reload('g'))?.groupId).toBe('g')
    stop()
    await journal.append('g', [{ kind: 'group-deleted', timeMs: 1 }])
    expect(await journal.reload('g')).toBeUndefined()
    await journal.close()
    await engine.close()
    const again = await onFiles(machine.afterKill())
    expect(await journalOn(again.engine, again.place, { clock }).load()).toEqual([])
    expect((await readBatches(again.place.log)).length).toBeGreaterThan(2)
    await again.engine.close()
  })
})

async function onFiles(
  fileSystem: SimFileSystem,
): Promise<{ engine: FileStorageEngine; clock: VirtualClock; place: TestPlace }> {
  const clock = new VirtualClock()
  const engine = await FileStorageEngine.open({
    ...{ fileSystem, clock, random: new SeededRandom(1), log: SILENT_LOG, directory: '/data' },
  })
  return { engine, clock, place: await new TestPlace(engine).openStored() }
}

/** A journal in which one group was made. */
async function stored(): Promise<{
  engine: MemoryStorageEngine
  clock: VirtualClock
  place: TestPlace
}> {
  const clock = new VirtualClock()
  const engine = new MemoryStorageEngine({ clock })
  const place = new TestPlace(engine)
  const journal = journalOn(engine, place, { clock })
  await journal.load()
  await journal.append('g', [CREATED])
  return { engine, clock, place }
}

/** Behind the journal's back. */
async function append(
  place: TestPlace,
  [key, value, headers = {}]: Stored,
  codec: CodecName = 'none',
): Promise<void> {
  const record = {
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    timestampMs: 1,
    headers: Object.entries(headers).map(
      ([name, text]): RecordHeader => ({ key: name, value: Buffer.from(text) }),
    ),
  }
  await place.log.append({ batch: encodeBatch([record], { codec }), durability: 'written' })
}
