// Lets requests in while the broker is open and tells when the last one has left. Invariant: once closing has begun
// nothing new gets in, and `drained` resolves when everything inside is out.
import { VarveError } from '../domain/error.ts'

export class RequestGate {
  #inside = 0
  #isClosing = false
  #onDrained: (() => void) | undefined

  get isClosing(): boolean {
    return this.#isClosing
  }

  /**
   * Goes in; exactly one `leave` must follow.
   * @throws VarveError NOT_READY when closing has begun.
   */
  enter(): void {
    this.check()
    this.#inside++
  }

  leave(): void {
    this.#inside--
    if (this.#inside === 0) this.#onDrained?.()
  }

  /** @throws VarveError NOT_READY when closing has begun. */
  check(): void {
    if (this.#isClosing) throw new VarveError('NOT_READY', 'the broker is stopping')
  }

  /** Runs `action` inside. */
  async run<T>(action: () => Promise<T>): Promise<T> {
    this.enter()
    try {
      return await action()
    } finally {
      this.leave()
    }
  }

  close(): void {
    this.#isClosing = true
  }

  /** Resolves when nobody is inside. To be called once, after `close`. */
  async drained(): Promise<void> {
    if (this.#inside === 0) return
    await new Promise<void>((resolve) => {
      this.#onDrained = resolve
    })
  }
}
