// The file engine against the memory engine: the same random calls on both must have the same effect, whatever comes in
// between: restarts, kills of the process, power cuts, also in the middle of appends. What a stopped machine was about
// to store may be there or not, in order; the memory engine then follows what is found.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVarveError } from '../../src/domain/error.ts'
import type { Limits } from '../../src/domain/limits.ts'
import type { TopicSettingTexts } from '../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { CODEC_NAMES, type CodecName, loadCodec } from '../../src/record/codec.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { PartitionLog, ReadResult, StorageEngine } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { at, batchOf, identityOf, readBatches, settingsOf } from '../support/batches.ts'
import { seeded } from '../support/seed.ts'
import { ANY_SENDS, GOOD_SENDS, type Send, Senders } from './idempotent-sends.ts'

const IDENTITY = identityOf(1)
const counts = {
  commands: 0,
  appends: 0,
  duplicates: 0,
  refusals: 0,
  restarts: 0,
  kills: 0,
  powerCuts: 0,
  stops: 0,
}

/** Both engines with the partition open on each. */
interface Pair {
  readonly clock: VirtualClock
  readonly memory: PartitionLog
  readonly memoryEngine: StorageEngine
  readonly random: SeededRandom
  settings: TopicSettingTexts
  fileSystem: SimFileSystem
  engine: FileStorageEngine
  file: PartitionLog
  readonly senders: Senders
  /** Where the records of each epoch of the file engine begin. */
  epochs: { readonly epoch: number; readonly startOffset: number }[]
}

interface Model {
  readonly isSynced: boolean
}

interface Command extends fc.AsyncCommand<Model, Pair> {
  check(model: Readonly<Model>): boolean
}

interface BatchShape {
  readonly records: number
  readonly valueBytes: number
  readonly codec: CodecName
  readonly ageMs: number
  readonly spreadMs: number
}

function batchOfShape(shape: BatchShape, clock: VirtualClock): Buffer {
  const indexes = Array.from({ length: shape.records }, (_, index) => index)
  return batchOf({
    values: indexes.map((index) => `${index}:${'v'.repeat(shape.valueBytes)}`),
    timestampMs: indexes.map(
      (index) => clock.wallMs() - shape.ageMs + ((index * 7) % 5) * shape.spreadMs,
    ),
    codec: shape.codec,
  })
}

class AppendCommand implements Command {
  private readonly shapes: readonly BatchShape[]

  constructor(shapes: readonly BatchShape[]) {
    this.shapes = shapes
  }

  check(): boolean {
    return true
  }

  async run(model: Model, pair: Pair): Promise<void> {
    const durability = model.isSynced ? 'synced' : 'written'
    const batches = this.shapes.map((shape) => batchOfShape(shape, pair.clock))
    noteEpoch(pair)
    const appendAll = (log: PartitionLog): Promise<readonly number[]> =>
      Promise.all(
        batches.map(async (batch) => {
          const result = await log.append({ batch: Buffer.from(batch), durability })
          return result.baseOffset
        }),
      )
    expect(await appendAll(pair.file)).toEqual(await appendAll(pair.memory))
    counts.appends += batches.length
  }

  toString(): string {
    return `append(${this.shapes.map((shape) => `${shape.records}x${shape.valueBytes} ${shape.codec}`).join(', ')})`
  }
}

class AppendAtCommand implements Command {
  private readonly distance: number

  constructor(distance: number) {
    this.distance = distance
  }

  check(): boolean {
    return true
  }

  async run(_model: Model, pair: Pair): Promise<void> {
    const expectedOffset = at(Math.max(0, pair.memory.bounds().end - this.distance))
    const appendTo = (log: PartitionLog): Promise<unknown> =>
      outcome(log.append({ batch: batchOf(), durability: 'synced', expectedOffset }), (result) => [
        result.baseOffset,
        result.lastOffset,
      ])
    if (this.distance === 0) noteEpoch(pair)
    expect(await appendTo(pair.file)).toEqual(await appendTo(pair.memory))
  }

  toString(): string {
    return `appendAt(end - ${this.distance})`
  }
}

/** Idempotent producers send, in order and all at once: next batches, repeated ones and wrong ones. */
class SendCommand implements Command {
  private readonly sends: readonly Send[]

  constructor(sends: readonly Send[]) {
    this.sends = sends
  }

