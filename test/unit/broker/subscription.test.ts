// What a client says may arrive at any moment of a partition's turn, even between its end and what follows from it. Each
// command is said at each microtask from the adding of a partition on, until long after it has come to rest.
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import type { Subscription } from '../../../src/broker/subscription.ts'
import type {
  SubscriptionEvent,
  SubscriptionRequest,
} from '../../../src/broker/subscription-events.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { RecordSet } from '../../../src/protocol/grpc/messages.ts'
import { storedForm } from '../../../src/transport/subscribe-forms.ts'
import { at } from '../../support/batches.ts'
import { BoundedEngine } from '../../support/bounded-engine.ts'
import { createTopic, openBroker, produce } from '../../support/open-broker.ts'

type Event = SubscriptionEvent<RecordSet>

/** Adding, finding the place, reading and coming to rest take about half of them. */
const MOMENTS = 60
/** A partition that comes to rest needs about ten. */
const BOUNDS_MAX = 200
const HERE = { topic: 't', partition: 0 }
const FROM_START: SubscriptionRequest = {
  ...HERE,
  seekEpoch: 0,
  start: { offset: at(0) },
  stop: undefined,
  isPaused: false,
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

let broker: Broker
let engine: BoundedEngine

/** Topic `t` with two records, each a batch of its own. */
async function open(): Promise<void> {
  const clock = new VirtualClock()
  engine = new BoundedEngine({ clock })
  broker = (await openBroker({ engine, clock })).broker
  await createTopic(broker, 't')
  await produce(broker, 't', ['a'])
  await produce(broker, 't', ['b'])
}

/** Says it at each moment, to a subscription each; gives what that was told before and after another record was appended. */
async function atEachMoment(
  request: SubscriptionRequest,
  say: (subscription: Subscription<RecordSet>) => void,
  check: (before: readonly Event[], after: readonly Event[]) => void,
): Promise<void> {
  for (let moment = 0; moment < MOMENTS; moment++) {
    await open()
    engine.boundsLeft = BOUNDS_MAX
    const subscription = broker.subscriptions.open({
      peer: 'test',
      form: storedForm,
      // One batch a turn.
      messageBytes: () => 1,
      creditBytes: 1e6,
      creditRecords: Infinity,
    })
    const events: Event[] = []
    let failure: unknown
    const told = readAll(subscription, events).catch((error: unknown) => {
      failure = error
    })
    subscription.add([request])
    for (let turn = 0; turn < moment; turn++) await Promise.resolve()
    say(subscription)
    await settle()
    expect(failure, `at microtask ${moment}`).toBeUndefined()
    const before = events.splice(0)
    await produce(broker, 't', ['late'])
    await settle()
    expect(failure, `at microtask ${moment}`).toBeUndefined()
    check(before, events)
    subscription.end(new VarveError('CANCELLED', 'the test is over'))
    await told
    expect(broker.subscriptions.waiting).toBe(0)
    await broker.close()
  }
}

async function readAll(subscription: Subscription<RecordSet>, events: Event[]): Promise<void> {
  for (;;) {
    const event = await subscription.next().catch((error: unknown) => {
      if (error instanceof VarveError && error.code === 'CANCELLED') return undefined
      throw error
    })
    if (event === undefined) return
    events.push(event)
  }
}

const kindsOf = (events: readonly Event[]): string[] => events.map(({ kind }) => kind)

/** That the records came once, in order. */
function expectAllOf(events: readonly Event[]): void {
  const ends = events.flatMap((event) => (event.kind === 'records' ? [event.nextOffset] : []))
  expect(ends).toEqual([1, 2, 3])
}

describe('a subscription, whatever the moment at which it is', () => {
  it.each([
    [
      'resumed',
      (to: Subscription<RecordSet>) => {
        to.resume('all')
      },
    ],
    [
      'resumed by name',
      (to: Subscription<RecordSet>) => {
        to.resume([HERE])
      },
    ],
    [
      'paused and resumed',
      (to: Subscription<RecordSet>) => {
        to.pause('all')
        to.resume('all')
      },
    ],
  ])('%s, gives everything once and comes to rest', async (_what, say) => {
    await atEachMoment(FROM_START, say, (before, after) => {
      expectAllOf([...before, ...after])
      expect(kindsOf(before).filter((kind) => kind === 'caught-up')).toHaveLength(1)
      expect(kindsOf(before)[0]).toBe('position')
      expect(kindsOf(after)).toEqual(['records'])
    })
  })

  it('sent elsewhere, gives everything from there once and comes to rest', async () => {
    await atEachMoment(
      FROM_START,
      (subscription) => {
        subscription.seek(HERE, { offset: at(0) }, 1)
      },
      (before, after) => {
        const anew = before.filter(({ seekEpoch }) => seekEpoch === 1)
        expectAllOf([...anew, ...after])
        expect(kindsOf(anew)[0]).toBe('position')
        expect(kindsOf(anew).filter((kind) => kind === 'caught-up')).toHaveLength(1)
        expect(kindsOf(after)).toEqual(['records'])
      },
    )
  })

  it('paused, gives nothing more', async () => {
    await atEachMoment(
      FROM_START,
      (subscription) => {
        subscription.pause('all')
      },
      (_before, after) => {
        expect(kindsOf(after)).toEqual([])
        expect(broker.subscriptions.waiting).toBe(0)
      },
    )
  })

  it('told to leave a partition, reads no more of it', async () => {
    await atEachMoment(
      FROM_START,
      (subscription) => {
        subscription.remove([HERE])
      },
      (_before, after) => {
        expect(kindsOf(after)).toEqual([])
        expect(broker.subscriptions.waiting).toBe(0)
      },
    )
  })

  it('told to leave a partition and to read it anew, does so once', async () => {
    await atEachMoment(
      FROM_START,
      (subscription) => {
        subscription.remove([HERE])
        subscription.add([{ ...FROM_START, seekEpoch: 1 }])
      },
      (before, after) => {
        const anew = before.filter(({ seekEpoch }) => seekEpoch === 1)
        expectAllOf([...anew, ...after])
        expect(kindsOf(after)).toEqual(['records'])
      },
    )
  })

  it.each([
    ['a stop', 'reached-end', { stop: 'end' }],
    ['a stop in the middle', 'reached-end', { stop: { offset: at(1) } }],
    ['an error', 'error', { start: { offset: at(1_000_000) } }],
    ['an error of its place', 'error', { partition: 1 }],
  ] as const)('resumed, says once that %s has ended it', async (_what, kind, rest) => {
    await atEachMoment(
      { ...FROM_START, ...rest },
      (subscription) => {
        subscription.resume('all')
      },
      (before, after) => {
        expect(kindsOf(before).filter((one) => one === kind)).toHaveLength(1)
        expect(kindsOf(before).at(-1)).toBe(kind)
        expect(kindsOf(after)).toEqual([])
      },
    )
  })
})
