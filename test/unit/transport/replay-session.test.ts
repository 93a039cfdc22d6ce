import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import type { ReplayEvent } from '../../../src/broker/replay/replay-words.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { requestCopyOf } from '../../../src/protocol/grpc/message-copy.ts'
import type {
  ReplayRequest,
  ReplayRequestOutput,
  ReplayResponse,
} from '../../../src/protocol/grpc/messages.ts'
import { ReplaySession } from '../../../src/transport/replay-session.ts'
import type { ServiceContext } from '../../../src/transport/service-context.ts'
import { at } from '../../support/batches.ts'
import { ReadingStream } from '../../support/reading-stream.ts'
import { replayingWith, StubReplayService } from '../../support/stub-replay.ts'
import { contextOf } from '../../support/subscriber.ts'

const copy = requestCopyOf<ReplayRequest, ReplayRequestOutput>('varve.v1.ReplayRequest')

class Replayer extends ReadingStream<ReplayResponse> {
  readonly session: ReplaySession
  /** How many messages the session has let go of. */
  done = 0

  constructor(context: ServiceContext) {
    super(context.clock)
    this.session = new ReplaySession(context, this, this.scope)
  }

  say(message: ReplayRequest): this {
    this.session.take(copy(message), () => this.done++)
    return this
  }

  init(): this {
    return this.say({ init: { sources: [{ topic: 't' }], creditBytes: 5 } })
  }

  /** Which messages came. */
  get told(): string[] {
    return this.messages.flatMap((message) => Object.keys(message))
  }
}

interface Setting {
  readonly clock: VirtualClock
  readonly replays: StubReplayService
  readonly context: ServiceContext
  readonly replayer: Replayer
}

function setUp(): Setting {
  const clock = new VirtualClock()
  const replays = new StubReplayService()
  const context = contextOf(replayingWith(Object.create(null) as Broker, replays), clock)
  return { clock, replays, context, replayer: new Replayer(context) }
}

