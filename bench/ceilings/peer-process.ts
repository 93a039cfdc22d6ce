// Measures a wire: starts the other process, lets bytes flow, and asks both sides what it cost. Invariant: the first tenth of the time is
// for warming up and is not counted; the other process is gone when the measurement is over, however it ended.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type CeilingOptions, type CeilingResult, secondsOf } from './ceiling.ts'

export type PeerKind = 'grpc' | 'http2' | 'socket'

/** Bytes that flow between this process and the other. */
export interface Flow {
  /** Ends it; what is under way may be lost. */
  stop(): void
}

/** Lets bytes flow, in messages of so many, and counts those that have arrived. */
export type OpenFlow = (
  port: number,
  messageBytes: number,
  onBytes: (bytes: number) => void,
) => Flow | Promise<Flow>

const WARM_UP_SHARE = 0.1

export async function measuredWire(
  kind: PeerKind,
  { bytes, seconds, messageBytes }: CeilingOptions,
  open: OpenFlow,
): Promise<CeilingResult> {
  const script = join(import.meta.dirname, 'peer.ts')
  const child = fork(script, [kind, String(messageBytes)], { execArgv: ['--import', 'tsx'] })
  try {
    const { port } = await answer<{ port: number }>(child)
    return await flowed({ child, port, bytes, seconds, messageBytes, open })
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}

interface Wire {
  readonly child: ChildProcess
  readonly port: number
  readonly bytes: number
  readonly seconds: number
  readonly messageBytes: number
  readonly open: OpenFlow
}

async function flowed(wire: Wire): Promise<CeilingResult> {
  const { child, bytes, seconds } = wire
  let arrived = 0
  let isEnough = (): boolean => false
  let onEnough: () => void = () => undefined
  const flow = await wire.open(wire.port, wire.messageBytes, (count) => {
    arrived += count
    if (isEnough()) onEnough()
  })
  const until = (bytesMax: number, secondsMax: number): Promise<void> =>
    new Promise((resolve) => {
      const from = arrived
      const timer = setTimeout(resolve, secondsMax * 1_000)
      isEnough = () => arrived - from >= bytesMax
      onEnough = () => {
        clearTimeout(timer)
        isEnough = () => false
        resolve()
      }
    })
  await until(bytes * WARM_UP_SHARE, seconds * WARM_UP_SHARE)
  await cpuSecondsOf(child)
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  const from = arrived
  await until(bytes, seconds)
  const result = {
    bytes: arrived - from,
    seconds: (performance.now() - startedMs) / 1_000,
    cpuSeconds: { client: secondsOf(cpu), server: await cpuSecondsOf(child) },
  }
  flow.stop()
  return result
}

async function cpuSecondsOf(child: ChildProcess): Promise<number> {
  const answered = answer<{ cpuSeconds: number }>(child)
  child.send('cpu')
  return (await answered).cpuSeconds
}

function answer<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => {
      reject(new Error('the other process of a ceiling has ended'))
    }
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as Answer)
    })
  })
}
