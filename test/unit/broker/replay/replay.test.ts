import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../../src/broker/broker.ts'
import { RecordFilter } from '../../../../src/broker/replay/record-filter.ts'
import type { ReplayOptions } from '../../../../src/broker/replay/replay-words.ts'
import { VarveError } from '../../../../src/domain/error.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import type { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { at, batchOf, BATCH_TIME_MS as T } from '../../../support/batches.ts'
import { createTopic, openBroker } from '../../../support/open-broker.ts'
import { refusalOf } from '../../../support/refusal.ts'
import { Listener, record, replayOptions, sourceOf } from '../../../support/replaying.ts'

async function started(partitions = 1): Promise<{ broker: Broker; clock: VirtualClock }> {
  const { broker, clock } = await openBroker()
  await createTopic(broker, 'events', partitions)
  return { broker, clock }
}

async function played(broker: Broker, clock: VirtualClock, options: Partial<ReplayOptions> = {}) {
  const replay = await broker.replays.open(replayOptions(options))
  const listener = new Listener(replay, clock)
  return { replay, listener }
}

/** An hour of records with gaps of all sizes, in `partitions`, in batches of a few. @returns all times in order */
async function recordAnHour(broker: Broker, partitions: number): Promise<number[]> {
  const random = new SeededRandom('hour')
  const times: number[][] = Array.from({ length: partitions }, () => [])
  let time = T
  while (time < T + 3_600_000) {
    times[random.integer(partitions)]?.push(time)
    time += random.integer(4) === 0 ? random.integer(30_000) : random.integer(3_000)
  }
  for (const [partition, list] of times.entries()) {
    for (let from = 0; from < list.length; from += 7) {
      await record(broker, 'events', partition, list.slice(from, from + 7))
    }
  }
  return times.flat().sort((a, b) => a - b)
}

describe('the schedule', () => {
  it.each([0.5, 1, 10, 60, 100])(
    'at %f times the recorded speed is kept to the moment, over an hour',
    async (factor) => {
      const { broker, clock } = await started(5)
      const times = await recordAnHour(broker, 5)
      const beganMs = clock.monotonicMs()
      const { listener } = await played(broker, clock, { pace: { kind: 'speed', factor } })
      await clock.until(listener.ended)
      expect(listener.given.map(({ timestampMs }) => timestampMs)).toEqual(times)
      const errors = listener.given.map(
        ({ timestampMs, atMs }) => atMs - (beganMs + (timestampMs - T) / factor),
      )
      expect(Math.max(...errors.map(Math.abs))).toBeLessThan(1e-6)
      expect(listener.summary).toMatchObject({ records: times.length, dropped: 0, delayedMs: 0 })
    },
  )

  it('cuts waits that are longer than they may be, and only those', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 1_000, T + 61_000, T + 62_000])
    const { listener } = await played(broker, clock, {
      pace: { kind: 'speed', factor: 2, gapMaxMs: 2_000 },
    })
    await clock.until(listener.ended)
    expect(listener.given.map(({ atMs }) => atMs)).toEqual([0, 500, 2_500, 3_000])
  })

  it.each([
    [{ kind: 'records', perSecond: 4 } as const, [0, 250, 500, 750]],
    [{ kind: 'bytes', perSecond: 10 } as const, [0, 1_800, 3_600, 5_400]],
  ])('gives %j', async (pace, moments) => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 1, T + 2, T + 3])
    const { listener } = await played(broker, clock, { pace })
    await clock.until(listener.ended)
    expect(listener.given.map(({ atMs }) => atMs)).toEqual(moments)
  })

  it('stands still while it is paused, steps, and goes on with the gap that was left', async () => {
    const { broker, clock } = await started()
    await record(
      broker,
      'events',
      0,
      [0, 1, 2, 3, 4, 5].map((second) => T + second * 1_000),
    )
    const { replay, listener } = await played(broker, clock, { pace: { kind: 'speed', factor: 1 } })
    await clock.advance(1_400)
    replay.pause()
    await clock.advance('1h')
    expect(listener.given.length).toBe(2)
    replay.step(2)
    await clock.advance(10)
    expect(listener.given.map(({ offset }) => offset)).toEqual([0, 1, 2, 3])
    await clock.advance('1h')
    const resumedMs = clock.monotonicMs()
    replay.resume()
    await clock.until(listener.ended)
    expect(listener.given.slice(4).map(({ atMs }) => atMs - resumedMs)).toEqual([1_000, 2_000])
    expect(
      listener.events.map((event) => (event.kind === 'state' ? event.status : event.kind)),
    ).toEqual(['paused', 'paused', 'playing', 'summary'])
  })

  it('resumes in the middle of a gap with the rest of it', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 10_000])
    const { replay, listener } = await played(broker, clock, { pace: { kind: 'speed', factor: 1 } })
    await clock.advance(4_000)
    replay.pause()
    await clock.advance(50_000)
    replay.resume()
    await clock.until(listener.ended)
    expect(listener.given.map(({ atMs }) => atMs)).toEqual([0, 60_000])
  })

  it('changes its speed within a gap, without a jump', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 10_000, T + 20_000])
    const { replay, listener } = await played(broker, clock, { pace: { kind: 'speed', factor: 1 } })
    await clock.advance(5_000)
    replay.setPace({ kind: 'speed', factor: 10 })
    await clock.advance(600)
    replay.setPace({ kind: 'records', perSecond: 0.5 })
    await clock.until(listener.ended)
    expect(listener.given.map(({ atMs }) => atMs)).toEqual([0, 5_500, 7_500])
  })

  it('begins where it is told to, in recorded time', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T + 5_000, T + 6_000])
    const { listener } = await played(broker, clock, {
      pace: { kind: 'speed', factor: 5 },
      playheadMs: T,
    })
    await clock.until(listener.ended)
    expect(listener.given.map(({ atMs }) => atMs)).toEqual([1_000, 1_200])
  })
})