  check(): boolean {
    return true
  }

  async run(model: Model, pair: Pair): Promise<void> {
    await sendToBoth(model, pair, pair.senders.batchesOf(this.sends, pair.clock.wallMs()))
  }

  toString(): string {
    return `send(${this.sends.map(({ producer, kind, records, back }) => `${producer} ${kind} ${records} ${back}`).join(', ')})`
  }
}

async function sendToBoth(model: Model, pair: Pair, batches: readonly Buffer[]): Promise<void> {
  const durability = model.isSynced ? 'synced' : 'written'
  noteEpoch(pair)
  const sendTo = (log: PartitionLog): Promise<unknown[]> =>
    Promise.all(
      batches.map((batch) =>
        outcome(log.append({ batch: Buffer.from(batch), durability }), (result) => {
          if (log === pair.file && result.duplicate) counts.duplicates++
          return [result.baseOffset, result.lastOffset, result.duplicate]
        }),
      ),
    )
  const expected = await sendTo(pair.memory)
  expect(await sendTo(pair.file)).toEqual(expected)
  counts.appends += batches.length
  counts.refusals += expected.filter((one) => typeof one === 'string').length
}

class ReadCommand implements Command {
  private readonly place: number
  private readonly maxBytes: number
  private readonly atLeastOneBatch: boolean
  private readonly span: number | undefined

  constructor(place: number, maxBytes: number, atLeastOneBatch: boolean, span: number | undefined) {
    this.place = place
    this.maxBytes = maxBytes
    this.atLeastOneBatch = atLeastOneBatch
    this.span = span
  }

  check(): boolean {
    return true
  }

  async run(_model: Model, pair: Pair): Promise<void> {
    const offset = placeIn(pair.memory, this.place)
    const { maxBytes, atLeastOneBatch } = this
    const request = {
      offset,
      maxBytes,
      atLeastOneBatch,
      ...(this.span === undefined ? {} : { endOffset: at(offset + this.span) }),
    }
    const expected = await outcome(pair.memory.read(request), batchesOf)
    const found = await outcome(pair.file.read(request), batchesOf)
    if (typeof expected === 'string' || typeof found === 'string') {
      expect(found).toEqual(expected)
      return
    }
    // Less than the budget allows is good, nothing at all is not.
    expect(found.length > 0).toBe(expected.length > 0)
    expect(found).toEqual(expected.slice(0, found.length))
  }

  toString(): string {
    return `read(${this.place}, ${this.maxBytes} bytes, ${this.atLeastOneBatch}, ${this.span})`
  }
}

class TimeCommand implements Command {
  private readonly agoMs: number

  constructor(agoMs: number) {
    this.agoMs = agoMs
  }

  check(): boolean {
    return true
  }

  async run(_model: Model, pair: Pair): Promise<void> {
    const timestampMs = pair.clock.wallMs() - this.agoMs
    const ask = (log: PartitionLog): Promise<unknown> =>
      Promise.all([log.offsetForTimestamp(timestampMs), log.maxTimestamp()])
    expect(await ask(pair.file)).toEqual(await ask(pair.memory))
  }

  toString(): string {
    return `offsetForTimestamp(now - ${this.agoMs})`
  }
}

class DeleteBeforeCommand implements Command {
  private readonly place: number

  constructor(place: number) {
    this.place = place
  }

  check(): boolean {
    return true
  }

  async run(_model: Model, pair: Pair): Promise<void> {
    const offset = placeIn(pair.memory, this.place)
    const cut = (log: PartitionLog): Promise<unknown> =>
      outcome(log.deleteBefore(offset), (start) => start)
    expect(await cut(pair.file)).toEqual(await cut(pair.memory))
  }

  toString(): string {
    return `deleteBefore(${this.place})`
  }
}

class MaintainCommand implements Command {
  private readonly passMs: number

  constructor(passMs: number) {
    this.passMs = passMs
  }

  check(): boolean {
    return true
  }

  async run(_model: Model, pair: Pair): Promise<void> {
    await pair.clock.advance(this.passMs)
    await pair.memory.maintain()
    await pair.file.maintain()
  }

  toString(): string {
    return `advance(${this.passMs} ms), maintain`
  }
}

class SettingsCommand implements Command {
  private readonly texts: TopicSettingTexts

  constructor(texts: TopicSettingTexts) {
    this.texts = texts
  }