/** Enough turns for everything that is under way. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const lateness: ReplayEvent = { kind: 'lateness', isBehind: true, lateMs: 1 }
const summary: ReplayEvent = {
  kind: 'summary',
  summary: { records: 0, bytes: 0, dropped: 0, elapsedMs: 0, delayedMs: 0, partitions: [] },
}
const records: ReplayEvent = {
  kind: 'records',
  seekEpoch: 0,
  runs: [
    {
      topic: 't',
      partition: 0,
      content: { batches: [Buffer.alloc(1_000)] },
      offset: at(0),
      nextOffset: at(1),
      dropped: 0,
      leaderEpoch: 0,
    },
  ],
  bytes: 1_000,
  recordCount: 1,
  lateMs: 0,
}

describe('a replay session', () => {
  it('opens what the init asks for, says that it is ready, tells everything in order, and ends', async () => {
    const { replayer, replays, clock } = setUp()
    replayer.init()
    await settle()
    expect(replays.asked[0]).toMatchObject({ peer: 'test', creditBytes: 5 })
    expect(replayer.told).toEqual(['ready'])
    expect(replayer.messages[0]?.ready).toMatchObject({
      sessionId: 'stub',
      maxBytes: LIMITS.replayMessageBytesDefault,
      progressIntervalMs: LIMITS.replayProgressMsDefault,
      unreadMaxMs: LIMITS.replayUnreadMsMax,
    })
    replays.replay.give(records, lateness, summary)
    await settle()
    expect(replayer.told).toEqual(['ready', 'records', 'lateness', 'summary'])
    expect(replayer.messages[1]?.records?.sessionId).toBe('stub')
    expect(replayer.ended).toBeUndefined()
    replays.replay.give(undefined)
    await settle()
    expect(replayer.ended).toBeNull()
    expect(clock.openTimers).toBe(0)
  })

  it('does what commands say', async () => {
    const { replayer, replays } = setUp()
    replayer.init()
    await settle()
    replayer
      .say({ credit: { bytes: 1, records: 2 } })
      .say({ pause: {} })
      .say({ step: { records: 3 } })
      .say({ resume: {} })
      .say({ seek: { seekEpoch: 4, timestampMs: 5 } })
      .say({ seek: { seekEpoch: 5, start: true } })
      .say({ pace: { speed: 2 } })
      .say({})
    replayer.session.finish()
    replayer.session.finish()
    expect(replays.replay.asked).toEqual([
      'credit 1 2',
      'pause',
      'step 3',
      'resume',
      'seek {"timestampMs":5} 4',
      'seek "start" 5',
      'pace {"kind":"speed","factor":2}',
      'finish',
    ])
    expect(replayer.done).toBe(9)
    expect(replayer.ended).toBeUndefined()
  })

  it('wants no messages while its places are looked for, and keeps those that come, in order', async () => {
    const { replayer, replays } = setUp()
    replays.hold()
    replayer.init().say({ pause: {} }).say({ resume: {} })
    replayer.session.finish()
    await settle()
    expect(replayer.isPaused).toBe(true)
    expect(replayer.told).toEqual([])
    expect(replayer.done).toBe(1)
    replays.letGo()
    await settle()
    expect(replayer.isPaused).toBe(false)
    expect(replayer.told).toEqual(['ready'])
    expect(replayer.done).toBe(3)
    expect(replays.replay.asked).toEqual(['pause', 'resume', 'finish'])
  })

  it('keeps no more of them than its limit', async () => {
    const { replayer, replays } = setUp()
    replays.hold()
    replayer.init()
    for (let count = 0; count < LIMITS.replayCommandsWaitingMax; count++) {
      replayer.say({ pause: {} })
    }
    expect(replayer.ended).toBeUndefined()
    replayer.say({ pause: {} })
    expect(replayer.ended?.code).toBe('QUEUE_FULL')
    expect(replayer.done).toBe(LIMITS.replayCommandsWaitingMax + 2)
    replays.letGo()
    await settle()
    expect(replays.replay.endedWith?.code).toBe('CANCELLED')
  })

  it('ends with the one of them that has no place, and does none of those behind it', async () => {
    const { replayer, replays } = setUp()
    replays.hold()
    replayer
      .init()
      .say({ pause: {} })
      .say({ step: { records: 0 } })
      .say({ resume: {} })
    replays.letGo()
    await settle()
    expect(replayer.ended).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { field: 'step.records' },
    })
    expect(replays.replay.asked).toEqual(['pause'])
    expect(replays.replay.endedWith).toBeDefined()
    expect(replayer.done).toBe(4)
  })

  it('is refused as the broker says', async () => {
    const { replayer, replays, clock } = setUp()
    replays.refusal = new VarveError('UNKNOWN_TOPIC', 'there is no topic t')
    replayer.init()
    await settle()
    expect(replayer.ended?.code).toBe('UNKNOWN_TOPIC')
    expect(replayer.told).toEqual([])
    expect(clock.openTimers).toBe(0)
  })

  it('ends with the trouble that stops it', async () => {
    const { replayer, replays } = setUp()
    replayer.init()
    await settle()
    replays.replay.end(new VarveError('CORRUPT_LOG', 'damaged'))
    await settle()
    expect(replayer.ended?.code).toBe('CORRUPT_LOG')
  })

  it.each<[string, ReplayRequest, string, boolean?]>([
    ['no init', {}, 'MISSING_FIELD', true],
    ['a command before the init', { pause: {} }, 'MISSING_FIELD', true],
    ['an init of nothing', { init: {} }, 'MISSING_FIELD', true],
    ['a second init', { init: {} }, 'MALFORMED_REQUEST'],
    ['negative credit in bytes', { credit: { bytes: -1 } }, 'INVALID_ARGUMENT'],
    ['negative credit in records', { credit: { records: -1 } }, 'INVALID_ARGUMENT'],
    ['a step of none', { step: {} }, 'INVALID_ARGUMENT'],
    ['a pace out of range', { pace: { speed: 1e9 } }, 'INVALID_ARGUMENT'],
    ['a negative seek epoch', { seek: { seekEpoch: -1, timestampMs: 0 } }, 'INVALID_ARGUMENT'],
  ])('is ended by %s', async (_what, message, code, isFirst = false) => {
    const { replayer, replays, clock } = setUp()
    if (!isFirst) replayer.init()
    await settle()
    replayer.say(message)
    await settle()
    expect(replayer.ended?.code).toBe(code)
    expect(replays.replay.endedWith === undefined).toBe(isFirst)
    expect(clock.openTimers).toBe(0)
  })

  it('is ended by what the replay refuses', async () => {
    const { replayer, replays } = setUp()
    replayer.init()
    await settle()
    replays.replay.refusal = new VarveError('INVALID_ARGUMENT', 'the seek epoch must rise')
    replayer.say({ seek: { seekEpoch: 0, start: true } })
    expect(replayer.ended?.message).toBe('the seek epoch must rise')
  })

  it('without an init is ended after its time, and by a half-close', async () => {
    const { replayer, clock, context } = setUp()
    const finished = new Replayer(context)
    finished.session.finish()
    expect(finished.ended).toBeNull()
    await clock.advance(LIMITS.replayInitMsMax)
    expect(replayer.ended?.code).toBe('REQUEST_TIMEOUT')
    expect(clock.openTimers).toBe(0)
  })

  it('may take longer to find its places than an init may take to come', async () => {
    const { replayer, replays, clock } = setUp()
    replays.hold()
    replayer.init()
    await clock.advance(2 * LIMITS.replayInitMsMax)
    replays.letGo()
    await settle()
    expect(replayer.told).toEqual(['ready'])
  })
})

describe('a client of a replay session that does not read', () => {
  it('costs one message, is cut after its time, and counted', async () => {
    const { replayer, replays, context, clock } = setUp()
    replayer.init()
    await settle()
    replayer.stopReading()
    replays.replay.give(records, records, records)
    await settle()
    expect(replays.replay.pulls).toBe(1)
    expect(context.unreadSubscriptions.bytes).toBeGreaterThan(1_000)
    await clock.advance(LIMITS.replayUnreadMsMax - 1)
    expect(replayer.ended).toBeUndefined()
    await clock.advance(1)
    expect(replayer.ended?.code).toBe('SLOW_CONSUMER')
    expect(replays.counts.slow).toBe(1)
    expect(replays.replay.endedWith).toBeDefined()
    expect(context.unreadSubscriptions.bytes).toBe(0)
    expect(replayer.isBrokenOff).toBe(false)
    await clock.advance(LIMITS.replayEndMsMax)
    expect(replayer.isBrokenOff).toBe(true)
    expect(clock.openTimers).toBe(0)
  })

  it('counts with what its message takes, also where that is a line for each partition', async () => {
    const { replayer, replays, context } = setUp()
    replayer.init()
    await settle()
    replayer.stopReading()
    const line = { topic: 't', partition: 0, startOffset: at(0), firstKeptOffset: at(0) }
    const places = Array.from({ length: 10_000 }, () => ({ ...line, endOffset: 1 }))
    replays.replay.give({
      kind: 'state',
      status: 'playing',
      pace: { kind: 'max' },
      seekEpoch: 1,
      places,
    })
    await settle()
    expect(context.unreadSubscriptions.bytes).toBeGreaterThan(500_000)
  })

  it.each([0, 1, 59_999, 60_000, 90_000])(
    'is cut exactly after its time, also %d ms into the session',
    async (beginMs) => {
      const { replayer, replays, clock } = setUp()
      replayer.init()
      await clock.advance(beginMs)
      replayer.stopReading()
      replays.replay.give(records)
      await settle()
      await clock.advance(LIMITS.replayUnreadMsMax - 1)
      expect(replayer.ended).toBeUndefined()
      await clock.advance(1)
      expect(replayer.ended?.code).toBe('SLOW_CONSUMER')
    },
  )

  it('goes on where it was when it reads on in time', async () => {
    const { replayer, replays, clock } = setUp()
    replayer.init()
    await settle()
    replayer.stopReading()
    replays.replay.give(records, lateness)
    await clock.advance(LIMITS.replayUnreadMsMax - 1)
    replayer.readOn()
    await clock.advance(10 * LIMITS.replayUnreadMsMax)
    expect(replayer.told).toEqual(['ready', 'records', 'lateness'])
    expect(replayer.ended).toBeUndefined()
  })
})

describe('the end of a replay session', () => {
  it('of the client leaves nothing behind', async () => {
    const { replayer, replays, clock } = setUp()
    replayer.init()
    await settle()
    replayer.cancel()
    await settle()
    expect(replays.replay.endedWith?.code).toBe('CANCELLED')
    expect(replayer.ended).toBeUndefined()
    expect(clock.openTimers).toBe(0)
  })

  it('before its places are found ends the replay when it comes about', async () => {
    const { replayer, replays, clock } = setUp()
    replays.hold()
    replayer.init().say({ pause: {} })
    replayer.cancel()
    expect(replayer.done).toBe(2)
    replays.letGo()
    await settle()
    expect(replays.replay.endedWith?.code).toBe('CANCELLED')
    expect(replays.replay.asked).toEqual([])
    expect(replays.replay.pulls).toBe(0)
    expect(clock.openTimers).toBe(0)
  })

  it('of the server is told', async () => {
    const { replayer, replays, context } = setUp()
    replayer.init()
    await settle()
    context.stop()
    await settle()
    expect(replayer.ended?.code).toBe('NOT_READY')
    expect(replays.replay.endedWith).toBeDefined()
  })
})
