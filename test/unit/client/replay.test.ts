// Replays: what the loop is handed, whatever becomes of the streams below it.
import { expect, test } from 'vitest'
import {
  type ClientWarning,
  connect,
  isVarveError,
  type Replay,
  type ReplayedRecord,
  type ReplayOptions,
  type ReplayPositions,
  VarveError,
} from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { crc32c } from '../../../src/record/crc32c.ts'
import { SimulatedReplays } from './simulated-replay.ts'
import { after, codeOf } from './virtual-outcome.ts'

interface Setting {
  readonly clock: VirtualClock
  readonly broker: SimulatedReplays
}

/** A topic `t` with 30 records in each of two partitions, ten to a batch, one a second, by turns. */
function setUp(): Setting {
  const clock = new VirtualClock()
  const broker = new SimulatedReplays(clock)
  for (const partition of [0, 1]) {
    for (let start = 0; start < 30; start += 10) fill(broker, partition, start, 10)
  }
  return { clock, broker }
}

function fill(broker: SimulatedReplays, partition: number, from: number, count: number): void {
  const records = Array.from({ length: count }, (_, index) => ({
    key: Buffer.from(`k${from + index}`),
    value: Buffer.from(`${partition}-${from + index}`),
    headers: [{ key: 'h', value: null }],
    timestampMs: 2_000 * (from + index) + 1_000 * partition,
  }))
  broker.store('t', partition, records)
}

interface Playing {
  readonly replay: Replay
  readonly warnings: ClientWarning[]
  readonly records: ReplayedRecord[]
  /** Of record names, as in `0-12`. */
  names(): string[]
  /** Of one partition. */
  offsets(partition: number): number[]
}

function replayOf({ clock, broker }: Setting, options: Partial<ReplayOptions> = {}): Playing {
  const client = connect({ transport: broker.transport, clock, random: new SeededRandom(1) })
  const what = options.sources ?? options.resume ?? options.topics
  const replay = client.replay({ ...(what === undefined ? { topics: 't' } : {}), ...options })
  const warnings: ClientWarning[] = []
  replay.on('warning', (warning) => warnings.push(warning))
  const records: ReplayedRecord[] = []
  return {
    replay,
    warnings,
    records,
    names: () => records.map(({ value }) => String(value)),
    offsets: (partition) =>
      records.filter((record) => record.partition === partition).map(({ offset }) => offset),
  }
}

async function play({ replay, records }: Playing): Promise<void> {
  for await (const record of replay) records.push(record)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** As the protocol says it, with no code of ours but the CRC. Short fields only: a length is one byte. */
function checksumOf(records: readonly ReplayedRecord[]): string {
  const sized = (bytes: Buffer | null): Buffer =>
    bytes === null ? Buffer.from([1]) : Buffer.concat([Buffer.from([2 * bytes.length]), bytes])
  const parts = records.map(({ timestampMs, key, value, headers }) => {
    const time = Buffer.alloc(8)
    time.writeBigInt64BE(BigInt(timestampMs))
    const pairs = headers.flatMap((header) => [sized(Buffer.from(header.key)), sized(header.value)])
    return Buffer.concat([
      time,
      sized(key),
      sized(value),
      Buffer.from([2 * headers.length]),
      ...pairs,
    ])
  })
  return crc32c(Buffer.concat(parts)).toString(16).padStart(8, '0')
}

test('every record of every partition is played once, with the session that plays it, and summed up', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { sessionId: 'again' })
  const { replay, records } = playing
  await after(setting.clock, 100, play(playing))
  expect(playing.offsets(0)).toEqual(range(0, 30))
  expect(playing.offsets(1)).toEqual(range(0, 30))
  expect(new Set(records.map(({ replaySessionId }) => replaySessionId))).toEqual(new Set(['again']))
  expect(records[3]).toMatchObject({
    topic: 't',
    partition: 0,
    offset: 3,
    timestampMs: 6_000,
    key: Buffer.from('k3'),
    headers: [{ key: 'h', value: null }],
  })
  const summary = await replay.summary()
  expect(summary).toMatchObject({ sessionId: 'again', records: 60, dropped: 0 })
  for (const partition of [0, 1]) {
    expect(summary.partitions[partition]).toMatchObject({
      topic: 't',
      partition,
      startOffset: 0,
      nextOffset: 30,
      records: 30,
      skipped: 0,
      checksum: checksumOf(records.filter((record) => record.partition === partition)),
    })
  }
  expect(replay.progress()).toMatchObject({ status: 'finished', share: 1, offsetsLeft: 0 })
  expect(playing.warnings).toEqual([])
  await replay.close()
  expect(setting.clock.openTimers).toBeLessThanOrEqual(1)
})

