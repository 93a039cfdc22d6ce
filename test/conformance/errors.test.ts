// The same mistakes in all four ways: the error is the same to the word, with the same details, and has the same effect.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isVarveError, type Varve } from '../../src/client/index.ts'
import { ReachedBroker, WAYS } from './ways.ts'

let brokers: ReachedBroker[]

beforeAll(async () => {
  brokers = await Promise.all(WAYS.map((way) => ReachedBroker.open(way)))
  for (const { admin, client } of brokers) {
    await admin.createTopic({
      name: 'there',
      partitions: 2,
      settings: { 'min.durability': 'none' },
    })
    await admin.createTopic({ name: 'small', settings: { 'max.message.bytes': 1_000 } })
    await client.producer().sendMany(
      Array.from({ length: 10 }, (_, index) => ({
        topic: 'there',
        partition: 0,
        value: `${index}`,
      })),
    )
    await admin.deleteRecords('there', 0, 4)
  }
})

afterAll(async () => {
  await Promise.all(brokers.map((broker) => broker.close()))
})

async function readAt(client: Varve, offset: number): Promise<number> {
  const assign = [{ topic: 'there', partition: 0, offset }]
  let next = offset
  for await (const record of client.consumer({ assign, until: 'end' })) next = record.offset + 1
  return next
}

const MISTAKES: readonly [string, string, (client: Varve) => Promise<unknown>][] = [
  [
    'a topic that is there',
    'TOPIC_EXISTS',
    (client) => client.admin().createTopic({ name: 'there' }),
  ],
  ['a name', 'INVALID_TOPIC_NAME', (client) => client.admin().createTopic({ name: '../x' })],
  [
    'a name with half a character',
    'INVALID_UTF8',
    (client) => client.admin().describeTopic('\ud800'),
  ],
  ['a name of another kind', 'UNKNOWN_TOPIC', (client) => client.admin().describeTopic('nowhere')],
  [
    'a setting',
    'INVALID_CONFIG',
    (client) => client.admin().createTopic({ name: 'x', settings: { 'retention.ms': 'long' } }),
  ],
  [
    'the number of partitions',
    'INVALID_PARTITION_COUNT',
    (client) => client.admin().createTopic({ name: 'x', partitions: 1_001 }),
  ],
  ['fewer partitions', 'PARTITION_SHRINK', (client) => client.admin().addPartitions('there', 1)],
  ['a partition', 'UNKNOWN_PARTITION', (client) => client.admin().deleteRecords('there', 7, 0)],
  [
    'a partition to write to',
    'UNKNOWN_PARTITION',
    (client) => client.producer().send({ topic: 'there', partition: 7, value: 'x' }),
  ],
  [
    'an offset beyond the end',
    'OFFSET_OUT_OF_RANGE',
    (client) => client.admin().deleteRecords('there', 0, 11),
  ],
  ['a read from what was deleted', 'OFFSET_OUT_OF_RANGE', (client) => readAt(client, 3)],
  ['a read beyond the end', 'OFFSET_OUT_OF_RANGE', (client) => readAt(client, 11)],
  [
    'another expectation',
    'UNEXPECTED_OFFSET',
    (client) =>
      client.producer().append({
        topic: 'there',
        partition: 0,
        records: [{ value: 'x' }],
        expectedOffset: 3,
      }),
  ],
  [
    'a record that is too large for its topic',
    'BATCH_TOO_LARGE',
    (client) => client.producer().send({ topic: 'small', value: Buffer.alloc(2_000) }),
  ],
  [
    'more questions than one call may ask',
    'UNKNOWN_TOPIC',
    (client) =>
      client.admin().listOffsets(
        Array.from({ length: 1_500 }, () => ({
          topic: 'nowhere',
          partition: 0,
          at: 'latest' as const,
        })),
      ),
  ],
  [
    'a verification of nothing',
    'UNKNOWN_TOPIC',
    (client) => client.admin().verify({ topic: 'nowhere' }).next(),
  ],
]

test.each(MISTAKES)('%s: %s', async (_what, code, mistake) => {
  const [first, ...others] = await Promise.all(
    brokers.map(async ({ client }) => {
      const error: unknown = await mistake(client).catch((caught: unknown) => caught)
      if (!isVarveError(error)) return error
      const { name, message, details, effect } = error
      return { name, code: error.code, message, details, effect }
    }),
  )
  expect(first).toMatchObject({ name: 'VarveError', code })
  for (const other of others) expect(other).toEqual(first)
})
