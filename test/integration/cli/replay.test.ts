// A log file goes in with the times of its lines and is played again: the real command line, over a broker on the loopback.
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { runCli } from '../../../src/cli/program.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'
import { until } from '../../support/until.ts'
import { runHere } from './in-process.ts'

const START_MS = Date.UTC(2026, 6, 1, 12)
const LINES = 60

let broker: GrpcBroker
let directory: string
const run = (...args: string[]): ReturnType<typeof runHere> => runHere(args, broker.server.address)

/** Lines 20 ms apart, of four hosts: `host0 [2026-07-01 12:00:00,000] line 0`. */
function lineOf(index: number): string {
  const time = new Date(START_MS + index * 20).toISOString()
  return `host${index % 4} [${time.replace('T', ' ').replace('.', ',').replace('Z', '')}] line ${index}`
}

const all = Array.from({ length: LINES }, (_, index) => index)
const text = (indexes: readonly number[]): string =>
  indexes.map((index) => `${lineOf(index).replace(/^\S+ /, '')}\n`).join('')
const keyed = (indexes: readonly number[]): string =>
  indexes.map((index) => `${lineOf(index)}\n`).join('')

interface Replayed {
  readonly replayed: {
    readonly isFinished: boolean
    readonly records: number
    readonly dropped: number
    readonly sessionId: string
    readonly partitions: readonly Readonly<Record<string, unknown>>[]
    readonly positions?: object
  }
}
function summaryIn(messages: string): Replayed['replayed'] {
  // On a terminal what takes the progress away stands in front of it.
  const [line = ''] = /\{"replayed".*/.exec(messages) ?? []
  return (JSON.parse(line) as Replayed).replayed
}

/** The command in a terminal that shows nothing, whose keys are pressed by the test. */
function runWithKeys(...args: string[]): {
  readonly press: (keys: string) => void
  readonly output: () => string
  readonly messages: () => string
  readonly modes: readonly boolean[]
  readonly ended: Promise<number>
} {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  })
  const [output, messages] = [new PassThrough(), new PassThrough()]
  let [printed, said] = ['', '']
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  messages.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const env = { VARVE_BROKER: broker.server.address }
  const terminals = { messagesOnTerminal: true, outputOnTerminal: false }
  const io = new CommandIo({ input, output, messages, env, ...terminals })
  const services = {
    startServer: () => Promise.reject(new Error('these tests start no server here')),
    createLog: () => SILENT_LOG,
    clock: new NodeClock(),
  }
  return {
    press: (keys) => input.write(keys),
    output: () => printed,
    messages: () => said,
    modes,
    ended: runCli(args, services, io),
  }
}

beforeAll(async () => {
  broker = await serveBroker()
  directory = await temporaryDirectory()
  const path = join(directory, 'access.log')
  await writeFile(path, all.map((index) => `${lineOf(index)}\n`).join(''))
  await run('topic', 'create', 'log', '--partitions', '4', '--config', 'retention.ms=-1')
  const produced = await run(
    ...['produce', 'log', '--file', path, '--key-separator', ' ', '--timestamp-from', 'line'],
  )
  expect(produced).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await broker.close()
})

