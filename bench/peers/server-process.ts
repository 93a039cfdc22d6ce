// A peer's server as a child process on a loopback port, with its data in the bench's folder. Invariant: whatever was started here is ended
// here, by its process id, also when this process ends before `stop` was called.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerUsage } from '../../src/bench/system.ts'
import { beginningOf, usageOfProcesses, withDescendants } from './process-usage.ts'

const READY_POLL_MS = 10
/** A machine that is busy may need most of it to start Erlang. */
const READY_TIMEOUT_MS = 180_000
/** Then it is killed. */
const STOP_TIMEOUT_MS = 30_000

export interface ServerProgram {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** What it prints goes to the end of this file. */
  readonly logFile: string
  readonly workingDirectory: string
  /** Whether it answers its clients now. */
  isReady(): Promise<boolean>
}

const running = new Set<ServerProcess>()

export class ServerProcess {
  readonly #program: ServerProgram
  #child: ChildProcess | undefined
  #ended: Promise<void> = Promise.resolve()
  /** Of processes that ended: those that runs now begin at zero. */
  #endedCpuSeconds = 0

  constructor(program: ServerProgram) {
    this.#program = program
  }

  /** @throws Error with the end of its log when it ends, or answers nobody, instead of becoming ready */
  async start(): Promise<void> {
    const { name, command, args, environment, logFile, workingDirectory } = this.#program
    const log = openSync(logFile, 'a')
    const child = spawn(command, args, {
      stdio: ['ignore', log, log],
      cwd: workingDirectory,
      env: { ...process.env, ...environment },
    })
    closeSync(log)
    let failure: string | undefined
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => {
        failure = error.message
        resolve()
      })
      child.once('exit', (code, signal) => {
        failure = `it ended with ${signal ?? `code ${code ?? -1}`}`
        resolve()
      })
    })
    this.#child = child
    if (running.size === 0) process.once('exit', endAll)
    running.add(this)
    const giveUpAt = performance.now() + READY_TIMEOUT_MS
    while (!(await this.#program.isReady())) {
      if (failure === undefined && performance.now() > giveUpAt) failure = 'it took too long'
      if (failure !== undefined) {
        await this.stop('kill')
        throw new Error(`${name} did not become ready: ${failure}\n${lastLines(logFile)}`)
      }
      await sleep(READY_POLL_MS)
    }
  }

  /** Resolves when it has ended; at once when it does not run. */
  async stop(ending: 'stop' | 'kill'): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#endedCpuSeconds += this.usage()?.cpuSeconds ?? 0
    const helpers = withDescendants(child.pid === undefined ? [] : [child.pid])
      .slice(1)
      .map((pid) => ({ pid, began: beginningOf(pid) }))
    this.#child = undefined
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(ending === 'kill' ? 'SIGKILL' : 'SIGTERM')
      const giveUp = new AbortController()
      const late = sleep(STOP_TIMEOUT_MS, undefined, { signal: giveUp.signal }).then(
        () => child.kill('SIGKILL'),
        () => undefined,
      )
      await Promise.race([this.#ended, late])
      await this.#ended
      giveUp.abort()
    }
    // What it left behind: helpers that wait for a parent that is gone.
    for (const { pid, began } of helpers) {
      if (began !== undefined && beginningOf(pid) === began) kill(pid)
    }
    running.delete(this)
    if (running.size === 0) process.off('exit', endAll)
  }

  /** Ends it with a signal and starts it again on the same data. */
  async restart(
    ending: 'stop' | 'kill',
  ): Promise<{ readonly downMs: number; readonly startMs: number }> {
    const beganAt = performance.now()
    await this.stop(ending)
    const downAt = performance.now()
    await this.start()
    return { downMs: downAt - beganAt, startMs: performance.now() - downAt }
  }

  /** Of all its lives; undefined when nobody tells. */
  usage(): ServerUsage | undefined {
    const pid = this.#child?.pid
    const now = usageOfProcesses(pid === undefined ? [] : [pid])
    if (now === undefined) return undefined
    return { ...now, cpuSeconds: now.cpuSeconds + this.#endedCpuSeconds }
  }

  endNow(): void {
    const pid = this.#child?.pid
    if (pid === undefined) return
    for (const each of withDescendants([pid])) kill(each)
  }
}

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'))
        else resolve(address.port)
      })
    })
  })
}

/** Of servers together; undefined when none tells. */
export function sumOfUsage(parts: readonly (ServerUsage | undefined)[]): ServerUsage | undefined {
  const told = parts.filter((part) => part !== undefined)
  if (told.length === 0) return undefined
  return {
    cpuSeconds: told.reduce((sum, part) => sum + part.cpuSeconds, 0),
    residentBytes: told.reduce((sum, part) => sum + part.residentBytes, 0),
  }
}

function endAll(): void {
  for (const server of running) server.endNow()
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2000)
  } catch {
    return ''
  }
}
