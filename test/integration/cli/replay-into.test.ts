// `varve replay --into` in a process of its own that is killed without warning, over and over: the next one goes on, and in the end every
// record is in the copy once, as the checksums of both say.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { connect, type Varve } from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { seeded } from '../../support/seed.ts'
import {
  type BrokerProcess,
  spawnVarve,
  startBroker,
  stopBroker,
  temporaryFolder,
  varve,
} from './varve-process.ts'

const RECORDS = 6_000
const PARTITIONS = 3

let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined
let broker: BrokerProcess | undefined
let client: Varve | undefined
afterEach(async () => {
  await client?.close()
  if (broker !== undefined) await stopBroker(broker)
  await folder?.remove()
})

async function checksums(from: Varve, topics: string): Promise<string[]> {
  const replay = from.replay({ topics })
  for await (const one of replay.batches()) expect(one.topic).toBe(topics)
  const { partitions } = await replay.summary()
  return partitions.map(({ records, checksum }) => `${records} ${checksum}`)
}

it('copies every record once through kills of the command', { timeout: 300_000 }, async () => {
  const { seed, runs } = seeded('REPLAY_KILLS', 3)
  const random = new SeededRandom(String(seed))
  folder = await temporaryFolder()
  broker = await startBroker(['--data-dir', join(folder.path, 'data')])
  const { address } = broker
  client = connect({ broker: address })
  const admin = client.admin()
  await admin.createTopic({ name: 'orders', partitions: PARTITIONS })
  const producer = client.producer()
  await producer.sendMany(
    Array.from({ length: RECORDS }, (_, index) => ({
      topic: 'orders',
      key: `${index % 100}`,
      value: `order ${index}`,
      timestampMs: 1_760_000_000_000 + index,
    })),
  )
  await producer.close()
  const state = join(folder.path, 'state.json')
  const command = ['replay', 'orders', '--into', 'copy', '--state', state]
  const stored = async (): Promise<number> => {
    try {
      const { partitions } = await admin.describeTopic('copy')
      return partitions.reduce((sum, { endOffset }) => sum + endOffset, 0)
    } catch {
      return 0
    }
  }
  let killed = 0
  for (let run = 0; run < runs; run++) {
    const before = await stored()
    const child = spawnVarve([...command, '--rate', '4000/s', '-q'], { broker: address })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const wanted = before + 1 + random.integer(800)
    while ((await stored()) < wanted) await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    await ended
    await access(state)
    killed++
  }
  const partly = await stored()
  expect(partly).toBeLessThan(RECORDS)
  const { code, messages } = await varve(command, { broker: address })
  expect(messages).toContain('goes on from')
  expect(code).toBe(0)
  expect(await checksums(client, 'copy')).toEqual(await checksums(client, 'orders'))
  expect((await varve(command, { broker: address })).messages).toContain(
    'all of it was stored before',
  )
  console.log(
    `replay into a topic: seed ${seed}, killed ${killed} times, ${partly} records stored by then`,
  )
})
