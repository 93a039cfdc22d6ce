// A consumer within the process shares its microtasks with the broker: what it says arrives in the middle of a turn there.
// Each thing is said at each microtask after a seek back, which begins a turn at once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Consumer } from '../../../src/client/index.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { type ServedBroker, serveBroker } from '../../conformance/served-broker.ts'
import { BoundedEngine } from '../../support/bounded-engine.ts'
import { createTopic, produce } from '../../support/open-broker.ts'

/** From the seek to the rest after it takes less than half of them. */
const MOMENTS = 120
/** Coming to rest needs about twenty. */
const BOUNDS_MAX = 500
const HERE = { topic: 't', partition: 0 }
const WAY = { name: 'in process, in memory', transport: 'in-process', storage: 'memory' } as const

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a consumer within the process that has read everything', () => {
  let served: ServedBroker
  let engine: BoundedEngine
  let consumer: Consumer
  let reading: Promise<void>
  const values: string[] = []

  beforeEach(async () => {
    engine = new BoundedEngine({ clock: new NodeClock() })
    served = await serveBroker(WAY, { engine })
    await createTopic(served.broker, 't')
    await produce(served.broker, 't', ['first'])
    consumer = served.client.consumer({ assign: [{ ...HERE, offset: 0 }] })
    values.length = 0
    reading = (async () => {
      for await (const { value } of consumer) values.push(String(value))
    })()
    await settle()
    expect(values).toEqual(['first'])
  })

  afterEach(async () => {
    await consumer.close()
    await reading
    await served.close()
  })

  it.each([
    ['sent elsewhere', (end: number) => void consumer.seek(HERE, end)],
    [
      'paused and resumed',
      () => {
        consumer.pause()
        consumer.resume()
      },
    ],
    ['given the partition anew', (end: number) => void consumer.assign([{ ...HERE, offset: end }])],
  ])('goes on when it is %s in the middle of a turn', async (_what, say) => {
    for (let moment = 0; moment < MOMENTS; moment++) {
      engine.boundsLeft = BOUNDS_MAX
      const end = moment + 1
      void consumer.seek(HERE, end - 1)
      for (let turn = 0; turn < moment; turn++) await Promise.resolve()
      say(end)
      await settle()
      await produce(served.broker, 't', [`late ${moment}`])
      await settle()
      expect(engine.boundsLeft, `asked too often at microtask ${moment}`).toBeGreaterThan(0)
      expect(values.at(-1)).toBe(`late ${moment}`)
    }
  })
})
