// The snapshots of idempotent producers beside a log: when there are any, and what a start makes of damaged ones. The log decides: with
// or without them the outcome of a repeated batch, a gap and an old epoch is the same.
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { decodeCheckpoint } from '../../../src/storage/file/checkpoint.ts'
import { snapshotFileName } from '../../../src/storage/file/segment-file-name.ts'
import { offsets, produced, send } from '../../contract/producer-sends.ts'
import { at } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'
import { StoredFiles } from './stored-files.ts'

const SENT = 60

/** A partition with this many batches of one producer, one record each. */
async function produce(files: StoredFiles, log: PartitionLog, count = SENT): Promise<void> {
  const { end } = log.bounds()
  for (let sequence: number = end; sequence < end + count; sequence++) await send(log, { sequence })
  files.batches = []
}

async function stored(how: 'closed' | 'killed'): Promise<StoredFiles> {
  const files = new StoredFiles()
  await produce(files, await files.start(true))
  await leave(files, how)
  return files
}

async function leave(files: StoredFiles, how: 'closed' | 'killed'): Promise<void> {
  if (how === 'closed') await files.stop()
  else files.kill()
}

function snapshots(files: StoredFiles): number[] {
  return files.names
    .filter((name) => name.endsWith('.snapshot'))
    .map((name) => Number(name.slice(0, 20)))
}

function newest(files: StoredFiles): string {
  return files.path(snapshotFileName(snapshots(files).at(-1) ?? -1))
}

async function expectKnown(log: PartitionLog): Promise<void> {
  const { end } = log.bounds()
  for (let sequence = end - LIMITS.producerBatchesKept; sequence < end; sequence++) {
    expect(offsets(await send(log, { sequence }))).toEqual([sequence, sequence, 'duplicate'])
  }
  const gap = await refusalOf(send(log, { sequence: end + 1 }))
  expect(gap.details).toMatchObject({ expectedSequence: end, cause: 'gap' })
  expect(offsets(await send(log, { sequence: end }))).toEqual([end, end, 'stored'])
}

describe('The snapshots of a partition', () => {
  it('are none, and nothing in its checkpoint, as long as no producer is idempotent', async () => {
    const files = await StoredFiles.with(SENT)
    await files.stop()
    expect(snapshots(files)).toEqual([])
    expect(files.disk.contents(files.path('checkpoint')).toString()).toMatch(
      /^varve checkpoint 1\n/,
    )
  })

  it('lie at the beginnings of segments and at the end after a clean stop', async () => {
    const files = await stored('closed')
    expect(files.segments.length).toBeGreaterThan(2)
    expect(snapshots(files)).toEqual([...files.segments.slice(1), SENT])
    const checkpoint = decodeCheckpoint(files.disk.contents(files.path('checkpoint')))
    expect(checkpoint).toMatchObject({ clean: true, producers: { producers: 1 } })
  })

  it('go with their segments, and with the recovery point that they belong to', async () => {
    const files = await stored('closed')
    const { log } = await files.restart()
    await produce(files, log, 3)
    await log.deleteBefore(at(SENT))
    await log.maintain()
    await files.stop()
    expect(snapshots(files)).toEqual([...files.segments, SENT + 3])
    const again = await files.restart()
    await expectKnown(again.log)
  })

  it('end when the last producer is forgotten', async () => {
    const files = await stored('closed')
    const { log } = await files.restart()
    await files.clock.advance(LIMITS.producerExpirationMs)
    await log.maintain()
    await log.append({ batch: files.batch(1), durability: 'synced' })
    await files.stop()
    expect(snapshots(files)).not.toContain(SENT + 2)
    expect(decodeCheckpoint(files.disk.contents(files.path('checkpoint')))).not.toHaveProperty(
      'producers',
    )
    const { log: again, found } = await files.restart()
    expect(found.report).toMatchObject({ outcome: 'clean', anomalies: [] })
    expect((await refusalOf(send(again, { sequence: SENT }))).details).toMatchObject({
      cause: 'unknown',
    })
  })

  it('that cannot be written since a folder has their name are made up for by the log', async () => {
    const files = new StoredFiles({ 'segment.bytes': '1048576' })
    const log = await files.start(true)
    await produce(files, log)
    await files.disk.makeDirectory(files.path(snapshotFileName(SENT)))
    await files.stop()
    const { log: again, found } = await files.restart()
    expect(found.condition).toBe('healthy')
    // What is not known at the recovery point must not be taken for what is known at the end.
    await produce(files, again, 3)
    await again.deleteBefore(at(10))
    files.kill()
    const { log: last } = await files.restart()
    await expectKnown(last)
  })
})

type Damage = (files: StoredFiles) => unknown

