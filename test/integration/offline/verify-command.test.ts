import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.ts'
import { runHere } from '../cli/in-process.ts'
import { openEngine, type RealFiles, realFiles } from './real-files.ts'

type Line = Readonly<Record<string, Readonly<Record<string, unknown>>>>

async function verify(
  ...args: readonly string[]
): Promise<{ code: number; output: string; messages: string }> {
  return await runHere(['verify', ...args], '')
}

async function verifyJson(...args: readonly string[]): Promise<{ code: number; lines: Line[] }> {
  const { code, output } = await verify('--json', ...args)
  return {
    code,
    lines: output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line),
  }
}

async function flip(path: string, position: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[position] = (bytes[position] ?? 0) ^ 1
  await writeFile(path, bytes)
}

/** Damages the second batch of the first segment. */
async function damage(files: RealFiles): Promise<void> {
  const log = `${files.folder}/00000000000000000000.log`
  const bytes = await readFile(log)
  await flip(log, bytes.readUInt32BE(8) + 12 + 70)
}

async function tree(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const contents = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const file = `${entry.parentPath}/${entry.name}`
      return `${file} ${(await readFile(file)).toString('base64')}`
    })
  return (await Promise.all(contents)).sort()
}

describe('varve verify', () => {
  it('says that nothing is wrong, with the ends of all partitions, and writes nothing', async () => {
    const files = await realFiles(40)
    const before = await tree(files.path)
    const { code, output } = await verify(files.path)
    expect(code).toBe(0)
    expect(output).toMatch(/^topic-1 +0 +0 +80 +80 +\d+ .*good$/m)
    expect(output).toContain('nothing is wrong')
    const json = await verifyJson('--deep', files.path)
    expect(json.code).toBe(0)
    expect(json.lines).toMatchObject([
      {
        partition: {
          topic: 'topic-1',
          partition: 0,
          startOffset: 0,
          endOffset: 80,
          records: 80,
          state: 'good',
        },
      },
      {
        verified: {
          topics: 1,
          partitions: 1,
          batches: 40,
          records: 80,
          errors: 0,
          warnings: 0,
          wasClean: true,
        },
      },
    ])
    expect(await tree(files.path)).toEqual(before)
  })

  it('is refused while a broker has the directory, also to repair', async () => {
    const files = await realFiles(1)
    const engine = await openEngine(files.path)
    for (const options of [[], ['--repair'], ['--repair', '--dry-run']]) {
      const { code, messages } = await verify(...options, files.path)
      expect(code).toBe(1)
      expect(messages).toContain(`process ${process.pid} has the data directory open`)
    }
    await engine.close()
    expect((await verify(files.path)).code).toBe(0)
  })

  it('reports damage with its place and what to do, and exits with 1', async () => {
    const files = await realFiles(40)
    await damage(files)
    const { code, output } = await verify(files.path)
    expect(code).toBe(1)
    expect(output).toMatch(
      /^error {3}DAMAGED {2}topic-1\/0, topics\/.*\.log, bytes \d+ to \d+, offsets 2 to 3$/m,
    )
    expect(output).toContain('-> restore the file from a backup, or give the records up')
    expect(output).toContain('1 error, 0 warnings')
    const { lines } = await verifyJson(files.path)
    expect(lines[0]).toMatchObject({
      finding: {
        severity: 'error',
        code: 'DAMAGED',
        topic: 'topic-1',
        partition: 0,
        file: `${files.shownFolder}/00000000000000000000.log`,
        firstOffset: 2,
        nextOffset: 4,
      },
    })
  })

  it('repairs in steps: a plan, what needs consent, and then the repair', async () => {
    const files = await realFiles(40)
    await damage(files)
    const before = await tree(files.path)
    const plan = await verify('--repair', '--accept-loss', '--dry-run', files.path)
    expect(plan.code).toBe(1)
    expect(plan.output).toContain('a repair would:')
    expect(plan.output).toContain('give up offsets 2 to 3')
    expect(await tree(files.path)).toEqual(before)

    const refused = await verify('--repair', files.path)
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('--accept-loss')
    expect(refused.output).toContain('topic-1/0: offsets 2 to 3')
    expect(await tree(files.path)).toEqual(before)

    const repaired = await verifyJson('--repair', '--accept-loss', files.path)
    expect(repaired.code).toBe(0)
    const done = repaired.lines.map(({ repair }) => repair).find((repair) => repair !== undefined)
    expect(done).toMatchObject({ state: 'done', topic: 'topic-1', lost: [{ first: 2, next: 4 }] })
    const audit = (await readFile(`${files.path}/repairs.log`, 'utf8')).trimEnd().split('\n')
    expect(audit.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'begin',
      'done',
    ])
    const again = await verify(files.path)
    expect(again.code).toBe(0)
    expect(again.output).toContain('ACCEPTED_LOSS')
    // The stop was clean, and counts as clean still.
    expect(again.output).toContain('stopped cleanly')
    expect((await verify('--repair', files.path)).code).toBe(0)
  })

  it('refuses links and pipes that are named like segments, and moves them aside', async () => {
    const files = await realFiles(3)
    await symlink('/etc/hosts', `${files.folder}/00000000000000000500.log`)
    await promisify(execFile)('mkfifo', [`${files.folder}/00000000000000000600.log`])
    await mkdir(`${files.folder}/00000000000000000700.index`)
    const { code, lines } = await verifyJson(files.path)
    expect(code).toBe(1)
    expect(lines.filter(({ finding }) => finding?.['code'] === 'IRREGULAR_FILE')).toHaveLength(3)
    expect((await verify('--repair', files.path)).code).toBe(0)
    expect((await readdir(`${files.folder}/quarantine`)).sort()).toEqual([
      '00000000000000000500.log.moved',
      '00000000000000000600.log.moved',
      '00000000000000000700.index.moved',
    ])
  })

  it('finds topics without partitions and partitions without topics', async () => {
    const files = await realFiles(3)
    await cp(files.folder, `${files.folder.slice(0, -1)}7`, { recursive: true })
    await rm(files.folder, { recursive: true })
    const { code, lines } = await verifyJson(files.path)
    expect(code).toBe(1)
    const found = lines.map(({ finding }) => finding?.['code']).filter((one) => one !== undefined)
    expect(found).toEqual(['PARTITION_MISSING', 'PARTITION_SURPLUS'])
  })

  it('knows nothing of a folder that is no data directory, and leaves it alone', async () => {
    const path = await temporaryDirectory()
    await writeFile(`${path}/letter.txt`, 'dear reader')
    const stranger = await verify('--repair', path)
    expect(stranger.code).toBe(1)
    expect(stranger.messages).toContain('no data directory of varve')
    expect(await readdir(path)).toEqual(['letter.txt'])
    const nothing = await verify(`${path}/nowhere`)
    expect(nothing.code).toBe(1)
    expect(nothing.messages).toContain('there is no data directory')
    expect(await readdir(path)).toEqual(['letter.txt'])
  })

  it('refuses a directory of a later format', async () => {
    const files = await realFiles(1)
    const { encodeCheckedText } = await import('../../../src/storage/file/checked-text.ts')
    await writeFile(`${files.path}/format`, encodeCheckedText('format', 9, ''))
    const { code, messages } = await verify(files.path)
    expect(code).toBe(1)
    expect(messages).toContain('format 9')
  })

  it('says when the lock file is none, since no broker can start there', async () => {
    const files = await realFiles(1)
    await writeFile(`${files.path}/lock`, 'mine')
    const { code, output } = await verify(files.path)
    expect(code).toBe(1)
    expect(output).toContain('LOCK_FOREIGN')
    const { code: repairCode } = await verify('--repair', files.path)
    expect(repairCode).toBe(1)
  })

  it('is asked rightly or not at all', async () => {
    expect((await verify()).code).toBe(2)
    expect((await verify('--dry-run', '.')).code).toBe(2)
    expect((await verify('--accept-loss', '.')).code).toBe(2)
    expect((await verify('--broker', 'localhost:1', '.')).code).toBe(2)
  })
})
