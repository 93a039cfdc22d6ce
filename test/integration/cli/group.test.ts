import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from './in-process.ts'
import { type BrokerProcess, startBroker, stopBroker, temporaryFolder } from './varve-process.ts'

let broker: BrokerProcess
beforeAll(async () => {
  broker = await startBroker(['--storage', 'memory'])
})
afterAll(async () => {
  await stopBroker(broker)
})

const run = (...args: string[]): ReturnType<typeof runHere> => runHere(args, broker.address)

async function runOk(...args: string[]): Promise<string> {
  const result = await run(...args)
  if (result.code === 0) return result.output
  throw new Error(`varve ${args.join(' ')} ended with ${result.code}: ${result.messages}`)
}

async function runJson<Result>(...args: string[]): Promise<Result> {
  return JSON.parse(await runOk(...args, '--json')) as Result
}

/** Records at chosen moments, one after the other in each of two partitions. */
async function fill(topic: string, timestamps: readonly number[]): Promise<void> {
  const lines = timestamps.flatMap((timestamp) =>
    [0, 1].map((partition) => JSON.stringify({ value: `v${timestamp}`, timestamp, partition })),
  )
  await runHere(['produce', topic, '--format', 'json', '-q'], broker.address, lines.join('\n'))
}

/** A topic of two partitions with three records each, read by a group to its end. */
async function readTopic(topic: string, group: string): Promise<void> {
  await runOk('topic', 'create', topic, '--partitions', '2')
  await fill(topic, [1000, 2000, 3000])
  await runOk('consume', topic, '--group', group, '--until-end', '-q')
}

interface Change {
  readonly partition: number
  readonly before?: number
  readonly after?: number
}
const places = (changes: readonly Change[]): unknown[] =>
  changes.map(({ partition, before, after }) => [partition, before, after])

