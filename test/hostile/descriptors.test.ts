// A broker that runs out of descriptors: connections cannot take those of the log, and where it may open no further one, nothing is lost and everything
// goes on. DESCRIPTOR_ROUNDS makes more of it.
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { connect, type Varve } from '../../src/client/index.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { Attacker } from './attacker.ts'
import { MAIN, WatchedServer } from './watched-server.ts'

const ROUNDS = Number(process.env['DESCRIPTOR_ROUNDS'] ?? 3)
const PARTITIONS = 4
const TOPIC = 'rolls'
const VALUE_BYTES = 8 * 1024
/** A segment takes a few batches: every round rolls some. */
const SEGMENT_BYTES = 64 * 1024
/** `descriptors` is set for the process itself, and Node does not raise it again. */
const withDescriptors = (descriptors: number): string[] => [
  'sh',
  '-c',
  `ulimit -n ${descriptors}; exec "$0" "$@"`,
]

let server: WatchedServer
let client: Varve

afterEach(async () => {
  await client.close({ timeoutMs: 1_000 })
  await server.kill()
})

/** What was acknowledged, by partition and offset. */
class Acknowledged {
  readonly #values = Array.from({ length: PARTITIONS }, () => new Map<number, string>())
  #next = 0
  refused = 0

  get count(): number {
    return this.#values.reduce((sum, { size }) => sum + size, 0)
  }

  /** Produces to every partition, each value once. */
  async produce(producer: ReturnType<Varve['producer']>, times: number): Promise<void> {
    for (let round = 0; round < times; round++) {
      await Promise.all(
        this.#values.map(async (values, partition) => {
          const value = `${this.#next++}`.padEnd(VALUE_BYTES, '.')
          try {
            const { offset } = await producer.send({ topic: TOPIC, partition, value })
            expect(offset).toBeDefined()
            values.set(Number(offset), value)
          } catch {
            this.refused += 1
          }
        }),
      )
    }
  }

  /** Reads everything. @throws when something that was acknowledged is not where it was said to be */
  async expectAllThere(from: Varve): Promise<void> {
    let found = 0
    const seen = this.#values.map(() => -1)
    for await (const record of from.consumer({ topics: TOPIC, until: 'end' })) {
      const values = this.#values[record.partition]
      expect(record.offset).toBe((seen[record.partition] ?? 0) + 1)
      seen[record.partition] = record.offset
      const acknowledged = values?.get(record.offset)
      if (acknowledged === undefined) continue
      expect(String(record.value)).toBe(acknowledged)
      found += 1
    }
    expect(found).toBe(this.count)
  }
}

async function start(dataDir: string, descriptors: number): Promise<void> {
  server = await WatchedServer.start({ dataDir, prefix: withDescriptors(descriptors) })
  client = connect({ broker: server.address })
}

async function createTopic(): Promise<void> {
  await client.admin().createTopic({
    name: TOPIC,
    partitions: PARTITIONS,
    settings: { 'segment.bytes': `${SEGMENT_BYTES}`, durability: 'written' },
  })
}

function verify(dataDir: string): void {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, 'verify', dataDir, '--deep'])
  expect(status, String(stdout)).toBe(0)
}

describe('a broker with few descriptors', () => {
  it('goes on writing and rolling segments while connections storm in', async () => {
    const dataDir = await temporaryDirectory()
    await start(dataDir, 256)
    await createTopic()
    const producer = client.producer({ lingerMs: 0 })
    const acknowledged = new Acknowledged()
    await acknowledged.produce(producer, 2)
    const attacker = await Attacker.start()
    const attack = { attack: 'connections that say nothing', address: server.address, seconds: 2 }
    const attacking = attacker.attack(attack)
    await acknowledged.produce(producer, 60)
    const tally = await attacking
    await acknowledged.produce(producer, 20)
    const { refused } = acknowledged
    console.log(
      `${tally.connectionsOpened} connections at 256 descriptors, ${tally.connectionsCut} closed; ${acknowledged.count} acknowledged, ${refused} refused`,
    )
    expect(refused).toBe(0)
    expect(tally.connectionsCut).toBeGreaterThan(0)
    await attacker.stop()
    const fresh = connect({ broker: server.address })
    await acknowledged.expectAllThere(fresh)
    await fresh.close()
    await producer.close()
    expect(await server.stop()).toBe(0)
    verify(dataDir)
  })

  it('that may open no further one makes room among its own, loses nothing, and goes on', async () => {
    const dataDir = await temporaryDirectory()
    await start(dataDir, 1_024)
    await createTopic()
    const producer = client.producer({ lingerMs: 0, deliveryTimeoutMs: 2_000 })
    const acknowledged = new Acknowledged()
    await acknowledged.produce(producer, 2)
    for (let round = 0; round < ROUNDS; round++) {
      // No more than are open: the next segment takes the place of another file.
      setDescriptors(server.descriptors)
      await acknowledged.produce(producer, 12)
      setDescriptors(1_024)
      const before = acknowledged.count
      await acknowledged.produce(producer, 12)
      expect(acknowledged.count).toBe(before + 12 * PARTITIONS)
    }
    console.log(
      `${ROUNDS} times without a descriptor: ${acknowledged.count} acknowledged, ${acknowledged.refused} refused`,
    )
    expect(acknowledged.count + acknowledged.refused).toBe((2 + ROUNDS * 24) * PARTITIONS)
    await acknowledged.expectAllThere(client)
    await producer.close().catch(() => undefined)
    await client.close()
    expect(await server.stop()).toBe(0)
    verify(dataDir)
    await start(dataDir, 1_024)
    await acknowledged.expectAllThere(client)
  })
})

/** Of the running broker, from now on. */
function setDescriptors(count: number): void {
  const { status, stderr } = spawnSync('prlimit', [
    '--pid',
    `${server.pid}`,
    `--nofile=${count}:1024`,
  ])
  expect(status, String(stderr)).toBe(0)
}