describe('a client that is slower than the schedule', () => {
  async function slow(latePolicy: 'delay' | 'catch-up') {
    const { broker, clock } = await started()
    await record(
      broker,
      'events',
      0,
      [0, 1, 2, 3, 4].map((second) => T + second * 1_000),
    )
    const { replay, listener } = await played(broker, clock, {
      pace: { kind: 'speed', factor: 1 },
      latePolicy,
      creditRecords: 2,
      progressIntervalMs: 1_000,
    })
    await clock.advance(7_000)
    expect(listener.given.length).toBe(2)
    const progress = listener.events.flatMap((event) =>
      event.kind === 'progress' ? [event.progress] : [],
    )
    expect(progress.at(-1)).toMatchObject({
      status: 'waiting-for-client',
      lagMs: 5_000,
      offsetsLeft: 3,
      share: 0.4,
    })
    replay.addCredit(0, 100)
    await clock.until(listener.ended)
    return listener
  }

  it('delays it: the gaps stay', async () => {
    const { given, summary } = await slow('delay')
    expect(given.map(({ atMs }) => atMs)).toEqual([0, 1_000, 7_000, 8_000, 9_000])
    expect(summary?.delayedMs).toBe(5_000)
  })

  it('is told that it fell behind, and gets at once what is overdue', async () => {
    const { given, summary, events } = await slow('catch-up')
    expect(given.map(({ atMs }) => atMs)).toEqual([0, 1_000, 7_000, 7_000, 7_000])
    expect(summary?.delayedMs).toBe(0)
    const lateness = events.filter(({ kind }) => kind === 'lateness')
    expect(lateness[0]).toMatchObject({ isBehind: true })
  })
})