describe('varve replay', () => {
  it('plays a log file in the order of its times, over all partitions', async () => {
    const { code, output, messages } = await run('replay', 'log', '--merge')
    expect(output).toBe(text(all))
    expect(code).toBe(0)
    expect(messages).toMatch(/^60 records, [^\n]+ in \d+\.\d s, [^\n]*session \S+\n/)
    expect(messages).toMatch(/topic {2}partition {2}offsets {2}records {2}dropped {2}checksum\n/)
    expect(messages).toMatch(/\nlog +[0-3] +0\.\.\d+ +\d+ +0 {2}[0-9a-f]{8}\n/)
    const stamps = await run('replay', 'log', '--merge', '--format', '%T\\n', '-q')
    expect(stamps).toEqual({
      code: 0,
      output: all.map((index) => `${START_MS + index * 20}\n`).join(''),
      messages: '',
    })
  })

  it('plays what filters let through, and says what they left out', async () => {
    const { output, messages } = await run(
      ...['replay', 'log', '--merge', '--format', '%k %v\\n', '--summary', 'json'],
      ...['--filter', '!key=host2', '--filter', 'time>=2026-07-01T12:00:00.400Z'],
      ...['--filter', 'time<2026-07-01T12:00:01Z', '--filter', 'key^=host'],
    )
    const meant = all.filter((index) => index % 4 !== 2 && index >= 20 && index < 50)
    expect(output).toBe(keyed(meant))
    const summary = summaryIn(messages)
    expect(summary).toMatchObject({
      ...{ isFinished: true, records: meant.length },
      dropped: LINES - meant.length,
    })
    expect(summary.partitions).toHaveLength(4)
  })

  it('plays from one place to another, at a speed, in order', async () => {
    const { code, output, messages } = await run(
      ...['replay', 'log', '--speed', '20x', '--gap-max', '1s', '--session', 'drill', '--json'],
      ...['--from', '2026-07-01T12:00:00.200Z', '--to', '2026-07-01T12:00:00.800Z'],
      ...['--format', 'value'],
    )
    expect([code, output]).toEqual([0, text(all.slice(10, 40))])
    expect(summaryIn(messages)).toMatchObject({
      ...{ isFinished: true, sessionId: 'drill', records: 30 },
    })
    const rated = await run('replay', 'log', '--rate', '1000/s', '--merge')
    expect(rated.output).toBe(text(all))
  })

  it('begins where a group had committed something', async () => {
    await run('consume', 'log', '--group', 'reader', '--max-records', '10', '-q')
    const rest = await run('replay', 'log', '--from', 'group:reader', '-q')
    expect(rest.output.split('\n')).toHaveLength(LINES - 10 + 1)
    const done = await run('replay', 'log', '--to', 'group:reader', '-q')
    expect(done.output.split('\n')).toHaveLength(10 + 1)
  })

  it('saves where it stands and goes on from there, without a gap or a repetition', async () => {
    const file = join(directory, 'place.json')
    const play = (...args: string[]): ReturnType<typeof run> =>
      run('replay', ...args, '--merge', '--save-positions', file)
    const first = await play('log', '--max-records', '25')
    expect([first.code, first.output]).toEqual([0, text(all.slice(0, 25))])
    expect(first.messages).toContain('stopped before the end')
    expect(first.messages).toContain(`to go on: varve replay --resume ${file}\n`)
    const second = await play('--resume', file, '--max-records', '1')
    expect(second.output).toBe(text([25]))
    const third = await play('--resume', file, '--speed', '100x')
    expect(third.output).toBe(text(all.slice(26)))
    expect((await play('--resume', file)).output).toBe('')
    expect((await readdir(directory)).sort()).toEqual(['access.log', 'place.json'])
  })

  it('says where it stood when the file cannot be written at the end', async () => {
    const folder = join(directory, 'gone')
    await mkdir(folder)
    const replay = runWithKeys('replay', 'log', '--rate', '1/s', '--save-positions', `${folder}/x`)
    await until(() => replay.output() !== '')
    await rmdir(folder)
    replay.press('q')
    expect(await replay.ended).toBe(1)
    expect(replay.messages()).toContain('to go on, put this into a file for --resume: {')
    expect(replay.messages()).toMatch(/\nvarve: \S+\/gone\/x cannot be written: [^\n]+\n$/)
  })

  it('follows until SIGINT, and says then where to go on', async () => {
    const file = join(directory, 'followed.json')
    await run('topic', 'create', 'live', '--partitions', '1')
    await runHere(['produce', 'live', '-q'], broker.server.address, 'a\nb\n')
    const replay = runWithKeys('replay', 'live', '--follow', '--save-positions', file)
    await until(() => replay.output() === 'a\nb\n')
    await runHere(['produce', 'live', '-q'], broker.server.address, 'c\n')
    await until(() => replay.output() === 'a\nb\nc\n')
    process.emit('SIGINT', 'SIGINT')
    expect(await replay.ended).toBe(0)
    expect(replay.messages()).toMatch(/3 records, .*stopped before the end/)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      places: [{ topic: 'live', partition: 0, offset: 3 }],
    })
    expect(replay.modes).toEqual([true, false])
  })

  it('ends with 130 at SIGINT when it had an end', async () => {
    const replay = runWithKeys('replay', 'log', '--rate', '1/s', '--summary', 'json')
    await until(() => replay.output() !== '')
    process.emit('SIGINT', 'SIGINT')
    expect(await replay.ended).toBe(130)
    const { isFinished, positions } = summaryIn(replay.messages())
    expect(isFinished).toBe(false)
    expect(positions).toMatchObject({ places: expect.any(Array) as unknown[] })
  })

  it('is steered by keys, and shows how far it is', async () => {
    const replay = runWithKeys('replay', 'log', '--paused', '--merge', '--format', '%v\\n')
    await until(() => replay.messages().includes('paused'))
    expect(replay.output()).toBe('')
    replay.press('s')
    await until(() => replay.output() === text([0]))
    replay.press('\u001b[C')
    await until(() => replay.output() === text([0, 1]))
    replay.press('1++?')
    await until(() => replay.messages().includes('  4x  '))
    expect(replay.messages()).toContain('keys: space')
    replay.press('m ')
    expect(await replay.ended).toBe(0)
    expect(replay.output()).toBe(text(all))
    expect(replay.modes).toEqual([true, false])
    const stopped = runWithKeys('replay', 'log', '--rate', '1/s')
    await until(() => stopped.output() !== '')
    stopped.press('q')
    expect(await stopped.ended).toBe(0)
    expect(stopped.modes).toEqual([true, false])
  })

  it.each([
    [['replay'], 2, 'which topic'],
    [['replay', 'log', '--resume', 'x'], 2, '--resume'],
    [['replay', 'log', 'live', '--partition', '0'], 2, '--partition'],
    [['replay', 'log', '--follow', '--to', 'latest'], 2, '--follow'],
    [['replay', 'log', '--speed', '2x', '--rate', '1/s'], 2, '--speed'],
    [['replay', 'log', '--gap-max', '2s'], 2, '--gap-max'],
    [['replay', 'log', '--paused'], 2, '--paused'],
    [['replay', 'log', '--filter', 'keyy=1'], 2, 'header.NAME=TEXT'],
    [['replay', '--resume', 'no-such-file'], 1, 'no such file'],
    [['replay', 'log', '--save-positions', 'no-such-directory/x'], 1, 'cannot be written'],
    [['replay', 'no-such-topic'], 4, 'no-such-topic'],
    [['replay', 'log', '--from', '999'], 4, '999'],
  ])('refuses %j', async (args, code, message) => {
    const result = await run(...args)
    expect(result).toMatchObject({ code, output: '' })
    expect(result.messages).toContain(message)
    expect(result.messages).toMatch(/^varve: [^\n]+\n$/)
  })

  it('fails with the place when a topic goes away, or goes on without it', async () => {
    const lost = async (...args: string[]): Promise<ReturnType<typeof runWithKeys>> => {
      await run('topic', 'create', 'lost', '--partitions', '1')
      await runHere(
        ['produce', 'lost', '-q'],
        broker.server.address,
        `${'x'.repeat(2_000)}\n`.repeat(5_000),
      )
      const replay = runWithKeys('replay', 'lost', '--rate', '20/s', '--summary', 'json', ...args)
      await until(() => replay.output() !== '')
      await run('topic', 'delete', 'lost')
      // What was read ahead is played all the same: the rest is asked for now.
      replay.press('m')
      return replay
    }
    const failed = await lost()
    expect(await failed.ended).toBe(4)
    expect(failed.messages()).toMatch(/\nvarve: [^\n]*lost[^\n]*\n$/)
    expect(summaryIn(failed.messages())).toMatchObject({ isFinished: false })
    const skipped = await lost('--on-trouble', 'skip')
    expect(await skipped.ended).toBe(0)
    expect(skipped.messages()).toContain('varve: warning: lost/0 cannot be read at offset ')
    expect(summaryIn(skipped.messages()).isFinished).toBe(true)
    expect(skipped.modes).toEqual([true, false])
  })

  it('says soon that there is no broker', async () => {
    const result = await runHere(['replay', 'log'], '127.0.0.1:1')
    expect(result).toMatchObject({ code: 3, output: '' })
    expect(result.messages).toMatch(/^varve: no broker at [^\n]+\n$/)
  })

  it('refuses files that no replay can go on from', async () => {
    for (const content of ['{', '[]', '{"places":[]}', '{"sessionId":"x","places":[{}]}']) {
      const file = join(directory, 'bad.json')
      await writeFile(file, content)
      const result = await run('replay', '--resume', file)
      expect(result.code).toBe(1)
      expect(result.messages).toMatch(/^varve: \S+bad\.json [^\n]+\n$/)
    }
  })
})

describe('varve produce --timestamp-from', () => {
  it('takes times out of JSON values, and names a line without one', async () => {
    await run('topic', 'create', 'times', '--partitions', '1', '--config', 'retention.ms=-1')
    const lines = '{"at":{"time":"2026-07-01T12:00:00Z"}}\n{"at":{}}\n{"at":{"time":1782907201}}\n'
    const produce = (...args: string[]): ReturnType<typeof runHere> =>
      runHere(
        ['produce', 'times', '--timestamp-from', 'json:at.time', ...args],
        broker.server.address,
        lines,
      )
    const refused = await produce()
    expect(refused.code).toBe(1)
    expect(refused.messages).toContain('line 2: no timestamp by --timestamp-from json:at.time')
    expect(refused.messages).toContain('--timestamp-missing previous')
    expect((await produce('--timestamp-missing', 'previous')).code).toBe(0)
    const { output } = await run('replay', 'times', '--from', '1', '--format', '%T\\n', '-q')
    expect(output).toBe(`${START_MS}\n${START_MS}\n${START_MS + 1000}\n`)
  })
})