  check(): boolean {
    return true
  }

  async run(model: Model, pair: Pair): Promise<void> {
    pair.settings = {
      ...this.texts,
      durability: model.isSynced ? 'synced' : 'written',
    }
    pair.memory.updateSettings(settingsOf(pair.settings))
    pair.file.updateSettings(settingsOf(pair.settings))
  }

  toString(): string {
    return `settings(${JSON.stringify(this.texts)})`
  }
}

class RestartCommand implements Command {
  private readonly how: 'close' | 'kill' | 'power-cut'

  constructor(how: 'close' | 'kill' | 'power-cut') {
    this.how = how
  }

  check(model: Readonly<Model>): boolean {
    return model.isSynced || this.how !== 'power-cut'
  }

  async run(_model: Model, pair: Pair): Promise<void> {
    if (this.how === 'close') {
      await pair.engine.close()
      counts.restarts++
    } else if (this.how === 'kill') {
      pair.fileSystem = pair.fileSystem.afterKill()
      counts.kills++
    } else {
      pair.fileSystem = pair.fileSystem.crash(pair.random)
      counts.powerCuts++
    }
    await openFileEngine(pair)
  }

  toString(): string {
    return this.how
  }
}

/**
 * Stops the machine at some change while appends are under way, then opens what is left. Idempotent producers send all of it
 * again, and find stored once what was stored.
 */
class StopInAppendCommand implements Command {
  private readonly what: readonly BatchShape[] | { readonly sends: readonly Send[] }
  private readonly changes: number
  private readonly moment: 'before' | 'during' | 'after'
  private readonly isPowerCut: boolean

  constructor(
    what: readonly BatchShape[] | { readonly sends: readonly Send[] },
    changes: number,
    moment: 'before' | 'during' | 'after',
    isPowerCut: boolean,
  ) {
    this.what = what
    this.changes = changes
    this.moment = moment
    this.isPowerCut = isPowerCut
  }

  check(model: Readonly<Model>): boolean {
    return model.isSynced || !this.isPowerCut
  }

  async run(model: Model, pair: Pair): Promise<void> {
    const { fileSystem, clock } = pair
    const { what } = this
    const batches =
      'sends' in what
        ? pair.senders.batchesOf(what.sends, clock.wallMs())
        : what.map((shape) => batchOfShape(shape, clock))
    noteEpoch(pair)
    fileSystem.operations.stopAtChange(
      fileSystem.operations.changeCount + this.changes,
      this.moment,
    )
    const results = await Promise.allSettled(
      batches.map((batch) =>
        pair.file.append({
          batch: Buffer.from(batch),
          durability: model.isSynced ? 'synced' : 'written',
        }),
      ),
    )
    const acknowledged = results.filter((result) => result.status === 'fulfilled').length
    counts.stops++
    pair.fileSystem = this.isPowerCut ? fileSystem.crash(pair.random) : fileSystem.afterKill()
    await openFileEngine(pair)

    // What was acknowledged is there; of the rest a prefix may be.
    const { end } = pair.file.bounds()
    let found = 0
    while (found < batches.length && pair.memory.bounds().end < end) {
      const batch = batches[found] ?? batchOf()
      await pair.memory.append({ batch: Buffer.from(batch), durability: 'written' })
      found++
    }
    expect(found).toBeGreaterThanOrEqual(acknowledged)
    expect(pair.memory.bounds().end).toBe(end)
    expect(await maskedBatches(pair.file)).toEqual(await maskedBatches(pair.memory))
    await beginSegment(pair)
    if ('sends' in what) await sendToBoth(model, pair, batches)
  }

  toString(): string {
    const end = this.isPowerCut ? 'power cut' : 'kill'
    const { what } = this
    const count = 'sends' in what ? `${what.sends.length} sends` : what.length
    return `append(${count}) with a ${end} ${this.moment} change ${this.changes}`
  }
}

/** What is kept in memory for readers must change no answer: much of it, little, or nothing. */
function memoryLimits(random: SeededRandom): Partial<Limits> {
  const kept = [undefined, 6_000, 0][random.integer(3)]
  if (kept === undefined) return {}
  return {
    tailBytesMax: kept,
    tailBytesPerPartitionMax: kept / 2,
    readCacheBytesMax: 4 * kept,
    readAheadBytesMax: 2 * kept,
    readBlockBytesMax: 1_000,
  }
}

