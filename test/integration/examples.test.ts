// Runs every program in examples/ as a reader of the documentation would, against a real broker.
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/client/index.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { RunningBroker } from './client/running-broker.ts'

const directory = fileURLToPath(new URL('../../examples/', import.meta.url))

let broker: RunningBroker

beforeAll(async () => {
  broker = await RunningBroker.start()
})

afterAll(async () => {
  await broker.close()
})

async function run(name: string, ...rest: string[]): Promise<string[]> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', `${directory}${name}`, ...rest],
    { env: { ...process.env, VARVE_BROKER: broker.address }, timeout: 50_000 },
  )
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

/** What each example prints; texts must occur in their order. */
const EXPECTED: Record<string, readonly string[]> = {
  'produce-consume.ts': ['stored: partition', 'offset 0, synced', 'read: '],
  'replay-from-moment.ts': [
    '2026-06-01T09:00:00.000Z',
    '2026-06-01T10:00:00.000Z',
    '2026-06-01T11:00:00.000Z',
    'again, offset 11: ',
  ],
  'optimistic-append.ts': ['3 of 5 were paid, 10 are left'],
  'bulk-load.ts': ['200000 delivered, 0 failed', '200000 read'],
  'group.ts': [
    'first has 6 partitions',
    'first gives up 3 partitions',
    'second has 3 of them now',
    '600 records are committed, 0 were read twice',
  ],
  'administration.ts': [
    'storage file, up to synced: serving',
    'partition 0: offsets 1 to 2, healthy',
    'retention.ms = 2592000000',
    'partition 3: 2 records checked, 0 damaged',
    'and it is gone',
  ],
}

test('every example is run', () => {
  const programs = readdirSync(directory).filter((name) => name !== 'broker-address.ts')
  expect(programs.sort()).toEqual([...Object.keys(EXPECTED), 'everywhere.ts'].sort())
})

test.each(Object.keys(EXPECTED))('%s does what it says', async (name) => {
  const lines = await run(name)
  let next = 0
  for (const text of EXPECTED[name] ?? []) {
    const found = lines.findIndex((line, index) => index >= next && line.includes(text))
    expect(found, `${text} in\n${lines.join('\n')}`).toBeGreaterThanOrEqual(0)
    next = found
  }
})

const EVERYWHERE = [
  'stored: partition 1, offset 0',
  'stored: partition 0, offset 0',
  'stored: partition 1, offset 1',
  'stored: partition 0, offset 1',
  'newest: garden {"celsius":21}',
  'newest: kitchen {"celsius":20}',
  'from 12:05 on: 5 readings, the first at 12:05, the last at 12:09',
  'first: appended at 5',
  'second: UNEXPECTED_OFFSET: the next offset of the partition is 6, not 5',
  'followed: the kettle boils',
  'topics left: 0',
]

test('everywhere.ts prints the same in memory, on files and over gRPC beside other topics', async () => {
  const own = await RunningBroker.start()
  const client = connect({ broker: own.address })
  for (const name of ['rivers', 'tides']) await client.admin().createTopic({ name })
  await client.close()
  const inMemory = await run('everywhere.ts')
  const onFiles = await run('everywhere.ts', join(await temporaryDirectory(), 'data'))
  const overGrpc = await run('everywhere.ts', own.address)
  await own.close()
  expect(inMemory).toEqual(EVERYWHERE)
  expect(onFiles).toEqual(inMemory)
  expect(overGrpc).toEqual(inMemory)
})