test('of stored batches only what was asked for is handed out, and counted', async () => {
  const setting = setUp()
  const playing = replayOf(setting, {
    sources: [{ topic: 't', partition: 1, from: 7, to: 23 }],
  })
  await after(setting.clock, 100, play(playing))
  expect(playing.offsets(1)).toEqual(range(7, 23))
  expect(setting.broker.inits[0]?.sources).toEqual([
    { topic: 't', partition: 1, start: { offset: 7 }, end: { offset: 23 } },
  ])
  const { partitions } = await playing.replay.summary()
  const checksum = checksumOf(playing.records)
  expect(partitions).toMatchObject([{ startOffset: 7, nextOffset: 23, records: 16, checksum }])
})

test('merged, records come by time, and the checksums of both sides agree', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { order: 'merged' })
  await after(setting.clock, 100, play(playing))
  const times = playing.records.map(({ timestampMs }) => timestampMs)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times).toHaveLength(60)
  const { partitions } = await playing.replay.summary()
  expect(partitions[1]?.checksum).toBe(
    checksumOf(playing.records.filter(({ partition }) => partition === 1)),
  )
})

test('records that came otherwise than the broker gave them end the replay with an error', async () => {
  const setting = setUp()
  setting.broker.change = (record) =>
    record.offset === 12 ? { ...record, value: Buffer.from('other') } : record
  const playing = replayOf(setting, { order: 'merged' })
  const summary = codeOf(playing.replay.summary())
  expect(await codeOf(after(setting.clock, 100, play(playing)))).toBe('CORRUPT_LOG')
  expect(await summary).toBe('CORRUPT_LOG')
  expect(playing.records).toHaveLength(60)
})

test('a header name that came as U+FFFD makes no difference of checksums', async () => {
  const setting = setUp()
  setting.broker.change = (record) => ({ ...record, headers: [{ key: '\ufffd', value: null }] })
  const playing = replayOf(setting, { order: 'merged' })
  await after(setting.clock, 100, play(playing))
  expect(playing.records).toHaveLength(60)
})

test('what filters left out is counted, also behind the last record', async () => {
  const setting = setUp()
  setting.broker.passes = ({ offset }) => offset % 10 === 4
  const playing = replayOf(setting, {
    filters: [{ key: { suffix: '4' } }, { header: 'h', present: false, not: true }],
  })
  await after(setting.clock, 100, play(playing))
  expect(playing.offsets(0)).toEqual([4, 14, 24])
  expect(setting.broker.inits[0]?.filters).toEqual([
    { key: { suffix: Buffer.from('4') }, not: false },
    { header: { name: 'h', value: { present: false } }, not: true },
  ])
  const summary = await playing.replay.summary()
  expect(summary).toMatchObject({ records: 6, dropped: 54 })
  expect(summary.partitions[0]).toMatchObject({ records: 3, dropped: 27, nextOffset: 30 })
})

