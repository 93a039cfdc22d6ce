import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from './in-process.ts'
import { latin1Lines, sampleText } from './sample-text.ts'
import {
  type BrokerProcess,
  finished,
  type RunResult,
  spawnVarve,
  startBroker,
  stopBroker,
  temporaryFolder,
  varve,
  varveOk,
} from './varve-process.ts'

let broker: BrokerProcess
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
  broker = await startBroker(['--data-dir', join(folder.path, 'data')])
})
afterAll(async () => {
  await stopBroker(broker)
  await folder.remove()
})

const run = (...args: string[]): Promise<RunResult> => varve(args, { broker: broker.address })
const runOk = (...args: string[]): Promise<RunResult> => varveOk(args, { broker: broker.address })
async function create(name: string, ...args: string[]): Promise<void> {
  const { code, messages } = await runHere(['topic', 'create', name, ...args], broker.address)
  if (code !== 0) throw new Error(messages)
}
const produce = (name: string, input: string | Buffer, ...args: string[]): Promise<RunResult> =>
  varveOk(['produce', name, ...args], { broker: broker.address, input })
const lastJson = ({ messages }: RunResult): unknown =>
  JSON.parse(messages.trimEnd().split('\n').at(-1) ?? '')

describe('bytes through produce and consume', () => {
  it('come out as they went in, with every kind of line', async () => {
    await create('bytes')
    const text = sampleText(5000, 1)
    const { output, messages } = await produce('bytes', text)
    expect(output).toBe('')
    expect(messages).toContain('5,000 records acknowledged')
    expect(messages).toContain('durability synced')
    expect(messages).toContain('last offsets by partition: 0: 4999')
    expect((await runOk('consume', 'bytes', '--until-end')).bytes.equals(text)).toBe(true)
  })

  it('come from a file as from standard input, and "-" is standard input', async () => {
    await create('from-file')
    const path = join(folder.path, 'some.txt')
    await writeFile(path, 'a\nb\n')
    await produce('from-file', '', '--file', path)
    await produce('from-file', 'c\n', '--file', '-')
    expect((await runOk('consume', 'from-file', '--until-end')).output).toBe('a\nb\nc\n')
  })

  it('get a newline after a last line that had none, and the summary says so', async () => {
    await create('no-newline')
    expect((await produce('no-newline', 'a\nb')).messages).toContain('the last line had no newline')
    expect((await produce('no-newline', 'c\n')).messages).not.toContain('no newline')
    expect((await runOk('consume', 'no-newline', '--until-end')).output).toBe('a\nb\nc\n')
  })

  it('of no input are no records', async () => {
    await create('nothing')
    expect(lastJson(await produce('nothing', '', '--json'))).toMatchObject({
      produced: { records: 0, bytes: 0, durability: null, lastOffsets: {}, failed: 0 },
    })
    expect((await runOk('consume', 'nothing', '--until-end')).output).toBe('')
  })
})

describe('keys and partitions', () => {
  it('--key-separator splits at the first one; equal keys meet in one partition, in order', async () => {
    await create('keys', '--partitions', '4')
    const lines = Array.from({ length: 400 }, (_, line) => `key${line % 7}\t${line}\trest`)
    await produce('keys', `${lines.join('\n')}\n`, '--key-separator', '\\t')
    const read = await runOk('consume', 'keys', '--until-end', '--format', '%p %k\\t%v\\n')
    const byKey = new Map<string, { partitions: Set<string>; values: string[] }>()
    for (const line of read.output.trimEnd().split('\n')) {
      const [, partition = '', key = '', value = ''] = /^(\d) (\w+)\t(.*)$/.exec(line) ?? []
      const seen = byKey.get(key) ?? { partitions: new Set(), values: [] }
      seen.partitions.add(partition)
      seen.values.push(value)
      byKey.set(key, seen)
    }
    expect(byKey.size).toBe(7)
    for (const [key, { partitions, values }] of byKey) {
      expect(partitions.size).toBe(1)
      const sent = lines.filter((line) => line.startsWith(`${key}\t`))
      expect(values.map((value) => `${key}\t${value}`)).toEqual(sent)
    }
  })

  it('a line without the separator has no key, one that begins with it an empty key', async () => {
    await create('odd-keys')
    await produce('odd-keys', 'plain\n:empty\n', '--key-separator', ':')
    const read = await runOk('consume', 'odd-keys', '--until-end', '--format', 'json')
    const records = read.output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(records).toMatchObject([
      { key: null, value: 'plain' },
      { key: '', value: 'empty' },
    ])
  })

  it('--partition sends and reads one partition alone', async () => {
    await create('one-of-three', '--partitions', '3')
    const summary = await produce('one-of-three', 'a\nb\n', '--partition', '2', '--json')
    expect(lastJson(summary)).toMatchObject({ produced: { lastOffsets: { '2': 1 } } })
    await produce('one-of-three', 'c\n', '--partition', '0')
    expect((await runOk('consume', 'one-of-three', '--partition', '2', '--until-end')).output).toBe(
      'a\nb\n',
    )
    expect((await runOk('consume', 'one-of-three', '--partition', '1', '--until-end')).output).toBe(
      '',
    )
    for (const args of [
      ['produce', 'one-of-three'],
      ['consume', 'one-of-three', '--until-end'],
    ]) {
      const refused = await varve([...args, '--partition', '3', '--json'], {
        broker: broker.address,
        input: 'x\n',
      })
      expect(refused.code).toBe(4)
      expect(lastJson(refused)).toMatchObject({ error: { code: 'UNKNOWN_PARTITION' } })
    }
  })
})

