// Administration of more than one answer holds. In memory: what is asked does not depend on the engine, and a thousand topics
// on files take their time.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Admin, Varve } from '../../src/client/index.ts'
import { ReachedBroker, WAYS } from './ways.ts'

describe.each(WAYS.filter(({ storage }) => storage === 'memory'))('$name', (way) => {
  let broker: ReachedBroker
  let client: Varve
  let admin: Admin

  beforeEach(async () => {
    broker = await ReachedBroker.open(way)
    client = broker.client
    admin = broker.admin
  })

  afterEach(async () => {
    await broker.close()
  })

  test('listing gives all topics over several pages, sorted', async () => {
    const names = Array.from({ length: 1_005 }, (_, index) => `t-${String(index).padStart(4, '0')}`)
    for (let start = 0; start < names.length; start += 50) {
      await Promise.all(names.slice(start, start + 50).map((name) => admin.createTopic({ name })))
    }
    const listed = await admin.listTopics()
    expect(listed.map(({ name }) => name)).toEqual(names)
    expect(listed[0]).toMatchObject({ partitions: 1 })
    // As many questions as do not fit into one request.
    const questions = names.map((topic) => ({ topic, partition: 0, at: 'latest' as const }))
    expect((await admin.listOffsets(questions)).map(({ topic }) => topic)).toEqual(names)
    // And as many partitions as do not fit into one fetch.
    const producer = client.producer()
    await producer.sendMany(names.map((topic) => ({ topic, value: topic })))
    const seen: string[] = []
    const consumer = client.consumer({ topics: names, maxRecords: names.length })
    for await (const record of consumer) seen.push(record.topic)
    expect(seen.sort()).toEqual(names)
  })

  test('the storage of more partitions than fit one answer is described whole', async () => {
    await admin.createTopic({ name: 'wide-1', partitions: 700 })
    await admin.createTopic({ name: 'wide-2', partitions: 700 })
    const all = await admin.describeStorage()
    expect(all).toHaveLength(1_400)
    expect(new Set(all.map(({ topic, partition }) => `${topic}/${partition}`)).size).toBe(1_400)
  })
})
