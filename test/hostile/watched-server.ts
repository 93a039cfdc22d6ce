// A broker as a user runs it, in a process of its own, and what can be seen of it from outside: memory, descriptors, connections, and how
// late its event loop runs.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The program as it is built. */
export const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

interface WatchedServerOptions {
  readonly dataDir: string
  /** Further arguments of `varve start`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What the program is run with: a shell's `ulimit`, say. The command comes behind. */
  readonly prefix?: readonly string[]
  readonly nodeArgs?: readonly string[]
}

/** Metrics at one moment, by name and labels as they stand on the page. */
export type MetricValues = ReadonlyMap<string, number>

export class WatchedServer {
  readonly address: string
  readonly pid: number
  /** Lines of its log at level warn and above, the newest of them. */
  readonly lines: string[]
  readonly #child: ChildProcess
  readonly #monitoringAddress: string
  /** How late its event loop ran since the last `resetLag`, in milliseconds. */
  #lagMs = 0

  private constructor(
    child: ChildProcess,
    lines: string[],
    addresses: { readonly address: string; readonly monitoringAddress: string },
  ) {
    this.#child = child
    this.pid = child.pid ?? 0
    this.lines = lines
    this.address = addresses.address
    this.#monitoringAddress = addresses.monitoringAddress
  }

  /** @throws Error when it ends before it is ready */
  static async start(options: WatchedServerOptions): Promise<WatchedServer> {
    const { dataDir, args = [], env = {}, prefix = [], nodeArgs = [] } = options
    const [program, ...before] =
      prefix.length === 0 ? [process.execPath] : [...prefix, process.execPath]
    const child = spawn(
      program,
      [
        ...before,
        ...nodeArgs,
        MAIN,
        'start',
        '--json',
        '--listen',
        '127.0.0.1:0',
        '--metrics-listen',
        '127.0.0.1:0',
        '--data-dir',
        dataDir,
        ...args,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
    )
    const kill = (): void => {
      child.kill('SIGKILL')
    }
    process.once('exit', kill)
    child.once('exit', () => {
      process.off('exit', kill)
    })
    const lines: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line)
      if (lines.length > 1_000) lines.shift()
    })
    const output = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const first = await output.next()
    if (first.done === true) throw new Error(`the broker did not start: ${lines.join('\n')}`)
    const addresses = JSON.parse(first.value) as { address: string; monitoringAddress: string }
    return new WatchedServer(child, lines, addresses)
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  get residentBytes(): number {
    return this.#status('VmRSS')
  }

  /** The most resident memory that it ever had. */
  get residentBytesMost(): number {
    return this.#status('VmHWM')
  }

  get descriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length
  }

  async metrics(): Promise<MetricValues> {
    const text = await page(`http://${this.#monitoringAddress}/metrics`).catch((error: unknown) => {
      const last = this.lines.slice(-20).join('\n')
      throw new Error(
        `the broker${this.isRunning ? '' : ', which ended,'} does not answer: ${last}`,
        {
          cause: error,
        },
      )
    })
    const values = new Map<string, number>()
    for (const line of text.split('\n')) {
      const at = line.lastIndexOf(' ')
      if (at > 0 && !line.startsWith('#')) values.set(line.slice(0, at), Number(line.slice(at + 1)))
    }
    const lagMs = (values.get('varve_event_loop_delay_seconds{quantile="1"}') ?? 0) * 1_000
    this.#lagMs = Math.max(this.#lagMs, lagMs)
    return values
  }

  /** The worst since the last call. */
  async takeLagMs(): Promise<number> {
    await this.metrics()
    const lagMs = this.#lagMs
    this.#lagMs = 0
    return lagMs
  }

  async connections(): Promise<number> {
    return (await this.metrics()).get('varve_connections') ?? 0
  }

  /** SIGTERM, and waits for the end. @returns its exit code */
  async stop(): Promise<number | null> {
    if (!this.isRunning) return this.#child.exitCode
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
    return this.#child.exitCode
  }

  async kill(): Promise<void> {
    if (!this.isRunning) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }

  #status(field: string): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
  }
}

/** Over a connection of its own: one that is kept could be closed just when it is used again. */
async function page(url: string): Promise<string> {
  const request = get(url, { agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return text
}