test('credit comes back when the loop has finished with the records, and bounds what is held', async () => {
  const setting = setUp()
  const batchBytes = setting.broker.stored('t', 0)[0]?.batch.length ?? 0
  const prefetchBytes = 2 * batchBytes
  const playing = replayOf(setting, { prefetchBytes })
  const { replay, records } = playing
  const loop = replay[Symbol.asyncIterator]()
  for (let index = 0; index < 60; index++) {
    const { value } = await after(setting.clock, 10, loop.next())
    if (value === undefined) throw new Error('it ended early')
    records.push(value)
    await setting.clock.advance(50)
    const { creditBytes } = setting.broker.sessions[0] ?? { creditBytes: 0 }
    // Of a batch whose last record is in hand nothing is given back.
    const held = Math.ceil((60 - index) / 10) * batchBytes
    expect(creditBytes).toBeLessThanOrEqual(prefetchBytes)
    expect(creditBytes + Math.min(held, batchBytes)).toBeLessThanOrEqual(prefetchBytes)
  }
  expect(playing.offsets(0)).toEqual(range(0, 30))
  expect(setting.broker.sessions[0]?.creditMost).toBeLessThanOrEqual(prefetchBytes)
  expect((await after(setting.clock, 10, loop.next())).done).toBe(true)
})

test('a message that is larger than the budget comes, one at a time', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { prefetchBytes: 1 })
  await after(setting.clock, 1_000, play(playing))
  expect(playing.offsets(0)).toEqual(range(0, 30))
  expect(setting.broker.sessions[0]?.creditMost).toBe(1)
})

test.each([{ order: 'partition' }, { order: 'merged' }] as const)(
  'a stream that breaks anywhere is gone on with: no record twice, none lost ($order)',
  async ({ order }) => {
    for (let breakAt = 0; breakAt <= 60; breakAt += 7) {
      const setting = setUp()
      const playing = replayOf(setting, { order, sessionId: 's' })
      const loop = (async () => {
        for await (const record of playing.replay) {
          playing.records.push(record)
          if (playing.records.length === breakAt || playing.records.length === breakAt + 5) {
            setting.broker.break()
          }
        }
      })()
      if (breakAt === 0) {
        await setting.clock.advance(2)
        setting.broker.break(new VarveError('NOT_READY', 'starting'))
      }
      await after(setting.clock, 60_000, loop)
      expect(playing.offsets(0)).toEqual(range(0, 30))
      expect(playing.offsets(1)).toEqual(range(0, 30))
      const { partitions } = await playing.replay.summary()
      expect(partitions[0]?.checksum).toBe(
        checksumOf(playing.records.filter(({ partition }) => partition === 0)),
      )
      if (setting.broker.inits.length === 1) continue
      expect(playing.warnings[0]).toMatchObject({ kind: 'retrying' })
      const again = setting.broker.inits[1]
      expect(again?.sessionId).toBe('s')
      expect(again?.sources?.every(({ end }) => end?.offset === 30)).toBe(true)
    }
  },
)

test('over a break filters count what they leave out once', async () => {
  for (let breakAt = 1; breakAt < 6; breakAt++) {
    const setting = setUp()
    setting.broker.passes = ({ offset }) => offset % 10 === 4
    const playing = replayOf(setting, { filters: [{ key: { suffix: '4' } }] })
    const loop = (async () => {
      for await (const record of playing.replay) {
        playing.records.push(record)
        if (playing.records.length === breakAt) setting.broker.break()
      }
    })()
    await after(setting.clock, 60_000, loop)
    expect(await playing.replay.summary()).toMatchObject({ records: 6, dropped: 54 })
  }
})

test('a stream that goes on keeps the pace, the pause and the playhead that hold', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { speed: 2, paused: true })
  const { replay } = playing
  const loop = play(playing)
  await setting.clock.advance(50)
  expect(playing.records).toEqual([])
  replay.step(5)
  await setting.clock.advance(50)
  expect(playing.names()).toEqual(['0-0', '1-0', '0-1', '1-1', '0-2'])
  replay.setPace({ rate: { recordsPerSecond: 100 } })
  setting.broker.break()
  await setting.clock.advance(10_000)
  expect(playing.records).toHaveLength(5)
  expect(setting.broker.inits[1]).toMatchObject({
    pace: { recordsPerSecond: 100 },
    paused: true,
    playheadMs: 4_000,
  })
  replay.resume()
  await after(setting.clock, 100, loop)
  expect(playing.records).toHaveLength(60)
})

