// A broker that the bench starts for itself: as a user runs it, in a process and a folder of its own. Invariant: it ends with the bench, and takes
// its folder along.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ability, ServerUsage } from '../../bench/system.ts'
import type { VarveBroker } from '../../bench/varve-system.ts'
import { connect, type Varve } from '../../client/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { UsageError } from '../exit-code.ts'
import { canDropPageCache, dropPageCache } from './page-cache.ts'
import { scrapeUsage } from './scrape-usage.ts'

const START_MS_MAX = 60_000

export interface SpawnedBrokerOptions {
  /** The program and its first arguments: what runs `varve`. */
  readonly command: readonly string[]
  /** The folder in which the broker's own is made. */
  readonly directory: string
  /** `key=value`, as `varve start --set` takes them. */
  readonly settings: readonly string[]
  readonly version: string
  readonly clock: Clock
}

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<void>
  readonly address: string
  readonly monitoringAddress: string
}

export class SpawnedBroker implements VarveBroker {
  readonly abilities: ReadonlySet<Ability>
  readonly #options: SpawnedBrokerOptions
  readonly #directory: string
  #running: Running

  private constructor(options: SpawnedBrokerOptions, directory: string, running: Running) {
    this.#options = options
    this.#directory = directory
    this.#running = running
    const abilities: Ability[] = ['groups', 'replay', 'single', 'together', 'restart', 'kill']
    this.abilities = new Set(canDropPageCache() ? [...abilities, 'cold'] : abilities)
  }

  /** Resolves when clients may connect. @throws UsageError for a setting that is wrong · Error with what the broker said when it ended instead */
  static async start(options: SpawnedBrokerOptions): Promise<SpawnedBroker> {
    const directory = mkdtempSync(join(options.directory, 'varve-bench-'))
    try {
      const running = await run(options, directory, '127.0.0.1:0', '127.0.0.1:0')
      return new SpawnedBroker(options, directory, running)
    } catch (error) {
      rmSync(directory, { recursive: true, force: true })
      throw error
    }
  }

  get version(): string {
    return this.#options.version
  }

  get address(): string {
    return this.#running.address
  }

  get pid(): number | undefined {
    return this.#running.child.pid
  }

  connect(): Varve {
    return connect({ broker: this.address })
  }

  usage(): Promise<ServerUsage> {
    return scrapeUsage(this.#running.monitoringAddress)
  }

  /** On the same port and the same data. */
  async restart(ending: 'stop' | 'kill'): Promise<{ downMs: number; startMs: number }> {
    const { clock } = this.#options
    const { address, monitoringAddress } = this.#running
    const stopMs = clock.monotonicMs()
    await this.#end(ending === 'kill' ? 'SIGKILL' : 'SIGTERM')
    const startMs = clock.monotonicMs()
    this.#running = await run(this.#options, this.#directory, address, monitoringAddress)
    return { downMs: startMs - stopMs, startMs: clock.monotonicMs() - startMs }
  }

  dropCaches(): Promise<void> {
    dropPageCache()
    return Promise.resolve()
  }

  async close(): Promise<void> {
    await this.#end('SIGTERM')
    rmSync(this.#directory, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#running.child.kill(signal)
    await this.#running.ended
  }
}

async function run(
  { command, settings, clock }: SpawnedBrokerOptions,
  directory: string,
  listen: string,
  metricsListen: string,
): Promise<Running> {
  const [program = '', ...first] = command
  const args = ['start', '--json', '--listen', listen, '--metrics-listen', metricsListen]
  const data = ['--data-dir', join(directory, 'data')]
  const set = settings.flatMap((setting) => ['--set', setting])
  const child = spawn(program, [...first, ...args, ...data, ...set], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve()
    })
  })
  // A bench that dies takes it along.
  const killIt = (): void => void child.kill('SIGKILL')
  process.once('exit', killIt)
  void ended.then(() => process.off('exit', killIt))
  const line = await firstLine(child, clock)
  const { address, monitoringAddress } = JSON.parse(line) as {
    address: string
    monitoringAddress: string
  }
  return { child, ended, address, monitoringAddress }
}

function firstLine(child: ChildProcess, clock: Clock): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    let errors = ''
    const cancel = clock.after(START_MS_MAX, () => {
      child.kill('SIGKILL')
      reject(new Error(`the broker was not ready within ${START_MS_MAX / 1000} s: ${errors}`))
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2_000)
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const end = text.indexOf('\n')
      if (end < 0) return
      cancel()
      resolve(text.slice(0, end))
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      cancel()
      reject(brokenStart(errors, code))
    })
  })
}

/** Why it ended before it was ready: the failure that it said in its last line, or all that it said. */
function brokenStart(said: string, code: number | null): Error {
  const failure = failureOf(said)
  if (failure === undefined) {
    return new Error(`the broker ended with ${code ?? 'a signal'} before it was ready: ${said}`)
  }
  const message = `the broker did not start: ${failure.message}`
  return failure.code === 'CONFIG' ? new UsageError(message) : new Error(message)
}

function failureOf(said: string): { code: string; message: string } | undefined {
  const line = said.trimEnd().split('\n').at(-1) ?? ''
  try {
    const { error } = JSON.parse(line) as { error?: { code?: unknown; message?: unknown } }
    const { code, message } = error ?? {}
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : undefined
  } catch {
    return undefined
  }
}
