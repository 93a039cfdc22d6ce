import { readdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { type Child, startChild } from '../../support/child.ts'
import { refusalOf } from '../../support/refusal.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const fileSystem = new NodeFileSystem()

describe('the lock of a data directory, between processes,', () => {
  const children: Child[] = []
  const holder = (path: string, ...more: string[]): Child => {
    const child = startChild(new URL('../../support/lock-holder.ts', import.meta.url), [
      path,
      ...more,
    ])
    children.push(child)
    return child
  }
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill()
  })

  it('keeps a second process out, and names the first', async () => {
    const path = `${await temporaryDirectory()}/lock`
    const first = holder(path)
    expect([await first.line(), await first.line()]).toEqual(['ready', 'held'])
    const refusal = await refusalOf(fileSystem.lock(path))
    expect(refusal.code).toBe('DATA_DIR_LOCKED')
    expect(refusal.details).toEqual({ directory: dirname(path), pid: first.pid })
    expect(refusal.message).toContain(String(first.pid))

    first.end()
    await first.exited
    await (await fileSystem.lock(path)).release()
  })

  it('is taken over from a process that was killed, with nothing left behind', async () => {
    const directory = await temporaryDirectory()
    const path = `${directory}/lock`
    const first = holder(path)
    expect([await first.line(), await first.line()]).toEqual(['ready', 'held'])
    await first.kill()
    const lock = await fileSystem.lock(path)
    expect(await readdir(directory)).toEqual(['lock'])
    const second = holder(path)
    expect([await second.line(), await second.line()]).toEqual([
      'ready',
      `DATA_DIR_LOCKED ${process.pid}`,
    ])
    await lock.release()
    expect(await readdir(directory)).toEqual([])
  })

  it('goes to one of several processes that find it stale at the same moment', async () => {
    const directory = await temporaryDirectory()
    const path = `${directory}/lock`
    for (let round = 0; round < 2; round++) {
      const dead = holder(path)
      expect([await dead.line(), await dead.line()]).toEqual(['ready', 'held'])
      await dead.kill()
      const signal = `${directory}/go-${round}`
      const rivals = Array.from({ length: 4 }, () => holder(path, signal))
      for (const rival of rivals) expect(await rival.line()).toBe('ready')
      await writeFile(signal, '')
      const answers = await Promise.all(rivals.map((rival) => rival.line()))
      expect(answers.filter((answer) => answer === 'held').length).toBe(1)
      expect(answers.filter((answer) => answer?.startsWith('DATA_DIR_LOCKED')).length).toBe(3)
      for (const rival of rivals) await rival.kill()
    }
  })
})