test('steps that were not done when the stream broke are done on the next one', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { order: 'merged', paused: true })
  const { replay } = playing
  const loop = play(playing)
  await setting.clock.advance(50)
  replay.step(4)
  setting.broker.break()
  await setting.clock.advance(10_000)
  expect(playing.records).toHaveLength(4)
  replay.step()
  await setting.clock.advance(10)
  expect(playing.records).toHaveLength(5)
  await replay.close()
  await loop
})

test('a pause holds at once, whatever came ahead, and steps count from there', async () => {
  const setting = setUp()
  const playing = replayOf(setting)
  const { replay, records } = playing
  const loop = (async () => {
    for await (const record of replay) {
      records.push(record)
      if (records.length === 3) replay.pause()
    }
  })()
  await setting.clock.advance(100)
  expect(records).toHaveLength(3)
  expect(replay.progress()).toMatchObject({ status: 'paused', records: 3, offsetsLeft: 57 })
  replay.step(10)
  await setting.clock.advance(100)
  expect(records).toHaveLength(13)
  expect(replay.positions().places).toMatchObject([{ offset: 13 }, { offset: 0 }])
  replay.resume()
  await after(setting.clock, 100, loop)
  expect(playing.offsets(0)).toEqual(range(0, 30))
})

test('commands before the stream is open wait for it', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { order: 'merged' })
  const { replay } = playing
  const loop = play(playing)
  replay.setPace({ speed: 4, gapMaxMs: 100 })
  replay.seek({ timestampMs: 20_000 })
  replay.step(2)
  await setting.clock.advance(50)
  expect(setting.broker.session.commands).toEqual([
    { pace: { speed: 4, gapMaxMs: 100 } },
    { pause: {} },
    { seek: { seekEpoch: 1, timestampMs: 20_000 } },
    { step: { records: 2 } },
  ])
  expect(playing.names()).toEqual(['0-10', '1-10'])
  await replay.close()
  await loop
})

test('a seek drops what came for the old place, and counts anew', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { order: 'merged' })
  const { replay, records } = playing
  const loop = (async () => {
    for await (const record of replay) {
      records.push(record)
      if (records.length === 5) replay.seek({ timestampMs: 41_000 })
      if (records.length === 10) replay.seek('start')
    }
  })()
  await after(setting.clock, 1_000, loop)
  expect(playing.names().slice(0, 12)).toEqual([
    '0-0',
    '1-0',
    '0-1',
    '1-1',
    '0-2',
    '1-20',
    '0-21',
    '1-21',
    '0-22',
    '1-22',
    '0-0',
    '1-0',
  ])
  expect(records).toHaveLength(70)
  expect(setting.broker.inits).toHaveLength(1)
  const summary = await replay.summary()
  expect(summary.records).toBe(70)
  expect(summary.partitions[0]).toMatchObject({ startOffset: 0, records: 30 })
  expect(summary.partitions[0]?.checksum).toBe(
    checksumOf(records.slice(10).filter(({ partition }) => partition === 0)),
  )
})

test('a seek before its answer is done again when the stream breaks, and the token knows of it', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { order: 'merged', paused: true })
  const { replay } = playing
  const loop = play(playing)
  await setting.clock.advance(50)
  replay.step(3)
  await setting.clock.advance(50)
  replay.seek({ timestampMs: 50_000 })
  setting.broker.break()
  expect(replay.positions()).toMatchObject({
    seekToMs: 50_000,
    places: [
      { startOffset: 0, endOffset: 30 },
      { startOffset: 0, endOffset: 30 },
    ],
  })
  replay.resume()
  await after(setting.clock, 10_000, loop)
  expect(playing.offsets(0)).toEqual([0, 1, ...range(25, 30)])
  expect(playing.offsets(1)).toEqual([0, ...range(25, 30)])
})

