// Handlers in a group in all ways, on the real clock: members come and go while records are worked on.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GroupConsumer, Varve } from '../../src/client/index.ts'
import { until } from '../support/until.ts'
import { type ServedBroker, serveBroker } from './served-broker.ts'
import { WAYS } from './ways.ts'

const TOPIC = 'orders'
const PARTITIONS = 6
const RECORDS = 300
const memoryWays = WAYS.filter(({ storage }) => storage === 'memory')

describe.each(memoryWays)('$name', (way) => {
  let served: ServedBroker
  let client: Varve

  beforeEach(async () => {
    served = await serveBroker(way)
    client = served.client
    await client.admin().createTopic({ name: TOPIC, partitions: PARTITIONS })
  })

  afterEach(async () => {
    await served.close()
  })

  test('every record is finished, those of a key in order, and moves in order repeat nothing', async () => {
    const producer = client.producer({ lingerMs: 0 })
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const records = Array.from({ length: RECORDS }, (_, index) => ({
        topic: TOPIC,
        partition,
        key: `${index % 5}`,
        value: `${index}`,
      }))
      await producer.sendMany(records)
    }
    const handled = new Map<string, number[]>()
    let count = 0
    const begin = (): { consumer: GroupConsumer; done: Promise<void> } => {
      const consumer = client.consumer().subscribe({ group: 'g', topics: TOPIC })
      const done = consumer.run({
        concurrency: { partitions: 3, keys: 4 },
        decode: { key: (bytes) => String(bytes), value: (bytes) => Number(bytes) },
        handler: async ({ partition, key, value }) => {
          await new Promise((resolve) => setTimeout(resolve, value % 3))
          const name = `${partition}/${key}`
          handled.set(name, [...(handled.get(name) ?? []), value])
          count++
        },
      })
      return { consumer, done }
    }
    const first = begin()
    await until(() => count > 100)
    const second = begin()
    await until(() => second.consumer.assignment().length === PARTITIONS / 2)
    await until(() => count > 600)
    await first.consumer.close()
    await first.done
    await until(() => count >= PARTITIONS * RECORDS)
    await second.consumer.close()
    await second.done
    expect(count).toBe(PARTITIONS * RECORDS)
    for (const values of handled.values()) {
      expect(values).toEqual([...values].sort((one, other) => one - other))
    }
    const offsets = await client.admin().groupOffsets('g')
    expect(offsets.map(({ offset }) => offset)).toEqual(new Array(PARTITIONS).fill(RECORDS))
  })
})