const DAMAGES: [string, Damage][] = [
  ['is missing', (files) => files.remove(newest(files))],
  [
    'is empty',
    (files) => {
      files.disk.putFile(newest(files), Buffer.alloc(0))
    },
  ],
  [
    'is full of zeros',
    (files) => {
      files.change(newest(files), (bytes) => bytes.fill(0))
    },
  ],
  [
    'has a flipped bit',
    (files) => {
      files.change(newest(files), (bytes) => {
        bytes[30] = (bytes[30] ?? 0) ^ 4
        return bytes
      })
    },
  ],
  [
    'is cut short',
    (files) => {
      files.change(newest(files), (bytes) => bytes.subarray(0, 50))
    },
  ],
  [
    'is of a version that comes later',
    (files) => {
      files.change(newest(files), (bytes) => {
        bytes.writeInt16BE(2, 0)
        return bytes
      })
    },
  ],
  [
    'is an older one',
    (files) => {
      const older = files.path(snapshotFileName(snapshots(files)[0] ?? -1))
      files.change(newest(files), () => files.disk.contents(older))
    },
  ],
  [
    'is a folder',
    async (files) => {
      const path = newest(files)
      await files.remove(path)
      await files.disk.makeDirectory(path)
    },
  ],
  [
    'is missing with all others',
    async (files) => {
      for (const offset of snapshots(files))
        await files.remove(files.path(snapshotFileName(offset)))
    },
  ],
]

describe.each(['closed', 'killed'] as const)(
  'After the broker was %s, when the newest snapshot',
  (how) => {
    it.each(DAMAGES)(
      '%s, a start finds out from the log what is known of producers',
      async (_name, damage) => {
        const files = await stored(how)
        await damage(files)
        const { log, found } = await files.restart()
        expect(found).toMatchObject({
          condition: 'healthy',
          bounds: { end: SENT },
          report: { outcome: how === 'closed' ? 'clean' : 'recovered' },
        })
        expect(found.report.anomalies.join('\n')).toContain('snapshot')
        await expectKnown(log)
        await files.stop()
        const again = await files.restart()
        expect(again.found.report).toMatchObject({ outcome: 'clean', bytesScanned: 0 })
        await expectKnown(again.log)
      },
    )

    it('is of a log that went on, what lies behind the end of the log is not believed', async () => {
      const files = await stored(how)
      // As a copy of the folder that was made while the broker ran may have it.
      const later = await stored('closed')
      const { log: other } = await later.restart()
      await produce(later, other)
      await later.stop()
      const name = snapshotFileName(2 * SENT)
      files.disk.putFile(files.path(name), later.disk.contents(later.path(name)))
      const { log } = await files.restart()
      await expectKnown(log)
      expect(snapshots(files)).not.toContain(2 * SENT)
    })

    it('is there and the checkpoint is not, all of the log is asked', async () => {
      const files = await stored(how)
      await files.remove(files.path('checkpoint'))
      const { log } = await files.restart()
      await expectKnown(log)
    })
  },
)

describe('A snapshot that is older than the first segment', () => {
  it.each([
    ['the checkpoint is lost', ['checkpoint']],
    ['the newest one is lost', []],
  ])('is not believed when %s', async (_name, lost) => {
    const files = new StoredFiles()
    const log = await files.start(true)
    for (let sequence = 0; sequence < 30; sequence++) await send(log, { sequence })
    // Snapshots are written beside the appends; when it is maintained, all is done that those have left.
    await log.maintain()
    const old = snapshots(files)[0] ?? -1
    const bytes = Buffer.from(files.disk.contents(files.path(snapshotFileName(old))))
    for (let sequence = 0; sequence < 60; sequence++) await send(log, { id: 8, sequence })
    await log.deleteBefore(at(75))
    files.kill()
    expect(old).toBeLessThan(30)
    expect(files.segments[0]).toBeGreaterThan(old)
    // It was removed with its segment; a power cut brings it back.
    for (const offset of snapshots(files)) await files.remove(files.path(snapshotFileName(offset)))
    files.disk.putFile(files.path(snapshotFileName(old)), bytes)
    for (const name of lost) await files.remove(files.path(name))
    const { log: again, found } = await files.restart()
    expect(found.condition).toBe('healthy')
    expect(snapshots(files)).not.toContain(old)
    // `gap` would be the word that it was not stored.
    expect((await refusalOf(send(again, { sequence: 29 }))).details).toMatchObject({
      cause: 'unknown',
    })
    expect(offsets(await send(again, { id: 8, sequence: 59 }))).toEqual([89, 89, 'duplicate'])
    expect(offsets(await send(again, { id: 8, sequence: 60 }))).toEqual([90, 90, 'stored'])
  })
})

describe('A batch of an idempotent producer in a torn tail', () => {
  it('is not known any more, and is stored when it is sent again', async () => {
    const files = await stored('killed')
    const torn = produced({ sequence: SENT })
    files.append(files.segment(files.segments.at(-1) ?? 0), torn.subarray(0, torn.length - 1))
    const { log, found } = await files.restart()
    expect(found.report.tornBytes).toBe(torn.length - 1)
    await expectKnown(log)
  })
})

describe('Snapshots of many producers', () => {
  it('are as many as a partition remembers, and known after a start', async () => {
    const files = new StoredFiles({ 'segment.bytes': '1048576' })
    const log = await files.start(true)
    const producers = 500
    await Promise.all(Array.from({ length: producers }, (_, id) => send(log, { id, sequence: 0 })))
    const { log: again, found } = await files.restartCleanly()
    expect(found.report).toMatchObject({ outcome: 'clean', anomalies: [] })
    for (const id of [0, 250, producers - 1]) {
      expect((await send(again, { id, sequence: 0 })).duplicate).toBe(true)
    }
  })
})