test('after a break a seek goes back to where the replay began, not where the stream did', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { sources: [{ topic: 't', partition: 0, from: 2 }] })
  const { replay, records } = playing
  const loop = (async () => {
    for await (const record of replay) {
      records.push(record)
      if (records.length === 15) setting.broker.break()
      if (records.length === 20) replay.seek('start')
      if (records.length === 30) replay.seek({ timestampMs: 0 })
    }
  })()
  await after(setting.clock, 10_000, loop)
  expect(playing.offsets(0)).toEqual([...range(2, 22), ...range(2, 12), ...range(2, 30)])
})

test('a program goes on after its own restart from the positions that it stored', async () => {
  const setting = setUp()
  const first = replayOf(setting, { order: 'merged', sessionId: 'long' })
  let stored = ''
  for await (const record of withTime(setting, first.replay)) {
    first.records.push(record)
    stored = JSON.stringify(first.replay.positions())
    if (first.records.length === 25) break
  }
  await first.replay.close()
  fill(setting.broker, 0, 30, 5)
  const resume = JSON.parse(stored) as ReplayPositions
  expect(resume.playheadMs).toBe(24_000)
  const second = replayOf(setting, { order: 'merged', resume })
  await after(setting.clock, 1_000, play(second))
  expect([...first.offsets(0), ...second.offsets(0)]).toEqual(range(0, 30))
  expect([...first.offsets(1), ...second.offsets(1)]).toEqual(range(0, 30))
  expect(setting.broker.inits.at(-1)).toMatchObject({ sessionId: 'long', playheadMs: 24_000 })
})

/** Drives the clock while somebody waits. */
async function* withTime(
  { clock }: Setting,
  replay: Replay,
): AsyncGenerator<ReplayedRecord, void, undefined> {
  const loop = replay[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { value } = await after(clock, 100, loop.next())
      if (value === undefined) return
      yield value
    }
  } finally {
    await loop.return()
  }
}

test('a loop that was left goes on where it stopped', async () => {
  const setting = setUp()
  const playing = replayOf(setting)
  for (const count of [4, 17, 100]) {
    for await (const record of withTime(setting, playing.replay)) {
      playing.records.push(record)
      if (playing.records.length >= count) break
    }
    await setting.clock.advance(10)
    expect(setting.broker.sessions.every(({ isOpen }) => !isOpen)).toBe(true)
  }
  expect(playing.offsets(0)).toEqual(range(0, 30))
  expect(playing.offsets(1)).toEqual(range(0, 30))
})

test('trouble that stops reaches the loop behind the records before it, and the token is there', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { paused: true, order: 'merged' })
  const { replay } = playing
  const loop = codeOf(play(playing))
  await setting.clock.advance(50)
  replay.step(9)
  await setting.clock.advance(1)
  const details = { topic: 't', partition: 1, offset: 5 }
  await setting.clock.advance(2)
  setting.broker.break(new VarveError('CORRUPT_LOG', 'damaged', { details }))
  expect(await loop).toBe('CORRUPT_LOG')
  expect(playing.records).toHaveLength(9)
  expect(replay.positions().places).toMatchObject([{ offset: 5 }, { offset: 4 }])
})

test('trouble that is passed over is told where it lies in the order', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { order: 'merged', paused: true, trouble: 'skip' })
  const { replay } = playing
  const troubles: unknown[] = []
  replay.on('trouble', (trouble) => troubles.push(trouble))
  const loop = play(playing)
  await setting.clock.advance(50)
  const error = { code: 15, message: 'damaged', details: [] }
  const where = { topic: 't', partition: 0 }
  setting.broker.session.tell({ trouble: { ...where, offset: 0, nextOffset: 10, error } })
  await setting.clock.advance(1)
  expect(troubles).toMatchObject([{ ...where, offset: 0, nextOffset: 10 }])
  expect(replay.positions().places).toMatchObject([{ offset: 10 }, { offset: 0 }])
  setting.broker.break()
  replay.resume()
  await after(setting.clock, 10_000, loop)
  expect(playing.offsets(0)).toEqual(range(10, 30))
  const { partitions } = await replay.summary()
  expect(partitions[0]).toMatchObject({ records: 20, skipped: 10 })
})

