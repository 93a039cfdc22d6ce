import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { refusalOf } from '../../support/refusal.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const fileSystem = new NodeFileSystem()

describe('the lock of a data directory', () => {
  it('goes to one of many who try within one process, free or stale', async () => {
    for (let round = 0; round < 20; round++) {
      const path = `${await temporaryDirectory()}/lock`
      if (round % 2 === 0) await writeStale(path)
      const results = await Promise.allSettled(
        Array.from({ length: 12 }, () => fileSystem.lock(path)),
      )
      const held = results.filter((result) => result.status === 'fulfilled')
      expect(held.length).toBe(1)
      for (const result of results) {
        if (result.status === 'rejected') {
          expect(result.reason).toMatchObject({ code: 'DATA_DIR_LOCKED' })
        }
      }
      await held[0]?.value.release()
    }
  })

  it('is taken over when the process id belongs to a later process', async () => {
    const path = `${await temporaryDirectory()}/lock`
    await writeStale(path, process.pid)
    const lock = await fileSystem.lock(path)
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
    await lock.release()
  })

  it('is taken over through those who died while they took it over', async () => {
    const directory = await temporaryDirectory()
    const path = `${directory}/lock`
    await writeStale(path, 2 ** 30, 'a'.repeat(24))
    await writeStale(`${path}.after-${'a'.repeat(24)}`, 2 ** 30, 'b'.repeat(24))
    await writeStale(`${path}.after-${'b'.repeat(24)}`, 2 ** 30, 'c'.repeat(24))
    await writeStale(`${path}.new-${'d'.repeat(24)}`, 2 ** 30, 'd'.repeat(24))
    const lock = await fileSystem.lock(path)
    expect(await readdir(directory)).toEqual(['lock'])
    await lock.release()
  })

  it('is left alone when it is not one of ours', async () => {
    const noProcess = JSON.stringify({ pid: 2 ** 31, started: '', token: 'f'.repeat(24) })
    const others = ['', '1234', 'null', '{"pid":1}', '{"pid":-1,"started":"","token":"x"}']
    for (const text of [...others, noProcess]) {
      const path = `${await temporaryDirectory()}/lock`
      await writeFile(path, text)
      const refusal = await refusalOf(fileSystem.lock(path))
      expect(refusal.code).toBe('DATA_DIR_UNUSABLE')
      expect(refusal.message).toContain(`the lock file ${path} was not written by varve`)
      expect(refusal.details).toEqual({ directory: dirname(path) })
      expect(await readFile(path, 'utf8')).toBe(text)
    }
  })
})

async function writeStale(path: string, pid = 2 ** 30, token = 'f'.repeat(24)): Promise<void> {
  await writeFile(path, JSON.stringify({ pid, started: 'long ago', token }))
}
