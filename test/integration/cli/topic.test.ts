import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from './in-process.ts'
import { type BrokerProcess, startBroker, stopBroker, varve, varveOk } from './varve-process.ts'

let broker: BrokerProcess
beforeAll(async () => {
  broker = await startBroker(['--storage', 'memory'])
})
afterAll(async () => {
  await stopBroker(broker)
})

const run = (...args: string[]): ReturnType<typeof varve> => varve(args, { broker: broker.address })
const runFast = (...args: string[]): ReturnType<typeof runHere> => runHere(args, broker.address)
const runOk = (...args: string[]): ReturnType<typeof varve> =>
  varveOk(args, { broker: broker.address })
const runJson = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await runOk(...args, '--json')).output)

describe('varve topic', () => {
  it('creates, lists, describes, alters, grows and deletes, in words', async () => {
    expect((await runOk('topic', 'list')).output).toMatch(/^no topics yet/)
    const created = await runOk(
      'topic',
      'create',
      'events',
      '--partitions',
      '3',
      '--config',
      'retention.ms=60000',
    )
    expect(created.output).toBe('created events with 3 partitions\n')
    expect((await runOk('topic', 'list')).output).toMatch(
      /^topic +partitions +id\nevents +3 +\S{22}\n$/,
    )
    const described = (await runOk('topic', 'describe', 'events')).output
    expect(described).toMatch(/^events: 3 partitions, created 20/)
    expect(described).toContain('retention.ms = 60000\n')
    expect(described).not.toContain('segment.bytes')
    expect(described.split('\n').filter((line) => line.includes('healthy'))).toHaveLength(3)
    const all = (await runOk('topic', 'describe', 'events', '--all')).output
    expect(all).toMatch(/segment\.bytes = \d+ {2}\(the default\)/)
    const altered = await runOk(
      'topic',
      'alter',
      'events',
      '--config',
      'segment.bytes=1048576',
      '--reset',
      'retention.ms',
    )
    expect(altered.output).toMatch(/^altered events\n/)
    expect(altered.output).toMatch(/retention\.ms = 604800000 {2}\(the default\)/)
    expect(altered.output).toMatch(/segment\.bytes = 1048576\n/)
    const grown = await runOk('topic', 'add-partitions', 'events', '--partitions', '5')
    expect(grown.output).toBe('events has 5 partitions now\n')
    expect((await runOk('topic', 'delete', 'events')).output).toBe(
      'deleted events and all its records\n',
    )
    expect((await runOk('topic', 'list')).output).toMatch(/^no topics yet/)
  })

  it('answers in JSON with the documented fields', async () => {
    const created = (await runJson(
      'topic',
      'create',
      'shapes',
      '--config',
      'durability=written',
    )) as {
      topic: { partitions: object[]; settings: object[] }
    }
    expect(Object.keys(created.topic).sort()).toEqual(
      ['createdMs', 'degraded', 'id', 'name', 'partitions', 'settings'].sort(),
    )
    expect(Object.keys(created.topic.partitions[0] ?? {}).sort()).toEqual(
      [
        'bytes',
        'endOffset',
        'leaderEpoch',
        'partition',
        'readableEndOffset',
        'reason',
        'startOffset',
        'state',
      ].sort(),
    )
    expect(created.topic.settings).toContainEqual({
      name: 'durability',
      value: 'written',
      isDefault: false,
    })
    expect(await runJson('topic', 'list')).toEqual({
      topics: [{ name: 'shapes', id: expect.any(String) as string, partitions: 1 }],
    })
    for (const args of [
      ['describe', 'shapes'],
      ['alter', 'shapes', '--config', 'retention.ms=1'],
      ['add-partitions', 'shapes', '--partitions', '2'],
    ]) {
      expect(await runJson('topic', ...args)).toMatchObject({ topic: { name: 'shapes' } })
    }
    expect(await runJson('topic', 'delete', 'shapes')).toEqual({ deleted: { name: 'shapes' } })
  })

  it('shows where partitions begin and end, and the offset of a moment', async () => {
    await runOk('topic', 'create', 'places', '--partitions', '2')
    const input = [1000, 2000, 3000]
      .map((timestamp) => JSON.stringify({ value: 'x', timestamp, partition: 1 }))
      .join('\n')
    await varveOk(['produce', 'places', '--format', 'json'], { broker: broker.address, input })
    expect(await runJson('offsets', 'places')).toEqual({
      topic: 'places',
      partitions: [
        { partition: 0, earliest: 0, latest: 0 },
        { partition: 1, earliest: 0, latest: 3 },
      ],
    })
    expect(await runJson('offsets', 'places', '--timestamp', '1970-01-01T00:00:01.001Z')).toEqual({
      topic: 'places',
      timestamp: 1001,
      partitions: [
        { partition: 0, earliest: 0, latest: 0, at: { offset: 0, timestamp: null } },
        { partition: 1, earliest: 0, latest: 3, at: { offset: 1, timestamp: 2000 } },
      ],
    })
    const table = (await runOk('offsets', 'places', '--timestamp', '2000')).output
    expect(table.split('\n')[1]).toContain('no record is that late')
    expect(table.split('\n')[2]).toMatch(/1 +0 +3 +1 +1970-01-01T00:00:02\.000Z$/)
  })
})

