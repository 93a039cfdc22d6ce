// What every FileSystem does, as sentences. Called by each implementation's test.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileHandle, FileSystem } from '../../src/platform/file-system.ts'
import { refusalOf, systemCodeOf } from '../support/refusal.ts'

export interface FileSystemSubject {
  readonly fileSystem: FileSystem
  /** An empty directory. */
  readonly directory: string
}

export function fileSystemContract(name: string, make: () => Promise<FileSystemSubject>): void {
  describe(`${name} keeps the contract of a file system:`, () => {
    let fileSystem: FileSystem
    let directory: string
    const open: FileHandle[] = []

    beforeEach(async () => {
      ;({ fileSystem, directory } = await make())
    })
    afterEach(async () => {
      for (const handle of open.splice(0)) await handle.close()
    })

    const opened = async (path: string, mode: 'read' | 'write' | 'create'): Promise<FileHandle> => {
      const handle = await fileSystem.open(`${directory}/${path}`, mode)
      open.push(handle)
      return handle
    }
    const put = async (path: string, text: string): Promise<void> => {
      const handle = await opened(path, 'create')
      await handle.write([Buffer.from(text)], 0)
      await handle.close()
    }
    const textOf = async (path: string): Promise<string> => {
      const handle = await opened(path, 'read')
      const bytes = Buffer.alloc(await handle.size())
      expect(await handle.read(bytes, 0, bytes.length, 0)).toBe(bytes.length)
      await handle.close()
      return bytes.toString()
    }
    const names = async (path = ''): Promise<string[]> =>
      (await fileSystem.list(`${directory}${path}`)).map((entry) => entry.name).sort()

    describe('a file', () => {
      it('holds what was written, part after part, at the given position', async () => {
        const file = await opened('file', 'create')
        expect(await file.write([Buffer.from('abc'), Buffer.from('def')], 0)).toBe(6)
        expect(await file.write([Buffer.from('XY')], 2)).toBe(2)
        expect(await textOf('file')).toBe('abXYef')
      })

      it('takes no parts, empty parts and many parts', async () => {
        const file = await opened('file', 'create')
        expect(await file.write([], 0)).toBe(0)
        expect(await file.write([Buffer.alloc(0), Buffer.from('a'), Buffer.alloc(0)], 0)).toBe(1)
        const parts = Array.from({ length: 2_000 }, (_, index) => Buffer.from([index % 256]))
        let written = 0
        while (written < parts.length) written += await file.write(parts.slice(written), written)
        expect(await file.size()).toBe(2_000)
        const bytes = Buffer.alloc(2_000)
        await file.read(bytes, 0, 2_000, 0)
        expect(bytes.equals(Buffer.concat(parts))).toBe(true)
      })

      it('reads into the wanted place, less at its end, and nothing behind it', async () => {
        const file = await opened('file', 'create')
        await file.write([Buffer.from('0123456789')], 0)
        const target = Buffer.from('..........')
        expect(await file.read(target, 3, 4, 5)).toBe(4)
        expect(target.toString()).toBe('...5678...')
        expect(await file.read(target, 0, 5, 8)).toBe(2)
        expect(target.toString()).toBe('89.5678...')
        expect(await file.read(target, 0, 5, 10)).toBe(0)
        expect(await file.read(target, 0, 5, 1_000)).toBe(0)
      })

      it('has zeros where nothing was written before a later position', async () => {
        const file = await opened('file', 'create')
        await file.write([Buffer.from('end')], 10_000)
        expect(await file.size()).toBe(10_003)
        const bytes = Buffer.alloc(10_003, 1)
        await file.read(bytes, 0, bytes.length, 0)
        expect(bytes.subarray(0, 10_000).every((byte) => byte === 0)).toBe(true)
      })

      it('is cut by truncate, and extended by it with zeros', async () => {
        const file = await opened('file', 'create')
        await file.write([Buffer.alloc(9_000, 'a')], 0)
        await file.truncate(3)
        expect(await file.size()).toBe(3)
        await file.truncate(9_000)
        const bytes = Buffer.alloc(9_000, 1)
        expect(await file.read(bytes, 0, 9_000, 0)).toBe(9_000)
        expect(bytes.subarray(0, 3).toString()).toBe('aaa')
        expect(bytes.subarray(3).every((byte) => byte === 0)).toBe(true)
      })

      it('shows a write through one handle to readers of another', async () => {
        const writer = await opened('file', 'create')
        const reader = await opened('file', 'read')
        await writer.write([Buffer.from('seen')], 0)
        const bytes = Buffer.alloc(4)
        expect(await reader.read(bytes, 0, 4, 0)).toBe(4)
        expect(bytes.toString()).toBe('seen')
      })

      it('can be synced, also through a handle for reading', async () => {
        const file = await opened('file', 'create')
        await file.write([Buffer.from('a')], 0)
        await file.syncData()
        await (await opened('file', 'read')).syncData()
        expect(await textOf('file')).toBe('a')
      })

      it('can be closed twice, and refuses everything afterwards', async () => {
        const file = await opened('file', 'create')
        await file.close()
        await file.close()
        expect(await systemCodeOf(file.write([Buffer.from('a')], 0))).toBe('EBADF')
        expect(await systemCodeOf(file.read(Buffer.alloc(1), 0, 1, 0))).toBe('EBADF')
        expect(await systemCodeOf(file.syncData())).toBe('EBADF')
        expect(await systemCodeOf(file.size())).toBe('EBADF')
      })

      it('ends the operations under way before it is closed', async () => {
        const file = await opened('file', 'create')
        const writes = Array.from({ length: 20 }, (_, index) =>
          file.write([Buffer.alloc(100, 'w')], index * 100),
        )
        await Promise.all([...writes, file.close()])
        expect((await textOf('file')).length).toBe(2_000)
      })

      it('stays readable through its handle when its name is gone', async () => {
        await put('file', 'still here')
        const file = await opened('file', 'read')
        await fileSystem.removeFile(`${directory}/file`)
        const bytes = Buffer.alloc(10)
        expect(await file.read(bytes, 0, 10, 0)).toBe(10)
        expect(bytes.toString()).toBe('still here')
      })
    })

    describe('opening', () => {
      it('for reading or writing needs the file to exist', async () => {
        expect(await systemCodeOf(opened('none', 'read'))).toBe('ENOENT')
        expect(await systemCodeOf(opened('none', 'write'))).toBe('ENOENT')
        expect(await systemCodeOf(opened('none/file', 'create'))).toBe('ENOENT')
      })

      it('to create needs the file not to exist', async () => {
        await put('file', 'old')
        expect(await systemCodeOf(opened('file', 'create'))).toBe('EEXIST')
        expect(await textOf('file')).toBe('old')
      })

      it('for reading gives a handle that cannot write', async () => {
        await put('file', 'old')
        const file = await opened('file', 'read')
        expect(await systemCodeOf(file.write([Buffer.from('new')], 0))).toBe('EBADF')
      })

      it('refuses a directory', async () => {
        await fileSystem.makeDirectory(`${directory}/folder`)
        expect(await systemCodeOf(opened('folder', 'read'))).toBe('EISDIR')
        expect(await systemCodeOf(opened('folder', 'write'))).toBe('EISDIR')
      })
    })

    describe('names', () => {
      it('are listed with their kinds', async () => {
        await put('file', 'a')
        await fileSystem.makeDirectory(`${directory}/folder`)
        const entries = await fileSystem.list(directory)
        expect(entries.sort((left, right) => (left.name < right.name ? -1 : 1))).toEqual([
          { name: 'file', kind: 'file' },
          { name: 'folder', kind: 'directory' },
        ])
      })

      it('have a status, or none', async () => {
        await put('file', 'abc')
        const status = await fileSystem.status(`${directory}/file`)
        expect(status).toMatchObject({ kind: 'file', size: 3 })
        expect((await fileSystem.status(directory))?.kind).toBe('directory')
        expect(await fileSystem.status(`${directory}/none`)).toBeUndefined()
        expect(await fileSystem.status(`${directory}/none/below`)).toBeUndefined()
        expect(await fileSystem.status(`${directory}/file/below`)).toBeUndefined()
      })

      it('of missing directories cannot be listed or synced', async () => {
        expect(await systemCodeOf(fileSystem.list(`${directory}/none`))).toBe('ENOENT')
        expect(await systemCodeOf(fileSystem.syncDirectory(`${directory}/none`))).toBe('ENOENT')
      })

      it('are changed by rename, which replaces a file', async () => {
        await put('new', 'new')
        await put('old', 'old')
        await fileSystem.rename(`${directory}/new`, `${directory}/old`)
        expect(await names()).toEqual(['old'])
        expect(await textOf('old')).toBe('new')
        expect(await systemCodeOf(fileSystem.rename(`${directory}/none`, `${directory}/x`))).toBe(
          'ENOENT',
        )
      })

      it('may be several for one file, and are removed and replaced one by one', async () => {
        await put('file', 'same')
        await fileSystem.makeDirectory(`${directory}/folder`)
        await fileSystem.link(`${directory}/file`, `${directory}/folder/other`)
        expect(await textOf('folder/other')).toBe('same')
        await put('new', 'new')
        await fileSystem.rename(`${directory}/new`, `${directory}/file`)
        expect([await textOf('file'), await textOf('folder/other')]).toEqual(['new', 'same'])
        await fileSystem.removeFile(`${directory}/file`)
        expect(await textOf('folder/other')).toBe('same')
        const failed = [
          await systemCodeOf(fileSystem.link(`${directory}/none`, `${directory}/x`)),
          await systemCodeOf(
            fileSystem.link(`${directory}/folder/other`, `${directory}/folder/other`),
          ),
          await systemCodeOf(fileSystem.link(`${directory}/folder`, `${directory}/x`)),
        ]
        expect(failed).toEqual(['ENOENT', 'EEXIST', 'EPERM'])
      })

      it('move to another directory, alone or with all that is below', async () => {
        await fileSystem.makeDirectory(`${directory}/a/b`)
        await put('a/b/file', 'x')
        await fileSystem.makeDirectory(`${directory}/c`)
        await fileSystem.rename(`${directory}/a/b`, `${directory}/c/d`)
        expect(await names('/a')).toEqual([])
        expect(await textOf('c/d/file')).toBe('x')
        await fileSystem.rename(`${directory}/c/d/file`, `${directory}/file`)
        expect(await textOf('file')).toBe('x')
      })

      it('of files are not replaced by directories, nor the other way round', async () => {
        await put('file', 'x')
        await fileSystem.makeDirectory(`${directory}/folder`)
        const failed = [
          await systemCodeOf(fileSystem.rename(`${directory}/file`, `${directory}/folder`)),
          await systemCodeOf(fileSystem.rename(`${directory}/folder`, `${directory}/file`)),
        ]
        expect(failed).toEqual(['EISDIR', 'ENOTDIR'])
      })

      it('are removed one by one or as a tree, which need not exist', async () => {
        await fileSystem.makeDirectory(`${directory}/a/b/c`)
        await put('a/b/file', 'x')
        await put('a/other', 'y')
        await fileSystem.removeFile(`${directory}/a/other`)
        expect(await names('/a')).toEqual(['b'])
        expect(await systemCodeOf(fileSystem.removeFile(`${directory}/a/other`))).toBe('ENOENT')
        await fileSystem.removeTree(`${directory}/a`)
        await fileSystem.removeTree(`${directory}/a`)
        expect(await names()).toEqual([])
      })

      it('of directories are made with their parents, and again without harm', async () => {
        await fileSystem.makeDirectory(`${directory}/a/b/c`)
        await fileSystem.makeDirectory(`${directory}/a/b/c`)
        await fileSystem.syncDirectory(`${directory}/a/b`)
        expect(await names('/a/b')).toEqual(['c'])
      })
    })

    describe('the lock', () => {
      it('is held by one until it is released', async () => {
        const lock = await fileSystem.lock(`${directory}/lock`)
        const refusal = await refusalOf(fileSystem.lock(`${directory}/lock`))
        expect(refusal.code).toBe('DATA_DIR_LOCKED')
        await lock.release()
        await lock.release()
        const again = await fileSystem.lock(`${directory}/lock`)
        await again.release()
        expect(await names()).toEqual([])
      })

      it('is not let go by a holder of old', async () => {
        const old = await fileSystem.lock(`${directory}/lock`)
        await old.release()
        const lock = await fileSystem.lock(`${directory}/lock`)
        await old.release()
        expect((await refusalOf(fileSystem.lock(`${directory}/lock`))).code).toBe('DATA_DIR_LOCKED')
        await lock.release()
      })
    })
  })
}
