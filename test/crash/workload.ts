// A random life of a few partitions on a simulated machine, and what may be found of it after any moment.
import { isVarveError } from '../../src/domain/error.ts'
import type { Offset } from '../../src/domain/offset.ts'
import type { PartitionIdentity } from '../../src/domain/topic.ts'
import { parseTopicSettings, type TopicSettings } from '../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import type { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { batchOf, identityOf } from '../support/batches.ts'
import { fail, findLog, LogModel } from './log-model.ts'

const DIRECTORY = '/data'
const KEYS = ['topics/a', 'topics/b', 'cluster'] as const

const TEXTS = {
  'segment.bytes': '2048',
  'index.interval.bytes': '200',
  'file.delete.delay.ms': '100',
  'retention.bytes': '6000',
}

/** Settings of the partition of this number: synced, written, written with an interval. */
function settingsOf(number: number): TopicSettings {
  const durability = number === 1 ? 'synced' : 'written'
  return parseTopicSettings({ ...TEXTS, durability, ...(number === 3 ? { 'flush.ms': '50' } : {}) })
}

interface Possible {
  readonly version: number
  readonly value: string | undefined
}

/** What is expected of everything in the data directory. */
export class Expectations {
  /** By the number of the partition; `unsure` while it is being made or removed. */
  readonly partitions = new Map<number, { model: LogModel; state: 'there' | 'unsure' | 'gone' }>()
  /** The values that a key may have. */
  readonly metadata = new Map<string, readonly Possible[]>()
  nextId = 0

  /** Accepts also what an interrupted start did, of which `attempt` knows. */
  merge(attempt: Expectations): void {
    this.nextId = Math.max(this.nextId, attempt.nextId)
    for (const [number, { model }] of attempt.partitions) {
      this.partitions.get(number)?.model.acceptFrom(model)
    }
  }

  copy(): Expectations {
    const copy = new Expectations()
    for (const [number, { model, state }] of this.partitions) {
      copy.partitions.set(number, { model: model.copy(), state })
    }
    for (const [key, values] of this.metadata) copy.metadata.set(key, values)
    copy.nextId = this.nextId
    return copy
  }
}

export function openEngine(
  fileSystem: SimFileSystem,
  clock: VirtualClock,
): Promise<FileStorageEngine> {
  return FileStorageEngine.open({
    fileSystem,
    clock,
    random: new SeededRandom('crash'),
    log: SILENT_LOG,
    directory: DIRECTORY,
    limits: { openFilesMax: 6 },
  })
}

export class Workload {
  private readonly engine: FileStorageEngine
  private readonly clock: VirtualClock
  private readonly random: SeededRandom
  private readonly expected: Expectations
  /** With injected faults: refusals are part of life. */
  private readonly mayFail: boolean
  private readonly logs = new Map<number, PartitionLog>()
  private readonly pending = new Set<Promise<void>>()

  constructor(
    engine: FileStorageEngine,
    clock: VirtualClock,
    random: SeededRandom,
    expected: Expectations,
    mayFail = false,
  ) {
    this.engine = engine
    this.clock = clock
    this.random = random
    this.expected = expected
    this.mayFail = mayFail
  }

  async run(steps: number): Promise<void> {
    for (const number of [1, 2, 3]) await this.make(number)
    for (let step = 0; step < steps; step++) await this.step()
    await this.settle()
  }

