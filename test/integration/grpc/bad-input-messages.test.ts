// Sections B, C and D of the bad-input table, over the wire: messages, names, topic administration. Each row says what
// goes in and what must come back: status, reason, effect.
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { CreateTopicRequest } from '../../../src/protocol/grpc/messages.ts'
import { adminService, logService } from '../../../src/protocol/grpc/services.ts'
import {
  type CallEnd,
  call,
  callRaw,
  type GrpcBroker,
  reasonOf,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { MALFORMED_ROWS } from '../../support/malformed-messages.ts'
import { createTopic } from '../../support/open-broker.ts'
import { bytesField, message, varintField } from '../../support/protobuf-bytes.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
})

afterAll(async () => {
  await served.close()
})

const PATHS: Readonly<Record<string, string>> = {
  'varve.v1.ProduceRequest': logService.Produce.path,
  'varve.v1.FetchRequest': logService.Fetch.path,
  'varve.v1.ListOffsetsRequest': logService.ListOffsets.path,
  'varve.v1.CreateTopicRequest': adminService.CreateTopic.path,
}

function create(request: CreateTopicRequest): Promise<CallEnd> {
  const { path, requestSerialize } = adminService.CreateTopic
  return callRaw(served.client, path, requestSerialize(request))
}

describe('B: messages', () => {
  it.each(MALFORMED_ROWS)('row %s is refused with %s', async (_row, code, messageName, bytes) => {
    const end = await callRaw(served.client, PATHS[messageName] ?? '', bytes)
    expect(end).toMatchObject({ code: status.INVALID_ARGUMENT, reason: code, effect: 'none' })
  })

  it('row 20-27: the broker is well afterwards', async () => {
    const request = { name: 'after-b', partitions: 1 }
    const response = await call(served.client, adminService.CreateTopic, request)
    expect(response.topic?.name).toBe('after-b')
  })

  it('row 24: unknown fields up to 64 KiB are ignored', async () => {
    const bytes = message(
      bytesField(1, 'row-24'),
      bytesField(99, Buffer.alloc(LIMITS.unknownFieldBytesMax - 10)),
    )
    expect((await callRaw(served.client, adminService.CreateTopic.path, bytes)).code).toBe(
      status.OK,
    )
  })

  it('row 25: of a scalar that comes 10,000 times the last counts', async () => {
    const names = Array.from({ length: 9_999 }, () => varintField(2, 7))
    const bytes = message(bytesField(1, 'row-25'), ...names, varintField(2, 2))
    const end = await callRaw(served.client, adminService.CreateTopic.path, bytes)
    expect(end.code).toBe(status.OK)
    expect(served.broker.topics.describeTopic('row-25').partitions).toHaveLength(2)
  })

  it('says which field is at fault', async () => {
    const end = await callRaw(
      served.client,
      adminService.CreateTopic.path,
      bytesField(1, Buffer.of(0xff)),
    )
    expect(end.details).toEqual({ field: 'name' })
  })
})

describe('C: names', () => {
  const refused: readonly (readonly [row: string, name: string])[] = [
    ['28 empty', ''],
    ['29 one dot', '.'],
    ['29 two dots', '..'],
    ['29 a path upwards', '../../etc'],
    ['29 a slash', 'a/b'],
    ['29 a backslash', 'a\\b'],
    ['29 percent', '%2e%2e'],
    ['29 a NUL', 'a\0b'],
    ['30 250 characters', 'x'.repeat(250)],
    ['31 a line feed', 'topic\n'],
    ['31 a right-to-left mark', 'to\u200Fpic'],
    ['31 an emoji', '📜'],
    ['31 a homoglyph', 'tоpic'],
    ['36 a command', ';rm'],
    ['100 a star', '*'],
  ]

  it.each(refused)('row %s is refused wherever a topic is named', async (_row, name) => {
    const expected = { code: status.INVALID_ARGUMENT, reason: 'INVALID_TOPIC_NAME', effect: 'none' }
    expect(await create({ name, partitions: 1 })).toMatchObject(expected)
    for (const method of [adminService.DescribeTopic, adminService.DeleteTopic]) {
      const bytes = method.requestSerialize({ name })
      expect(await callRaw(served.client, method.path, bytes)).toMatchObject(expected)
    }
    const fetched = await call(served.client, logService.Fetch, { partitions: [{ topic: name }] })
    expect(reasonOf(fetched.results[0]?.error).reason).toBe('INVALID_TOPIC_NAME')
    const produced = await call(served.client, logService.Produce, {
      entries: [{ topic: name, records: { records: { records: [{}] } } }],
    })
    expect(reasonOf(produced.results[0]?.error).reason).toBe('INVALID_TOPIC_NAME')
  })

  it.each([
    ['30 249 characters', 'x'.repeat(249)],
    ['35 constructor', 'constructor'],
    ['35 toString', 'toString'],
    ['36 CON', 'CON'],
    ['36 nul', 'nul'],
    ['36 an option', '-rf'],
    ['34 Orders', 'Orders'],
    ['34 orders', 'orders'],
  ])('row %s is a name', async (_row, name) => {
    expect((await create({ name, partitions: 1 })).code).toBe(status.OK)
    expect((await call(served.client, adminService.DescribeTopic, { name })).topic?.name).toBe(name)
  })

  it.each(['__consumer_offsets', '__x', '__proto__'])(
    'row 32: %s belongs to the broker',
    async (name) => {
      const expected = { code: status.PERMISSION_DENIED, reason: 'INTERNAL_TOPIC', effect: 'none' }
      expect(await create({ name, partitions: 1 })).toMatchObject(expected)
    },
  )

  it('row 33: a.b when a_b exists', async () => {
    await create({ name: 'a_b', partitions: 1 })
    const expected = {
      code: status.INVALID_ARGUMENT,
      reason: 'TOPIC_NAME_COLLISION',
      effect: 'none',
    }
    expect(await create({ name: 'a.b', partitions: 1 })).toMatchObject(expected)
  })

  it('row 35: __proto__ and constructor as settings and as header keys are plain strings', async () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const bytes = message(
        bytesField(1, 'plain'),
        bytesField(3, message(bytesField(1, key), bytesField(2, '1'))),
      )
      const end = await callRaw(served.client, adminService.CreateTopic.path, bytes)
      expect(end).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_CONFIG' })
    }
    await create({ name: 'headers', partitions: 1 })
    const headers = ['__proto__', 'constructor'].map((key) => ({ key, value: Buffer.from('v') }))
    await call(served.client, logService.Produce, {
      entries: [{ topic: 'headers', records: { records: { records: [{ headers }] } } }],
    })
    const fetched = await call(served.client, logService.Fetch, {
      partitions: [{ topic: 'headers' }],
      form: 'RECORD_FORM_RECORDS',
    })
    const [record] = fetched.results[0]?.records?.records?.records ?? []
    expect(record?.headers.map(({ key }) => key)).toEqual(['__proto__', 'constructor'])
  })
})