test('a batch that arrives damaged is asked for again; damage that stays stops the replay', async () => {
  const setting = setUp()
  let spoiled = 0
  setting.broker.spoil = (bytes) => {
    if (++spoiled === 2) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    return bytes
  }
  const playing = replayOf(setting)
  await after(setting.clock, 1_000, play(playing))
  expect(playing.offsets(0)).toEqual(range(0, 30))
  expect(playing.warnings.map(({ kind }) => kind)).toEqual(['damage-refetched'])

  setting.broker.spoil = (bytes) => {
    if (bytes.readBigInt64BE(0) === 10n) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    return bytes
  }
  const stopped = replayOf(setting)
  const error: unknown = await after(setting.clock, 1_000, play(stopped)).catch(
    (thrown: unknown) => thrown,
  )
  if (!isVarveError(error, 'CORRUPT_LOG')) throw error
  expect(error.details).toMatchObject({ topic: 't', partition: 0, offset: 10 })
  expect(stopped.offsets(0)).toEqual(range(0, 10))

  const skipping = replayOf(setting, { trouble: 'skip' })
  await after(setting.clock, 1_000, play(skipping))
  expect(skipping.offsets(0)).toEqual([...range(0, 10), ...range(20, 30)])
  const { partitions } = await skipping.replay.summary()
  expect(partitions).toMatchObject([{ records: 20, skipped: 10 }, { skipped: 10 }])
})

test('a broker that stays away ends the loop after the time that it may, and the next loop goes on', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { paused: true, order: 'merged', outageMaxMs: 5_000 })
  const { replay } = playing
  const loop = codeOf(play(playing))
  await setting.clock.advance(50)
  replay.step(3)
  await setting.clock.advance(50)
  setting.broker.refusalOf = () => new VarveError('BROKER_UNAVAILABLE', 'away')
  setting.broker.break()
  await setting.clock.advance(20_000)
  expect(await loop).toBe('BROKER_UNAVAILABLE')
  setting.broker.refusalOf = () => undefined
  replay.resume()
  await after(setting.clock, 20_000, play(playing))
  expect(playing.offsets(0)).toEqual(range(0, 30))
})

test('a stream that falls silent is replaced, one that waits is not', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { paused: true })
  const loop = play(playing)
  await setting.clock.advance('10m')
  expect(setting.broker.inits).toHaveLength(1)
  setting.broker.isMute = true
  await setting.clock.advance(30_000)
  expect(setting.broker.inits.length).toBeGreaterThan(1)
  setting.broker.isMute = false
  playing.replay.resume()
  await after(setting.clock, 60_000, loop)
  expect(playing.offsets(0)).toEqual(range(0, 30))
})

test('a pace by recorded time on a session without an order opens another one', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { paused: true })
  const loop = play(playing)
  await setting.clock.advance(50)
  playing.replay.setPace({ speed: 10 })
  playing.replay.resume()
  await after(setting.clock, 1_000, loop)
  expect(setting.broker.inits.map(({ pace }) => pace)).toEqual([{}, { speed: 10 }])
  expect(playing.names().slice(0, 4)).toEqual(['0-0', '1-0', '0-1', '1-1'])
  expect(playing.records).toHaveLength(60)
})

test('what follows hands out what is appended, until it is closed', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { follow: true })
  const loop = play(playing)
  await setting.clock.advance(100)
  expect(playing.records).toHaveLength(60)
  fill(setting.broker, 0, 30, 5)
  setting.broker.break()
  await setting.clock.advance(10_000)
  expect(playing.offsets(0)).toEqual(range(0, 35))
  expect(setting.broker.inits[1]).toMatchObject({ follow: true })
  expect(setting.broker.inits[1]?.sources?.some(({ end }) => end !== undefined)).toBe(false)
  expect(playing.replay.progress().share).toBeUndefined()
  const summary = codeOf(playing.replay.summary())
  await playing.replay.close()
  await loop
  expect(await summary).toBe('CLOSED')
})