describe('what the broker refuses', () => {
  it.each([
    [['topic', 'describe', 'nowhere'], 'UNKNOWN_TOPIC'],
    [['topic', 'delete', 'nowhere'], 'UNKNOWN_TOPIC'],
    [['topic', 'create', 'a/b'], 'INVALID_TOPIC_NAME'],
    [['topic', 'create', '__mine'], 'INTERNAL_TOPIC'],
    [['topic', 'create', 'many', '--partitions', '1001'], 'INVALID_PARTITION_COUNT'],
    [['topic', 'create', 'odd', '--config', 'retention.sm=5'], 'INVALID_CONFIG'],
    [['offsets', 'nowhere'], 'UNKNOWN_TOPIC'],
    [['consume', 'nowhere', '--until-end'], 'UNKNOWN_TOPIC'],
    [['produce', 'nowhere'], 'UNKNOWN_TOPIC'],
  ] as const)('%j ends with 4 and one line, as JSON with the code', async (args, code) => {
    const [plain, json] = [await runFast(...args), await runFast(...args, '--json')]
    expect([plain.code, json.code]).toEqual([4, 4])
    expect(plain.output + json.output).toBe('')
    expect(plain.messages).toMatch(/^varve: [^\n]+\n$/)
    expect(JSON.parse(json.messages)).toMatchObject({ error: { code } })
  })

  it('tells a name that is taken', async () => {
    await runOk('topic', 'create', 'taken')
    const again = await run('topic', 'create', 'taken')
    expect(again.code).toBe(4)
    expect(again.messages).toContain('taken')
  })
})

describe('the command line itself', () => {
  it.each([
    [[], 'which command'],
    [['tpoic', 'list'], 'Did you mean topic?'],
    [['topic', 'lst'], 'Did you mean list?'],
    [['topic', 'list', '--jsno'], 'Did you mean --json?'],
    [['topic', 'create'], "missing required argument 'name'"],
    [['topic', 'create', 'a', 'b'], 'too many arguments'],
    [['topic', 'create', 'a', '--partitions', '0'], '--partitions must be an integer'],
    [['topic', 'create', 'a', '--config', 'x'], 'key=value'],
    [['topic', 'alter', 'a'], 'what is to change'],
    [['topic', 'add-partitions', 'a'], '--partitions'],
    [['topic', 'list', '--broker', 'nonsense'], 'HOST:PORT'],
    [['start', '--broker', '127.0.0.1:1'], 'talks to no broker'],
    [['consume', 'a', '--format', 'jsn'], '--format must be'],
    [['consume', 'a', '--offset', '1', '--timestamp', '1'], 'cannot be used with'],
    [['consume', 'a', '--until-end', '--until-offset', '1'], 'cannot be used with'],
    [['consume', 'a', '--offset', '-1'], '--offset must be'],
    [['produce', 'a', '--compression', 'rar'], 'none, gzip, snappy, lz4, zstd'],
    [['produce', 'a', '--format', 'json', '--key-separator', ':'], '--key-separator'],
  ] as const)('%j ends with 2 and says what was meant', async (args, reason) => {
    const result = await runFast(...args)
    expect(result.code).toBe(2)
    expect(result.output).toBe('')
    expect(result.messages).toContain(reason)
    const json = await runFast(...args, '--json')
    expect(json.code).toBe(2)
    const last = json.messages.trimEnd().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({ error: { code: 'USAGE' } })
  })

  it('a wrong one ends a real process with 2', async () => {
    const result = await run('tpoic', 'list')
    expect([result.code, result.output]).toEqual([2, ''])
    expect(result.messages).toBe("varve: unknown command 'tpoic' (Did you mean topic?)\n")
  })

  it('says that no broker is there, what to try, and ends with 3', async () => {
    const options = { broker: '127.0.0.1:1' }
    for (const args of [
      ['topic', 'list'],
      ['consume', 'a'],
      ['produce', 'a'],
      ['offsets', 'a'],
    ]) {
      const result = await runHere(args, options.broker)
      expect(result.messages).toBe(
        'varve: no broker at 127.0.0.1:1: is it running? try npx varve start\n',
      )
      expect(result.code).toBe(3)
      expect(result.output).toBe('')
    }
    expect((await varve(['topic', 'list'], options)).code).toBe(3)
  })

  it('takes --broker before and after the command, over VARVE_BROKER', async () => {
    const options = { broker: '127.0.0.1:1' }
    const flag = ['--broker', broker.address]
    expect((await varve(['topic', 'list', ...flag], options)).code).toBe(0)
    expect((await varve([...flag, 'topic', 'list'], options)).code).toBe(0)
  })

  it('prints its version and help on standard output with 0', async () => {
    expect(await run('--version')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    })
    for (const args of [
      ['--help'],
      ['help'],
      ['topic', '--help'],
      ['topic', 'create', '--help'],
      ['help', 'consume'],
    ]) {
      const result = await runFast(...args)
      expect(result.code).toBe(0)
      expect(result.output).toMatch(/^Usage: varve/)
      expect(result.messages).toBe('')
    }
  })

  it('every command that does something shows examples', async () => {
    const commands = ['start', 'produce', 'consume', 'offsets', 'dump', 'verify']
    const topics = ['create', 'list', 'describe', 'alter', 'add-partitions', 'delete']
    for (const args of [
      ...commands.map((name) => [name]),
      ...topics.map((name) => ['topic', name]),
    ]) {
      expect((await runFast(...args, '--help')).output).toMatch(/Examples?:\n {2}varve /)
    }
  })
})
