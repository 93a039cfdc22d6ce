import { execFileSync } from 'node:child_process'
import { mkdir, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { systemCodeOf } from '../../support/refusal.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const fileSystem = new NodeFileSystem()

describe('the file system of the machine', () => {
  it('does not follow a symbolic link to a file, and calls it other', async () => {
    const directory = await temporaryDirectory()
    await writeFile(`${directory}/secret`, 'secret')
    await symlink(`${directory}/secret`, `${directory}/link`)
    expect(await systemCodeOf(fileSystem.open(`${directory}/link`, 'read'))).toBe('ELOOP')
    expect(await systemCodeOf(fileSystem.open(`${directory}/link`, 'write'))).toBe('ELOOP')
    expect(await systemCodeOf(fileSystem.open(`${directory}/link`, 'create'))).toBe('EEXIST')
    expect((await fileSystem.status(`${directory}/link`))?.kind).toBe('other')
    const entries = await fileSystem.list(directory)
    expect(entries).toContainEqual({ name: 'link', kind: 'other' })
  })

  it('does not hang on a FIFO, nor open it', async () => {
    const directory = await temporaryDirectory()
    execFileSync('sh', ['-c', 'mkfifo "$0"', `${directory}/fifo`])
    for (const mode of ['read', 'write'] as const) {
      expect(await systemCodeOf(fileSystem.open(`${directory}/fifo`, mode))).toBe('EINVAL')
    }
    expect((await fileSystem.status(`${directory}/fifo`))?.kind).toBe('other')
  })

  it('removes a link in a tree, not what it leads to', async () => {
    const directory = await temporaryDirectory()
    await mkdir(`${directory}/kept`)
    await writeFile(`${directory}/kept/file`, 'x')
    await mkdir(`${directory}/tree`)
    await symlink(`${directory}/kept`, `${directory}/tree/link`)
    await fileSystem.removeTree(`${directory}/tree`)
    expect((await fileSystem.list(`${directory}/kept`)).length).toBe(1)
  })

  it('makes files and directories that only this user can use', async () => {
    const directory = await temporaryDirectory()
    await fileSystem.makeDirectory(`${directory}/a/b`)
    const file = await fileSystem.open(`${directory}/a/b/file`, 'create')
    await file.close()
    expect((await stat(`${directory}/a`)).mode & 0o777).toBe(0o700)
    expect((await stat(`${directory}/a/b`)).mode & 0o777).toBe(0o700)
    expect((await stat(`${directory}/a/b/file`)).mode & 0o777).toBe(0o600)
  })

  it('never reads from a descriptor that belongs to another file by now', async () => {
    const directory = await temporaryDirectory()
    for (let round = 0; round < 50; round++) {
      const first = await fileSystem.open(`${directory}/first-${round}`, 'create')
      await first.write([Buffer.from('first')], 0)
      const target = Buffer.alloc(5)
      const reading = first.read(target, 0, 5, 0)
      const closing = first.close()
      const other = await fileSystem.open(`${directory}/other-${round}`, 'create')
      await other.write([Buffer.from('other')], 0)
      await Promise.all([reading, closing])
      expect(target.toString()).toBe('first')
      await other.close()
    }
  })

  it.runIf(process.platform === 'linux')('gives up where no directory can be made', async () => {
    for (const path of ['/proc/varve-test', '/proc/varve-test/below']) {
      expect(await systemCodeOf(fileSystem.makeDirectory(path))).toBe('ENOENT')
    }
  })

  it.runIf(process.platform === 'linux')('leaves no descriptors behind', async () => {
    const directory = await temporaryDirectory()
    const before = (await fileSystem.list('/proc/self/fd')).length
    for (let index = 0; index < 20; index++) {
      await fileSystem.syncDirectory(directory)
      await systemCodeOf(fileSystem.open(directory, 'read'))
      const file = await fileSystem.open(`${directory}/file-${index}`, 'create')
      await file.close()
    }
    const after = (await fileSystem.list('/proc/self/fd')).length
    expect(after).toBeLessThanOrEqual(before + 2)
    expect(await readlink('/proc/self/fd/1')).toBeTruthy()
  })
})
