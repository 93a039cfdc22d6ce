// The stream of a session without a wire: its client reads or does not, as the test says.
import { isVarveError, type VarveError } from '../../src/domain/error.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { CallScope } from '../../src/transport/call-scope.ts'
import type { MessageStream } from '../../src/transport/message-stream.ts'

export class ReadingStream<Message> implements MessageStream<Message> {
  readonly scope: CallScope
  /** What was read. */
  readonly messages: Message[] = []
  /** Undefined until the stream ended; then its error, or null without one. */
  ended: VarveError | null | undefined
  isBrokenOff = false
  /** The session wants no messages for now. */
  isPaused = false
  private isReading = true
  private readonly unread: { message: Message; leave: () => void }[] = []

  constructor(clock: Clock, peer = 'test') {
    this.scope = new CallScope({ peer, clock, limitMs: Infinity })
  }

  stopReading(): void {
    this.isReading = false
  }

  /** Reads what is on its way, and everything from now on. */
  readOn(): void {
    this.isReading = true
    for (const { message, leave } of this.unread.splice(0)) {
      this.messages.push(message)
      leave()
    }
  }

  /** The client is gone. */
  cancel(): void {
    this.scope.cancel()
  }

  /** Messages on their way that were not read. */
  get unreadCount(): number {
    return this.unread.length
  }

  write(message: Message): Promise<void> {
    return this.send(message)
  }

  send(message: Message): Promise<void> {
    if (this.isReading) {
      this.messages.push(message)
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      this.unread.push({ message, leave: resolve })
    })
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  end(error?: unknown): void {
    if (error !== undefined && !isVarveError(error)) throw new Error('a bug', { cause: error })
    this.ended = error ?? null
    // As a transport does it: the call is over when its end was read.
    if (this.unread.length === 0) this.scope.cancel()
  }

  breakOff(): void {
    this.isBrokenOff = true
    this.unread.length = 0
    this.scope.cancel()
  }
}
