// Consuming as a member of a group, over gRPC and in process: who gets what, where it begins, and what is committed when a
// partition moves.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Varve } from '../../src/client/index.ts'
import { closedGate, GroupReading, range } from '../support/group-reading.ts'
import { until } from '../support/until.ts'
import { type ServedBroker, serveBroker } from './served-broker.ts'
import { WAYS } from './ways.ts'

const TOPIC = 'orders'
const PARTITIONS = range(0, 6)
const inMemory = WAYS.filter(({ storage }) => storage === 'memory')

describe.each(inMemory)('$name', (way) => {
  let served: ServedBroker
  let client: Varve

  beforeEach(async () => {
    served = await serveBroker(way)
    client = served.client
    await client.admin().createTopic({ name: TOPIC, partitions: PARTITIONS.length })
  })

  afterEach(async () => {
    await served.close()
  })

  async function produce(count: number, partitions = PARTITIONS): Promise<void> {
    const producer = client.producer({ lingerMs: 0 })
    for (const partition of partitions) {
      const values = range(0, count).map((value) => ({
        topic: TOPIC,
        partition,
        value: `${value}`,
      }))
      await producer.sendMany(values)
    }
    await producer.close()
  }

  async function committed(): Promise<(number | undefined)[]> {
    const offsets = await client.admin().groupOffsets('g')
    const of = new Map(offsets.map(({ partition, offset }) => [partition, offset]))
    return PARTITIONS.map((partition) => of.get(partition))
  }

  test('members share the partitions, every record is handed out once, and all of it is committed', async () => {
    await produce(10)
    const members = [new GroupReading(client), new GroupReading(client), new GroupReading(client)]
    await until(() => members.every(({ held }) => held.length === 2))
    await produce(10)
    const records = (): number => members.reduce((sum, member) => sum + member.records.length, 0)
    await until(() => records() >= 120)
    await Promise.all(members.map(({ consumer }) => consumer.close()))
    await Promise.all(members.map(({ done }) => done))
    expect(records()).toBe(120)
    for (const partition of PARTITIONS) {
      const offsets = members.flatMap((member) => member.offsetsOf(partition))
      expect(offsets).toEqual(range(0, 20))
    }
    expect(await committed()).toEqual(PARTITIONS.map(() => 20))
  })

  test('a member that leaves hands over what it had, and the others go on where it stopped', async () => {
    await produce(10)
    const first = new GroupReading(client)
    await until(() => first.records.length === 60)
    const second = new GroupReading(client)
    await until(() => first.held.length === 3 && second.held.length === 3)
    await first.consumer.close()
    await until(() => second.held.length === 6)
    await produce(5)
    await until(() => second.records.length >= 30)
    await second.consumer.close()
    for (const partition of PARTITIONS) expect(second.offsetsOf(partition)).toEqual(range(10, 15))
  })

  test('the record in hand is finished and committed before its partition leaves', async () => {
    await produce(4, [0])
    const gate = closedGate()
    const first = new GroupReading(client)
    first.gate = gate.shut
    await until(() => first.records.length === 1)
    const second = new GroupReading(client)
    const third = new GroupReading(client)
    await until(() => second.held.length === 2 && first.held.length === 2)
    // Whoever is to have partition 0 waits for it, if it is not the first one itself.
    gate.open()
    await until(() => [first, second, third].every(({ held }) => held.length === 2))
    await until(() => first.records.length + second.records.length + third.records.length >= 4)
    await Promise.all([first, second, third].map(({ consumer }) => consumer.close()))
    const all = [first, second, third].flatMap((member) => member.offsetsOf(0))
    expect(all).toEqual([0, 1, 2, 3])
    expect((await committed())[0]).toBe(4)
  })

  test('a callback may commit before a partition leaves: the next owner begins exactly there', async () => {
    await produce(10)
    const first = new GroupReading(client, {
      autoCommit: false,
      onPartitionsRevoked: async (partitions) => {
        await first.consumer.commit(
          partitions.map(({ topic, partition }) => ({
            topic,
            partition,
            offset: 7,
            metadata: 'x',
          })),
        )
      },
    })
    await until(() => first.records.length === 60)
    const second = new GroupReading(client)
    await until(() => second.held.length === 3 && second.records.length >= 9)
    const moved = second.consumer.assignment()
    expect(moved.map(({ committedOffset, metadata }) => [committedOffset, metadata])).toEqual(
      moved.map(() => [7, 'x']),
    )
    for (const { partition } of moved) expect(second.offsetsOf(partition)).toEqual([7, 8, 9])
    await Promise.all([first.consumer.close(), second.consumer.close()])
  })

  test('partitions that stay flow on: their reading is not begun again while others come and go', async () => {
    await produce(5)
    const first = new GroupReading(client)
    await until(() => first.records.length === 30)
    const others = [new GroupReading(client), new GroupReading(client)]
    await until(() => first.held.length === 2 && others.every(({ held }) => held.length === 2))
    const kept = first.held
    await Promise.all(others.map(({ consumer }) => consumer.close()))
    await until(() => first.held.length === 6)
    expect(first.moves.filter((move) => kept.includes(move.slice(1)))).toEqual(
      kept.map((name) => `+${name}`),
    )
    await produce(5)
    await until(() => first.records.length >= 60)
    for (const partition of PARTITIONS) expect(first.offsetsOf(partition)).toEqual(range(0, 10))
    await first.consumer.close()
  })

  test('a topic that comes later, grows and goes is followed', async () => {
    const member = new GroupReading(client, { topics: [TOPIC, 'late'] })
    await until(() => member.held.length === 6)
    await client.admin().createTopic({ name: 'late', partitions: 1 })
    await until(() => member.held.includes('late/0'))
    await client.admin().addPartitions('late', 2)
    await until(() => member.held.includes('late/1'))
    await client.producer({ lingerMs: 0 }).send({ topic: 'late', partition: 1, value: 'x' })
    await until(() => member.records.length === 1)
    await client.admin().deleteTopic('late')
    await until(() => member.held.length === 6)
    await produce(1, [3])
    await until(() => member.records.length === 2)
    await member.consumer.close()
    await member.done
  })

  test('what the broker refuses ends the loop with its reason', async () => {
    const member = new GroupReading(client, { group: '' })
    await expect(member.done).rejects.toMatchObject({ code: 'INVALID_GROUP_ID' })
    await expect(member.consumer.ready()).rejects.toMatchObject({ code: 'INVALID_GROUP_ID' })
    await member.consumer.close()
  })

  test('a static member that comes back within its session gets what it had, and nobody else notices', async () => {
    const other = new GroupReading(client)
    const before = new GroupReading(client, { instanceId: 'one' })
    await until(() => other.held.length === 3 && before.held.length === 3)
    const had = before.held
    const noticed = other.moves.length
    await before.consumer.close()
    const after = new GroupReading(client, { instanceId: 'one' })
    await until(() => after.held.length === 3)
    expect(after.held).toEqual(had)
    expect(other.moves).toHaveLength(noticed)
    await Promise.all([other.consumer.close(), after.consumer.close({ isComingBack: false })])
  })
})
