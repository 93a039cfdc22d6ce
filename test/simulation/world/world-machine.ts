// The machine of a simulated world and the broker on it: one process after the other, each ended by a kill, a power cut or in order. Every
// operation of its disk waits for the scheduler, and may fail as the plan says. Invariant: of a process that has ended nothing happens
// any more: no timer, no operation, no answer.
import { Broker } from '../../../src/broker/broker.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { nextTurn } from '../../../src/platform/next-turn.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { SimFault, SimOperation } from '../../../src/platform/sim-operations.ts'
import type { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { LifeClock } from './life-clock.ts'
import type { Scheduler } from './scheduler.ts'
import type { WorldPlan, WorldStep } from './world-plan.ts'

/** What is kept for the broker's own topics. */
const RESERVE_BYTES = 2_000

const READS: ReadonlySet<string> = new Set(['read', 'open', 'list', 'status', 'space', 'size'])

export interface MachineCounts {
  diskOperations: number
  starts: number
  kills: number
  powerCuts: number
  stops: number
  faults: number
}

/** What the world has to say to the machine, and hears of it. */
export interface MachineWorld {
  readonly clock: VirtualClock
  readonly scheduler: Scheduler
  /** The choices of the current step. */
  readonly random: SeededRandom
  /** A broker has started, and nobody has spoken to it yet. */
  onStarted(broker: Broker): void
  /** A process is about to end. */
  onEnd(): void
  onPowerCut(): void
  onBug(error: unknown): void
}

interface Life {
  readonly clock: LifeClock
  readonly machine: SimFileSystem
  engine: StorageEngine | undefined
  broker: Broker | undefined
  isStarting: boolean
  hadFaults: boolean
}

type FaultStep = Extract<WorldStep, { kind: 'fault' }>

export class WorldMachine {
  readonly counts: MachineCounts = {
    ...{ diskOperations: 0, starts: 0, kills: 0, powerCuts: 0, stops: 0, faults: 0 },
  }
  /** A sync failed at some time. */
  syncFailed = false
  /** When the disk last had nothing to do. */
  quietMs = 0
  readonly #world: MachineWorld
  readonly #plan: WorldPlan
  readonly #wrapEngine: ((engine: StorageEngine) => StorageEngine) | undefined
  #machine: SimFileSystem
  #life: Life | undefined
  #faults: { readonly step: FaultStep; left: number }[] = []
  #stopsDuring = false
  #waits = 0

  constructor(
    world: MachineWorld,
    plan: WorldPlan,
    wrapEngine?: (engine: StorageEngine) => StorageEngine,
  ) {
    this.#world = world
    this.#plan = plan
    this.#wrapEngine = wrapEngine
    this.#machine = new SimFileSystem({ clock: world.clock })
    this.#schedule(this.#machine)
  }

  get broker(): Broker | undefined {
    return this.#life?.broker
  }

  get isStarting(): boolean {
    return this.#life?.isStarting !== false
  }

  /** Its start came to nothing: there is no broker and none is coming. */
  get hasFailed(): boolean {
    return this.#life?.isStarting === false && this.#life.broker === undefined
  }

  get hadFaults(): boolean {
    return this.#life?.hadFaults === true
  }

  get isStopped(): boolean {
    return this.#life?.machine.operations.isStopped === true
  }

  addFault(step: FaultStep): void {
    this.#faults.push({ step, left: step.skip })
  }

  forgetFaults(): void {
    this.#faults = []
  }

  /** @param bytes that can be written still; Infinity for as many as one likes */
  setSpace(bytes: number): void {
    this.#machine.capacityBytes = this.#machine.bytesUsed + bytes
    if (this.#life !== undefined && bytes < Infinity) this.#life.hadFaults = true
  }

  /** After each turn. */
  notice(): void {
    if (this.#waits === 0) this.quietMs = this.#world.clock.monotonicMs()
  }

  start(): void {
    const machine = this.#machine
    this.counts.starts++
    const clock = new LifeClock(this.#world.clock)
    const life: Life = {
      ...{ clock, machine, engine: undefined, broker: undefined, isStarting: true },
      hadFaults: machine.capacityBytes < Infinity,
    }
    this.#life = life
    this.#open(life).catch((error: unknown) => {
      if (this.#life !== life || machine.operations.isStopped) return
      life.isStarting = false
      if (isVarveError(error) && life.hadFaults) {
        this.#world.scheduler.note(`no start: ${error.code}`)
      } else this.#world.onBug(error)
    })
  }

  /** Ends the process and starts another one on what is left. @param turn lets something happen; false when nothing waits */
  async crash(
    how: 'kill' | 'power-cut',
    moment: 'now' | 'during',
    turn: () => Promise<boolean>,
  ): Promise<void> {
    const life = this.#life
    if (life === undefined) return
    if (moment === 'during') {
      this.#stopsDuring = true
      for (let turns = 0; turns < 60 && !life.machine.operations.isStopped; turns++) {
        if (!(await turn())) break
      }
      this.#stopsDuring = false
      if (this.#life !== life) return
    }
    this.#endLife(life)
    this.counts[how === 'kill' ? 'kills' : 'powerCuts']++
    if (how === 'power-cut') this.#world.onPowerCut()
    this.#machine =
      how === 'kill' ? life.machine.afterKill() : life.machine.crash(this.#world.random)
    this.#world.scheduler.note(`crash ${how}`)
    await this.#startNext()
  }

  /** Stops the broker in order, then starts another one. @param until lets things happen until it is so */
  async stop(until: (isSo: () => boolean) => Promise<void>): Promise<void> {
    const life = this.#life
    const broker = life?.broker
    if (life === undefined || broker === undefined) return
    this.counts.stops++
    let isDone = false
    const closing = async (): Promise<void> => {
      await broker.close()
      await life.engine?.close()
    }
    closing()
      .catch((error: unknown) => {
        this.#world.onBug(error)
      })
      .finally(() => {
        isDone = true
      })
    await until(() => isDone)
    this.#endLife(life)
    this.#machine = life.machine.afterKill()
    this.#world.scheduler.note('stopped')
    await this.#startNext()
  }

  /** Nothing happens here any more. */
  end(): void {
    this.#life?.clock.end()
  }

  async #open(life: Life): Promise<void> {
    const { clock, machine } = life
    const { seed, limits } = this.#plan
    const random = new SeededRandom(`${seed}/life ${this.counts.starts}`)
    const options = { clock, random, log: SILENT_LOG, limits }
    const file = await FileStorageEngine.open({
      ...{ ...options, fileSystem: machine, directory: '/data', reserveBytes: RESERVE_BYTES },
    })
    life.engine = file
    const engine = this.#wrapEngine?.(file) ?? file
    const broker = await Broker.open({ ...options, engine, storageName: 'file', version: 'test' })
    if (this.#life !== life) return
    life.broker = broker
    life.isStarting = false
    this.#world.scheduler.note('started')
    this.#world.onStarted(broker)
  }

  async #startNext(): Promise<void> {
    // What the old process still had to do fails.
    await nextTurn()
    this.#machine.capacityBytes = Infinity
    this.#schedule(this.#machine)
    this.#faults = []
    this.start()
  }

  #endLife(life: Life): void {
    this.#world.onEnd()
    this.#life = undefined
    life.clock.end()
    this.#world.scheduler.forget(life.machine)
    this.#waits = 0
  }

  #schedule(machine: SimFileSystem): void {
    const { scheduler } = this.#world
    machine.operations.inject(({ kind, path }) => {
      this.counts.diskOperations++
      if (READS.has(kind) && !this.#plan.areReadsScheduled) {
        scheduler.note(`${kind} ${path}`)
        return undefined
      }
      const until = new Promise<void>((resolve) => {
        this.#waits++
        scheduler.wait(machine, `disk ${kind} ${path}`, () => {
          this.#waits--
          resolve()
        })
      })
      return { kind: 'wait', until }
    })
    // Asked when the operation has its turn.
    machine.operations.inject((operation) => this.#fault(operation))
  }

  #fault(operation: SimOperation): SimFault | undefined {
    if (operation.change === undefined) return undefined
    if (this.#stopsDuring && this.#life?.isStarting === false) {
      this.#stopsDuring = false
      return { kind: 'stop', moment: 'during' }
    }
    const index = this.#faults.findIndex(({ step }) => step.operation === operation.kind)
    const fault = this.#faults[index]
    if (fault === undefined || fault.left-- > 0) return undefined
    this.#faults.splice(index, 1)
    this.counts.faults++
    if (this.#life !== undefined) this.#life.hadFaults = true
    const { what } = fault.step
    this.#world.scheduler.note(`fault ${what}`)
    if (what === 'short') {
      return { kind: 'short', bytes: 1 + this.#world.random.integer(operation.bytes) }
    }
    if (what === 'EIO') this.syncFailed = true
    return { kind: 'error', code: what }
  }
}
