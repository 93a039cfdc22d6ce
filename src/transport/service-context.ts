// What every handler works with, whatever transport it serves, and how an error becomes an answer. Invariant: nothing of an
// unexpected error reaches the client but an id, under which the log has the rest.
import { setMaxListeners } from 'node:events'
import type { Broker } from '../broker/broker.ts'
import type { GroupService } from '../broker/groups/group-service.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { type Metrics, NO_METRICS } from '../platform/metrics.ts'
import type { Random } from '../platform/random.ts'
import type { Status } from '../protocol/grpc/messages.ts'
import { toStatus } from '../protocol/grpc/status.ts'
import { SharedRoom } from './shared-room.ts'
import { TransportMetrics } from './transport-metrics.ts'
import { UnreadAnswers } from './unread-answers.ts'
import { UnreadSubscriptions } from './unread-subscriptions.ts'

export interface ServiceContextOptions {
  readonly broker: Broker
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Where calls and refusals are counted; nowhere unless told. */
  readonly metrics?: Metrics
  /** What is to differ from LIMITS. */
  readonly limits?: Partial<Limits>
}

export class ServiceContext {
  readonly broker: Broker
  readonly clock: Clock
  readonly limits: Limits
  readonly unreadAnswers: UnreadAnswers
  readonly unreadSubscriptions: UnreadSubscriptions
  /** For messages of subscriptions that are larger than others. */
  readonly largeMessages: SharedRoom
  readonly random: Random
  readonly metrics: TransportMetrics
  readonly #log: Log
  readonly #stopping = new AbortController()

  constructor(options: ServiceContextOptions) {
    // One for each open stream: bounded by connections and LIMITS.streamsPerConnectionMax.
    setMaxListeners(0, this.#stopping.signal)
    this.broker = options.broker
    this.limits = { ...LIMITS, ...options.limits }
    this.unreadAnswers = new UnreadAnswers({
      bytesMax: this.limits.unreadAnswerBytesMax,
      bytesPerConnectionMax: this.limits.unreadAnswerBytesPerConnectionMax,
    })
    this.unreadSubscriptions = new UnreadSubscriptions(this.limits.subscriptionUnreadBytesMax)
    this.largeMessages = new SharedRoom(this.limits.subscriptionLargeBytesMax)
    this.clock = options.clock
    this.random = options.random
    this.metrics = new TransportMetrics(options.metrics ?? NO_METRICS, options.clock, {
      answerBytes: () => this.unreadAnswers.bytes,
      subscriptionBytes: () => this.unreadSubscriptions.bytes,
    })
    this.#log = options.log
  }

  /** The consumer groups of the broker. */
  get groups(): GroupService {
    return this.broker.groups
  }

  /** Aborts when the server begins to stop: streams finish what they accepted and end. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  stop(): void {
    this.#stopping.abort(new VarveError('NOT_READY', 'the broker is stopping'))
  }

  /** For the part of an answer that failed. */
  statusOf(error: unknown): Status {
    return toStatus(this.expected(error))
  }

  /** The error as a caller may see it: a bug goes to the log and becomes INTERNAL. */
  expected(error: unknown): VarveError {
    const expected = this.#expected(error)
    this.metrics.refused(expected)
    return expected
  }

  #expected(error: unknown): VarveError {
    if (error instanceof VarveError && error.code !== 'INTERNAL') return error
    const id = Buffer.from(this.random.bytes(6)).toString('hex')
    this.#log.error('request_failed_unexpectedly', { id, error })
    return new VarveError('INTERNAL', `a bug in the broker; its log has the details under ${id}`, {
      details: { id },
    })
  }
}
