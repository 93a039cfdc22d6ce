import { describe, expect, it } from 'vitest'
import { FilePool } from '../../../src/platform/file-pool.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem, type SimOptions } from '../../../src/platform/sim-file-system.ts'
import { systemCodeOf } from '../../support/refusal.ts'
import { seeded } from '../../support/seed.ts'

const SIZE = async (file: { size(): Promise<number> }): Promise<number> => file.size()

async function systemWith(files: number, options: SimOptions = {}): Promise<SimFileSystem> {
  const fileSystem = new SimFileSystem(options)
  await fileSystem.makeDirectory('/data')
  for (let index = 0; index < files; index++) {
    fileSystem.putFile(`/data/${index}`, Buffer.alloc(index))
  }
  return fileSystem
}

describe('a pool of open files', () => {
  it('keeps a file open between uses, and gives all users the same handle', async () => {
    const fileSystem = await systemWith(1)
    const pool = new FilePool(fileSystem, { openFilesMax: 4 })
    let opens = 0
    fileSystem.operations.inject(({ kind }) => {
      if (kind === 'open') opens++
      return undefined
    })
    await Promise.all(Array.from({ length: 10 }, () => pool.use('/data/0', 'write', SIZE)))
    await pool.use('/data/0', 'read', SIZE)
    expect(opens).toBe(1)
    expect(pool.openFiles).toBe(1)
    await pool.closeAll()
    expect(fileSystem.openFileCount).toBe(0)
  })

  it('closes the file that was unused for longest when it needs a place', async () => {
    const fileSystem = await systemWith(4)
    const pool = new FilePool(fileSystem, { openFilesMax: 2 })
    const closed: string[] = []
    fileSystem.operations.inject(({ kind, path }) => {
      if (kind === 'close') closed.push(path)
      return undefined
    })
    for (const name of ['0', '1', '0', '2', '3']) await pool.use(`/data/${name}`, 'read', SIZE)
    expect(closed).toEqual(['/data/1', '/data/0'])
    expect(pool.openFiles).toBe(2)
    await pool.closeAll()
  })

  it('lets users wait while all files are in use, first come, first served', async () => {
    const fileSystem = await systemWith(6)
    const pool = new FilePool(fileSystem, { openFilesMax: 1 })
    const order: number[] = []
    const uses = Array.from({ length: 6 }, (_, index) =>
      pool.use(`/data/${index}`, 'read', async (file) => {
        expect(pool.openFiles).toBe(1)
        await file.size()
        order.push(index)
      }),
    )
    await Promise.all(uses)
    expect(order).toEqual([0, 1, 2, 3, 4, 5])
    await pool.closeAll()
  })

  it('serves ten thousand files with a few descriptors', async () => {
    const files = 10_000
    const fileSystem = await systemWith(files, { openFilesMax: 32 })
    const pool = new FilePool(fileSystem, { openFilesMax: 32 })
    const sizes = await Promise.all(
      Array.from({ length: files }, (_, index) => pool.use(`/data/${index}`, 'read', SIZE)),
    )
    expect(sizes.every((size, index) => size === index)).toBe(true)
    expect(pool.openFiles).toBeLessThanOrEqual(32)
    await pool.closeAll()
    expect(fileSystem.openFileCount).toBe(0)
  })

  it('makes do with fewer descriptors than it was promised', async () => {
    const fileSystem = await systemWith(50, { openFilesMax: 5 })
    const pool = new FilePool(fileSystem, { openFilesMax: 20 })
    const sizes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => pool.use(`/data/${index}`, 'read', SIZE)),
    )
    expect(sizes.every((size, index) => size === index)).toBe(true)
    await pool.closeAll()
    expect(fileSystem.openFileCount).toBe(0)
    expect(pool.openFiles).toBe(0)
  })

  it('fails when there are no descriptors and it has none to give', async () => {
    const fileSystem = await systemWith(1, { openFilesMax: 0 })
    const pool = new FilePool(fileSystem, { openFilesMax: 20 })
    expect(await systemCodeOf(pool.use('/data/0', 'read', SIZE))).toBe('EMFILE')
    fileSystem.openFilesMax = 1
    expect(await pool.use('/data/0', 'read', SIZE)).toBe(0)
    await pool.closeAll()
  })

  it('closes a file of its own for the sync of a folder when there is no descriptor for it', async () => {
    const fileSystem = await systemWith(2)
    const pool = new FilePool(fileSystem, { openFilesMax: 20 })
    await pool.use('/data/0', 'read', SIZE)
    await pool.use('/data/1', 'read', SIZE)
    const stop = fileSystem.operations.inject(({ kind }) =>
      kind === 'sync-directory' && pool.openFiles > 0
        ? { kind: 'error', code: 'EMFILE' }
        : undefined,
    )
    await pool.syncDirectory('/data')
    expect(pool.openFiles).toBe(0)
    stop()
    expect(await pool.use('/data/1', 'read', SIZE)).toBe(1)
    fileSystem.operations.inject(({ kind }) =>
      kind === 'sync-directory' ? { kind: 'error', code: 'EIO' } : undefined,
    )
    expect(await systemCodeOf(pool.syncDirectory('/data'))).toBe('EIO')
    expect(pool.openFiles).toBe(1)
    await pool.closeAll()
  })

  it('passes on why a file cannot be opened, and tries anew the next time', async () => {
    const fileSystem = await systemWith(0)
    const pool = new FilePool(fileSystem, { openFilesMax: 1 })
    const uses = ['read', 'read', 'write'].map((mode) =>
      systemCodeOf(pool.use('/data/none', mode === 'read' ? 'read' : 'write', SIZE)),
    )
    expect(await Promise.all(uses)).toEqual(['ENOENT', 'ENOENT', 'ENOENT'])
    fileSystem.putFile('/data/none', Buffer.from('abc'))
    expect(await pool.use('/data/none', 'read', SIZE)).toBe(3)
    await pool.closeAll()
  })

  it('creates files, and keeps them open for writing', async () => {
    const fileSystem = await systemWith(1)
    const pool = new FilePool(fileSystem, { openFilesMax: 2 })
    await pool.use('/data/new', 'create', (file) => file.write([Buffer.from('abc')], 0))
    await pool.use('/data/new', 'write', (file) => file.write([Buffer.from('d')], 3))
    expect(fileSystem.contents('/data/new').toString()).toBe('abcd')
    expect(await systemCodeOf(pool.use('/data/new', 'create', SIZE))).toBe('EEXIST')
    expect(await systemCodeOf(pool.use('/data/0', 'create', SIZE))).toBe('EEXIST')
    await pool.closeAll()
  })

  it('closes a path when its users are done; newcomers get a new handle', async () => {
    const fileSystem = await systemWith(1)
    const pool = new FilePool(fileSystem, { openFilesMax: 2 })
    let finish: () => void = () => undefined
    const longUse = pool.use('/data/0', 'read', async (file) => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      return file.size()
    })
    await Promise.resolve()
    let isClosed = false
    const closing = pool.close('/data/0').then(() => {
      isClosed = true
    })
    expect(await pool.use('/data/0', 'read', SIZE)).toBe(0)
    expect(isClosed).toBe(false)
    finish()
    expect(await longUse).toBe(0)
    await closing
    await pool.close('/data/0')
    expect(pool.openFiles).toBe(0)
  })

  it('closes all in a directory, and tells of a close that failed there before', async () => {
    const fileSystem = await systemWith(3)
    await fileSystem.makeDirectory('/data/1x')
    await fileSystem.makeDirectory('/data/in')
    for (const path of ['/data/in/0', '/data/in/1', '/data/1x/0']) {
      fileSystem.putFile(path, Buffer.from('a'))
    }
    const pool = new FilePool(fileSystem, { openFilesMax: 5 })
    await pool.use('/data/in/0', 'write', SIZE)
    await pool.use('/data/in/0', 'read', SIZE)
    await pool.use('/data/in/1', 'read', SIZE)
    await pool.use('/data/1x/0', 'read', SIZE)
    await pool.use('/data/1', 'read', SIZE)
    await pool.closeWithin('/data/in')
    expect(pool.openFiles).toBe(2)
    await pool.closeWithin('/data/1')
    expect(pool.openFiles).toBe(2)
    await pool.use('/data/in/0', 'write', SIZE)
    const stop = fileSystem.operations.inject(({ kind }) =>
      kind === 'close' ? { kind: 'error', code: 'EIO' } : undefined,
    )
    expect(await systemCodeOf(pool.closeWithin('/data/in'))).toBe('EIO')
    stop()
    await pool.closeWithin('/data/in')
    expect(pool.openFiles).toBe(2)
    await pool.closeAll()
  })

  it('tells of a failing close whoever writes or closes the path next, once, and its owner at once', async () => {
    const fileSystem = await systemWith(2)
    const failures: string[] = []
    const pool = new FilePool(fileSystem, {
      openFilesMax: 1,
      onCloseFailure: (path) => failures.push(path),
    })
    await pool.use('/data/0', 'write', SIZE)
    const stop = fileSystem.operations.inject(({ kind }) =>
      kind === 'close' ? { kind: 'error', code: 'EIO' } : undefined,
    )
    await pool.use('/data/1', 'read', SIZE)
    stop()
    expect(failures).toEqual(['/data/0'])
    expect(await pool.use('/data/0', 'read', SIZE)).toBe(0)
    expect(await systemCodeOf(pool.use('/data/0', 'write', SIZE))).toBe('EIO')
    expect(await pool.use('/data/0', 'write', SIZE)).toBe(0)

    fileSystem.operations.inject(({ kind }) =>
      kind === 'close' ? { kind: 'error', code: 'EIO' } : undefined,
    )
    expect(await systemCodeOf(pool.close('/data/0'))).toBe('EIO')
    await pool.close('/data/0')
    expect(pool.openFiles).toBe(0)
  })

  it('gives a file back when the action fails', async () => {
    const fileSystem = await systemWith(2)
    const pool = new FilePool(fileSystem, { openFilesMax: 1 })
    await expect(
      pool.use('/data/0', 'read', () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no')
    expect(await pool.use('/data/1', 'read', SIZE)).toBe(1)
    await pool.closeAll()
  })

  it('neither exceeds its limit nor stalls, whatever is asked of it at once', async () => {
    const { seed, runs } = seeded('FILE_POOL', 60)
    let uses = 0
    for (let run = 0; run < runs; run++) {
      const random = new SeededRandom(`${seed}-${run}`)
      const limit = 1 + random.integer(4)
      const fileSystem = await systemWith(8, {
        scheduling: random.fork(),
        openFilesMax: 1 + random.integer(5),
      })
      const pool = new FilePool(fileSystem, { openFilesMax: limit })
      const tasks: Promise<unknown>[] = []
      for (let index = 0; index < 60; index++) {
        const path = `/data/${random.integer(8)}`
        const kind = random.integer(8)
        if (kind === 0) tasks.push(pool.close(path))
        else {
          tasks.push(
            pool.use(path, kind < 4 ? 'read' : 'write', async (file) => {
              expect(fileSystem.openFileCount).toBeLessThanOrEqual(limit)
              const size = await file.size()
              expect(`/data/${size}`).toBe(path)
              uses++
            }),
          )
        }
        if (random.integer(4) === 0) await Promise.resolve()
      }
      await Promise.all(tasks)
      await pool.closeAll()
      expect(fileSystem.openFileCount).toBe(0)
    }
    console.log(`file pool: ${runs} runs, ${uses} uses, seed ${seed}`)
  })
})