async function openFileEngine(pair: Omit<Pair, 'engine' | 'file'>): Promise<void> {
  const engine = await FileStorageEngine.open({
    fileSystem: pair.fileSystem,
    clock: pair.clock,
    random: pair.random,
    log: SILENT_LOG,
    directory: '/data',
    limits: memoryLimits(pair.random),
  })
  const file = await engine.openPartition(IDENTITY, settingsOf(pair.settings))
  Object.assign(pair, { engine, file })
}

async function makePair(seed: number, texts: TopicSettingTexts): Promise<Pair> {
  const clock = new VirtualClock()
  const random = new SeededRandom(seed)
  const fileSystem = new SimFileSystem({ scheduling: random.fork(), clock })
  const memoryEngine = new MemoryStorageEngine({ clock })
  const memory = await memoryEngine.createPartition(IDENTITY, settingsOf(texts))
  const engine = await FileStorageEngine.open({
    fileSystem,
    clock,
    random,
    log: SILENT_LOG,
    directory: '/data',
    limits: memoryLimits(random),
  })
  const file = await engine.createPartition(IDENTITY, settingsOf(texts))
  return {
    clock,
    memory,
    memoryEngine,
    random,
    settings: texts,
    fileSystem,
    engine,
    file,
    senders: new Senders(),
    epochs: [],
  }
}

/**
 * Has both engines begin a segment with the next batch. A stop may leave a file behind for a segment that had been about
 * to begin; the memory engine knows nothing of that, and would remove old segments in other steps from then on.
 */
async function beginSegment(pair: Pair): Promise<void> {
  const batch = batchOfShape(
    { records: 1, valueBytes: 1_000, codec: 'none', ageMs: 0, spreadMs: 0 },
    pair.clock,
  )
  noteEpoch(pair)
  for (const log of [pair.memory, pair.file]) {
    log.updateSettings(settingsOf({ ...pair.settings, 'segment.bytes': '1024' }))
    await log.append({ batch: Buffer.from(batch), durability: 'synced' })
    log.updateSettings(settingsOf(pair.settings))
  }
}

/** To be called before an append: it begins the epoch if it is the first one in it. */
function noteEpoch(pair: Pair): void {
  const { epoch, end } = pair.file.bounds()
  pair.epochs = pair.epochs.filter((entry) => entry.startOffset < end)
  if (pair.epochs.at(-1)?.epoch !== epoch) pair.epochs.push({ epoch, startOffset: end })
}

/** After every command: what both say of themselves. */
function compare(pair: Pair): void {
  const { start, readableEnd, end } = pair.file.bounds()
  const expected = pair.memory.bounds()
  expect({ start, readableEnd, end }).toEqual({
    start: expected.start,
    readableEnd: expected.readableEnd,
    end: expected.end,
  })
  const statistics = pair.file.statistics()
  expect(statistics.condition).toBe('healthy')
  expect(statistics.report.damaged).toEqual([])
  expect(statistics.bytes).toBe(pair.memory.statistics().bytes)
  const epochs = pair.epochs.filter((entry) => entry.startOffset < end)
  for (const [index, { epoch }] of epochs.entries()) {
    const endOffset = epochs[index + 1]?.startOffset ?? end
    if (endOffset > start) {
      expect(pair.file.endOffsetForEpoch(epoch)).toEqual({ epoch, endOffset })
    }
  }
}

/** An offset of the log: 0 is its start, 1 its end, a little more is behind it, less before it. */
function placeIn(log: PartitionLog, place: number): ReturnType<typeof at> {
  const { start, end } = log.bounds()
  return at(Math.max(0, Math.round(start + place * (end - start))))
}

/** The result, or the code of the refusal with its details. */
async function outcome<T, R>(promise: Promise<T>, of: (result: T) => R): Promise<R | string> {
  try {
    return of(await promise)
  } catch (error) {
    if (!isVarveError(error)) throw error
    return `${error.code} ${JSON.stringify(error.details)}`
  }
}

function batchesOf(result: ReadResult): string[] {
  return result.chunks.flatMap((chunk) => Array.from(eachBatch(chunk), masked))
}

async function maskedBatches(log: PartitionLog): Promise<string[]> {
  return (await readBatches(log)).map(masked)
}

