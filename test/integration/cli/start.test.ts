import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  finished,
  spawnVarve,
  startBroker,
  stopBroker,
  temporaryFolder,
  varve,
  varveOk,
} from './varve-process.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  await folder.remove()
})

describe('varve start', () => {
  it('prints one line with the address when it is ready, and ends with 0 on SIGTERM and SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const dataDir = join(folder.path, signal)
      const child = spawnVarve(['start', '--data-dir', dataDir, '--listen', '127.0.0.1:0'])
      const ending = finished(child)
      await new Promise((resolve) => child.stdout.once('data', resolve))
      child.kill(signal)
      const { code, output } = await ending
      expect(output).toMatch(/^varve is ready on 127\.0\.0\.1:[1-9]\d* \(data in .*\)\n$/)
      expect(output).toContain(dataDir)
      expect(code).toBe(0)
    }
  })

  it('says the same as JSON, keeps its log off standard output, and writes only JSON lines there', async () => {
    const dataDir = join(folder.path, 'json')
    const ports = ['--listen', '127.0.0.1:0', '--metrics-listen', '127.0.0.1:0']
    const child = spawnVarve(['start', '--json', '--data-dir', dataDir, ...ports])
    const ending = finished(child)
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGTERM')
    const { output, messages } = await ending
    expect(output.split('\n')).toHaveLength(2)
    expect(JSON.parse(output)).toEqual({
      event: 'ready',
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
      monitoringAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
      storage: 'file',
      dataDir,
      pid: child.pid,
    })
    for (const line of messages.split('\n').filter((text) => text !== '')) {
      expect(JSON.parse(line)).toBeTypeOf('object')
    }
  })

  it('keeps as many files open as its descriptors allow, unless it is told how many', async () => {
    const main = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))
    const limitOf = async (name: string, flags: readonly string[]): Promise<string | undefined> => {
      const start = [main, 'start', '--json', '--data-dir', join(folder.path, name), ...flags]
      start.push('--listen', '127.0.0.1:0', '--metrics-listen', '127.0.0.1:0')
      const command = 'ulimit -n 3000 && exec "$0" "$@"'
      const child = spawn('sh', ['-c', command, process.execPath, ...start])
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const line = await new Promise<string>((resolve) =>
        createInterface({ input: child.stdout }).once('line', resolve),
      )
      const { monitoringAddress } = JSON.parse(line) as { monitoringAddress: string }
      const text = await (await fetch(`http://${monitoringAddress}/metrics`)).text()
      child.kill('SIGTERM')
      await ended
      return /^varve_storage_open_files_limit (\d+)/m.exec(text)?.[1]
    }
    // What the process needs itself is left, and half of the rest for connections.
    expect(await limitOf('free', [])).toBe('1468')
    expect(await limitOf('told', ['--set', 'limits.openFilesMax=300'])).toBe('300')
  })

  it('keeps topics and records over a restart with files, and forgets them in memory', async () => {
    for (const storage of ['file', 'memory'] as const) {
      const args = ['--data-dir', join(folder.path, `restart-${storage}`), '--storage', storage]
      const first = await startBroker(args)
      await varveOk(['topic', 'create', 'kept'], { broker: first.address })
      await varveOk(['produce', 'kept'], { broker: first.address, input: 'a\nb\n' })
      expect(await stopBroker(first)).toBe(0)
      const second = await startBroker(args)
      const read = await varve(['consume', 'kept', '--until-end'], { broker: second.address })
      expect(await stopBroker(second)).toBe(0)
      expect([read.code, read.output]).toEqual(storage === 'file' ? [0, 'a\nb\n'] : [4, ''])
    }
  })

  it('refuses a second broker on the same folder or the same port with one line and exit code 1', async () => {
    const dataDir = join(folder.path, 'locked')
    const broker = await startBroker(['--data-dir', dataDir])
    const sameFolder = await varve([
      'start',
      '--data-dir',
      dataDir,
      '--listen',
      '127.0.0.1:0',
      '--log-level',
      'silent',
    ])
    const samePort = await varve([
      'start',
      '--data-dir',
      join(folder.path, 'x'),
      '--listen',
      broker.address,
      '--log-level',
      'silent',
    ])
    await stopBroker(broker)
    expect(sameFolder.code).toBe(1)
    expect(sameFolder.messages).toMatch(/^varve: .*(in use|another process|open).*\n$/i)
    expect(samePort.code).toBe(1)
    expect(samePort.messages).toMatch(/^varve: cannot listen on .*another process may have it.*\n$/)
    expect(samePort.messages).toContain(broker.address)
    expect(sameFolder.output + samePort.output).toBe('')
  })

  it('refuses a data directory that is a file, with one line and exit code 1', async () => {
    const path = join(folder.path, 'a-file')
    await writeFile(path, 'not a folder')
    const result = await varve([
      'start',
      '--data-dir',
      path,
      '--listen',
      '127.0.0.1:0',
      '--log-level',
      'silent',
    ])
    expect(result.code).toBe(1)
    expect(result.messages).toMatch(/^varve: .+\n$/)
    expect(result.messages).not.toContain('    at ')
  })

  it('takes ./data of the folder it is started in unless told', async () => {
    const cwd = join(folder.path, 'cwd')
    await mkdir(cwd)
    const child = spawnVarve(['start', '--listen', '127.0.0.1:0'], { cwd })
    const ending = finished(child)
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGTERM')
    expect((await ending).output).toContain(`(data in ${join(cwd, 'data')})`)
  })
})
