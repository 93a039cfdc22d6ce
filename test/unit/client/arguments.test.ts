// What callers in plain JavaScript get wrong: refused before anything happens, with words that say what to do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Admin,
  type Consumer,
  connect,
  type Producer,
  type ProducerRecord,
  type Varve,
} from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { refusalOf } from '../../support/refusal.ts'
import { SimulatedBroker } from './simulated-broker.ts'
import { after } from './virtual-outcome.ts'

let clock: VirtualClock
let broker: SimulatedBroker
let client: Varve

beforeEach(() => {
  clock = new VirtualClock()
  broker = new SimulatedBroker(clock)
  broker.createTopic('t', 3)
  client = connect({ transport: broker, clock, random: new SeededRandom(1) })
})

afterEach(async () => {
  await after(clock, 1_000, client.close())
  expect(clock.openTimers).toBe(0)
})

/** The message of INVALID_ARGUMENT, or of the code that is named. */
async function messageOf(call: () => unknown, code = 'INVALID_ARGUMENT'): Promise<string> {
  const refused = refusalOf(Promise.resolve().then(call))
  await clock.advance(10)
  const error = await refused
  expect(error).toMatchObject({ code, effect: 'none' })
  return error.message
}

/** As a program without types calls it. */
function untyped<Target extends object>(
  target: Target,
): Readonly<Record<keyof Target, (...given: unknown[]) => unknown>> {
  return new Proxy(target, {
    get: (_, name) => (target as Record<string | symbol, () => unknown>)[name]?.bind(target),
  }) as never
}

describe('connect', () => {
  it.each([
    ['127.0.0.1:7081', 'a client takes an object { broker, transport, connectTimeoutMs,'],
    [{ broker: '' }, '"" is no address: write HOST:PORT, as in 127.0.0.1:7070'],
    [{ broker: 'localhost' }, '"localhost" is no address'],
    [{ broker: 'http://127.0.0.1:7081' }, '"http://127.0.0.1:7081" is no address'],
    [{ broker: '127.0.0.1:99999' }, '"127.0.0.1:99999" is no address'],
    [{ broker: ':7081' }, '":7081" is no address'],
    [{ broker: '::1:7081' }, '"::1:7081" is no address'],
    [{ broker: 'a/b:7081' }, '"a/b:7081" is no address'],
    [{ broker: '127.0.0.1:0' }, 'broker must have a port from 1 to 65535, not 127.0.0.1:0'],
    [{ broker: 7081 }, 'broker must be text, not 7081'],
  ])('refuses %j at once', async (options, message) => {
    expect(await messageOf(() => connect(options as object))).toContain(message)
  })

  it.each(['127.0.0.1:7081', '[::1]:7081', 'broker.example:7081', 'varve_1:1'])(
    'takes %s',
    async (address) => {
      const other = connect({ broker: address })
      expect(other.address).toBe(address)
      await other.close()
    },
  )
})

