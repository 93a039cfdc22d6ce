// AdminService over the wire: what goes in and out of every method.
import { type Client, type StatusObject, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type {
  PartitionStorageOutput,
  VerifyResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { adminService } from '../../../src/protocol/grpc/services.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { call, callRaw, type GrpcBroker, reasonOf, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
})

afterAll(async () => {
  await served.close()
})

describe('topics', () => {
  it('are made, described, changed, extended and deleted', async () => {
    const { client } = served
    const made = await call(client, adminService.CreateTopic, {
      name: 'life',
      partitions: 2,
      settings: { 'retention.ms': '1000' },
    })
    expect(made.topic).toMatchObject({ name: 'life', degraded: '' })
    expect(made.topic?.id).toHaveLength(22)
    expect(made.topic?.createdMs).toBeGreaterThan(1_600_000_000_000)
    expect(made.topic?.partitions[1]).toEqual({
      partition: 1,
      startOffset: 0,
      readableEndOffset: 0,
      endOffset: 0,
      leaderEpoch: expect.any(Number) as number,
      bytes: 0,
      condition: 'PARTITION_CONDITION_HEALTHY',
      reason: '',
    })
    const changed = await call(client, adminService.UpdateTopicSettings, {
      name: 'life',
      set: { 'segment.bytes': '2048' },
      reset: ['retention.ms'],
    })
    const settings = new Map(changed.topic?.settings.map((one) => [one.name, one]))
    expect(settings.get('segment.bytes')).toMatchObject({ value: '2048', isDefault: false })
    expect(settings.get('retention.ms')).toMatchObject({ isDefault: true })
    const more = await call(client, adminService.AddPartitions, { name: 'life', partitions: 5 })
    expect(more.topic?.partitions).toHaveLength(5)
    await call(client, adminService.DeleteTopic, { name: 'life' })
    const bytes = adminService.DescribeTopic.requestSerialize({ name: 'life' })
    expect((await callRaw(client, adminService.DescribeTopic.path, bytes)).reason).toBe(
      'UNKNOWN_TOPIC',
    )
  })

  it('are only checked when only that is asked for', async () => {
    const request = { name: 'checked', partitions: 1, validateOnly: true }
    await call(served.client, adminService.CreateTopic, request)
    expect(served.broker.topics.listTopics({ limit: 1_000 }).topics).not.toContainEqual(
      expect.objectContaining({ name: 'checked' }),
    )
  })

  it('are listed page by page', async () => {
    for (let index = 0; index < 7; index++) await createTopic(served.broker, `page-${index}`)
    const names: string[] = []
    let pageToken = ''
    do {
      const page = await call(served.client, adminService.ListTopics, { pageSize: 3, pageToken })
      expect(page.topics.length).toBeLessThanOrEqual(3)
      names.push(...page.topics.map(({ name }) => name))
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    expect(names).toEqual([...names].sort())
    expect(names.filter((name) => name.startsWith('page-'))).toHaveLength(7)
    const bytes = adminService.ListTopics.requestSerialize({ pageSize: -1 })
    const end = await callRaw(served.client, adminService.ListTopics.path, bytes)
    expect(end).toMatchObject({ code: status.INVALID_ARGUMENT, details: { field: 'page_size' } })
  })
})

describe('records', () => {
  it('are deleted below an offset, or all that are readable', async () => {
    await createTopic(served.broker, 'cut', 3)
    for (const partition of [0, 1, 2]) {
      await produce(served.broker, 'cut', ['a'], partition)
      await produce(served.broker, 'cut', ['b'], partition)
    }
    const { results } = await call(served.client, adminService.DeleteRecords, {
      entries: [
        { topic: 'cut', partition: 0, beforeOffset: 1 },
        { topic: 'cut', partition: 1, beforeOffset: -1 },
        { topic: 'cut', partition: 2, beforeOffset: -2 },
        { topic: 'cut', partition: 2, beforeOffset: 99 },
        { topic: 'cut', partition: 9, beforeOffset: 0 },
      ],
    })
    expect(results.map(({ startOffset }) => startOffset)).toEqual([1, 2, -1, -1, -1])
    expect(results.map(({ error }) => reasonOf(error).reason)).toEqual([
      undefined,
      undefined,
      'INVALID_OFFSET',
      'OFFSET_OUT_OF_RANGE',
      'UNKNOWN_PARTITION',
    ])
  })
})

describe('the broker', () => {
  it('describes itself', async () => {
    const cluster = await call(served.client, adminService.DescribeCluster, {})
    expect(cluster).toMatchObject({
      version: '0.0.0-test',
      storage: 'memory',
      durabilityMax: 'written',
    })
    expect(cluster.features).toContain('produce_stream')
    expect(cluster.limits).toEqual({ ...LIMITS })
    expect(cluster.clusterId).not.toBe('')
  })

  it('describes its storage page by page, each partition once', async () => {
    const other = await serveBroker()
    await createTopic(other.broker, 'one', 5)
    await createTopic(other.broker, 'two', 4)
    const all: PartitionStorageOutput[] = []
    let pageToken = ''
    do {
      const page = await call(other.client, adminService.DescribeStorage, {
        pageSize: 2,
        pageToken,
      })
      all.push(...page.partitions)
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    expect(all.map(({ topic, partition }) => `${topic}/${partition}`)).toEqual([
      ...[0, 1, 2, 3, 4].map((partition) => `one/${partition}`),
      ...[0, 1, 2, 3].map((partition) => `two/${partition}`),
    ])
    const one = await call(other.client, adminService.DescribeStorage, { topic: 'one' })
    expect(one.partitions).toHaveLength(5)
    expect(one).toMatchObject({ nextPageToken: '' })
    expect(one.partitions[0]).toMatchObject({
      outcome: 'created',
      condition: 'PARTITION_CONDITION_HEALTHY',
    })
    const bytes = adminService.DescribeStorage.requestSerialize({ pageToken: 'x' })
    const end = await callRaw(other.client, adminService.DescribeStorage.path, bytes)
    expect(end.details).toMatchObject({ field: 'page_token' })
    await other.close()
  })

  it('describes the storage of very many partitions within the size of an answer', async () => {
    const other = await serveBroker()
    const name = 'x'.repeat(249)
    await createTopic(other.broker, name, LIMITS.partitionsPerTopicMax)
    const bytes = adminService.DescribeStorage.requestSerialize({})
    const { response } = await callRaw(other.client, adminService.DescribeStorage.path, bytes)
    expect(response?.length).toBeLessThan(1024 * 1024)
    await other.close()
  })
})

describe('verify', () => {
  async function verify(
    client: Client,
    topic: string,
  ): Promise<[VerifyResponseOutput[], StatusObject]> {
    const { path, requestSerialize, responseDeserialize } = adminService.Verify
    const stream = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {
      topic,
    })
    const messages: VerifyResponseOutput[] = []
    stream.on('data', (message: VerifyResponseOutput) => messages.push(message))
    stream.on('error', () => undefined)
    const end = await new Promise<StatusObject>((resolve) => stream.on('status', resolve))
    return [messages, end]
  }

  it('reads everything and finds what is damaged', async () => {
    const disk = new SimFileSystem()
    const open = async (): Promise<GrpcBroker> => {
      const [clock, random, log] = [new NodeClock(), new SeededRandom(9), SILENT_LOG]
      const options = { fileSystem: disk, clock, random, log, directory: '/data' }
      return await serveBroker({ engine: await FileStorageEngine.open(options) })
    }
    let other = await open()
    await createTopic(other.broker, 'orders', 2)
    for (let index = 0; index < 3; index++) await produce(other.broker, 'orders', ['a', 'b'])
    const { id } = other.broker.topics.describeTopic('orders')
    const [sound, soundEnd] = await verify(other.client, '')
    expect(soundEnd.code).toBe(status.OK)
    expect(sound.filter(({ done }) => done)).toMatchObject([
      { topic: 'orders', partition: 0, batches: 3, records: 6, damaged: [] },
      { topic: 'orders', partition: 1, batches: 0, records: 0, damaged: [] },
    ])
    await other.close()
    const path = `/data/topics/${id}/0/${'0'.repeat(20)}.log`
    const bytes = disk.contents(path)
    bytes.writeUInt8(bytes.readUInt8(bytes.length / 3 - 1) ^ 1, bytes.length / 3 - 1)
    disk.putFile(path, bytes)
    other = await open()
    const [damaged] = await verify(other.client, 'orders')
    expect(damaged.find(({ done, partition }) => done && partition === 0)?.damaged).toMatchObject([
      { firstBadOffset: 0, nextGoodOffset: 2 },
    ])
    await other.close()
  })

  it('of an unknown topic is refused', async () => {
    const [messages, end] = await verify(served.client, 'nothing')
    expect(messages).toEqual([])
    expect(end.code).toBe(status.NOT_FOUND)
  })
})
