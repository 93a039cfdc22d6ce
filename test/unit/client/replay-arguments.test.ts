// What a replay refuses before it asks the broker, and what it makes of its options for the wire.
import { expect, test } from 'vitest'
import { connect, VarveError } from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { SimulatedReplays } from './simulated-replay.ts'

const PLACE = { topic: 't', partition: 0, startOffset: 0, offset: 3 }
const TOKEN = { sessionId: 's', places: [PLACE] }

function refusalOf(options: object): string {
  const clock = new VirtualClock()
  const { transport } = new SimulatedReplays(clock)
  try {
    connect({ transport, clock, random: new SeededRandom(1) }).replay(options)
  } catch (error) {
    if (error instanceof VarveError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'none'
}

test.each<[object, string]>([
  [{}, 'INVALID_ARGUMENT: a replay has either topics, sources or resume'],
  [{ topics: 't', resume: TOKEN }, 'either topics, sources or resume'],
  [{ topics: [] }, 'nothing to replay'],
  [{ topics: 't', form: 'later' }, 'a replay has no option form'],
  [{ topics: 't', speed: 0.01 }, 'speed must be a number from 0.1 to 1000, not 0.01'],
  [{ topics: 't', speed: Number.NaN }, 'not NaN'],
  [{ topics: 't', speed: 'fast' }, 'speed must be max or a number, not "fast"'],
  [{ topics: 't', speed: 1, rate: { recordsPerSecond: 1 } }, 'either a speed or a rate'],
  [{ topics: 't', rate: {} }, 'a rate has either recordsPerSecond or bytesPerSecond'],
  [{ topics: 't', rate: { bytesPerSecond: 0 } }, 'bytesPerSecond must be a number from 1'],
  [{ topics: 't', rate: { perSecond: 1 } }, 'rate has no option perSecond'],
  [{ topics: 't', gapMaxMs: 5 }, 'gapMaxMs goes with a speed in numbers'],
  [{ topics: 't', speed: 'max', gapMaxMs: 5 }, 'gapMaxMs goes with a speed in numbers'],
  [{ topics: 't', follow: true, to: 5 }, 'give either follow or to'],
  [{ resume: { ...TOKEN, places: [{ ...PLACE, endOffset: 9 }] }, follow: true }, 'either follow'],
  [{ resume: TOKEN, from: 5 }, 'leave from and to out'],
  [{ resume: { sessionId: 's', places: [] } }, 'no places to go on from'],
  [{ resume: { ...TOKEN, places: [PLACE, PLACE] } }, 'resume has t/0 twice'],
  [{ resume: { ...TOKEN, places: [{ ...PLACE, offset: -1 }] } }, 'INVALID_OFFSET'],
  [{ resume: { ...TOKEN, playheadMs: -2 } }, 'INVALID_TIMESTAMP'],
  [{ resume: 'token' }, 'resume takes an object'],
  [{ topics: 't', from: 'start' }, 'from must be earliest, latest, an offset'],
  [{ topics: 't', from: -3 }, 'INVALID_OFFSET'],
  [{ topics: 't', to: { timestampMs: 1.5 } }, 'INVALID_TIMESTAMP'],
  [{ topics: 't', from: { group: 'g', asOf: 3 } }, 'from has no option asOf'],
  [{ sources: [{ topic: 't', partition: -1 }] }, 'partition must be a whole number'],
  [{ sources: [{ partition: 1 }] }, 'topic must be text'],
  [{ topics: 't', order: 'time' }, 'order must be one of partition, merged'],
  [{ topics: 't', late: 'never' }, 'late must be one of delay, catch-up'],
  [{ topics: 't', trouble: 'ignore' }, 'trouble must be one of stop, skip'],
  [{ topics: 't', progressIntervalMs: 10 }, 'progressIntervalMs must be a whole number from 50'],
  [{ topics: 't', filters: [{}] }, 'a filter has one of key, header and time'],
  [{ topics: 't', filters: [{ key: {} }] }, 'a filter on key has exactly one of equals'],
  [{ topics: 't', filters: [{ key: { equals: 'a', prefix: 'b' } }] }, 'not equals and prefix'],
  [{ topics: 't', filters: [{ key: { equals: 3 } }] }, 'equals must be text or bytes, not 3'],
  [{ topics: 't', filters: [{ header: 'h' }] }, 'a filter on header has exactly one of'],
  [{ topics: 't', filters: [{ key: { anyOf: [] } }] }, 'anyOf must have from 1 to 1000 values'],
  [{ topics: 't', filters: [{ time: {} }] }, 'a filter on the time has fromMs, beforeMs or both'],
  [{ topics: 't', filters: [{ key: { equals: 'a' }, time: {} }] }, 'has no option time'],
  [{ topics: 't', filters: Array.from({ length: 101 }, () => ({})) }, 'may have 100 filters'],
])('%j is refused', (options, message) => {
  expect(refusalOf(options)).toContain(message)
})

test('commands refuse what the broker would', async () => {
  const clock = new VirtualClock()
  const { transport } = new SimulatedReplays(clock)
  const replay = connect({ transport, clock }).replay({ topics: 't' })
  expect(() => {
    replay.step(0)
  }).toThrow('records must be a whole number of at least 1')
  expect(() => {
    replay.seek({ timestampMs: -1 })
  }).toThrow('a timestamp is')
  expect(() => {
    replay.setPace({ speed: 2_000 })
  }).toThrow('speed must be')
  await replay.close()
})

test('options go to the broker in its words', async () => {
  const clock = new VirtualClock()
  const broker = new SimulatedReplays(clock)
  broker.store('t', 0, [{ timestampMs: 1 }])
  const client = connect({ transport: broker.transport, clock })
  const replay = client.replay({
    sources: [
      { topic: 't', partition: 0, to: { timestampMs: 9 } },
      { topic: 'u', from: 'latest', to: 7 },
    ],
    from: { group: 'g', asOfMs: 5 },
    order: 'merged',
    late: 'catch-up',
    trouble: 'skip',
    speed: 1.5,
    gapMaxMs: 0,
    filters: [
      { key: { anyOf: ['a', Buffer.from([255])] } },
      { header: 'h', prefix: 'p', not: true },
      { time: { fromMs: 1, beforeMs: 2 } },
    ],
    sessionId: 'name',
    paused: true,
    prefetchBytes: 1_000,
    progressIntervalMs: 50,
  })
  const ready = replay.ready()
  await clock.advance(10)
  await ready
  expect(broker.inits).toEqual([
    {
      sessionId: 'name',
      sources: [
        {
          topic: 't',
          partition: 0,
          start: { group: { group: 'g', asOfMs: 5 } },
          end: { timestampMs: 9 },
        },
        { topic: 'u', start: { position: 'OFFSET_POSITION_LATEST' }, end: { offset: 7 } },
      ],
      order: 'REPLAY_ORDER_MERGED',
      pace: { speed: 1.5, gapMaxMs: 0 },
      latePolicy: 'REPLAY_LATE_POLICY_CATCH_UP',
      troublePolicy: 'REPLAY_TROUBLE_POLICY_SKIP',
      filters: [
        { key: { anyOf: { values: [Buffer.from('a'), Buffer.from([255])] } }, not: false },
        { header: { name: 'h', value: { prefix: Buffer.from('p') } }, not: true },
        { time: { fromMs: 1, beforeMs: 2 }, not: false },
      ],
      form: 'RECORD_FORM_BATCHES',
      creditBytes: 1_000,
      maxBytes: 1_000,
      progressIntervalMs: 50,
      follow: false,
      paused: true,
    },
  ])
  await client.close()
  expect(broker.sessions.every(({ isOpen }) => !isOpen)).toBe(true)
})
