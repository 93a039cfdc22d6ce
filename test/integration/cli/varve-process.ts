// The built command as users run it: child processes, their output as bytes, their exit codes.
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

type VarveChild = ChildProcessByStdio<Writable, Readable, Readable>

export interface RunResult {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined
  readonly signal: NodeJS.Signals | undefined
  readonly bytes: Buffer
  /** Standard output as text. */
  readonly output: string
  /** Standard error as text. */
  readonly messages: string
}

export interface RunOptions {
  readonly input?: Buffer | string | Readable
  /** HOST:PORT, by VARVE_BROKER. */
  readonly broker?: string
  readonly cwd?: string
}

/** Starts the command and lets the caller play with it. */
export function spawnVarve(args: readonly string[], options: RunOptions = {}): VarveChild {
  if (!existsSync(MAIN)) throw new Error('dist is missing: run npm run build, or npm test')
  return spawn(process.execPath, [MAIN, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, VARVE_BROKER: options.broker ?? '' },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
}

/** Collects what a child says until it has ended. */
export async function finished(child: VarveChild): Promise<RunResult> {
  const [output, messages]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => messages.push(chunk))
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...ending) => {
      resolve(ending)
    })
  })
  const bytes = Buffer.concat(output)
  return {
    code: code ?? undefined,
    signal: signal ?? undefined,
    bytes,
    output: bytes.toString(),
    messages: Buffer.concat(messages).toString(),
  }
}

/** Runs the command to its end. */
export async function varve(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawnVarve(args, options)
  const ending = finished(child)
  // A command that fails early does not read its input: EPIPE is no failure of the test.
  child.stdin.on('error', () => undefined)
  if (options.input === undefined) child.stdin.end()
  else if (typeof options.input === 'string' || Buffer.isBuffer(options.input)) {
    child.stdin.end(options.input)
  } else void pipeline(options.input, child.stdin).catch(() => undefined)
  return ending
}

/** Like `varve`, and throws unless it ends with 0. */
export async function varveOk(
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await varve(args, options)
  if (result.code === 0) return result
  throw new Error(`varve ${args.join(' ')} ended with ${result.code}: ${result.messages}`)
}

export interface BrokerProcess {
  readonly address: string
  readonly child: ChildProcess
  /** Resolves with the exit code, or undefined when a signal ended it. */
  readonly ended: Promise<number | undefined>
  /** Standard error so far. */
  readonly log: () => string
}

/** Starts a broker on a free port (or the given address) and waits for its line. */
export async function startBroker(
  args: readonly string[],
  options: { readonly listen?: string } = {},
): Promise<BrokerProcess> {
  const listen = options.listen ?? '127.0.0.1:0'
  const child = spawnVarve(['start', '--json', '--listen', listen, ...args])
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? undefined)
    })
  })
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then((code) => {
      throw new Error(`the broker ended with ${code} before it was ready: ${log}`)
    }),
  ])
  const { address } = JSON.parse(first) as { address: string }
  return { address, child, ended, log: () => log }
}

/** Ends a broker by SIGTERM and waits. */
export async function stopBroker(broker: BrokerProcess): Promise<number | undefined> {
  broker.child.kill('SIGTERM')
  return broker.ended
}

/** A new folder, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'varve-cli-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
