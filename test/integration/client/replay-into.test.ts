// Replays into a topic whose program dies at any moment: before or after a save, before or after any part was stored, or with the answer
// lost. Whatever happens, the next run goes on, and every record is stored once, in its order.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type CallOptions,
  type ClientTransport,
  type ReplayIntoOptions,
  type ReplayIntoStore,
  type UnaryCalls,
  type UnaryMethod,
  Varve,
} from '../../../src/client/index.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { partitionForKey } from '../../../src/domain/murmur2.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { type ServedBroker, serveBroker } from '../../conformance/served-broker.ts'
import { seeded } from '../../support/seed.ts'

const WAY = { name: 'in process, in memory', transport: 'in-process', storage: 'memory' } as const
const PARTITIONS = 3
const RECORDS = 400

class Dead extends Error {}

class MemoryStore implements ReplayIntoStore {
  text: string | undefined
  saves = 0
  /** Asked at each save, with its number: dies before it, or behind it. */
  deathAt: (save: number) => 'before' | 'after' | undefined = () => undefined

  load(): Promise<string | undefined> {
    return Promise.resolve(this.text)
  }

  save(text: string): Promise<void> {
    const death = this.deathAt(++this.saves)
    if (death !== 'before') this.text = text
    return death === undefined ? Promise.resolve() : Promise.reject(new Dead('the program died'))
  }
}

/** Lets calls of Produce fail, or their answers get lost, for good or not. */
class FailingTransport implements ClientTransport {
  produces = 0
  trouble: (call: number) => 'dead-before' | 'dead-after' | 'lost' | 'refused' | undefined = () =>
    undefined
  readonly address: string
  readonly connected: ClientTransport['connected']
  readonly checkHealth: ClientTransport['checkHealth']
  readonly openProduceStream: ClientTransport['openProduceStream']
  readonly openSubscription: ClientTransport['openSubscription']
  readonly openGroupSession: ClientTransport['openGroupSession']
  readonly openReplay: ClientTransport['openReplay']
  readonly verify: ClientTransport['verify']
  readonly close: ClientTransport['close']
  private readonly inner: ClientTransport

  constructor(inner: ClientTransport) {
    this.inner = inner
    this.address = inner.address
    this.connected = inner.connected.bind(inner)
    this.checkHealth = inner.checkHealth.bind(inner)
    this.openProduceStream = inner.openProduceStream.bind(inner)
    this.openSubscription = inner.openSubscription.bind(inner)
    this.openGroupSession = inner.openGroupSession.bind(inner)
    this.openReplay = inner.openReplay.bind(inner)
    this.verify = inner.verify.bind(inner)
    this.close = inner.close.bind(inner)
  }

  async call<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
    options: CallOptions,
  ): Promise<UnaryCalls[Method]['response']> {
    const trouble = method === 'produce' ? this.trouble(++this.produces) : undefined
    if (trouble === 'dead-before') throw new Dead('the program died')
    if (trouble === 'refused')
      throw new VarveError('QUEUE_FULL', 'too much waits', { effect: 'none' })
    const answer = await this.inner.call(method, request, options)
    if (trouble === 'dead-after') throw new Dead('the program died')
    if (trouble === 'lost') {
      throw new VarveError('BROKER_UNAVAILABLE', 'the connection broke')
    }
    return answer
  }
}

interface Stored {
  readonly key: string
  readonly value: string
  readonly timestampMs: number
}

