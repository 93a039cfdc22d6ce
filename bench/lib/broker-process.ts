// A broker as a user runs it: the built bin in a process of its own, on a free loopback port.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const main = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js')

export interface BrokerProcess {
  readonly address: string
  /** From the start of the process to its ready line, in milliseconds. */
  readonly readyMs: number
  /** Resident memory now, in MiB (Linux). */
  residentMib(): number
  /** Processor time that it has used, in clock ticks of 10 ms (Linux). */
  cpuTicks(): number
  /** Calls that read from files and sockets so far (Linux; positioned reads among them). */
  readCalls(): number
  /** Descriptors that it holds open now (Linux). */
  openDescriptors(): number
  /** How often it has synced a file to disk. */
  syncs(): Promise<number>
  /** SIGTERM; resolves with the milliseconds it took to end. */
  stop(): Promise<number>
}

/** @throws Error when the broker ends before it is ready. */
export async function startBrokerProcess(dataDirectory: string): Promise<BrokerProcess> {
  const startedAt = performance.now()
  const child = spawn(
    process.execPath,
    [
      main,
      'start',
      '--json',
      '--listen',
      '127.0.0.1:0',
      '--data-dir',
      dataDirectory,
      '--metrics-listen',
      '127.0.0.1:0',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve()
    }),
  )
  const line = await firstLine(child)
  const readyMs = performance.now() - startedAt
  const { address, monitoringAddress } = JSON.parse(line) as {
    address: string
    monitoringAddress: string
  }
  return {
    address,
    readyMs,
    residentMib: () => {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
    },
    cpuTicks: () => {
      const stat = readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8')
      // Behind the name, which may hold anything: user time is the 12th field, system time the 13th.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(fields[11]) + Number(fields[12])
    },
    readCalls: () => {
      const io = readFileSync(`/proc/${child.pid ?? 0}/io`, 'utf8')
      return Number(/^syscr: (\d+)/m.exec(io)?.[1])
    },
    openDescriptors: () => readdirSync(`/proc/${child.pid ?? 0}/fd`).length,
    syncs: async () => {
      const text = await (await fetch(`http://${monitoringAddress}/metrics`)).text()
      return Number(/^varve_storage_sync_seconds_count (\d+)/m.exec(text)?.[1])
    },
    stop: async () => {
      const stopAt = performance.now()
      child.kill('SIGTERM')
      await ended
      return performance.now() - stopAt
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    let errors = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2000)
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    })
    child.once('exit', (code) => {
      reject(new Error(`the broker ended with code ${code ?? -1} before it was ready: ${errors}`))
    })
  })
}
