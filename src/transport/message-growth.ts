// How large the next message of one subscription may be. A large message costs both sides far less for its bytes, but what a client that
// does not read costs is one message. So messages are small at first and grow while a client shows that it reads: it gave credit, and what
// was sent left at once. Invariants: a client that gave no credit never gets a large message; of all that are on their way no more is large
// than the room that subscriptions share allows; nothing of that room is held but from the reading of a large message until it has left.
import type { Clock } from '../platform/clock.ts'
import type { SharedRoom } from './shared-room.ts'

/** Messages that left within this time are followed by larger ones. */
const QUICK_MS = 100
/** After one that took longer they begin small again. */
const SLOW_MS = 1_000

export interface MessageGrowthParts {
  readonly clock: Clock
  readonly room: SharedRoom
  /** What messages begin with. */
  readonly smallBytes: number
  /** What they grow to. */
  readonly largeBytes: number
}

export class MessageGrowth {
  readonly #parts: MessageGrowthParts
  #bytes: number
  /** What the last message might have. */
  #offered = 0
  /** Credit came since they grew. */
  #hasCredit = false
  #taken = 0
  #sentMs = 0

  constructor(parts: MessageGrowthParts) {
    this.#parts = parts
    this.#bytes = Math.min(parts.smallBytes, parts.largeBytes)
  }

  /** The budget of a message that is read now. Takes the room for it. */
  budget(): number {
    const { room, smallBytes, largeBytes } = this.#parts
    this.#giveBack()
    this.#offered = this.#bytes
    if (this.#bytes > smallBytes) {
      if (room.take(this.#bytes)) this.#taken = this.#bytes
      else this.#offered = Math.min(smallBytes, largeBytes)
    }
    return this.#offered
  }

  /** What was read with the last budget came to no records. */
  unused(): void {
    this.#giveBack()
  }

  /** The client allows more. */
  credit(): void {
    this.#hasCredit = true
  }

  /**
   * A message is given to the stream.
   * @param bytes of records that were read with the last budget; undefined for a message that goes before them, which leaves alone what
   *   was taken for them
   */
  sending(bytes: number | undefined): void {
    this.#sentMs = this.#parts.clock.monotonicMs()
    if (bytes !== undefined && bytes <= this.#parts.smallBytes) this.#giveBack()
  }

  /** It has left. */
  sent(bytes: number | undefined): void {
    const tookMs = this.#parts.clock.monotonicMs() - this.#sentMs
    const { smallBytes, largeBytes } = this.#parts
    if (bytes !== undefined) this.#giveBack()
    if (tookMs > SLOW_MS) {
      this.#bytes = Math.min(smallBytes, largeBytes)
      this.#hasCredit = false
    } else if (tookMs <= QUICK_MS && this.#hasCredit && this.#wasFull(bytes ?? 0)) {
      this.#bytes = Math.min(2 * this.#bytes, largeBytes)
      this.#hasCredit = false
    }
  }

  /** The subscription is over. */
  end(): void {
    this.#giveBack()
  }

  #wasFull(bytes: number): boolean {
    return this.#offered === this.#bytes && bytes >= this.#bytes / 2
  }

  #giveBack(): void {
    this.#parts.room.giveBack(this.#taken)
    this.#taken = 0
  }
}
