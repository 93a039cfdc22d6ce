// Counts the messages of subscriptions and replay sessions that their clients have not read yet. Invariant: together they do not stay above the
// limit; the one that waits longest goes first, so that who does not read costs those who do nothing.

/** A message on its way. */
export interface UnreadMessage {
  readonly bytes: number
  /** Ends the subscription at once, because its client does not read. */
  readonly cut: () => void
}

export class UnreadSubscriptions {
  readonly #bytesMax: number
  /** In the order in which they were sent. */
  readonly #messages = new Set<UnreadMessage>()
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Of all messages that are on their way. */
  get bytes(): number {
    return this.#bytes
  }

  /** Counts a message until `remove`; may cut others, or the message's own subscription when there is no other. */
  add(message: UnreadMessage): void {
    this.#messages.add(message)
    this.#bytes += message.bytes
    for (const oldest of this.#messages) {
      if (this.#bytes <= this.#bytesMax) return
      this.remove(oldest)
      oldest.cut()
    }
  }

  /** The message was read, or is no more. Safe to call twice. */
  remove(message: UnreadMessage): void {
    if (this.#messages.delete(message)) this.#bytes -= message.bytes
  }
}