test('batches come with all records of a partition that came together', async () => {
  const setting = setUp()
  const { replay } = replayOf(setting)
  const sizes: [number, number, number][] = []
  const loop = (async () => {
    for await (const { partition, records, nextOffset } of replay.batches()) {
      sizes.push([partition, records.length, nextOffset])
    }
  })()
  await after(setting.clock, 100, loop)
  expect(sizes).toEqual(
    [0, 1].flatMap((partition) => [10, 20, 30].map((end) => [partition, 10, end])),
  )
})

test('progress, lateness and delays are told, over all streams', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { paused: true, progressIntervalMs: 500 })
  const { replay } = playing
  const told: string[] = []
  replay.on('progress', ({ status, delayedMs }) => told.push(`${status} ${delayedMs}`))
  replay.on('late', ({ isBehind, lateMs }) => told.push(`${isBehind} ${lateMs}`))
  const loop = play(playing)
  await setting.clock.advance(50)
  setting.broker.session.tell({ lateness: { behind: true, lateMs: 9 } })
  setting.broker.session.tellProgress(40)
  setting.broker.break()
  await setting.clock.advance(1_200)
  setting.broker.session.tellProgress(2)
  await setting.clock.advance(1)
  expect(told[0]).toBe('true 9')
  expect(told[1]).toBe('paused 40')
  expect(told.at(-1)).toBe('paused 42')
  expect(replay.progress()).toMatchObject({ lagMs: 2, remainingMs: 5, playheadMs: 7, share: 0 })
  await replay.close()
  await loop
})

test('a signal that aborts ends the loop with CANCELLED', async () => {
  const setting = setUp()
  const abort = new AbortController()
  const playing = replayOf(setting, { paused: true, signal: abort.signal })
  const loop = codeOf(play(playing))
  await setting.clock.advance(50)
  abort.abort()
  expect(await loop).toBe('CANCELLED')
  expect(setting.broker.sessions.every(({ isOpen }) => !isOpen)).toBe(true)
  expect(await codeOf(playing.replay.ready())).toBe('CANCELLED')
})

test('ready fixes the ends before anything is read, and says what cannot be replayed', async () => {
  const setting = setUp()
  const playing = replayOf(setting)
  expect(() => playing.replay.positions()).toThrow('await replay.ready()')
  await after(setting.clock, 10, playing.replay.ready())
  expect(playing.replay.positions()).toEqual({
    sessionId: 'made',
    places: [0, 1].map((partition) => ({
      topic: 't',
      partition,
      startOffset: 0,
      offset: 0,
      endOffset: 30,
    })),
  })
  fill(setting.broker, 0, 30, 5)
  await after(setting.clock, 100, play(playing))
  expect(playing.offsets(0)).toEqual(range(0, 30))

  setting.broker.refusalOf = () => new VarveError('UNKNOWN_TOPIC', 'no such topic')
  const refused = replayOf(setting)
  expect(await codeOf(after(setting.clock, 10, refused.replay.ready()))).toBe('UNKNOWN_TOPIC')
  expect(await codeOf(after(setting.clock, 10, play(refused)))).toBe('UNKNOWN_TOPIC')
})

test('one loop at a time, and none after close', async () => {
  const setting = setUp()
  const playing = replayOf(setting, { paused: true })
  const loop = play(playing)
  expect(await codeOf(play(playing))).toBe('INVALID_ARGUMENT')
  await playing.replay.close()
  await playing.replay.close()
  await loop
  expect(await codeOf(play(playing))).toBe('CLOSED')
  expect(() => {
    playing.replay.resume()
  }).toThrow('closed')
  await setting.clock.advance(10)
  expect(setting.broker.sessions.every(({ isOpen }) => !isOpen)).toBe(true)
})
