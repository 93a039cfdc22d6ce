// Opens subscriptions and keeps count of them. Invariants: how many there are, in all and of one connection, and how many
// partitions they have together is bounded; when the broker closes each of them ends.
import { VarveError } from '../domain/error.ts'
import type { Limits } from '../domain/limits.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import type { RequestGate } from './request-gate.ts'
import { Subscription } from './subscription.ts'
import type { SubscriptionCounts } from './subscription-counts.ts'
import type { RecordForm } from './subscription-events.ts'
import type { TopicCatalog } from './topic-catalog.ts'

export interface SubscriptionOptions<Records> {
  /** Who subscribes: address and port of a connection, or another name for it. */
  readonly peer: string
  readonly form: RecordForm<Records>
  readonly messageBytes: () => number
  /** As SubscriptionParts.onNoRecords. */
  readonly onNoRecords?: () => void
  /** At least 0. */
  readonly creditBytes: number
  /** At least 0; Infinity: records are not counted. */
  readonly creditRecords: number
}

interface SubscriptionServiceParts {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly limits: Limits
  readonly metrics: BrokerMetrics
}

interface Ending {
  end(error: VarveError): void
  readonly waiting: number
}

export class SubscriptionService {
  /** To be shown; only `slow` is counted by who ends a subscription for it. */
  readonly counts: SubscriptionCounts = { open: 0, partitions: 0, opened: 0, refused: 0, slow: 0 }
  readonly #catalog: TopicCatalog
  readonly #gate: RequestGate
  readonly #limits: Limits
  readonly #metrics: BrokerMetrics
  readonly #open = new Set<Ending>()
  readonly #openByPeer = new Map<string, number>()

  constructor({ catalog, gate, limits, metrics }: SubscriptionServiceParts) {
    this.#catalog = catalog
    this.#gate = gate
    this.#limits = limits
    this.#metrics = metrics
  }

  /** Partitions of all subscriptions that wait in their logs now. */
  get waiting(): number {
    let waiting = 0
    for (const subscription of this.#open) waiting += subscription.waiting
    return waiting
  }

  /**
   * A subscription without partitions; it is the caller's to end.
   * @throws VarveError TOO_MANY_SUBSCRIPTIONS · NOT_READY
   */
  open<Records>(options: SubscriptionOptions<Records>): Subscription<Records> {
    this.#gate.check()
    const { peer, form, messageBytes, onNoRecords, creditBytes, creditRecords } = options
    const { subscriptionsMax, subscriptionsPerConnectionMax } = this.#limits
    const ofPeer = this.#openByPeer.get(peer) ?? 0
    if (this.#open.size >= subscriptionsMax) {
      throw this.#refusal('subscriptions are open', subscriptionsMax)
    }
    if (ofPeer >= subscriptionsPerConnectionMax) {
      const max = subscriptionsPerConnectionMax
      throw this.#refusal('subscriptions are open on this connection', max)
    }
    const subscription: Subscription<Records> = new Subscription({
      catalog: this.#catalog,
      gate: this.#gate,
      metrics: this.#metrics,
      form,
      messageBytes,
      ...(onNoRecords === undefined ? {} : { onNoRecords }),
      creditBytes,
      creditRecords,
      countPartitions: (more) => {
        this.#countPartitions(subscription.size, more)
      },
      onEnd: () => {
        this.#open.delete(subscription)
        this.counts.open = this.#open.size
        const left = (this.#openByPeer.get(peer) ?? 1) - 1
        if (left === 0) this.#openByPeer.delete(peer)
        else this.#openByPeer.set(peer, left)
      },
    })
    this.#open.add(subscription)
    this.#openByPeer.set(peer, ofPeer + 1)
    this.counts.open = this.#open.size
    this.counts.opened++
    return subscription
  }

  /** Ends all of them: the broker closes. */
  close(): void {
    for (const subscription of [...this.#open]) {
      subscription.end(new VarveError('NOT_READY', 'the broker is stopping'))
    }
  }

  #countPartitions(before: number, more: number): void {
    if (more > 0 && before + more > this.#limits.subscriptionPartitionsMax) {
      throw new VarveError(
        'TOO_MANY_ITEMS',
        `a subscription reads at most ${this.#limits.subscriptionPartitionsMax} partitions`,
      )
    }
    const max = this.#limits.subscriptionPartitionsTotalMax
    if (more > 0 && this.counts.partitions + more > max) {
      throw this.#refusal('partitions are read by all subscriptions', max)
    }
    this.counts.partitions += more
  }

  #refusal(what: string, max: number): VarveError {
    this.counts.refused++
    return new VarveError('TOO_MANY_SUBSCRIPTIONS', `${max} ${what}, as many as there may be`, {
      details: { max },
    })
  }
}
