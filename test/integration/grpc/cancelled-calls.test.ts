// Calls that are cancelled by the thousand leave nothing: no waiter, no bytes, no connection. (Long polls and subscriptions that
// are cancelled have tests of their own, beside what they wait for.)
import { type Client, status } from '@grpc/grpc-js'
import { afterEach, expect, it } from 'vitest'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf } from '../../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'

let served: GrpcBroker

afterEach(async () => {
  await served.close()
})

/** Fewer on each connection than it may break off. */
const CALLS_PER_CONNECTION = 500
const CALLS = Number(process.env['CANCELLED_CALLS'] ?? 1_000)
const AT_A_TIME = 50

type Begin = (client: Client) => {
  cancel(): void
  on(event: 'status', listener: () => void): unknown
}

async function cancelMany(begin: Begin): Promise<void> {
  for (let done = 0; done < CALLS; done += CALLS_PER_CONNECTION) {
    const client = served.connect()
    for (let round = 0; round < CALLS_PER_CONNECTION / AT_A_TIME; round++) {
      await Promise.all(
        Array.from({ length: AT_A_TIME }, async (_, index) => {
          const made = begin(client)
          const ended = new Promise<void>((resolve) => {
            made.on('status', resolve)
          })
          // At every stage of its way: before it is sent, on the way, while it is served.
          for (let turns = index % 5; turns > 0; turns--) await new Promise(setImmediate)
          made.cancel()
          await ended
        }),
      )
    }
    client.close()
  }
}

async function expectNothingLeft(): Promise<void> {
  const { broker, server } = served
  const isLeft = (): boolean =>
    broker.producer.inFlightBytes > 0 || server.requestBytes > 0 || server.connections > 1
  await call(served.client, logService.ListOffsets, { partitions: [] })
  while (isLeft()) await new Promise(setImmediate)
  expect(broker.fetcher.waiting).toBe(0)
  const entries = [{ topic: 'orders', records: { batches: batchOf({ values: ['after'] }) } }]
  const { results } = await call(served.client, logService.Produce, { entries })
  expect(results[0]?.error).toBeNull()
}

const entries = [{ topic: 'orders', records: { batches: batchOf({ values: ['value'] }) } }]

it('cancelled produces leave nothing', async () => {
  served = await serveBroker()
  await createTopic(served.broker, 'orders')
  const { path, requestSerialize, responseDeserialize } = logService.Produce
  await cancelMany((client) =>
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { entries }, (error) => {
      if (error && error.code !== status.CANCELLED) throw error
    }),
  )
  await expectNothingLeft()
  console.log(`${CALLS} cancelled produces, nothing left`)
})

it('cancelled streams of produces leave nothing', async () => {
  served = await serveBroker()
  await createTopic(served.broker, 'orders')
  const { path, requestSerialize, responseDeserialize } = logService.ProduceStream
  await cancelMany((client) => {
    const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
    stream.on('error', () => undefined)
    stream.on('data', () => undefined)
    stream.write({ init: {} })
    stream.write({ batch: { correlationId: 1, entries } })
    return stream
  })
  await expectNothingLeft()
  console.log(`${CALLS} cancelled streams of produces, nothing left`)
})
