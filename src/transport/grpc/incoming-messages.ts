// Puts the messages of one call together from the bytes of its DATA frames, in place of the decoder of grpc-js. That one
// keeps a buffer for every frame, so that a message in frames of one byte costs a hundred times its size, and nothing tells
// it to wait. Invariants: memory follows the bytes that have come, not their number of frames nor the declared length (beyond what the
// call has sent in one message before, a MiB at most); a
// message begins only when its connection has room for it; what was counted is given back when the message is done with, at
// the latest when the call ends.
//
//   message   1 byte: 0, or 1 when compressed · 4 bytes: length of the body · body
import { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { MessageRoom, RequestBytes } from '../request-bytes.ts'

const HEADER_BYTES = 5
/** The first byte of a message that is. */
const COMPRESSED = 1
/** Up to this size a message has its memory at once, or up to what the call has sent in one message before; a larger one as its bytes come. */
const FIRST_BUFFER_BYTES = 64 * 1024
/** And no more than that. */
const AT_ONCE_BYTES_MAX = 1024 * 1024 + 64 * 1024
/** By how much a buffer grows that is full: what was copied before is a third of the whole. */
const GROWTH = 4
/** A first message of this size or less does not wait for room: what came is there already. */
const SMALL_BYTES = 16 * 1024

/** The stream of bytes below a call. */
export interface ByteSource {
  pause(): unknown
  resume(): unknown
  unshift(bytes: Buffer): void
}

export interface IncomingMessagesOptions {
  readonly source: ByteSource
  readonly clock: Clock
  readonly bytes: RequestBytes
  readonly room: MessageRoom
  readonly limits: Pick<Limits, 'requestBytesMax' | 'requestReceiveMsMax'>
  /** Of a call that sends one message and then its end. */
  readonly isSingle: boolean
  /** The call cannot go on; nothing more comes out. */
  readonly onFailure: (error: VarveError) => void
  /** A message is complete. */
  readonly onMessage: () => void
}

interface Message {
  readonly buffer: Buffer
  heldBytes: number
}

export class IncomingMessages {
  readonly #options: IncomingMessagesOptions
  readonly #header = Buffer.alloc(HEADER_BYTES)
  #headerBytes = 0
  /** Of the message that is coming in, with its header; 0 between messages. */
  #totalBytes = 0
  #hasRoom = false
  #stopWaiting: Cancel | undefined
  #buffer: Buffer | undefined
  #filled = 0
  #stopTimer: Cancel | undefined
  /** Messages that came out and were not taken yet. */
  readonly #ready: Message[] = []
  /** Of all messages that came out and are not done with. */
  #heldBytes = 0
  #messages = 0
  /** The largest message that came in whole. */
  #largestBytes = FIRST_BUFFER_BYTES
  /** Came in and were not read yet. */
  #unreadBytes = 0
  #isOver = false

  constructor(options: IncomingMessagesOptions) {
    this.#options = options
    this.#startTimer()
  }

  /** So many bytes came in, to be read by `write`. Until then they count as unread: the call may be paused for long. */
  arrive(bytes: number): void {
    if (this.#isOver) return
    if (this.#options.bytes.addUnread(bytes)) this.#unreadBytes += bytes
    else this.#fail(tooManyBytes())
  }

  /**
   * Takes the next bytes. Those that have no room yet go back to the source, which is paused until there is.
   * @returns the messages that are complete with them, each with its header
   * @throws Error for a message that is too large: grpc-js makes RESOURCE_EXHAUSTED of it
   */
  write(data: Buffer): Buffer[] {
    const complete: Buffer[] = []
    this.#read(data.length)
    let at = 0
    while (at < data.length && !this.#isOver) {
      if (!this.#hasBegun()) at += this.#readHeader(data, at)
      if (!this.#hasBegun()) break
      if (!this.#hasRoom && !this.#takeRoom()) {
        this.#options.source.pause()
        if (at < data.length) {
          this.#options.source.unshift(data.subarray(at))
          this.arrive(data.length - at)
        }
        break
      }
      at += this.#fill(data, at)
      if (this.#isComplete()) complete.push(this.#finish())
    }
    return complete
  }

  /** Nothing more comes from the client. */
  end(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
  }

  /** The next message has reached its handler. @returns what to call when it is done with; more than once does nothing */
  taken(): Cancel {
    const message = this.#ready.shift()
    return () => {
      if (message === undefined) return
      this.#giveBack(message.heldBytes)
      message.heldBytes = 0
    }
  }

  /**
   * A message that came out takes so much more: it was unpacked.
   * @throws VarveError QUEUE_FULL
   */
  grow(message: Buffer, bytes: number): void {
    const found = this.#ready.find((one) => one.buffer === message)
    if (found === undefined || this.#isOver) return
    if (!this.#options.bytes.add(bytes)) throw tooManyBytes()
    this.#options.room.takeAnyway(bytes)
    found.heldBytes += bytes
    this.#heldBytes += bytes
  }

  /** The call is over. Safe to call twice. */
  close(): void {
    this.#isOver = true
    this.end()
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    const { bytes, room } = this.#options
    if (this.#hasRoom) {
      bytes.remove(this.#filled)
      room.give(this.#totalBytes)
    }
    this.#hasRoom = false
    this.#buffer = undefined
    this.#read(this.#unreadBytes)
    this.#giveBack(this.#heldBytes)
  }

  /** What is read is counted from now on as part of its message. */
  #read(bytes: number): void {
    const counted = Math.min(bytes, this.#unreadBytes)
    this.#unreadBytes -= counted
    this.#options.bytes.removeUnread(counted)
  }

  /** @returns how many bytes belong to the header; the size is known when it is complete */
  #readHeader(data: Buffer, at: number): number {
    const count = data.copy(this.#header, this.#headerBytes, at)
    this.#headerBytes += count
    if (this.#headerBytes < HEADER_BYTES) return count
    const bodyBytes = this.#header.readUInt32BE(1)
    if (this.#header.readUInt8() > COMPRESSED) {
      this.#fail(
        new VarveError('MALFORMED_REQUEST', 'the message says neither yes nor no to compression'),
      )
      return count
    }
    const bodyBytesMax = this.#options.limits.requestBytesMax
    if (bodyBytes > bodyBytesMax) {
      this.close()
      throw new Error(`Received message larger than max (${bodyBytes} vs ${bodyBytesMax})`)
    }
    this.#totalBytes = HEADER_BYTES + bodyBytes
    this.#filled = 0
    if (!this.#stopTimer) this.#startTimer()
    return count
  }

  #takeRoom(): boolean {
    if (this.#stopWaiting) return false
    const { room, source } = this.#options
    const isFirst = this.#messages === 0
    // An empty one is complete already: nothing would come that could bring it out later.
    if (this.#totalBytes === HEADER_BYTES || (isFirst && this.#totalBytes <= SMALL_BYTES)) {
      room.takeAnyway(this.#totalBytes)
      this.#hasRoom = true
      return true
    }
    this.#stopWaiting = room.take(this.#totalBytes, () => {
      this.#stopWaiting = undefined
      this.#hasRoom = true
      source.resume()
    })
    this.#hasRoom = this.#stopWaiting === undefined
    return this.#hasRoom
  }

  /** Copies what belongs to the message. @returns how many bytes that were */
  #fill(data: Buffer, at: number): number {
    const buffer = this.#bufferFor(data.length - at)
    if (this.#filled === 0) {
      if (!this.#count(HEADER_BYTES)) return 0
      this.#header.copy(buffer)
      this.#filled = HEADER_BYTES
    }
    const count = Math.min(this.#totalBytes - this.#filled, data.length - at)
    if (!this.#count(count)) return 0
    data.copy(buffer, this.#filled, at, at + count)
    this.#filled += count
    return count
  }

  /** With room for the next bytes of the message. */
  #bufferFor(bytes: number): Buffer {
    const needed = Math.min(this.#totalBytes, Math.max(this.#filled, HEADER_BYTES) + bytes)
    const old = this.#buffer
    if (old !== undefined && old.length >= needed) return old
    const size = Math.max(needed, (old?.length ?? 0) * GROWTH, this.#largestBytes)
    const buffer = Buffer.allocUnsafe(Math.min(this.#totalBytes, size))
    old?.copy(buffer, 0, 0, this.#filled)
    this.#buffer = buffer
    return buffer
  }

  #count(bytes: number): boolean {
    if (this.#options.bytes.add(bytes)) return true
    this.#fail(tooManyBytes())
    return false
  }

  #hasBegun(): boolean {
    return this.#totalBytes > 0
  }

  #isComplete(): boolean {
    return !this.#isOver && this.#filled === this.#totalBytes
  }

  #finish(): Buffer {
    const message = this.#buffer ?? Buffer.from(this.#header)
    this.#ready.push({ buffer: message, heldBytes: this.#totalBytes })
    this.#heldBytes += this.#totalBytes
    this.#messages += 1
    this.#largestBytes = Math.max(this.#largestBytes, Math.min(this.#totalBytes, AT_ONCE_BYTES_MAX))
    this.#buffer = undefined
    this.#totalBytes = 0
    this.#filled = 0
    this.#headerBytes = 0
    this.#hasRoom = false
    // A call with one message is not complete before its end.
    if (!this.#options.isSingle) this.end()
    this.#options.onMessage()
    return message
  }

  #giveBack(bytes: number): void {
    if (bytes === 0 || this.#heldBytes === 0) return
    this.#heldBytes -= bytes
    this.#options.bytes.remove(bytes)
    this.#options.room.give(bytes)
  }

  #startTimer(): void {
    this.#stopTimer = this.#options.clock.after(this.#options.limits.requestReceiveMsMax, () => {
      this.#fail(new VarveError('REQUEST_TIMEOUT', 'the request did not come in whole in its time'))
    })
  }

  #fail(error: VarveError): void {
    if (this.#isOver) return
    this.close()
    this.#options.onFailure(error)
  }
}

/** What is behind the header of a message. */
export function bodyOf(message: Buffer): Buffer {
  return message.subarray(HEADER_BYTES)
}

function tooManyBytes(): VarveError {
  return new VarveError('QUEUE_FULL', 'too many bytes of requests are under way on this broker')
}