describe('the order', () => {
  it('over partitions is that of the timestamps; what is out of order in a partition stays in its order', async () => {
    const { broker, clock } = await started(3)
    await record(broker, 'events', 0, [T + 10, T + 40, T + 20, T + 50])
    await record(broker, 'events', 1, [T + 10, T + 30])
    await record(broker, 'events', 2, [T + 5, T + 45])
    const { listener } = await played(broker, clock)
    await clock.until(listener.ended)
    expect(
      listener.given.map(({ place, timestampMs }) => [place.slice(-1), timestampMs - T]),
    ).toEqual([
      ['2', 5],
      ['0', 10],
      ['1', 10],
      ['1', 30],
      ['0', 40],
      ['0', 20],
      ['2', 45],
      ['0', 50],
    ])
  })

  it('of partitions alone gives every record once, in the order of its partition', async () => {
    const { broker, clock } = await started(4)
    const times = await recordAnHour(broker, 4)
    for (const mayGiveBatches of [true, false]) {
      const { listener } = await played(broker, clock, { order: 'partition', mayGiveBatches })
      await clock.until(listener.ended)
      expect(listener.given.length).toBe(times.length)
      for (const place of ['events/0', 'events/1', 'events/2', 'events/3']) {
        const offsets = listener.given
          .filter((given) => given.place === place)
          .map(({ offset }) => offset)
        expect(offsets).toEqual(offsets.map((_, index) => index))
      }
    }
  })
})

describe('what is played', () => {
  it('lies between a start and an end that stay as they were found', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 1, T + 2, T + 3])
    await record(broker, 'events', 0, [T + 4, T + 5])
    const { replay, listener } = await played(broker, clock, {
      sources: [sourceOf('events', { start: { offset: at(1) }, end: { timestampMs: T + 5 } })],
      isPaused: true,
    })
    await record(broker, 'events', 0, [T + 6])
    replay.resume()
    await clock.until(listener.ended)
    expect(replay.places).toMatchObject([{ startOffset: 1, endOffset: 5 }])
    expect(listener.given.map(({ offset }) => offset)).toEqual([1, 2, 3, 4])
  })

  it('goes on with what is appended, when it follows', async () => {
    const { broker, clock } = await started(2)
    await record(broker, 'events', 0, [T])
    const { replay, listener } = await played(broker, clock, {
      isFollowing: true,
      progressIntervalMs: 500,
    })
    await clock.advance(1_000)
    expect(listener.events.at(-1)).toMatchObject({ progress: { status: 'waiting-for-records' } })
    await record(broker, 'events', 1, [T + 1, T + 2])
    await clock.advance(10)
    expect(listener.values).toEqual([`0@${T}`, `1@${T + 1}`, `1@${T + 2}`])
    replay.end(new VarveError('CANCELLED', 'enough'))
    expect(await listener.ended).toMatchObject({ code: 'CANCELLED' })
    await record(broker, 'events', 1, [T + 3])
    expect(broker.replays.counts).toMatchObject({ open: 0, partitions: 0, opened: 1 })
  })

  it('leaves out what filters drop, and counts it', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 1, T + 2, T + 3, T + 4])
    const filter = new RecordFilter([{ on: 'time', fromMs: T + 1, beforeMs: T + 4, isNot: false }])
    const { listener } = await played(broker, clock, { filter })
    await clock.until(listener.ended)
    expect(listener.given.map(({ offset }) => offset)).toEqual([1, 2, 3])
    expect(listener.summary).toMatchObject({ records: 3, dropped: 2 })
    expect(listener.summary?.partitions).toMatchObject([{ nextOffset: 5, records: 3, dropped: 2 }])
  })

  it('ends though filters drop all of it, and all of its end', async () => {
    const { broker, clock } = await started(2)
    await record(broker, 'events', 0, [T])
    await record(broker, 'events', 1, [T + 5, T])
    const filter = new RecordFilter([{ on: 'time', fromMs: T + 1, isNot: false }])
    const { listener } = await played(broker, clock, { filter })
    await clock.until(listener.ended)
    expect(listener.given.map(({ place }) => place)).toEqual(['events/1'])
    expect(
      listener.summary?.partitions.map(({ nextOffset, dropped }) => [nextOffset, dropped]),
    ).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  it('may be sought in, with counts anew', async () => {
    const { broker, clock } = await started(2)
    for (const partition of [0, 1])
      await record(broker, 'events', partition, [T, T + 1_000, T + 2_000])
    const { replay, listener } = await played(broker, clock, { pace: { kind: 'speed', factor: 1 } })
    await clock.advance(1_500)
    replay.seek({ timestampMs: T + 500 }, 1)
    await clock.until(listener.ended)
    expect(listener.given.map(({ atMs, offset }) => [atMs, offset])).toEqual([
      [0, 0],
      [0, 0],
      [1_000, 1],
      [1_000, 1],
      [2_000, 1],
      [2_000, 1],
      [3_000, 2],
      [3_000, 2],
    ])
    expect(listener.events[0]).toMatchObject({
      kind: 'state',
      seekEpoch: 1,
      places: [{ startOffset: 1 }, { startOffset: 1 }],
    })
    expect(listener.summary?.records).toBe(8)
    expect(listener.summary?.partitions[0]).toMatchObject({ startOffset: 1, records: 2 })
    expect(() => {
      replay.seek('start', 1)
    }).toThrow('must be larger than 1')
  })

  it('has the same checksums however it was played, and others when anything differs', async () => {
    const { broker, clock } = await started(2)
    await recordAnHour(broker, 2)
    const checksums: (readonly (number | undefined)[])[] = []
    for (const options of [
      {},
      { order: 'partition' as const },
      { pace: { kind: 'speed', factor: 1_000 } as const },
      { sources: [sourceOf('events', { start: { offset: at(1) } })] },
    ]) {
      const { listener } = await played(broker, clock, options)
      await clock.until(listener.ended)
      checksums.push((listener.summary?.partitions ?? []).map(({ checksum }) => checksum))
    }
    const [first, ...others] = checksums
    expect(first?.every((checksum) => checksum !== undefined)).toBe(true)
    expect(
      others.map((other) => other.map((checksum, index) => checksum === first?.[index])),
    ).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ])
  })
})

