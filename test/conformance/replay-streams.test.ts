// The stream of a replay session below the client, over gRPC and within the process: with a replay that does as the test says, and with
// one of the broker.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallOptions, ReplayStream } from '../../src/client/transport.ts'
import { VarveError } from '../../src/domain/error.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import type { ReplayInit, ReplayResponseOutput } from '../../src/protocol/grpc/messages.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import { at, batchOf } from '../support/batches.ts'
import { createTopic, produce } from '../support/open-broker.ts'
import { replayingWith, StubReplayService } from '../support/stub-replay.ts'
import { type ServedBroker, serveBroker } from './served-broker.ts'
import { WAYS } from './ways.ts'

let served: ServedBroker
let replays: StubReplayService

class Told {
  readonly messages: ReplayResponseOutput[] = []
  readonly end: Promise<VarveError | undefined>
  onEnd: (error: VarveError | undefined) => void = () => undefined

  constructor() {
    this.end = new Promise((resolve) => {
      this.onEnd = resolve
    })
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

const INIT: ReplayInit = { sources: [{ topic: 't' }], creditBytes: 5 }
const PATIENT: CallOptions = { timeoutMs: 30_000 }

async function replay(
  init: ReplayInit = INIT,
  options = PATIENT,
): Promise<{ stream: ReplayStream; told: Told }> {
  const told = new Told()
  const events = {
    onMessage: (message: ReplayResponseOutput) => told.messages.push(message),
    onEnd: told.onEnd,
  }
  const stream = await served.transport.openReplay(init, events, options)
  return { stream, told }
}

describe.each(WAYS.filter(({ storage }) => storage === 'memory'))(
  'the stream of a replay session, $name',
  (way) => {
    beforeEach(async () => {
      served = await serveBroker(way)
      replays = new StubReplayService()
      replayingWith(served.broker, replays)
    })

    afterEach(() => served.close())

    test('is open when it is ready, and carries everything in order to its end', async () => {
      const { stream, told } = await replay()
      expect(stream.ready).toMatchObject({
        sessionId: 'stub',
        places: [],
        unreadMaxMs: LIMITS.replayUnreadMsMax,
      })
      expect(replays.asked[0]).toMatchObject({ creditBytes: 5, creditRecords: Infinity })
      const batch = batchOf({ values: ['a'] })
      replays.replay.give(
        {
          kind: 'records',
          seekEpoch: 0,
          runs: [
            {
              topic: 't',
              partition: 0,
              content: { batches: [batch] },
              offset: at(0),
              nextOffset: at(1),
              dropped: 0,
              leaderEpoch: 0,
            },
          ],
          bytes: batch.length,
          recordCount: 1,
          lateMs: 0,
        },
        { kind: 'lateness', isBehind: false, lateMs: 0 },
        undefined,
      )
      expect(await told.end).toBeUndefined()
      expect(told.messages.map(({ message }) => message)).toEqual(['records', 'lateness'])
      expect(told.messages[0]?.records?.runs[0]?.records?.batches).toEqual(batch)
    })

    test('carries commands in order, and the half-close behind them', async () => {
      const { stream } = await replay()
      stream.send({ pause: {} })
      stream.send({ seek: { seekEpoch: 1, start: true } })
      stream.send({ credit: { bytes: 2, records: 3 } })
      stream.finish()
      await until(() => replays.replay.asked.length === 4)
      expect(replays.replay.asked).toEqual(['pause', 'seek "start" 1', 'credit 2 3', 'finish'])
      stream.cancel()
    })

    test('is refused as the broker says, with what is to blame', async () => {
      replays.refusal = new VarveError('UNKNOWN_TOPIC', 'there is no topic t', {
        details: { topic: 't' },
      })
      await expect(replay()).rejects.toMatchObject({
        code: 'UNKNOWN_TOPIC',
        details: { topic: 't' },
      })
      await expect(replay({ sources: [{ topic: 't', start: {} }] })).rejects.toMatchObject({
        code: 'MISSING_FIELD',
        details: { field: 'init.sources.start.at' },
      })
      await expect(replay({ ...INIT, pace: { speed: 0 } })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        details: { field: 'init.pace.speed' },
      })
    })

    test('ends with the trouble that stops the replay', async () => {
      const { told } = await replay()
      replays.replay.end(new VarveError('CORRUPT_LOG', 'damaged', { details: { offset: 7 } }))
      expect(await told.end).toMatchObject({ code: 'CORRUPT_LOG', details: { offset: 7 } })
    })

    test('is given up when it takes too long to open, and the replay ends', async () => {
      replays.hold()
      await expect(replay(INIT, { timeoutMs: 50 })).rejects.toMatchObject({
        code: 'REQUEST_TIMEOUT',
      })
      replays.letGo()
      await until(() => replays.replay.endedWith !== undefined)
    })

    test('is given up when the caller gives up, and the replay ends', async () => {
      replays.hold()
      const giveUp = new AbortController()
      const opening = replay(INIT, { ...PATIENT, signal: giveUp.signal })
      await until(() => replays.asked.length === 1)
      giveUp.abort()
      await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' })
      replays.letGo()
      await until(() => replays.replay.endedWith !== undefined)
    })

    test('ends the replay when the client cancels it, or closes', async () => {
      const { stream } = await replay()
      stream.cancel()
      await until(() => replays.replay.endedWith !== undefined)
      replays = new StubReplayService()
      replayingWith(served.broker, replays)
      await replay()
      served.transport.close()
      await until(() => replays.replay.endedWith !== undefined)
    })
  },
)

test.each(WAYS)('records are played over the stream, $name', async (way) => {
  served = await serveBroker(way)
  await createTopic(served.broker, 't', 2)
  await produce(served.broker, 't', ['a', 'b'])
  await produce(served.broker, 't', ['c'], 1)
  for (const form of ['RECORD_FORM_BATCHES', 'RECORD_FORM_RECORDS'] as const) {
    const { stream, told } = await replay({ ...INIT, form, creditBytes: 1_000_000 })
    stream.finish()
    expect(await told.end).toBeUndefined()
    expect(stream.ready.places).toMatchObject([
      { topic: 't', partition: 0, startOffset: 0, endOffset: 2 },
      { topic: 't', partition: 1, startOffset: 0, endOffset: 1 },
    ])
    expect(told.messages.flatMap(valuesOf).sort()).toEqual(['a', 'b', 'c'])
    expect(told.messages.at(-1)?.summary).toMatchObject({ records: 3, dropped: 0 })
  }
  expect(served.broker.replays.counts).toMatchObject({ open: 0, partitions: 0, opened: 2 })
  await served.close()
})

test.each(WAYS.filter(({ storage }) => storage === 'memory'))(
  'sessions that are cancelled at any moment leave nothing, $name',
  async (way) => {
    served = await serveBroker(way)
    await createTopic(served.broker, 't', 3)
    for (let index = 0; index < 50; index++) await produce(served.broker, 't', ['a'], index % 3)
    const giveUps = Array.from({ length: 90 }, () => new AbortController())
    const openings = giveUps.map((giveUp, index) =>
      replay(
        { ...INIT, creditBytes: index * 50, follow: index % 2 === 0 },
        {
          ...PATIENT,
          signal: giveUp.signal,
        },
      ),
    )
    const ends = openings.map(async (opening, index) => {
      // A third of them before they are open, a third when they are, a third when they gave something.
      await new Promise((resolve) => setTimeout(resolve, index / 10))
      if (index % 3 === 0) giveUps[index]?.abort()
      const { stream, told } = await opening
      if (index % 3 === 2) await until(() => told.messages.length > 0)
      stream.cancel()
    })
    await Promise.allSettled(ends)
    const { counts } = served.broker.replays
    await until(() => counts.open === 0)
    expect(counts).toMatchObject({ open: 0, partitions: 0, refused: 0, slow: 0 })
    await served.close()
  },
)

function valuesOf({ records }: ReplayResponseOutput): string[] {
  return (records?.runs ?? []).flatMap((run) => {
    const { batches, records: list } = run.records ?? {}
    if (list) return list.records.map(({ value }) => String(value))
    return [...eachBatch(batches ?? Buffer.alloc(0))].flatMap((batch) =>
      [...decodeBatch(batch)].map(({ value }) => String(value)),
    )
  })
}
