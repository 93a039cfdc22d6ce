// Counts the bytes of requests, from when they come in until they are answered. Invariants: the messages that one connection
// has under way never exceed its share, which is kept by reading no further; all together never exceed the whole, which is
// kept by refusing. Declared lengths count against the connection that declares them only: nobody takes room from others by
// announcing bytes that do not come.

export interface RequestBytesOptions {
  readonly bytesMax: number
  readonly bytesPerConnectionMax: number
}

/** Bytes of requests of all connections, as far as they have come in. */
export class RequestBytes {
  readonly #options: RequestBytesOptions
  /** What these are a part of. */
  readonly #whole: RequestBytes | undefined
  #bytes = 0
  #unreadBytes = 0

  constructor(options: RequestBytesOptions, whole?: RequestBytes) {
    this.#options = options
    this.#whole = whole
  }

  /** Some of these bytes, with a limit of their own: what is counted there is counted here too. */
  part(bytesMax: number): RequestBytes {
    return new RequestBytes({ ...this.#options, bytesMax }, this)
  }

  /** Those that were read. */
  get bytes(): number {
    return this.#bytes
  }

  /** Those that came in on calls that are not read: as much as the windows of HTTP/2 let through. */
  get unreadBytes(): number {
    return this.#unreadBytes
  }

  /** Counts bytes that were read. @returns false, and counts nothing, when there is no room for them */
  add(bytes: number): boolean {
    if (!this.#hasRoomFor(bytes) || this.#whole?.add(bytes) === false) return false
    this.#bytes += bytes
    return true
  }

  /** Counts bytes that came in and wait to be read. @returns false, and counts nothing, when there is no room for them */
  addUnread(bytes: number): boolean {
    if (!this.#hasRoomFor(bytes) || this.#whole?.addUnread(bytes) === false) return false
    this.#unreadBytes += bytes
    return true
  }

  /** They are read now, or dropped. */
  removeUnread(bytes: number): void {
    this.#unreadBytes -= bytes
    this.#whole?.removeUnread(bytes)
  }

  remove(bytes: number): void {
    this.#bytes -= bytes
    this.#whole?.remove(bytes)
  }

  /** The room of a connection for its messages. */
  room(): MessageRoom {
    return new MessageRoom(this.#options.bytesPerConnectionMax)
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#bytes + this.#unreadBytes + bytes <= this.#options.bytesMax
  }
}

interface Waiting {
  readonly bytes: number
  readonly onRoom: () => void
}

/** The share of one connection. Messages get it in the order in which they ask, each whole, so that one at least can end. */
export class MessageRoom {
  readonly #bytesMax: number
  readonly #waiting = new Set<Waiting>()
  #taken = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get taken(): number {
    return this.#taken
  }

  /** Messages that wait for room. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Takes room whether there is any or not: for what is so small and so seldom that it would only hold up others. */
  takeAnyway(bytes: number): void {
    this.#taken += bytes
  }

  /**
   * Takes room for a message.
   * @returns undefined when it has it now; else a function that gives up waiting. Before `onRoom` is called the room is taken.
   */
  take(bytes: number, onRoom: () => void): (() => void) | undefined {
    if (this.#waiting.size === 0 && this.#fits(bytes)) {
      this.#taken += bytes
      return undefined
    }
    const waiting = { bytes, onRoom }
    this.#waiting.add(waiting)
    return () => {
      if (this.#waiting.delete(waiting)) this.#serve()
    }
  }

  give(bytes: number): void {
    this.#taken -= bytes
    this.#serve()
  }

  /** A message always fits into an empty room. */
  #fits(bytes: number): boolean {
    return this.#taken === 0 || this.#taken + bytes <= this.#bytesMax
  }

  #serve(): void {
    for (const next of this.#waiting) {
      if (!this.#fits(next.bytes)) return
      this.#waiting.delete(next)
      this.#taken += next.bytes
      next.onRoom()
    }
  }
}
