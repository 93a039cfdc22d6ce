import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Child {
  readonly process: ChildProcess
  readonly pid: number
  /** The next line of its standard output; undefined at the end. */
  readonly line: () => Promise<string | undefined>
  /** Ends its standard input. */
  readonly end: () => void
  /** SIGKILL, and waits for the end. */
  readonly kill: () => Promise<void>
  readonly exited: Promise<unknown>
}

/** Runs a TypeScript file in a process of its own. */
export function startChild(script: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    pid: child.pid ?? 0,
    line: async () => {
      const next = await lines.next()
      return next.done === true ? undefined : next.value
    },
    end: () => child.stdin.end(),
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    exited,
  }
}
