// Subscribe: an init, then commands as they come, and what the subscription has to tell, one message at a time: the next
// is read when the one before has left the process. So a client that does not read costs one message, and after
// LIMITS.subscriptionUnreadMsMax its subscription. Invariants: one timer a session, for heartbeats and for the unread; when
// the session is over, nothing of it is left.
import type { Subscription } from '../broker/subscription.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { Cancel } from '../platform/clock.ts'
import type {
  RecordSet,
  SubscribeCreditOutput,
  SubscribeInitOutput,
  SubscribeReadyOutput,
  SubscribeRequestOutput,
  SubscribeResponse,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import type { MessageSession, MessageStream } from './message-stream.ts'
import type { ServiceContext } from './service-context.ts'
import { StreamLife } from './stream-life.ts'
import { decodedForm, storedForm } from './subscribe-forms.ts'
import { requestOf, responseOf, startOf } from './subscribe-messages.ts'
import type { UnreadMessage } from './unread-subscriptions.ts'
import { admitCount } from './wire-numbers.ts'

/** What a message takes beside its records, roughly. */
const MESSAGE_OVERHEAD_BYTES = 512

export class SubscribeSession implements MessageSession<SubscribeRequestOutput> {
  readonly #context: ServiceContext
  readonly #stream: MessageStream<SubscribeResponse>
  readonly #scope: CallScope
  readonly #life: StreamLife
  #subscription: Subscription<RecordSet> | undefined
  #heartbeatMs = Infinity
  /** When the last message was given to the stream. */
  #sentMs: number
  /** It has not left yet. */
  #unread: UnreadMessage | undefined
  #stopTimer: Cancel | undefined

  /** Serves the stream from now on; ends the scope with it. */
  constructor(context: ServiceContext, stream: MessageStream<SubscribeResponse>, scope: CallScope) {
    this.#context = context
    this.#stream = stream
    this.#scope = scope
    this.#sentMs = context.clock.monotonicMs()
    this.#life = new StreamLife({
      context,
      stream,
      scope,
      startMsMax: LIMITS.subscriptionInitMsMax,
      startText: 'the stream began without an init',
      endMsMax: LIMITS.subscriptionEndMsMax,
      release: () => {
        this.#stopTimer?.()
        this.#subscription?.end(new VarveError('CANCELLED', 'the subscription is over'))
        this.#read()
      },
    })
    this.#life.begin()
  }

  /** Takes the next message; one that has no place here ends the stream with its error. */
  take(message: SubscribeRequestOutput, onDone: () => void = () => undefined): void {
    try {
      if (this.#life.isOver) return
      if (this.#subscription === undefined) this.#begin(message)
      else this.#command(this.#subscription, message)
    } catch (error) {
      this.end(error)
    } finally {
      onDone()
    }
  }

  /** The client has nothing more to say: the stream ends when nothing more can come. */
  finish(): void {
    if (this.#subscription === undefined) this.end()
    else this.#subscription.finish()
  }

  /** Ends the stream, with the error if there is one. What was given to the stream may still be read. */
  end(error?: unknown): void {
    this.#life.end(error)
  }

  /** @throws VarveError when the message is no proper init · TOO_MANY_SUBSCRIPTIONS · NOT_READY */
  #begin({ init }: SubscribeRequestOutput): void {
    if (!init) {
      throw new VarveError('MISSING_FIELD', 'the first message of the stream must be an init', {
        details: { field: 'init' },
      })
    }
    const ready = readyOf(init, this.#context.limits)
    this.#subscription = this.#context.broker.subscriptions.open({
      peer: this.#scope.peer,
      form: init.form === 'RECORD_FORM_RECORDS' ? decodedForm : storedForm,
      messageBytes: ready.maxBytes,
      creditBytes: admitCount(init.creditBytes, 'init.credit_bytes'),
      creditRecords:
        init.creditRecords === undefined
          ? Infinity
          : admitCount(init.creditRecords, 'init.credit_records'),
    })
    this.#heartbeatMs = ready.heartbeatIntervalMs
    this.#sentMs = this.#context.clock.monotonicMs()
    this.#life.started()
    this.#watch()
    this.#tellAll(this.#subscription, ready).catch((error: unknown) => {
      this.end(error)
    })
  }

  /** @throws VarveError when the message asks for what cannot be */
  #command(subscription: Subscription<RecordSet>, message: SubscribeRequestOutput): void {
    const { init, credit, add, seek, pause, resume, remove } = message
    if (init) {
      throw new VarveError('MALFORMED_REQUEST', 'the stream had its init already', {
        details: { field: 'init' },
      })
    }
    if (credit) addCredit(subscription, credit)
    else if (add) subscription.add(add.partitions.map(requestOf))
    else if (seek) {
      subscription.seek(seek, startOf(seek, seek.to), admitCount(seek.seekEpoch, 'seek.seek_epoch'))
    } else if (pause) subscription.pause(orAll(pause.partitions))
    else if (resume) subscription.resume(orAll(resume.partitions))
    else if (remove) subscription.remove(remove.partitions)
    // A kind of message that only newer brokers know is passed over, as the protocol promises.
  }

  async #tellAll(
    subscription: Subscription<RecordSet>,
    ready: SubscribeReadyOutput,
  ): Promise<void> {
    try {
      await this.#send({ ready }, 0)
      while (await this.#tellNext(subscription));
      this.end()
    } catch (error) {
      // Who ended it has said why.
      if (!this.#life.isOver) throw error
    }
  }

  /**
   * No async function: it would hold the records until their message has left, beside the bytes that the stream holds.
   * @returns whether there may be more
   */
  #tellNext(subscription: Subscription<RecordSet>): Promise<boolean> {
    return subscription.next().then((event) => {
      if (event === undefined) return false
      const bytes = event.kind === 'records' ? event.bytes : 0
      return this.#send(responseOf(this.#context, event), bytes).then(() => true)
    })
  }

  /** Resolves when the message has left and every message before it. Does not hold it meanwhile. */
  #send(message: SubscribeResponse, bytes: number): Promise<void> {
    if (this.#unread === undefined) return this.#give(message, bytes)
    // A heartbeat is on its way.
    return this.#untilRead().then(() => this.#send(message, bytes))
  }

  /** @throws VarveError CANCELLED when the subscription is over */
  #give(message: SubscribeResponse, bytes: number): Promise<void> {
    if (this.#life.isOver) {
      return Promise.reject(new VarveError('CANCELLED', 'the subscription is over'))
    }
    const unread: UnreadMessage = {
      bytes: bytes + MESSAGE_OVERHEAD_BYTES,
      cut: () => {
        this.#cut('too much waits for all clients together')
        // What waits is in the way now.
        this.#stream.breakOff()
      },
    }
    this.#unread = unread
    this.#sentMs = this.#context.clock.monotonicMs()
    const sent = this.#stream.send(message)
    this.#context.unreadSubscriptions.add(unread)
    return sent.then(() => {
      this.#read()
    })
  }

  /** Nothing is unread any more. */
  #read(): void {
    const unread = this.#unread
    if (unread === undefined) return
    this.#unread = undefined
    this.#context.unreadSubscriptions.remove(unread)
    this.#onRead?.()
    this.#onRead = undefined
  }

  #onRead: (() => void) | undefined

  #untilRead(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRead = resolve
    })
  }

  /** Looks after the unread and the idle, when the next of them may be due. */
  #watch(): void {
    const { clock } = this.#context
    const nowMs = clock.monotonicMs()
    const unreadMsMax = this.#context.limits.subscriptionUnreadMsMax
    const limitMs = this.#unread === undefined ? this.#heartbeatMs : unreadMsMax
    const dueMs = this.#sentMs + limitMs
    if (dueMs <= nowMs) {
      if (this.#unread !== undefined) {
        this.#cut(`nothing was read for ${unreadMsMax} ms`)
        return
      }
      this.#send({ heartbeat: {} }, 0).catch((error: unknown) => {
        if (!this.#life.isOver) this.end(error)
      })
    }
    // A message that leaves in time must not find its heartbeats late: look at least as often as they are due.
    const delayMs = Math.min(Math.max(dueMs - nowMs, 1), this.#heartbeatMs)
    this.#stopTimer = clock.after(delayMs, () => {
      this.#watch()
    })
  }

  #cut(reason: string): void {
    if (this.#life.isOver) return
    this.#context.broker.subscriptions.counts.slow++
    this.end(new VarveError('SLOW_CONSUMER', `the subscription was ended: ${reason}`))
  }
}