describe('a replay into a topic', () => {
  let served: ServedBroker

  beforeEach(async () => {
    served = await serveBroker(WAY)
    const admin = served.client.admin()
    await admin.createTopic({ name: 'orders', partitions: PARTITIONS })
    await admin.createTopic({ name: 'copy', partitions: PARTITIONS })
    const producer = served.client.producer({ lingerMs: 0 })
    const random = new SeededRandom('orders')
    for (let index = 0; index < RECORDS; index++) {
      void producer.send({
        topic: 'orders',
        key: `key-${random.integer(40)}`,
        value: `${index}`,
        headers: index % 5 === 0 ? { kind: 'fifth' } : {},
        timestampMs: 1_760_000_000_000 + index * 10 + random.integer(30),
      })
      if (index % 7 === 0) await producer.flush()
    }
    await producer.flush()
  })

  afterEach(async () => {
    await served.close()
  })

  function clientOver(transport: ClientTransport): Varve {
    return new Varve({ transport, clock: new NodeClock({ keepsProcessAlive: true }) })
  }

  async function stored(topic: string): Promise<Stored[][]> {
    const partitions: Stored[][] = Array.from({ length: PARTITIONS }, () => [])
    for await (const record of served.client.consumer({ topics: topic, until: 'end' })) {
      const { partition, key, value, timestampMs } = record
      partitions[partition]?.push({ key: String(key), value: String(value), timestampMs })
    }
    return partitions
  }

  async function checksums(topic: string): Promise<string[]> {
    const replay = served.client.replay({ topics: topic })
    for await (const one of replay) expect(one.topic).toBe(topic)
    return (await replay.summary()).partitions.map(({ checksum }) => checksum)
  }

  it('stores every record once, with its time, key and headers: the checksums are the same', async () => {
    const into = served.client.replayInto({ topics: 'orders', into: 'copy' })
    const summary = await into.run()
    expect(summary).toMatchObject({ stored: RECORDS, found: 0, replay: { records: RECORDS } })
    expect(await stored('copy')).toEqual(await stored('orders'))
    expect(await checksums('copy')).toEqual(await checksums('orders'))
    expect(summary.replay?.partitions.map(({ checksum }) => checksum)).toEqual(
      await checksums('copy'),
    )
  })

  it('stores only what its filters let through, and may choose partitions anew', async () => {
    const filters = [{ header: 'kind', equals: 'fifth' }]
    const into = served.client.replayInto({
      topics: 'orders',
      into: 'copy',
      filters,
      partitioning: 'by-key',
    })
    expect((await into.run()).stored).toBe(RECORDS / 5)
    const partitions = await stored('copy')
    for (const [partition, records] of partitions.entries()) {
      for (const { key, value } of records) {
        expect(partitionForKey(Buffer.from(key), PARTITIONS)).toBe(partition)
        expect(Number(value) % 5).toBe(0)
      }
    }
  })

  const { seed, runs } = seeded('REPLAY_INTO', 15)
  it.each(['keep', 'by-key'] as const)(
    'goes on after its program died at any moment, with partitions %s',
    async (partitioning) => {
      let deaths = 0
      let found = 0
      for (let run = 0; run < runs; run++) {
        const random = new SeededRandom(`${seed}/${partitioning}/${run}`)
        const topic = `copy-${partitioning}-${run}`
        await served.client.admin().createTopic({ name: topic, partitions: PARTITIONS })
        const store = new MemoryStore()
        const told: ReplayIntoOptions = {
          topics: 'orders',
          into: topic,
          partitioning,
          store,
          order: random.integer(2) === 0 ? 'merged' : 'partition',
          // So slow that there are many rounds.
          rate: { recordsPerSecond: 20_000 },
        }
        for (let life = 0; ; life++) {
          const transport = new FailingTransport(served.connect())
          const isLast = life >= 6
          store.deathAt = () => {
            const dice = isLast ? 99 : random.integer(30)
            return dice === 0 ? 'before' : dice === 1 ? 'after' : undefined
          }
          transport.trouble = () => {
            const dice = random.integer(30)
            if (dice === 0) return 'lost'
            if (dice === 1) return 'refused'
            if (isLast) return undefined
            return dice === 2 ? 'dead-before' : dice === 3 ? 'dead-after' : undefined
          }
          const client = clientOver(transport)
          try {
            found += (await client.replayInto(told).run()).found
            break
          } catch (error) {
            if (!(error instanceof Dead))
              throw new Error(`seed ${seed}, run ${run}, life ${life}`, { cause: error })
            deaths++
          } finally {
            await client.close({ timeoutMs: 0 })
          }
        }
        if (partitioning === 'keep') expect(await stored(topic)).toEqual(await stored('orders'))
        else {
          const all = (await stored(topic)).flat().map(({ value }) => Number(value))
          expect(all.sort((a, b) => a - b)).toEqual([...new Array(RECORDS).keys()])
        }
      }
      console.log(
        `replays into a topic: seed ${seed}, ${runs} runs, ${deaths} deaths, ${found} records found stored`,
      )
      expect(deaths).toBeGreaterThan(runs / 2)
      expect(found).toBeGreaterThan(0)
    },
    120_000,
  )

  it('notices somebody else who writes there, and refuses what was saved of another replay', async () => {
    const store = new MemoryStore()
    store.deathAt = (save) => (save === 2 ? 'after' : undefined)
    const told = {
      topics: 'orders',
      into: 'copy',
      store,
      rate: { recordsPerSecond: 5_000 },
    } as const
    const client = clientOver(served.connect())
    await expect(client.replayInto(told).run()).rejects.toThrow(Dead)
    store.deathAt = () => undefined
    await expect(client.replayInto({ ...told, partitioning: 'by-key' }).run()).rejects.toThrow(
      'what was saved is of another replay',
    )
    for (let partition = 0; partition < PARTITIONS; partition++) {
      await served.client.producer().append({
        topic: 'copy',
        partition,
        records: Array.from({ length: RECORDS }, () => ({ value: 'foreign' })),
      })
    }
    await expect(client.replayInto(told).run()).rejects.toThrow('was written to by somebody else')
    await client.close({ timeoutMs: 0 })
  })

  it('stops rather than make a round again that is not the same', async () => {
    const store = new MemoryStore()
    store.deathAt = (save) => (save === 2 ? 'after' : undefined)
    const rate = { recordsPerSecond: 5_000 }
    const told = { topics: 'orders', into: 'copy', store, rate, trouble: 'skip' } as const
    const client = clientOver(served.connect())
    await expect(client.replayInto(told).run()).rejects.toThrow(Dead)
    store.deathAt = () => undefined
    const before = await stored('copy')
    for (let partition = 0; partition < PARTITIONS; partition++) {
      await served.client.admin().deleteRecords('orders', partition, 'readable-end')
    }
    await expect(client.replayInto(told).run()).rejects.toThrow('the replay was to begin at')
    expect(await stored('copy')).toEqual(before)
    await client.close({ timeoutMs: 0 })
  })

  it('refuses to store into what it plays, and a target that has grown since', async () => {
    const into = 'orders'
    expect(() => served.client.replayInto({ topics: ['orders'], into })).toThrow('into itself')
    expect(() => served.client.replayInto({ sources: [{ topic: 'orders' }], into })).toThrow(
      'into itself',
    )
    const told = { topics: 'orders', into: 'copy', store: new MemoryStore() }
    await served.client.replayInto(told).run()
    await served.client.admin().addPartitions('copy', PARTITIONS + 1)
    await expect(served.client.replayInto(told).run()).rejects.toThrow(
      'has 4 partitions now, and had 3',
    )
  })

  it('says what it found when all was stored already', async () => {
    const store = new MemoryStore()
    const told = { topics: 'orders', into: 'copy', store }
    await served.client.replayInto(told).run()
    expect(await served.client.replayInto(told).run()).toMatchObject({ stored: 0, found: 0 })
    expect((await stored('copy')).flat().length).toBe(RECORDS)
  })
})