describe('trouble', () => {
  it.each(['stop', 'skip'] as const)('of retention that is faster: %s', async (troublePolicy) => {
    const { broker, clock } = await started()
    for (let second = 0; second < 10; second++)
      await record(broker, 'events', 0, [T + second * 1_000], 20_000)
    const pace = { kind: 'speed', factor: 1 } as const
    const { listener } = await played(broker, clock, { pace, troublePolicy })
    await clock.advance(1_500)
    await broker.topics.deleteRecords({ topic: 'events', partition: 0, beforeOffset: at(6) })
    const outcome = await clock.until(listener.ended)
    const offsets = listener.given.map(({ offset }) => offset)
    if (troublePolicy === 'stop') {
      expect(outcome).toMatchObject({
        code: 'OFFSET_OUT_OF_RANGE',
        details: { topic: 'events', partition: 0, offset: offsets.length },
      })
      return
    }
    expect(offsets.slice(-4)).toEqual([6, 7, 8, 9])
    const skipped = 10 - offsets.length
    expect(skipped).toBeGreaterThan(0)
    expect(listener.events[0]).toMatchObject({
      kind: 'trouble',
      offset: 6 - skipped,
      nextOffset: 6,
    })
    expect(listener.summary?.partitions[0]).toMatchObject({ records: 10 - skipped, skipped })
  })

  it.each(['stop', 'skip'] as const)('of a topic that is deleted: %s', async (troublePolicy) => {
    const { broker, clock } = await started()
    await createTopic(broker, 'other')
    for (let second = 0; second < 5; second++) {
      await record(broker, 'events', 0, [T + second * 1_000], 20_000)
      await record(broker, 'other', 0, [T + second * 1_000], 20_000)
    }
    const sources = [sourceOf('events'), sourceOf('other')]
    const pace = { kind: 'speed', factor: 1 } as const
    const { listener } = await played(broker, clock, { sources, pace, troublePolicy })
    await clock.advance(1_500)
    await broker.topics.deleteTopic('other')
    const outcome = await clock.until(listener.ended)
    if (troublePolicy === 'stop') {
      expect(outcome).toMatchObject({ code: 'UNKNOWN_TOPIC', details: { topic: 'other' } })
      return
    }
    expect(listener.given.filter(({ place }) => place === 'events/0').length).toBe(5)
    expect(listener.events[0]).toMatchObject({
      kind: 'trouble',
      topic: 'other',
      nextOffset: undefined,
    })
  })

  it('of a broker that stops ends it with an error that passes', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 10_000])
    const { listener } = await played(broker, clock, { pace: { kind: 'speed', factor: 1 } })
    await clock.advance(1_000)
    await broker.close()
    expect(await listener.ended).toMatchObject({ code: 'NOT_READY' })
  })
})

