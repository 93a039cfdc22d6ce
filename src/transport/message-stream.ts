// A stream of messages as the sessions of the transports see it: what a transport lends to them, whatever lies below.
// Messages go out no faster than the other side reads them, and come in only while they are wanted.

export interface MessageStream<Message> {
  /**
   * Sends one message and resolves when the next may follow.
   * @throws the reason of the call's end when that comes first
   */
  write(message: Message): Promise<void>
  /**
   * Sends one message and resolves when it has left this process: while the other side does not read, it has not.
   * @throws the reason of the call's end when that comes first
   */
  send(message: Message): Promise<void>
  /** No more messages are wanted for now; a few that are on their way may still come. */
  pause(): void
  resume(): void
  /** Ends the stream from this side, with an error if there is one. Nothing may follow. */
  end(error?: unknown): void
  /** Breaks the stream off at once; what was not read yet is lost. For a side that does not even read the end. */
  breakOff(): void
}

/** What serves a stream in both directions: it is given the messages of the other side, in their order. */
export interface MessageSession<Message> {
  /** @param onDone called when the message and its bytes are not needed any more; not when the stream ends first */
  take(message: Message, onDone?: () => void): void
  /** The other side has nothing more to say. */
  finish(): void
  /** Ends the stream, with the error if there is one. */
  end(error?: unknown): void
}
