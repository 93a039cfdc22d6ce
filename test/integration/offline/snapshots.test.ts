// Snapshots of idempotent producers offline: what dump prints, what verify finds, and what a repair makes of it.
import { describe, expect, it } from 'vitest'
import { decodeSnapshot, encodeSnapshot } from '../../../src/storage/file/producer-snapshot.ts'
import { snapshotFileName } from '../../../src/storage/file/segment-file-name.ts'
import { offsets, send } from '../../contract/producer-sends.ts'
import type { StoredFiles } from '../storage/stored-files.ts'
import { leave, noteCodes, repair, storedTopic, verify, wrongCodes } from './offline-files.ts'

const SENT = 40

/** A topic of which the first records have no producer, and the rest one. */
async function produced(how: 'closed' | 'killed'): Promise<StoredFiles> {
  const files = await storedTopic(5, 'closed')
  const { log } = await files.restart()
  for (let sequence = 0; sequence < SENT; sequence++) await send(log, { sequence })
  await leave(files, how)
  return files
}

function newest(files: StoredFiles): string {
  return files.names.filter((name) => name.endsWith('.snapshot')).at(-1) ?? ''
}

async function expectKnown(files: StoredFiles): Promise<void> {
  const { log, found } = await files.restart()
  expect(found.condition).toBe('healthy')
  const last = 10 + SENT - 1
  expect(offsets(await send(log, { sequence: SENT - 1 }))).toEqual([last, last, 'duplicate'])
  expect((await send(log, { sequence: SENT })).baseOffset).toBe(last + 1)
}

function offsetOf(name: string): number {
  return Number(name.slice(0, 20))
}

describe.each(['closed', 'killed'] as const)(
  'Of snapshots in a data directory that was %s',
  (how) => {
    it('verify says nothing when they are right', async () => {
      const files = await produced(how)
      expect((await verify(files)).findings).toEqual([])
    })

    const cases: [string, string, (files: StoredFiles) => unknown][] = [
      ['that is missing', 'SNAPSHOT_MISSING', (files) => files.remove(files.path(newest(files)))],
      [
        'with a flipped bit',
        'SNAPSHOT_DAMAGED',
        (files) => {
          files.change(files.path(newest(files)), (bytes) => bytes.fill(1, 20, 21))
        },
      ],
      [
        'that names other batches',
        'SNAPSHOT_MISMATCH',
        (files) => {
          files.change(files.path(newest(files)), (bytes) => {
            const decoded = decodeSnapshot(bytes, offsetOf(newest(files)))
            if (typeof decoded === 'string') throw new Error(decoded)
            const others = decoded.producers.map((one) => ({ ...one, producerId: 99 }))
            return encodeSnapshot(others).bytes
          })
        },
      ],
    ]

    it.each(cases)('verify finds one %s, and a repair mends it', async (_name, code, damage) => {
      const files = await produced(how)
      await damage(files)
      const found = await verify(files)
      expect(wrongCodes(found)).toEqual([code])
      expect(found.findings[0]).toMatchObject({ severity: 'warning' })
      const { plan } = await repair(files, false)
      expect(plan.partitions[0]?.steps.join('\n')).toContain('.snapshot')
      const after = await verify(files)
      expect(wrongCodes(after)).toEqual([])
      expect(noteCodes(after)).toEqual([])
      await expectKnown(files)
    })

    it('verify notes one that is on its way out, and a start removes it', async () => {
      const files = await produced(how)
      const stray = files.path(snapshotFileName(3))
      files.disk.putFile(stray, encodeSnapshot([]).bytes)
      const found = await verify(files)
      expect(wrongCodes(found)).toEqual([])
      expect(noteCodes(found)).toEqual(['LEFTOVER'])
      await expectKnown(files)
      expect(files.disk.files()).not.toContain(stray)
    })

    it('a repair that gives up records leaves what is known of the producers of the others', async () => {
      const files = await produced(how)
      const base = files.segments.at(-2) ?? 0
      files.change(files.segment(base), (bytes) => bytes.fill(0, 70, 80))
      expect(wrongCodes(await verify(files))).toEqual(['DAMAGED'])
      await repair(files, true)
      expect(wrongCodes(await verify(files))).toEqual([])
      await expectKnown(files)
      await leave(files, how)
      expect(wrongCodes(await verify(files))).toEqual([])
    })
  },
)
