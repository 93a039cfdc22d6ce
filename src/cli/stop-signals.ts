// SIGINT and SIGTERM as a command sees them: the first asks it to come to an end, the second ends the process at once.
import { EXIT, type ExitCode } from './exit-code.ts'

export class StopSignals {
  readonly #controller = new AbortController()
  readonly #listeners = new Map<NodeJS.Signals, () => void>()
  #received: 'SIGINT' | 'SIGTERM' | undefined

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      const listener = (): void => {
        this.#receive(name)
      }
      this.#listeners.set(name, listener)
      process.on(name, listener)
    }
  }

  /** Aborts at the first signal. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The exit code of a command that the signal stopped before its work was done; undefined without a signal. */
  get exitCode(): ExitCode | undefined {
    if (this.#received === undefined) return undefined
    return this.#received === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
  }

  /** Resolves at the first signal. */
  async received(): Promise<void> {
    if (this.signal.aborted) return
    await new Promise<void>((resolve) => {
      this.signal.addEventListener('abort', () => {
        resolve()
      })
    })
  }

  /** Gives the signals back to the process. */
  release(): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener)
    this.#listeners.clear()
  }

  #receive(name: 'SIGINT' | 'SIGTERM'): void {
    if (this.#received !== undefined) process.exit(this.exitCode)
    this.#received = name
    this.#controller.abort()
  }
}