describe('JSON', () => {
  const odd = [
    {
      value: 'text',
      key: 'k',
      timestamp: 1000,
      headers: [
        { key: 'h', value: '1' },
        { key: 'h', value: null },
      ],
    },
    {
      valueBase64: '/wD/',
      keyBase64: 'gA==',
      timestamp: 1001,
      headers: [{ key: '', valueBase64: '/w==' }],
    },
    { value: null, key: '', timestamp: 1002, headers: [] },
    { value: '', key: null, timestamp: 1003, headers: [] },
  ]

  it('copies records from topic to topic with keys, headers, timestamps and bytes', async () => {
    await create('copy-a', '--partitions', '3')
    await create('copy-b', '--partitions', '3')
    await produce(
      'copy-a',
      odd.map((record) => JSON.stringify(record)).join('\n'),
      '--format',
      'json',
    )
    const first = await runOk('consume', 'copy-a', '--until-end', '--format', 'json')
    await produce('copy-b', first.bytes, '--format', 'json')
    const second = await runOk('consume', 'copy-b', '--until-end', '--json')
    const sorted = (text: string): object[] =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { timestamp: number })
        .sort((left, right) => left.timestamp - right.timestamp)
    const copied = sorted(second.output).map((record) => ({ ...record, topic: 'copy-a' }))
    expect(copied).toEqual(sorted(first.output))
    expect(copied).toMatchObject(odd)
  })

  it('--partition any forgets the partitions that records name', async () => {
    await create('wide', '--partitions', '3')
    await create('narrow')
    await produce('wide', 'a\nb\n', '--partition', '2')
    const { bytes } = await runOk('consume', 'wide', '--until-end', '--format', 'json')
    const options = { broker: broker.address, input: bytes }
    expect((await varve(['produce', 'narrow', '--format', 'json'], options)).code).toBe(4)
    await varveOk(['produce', 'narrow', '--format', 'json', '--partition', 'any'], options)
    expect((await runOk('consume', 'narrow', '--until-end')).output).toBe('a\nb\n')
  })

  it('that is wrong stops with 1 and the number of the line, and says what was stored before', async () => {
    await create('half-json')
    const input = '{"value":"1"}\n{"value":"2"}\n{"value":3}\n{"value":"4"}\n'
    const args = ['produce', 'half-json', '--format', 'json']
    const result = await varve(args, { broker: broker.address, input })
    expect(result.code).toBe(1)
    expect(result.messages).toContain('2 records acknowledged')
    expect(result.messages).toContain('varve: line 3: value must be a string or null')
    expect((await runOk('consume', 'half-json', '--until-end')).output).toBe('1\n2\n')
  })
})