describe('a producer', () => {
  let producer: Producer

  beforeEach(() => {
    producer = client.producer()
  })

  it.each([
    [undefined, 'a record takes an object { topic, partition, key, value, headers, timestampMs'],
    ['x', 'not "x"'],
    [{ topic: 't', vaule: 'x' }, 'a record has no option vaule; did you mean value?'],
    [{ topic: 't', value: 'x', partiton: 1 }, 'did you mean partition?'],
    [{ topic: 5, value: 'x' }, 'topic must be text, not 5'],
    [{ topic: 't', value: 5 }, 'value must be text, a Uint8Array or null, not 5'],
    [
      { topic: 't', value: 'x', headers: [['a', '1']] },
      'headers must be an object { name: value } or a list of { key, value }, not a list with a list in it',
    ],
    [{ topic: 't', value: 'x', headers: new Map([['a', '1']]) }, 'not a Map'],
    [{ topic: 't', value: 'x', headers: null }, 'not null'],
    [{ topic: 't', value: 'x', headers: [{ key: 'a', vaule: '1' }] }, 'did you mean value?'],
    [{ topic: 't', value: 'x', headers: [{ value: '1' }] }, 'key of a header must be text'],
    [{ topic: 't', value: 'x', headers: { a: 1 } }, 'the value of header "a" must be text'],
  ])('refuses to send %j, and stores nothing', async (record, message) => {
    expect(await messageOf(() => producer.send(record as ProducerRecord))).toContain(message)
    const told = (): undefined => undefined
    expect(await messageOf(() => producer.trySend(record as ProducerRecord, told))).toContain(
      message,
    )
    expect(producer.bufferedBytes).toBe(0)
    expect([0, 1, 2].flatMap((partition) => broker.values('t', partition))).toEqual([])
  })

  it('quotes what was given as text', async () => {
    const { send } = untyped(producer)
    expect(
      await messageOf(() => send({ topic: 't', partition: '0', value: 'x' }), 'UNKNOWN_PARTITION'),
    ).toBe('partition must be a whole number of at least 0, not "0"')
    expect(
      await messageOf(
        () => send({ topic: 't', timestampMs: '2026', value: 'x' }),
        'INVALID_TIMESTAMP',
      ),
    ).toBe('timestampMs must be a whole number of milliseconds since 1970, not "2026"')
  })

  it('says how many partitions there are when one is not', async () => {
    expect(
      await messageOf(
        () => producer.send({ topic: 't', partition: 9, value: 'x' }),
        'UNKNOWN_PARTITION',
      ),
    ).toBe('t has no partition 9: it has 3, numbered from 0')
  })

  it.each([
    [undefined, 'append takes an object { topic, partition, records, expectedOffset }'],
    [
      { topic: 't', partition: 0, records: [{ value: 'x' }], expectOffset: 77 },
      'append has no option expectOffset; did you mean expectedOffset?',
    ],
    [{ topic: 't', partition: 0, records: { value: 'x' } }, 'records must be a list'],
    [{ topic: 't', partition: 0, records: [{ vaule: 'x' }] }, 'did you mean value?'],
    [{ topic: 't', partition: 0, records: ['x'] }, 'a record takes an object'],
    [{ partition: 0, records: [{ value: 'x' }] }, 'topic must be text, not undefined'],
  ])('refuses to append %j, and stores nothing', async (request, message) => {
    expect(await messageOf(() => untyped(producer).append(request))).toContain(message)
    expect(broker.values('t', 0)).toEqual([])
  })

  it('appends nothing without a partition', async () => {
    const request = { topic: 't', records: [{ value: 'x' }] }
    expect(await messageOf(() => untyped(producer).append(request), 'UNKNOWN_PARTITION')).toContain(
      'not undefined',
    )
    expect(broker.values('t', 0)).toEqual([])
  })

  it('sends on and appends what a consumer read, as it is', async () => {
    await after(
      clock,
      100,
      producer.send({ topic: 't', partition: 0, value: 'x', headers: { a: '1' } }),
    )
    const consumer = client.consumer({ topics: 't', maxRecords: 1, mode: 'fetch' })
    const reading = (async () => {
      for await (const record of consumer) return record
      throw new Error('nothing was read')
    })()
    const record = await after(clock, 1_000, reading)
    await after(clock, 100, producer.send({ ...record, partition: 1 }))
    await after(clock, 100, producer.append({ topic: 't', partition: 2, records: [record] }))
    expect(broker.values('t', 1)).toEqual(['x'])
    expect(broker.values('t', 2)).toEqual(['x'])
  })

  it('says why a number of batches under way is not possible', async () => {
    const options = { idempotence: false, maxInFlight: 5 }
    expect(await messageOf(() => client.producer(options))).toBe(
      'maxInFlight must be 1 without idempotence, not 5: a batch that is sent again would come behind later ones',
    )
  })

  it('takes a misspelt time to close for what it is, and stays open', async () => {
    expect(await messageOf(() => untyped(producer).close({ timeout: 5 }))).toBe(
      'close has no option timeout; did you mean timeoutMs?',
    )
    expect(await messageOf(() => untyped(client).close({ timeout: 5 }))).toContain('timeoutMs')
    const report = await after(clock, 100, producer.send({ topic: 't', value: 'x' }))
    expect(report).toMatchObject({ offset: 0 })
  })
})