describe('D: topics', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['2^31 - 1', 2 ** 31 - 1],
    ['one above the limit', LIMITS.partitionsPerTopicMax + 1],
  ])('row 38: %s partitions', async (_row, partitions) => {
    expect(await create({ name: 'row-38', partitions })).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'INVALID_PARTITION_COUNT',
      effect: 'none',
    })
  })

  it('row 38: an open number of partitions is one', async () => {
    expect((await create({ name: 'row-38-open' })).code).toBe(status.OK)
    expect(served.broker.topics.describeTopic('row-38-open').partitions).toHaveLength(1)
  })

  it('row 39: a topic that exists', async () => {
    await create({ name: 'row-39', partitions: 2 })
    expect(await create({ name: 'row-39', partitions: 2 })).toMatchObject({
      code: status.ALREADY_EXISTS,
      reason: 'TOPIC_EXISTS',
      effect: 'none',
    })
  })

  it('row 40: fewer partitions', async () => {
    await create({ name: 'row-40', partitions: 3 })
    const { path, requestSerialize } = adminService.AddPartitions
    const bytes = requestSerialize({ name: 'row-40', partitions: 2 })
    expect(await callRaw(served.client, path, bytes)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'PARTITION_SHRINK',
      effect: 'none',
    })
  })

  it.each([
    ['an unknown name', 'retention.hours', '1'],
    ['retention.ms -2', 'retention.ms', '-2'],
    ['segment.bytes 1', 'segment.bytes', '1'],
    ['2^63', 'retention.bytes', '9223372036854775808'],
    ['a word for a number', 'retention.ms', '1e3'],
  ])('row 41: %s', async (_row, setting, value) => {
    const request = { name: 'row-41', partitions: 1, settings: { [setting]: value } }
    expect(await create(request)).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'INVALID_CONFIG',
      effect: 'none',
      details: { setting },
    })
  })

  it('row 42: delete what does not exist', async () => {
    const { path, requestSerialize } = adminService.DeleteTopic
    const bytes = requestSerialize({ name: 'row-42' })
    expect(await callRaw(served.client, path, bytes)).toMatchObject({
      code: status.NOT_FOUND,
      reason: 'UNKNOWN_TOPIC',
      effect: 'none',
    })
  })

  it('row 43: topics up to the limit, then no more', async () => {
    const other = await serveBroker()
    const { path, requestSerialize } = adminService.CreateTopic
    const make = (index: number): Promise<CallEnd> =>
      callRaw(other.client, path, requestSerialize({ name: `t${index}`, partitions: 1 }))
    // All but the last few without the wire, for the sake of time.
    const near = LIMITS.topicsMax - 5
    for (let index = 0; index < near; index++) await createTopic(other.broker, `t${index}`)
    for (let index = near; index < LIMITS.topicsMax; index++) {
      expect((await make(index)).code).toBe(status.OK)
    }
    expect(await make(LIMITS.topicsMax)).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      reason: 'QUOTA_TOPICS',
      effect: 'none',
    })
    await other.close()
  })

  it('row 44: delete while producing and fetching', async () => {
    await create({ name: 'row-44', partitions: 1 })
    const seen = new Set<string | undefined>()
    let isDeleted = false
    const load = async (): Promise<void> => {
      while (!isDeleted) {
        const { results } = await call(served.client, logService.Produce, {
          entries: [{ topic: 'row-44', records: { records: { records: [{}] } } }],
        })
        seen.add(reasonOf(results[0]?.error).reason)
        const fetched = await call(served.client, logService.Fetch, {
          partitions: [{ topic: 'row-44', offset: 0 }],
          maxWaitMs: 5,
        })
        seen.add(reasonOf(fetched.results[0]?.error).reason)
      }
    }
    const loads = [load(), load(), load()]
    const poll = call(served.client, logService.Fetch, {
      partitions: [{ topic: 'row-44', offset: 0 }],
      maxWaitMs: 20_000,
      minBytes: 1_000_000,
    }).catch((error: unknown) => error)
    await call(served.client, adminService.DeleteTopic, { name: 'row-44' })
    isDeleted = true
    await Promise.all([...loads, poll])
    for (const reason of seen) {
      expect([undefined, 'UNKNOWN_TOPIC', 'NOT_READY', 'UNKNOWN_PARTITION']).toContain(reason)
    }
    const again = adminService.DescribeTopic.requestSerialize({ name: 'row-44' })
    const end = await callRaw(served.client, adminService.DescribeTopic.path, again)
    expect(end.reason).toBe('UNKNOWN_TOPIC')
  })
})
