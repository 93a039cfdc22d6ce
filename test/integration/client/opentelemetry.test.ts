// The API of OpenTelemetry as applications have it, with its own propagator: a trace goes from the sender through the log to the
// reader, and a subscriber of varve's channels makes a span of each send.
import { AsyncLocalStorage } from 'node:async_hooks'
import { channel } from 'node:diagnostics_channel'
import {
  type Context,
  type ContextManager,
  context,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ConsumerRecord, traceContextOf, type Varve } from '../../../src/client/index.ts'
import { RunningBroker } from './running-broker.ts'

/** As @opentelemetry/context-async-hooks does it. */
class StoreContextManager implements ContextManager {
  readonly store = new AsyncLocalStorage<Context>()

  active(): Context {
    return this.store.getStore() ?? ROOT_CONTEXT
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.store.run(active, () => work.call(self as never, ...args))
  }

  bind<T>(_active: Context, target: T): T {
    return target
  }

  enable(): this {
    return this
  }

  disable(): this {
    return this
  }
}

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const manager = new StoreContextManager()
let broker: RunningBroker
let client: Varve

beforeAll(async () => {
  expect(context.setGlobalContextManager(manager)).toBe(true)
  expect(propagation.setGlobalPropagator(new W3CTraceContextPropagator())).toBe(true)
  broker = await RunningBroker.start('memory')
  client = broker.connect()
})

afterAll(async () => {
  await broker.close()
  context.disable()
  propagation.disable()
})

function contextOf(spanId: string, traceFlags = TraceFlags.SAMPLED): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE_ID, spanId, traceFlags })
}

async function readAll(topic: string): Promise<ConsumerRecord[]> {
  const records: ConsumerRecord[] = []
  for await (const record of client.consumer({ topics: topic, until: 'end' })) records.push(record)
  return records
}

/** As an application goes on in the trace of a record. */
function extracted(record: ConsumerRecord): SpanContext | undefined {
  return trace.getSpanContext(propagation.extract(ROOT_CONTEXT, traceContextOf(record)))
}

it('each record carries the span that was active when it was sent, and no other', async () => {
  await client.admin().createTopic({ name: 'spans' })
  const producer = client.producer()
  const spanIds = Array.from({ length: 20 }, (_, index) =>
    (index + 1).toString(16).padStart(16, '0'),
  )
  await Promise.all([
    ...spanIds.map((spanId) =>
      context.with(contextOf(spanId), () => producer.send({ topic: 'spans', value: spanId })),
    ),
    producer.send({ topic: 'spans', value: 'none' }),
  ])
  const records = await readAll('spans')
  expect(records).toHaveLength(21)
  for (const record of records) {
    const value = String(record.value)
    if (value === 'none') expect(record.headers).toEqual([])
    else {
      expect(record.headers.map(({ key }) => key)).toEqual(['traceparent'])
      expect(extracted(record)).toMatchObject({
        traceId: TRACE_ID,
        spanId: value,
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      })
    }
  }
})

it('an unsampled trace and its state go along too', async () => {
  await client.admin().createTopic({ name: 'states' })
  const { createTraceState } = await import('@opentelemetry/api')
  const active = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: TRACE_ID,
    spanId: '00000000000000aa',
    traceFlags: TraceFlags.NONE,
    traceState: createTraceState('vendor=opaque'),
  })
  const request = { topic: 'states', partition: 0, records: [{ value: 'x' }] }
  await context.with(active, () => client.producer().append(request))
  const [record] = await readAll('states')
  if (record === undefined) throw new Error('the record was not stored')
  expect(traceContextOf(record)).toMatchObject({ isSampled: false, tracestate: 'vendor=opaque' })
  expect(extracted(record)?.traceState?.get('vendor')).toBe('opaque')
})

it('a span that a subscriber begins for a send is the one that the record carries', async () => {
  await client.admin().createTopic({ name: 'attached' })
  const start = channel('tracing:varve:producer.send:start')
  start.bindStore(manager.store, () => contextOf('00000000000000bb'))
  try {
    const outer = contextOf('00000000000000cc')
    await context.with(outer, async () => {
      await client.producer().send({ topic: 'attached', value: 'x' })
      expect(context.active()).toBe(outer)
    })
  } finally {
    start.unbindStore(manager.store)
  }
  const [record] = await readAll('attached')
  if (record === undefined) throw new Error('the record was not stored')
  expect(traceContextOf(record)?.spanId).toBe('00000000000000bb')
})