describe('a replay is refused', () => {
  it.each([
    ['UNKNOWN_TOPIC', { sources: [sourceOf('nothing')] }],
    ['UNKNOWN_PARTITION', { sources: [sourceOf('events', { partition: 7 })] }],
    ['INVALID_ARGUMENT', { sources: [sourceOf('events'), sourceOf('events', { partition: 0 })] }],
    ['OFFSET_OUT_OF_RANGE', { sources: [sourceOf('events', { start: { offset: at(5) } })] }],
    ['GROUP_NOT_FOUND', { sources: [sourceOf('events', { start: { group: 'nobody' } })] }],
  ])('with %s', async (code, options) => {
    const { broker } = await started()
    expect((await refusalOf(broker.replays.open(replayOptions(options)))).code).toBe(code)
    expect(broker.replays.counts.open).toBe(0)
  })

  it('when there are as many as there may be', async () => {
    const { broker } = await openBroker({ limits: { replaysPerConnectionMax: 1, replaysMax: 2 } })
    await createTopic(broker, 'events')
    const open = (peer: string) => broker.replays.open(replayOptions({ peer }))
    const first = await open('a')
    expect((await refusalOf(open('a'))).message).toContain('1 replays are open on this connection')
    await open('b')
    expect((await refusalOf(open('c'))).code).toBe('TOO_MANY_REPLAYS')
    first.end(new VarveError('CANCELLED', 'done'))
    await open('c')
  })
})

it('gives no more than one record beyond the credit', async () => {
  const { broker, clock } = await started()
  await broker.producer.append({
    topic: 'events',
    partition: 0,
    batch: batchOf({
      values: Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(1_000, '.')),
    }),
  })
  const { replay, listener } = await played(broker, clock, { creditBytes: 2_500 })
  await clock.advance(10)
  expect(listener.given.length).toBe(3)
  replay.addCredit(600, 0)
  await clock.advance(10)
  expect(listener.given.length).toBe(4)
  replay.addCredit(1e6, 0)
  await clock.until(listener.ended)
  expect(listener.given.length).toBe(50)
})