  async settle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending)
  }

  private async step(): Promise<void> {
    const { random } = this
    const number = 1 + random.integer(3)
    const dice = random.integer(100)
    if (dice < 62) {
      const count = 1 + random.integer(5)
      for (let i = 0; i < count; i++) this.background(this.append(number))
      if (random.integer(3) === 0) await this.settle()
    } else if (dice < 70) await this.read(number)
    else if (dice < 76) this.background(this.deleteBefore(number))
    else if (dice < 82) await this.maintain(number)
    else if (dice < 88) await this.clock.advance(random.integer(120))
    else if (dice < 94) await this.changeMetadata()
    else if (dice < 97) await this.reopen(number)
    else if (number !== 1) await this.remove(number)
  }

  private background(work: Promise<void>): void {
    const tracked = work.finally(() => {
      this.pending.delete(tracked)
    })
    tracked.catch(() => undefined)
    this.pending.add(tracked)
  }

  private async make(number: number): Promise<void> {
    const known = this.expected.partitions.get(number)
    const identity: PartitionIdentity = identityOf(number)
    if (known?.state === 'there') {
      const log = await this.engine.openPartition(identity, settingsOf(number))
      this.logs.set(number, log)
      known.model.epoch = log.bounds().epoch
      return
    }
    const entry = { model: new LogModel(number === 1), state: 'unsure' as 'there' | 'unsure' }
    this.expected.partitions.set(number, entry)
    await this.tolerate(async () => {
      const log = await this.engine.createPartition(identity, settingsOf(number))
      this.logs.set(number, log)
      entry.model.epoch = log.bounds().epoch
      entry.state = 'there'
    })
  }

  private async append(number: number): Promise<void> {
    const log = this.logs.get(number)
    const model = this.expected.partitions.get(number)?.model
    if (log === undefined || model === undefined) return
    const { random } = this
    const id = this.expected.nextId++
    const padding = random.integer(12) === 0 ? 3_000 : random.integer(400)
    const records = 1 + random.integer(3)
    const values = Array.from({ length: records }, () =>
      `${id} `.padEnd(padding / records + 8, 'v'),
    )
    const batch = batchOf({ values, timestampMs: this.clock.wallMs() - random.integer(5_000) })
    model.submit(id, batch)
    const durability = random.integer(3) === 0 ? 'written' : model.isSynced ? 'synced' : 'written'
    const wanted = random.integer(8) === 0 ? 'synced' : durability
    try {
      model.acknowledge(id, await log.append({ batch, durability: wanted }))
      if (this.logs.get(number) === log) model.seenEnd = Math.max(model.seenEnd, endOf(log))
    } catch (error) {
      if (isVarveError(error) && error.effect === 'none') model.refuse(id)
      if (!this.mayFail && !isVarveError(error, 'NOT_READY')) throw error
      if (!isVarveError(error)) throw error
    }
  }

  private async read(number: number): Promise<void> {
    const log = this.logs.get(number)
    const entry = this.expected.partitions.get(number)
    if (log === undefined || entry === undefined) return
    await this.tolerate(async () => {
      try {
        const found = await findLog(log, 500)
        entry.model.seenEnd = Math.max(entry.model.seenEnd, found.end)
      } catch (error) {
        // Records may be deleted while they are read.
        if (!isVarveError(error, 'OFFSET_OUT_OF_RANGE')) throw error
      }
    })
  }

  private async deleteBefore(number: number): Promise<void> {
    const log = this.logs.get(number)
    const model = this.expected.partitions.get(number)?.model
    if (log === undefined || model === undefined) return
    const { start, readableEnd } = log.bounds()
    const target = start + this.random.integer(readableEnd - start + 1)
    model.startMax = Math.max(model.startMax, target)
    await this.tolerate(async () => {
      const reached = await log.deleteBefore(target as Offset)
      model.startMin = Math.max(model.startMin, reached)
      // A log start is durable, and never behind the end.
      model.syncedEnd = Math.max(model.syncedEnd, reached)
    })
  }

  private async maintain(number: number): Promise<void> {
    const log = this.logs.get(number)
    const model = this.expected.partitions.get(number)?.model
    if (log === undefined || model === undefined) return
    model.startMax = Math.max(model.startMax, log.bounds().readableEnd)
    await this.tolerate(async () => {
      await log.maintain()
      model.startMin = Math.max(model.startMin, log.bounds().start)
    })
  }

  private async changeMetadata(): Promise<void> {
    const key = KEYS[this.random.integer(KEYS.length)] ?? 'cluster'
    const possible = this.expected.metadata.get(key) ?? [{ version: 0, value: undefined }]
    const current = possible.at(-1) ?? { version: 0, value: undefined }
    const next: Possible =
      current.version > 0 && this.random.integer(4) === 0
        ? { version: 0, value: undefined }
        : { version: current.version + 1, value: `value ${this.random.integer(1_000_000)}` }
    this.expected.metadata.set(key, [current, next])
    await this.tolerate(async () => {
      const { metadata } = this.engine
      if (next.value === undefined) await metadata.delete(key, current.version)
      else await metadata.compareAndSet(key, current.version, next.value)
      this.expected.metadata.set(key, [next])
    })
    const left = this.expected.metadata.get(key) ?? []
    if (left.length > 1) {
      // It failed, and may be there or not: look.
      await this.tolerate(async () => {
        const stored = await this.engine.metadata.get(key)
        this.expected.metadata.set(key, [{ version: stored?.version ?? 0, value: stored?.value }])
      })
    }
  }

  private async reopen(number: number): Promise<void> {
    const log = this.logs.get(number)
    const entry = this.expected.partitions.get(number)
    if (log === undefined || entry?.state !== 'there') return
    this.logs.delete(number)
    await this.tolerate(() => log.close())
    await this.settle()
    await this.tolerate(async () => {
      const again = await this.engine.openPartition(identityOf(number), settingsOf(number))
      this.logs.set(number, again)
      entry.model.check(await findLog(again), Infinity)
      entry.model.epoch = again.bounds().epoch
    })
  }

  private async remove(number: number): Promise<void> {
    const entry = this.expected.partitions.get(number)
    if (entry?.state !== 'there') return
    await this.settle()
    entry.state = 'unsure'
    this.logs.delete(number)
    await this.tolerate(async () => {
      await this.engine.deletePartition(identityOf(number))
      entry.state = 'gone'
    })
    if (this.random.integer(2) === 0 && this.expected.partitions.get(number)?.state === 'gone') {
      await this.make(number)
    }
  }

  private async tolerate(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      if (!isVarveError(error)) throw error
      if (!this.mayFail && error.code !== 'NOT_READY') throw error
    }
  }
}

