// Varve.open: a broker within this process, from its opening to its end.
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, test } from 'vitest'
import { connect, type OpenOptions, Varve, VirtualClock } from '../../../src/index.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

async function valuesOf(varve: Varve, topic: string): Promise<string[]> {
  const values: string[] = []
  for await (const { value } of varve.consumer({ topics: topic, until: 'end' })) {
    values.push(String(value))
  }
  return values
}

describe('Varve.open', () => {
  it('keeps records in a folder, from one opening to the next', async () => {
    const dataDir = join(await temporaryDirectory(), 'made', 'anew')
    for (const round of [1, 2, 3]) {
      const varve = await Varve.open({ dataDir })
      if (round === 1) await varve.admin().createTopic({ name: 'kept' })
      const report = await varve.producer().send({ topic: 'kept', value: `round ${round}` })
      expect(report).toMatchObject({ offset: round - 1, durability: 'synced' })
      expect(await valuesOf(varve, 'kept')).toHaveLength(round)
      await varve.close()
    }
  })

  it('forgets everything of a broker in memory', async () => {
    const first = await Varve.open({ memory: true })
    await first.admin().createTopic({ name: 'gone' })
    expect(await first.producer().send({ topic: 'gone', value: 'x' })).toMatchObject({
      offset: 0,
      durability: 'written',
    })
    await first.close()
    const second = await Varve.open({ memory: true })
    expect(await second.admin().listTopics()).toEqual([])
    await second.close()
  })

  it('takes a folder once', async () => {
    const dataDir = await temporaryDirectory()
    const varve = await Varve.open({ dataDir })
    await expect(Varve.open({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED' })
    expect(await varve.admin().health()).toBe('serving')
    await varve.close()
    await (await Varve.open({ dataDir })).close()
  })

  it('serves gRPC to others where it is asked to', async () => {
    const varve = await Varve.open({ memory: true, listen: '127.0.0.1:0' })
    expect(varve.listening).toMatch(/^127\.0\.0\.1:\d+$/)
    const other = connect({ broker: varve.listening ?? '' })
    await other.admin().createTopic({ name: 'shared' })
    await other.producer().send({ topic: 'shared', value: 'over gRPC' })
    await varve.producer().send({ topic: 'shared', value: 'in process' })
    expect(await valuesOf(varve, 'shared')).toEqual(['over gRPC', 'in process'])
    expect(await valuesOf(other, 'shared')).toEqual(['over gRPC', 'in process'])
    await other.close()
    await varve.close()
    const silent = await Varve.open({ memory: true })
    expect(silent.listening).toBeUndefined()
    await silent.close()
  })

  it('lets go of the folder when the address cannot be had', async () => {
    const varve = await Varve.open({ memory: true, listen: '127.0.0.1:0' })
    const dataDir = await temporaryDirectory()
    await expect(Varve.open({ dataDir, listen: varve.listening ?? '' })).rejects.toMatchObject({
      code: 'ADDRESS_UNAVAILABLE',
    })
    await (await Varve.open({ dataDir })).close()
    await varve.close()
  })

  it.each([
    ['neither a folder nor memory', {}],
    ['both', { memory: true, dataDir: 'x' }],
    ['an empty folder', { dataDir: '' }],
    ['a clock and a port', { memory: true, clock: new VirtualClock(), listen: '127.0.0.1:0' }],
    ['a clock of another kind', { memory: true, clock: {} }],
    ['a seed for files', { dataDir: 'x', seed: 1 }],
    ['no address', { memory: true, listen: 'nowhere' }],
    ['a timeout of no time', { memory: true, requestTimeoutMs: 0 }],
    ['a fraction of a timeout', { memory: true, requestTimeoutMs: 1.5 }],
    ['nothing at all', undefined],
    ['text', './data'],
    ['a size as text', { memory: true, memoryBytesMax: '5MiB' }],
    ['a size of memory for files', { dataDir: 'x', memoryBytesMax: 5 }],
    ['a level that is none', { memory: true, log: 'loud' }],
    ['a log that is none', { memory: true, log: { info: () => undefined } }],
    ['a seed that is none', { memory: true, seed: {} }],
    ['an address that is no text', { memory: true, listen: 7070 }],
  ])('refuses %s', async (_what, options) => {
    await expect(Varve.open(options as OpenOptions)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    })
  })

  it('names the folder that it cannot use', async () => {
    const dataDir = await temporaryDirectory()
    await writeFile(join(dataDir, 'thesis.txt'), 'chapter one')
    const used = join(dataDir, 'thesis.txt')
    for (const folder of [dataDir, used]) {
      await expect(Varve.open({ dataDir: folder })).rejects.toMatchObject({
        code: 'DATA_DIR_UNUSABLE',
        message: expect.stringContaining(folder) as string,
        details: { directory: folder },
      })
    }
  })

  it('delivers what was accepted, ends the readers and may be closed twice', async () => {
    const varve = await Varve.open({ memory: true })
    await varve.admin().createTopic({ name: 't' })
    const sent = varve.producer({ lingerMs: 60_000 }).send({ topic: 't', value: 'x' })
    const reading = (async () => {
      let count = 0
      for await (const record of varve.consumer({ topics: 't' })) count += record.offset + 1
      return count
    })()
    await Promise.all([varve.close(), varve.close()])
    expect(await sent).toMatchObject({ offset: 0 })
    expect(await reading).toBeLessThanOrEqual(1)
    await expect(varve.admin().listTopics()).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(varve.connected()).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('says DISK_FULL when a broker in memory holds as much as it may', async () => {
    const varve = await Varve.open({ memory: true, memoryBytesMax: 10_000 })
    await varve.admin().createTopic({ name: 't' })
    const records = [{ value: Buffer.alloc(4_000) }]
    const append = (): Promise<unknown> =>
      varve.producer().append({ topic: 't', partition: 0, records })
    await append()
    await append()
    await expect(append()).rejects.toMatchObject({ code: 'DISK_FULL' })
    await varve.close()
  })

  it('makes the same ids of the same seed', async () => {
    const idOf = async (seed: number): Promise<string> => {
      const varve = await Varve.open({ memory: true, seed })
      const { id } = await varve.admin().createTopic({ name: 't' })
      await varve.close()
      return id
    }
    expect(await idOf(7)).toBe(await idOf(7))
    expect(await idOf(7)).not.toBe(await idOf(8))
  })

  it('says what it does where it is asked to', async () => {
    const events: string[] = []
    const log = {
      debug: () => undefined,
      info: (event: string) => events.push(event),
      warn: (event: string) => events.push(event),
      error: (event: string) => events.push(event),
      with: () => log,
    }
    const varve = await Varve.open({ dataDir: await temporaryDirectory(), log })
    await varve.admin().createTopic({ name: 't' })
    await varve.close()
    expect(events.length).toBeGreaterThan(0)
  })
})

describe('a program with a broker within', () => {
  const index = fileURLToPath(new URL('../../../src/index.ts', import.meta.url))

  async function run(program: string): Promise<{ stdout: string; stderr: string }> {
    const source = `import { Varve } from ${JSON.stringify(index)}\n${program}`
    const flags = ['--import', 'tsx', '--input-type=module', '--eval', source]
    return await promisify(execFile)(process.execPath, flags, { timeout: 30_000 })
  }

  it('ends by itself though its brokers were never closed', async () => {
    const { stdout, stderr } = await run(`
      for (const place of [{ memory: true }, { dataDir: ${JSON.stringify(await temporaryDirectory())} }]) {
        const varve = await Varve.open(place)
        await varve.admin().createTopic({ name: 't' })
        const producer = varve.producer()
        await producer.send({ topic: 't', value: 'x' })
        for await (const { value } of varve.consumer({ topics: 't', until: 'end' })) console.log(String(value))
      }
    `)
    expect({ stdout, stderr }).toEqual({ stdout: 'x\nx\n', stderr: '' })
  })

  it('goes on while it waits for a record', async () => {
    const { stdout } = await run(`
      const varve = await Varve.open({ memory: true })
      await varve.admin().createTopic({ name: 't' })
      setTimeout(() => varve.producer().send({ topic: 't', value: 'late' }), 300).unref()
      for await (const { value } of varve.consumer({ topics: 't', maxRecords: 1 })) console.log(String(value))
    `)
    expect(stdout).toBe('late\n')
  })
})

/** How much keeps a process from ending, of the kinds that a broker makes. What surrounds the test may have some too. */
function resources(): number {
  return process
    .getActiveResourcesInfo()
    .filter((name) => /Timeout|Immediate|FSReq|FileHandle|TCP/.test(name)).length
}

function openFiles(): number | undefined {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : undefined
}

test('a hundred brokers in memory and twelve on files are opened, used and closed, and leave nothing', async () => {
  const use = async (varve: Varve): Promise<void> => {
    await varve.admin().createTopic({ name: 't', partitions: 2 })
    await varve.producer().sendMany([
      { topic: 't', key: 'a', value: '1' },
      { topic: 't', key: 'b', value: '2' },
    ])
    expect(await valuesOf(varve, 't')).toHaveLength(2)
    await varve.close()
  }
  // What is loaded and opened once for all of them.
  await use(await Varve.open({ memory: true }))
  await use(await Varve.open({ dataDir: await temporaryDirectory() }))
  const before = { resources: resources(), files: openFiles() }
  const startedMs = performance.now()
  for (let round = 0; round < 100; round++) await use(await Varve.open({ memory: true }))
  const memoryMs = performance.now() - startedMs
  const directories = await Promise.all(Array.from({ length: 12 }, () => temporaryDirectory()))
  const filesStartedMs = performance.now()
  for (const dataDir of directories) await use(await Varve.open({ dataDir }))
  const filesMs = performance.now() - filesStartedMs
  expect(resources()).toBeLessThanOrEqual(before.resources)
  expect(openFiles()).toBe(before.files)
  console.log(
    `brokers in process: 100 in memory in ${memoryMs.toFixed()} ms, 12 on files in ${filesMs.toFixed()} ms`,
  )
})
