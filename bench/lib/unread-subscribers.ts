// Subscribers that subscribe to everything and never read, in a process of their own, so that what they cost there does
// not count.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export interface UnreadOptions {
  readonly broker: string
  readonly topic: string
  readonly partitions: number
  readonly subscribers: number
  readonly messageBytes: number
}

/** Resolves when all have subscribed. `close` ends them all. */
export async function openUnreadSubscribers(
  options: UnreadOptions,
): Promise<{ close(): Promise<void> }> {
  const script = join(import.meta.dirname, 'unread-subscribers-child.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  await subscribed(child)
  return {
    close: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function subscribed(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => {
      resolve()
    })
    child.once('exit', (code) => {
      reject(new Error(`the subscribers ended with code ${code ?? -1}`))
    })
  })
}
