// A program looks on at a whole broker and a client of it in one process, by the documented names of the channels.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TRACE_POINTS } from '../../../src/platform/trace-table.ts'
import { TraceRecorder } from '../../support/trace-recorder.ts'
import { RunningBroker } from './running-broker.ts'

const NAMES = Object.values(TRACE_POINTS).map(({ name }) => name)
const FAILED = ['start', 'end', 'error', 'asyncStart', 'asyncEnd']
const WHOLE = ['start', 'end', 'asyncStart', 'asyncEnd']

let broker: RunningBroker
beforeAll(async () => {
  broker = await RunningBroker.start()
})
afterAll(async () => {
  await broker.close()
})

it('a record can be followed from its send through the disk to its reader', async () => {
  const client = broker.connect()
  await client.admin().createTopic({ name: 'followed' })
  const recorder = new TraceRecorder(NAMES)
  const producer = client.producer()
  const sent = { topic: 'followed', value: 'one', partition: 0 }
  await producer.send(sent)
  await producer.append({ topic: 'followed', partition: 0, records: [{ value: 'two' }] })
  const consumer = client.consumer({ topics: 'followed', until: 'end' })
  const read: string[] = []
  for await (const { value } of consumer) read.push(String(value))
  expect(read).toEqual(['one', 'two'])
  await client.admin().listOffsets([{ topic: 'followed', partition: 0, at: 'latest' }])
  await client.close()
  recorder.stop()

  const followed = (name: string) =>
    recorder.of(name).filter(({ atStart }) => (atStart['topic'] ?? 'followed') === 'followed')
  const [send] = followed('varve:producer.send')
  expect(send?.events).toEqual(WHOLE)
  expect(send?.atStart).toEqual({ topic: 'followed', partition: 0, record: sent })
  expect(send?.context).toMatchObject({ isAccepted: true, offset: 0, durability: 'synced' })
  expect(followed('varve:producer.batch').map(({ context }) => context)).toEqual([
    {
      topic: 'followed',
      partition: 0,
      recordCount: 1,
      bytes: expect.any(Number) as number,
      attempt: 1,
      baseOffset: 0,
    },
  ])
  expect(followed('varve:producer.append').map(({ context }) => context)).toEqual([
    { topic: 'followed', partition: 0, recordCount: 1, baseOffset: 1, durability: 'synced' },
  ])
  for (const name of ['varve:broker.produce', 'varve:storage.append']) {
    const produced = followed(name)
    expect(produced.map(({ context }) => context['baseOffset'])).toEqual([0, 1])
    expect(produced.every(({ context }) => context['durability'] === 'synced')).toBe(true)
    expect(produced.every(({ context }) => context['duplicate'] === false)).toBe(true)
  }
  expect(recorder.of('varve:storage.write')).toHaveLength(2)
  expect(recorder.of('varve:storage.sync')).toHaveLength(2)
  expect(followed('varve:storage.read').length).toBeGreaterThan(0)
  const handedOut = followed('varve:consumer.batch')
  expect(handedOut.flatMap(({ context }) => context['records'])).toMatchObject([
    { offset: 0 },
    { offset: 1 },
  ])
  let count = 0
  for (const name of NAMES) {
    for (const { events } of recorder.of(name)) expect(events).toEqual(WHOLE)
    count += recorder.of(name).length
  }
  console.log(`${count} operations of ${NAMES.length} kinds, each of them told whole`)
})

it('what is refused is told with its error', async () => {
  const client = broker.connect({ requestTimeoutMs: 2_000 })
  await client.admin().createTopic({ name: 'guarded' })
  const recorder = new TraceRecorder(NAMES)
  const producer = client.producer()
  const request = { topic: 'guarded', partition: 0, records: [{ value: '' }], expectedOffset: 5 }
  await expect(producer.append(request)).rejects.toMatchObject({ code: 'UNEXPECTED_OFFSET' })
  await expect(producer.send({ topic: 'absent', value: '' })).rejects.toThrow()
  await client.close()
  recorder.stop()
  for (const [name, code] of [
    ['varve:producer.append', 'UNEXPECTED_OFFSET'],
    ['varve:broker.produce', 'UNEXPECTED_OFFSET'],
    ['varve:storage.append', 'UNEXPECTED_OFFSET'],
    ['varve:producer.send', 'UNKNOWN_TOPIC'],
  ] as const) {
    const [trace, ...more] = recorder.of(name)
    expect(more).toEqual([])
    expect(trace?.events).toEqual(FAILED)
    expect(trace?.context).toMatchObject({ error: { code } })
  }
})

it('trySend that finds no room is told as not accepted, and nothing else comes of it', async () => {
  const client = broker.connect()
  await client.admin().createTopic({ name: 'crowded' })
  const recorder = new TraceRecorder(['varve:producer.send'])
  const producer = client.producer({ bufferBytes: 2_048, lingerMs: 60_000 })
  const value = Buffer.alloc(1_500)
  const results: unknown[] = []
  expect(producer.trySend({ topic: 'crowded', value }, (result) => results.push(result))).toBe(true)
  const isAccepted = producer.trySend({ topic: 'crowded', value }, (result) => results.push(result))
  expect(isAccepted).toBe(false)
  await producer.flush()
  await client.close()
  recorder.stop()
  expect(results).toHaveLength(1)
  const traces = recorder.of('varve:producer.send')
  expect(traces.map(({ context }) => context['isAccepted'])).toEqual([true, false])
  expect(traces.map(({ events }) => events)).toEqual([WHOLE, WHOLE])
})
