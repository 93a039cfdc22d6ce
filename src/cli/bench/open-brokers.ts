// The brokers that workloads ask for: one that runs somewhere, one in a process of its own, one within this process.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ability, ServerUsage } from '../../bench/system.ts'
import type { VarveBroker } from '../../bench/varve-system.ts'
import { connect, type Varve } from '../../client/index.ts'
import type { BenchServices } from '../services.ts'
import { scrapeUsage } from './scrape-usage.ts'

const ABILITIES: readonly Ability[] = ['groups', 'replay', 'single', 'together']

/** A broker that somebody else runs. */
export class RunningBroker implements VarveBroker {
  readonly abilities: ReadonlySet<Ability> = new Set(ABILITIES)
  readonly version: string
  readonly #address: string
  readonly #monitoringAddress: string | undefined

  private constructor(address: string, monitoringAddress: string | undefined, version: string) {
    this.#address = address
    this.#monitoringAddress = monitoringAddress
    this.version = version
  }

  /**
   * @param monitoringAddress where it serves its metrics; without it nothing is said of its side
   * @throws VarveError BROKER_UNAVAILABLE · Error when there are no metrics
   */
  static async connect(
    address: string,
    monitoringAddress: string | undefined,
  ): Promise<RunningBroker> {
    const client = connect({ broker: address })
    try {
      await client.connected()
      const { version } = await client.admin().describeCluster()
      // A wrong address is told before anything is measured.
      if (monitoringAddress !== undefined) await scrapeUsage(monitoringAddress)
      return new RunningBroker(address, monitoringAddress, version)
    } finally {
      await client.close()
    }
  }

  connect(): Varve {
    return connect({ broker: this.#address })
  }

  async usage(): Promise<ServerUsage | undefined> {
    return this.#monitoringAddress === undefined
      ? undefined
      : await scrapeUsage(this.#monitoringAddress)
  }

  async close(): Promise<void> {
    // It goes on without us.
  }
}

/** A broker within this process, on files of its own or in memory. What it takes is part of the client's side. */
export class OwnBroker implements VarveBroker {
  readonly abilities: ReadonlySet<Ability> = new Set(ABILITIES)
  readonly version: string
  readonly #broker: Awaited<ReturnType<BenchServices['openInProcess']>>
  readonly #directory: string | undefined

  private constructor(
    broker: Awaited<ReturnType<BenchServices['openInProcess']>>,
    directory: string | undefined,
    version: string,
  ) {
    this.#broker = broker
    this.#directory = directory
    this.version = version
  }

  /** @param parent the folder in which its own is made; undefined: in memory */
  static async open(
    services: BenchServices,
    parent: string | undefined,
    version: string,
  ): Promise<OwnBroker> {
    const directory =
      parent === undefined ? undefined : mkdtempSync(join(parent, 'varve-bench-in-process-'))
    try {
      return new OwnBroker(await services.openInProcess(directory), directory, version)
    } catch (error) {
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
      throw error
    }
  }

  connect(): Varve {
    return sharedView(this.#broker.client)
  }

  usage(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  async close(): Promise<void> {
    await this.#broker.client.close({ timeoutMs: 1_000 })
    await this.#broker.close()
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true })
  }
}

/** The one client of a broker within the process, which its many users do not close. */
function sharedView(varve: Varve): Varve {
  return new Proxy(varve, {
    get(target, name) {
      if (name === 'close') return () => Promise.resolve()
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })
}