export interface Recovery {
  readonly engine: FileStorageEngine
  readonly partitions: number
  readonly tornBytes: number
}

/** Starts on the machine as it is after a crash and holds everything found against what may be found. Adopts it. */
export async function recover(
  fileSystem: SimFileSystem,
  clock: VirtualClock,
  expected: Expectations,
  options: { readonly appends: boolean } = { appends: true },
): Promise<Recovery> {
  const engine = await openEngine(fileSystem, clock)
  for (const [key, possible] of expected.metadata) {
    const stored = await engine.metadata.get(key)
    const found = possible.find(
      ({ version, value }) => version === (stored?.version ?? 0) && value === stored?.value,
    )
    if (found === undefined) fail(`metadata ${key} is ${JSON.stringify(stored)}`)
    expected.metadata.set(key, [found])
  }
  const stored = await engine.partitions()
  let tornBytes = 0
  for (const [number, entry] of expected.partitions) {
    const { model, state } = entry
    const identity = identityOf(number)
    const isThere = stored.some(({ topicId }) => topicId === identity.topicId)
    if (state === 'there' && !isThere) fail(`D5: partition ${number} is gone`)
    if (state === 'gone' && isThere) fail(`D5: partition ${number} came back`)
    if (!isThere) {
      entry.state = 'gone'
      continue
    }
    entry.state = 'there'
    const log = await engine.openPartition(identity, settingsOf(number))
    const { condition, report, reason } = log.statistics()
    if (condition !== 'healthy') {
      fail(`R1: partition ${number} is ${condition}: ${reason}; ${report.anomalies.join('; ')}`)
    }
    const lost = report.anomalies.find((sentence) =>
      /checkpoint (?:was|does)|metadata was|are missing/.test(sentence),
    )
    if (lost !== undefined) fail(`R5: ${lost}`)
    tornBytes += report.tornBytes
    const found = await findLog(log)
    const oldEpoch = model.epoch
    const { epoch } = log.bounds()
    model.check(found, epoch)
    const ended = log.endOffsetForEpoch(oldEpoch)
    if (ended !== undefined && ended.endOffset > found.end) fail('D4: an epoch ends behind the log')
    model.adopt(found)
    model.epoch = epoch
    if (!options.appends) continue
    const id = expected.nextId++
    const batch = batchOf({ values: [`${id} after the crash`], timestampMs: clock.wallMs() })
    model.submit(id, batch)
    const result = await log.append({ batch, durability: 'synced' })
    if (result.baseOffset !== found.end) fail(`L1: appended at ${result.baseOffset}`)
    model.acknowledge(id, result)
    const again = log.endOffsetForEpoch(oldEpoch)
    if (again !== undefined && again.endOffset > found.end) fail('D4: the old epoch did not end')
  }
  return { engine, partitions: stored.length, tornBytes }
}

function endOf(log: PartitionLog): number {
  try {
    return log.bounds().readableEnd
  } catch {
    return 0
  }
}
