// A short random life of one partition, with a state of the machine for each of its moments: after the power failed there, or the process
// was killed. Made to be cheap: what is known at a moment is a mark in a ledger, and states share all that did not change.
import { isVarveError } from '../../src/domain/error.ts'
import type { Offset } from '../../src/domain/offset.ts'
import type { TopicSettings } from '../../src/domain/topic-settings.ts'
import type { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import type { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { identityOf, settingsOf } from '../support/batches.ts'
import {
  type AppendLedger,
  type FoundPartition,
  findPartition,
  type Mark,
} from './append-ledger.ts'
import { fail } from './log-model.ts'
import { openEngine } from './workload.ts'

export const POLICIES = ['synced', 'written', 'flush.ms', 'flush.messages'] as const
export type Policy = (typeof POLICIES)[number]

const IDENTITY = identityOf(1)

export interface Moment {
  readonly machine: SimFileSystem
  readonly mark: Mark
  readonly isKill: boolean
  readonly change: number
}

function crashSettings(policy: Policy): TopicSettings {
  return settingsOf({
    'segment.bytes': '1024',
    'index.interval.bytes': '200',
    'file.delete.delay.ms': '100',
    'retention.bytes': '4000',
    durability: policy === 'synced' ? 'synced' : 'written',
    ...(policy === 'flush.ms' ? { 'flush.ms': '50' } : {}),
    ...(policy === 'flush.messages' ? { 'flush.messages': '4' } : {}),
  })
}

/**
 * Lives for so many steps on `machine`.
 * @returns a state of the machine for each change that it made
 */
export async function liveOnce(
  machine: SimFileSystem,
  ledger: AppendLedger,
  policy: Policy,
  random: SeededRandom,
  steps: number,
): Promise<Moment[]> {
  const clock = new VirtualClock()
  const moments: Moment[] = []
  const stop = machine.operations.inject(({ change }) => {
    if (change === undefined) return undefined
    const isKill = random.integer(8) === 0
    const state = machine.afterPowerCut(random, isKill ? 'kept' : undefined)
    moments.push({ machine: state, mark: ledger.mark(), isKill, change })
    return undefined
  })
  const engine = await openEngine(machine, clock)
  const isThere = (await engine.partitions()).length > 0
  const settings = crashSettings(policy)
  const log = isThere
    ? await engine.openPartition(IDENTITY, settings)
    : await engine.createPartition(IDENTITY, settings)
  ledger.epoch = log.bounds().epoch
  const life = new Life(log, ledger, clock, random)
  for (let step = 0; step < steps; step++) await life.step()
  await life.settle()
  if (random.integer(2) === 0) await engine.close()
  stop()
  machine.operations.stop()
  return moments
}

class Life {
  readonly #log: PartitionLog
  readonly #ledger: AppendLedger
  readonly #clock: VirtualClock
  readonly #random: SeededRandom
  readonly #pending = new Set<Promise<void>>()

  constructor(log: PartitionLog, ledger: AppendLedger, clock: VirtualClock, random: SeededRandom) {
    this.#log = log
    this.#ledger = ledger
    this.#clock = clock
    this.#random = random
  }

  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  async step(): Promise<void> {
    const random = this.#random
    const dice = random.integer(20)
    if (dice < 14) {
      for (let count = 1 + random.integer(4); count > 0; count--) this.#append()
      if (random.integer(2) === 0) await this.settle()
    } else if (dice < 15) await this.#deleteBefore()
    else if (dice < 17) await this.#maintain()
    else if (dice < 18) this.#look()
    else await this.#clock.advance(random.integer(120))
  }

  #append(): void {
    const random = this.#random
    const bytes = random.integer(10) === 0 ? 1_200 : 10 + random.integer(250)
    const { number, batch } = this.#ledger.next(1 + random.integer(3), bytes)
    const durability = this.#ledger.isSynced || random.integer(6) === 0 ? 'synced' : 'written'
    const appending = this.#log.append({ batch, durability }).then((result) => {
      this.#ledger.acknowledge(number, result)
      this.#look()
    })
    const tracked = appending.finally(() => this.#pending.delete(tracked))
    tracked.catch(() => undefined)
    this.#pending.add(tracked)
  }

  #look(): void {
    this.#ledger.seenEnd = Math.max(this.#ledger.seenEnd, this.#log.bounds().readableEnd)
  }

  async #deleteBefore(): Promise<void> {
    const { start, readableEnd } = this.#log.bounds()
    const target = start + this.#random.integer(readableEnd - start + 1)
    this.#ledger.startMax = Math.max(this.#ledger.startMax, target)
    const reached = await this.#log.deleteBefore(target as Offset)
    this.#ledger.startMin = Math.max(this.#ledger.startMin, reached)
  }

  async #maintain(): Promise<void> {
    this.#ledger.startMax = Math.max(this.#ledger.startMax, this.#log.bounds().readableEnd)
    await this.#log.maintain()
    this.#ledger.startMin = Math.max(this.#ledger.startMin, this.#log.bounds().start)
  }
}

interface RecoveredPartition {
  readonly engine: FileStorageEngine
  readonly log: PartitionLog
  readonly found: FoundPartition
  readonly tornBytes: number
}

/** Starts on the machine. @returns undefined when the partition is not there and need not be */
export async function recoverPartition(
  { machine, mark, isKill }: Moment,
  ledger: AppendLedger,
  policy: Policy,
): Promise<RecoveredPartition | undefined> {
  const engine = await openEngine(machine, new VirtualClock())
  let log: PartitionLog
  try {
    log = await engine.openPartition(IDENTITY, crashSettings(policy))
  } catch (error) {
    if (!isVarveError(error, 'UNKNOWN_PARTITION')) throw error
    if (mark.epoch >= 0) fail('D5: the partition is gone')
    return undefined
  }
  const { condition, report, reason } = log.statistics()
  if (condition !== 'healthy') fail(`R1: ${condition}: ${reason}; ${report.anomalies.join('; ')}`)
  const found = await findPartition(log)
  ledger.check(found, mark, isKill)
  return { engine, log, found, tornBytes: report.tornBytes }
}