/** A batch without its epoch, which the engines count each for itself; as text, which compares quickly. */
function masked(batch: Buffer): string {
  return Buffer.from(batch).fill(0, 12, 16).toString('latin1')
}

const shape: fc.Arbitrary<BatchShape> = fc.record({
  records: fc.integer({ min: 1, max: 12 }),
  valueBytes: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 1_500 })),
  codec: fc.constantFrom(...CODEC_NAMES),
  ageMs: fc.integer({ min: -1_000, max: 60_000 }),
  spreadMs: fc.constantFrom(0, 1, 100),
})
const shapes = fc.array(shape, { minLength: 1, maxLength: 6 })

// Not segment.index.bytes: a restart adds entries to the indexes of files, so that they are full sooner than the memory
// engine counts.
const settings: fc.Arbitrary<TopicSettingTexts> = fc.record({
  'segment.bytes': fc.constantFrom('1024', '2048', '8192', '1073741824'),
  'segment.ms': fc.constantFrom('1000', '30000', '604800000'),
  'index.interval.bytes': fc.constantFrom('0', '200', '4096'),
  'retention.ms': fc.constantFrom('-1', '20000', '120000'),
  'retention.bytes': fc.constantFrom('-1', '0', '3000', '10000'),
  'file.delete.delay.ms': fc.constantFrom('0', '60000'),
})

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: shapes.map((list) => new AppendCommand(list)) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 }).map((n) => new AppendAtCommand(n)) },
  { weight: 6, arbitrary: ANY_SENDS.map((sends) => new SendCommand(sends)) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.double({ min: -0.2, max: 1.2, noNaN: true }),
        fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constant(1_000_000)),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
      )
      .map(([place, bytes, one, span]) => new ReadCommand(place, bytes, one, span)),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -2_000, max: 90_000 }).map((ms) => new TimeCommand(ms)),
  },
  {
    weight: 1,
    arbitrary: fc
      .double({ min: -0.1, max: 1.1, noNaN: true })
      .map((place) => new DeleteBeforeCommand(place)),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 50_000 }).map((ms) => new MaintainCommand(ms)),
  },
  { weight: 1, arbitrary: settings.map((texts) => new SettingsCommand(texts)) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('close' as const, 'kill' as const, 'power-cut' as const)
      .map((how) => new RestartCommand(how)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.oneof(
          shapes,
          GOOD_SENDS.map((sends) => ({ sends })),
        ),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('before' as const, 'during' as const, 'after' as const),
        fc.boolean(),
      )
      .map(([list, changes, moment, cut]) => new StopInAppendCommand(list, changes, moment, cut)),
  },
)

/** A command, and the comparison after it. */
class ComparedCommand implements Command {
  private readonly inner: Command

  constructor(inner: Command) {
    this.inner = inner
  }

  check(model: Readonly<Model>): boolean {
    return this.inner.check(model)
  }

  async run(model: Model, pair: Pair): Promise<void> {
    await this.inner.run(model, pair)
    compare(pair)
    counts.commands++
  }

  toString(): string {
    return this.inner.toString()
  }
}

describe('the file engine', () => {
  it('does what the memory engine does, through restarts and crashes', async () => {
    for (const name of CODEC_NAMES) await loadCodec(name)
    const { seed, runs } = seeded('ENGINE_MODEL', 120)
    const timeLimitMs = 50_000 + runs * 100
    const property = fc.asyncProperty(
      fc.commands([command.map((inner) => new ComparedCommand(inner))], {
        maxCommands: 40,
        size: 'max',
      }),
      settings,
      fc.boolean(),
      fc.integer({ min: 0 }),
      async (commands, texts, isSynced, pairSeed) => {
        const durability = isSynced ? 'synced' : 'written'
        const pair = await makePair(pairSeed, { ...texts, durability })
        await fc.asyncModelRun(() => ({ model: { isSynced }, real: pair }), commands)
        expect(await maskedBatches(pair.file)).toEqual(await maskedBatches(pair.memory))
        await pair.engine.close()
        await pair.memoryEngine.close()
      },
    )
    try {
      // Looking for the smallest counterexample ends after a while.
      await fc.assert(property, { seed, numRuns: runs, interruptAfterTimeLimit: timeLimitMs })
    } finally {
      console.log(`engine model: ${runs} runs, seed ${seed}, ${JSON.stringify(counts)}`)
    }
  }, 600_000)
})
