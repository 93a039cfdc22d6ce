// Members of a group as processes of their own: what they print, commit and say, and how they end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../support/until.ts'
import { runHere } from './in-process.ts'
import {
  type BrokerProcess,
  finished,
  type RunResult,
  spawnVarve,
  startBroker,
  stopBroker,
} from './varve-process.ts'

let broker: BrokerProcess
beforeAll(async () => {
  broker = await startBroker(['--storage', 'memory'])
})
afterAll(async () => {
  await stopBroker(broker)
})

const run = (...args: string[]): ReturnType<typeof runHere> => runHere(args, broker.address)

async function produce(topic: string, from: number, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ value: String(from + index), partition: index % 4 }),
  )
  await runHere(['produce', topic, '--format', 'json', '-q'], broker.address, lines.join('\n'))
}

class Member {
  readonly child: ReturnType<typeof spawnVarve>
  readonly ended: Promise<RunResult>
  output = ''
  messages = ''

  constructor(...args: string[]) {
    this.child = spawnVarve(['consume', ...args], { broker: broker.address })
    this.child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.child.stderr.on('data', (chunk: Buffer) => (this.messages += chunk.toString()))
    this.ended = finished(this.child)
  }

  get lines(): string[] {
    return this.output.split('\n').filter((line) => line !== '')
  }
}

async function committed(group: string): Promise<number> {
  const { code, output } = await run('group', 'offsets', group, '--json')
  if (code !== 0) return 0
  const { offsets } = JSON.parse(output) as { offsets: { offset?: number }[] }
  return offsets.reduce((sum, { offset = 0 }) => sum + offset, 0)
}

describe('varve consume --group', () => {
  it('shares the partitions, takes over those of a member that leaves, and commits at the end', async () => {
    await run('topic', 'create', 'shared', '--partitions', '4')
    const first = new Member('shared', '--group', 'share')
    await until(() => first.messages.includes('has now shared 0-3\n'))
    const second = new Member('shared', '--group', 'share')
    await until(() => /gives up shared \d-\d\n/.test(first.messages))
    await until(() => /has now shared \d-\d\n/.test(second.messages))
    await produce('shared', 0, 40)
    await until(() => first.lines.length === 20 && second.lines.length === 20)
    second.child.kill('SIGTERM')
    expect(await second.ended).toMatchObject({ code: 0 })
    expect(second.messages).toMatch(/joined share as varve-consume-\S+ \(pid \d+\)\n/)
    expect(second.messages).toMatch(/gives up shared \d-\d\n20 records, /)
    await until(() => (first.messages.match(/has now/g) ?? []).length === 2)
    await produce('shared', 40, 40)
    await until(() => first.lines.length === 60)
    first.child.kill('SIGINT')
    expect(await first.ended).toMatchObject({ code: 0 })
    const all = [...first.lines, ...second.lines].map(Number).sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: 80 }, (_, index) => index))
    expect(await committed('share')).toBe(80)
    expect((await run('group', 'list', '--json')).output).toMatch(/"share","condition":"empty"/)
  })

  it('ends at the end as it was, reads on from there the next time, and says so as JSON', async () => {
    await run('topic', 'create', 'ends', '--partitions', '4')
    await produce('ends', 0, 8)
    const first = await run('consume', 'ends', '--group', 'end', '--until-end')
    expect(first.code).toBe(0)
    expect(first.output.trim().split('\n')).toHaveLength(8)
    expect(await run('consume', 'ends', '--group', 'end', '--until-end', '-q')).toEqual({
      ...{ code: 0, output: '', messages: '' },
    })
    await produce('ends', 8, 4)
    const { output, messages } = await run(
      ...['consume', 'ends', '--group', 'end', '--max-records', '4', '--json'],
    )
    expect(output.trim().split('\n')).toHaveLength(4)
    const said = messages
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(said.map((one) => Object.keys(one)[0])).toEqual(
      expect.arrayContaining(['joined', 'assigned', 'revoked', 'consumed']),
    )
    expect(said.at(-1)).toMatchObject({ consumed: { topic: 'ends', group: 'end', records: 4 } })
    expect(await committed('end')).toBe(12)
  })

  it('begins where --from says when nothing is committed', async () => {
    await run('topic', 'create', 'begins', '--partitions', '4')
    await produce('begins', 0, 4)
    const latest = ['consume', 'begins', '--group', 'late', '--from', 'latest', '--until-end', '-q']
    expect(await run(...latest)).toMatchObject({ code: 0, output: '' })
    const none = await run('consume', 'begins', '--group', 'none', '--from', 'none', '-q')
    expect(none).toMatchObject({ code: 4, output: '' })
    expect(none.messages).toMatch(/^varve: [^\n]+\n$/)
  })

  it('does not commit what the reader of its output did not take', async () => {
    await run('topic', 'create', 'untaken', '--partitions', '4')
    const member = new Member('untaken', '--group', 'taker')
    await until(() => member.messages.includes('has now'))
    member.child.stdout.destroy()
    await produce('untaken', 0, 4)
    expect(await member.ended).toMatchObject({ code: 0 })
    expect(await committed('taker')).toBe(0)
  })

  it('keeps the partitions of an instance while it restarts, and commits nothing twice', async () => {
    await run('topic', 'create', 'steady', '--partitions', '4')
    const args = ['steady', '--group', 'stays', '--instance', 'a']
    const first = new Member(...args)
    await until(() => first.messages.includes('has now steady 0-3\n'))
    first.child.kill('SIGINT')
    expect(await first.ended).toMatchObject({ code: 0 })
    const away = await run('group', 'explain', 'stays', '--json')
    expect(away.output).toContain('"reason":"member-away"')
    await produce('steady', 0, 4)
    const second = await run('consume', ...args, '--until-end')
    expect(second.output.trim().split('\n')).toHaveLength(4)
    expect(await committed('stays')).toBe(4)
  })
})