function readyOf(init: SubscribeInitOutput, limits: Limits): SubscribeReadyOutput {
  const askedBytes = admitCount(init.maxBytes, 'init.max_bytes')
  const askedMs = admitCount(init.heartbeatIntervalMs, 'init.heartbeat_interval_ms')
  return {
    maxBytes: Math.min(
      askedBytes === 0 ? LIMITS.subscriptionMessageBytesDefault : askedBytes,
      LIMITS.subscriptionMessageBytesMax,
    ),
    heartbeatIntervalMs:
      askedMs === 0
        ? LIMITS.subscriptionHeartbeatMsDefault
        : Math.min(
            Math.max(askedMs, LIMITS.subscriptionHeartbeatMsMin),
            LIMITS.subscriptionHeartbeatMsMax,
          ),
    partitionsMax: LIMITS.subscriptionPartitionsMax,
    unreadMaxMs: limits.subscriptionUnreadMsMax,
  }
}

/** @throws VarveError INVALID_ARGUMENT when it is negative */
function addCredit(subscription: Subscription<RecordSet>, credit: SubscribeCreditOutput): void {
  const bytes = admitCount(credit.bytes, 'credit.bytes')
  subscription.addCredit(bytes, admitCount(credit.records, 'credit.records'))
}

/** In a message that names none, all are meant. */
function orAll<Target>(targets: readonly Target[]): readonly Target[] | 'all' {
  return targets.length === 0 ? 'all' : targets
}