describe('where consume begins and stops', () => {
  const stamped = Array.from({ length: 100 }, (_, offset) => ({
    value: `v${offset}`,
    timestamp: 1_000_000 + offset * 10,
  }))
  beforeAll(async () => {
    await create('places')
    const input = stamped.map((record) => JSON.stringify(record)).join('\n')
    // Small batches: the places lie inside and between them.
    await produce('places', input, '--format', 'json', '--batch-bytes', '300')
  })
  const values = (from: number, to: number): string =>
    stamped
      .slice(from, to)
      .map(({ value }) => `${value}\n`)
      .join('')

  it.each([
    [['--offset', '0', '--until-end'], 0, 100],
    [['--offset', 'earliest', '--until-end'], 0, 100],
    [['--offset', 'latest', '--until-end'], 100, 100],
    [['--offset', '37', '--until-end'], 37, 100],
    [['--offset', '99', '--until-end'], 99, 100],
    [['--offset', '100', '--until-end'], 100, 100],
    [['--until-offset', '1'], 0, 1],
    [['--until-offset', '0'], 0, 0],
    [['--offset', '10', '--until-offset', '13'], 10, 13],
    [['--offset', '13', '--until-offset', '10'], 0, 0],
    [['--max-records', '0'], 0, 0],
    [['--max-records', '5'], 0, 5],
    [['--offset', '50', '--max-records', '5'], 50, 55],
    [['--offset', '98', '--max-records', '5', '--until-end'], 98, 100],
    [['--timestamp', '1000000', '--until-end'], 0, 100],
    [['--timestamp', '1000011', '--until-end'], 2, 100],
    [['--timestamp', '1000020', '--until-end'], 2, 100],
    [['--timestamp', '1970-01-01T00:16:40.500Z', '--until-end'], 50, 100],
    [['--timestamp', '2000000', '--until-end'], 100, 100],
    [['--until-timestamp', '1000020'], 0, 2],
    [['--until-timestamp', '1000021'], 0, 3],
    [['--until-timestamp', '0'], 0, 0],
    [['--until-timestamp', '9000000'], 0, 100],
    [['--timestamp', '1000500', '--until-timestamp', '1000600'], 50, 60],
    [['--timestamp', '1000500', '--until-offset', '52'], 50, 52],
  ] as const)('%j prints records %d to %d', async (args, from, to) => {
    const { code, output } = await runHere(['consume', 'places', ...args], broker.address)
    expect([code, output]).toEqual([0, values(from, to)])
  })

  it('an offset that the partition does not have is refused with its bounds', async () => {
    const result = await run('consume', 'places', '--offset', '101', '--until-end', '--json')
    expect(result.code).toBe(4)
    expect(lastJson(result)).toMatchObject({
      error: {
        code: 'OFFSET_OUT_OF_RANGE',
        details: { partition: 0, startOffset: 0, endOffset: 100 },
      },
    })
  })

  it('--until-offset waits for records that are not there yet', async () => {
    await create('to-come')
    await produce('to-come', 'a\n')
    const reading = runOk('consume', 'to-come', '--until-offset', '3')
    await produce('to-come', 'b\nc\nd\n')
    expect((await reading).output).toBe('a\nb\nc\n')
  })

  it('--until-end leaves alone what comes later', async () => {
    await create('moving')
    await produce('moving', sampleText(2000, 2))
    const reading = runOk('consume', 'moving', '--until-end')
    const [{ bytes }] = await Promise.all([reading, produce('moving', 'later\n'.repeat(2000))])
    // The end was found somewhere between the two; what was there before is there, and nothing half.
    expect(latin1Lines(bytes).slice(0, 2000)).toEqual(latin1Lines(sampleText(2000, 2)))
  })

  it('without a limit it follows, prints at once, and SIGINT ends it with 0 and a summary', async () => {
    await create('follow')
    await produce('follow', 'a\n')
    const child = spawnVarve(['consume', 'follow'], { broker: broker.address })
    const ending = finished(child)
    const seen = (count: number): Promise<void> =>
      new Promise((resolve) => {
        let lines = 0
        child.stdout.on('data', (chunk: Buffer) => {
          lines += chunk.filter((byte) => byte === 10).length
          if (lines >= count) resolve()
        })
      })
    const both = seen(2)
    await seen(1)
    await produce('follow', 'b\n')
    await both
    child.kill('SIGINT')
    const result = await ending
    expect(result).toMatchObject({ code: 0, output: 'a\nb\n' })
    expect(result.messages).toMatch(/^2 records, 2 B in .*\n$/)
  })

  it('SIGINT before a limit was reached ends with 130', async () => {
    await create('bounded')
    const child = spawnVarve(['consume', 'bounded', '--until-offset', '5', '--json'], {
      broker: broker.address,
    })
    const ending = finished(child)
    const seen = new Promise((resolve) => child.stdout.once('data', resolve))
    await produce('bounded', 'a\n')
    await seen
    child.kill('SIGINT')
    const result = await ending
    expect(result.code).toBe(130)
    expect(lastJson(result)).toMatchObject({ consumed: { records: 1, nextOffsets: { '0': 1 } } })
  })

  it('ends quietly with 0 when the reader of its output leaves', async () => {
    await create('piped')
    await produce('piped', sampleText(50_000, 3))
    const child = spawnVarve(['consume', 'piped'], { broker: broker.address })
    const messages: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => messages.push(chunk))
    const ended = new Promise((resolve) => child.on('exit', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.stdout.destroy()
    expect(await ended).toBe(0)
    expect(Buffer.concat(messages).toString()).toBe('')
  })

  it('--quiet says nothing', async () => {
    expect((await runOk('consume', 'places', '--until-end', '--quiet')).messages).toBe('')
    await create('quiet')
    expect((await produce('quiet', 'x\n', '--quiet')).messages).toBe('')
  })
})

describe('what produce says when it cannot go on', () => {
  it('a record above the limit of its topic is refused with 4, and what was stored before is said', async () => {
    await create('small', '--config', 'max.message.bytes=2000')
    const input = `ok\n${'x'.repeat(5000)}\nnever\n`
    const result = await varve(['produce', 'small', '--json'], { broker: broker.address, input })
    expect(result.code).toBe(4)
    expect(lastJson(result)).toMatchObject({
      error: { code: 'BATCH_TOO_LARGE', details: { line: 2 } },
    })
    const summary = JSON.parse(result.messages.split('\n')[0] ?? '') as object
    const read = await runOk('consume', 'small', '--until-end')
    expect(read.output.startsWith('ok\n')).toBe(true)
    expect(summary).toMatchObject({
      produced: { records: latin1Lines(read.bytes).length, uncertain: 0 },
    })
  })

  it('a durability that the topic does not allow is refused with 4', async () => {
    await create('strict', '--config', 'min.durability=synced')
    const result = await varve(['produce', 'strict', '--durability', 'written', '--json'], {
      broker: broker.address,
      input: 'x\n',
    })
    expect(result.code).toBe(4)
    expect(lastJson(result)).toMatchObject({ error: { code: 'DURABILITY_NOT_ALLOWED' } })
  })

  it('the durability that was reached is stated; with none offsets are unknown', async () => {
    await create('levels')
    for (const level of ['none', 'written', 'synced'] as const) {
      const summary = await produce('levels', 'x\n', '--durability', level, '--json')
      expect(lastJson(summary)).toMatchObject({ produced: { records: 1, failed: 0 } })
      const { produced } = lastJson(summary) as {
        produced: { durability: string; lastOffsets: Record<string, number | null> }
      }
      expect(produced.lastOffsets['0'] === null).toBe(produced.durability === 'none')
      if (level !== 'none')
        expect(['written', 'synced'].indexOf(produced.durability)).toBeGreaterThanOrEqual(
          level === 'written' ? 0 : 1,
        )
    }
  })

  it('a file that is not there, or is a folder, is 1', async () => {
    for (const [path, reason] of [
      [join(folder.path, 'missing'), 'there is no such file'],
      [folder.path, 'is a directory'],
    ] as const) {
      const result = await run('produce', 'places', '--file', path)
      expect(result.code).toBe(1)
      expect(result.messages).toMatch(new RegExp(`^varve: .*${reason}.*\\n$`))
    }
  })

  it('SIGINT waits for what was accepted, says how much that is, and ends with 130', async () => {
    await create('stopped')
    const child = spawnVarve(['produce', 'stopped', '--json'], { broker: broker.address })
    const ending = finished(child)
    child.stdin.write('a\nb\nunfinished')
    // The records are seen by others: they were accepted, and the input is still open.
    await runOk('consume', 'stopped', '--until-offset', '2')
    child.kill('SIGINT')
    const result = await ending
    expect(result.code).toBe(130)
    expect(lastJson(result)).toMatchObject({
      produced: { records: 2, lastOffsets: { '0': 1 }, failed: 0 },
    })
    expect((await runOk('consume', 'stopped', '--until-end')).output).toBe('a\nb\n')
  })
})
