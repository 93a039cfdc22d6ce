// Each peer that is installed behaves as the bench's interface says. A server that is missing is not a failure, and not a pass either: its tests
// are skipped, with the reason in their name.
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findPeers } from '../../../bench/peers/find-peers.ts'
import type { BenchSystem, ReceivedRecord } from '../../../src/bench/system.ts'
import { checkWorkload } from '../../../src/bench/workload.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const TOPIC = 'numbered.values_1'
const PARTITIONS = 3
const RECORDS = 3_000
/** A first start of Erlang beside other tests. */
const TIMEOUT_MS = 240_000

interface Found {
  readonly partition: number
  readonly offset: number
  readonly number: number
}

/** Sends 0, 1, 2, ... over the partitions in turn. @returns the offset of each that was told */
async function produce(system: BenchSystem): Promise<(number | undefined)[]> {
  const told = new Array<number | undefined>(RECORDS)
  let count = 0
  const producer = await system.openProducer(
    {
      topic: TOPIC,
      partitions: PARTITIONS,
      durability: 'written',
      batchBytes: 16_384,
      lingerMs: 1,
      compression: 'none',
    },
    (token, offset, error) => {
      if (error !== undefined) throw error
      told[token] = offset
      count++
    },
  )
  for (let number = 0; number < RECORDS; number++) {
    const value = Buffer.alloc(100)
    value.writeUInt32LE(number, 0)
    while (!producer.trySend(number % PARTITIONS, null, value, number)) await producer.ready()
  }
  await producer.flush()
  await producer.close()
  expect(count).toBe(RECORDS)
  return told
}

async function readAll(system: BenchSystem): Promise<Found[]> {
  const found: Found[] = []
  const consumer = await system.openConsumer({
    topic: TOPIC,
    partitions: PARTITIONS,
    from: 'earliest',
    untilEnd: true,
  })
  await consumer.ready()
  await consumer.run((partition, records) => {
    for (const { offset, value } of records) {
      found.push({ partition, offset, number: value?.readUInt32LE(0) ?? -1 })
    }
  })
  await consumer.close()
  return found
}

const peers = await findPeers(process.env['VARVE_BENCH_KAFKA'])

for (const { name, missing, open } of peers) {
  const reason = missing === undefined ? '' : ` (NOT RUN: ${missing})`
  describe.skipIf(missing !== undefined)(`${name} as a peer of the bench${reason}`, () => {
    let system: BenchSystem | undefined
    let told: (number | undefined)[] = []

    afterAll(async () => {
      await system?.close()
    }, TIMEOUT_MS)

    it(
      'hands out each record once, in the order and at the offset at which it was taken',
      async () => {
        system = await open({ dataDirectory: join(await temporaryDirectory(), name) })
        await system.createTopic({ name: TOPIC, partitions: PARTITIONS, durability: 'written' })
        told = await produce(system)
        const found = await readAll(system)
        expect(found).toHaveLength(RECORDS)
        for (let partition = 0; partition < PARTITIONS; partition++) {
          const here = found.filter((one) => one.partition === partition)
          expect(here.map(({ offset }) => offset)).toEqual(here.map((_, index) => index))
          expect(here.map(({ number }) => number)).toEqual(
            here.map((_, index) => index * PARTITIONS + partition),
          )
        }
        for (const { number, offset } of found) expect(told[number] ?? offset).toBe(offset)
      },
      TIMEOUT_MS,
    )

    it(
      'hands a consumer that follows what was appended from then on, and nothing older',
      async () => {
        if (system === undefined) throw new Error('it was not opened')
        const followed: ReceivedRecord[] = []
        const consumer = await system.openConsumer({
          topic: TOPIC,
          partitions: PARTITIONS,
          from: 'latest',
          untilEnd: false,
        })
        await consumer.ready()
        let arrived = (): void => undefined
        const arrival = new Promise<void>((resolve) => {
          arrived = resolve
        })
        const running = consumer.run((_, records) => {
          followed.push(...records)
          arrived()
        })
        const offset = await system.sendOne?.(TOPIC, 1, Buffer.from('alone'))
        await arrival
        await consumer.close()
        await running
        expect(followed.map(({ value }) => value?.toString())).toEqual(['alone'])
        expect(followed[0]?.offset).toBe(RECORDS / PARTITIONS)
        expect(offset ?? RECORDS / PARTITIONS).toBe(RECORDS / PARTITIONS)
      },
      TIMEOUT_MS,
    )

    it(
      'keeps what it acknowledged when its server is killed',
      async ({ skip }) => {
        if (system?.restart === undefined) return skip('its server is not ours to kill')
        await system.restart('kill')
        const numbers = (await readAll(system)).map(({ number }) => number)
        expect(new Set(numbers).size).toBe(RECORDS + 1)
      },
      TIMEOUT_MS,
    )

    it('says of every durability how it meets it', () => {
      for (const durability of ['written', 'synced']) {
        const workload = checkWorkload({ name: 'one', kind: 'produce', durability })
        const setting = system?.settings(workload).find((one) => one.name === 'durability')
        expect(setting).toMatchObject({ equal: expect.any(Boolean) as boolean })
        if (setting?.equal === false) expect(setting.note).toMatch(/sync/)
      }
    })
  })
}
