// Subscribe: an init, then commands as they come, and what the subscription has to tell, one message at a time: the next
// is read when the one before has left the process. So a client that does not read costs one message, and after
// LIMITS.subscriptionUnreadMsMax its subscription. Invariant: when the session is over, nothing of it is left.
import type { Subscription } from '../broker/subscription.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type {
  RecordSet,
  SubscribeCreditOutput,
  SubscribeInitOutput,
  SubscribeReadyOutput,
  SubscribeRequestOutput,
  SubscribeResponse,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import { MessageGrowth } from './message-growth.ts'
import type { MessageSession, MessageStream } from './message-stream.ts'
import type { ServiceContext } from './service-context.ts'
import { StreamLife } from './stream-life.ts'
import { decodedForm, storedForm } from './subscribe-forms.ts'
import { requestOf, responseOf, startOf } from './subscribe-messages.ts'
import { WatchedSender } from './watched-sender.ts'
import { admitCount } from './wire-numbers.ts'

/** Messages that are given to the stream together; one of them at most has records. */
const MESSAGES_AT_ONCE = 8

export class SubscribeSession implements MessageSession<SubscribeRequestOutput> {
  readonly #context: ServiceContext
  readonly #scope: CallScope
  readonly #life: StreamLife
  readonly #sender: WatchedSender<SubscribeResponse>
  #subscription: Subscription<RecordSet> | undefined
  #growth: MessageGrowth | undefined

  /** Serves the stream from now on; ends the scope with it. */
  constructor(context: ServiceContext, stream: MessageStream<SubscribeResponse>, scope: CallScope) {
    this.#context = context
    this.#scope = scope
    this.#sender = new WatchedSender({
      context,
      stream,
      unreadMsMax: context.limits.subscriptionUnreadMsMax,
      onSlow: (reason) => {
        this.#cut(reason)
      },
      onFailed: (error) => {
        this.end(error)
      },
    })
    this.#life = new StreamLife({
      context,
      stream,
      scope,
      startMsMax: LIMITS.subscriptionInitMsMax,
      startText: 'the stream began without an init',
      endMsMax: LIMITS.subscriptionEndMsMax,
      release: () => {
        this.#sender.release()
        this.#growth?.end()
        this.#subscription?.end(new VarveError('CANCELLED', 'the subscription is over'))
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
    const { clock, limits, largeMessages } = this.#context
    const ready = readyOf(init, limits)
    const growth = new MessageGrowth({
      clock,
      room: largeMessages,
      smallBytes: LIMITS.subscriptionMessageBytesDefault,
      largeBytes: ready.maxBytes,
    })
    this.#growth = growth
    this.#subscription = this.#context.broker.subscriptions.open({
      peer: this.#scope.peer,
      form: init.form === 'RECORD_FORM_RECORDS' ? decodedForm : storedForm,
      messageBytes: () => growth.budget(),
      onNoRecords: () => {
        growth.unused()
      },
      creditBytes: admitCount(init.creditBytes, 'init.credit_bytes'),
      creditRecords:
        init.creditRecords === undefined
          ? Infinity
          : admitCount(init.creditRecords, 'init.credit_records'),
    })
    this.#life.started()
    this.#sender.watch({
      intervalMs: ready.heartbeatIntervalMs,
      message: { heartbeat: {} },
    })
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
    if (credit) {
      addCredit(subscription, credit)
      this.#growth?.credit()
    } else if (add) subscription.add(add.partitions.map(requestOf))
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
      await this.#sender.send({ ready }, 0)
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
      const bytes = event.kind === 'records' ? event.bytes : undefined
      const messages = [responseOf(this.#context, event)]
      while (messages.length < MESSAGES_AT_ONCE) {
        const further = subscription.takeQueued()
        if (further === undefined) break
        messages.push(responseOf(this.#context, further))
      }
      this.#growth?.sending(bytes)
      return this.#sender.sendAll(messages, bytes ?? 0).then(() => {
        this.#growth?.sent(bytes)
        return true
      })
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