describe('what a review found', () => {
  it('a filter that drops everything leaves room for progress, commands and the end', async () => {
    const { broker, clock } = await started()
    for (let batch = 0; batch < 40; batch++) {
      await record(broker, 'events', 0, [T + batch, T + batch], 20_000)
    }
    const filter = new RecordFilter([{ on: 'time', fromMs: T + 1e9, isNot: false }])
    const { replay, listener } = await played(broker, clock, { filter, isFollowing: true })
    replay.seek('start', 1)
    await clock.advance(100)
    expect(listener.events[0]).toMatchObject({ kind: 'state', seekEpoch: 1 })
    replay.end(new VarveError('CANCELLED', 'enough'))
    expect(await listener.ended).toMatchObject({ code: 'CANCELLED' })
  })

  it('waiting for records is no delay by the client, and an older one does not stop the schedule', async () => {
    const { broker, clock } = await started(2)
    await record(broker, 'events', 0, [T, T + 1_000])
    const { replay, listener } = await played(broker, clock, {
      pace: { kind: 'speed', factor: 1 },
      isFollowing: true,
      progressIntervalMs: 60_000,
    })
    await clock.advance(5_000)
    await record(broker, 'events', 1, [T - 3_000_000])
    await clock.advance(10)
    await record(broker, 'events', 0, [T + 5_400])
    await clock.advance(60_000)
    expect(listener.values.length).toBe(4)
    const last = listener.events.findLast(({ kind }) => kind === 'progress')
    expect(last).toMatchObject({ progress: { delayedMs: 0, lagMs: 0 } })
    replay.end(new VarveError('CANCELLED', 'enough'))
  })

  it('commands that come while nobody waits are answered at once', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 100_000])
    const { replay, listener } = await played(broker, clock, { pace: { kind: 'speed', factor: 1 } })
    await clock.advance(10)
    replay.seek('start', 1)
    replay.seek({ timestampMs: T }, 2)
    replay.pause()
    await clock.advance(10)
    expect(
      listener.events.flatMap((event) => (event.kind === 'state' ? [event.seekEpoch] : [])),
    ).toEqual([2, 2])
    expect(
      listener.events.some((event) => event.kind === 'state' && event.status === 'paused'),
    ).toBe(true)
  })

  it('a message stays small however short its runs are', async () => {
    const { broker } = await started(2)
    for (let batch = 0; batch < 30; batch++) {
      for (const partition of [0, 1]) {
        const times = Array.from(
          { length: 100 },
          (_, index) => T + batch * 1_000 + index * 2 + partition,
        )
        await record(broker, 'events', partition, times)
      }
    }
    const replay = await broker.replays.open(replayOptions({ messageBytes: 16_384 }))
    for (;;) {
      const event = await replay.next()
      if (event?.kind !== 'records') break
      expect(event.runs.length).toBeLessThan(200)
    }
    replay.end(new VarveError('CANCELLED', 'done'))
  })

  it('a pause in stored batches goes on with stored batches, and the playhead moves with them', async () => {
    const { broker, clock } = await started()
    for (let batch = 0; batch < 20; batch++) {
      await record(broker, 'events', 0, [T + batch * 1_000, T + batch * 1_000 + 1], 9_000)
    }
    const options = { mayGiveBatches: true, order: 'partition' as const, messageBytes: 20_000 }
    const replay = await broker.replays.open(replayOptions({ ...options, creditBytes: 40_000 }))
    const forms: string[] = []
    const listener = new Listener(replay, clock, (event) => {
      if (event.kind !== 'records') return
      forms.push('batches' in (event.runs[0]?.content ?? {}) ? 'batches' : 'records')
    })
    await clock.advance(10)
    replay.pause()
    await clock.advance(10)
    replay.addCredit(1e9, 0)
    replay.resume()
    await clock.until(listener.ended)
    expect(listener.given.length).toBe(40)
    expect(forms.at(-1)).toBe('batches')
    expect(new Set(listener.given.map(({ offset }) => offset)).size).toBe(40)
  })

  it('half-closed and paused it ends, without a summary', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T])
    const { replay, listener } = await played(broker, clock, { isPaused: true })
    await clock.advance(10)
    replay.finish()
    await clock.until(listener.ended)
    expect(listener.summary).toBeUndefined()
  })

  it('who falls behind with catch-up hears of it at once', async () => {
    const { broker, clock } = await started()
    await record(broker, 'events', 0, [T, T + 1_000, T + 2_000])
    const { replay, listener } = await played(broker, clock, {
      pace: { kind: 'speed', factor: 1 },
      latePolicy: 'catch-up',
      creditRecords: 1,
    })
    await clock.advance(1_250)
    expect(listener.events).toMatchObject([{ kind: 'lateness', isBehind: true }])
    replay.setPace({ kind: 'max' })
    await clock.advance(1)
    expect(listener.events.at(-2)).toMatchObject({ kind: 'lateness', isBehind: false })
  })

  it('answers that nobody reads are bounded', async () => {
    const { broker } = await started()
    const replay = await broker.replays.open(replayOptions())
    expect(() => {
      for (let command = 0; command < 1_000; command++) replay.pause()
    }).toThrow('answers to commands wait to be read')
  })
})