describe('varve group', () => {
  it('lists, describes and deletes groups, and says how to make the first', async () => {
    expect(await runOk('group', 'list')).toMatch(/^no groups yet/)
    await readTopic('seen', 'lookers')
    expect(await runOk('group', 'list')).toMatch(/\nlookers +empty +0 +2 partitions +20/)
    const text = await runOk('group', 'describe', 'lookers')
    expect(text).toMatch(/^lookers: empty, 0 members, none for /)
    expect(text).toMatch(/\nseen +0 +3 +3 +0 +0\.000 s +0 B +-\n/)
    const { group } = await runJson<{ group: Record<string, unknown> }>(
      'group',
      'describe',
      'lookers',
    )
    expect(Object.keys(group).sort()).toEqual(
      [
        ...['assignmentEpoch', 'assignor', 'members', 'partitions', 'resetEpoch', 'snapshots'],
        ...['summary', 'timeMs', 'traffic'],
      ].sort(),
    )
    expect(await runOk('group', 'delete', 'lookers')).toBe('deleted lookers\n')
    expect(await run('group', 'describe', 'lookers')).toMatchObject({ code: 4, output: '' })
  })

  it('tells lag in records and exact seconds, and passes a bound with exit code 1', async () => {
    await readTopic('lags', 'late')
    const timestamp = Date.now() - 60_000
    await fill('lags', [timestamp, timestamp + 1_000])
    const { lag } = await runJson<{
      lag: { timeMs: number; total: { lagRecords: number; lagMs: number } }
    }>('group', 'lag', 'late')
    expect(lag.total.lagRecords).toBe(4)
    expect(lag.total.lagMs).toBe(lag.timeMs - timestamp)
    expect(await runOk('group', 'lag', 'late')).toMatch(/\ntotal +4 +6\d\.\d{3} s +\d+ B\n$/)
    expect((await run('group', 'lag', 'late', '--max-lag', '4')).code).toBe(0)
    const behind = await run('group', 'lag', 'late', '--max-lag', '3')
    expect(behind).toMatchObject({
      code: 1,
      messages: 'varve: late is behind: 4 records wait, more than 3\n',
    })
    expect((await run('group', 'lag', 'late', '--max-lag-time', '59s')).code).toBe(1)
    expect((await run('group', 'lag', 'late', '--max-lag-time', '1h')).code).toBe(0)
  })

  it('explains why nothing flows, with exit code 1', async () => {
    await readTopic('still', 'gone')
    await fill('still', [4000])
    const { code, output } = await run('group', 'explain', 'gone')
    expect(code).toBe(1)
    expect(output.replaceAll('\n', ' ')).toContain('2 of 2 partitions of group gone do not flow.')
    expect(output).toMatch(/\nstill +0-1 +no-member +- +2 /)
    const json = JSON.parse((await run('group', 'explain', 'gone', '--json')).output) as {
      explanation: { isFlowing: boolean; partitions: object[] }
    }
    expect(json.explanation.isFlowing).toBe(false)
    expect(json.explanation.partitions).toHaveLength(2)
  })

  it('resets by plan and in earnest, and takes it back', async () => {
    await readTopic('again', 'back')
    const plan = await runOk('group', 'reset', 'back', '--to-timestamp', '2000', '--dry-run')
    expect(plan).toMatch(/\nagain +0 +3 +1 +-2 +0 +3\n/)
    expect(plan).toContain('nothing was changed')
    const { reset } = await runJson<{ reset: { changes: Change[]; isApplied: boolean } }>(
      ...[
        'group',
        'reset',
        'back',
        '--topic',
        'again:1',
        '--shift-by',
        '-1',
        '--reason',
        'one more',
      ],
    )
    expect(reset.isApplied).toBe(true)
    expect(places(reset.changes)).toEqual([[1, 3, 2]])
    expect(await runOk('consume', 'again', '--group', 'back', '--until-end')).toBe('v3000\n')
    const { undo } = await runJson<{ undo: { changes: Change[] } }>('group', 'undo', 'back')
    expect(places(undo.changes)).toEqual([[1, 3, 3]])
    expect(await run('group', 'undo', 'back')).toMatchObject({ code: 4 })
    const history = await runOk('group', 'history', 'back', '--resets')
    expect(history).toMatch(/reset +again +1 +3 +2 +-1 +reset 1: one more\n/)
    expect(history).toMatch(/nothing of the history is forgotten yet\n$/)
    const lines = (await runOk('group', 'history', 'back', '--max', '1', '--json'))
      .trim()
      .split('\n')
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
      'entry',
      'history',
    ])
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ history: { entries: 1, hasMore: true } })
  })

  it('writes offsets as Kafka does, and resets to what such a file says', async () => {
    await readTopic('filed', 'files')
    expect(await runOk('group', 'offsets', 'files', '--format', 'csv')).toBe(
      'filed,0,3\nfiled,1,3\n',
    )
    const plan = await runOk('group', 'reset', 'files', '--to-earliest', '--export')
    expect(plan).toBe('filed,0,0\nfiled,1,0\n')
    const folder = await temporaryFolder()
    const path = join(folder.path, 'offsets.csv')
    await writeFile(path, plan)
    expect(await runOk('group', 'reset', 'files', '--from-file', path)).toContain(
      'reset 2 partitions',
    )
    const piped = await runHere(
      ['group', 'reset', 'files', '--from-file', '-', '--json'],
      broker.address,
      '{"topic":"filed","partition":1,"offset":2}\n',
    )
    expect(JSON.parse(piped.output)).toMatchObject({
      reset: { changes: [{ partition: 1, after: 2 }] },
    })
    await writeFile(path, 'filed,0,abc\n')
    expect(await run('group', 'reset', 'files', '--from-file', path)).toMatchObject({
      code: 1,
      messages: expect.stringContaining('line 1 of the file') as string,
    })
    expect(
      await run('group', 'reset', 'files', '--from-file', join(folder.path, 'none')),
    ).toMatchObject({
      code: 1,
    })
    await folder.remove()
  })

  it('keeps snapshots, goes back to them, and forks as of a moment', async () => {
    await readTopic('kept', 'keeper')
    expect(await runOk('group', 'snapshots', 'keeper')).toMatch(/^no snapshots/)
    const newest = await runOk('group', 'history', 'keeper', '--max', '1', '--json')
    const { entry } = JSON.parse(newest.split('\n')[0] ?? '') as { entry: { timeMs: number } }
    expect(await runOk('group', 'snapshot', 'keeper', 'three')).toContain(
      'kept 2 partitions of keeper',
    )
    await fill('kept', [4000])
    await runOk('consume', 'kept', '--group', 'keeper', '--until-end', '-q')
    const fork = await runJson<{ fork: { offsets: { offset: number }[]; isApplied: boolean } }>(
      ...['group', 'fork', 'keeper', 'copy', '--as-of', String(entry.timeMs)],
    )
    expect(fork.fork).toMatchObject({ isApplied: true, offsets: [{ offset: 3 }, { offset: 3 }] })
    expect(await runOk('group', 'snapshots', 'keeper')).toMatch(/\nthree +20.* +2\n$/)
    expect(await runOk('group', 'restore', 'keeper', 'three')).toMatch(/\nkept +0 +4 +3 +-1 /)
    expect(await runOk('consume', 'kept', '--group', 'keeper', '--until-end')).toBe(
      'v4000\nv4000\n',
    )
    expect(await runOk('group', 'delete-snapshot', 'keeper', 'three')).toContain(
      'deleted snapshot three',
    )
    expect(await runOk('group', 'snapshots', 'keeper')).toMatch(/^no snapshots/)
  })

  it('waits until a group has committed, or says how far it is', async () => {
    await readTopic('awaited', 'waiters')
    expect(await runOk('group', 'wait', 'waiters', '--topic', 'awaited')).toMatch(
      /0 +3 +3 +reached\nawaited +1 +3 +3 +reached\nwaiters has committed all of them\n$/,
    )
    const late = await run(
      ...['group', 'wait', 'waiters', '--topic', 'awaited', '--partition', '1', '--offset', '3'],
      ...['--timeout', '50'],
    )
    expect(late.code).toBe(1)
    expect(late.output).toMatch(
      /awaited +1 +3 +4 +missing\nwaiters has not committed it within 0.1 s\n$/,
    )
    const waiting = run(
      'group',
      'wait',
      'waiters',
      '--topic',
      'awaited',
      '--partition',
      '1',
      '--offset',
      '3',
    )
    await fill('awaited', [4000])
    await runOk('consume', 'awaited', '--group', 'waiters', '--until-end', '-q')
    expect(await waiting).toMatchObject({ code: 0 })
  })

  it.each([
    [['group', 'describe', 'nobody'], 'GROUP_NOT_FOUND'],
    [['group', 'explain', 'nobody'], 'GROUP_NOT_FOUND'],
    [['group', 'lag', 'nobody'], 'GROUP_NOT_FOUND'],
    [['group', 'reset', 'nobody', '--to-latest'], 'GROUP_NOT_FOUND'],
    [['group', 'undo', 'nobody'], 'GROUP_NOT_FOUND'],
    [['group', 'fork', 'nobody', 'new'], 'GROUP_NOT_FOUND'],
    [['group', 'delete', 'nobody'], 'GROUP_NOT_FOUND'],
    [['group', 'wait', 'nobody', '--topic', 'nowhere'], 'UNKNOWN_TOPIC'],
    [['consume', 'nowhere', '--group', 'g'], 'UNKNOWN_TOPIC'],
  ] as const)('%j is refused with 4 and one line', async (args, code) => {
    const [plain, json] = [await run(...args), await run(...args, '--json')]
    expect([plain.code, json.code, plain.output + json.output]).toEqual([4, 4, ''])
    expect(plain.messages).toMatch(/^varve: [^\n]+\n$/)
    expect(JSON.parse(json.messages)).toMatchObject({ error: { code } })
  })

  it.each([
    [['consume', 'a', '--from', 'earliest'], '--from goes with --group'],
    [['consume', 'a', '--group', ''], '--group must name a group'],
    [['consume', 'a', '--instance', 'x'], '--instance goes with --group'],
    [
      ['consume', 'a', '--group', 'g', '--partition', '0'],
      '--partition cannot be used with --group',
    ],
    [['consume', 'a', '--group', 'g', '--offset', '5'], '--offset cannot be used with --group'],
    [['consume', 'a', '--group', 'g', '--until-offset', '5'], '--until-offset cannot be used'],
    [['consume', 'a', '--group', 'g', '--assignor', 'fair'], 'Allowed choices are uniform'],
    [['consume', 'a', '--group', 'g', '--from', 'soon'], '--from, when not earliest'],
    [['group', 'reset', 'g'], 'where to?'],
    [['group', 'reset', 'g', '--to-latest', '--dry-run', '--execute'], '--dry-run cannot be used'],
    [['group', 'history', 'g', '--partition', '1'], '--partition goes with --topic'],
    [['group', 'lag', 'g', '--watch', '--max-lag', '1'], '--watch shows it until'],
    [['group', 'wait', 'g', '--topic', 'a', '--offset', '1'], '--offset goes with --partition'],
    [['group', 'wait', 'g'], "required option '--topic <name>' not specified"],
    [['group', 'forget', 'g'], "unknown command 'forget'"],
  ] as const)('%j is a usage error', async (args, message) => {
    const { code, output, messages } = await run(...args)
    expect(messages).toMatch(/^varve: [^\n]+\n$/)
    expect(messages).toContain(message)
    expect([code, output]).toEqual([2, ''])
  })

  it('explains every command with an example', async () => {
    const { output } = await run('group', '--help')
    const names = [...output.matchAll(/^ {2}([a-z-]+) [^\n]*<group>/gm)].map(
      ([, name = '']) => name,
    )
    expect(names).toHaveLength(14)
    for (const name of names) {
      expect((await run('group', name, '--help')).output).toContain(`varve group ${name} billing`)
    }
  })
})