describe('a consumer', () => {
  const start = 'earliest, latest, an offset (a whole number) or { timestampMs }'

  it.each([
    ['topics', 'a consumer takes an object { topics, assign, from, until,'],
    [{ topics: [5] }, 'topics must be text, not 5'],
    [{ topics: { t: 0 } }, "topics must be a list, as in ['orders'], not an object"],
    [{ assign: { topic: 't', partition: 0 } }, 'assign must be a list'],
    [
      { assign: [{ topic: 't', partition: 0, from: 3 }] },
      'an assignment has no option from: it takes topic, partition, offset, until',
    ],
    [{ assign: [{ partition: 0 }] }, 'topic must be text, not undefined'],
    [{ topics: 't', from: new Date() }, `from must be ${start}, not a Date: write { timestampMs: `],
    [
      { topics: 't', from: { timestamp: 5 } },
      'from has no option timestamp; did you mean timestampMs?',
    ],
    [{ topics: 't', from: '5' }, `from must be ${start}, not "5"`],
    [
      { topics: 't', until: 'latest' },
      'until must be end, { offset } or { timestampMs }, not "latest"',
    ],
    [{ topics: 't', until: { ofset: 5 } }, 'until has no option ofset'],
    [{ topics: 't', until: { offset: 5, timestampMs: 5 } }, 'until has no option timestampMs'],
    [{ topics: 't', maxRecords: '5' }, 'maxRecords must be a whole number of at least 0, not "5"'],
  ])('refuses %j', async (options, message) => {
    expect(await messageOf(() => client.consumer(options as object))).toContain(message)
  })

  it('says that it must be ready before it can be steered', async () => {
    const consumer: Consumer = client.consumer({ topics: 't', mode: 'fetch' })
    const place = { topic: 't', partition: 0 }
    const message = 'the consumer has no partitions yet: await consumer.ready() first'
    expect(await messageOf(() => consumer.position(place))).toBe(message)
    for (const steer of ['pause', 'resume'] as const) {
      expect(
        await messageOf(() => {
          consumer[steer]([place])
        }),
      ).toBe(message)
      expect(
        await messageOf(() => {
          consumer[steer]()
        }),
      ).toBe(message)
    }
    await after(clock, 100, consumer.ready())
    consumer.pause([place])
    expect(consumer.position(place)).toBe(0)
    const elsewhere = { topic: 'u', partition: 0 }
    expect(await messageOf(() => consumer.position(elsewhere))).toBe(
      'u/0 is not assigned to this consumer',
    )
    const { pause, seek } = untyped(consumer)
    expect(await messageOf(() => pause(place))).toBe(
      'partitions must be a list, as in [{ topic, partition }], not an object',
    )
    expect(await messageOf(() => seek('t', 5))).toContain('a place takes an object')
    expect(await messageOf(() => seek(place, '5'))).toBe(`to must be ${start}, not "5"`)
    await consumer.close()
  })
})

describe('the administration', () => {
  const cases: [keyof Admin, unknown[], string][] = [
    [
      'createTopic',
      ['x'],
      'createTopic takes an object { name, partitions, settings, validateOnly }',
    ],
    ['createTopic', [{ name: 'y', partition: 3 }], 'did you mean partitions?'],
    ['createTopic', [{ name: 'y', partitions: '3' }], 'partitions must be a whole number'],
    ['createTopic', [{ name: 'y', partitions: 2 ** 32 + 1 }], 'partitions must be a whole number'],
    ['createTopic', [{ name: 'y', settings: ['x'] }], 'settings takes an object'],
    ['createTopic', [{ partitions: 3 }], 'name must be text, not undefined'],
    ['describeTopic', [{ name: 't' }], 'name must be text, not an object'],
    ['deleteTopic', [], 'name must be text, not undefined'],
    ['updateTopicSettings', ['t', { 'retention.ms': 5 }], 'it takes set, reset, validateOnly'],
    ['updateTopicSettings', ['t', { reset: 'retention.ms' }], 'reset must be a list'],
    ['addPartitions', ['t', '4'], 'total must be a whole number of 32 bits, not "4"'],
    ['deleteRecords', [{ topic: 't' }], 'topic must be text, not an object'],
    ['deleteRecords', ['t', '0', 5], 'partition must be a whole number of 32 bits, not "0"'],
    ['listOffsets', ['t'], 'as in [{ topic, partition, at: \'latest\' }], not "t"'],
    ['listOffsets', [{ topic: 't', partitions: [0] }], 'questions must be a list'],
    [
      'listOffsets',
      [[{ topic: 't', partition: 0, from: 'latest' }]],
      'it takes topic, partition, at',
    ],
    ['listOffsets', [[{ topic: 't', partition: 0, at: 5 }]], 'at must be earliest, latest, max-'],
    ['describeStorage', [{ topic: 't' }], 'topic must be text, not an object'],
  ]
  it.each(cases)('refuses %s with %j', async (name, given, message) => {
    expect(await messageOf(() => untyped(client.admin())[name](...given))).toContain(message)
  })

  it('refuses to verify what is not there to be told', async () => {
    const verified = client.admin().verify({ topics: 't' } as object)
    expect(await messageOf(() => verified.next())).toBe(
      'verify has no option topics; did you mean topic?',
    )
  })
})
