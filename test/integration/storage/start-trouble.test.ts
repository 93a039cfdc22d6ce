// Starts and changes that meet a disk which is slow or broken in one place, while the rest is good (invariants R3, R6, D8).
import { describe, expect, it } from 'vitest'
import { identityOf } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'
import { IDENTITY, StoredFiles } from './stored-files.ts'

describe('A start', () => {
  it('opens the other partitions of a topic while one of them takes long', async () => {
    const files = new StoredFiles()
    const engine = await files.open()
    for (const partition of [0, 1, 2]) {
      await engine.createPartition(identityOf(1, partition), files.settings)
    }
    files.kill()
    const again = await files.open()
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    files.disk.operations.inject(({ path }) =>
      path.includes('/1/') ? { kind: 'wait', until } : undefined,
    )
    const slow = again.openPartition(identityOf(1, 1), files.settings)
    const others = await Promise.all(
      [0, 2].map((partition) => again.openPartition(identityOf(1, partition), files.settings)),
    )
    expect(others.map((log) => log.identity.partition)).toEqual([0, 2])
    release()
    expect((await slow).identity.partition).toBe(1)
    await again.close()
  })

  it('that fails at the names of what it goes on from says so, and lets go of the folder', async () => {
    const files = await StoredFiles.with(1)
    files.kill()
    const heal = files.disk.operations.inject(({ kind, path }) =>
      kind === 'sync-directory' && path === '/data/topics'
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    expect(await refusalOf(files.open())).toMatchObject({
      code: 'DATA_DIR_UNUSABLE',
      message: expect.stringContaining('the disk does not work') as string,
    })
    heal()
    await files.restart()
  })

  it('lists a partition without its name when the name cannot be read', async () => {
    const files = await StoredFiles.with(1)
    await files.stop()
    const engine = await files.open()
    files.disk.operations.inject(({ kind, path }) =>
      kind === 'read' && path.endsWith('/partition.metadata')
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    expect(await engine.partitions()).toEqual([{ ...IDENTITY, topicName: '' }])
  })
})

describe('A change of metadata', () => {
  it('does not claim that nothing happened when only the last sync found no room', async () => {
    const files = new StoredFiles()
    const engine = await files.open()
    expect(await engine.metadata.compareAndSet('topics/a', 0, 'first')).toBe(1)
    const stopFault = files.disk.operations.inject(({ kind, path }) =>
      kind === 'sync-directory' && path.endsWith('/metadata/topics')
        ? { kind: 'error', code: 'ENOSPC' }
        : undefined,
    )
    const refused = await refusalOf(engine.metadata.compareAndSet('topics/a', 1, 'second'))
    expect(refused).toMatchObject({ code: 'STORAGE_FAILED', effect: 'unknown' })
    const removed = await refusalOf(engine.metadata.delete('topics/a', 2))
    expect(removed).toMatchObject({ code: 'STORAGE_FAILED', effect: 'unknown' })
    stopFault()
    expect(await engine.metadata.get('topics/a')).toBeUndefined()
    await engine.close()
  })

  it('refuses without effect when there is no room before the value is replaced', async () => {
    const files = new StoredFiles()
    const engine = await files.open()
    expect(await engine.metadata.compareAndSet('topics/a', 0, 'first')).toBe(1)
    files.disk.capacityBytes = files.disk.bytesUsed
    const refused = await refusalOf(engine.metadata.compareAndSet('topics/a', 1, 'x'.repeat(9_000)))
    expect(refused).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
    expect(await engine.metadata.get('topics/a')).toEqual({ value: 'first', version: 1 })
    await engine.close()
  })
})
