// Sends what a session has to tell, one message or a few small ones at a time: each when those before have left the process. So a
// client that does not read costs one message with records and a few without, and after `unreadMsMax` its session. Invariants: what is
// on its way is counted with that of all sessions; one timer a session, however many messages; after `release` nothing of it is left.
import { VarveError } from '../domain/error.ts'
import type { Cancel } from '../platform/clock.ts'
import type { MessageStream } from './message-stream.ts'
import type { ServiceContext } from './service-context.ts'
import type { UnreadMessage } from './unread-subscriptions.ts'

/** What a message takes beside its records, roughly. */
const MESSAGE_OVERHEAD_BYTES = 512

export interface WatchedSenderParts<Message> {
  readonly context: ServiceContext
  readonly stream: Pick<MessageStream<Message>, 'send' | 'breakOff'>
  /** How long a message may stay unread. */
  readonly unreadMsMax: number
  /** Its client does not read: to end the session, with which `release` comes. */
  readonly onSlow: (reason: string) => void
  /** A heartbeat could not be sent. */
  readonly onFailed: (error: unknown) => void
}

/** What is sent when there was nothing else for so long. */
export interface Heartbeat<Message> {
  readonly intervalMs: number
  readonly message: Message
}

export class WatchedSender<Message> {
  readonly #parts: WatchedSenderParts<Message>
  #heartbeat: Heartbeat<Message> | undefined
  #isReleased = false
  /** When the last message was given to the stream. */
  #sentMs: number
  /** It has not left yet. */
  #unread: UnreadMessage | undefined
  #onRead: (() => void) | undefined
  #stopTimer: Cancel | undefined

  constructor(parts: WatchedSenderParts<Message>) {
    this.#parts = parts
    this.#sentMs = parts.context.clock.monotonicMs()
  }

  /** Looks after the unread from now on, and after the idle if there is a heartbeat. To be called once. */
  watch(heartbeat?: Heartbeat<Message>): void {
    this.#heartbeat = heartbeat
    this.#sentMs = this.#parts.context.clock.monotonicMs()
    this.#look()
  }

  /**
   * Resolves when the message has left and every message before it. Does not hold it meanwhile. One at a time.
   * @throws VarveError CANCELLED after `release`
   */
  send(message: Message, bytes: number): Promise<void> {
    return this.sendAll([message], bytes)
  }

  /**
   * As {@link send}, of a few messages at once, in their order.
   * @param bytes that they take together, beside what each takes
   */
  sendAll(messages: readonly Message[], bytes: number): Promise<void> {
    if (this.#unread === undefined) return this.#give(messages, bytes)
    // A heartbeat is on its way.
    return this.#untilRead().then(() => this.sendAll(messages, bytes))
  }

  /** The session is over: what is on its way counts no more. */
  release(): void {
    this.#isReleased = true
    this.#stopTimer?.()
    this.#read()
  }

  #give(messages: readonly Message[], bytes: number): Promise<void> {
    if (this.#isReleased) return Promise.reject(new VarveError('CANCELLED', 'the session is over'))
    const { context, stream } = this.#parts
    const unread: UnreadMessage = {
      bytes: bytes + messages.length * MESSAGE_OVERHEAD_BYTES,
      cut: () => {
        this.#parts.onSlow('too much waits for all clients together')
        // What waits is in the way now.
        stream.breakOff()
      },
    }
    this.#unread = unread
    this.#sentMs = context.clock.monotonicMs()
    const sent = sendEach(stream, messages)
    context.unreadSubscriptions.add(unread)
    return sent.then(() => {
      this.#read()
    })
  }

  /** Nothing is unread any more. */
  #read(): void {
    const unread = this.#unread
    if (unread === undefined) return
    this.#unread = undefined
    this.#parts.context.unreadSubscriptions.remove(unread)
    this.#onRead?.()
    this.#onRead = undefined
  }

  #untilRead(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRead = resolve
    })
  }

  /** Looks after the unread and the idle, when the next of them may be due. */
  #look(): void {
    const { unreadMsMax, context } = this.#parts
    const { clock } = context
    const nowMs = clock.monotonicMs()
    const idleMsMax = this.#heartbeat?.intervalMs ?? Infinity
    const dueMs = this.#sentMs + (this.#unread === undefined ? idleMsMax : unreadMsMax)
    if (dueMs <= nowMs) {
      if (this.#unread !== undefined) {
        this.#parts.onSlow(`nothing was read for ${unreadMsMax} ms`)
        return
      }
      if (this.#heartbeat !== undefined) {
        this.send(this.#heartbeat.message, 0).catch(this.#parts.onFailed)
      }
    }
    // The heartbeat may have been too much for all clients together.
    if (this.#isReleased) return
    // What is sent right after this look must find the next one in time, whether it leaves soon or never.
    const delayMs = Math.min(Math.max(dueMs - nowMs, 1), idleMsMax, unreadMsMax)
    this.#stopTimer = clock.after(delayMs, () => {
      this.#look()
    })
  }
}

/** Resolves when the last has left, and so all have. No async function: it would hold the messages meanwhile. */
function sendEach<Message>(
  stream: Pick<MessageStream<Message>, 'send'>,
  messages: readonly Message[],
): Promise<unknown> {
  const [only] = messages
  if (messages.length === 1 && only !== undefined) return stream.send(only)
  return Promise.all(messages.map((message) => stream.send(message)))
}
