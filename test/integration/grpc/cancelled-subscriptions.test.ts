// Many subscriptions that are cancelled in every state they can be in leave nothing behind: a few hundred here, ten thousand with
// npm run bench:cancelled-subscriptions.
import { readdirSync } from 'node:fs'

import { isDeepStrictEqual } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Client, ClientDuplexStream, StatusObject } from '@grpc/grpc-js'
import { afterEach, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { Cancel } from '../../../src/platform/clock.ts'
import { MetricRegistry } from '../../../src/platform/metric-registry.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type {
  SubscribeRequest,
  SubscribeResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { ReadableWaiters } from '../../../src/storage/readable-waiters.ts'
import { batchOfSize } from '../../support/batches.ts'
import { type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'
import { until } from '../../support/until.ts'

const AT_ONCE = 50
/** Node closes a connection on which more than a thousand streams are reset in short order. */
const ROUNDS_PER_CONNECTION = 10

type Add = (this: ReadableWaiters, offset: number, wake: () => void) => Cancel

let served: GrpcBroker | undefined
const waiting = ReadableWaiters.prototype as { add: Add }
const { add } = waiting

afterEach(async () => {
  waiting.add = add
  await served?.close()
  served = undefined
})

type Call = ClientDuplexStream<SubscribeRequest, SubscribeResponseOutput>

const idle = { topic: 'idle', partition: 0, position: 'OFFSET_POSITION_LATEST' as const }
const other = { ...idle, partition: 1 }
const full = { topic: 'full', partition: 0, offset: 0 }

/** Brings a subscription into a state, and resolves when it is there as far as the client can tell. */
const STATES: Readonly<Record<string, (call: Call) => Promise<unknown>>> = {
  'nothing said': () => pause(),
  ready: async (call) => {
    call.write({ init: { creditBytes: 1_000 } })
    await message(call, 'ready')
  },
  'waiting in two partitions': async (call) => {
    call.write({ init: { creditBytes: 1_000 } })
    call.write({ add: { partitions: [idle, other] } })
    await message(call, 'caughtUp', 2)
  },
  'waiting and half-closed': async (call) => {
    call.write({ init: { creditBytes: 1_000 } })
    call.write({ add: { partitions: [idle] } })
    call.end()
    await message(call, 'caughtUp')
  },
  'without credit': async (call) => {
    call.write({ init: { creditBytes: 1 } })
    call.write({ add: { partitions: [full, idle] } })
    await message(call, 'batch')
  },
  'paused after an error of a partition': async (call) => {
    call.write({ init: { creditBytes: 1 } })
    call.write({ add: { partitions: [{ topic: 'nowhere', offset: 0 }, idle] } })
    call.write({ pause: {} })
    await message(call, 'partitionError')
  },
  unread: async (call) => {
    call.pause()
    call.write({ init: { creditBytes: 100_000_000 } })
    call.write({ add: { partitions: [full, idle] } })
    await pause()
  },
}

it('cancelled subscriptions leave no waiter, timer, message, count or descriptor behind', async () => {
  const runs = Number(process.env['CANCELLED_SUBSCRIPTIONS'] ?? 350)
  const clock = new VirtualClock()
  const metrics = new MetricRegistry()
  const server = await serveBroker({ clock, metrics })
  served = server
  const { broker } = server
  const logs = new Set<ReadableWaiters>()
  const counted: Add = function (offset, wake) {
    logs.add(this)
    return add.call(this, offset, wake)
  }
  waiting.add = counted
  const waiters = (): number => [...logs].reduce((sum, { count }) => sum + count, 0)
  await createTopic(broker, 'idle', 2)
  await createTopic(broker, 'full')
  await produce(broker, 'idle')
  for (let index = 0; index < 6; index++) {
    const batch = batchOfSize(150_000)
    await broker.producer.append({ topic: 'full', partition: 0, batch })
  }
  const states = Object.entries(STATES)
  let client = server.connect()
  let rounds = 0
  const round = async (size: number): Promise<void> => {
    if (rounds++ % ROUNDS_PER_CONNECTION === 0) {
      client.close()
      client = server.connect()
    }
    await Promise.all(
      Array.from({ length: size }, async (_, index) => {
        const call = open(client)
        const [name, bring] = states[index % states.length] ?? []
        const isOver = new Promise<StatusObject>((resolve) => call.once('status', resolve))
        const early = isOver.then(({ details }) => {
          throw new Error(`the call ended before it was ${name}: ${details}`)
        })
        await Promise.race([bring?.(call), early])
        call.cancel()
        await isOver
      }),
    )
    await until(() => broker.subscriptions.counts.open === 0)
    // A call that was cancelled before it had headers may never be said to be over: its stream ends without an init.
    await clock.advance(LIMITS.subscriptionInitMsMax)
    await clock.advance(LIMITS.subscriptionEndMsMax)
    await until(() => metrics.render().includes('varve_calls{method="Subscribe"} 0\n'))
  }
  const leftovers = (): object => ({
    waiters: waiters(),
    timers: clock.openTimers,
    descriptors: readdirSync('/proc/self/fd').length,
    unreadBytes: metrics.render().includes('varve_unread_subscription_bytes 0\n'),
  })

  await round(AT_ONCE)
  await round(AT_ONCE)
  const before = leftovers()
  const heapBefore = heapBytes()
  for (let done = 0; done < runs; done += AT_ONCE) await round(Math.min(AT_ONCE, runs - done))
  // The connections before the last are still being closed.
  await until(() => isDeepStrictEqual(leftovers(), before)).catch(() => undefined)
  expect(leftovers()).toEqual(before)
  expect(before).toMatchObject({ waiters: 0, unreadBytes: true })
  expect(broker.subscriptions.counts).toMatchObject({ open: 0, partitions: 0, refused: 0 })
  expect(broker.subscriptions.waiting).toBe(0)
  const grown = heapBytes() - heapBefore
  // Among ten thousand, one kilobyte that each leaves behind shows.
  expect(grown).toBeLessThan(4_000_000 + 200 * runs)
  console.log(
    `cancelled subscriptions: ${runs} in ${states.length} states; heap grew by ${grown} bytes, ` +
      `${broker.subscriptions.counts.opened} were opened`,
  )
})

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}

function open(client: Client): Call {
  const { path, requestSerialize, responseDeserialize } = logService.Subscribe
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  call.on('error', () => undefined)
  return call
}

/** Resolves when so many messages of the kind have come. */
async function message(call: Call, kind: keyof SubscribeResponseOutput, count = 1): Promise<void> {
  let come = 0
  await new Promise<void>((resolve) => {
    call.on('data', (response: SubscribeResponseOutput) => {
      if (response[kind] && ++come === count) resolve()
    })
  })
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
