// A subscription: many partitions read over and over as credit allows, in turn, so that none starves behind a busy one. It is
// pulled: nothing is read before `next` is called, so it holds one turn's events at most. Invariants: no more than one batch is
// given beyond the credit; a partition without anything new costs one callback in its log, and the whole no timer; after
// `end` nothing of it is left in any log.
import { VarveError } from '../domain/error.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import type { RequestGate } from './request-gate.ts'
import { SubscribedPartition, type TurnOutcome } from './subscribed-partition.ts'
import type {
  RecordForm,
  SubscriptionEvent,
  SubscriptionRequest,
  SubscriptionStart,
  SubscriptionTarget,
} from './subscription-events.ts'
import type { TopicCatalog } from './topic-catalog.ts'

/** What the subscription works with, and how it is meant. */
export interface SubscriptionParts<Records> {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly metrics: BrokerMetrics
  readonly form: RecordForm<Records>
  /** Budget of one event's records, asked for right before they are read; a single batch or record may be larger. */
  readonly messageBytes: () => number
  /** What was asked for with `messageBytes` came to no records: room that was taken for them is free. */
  readonly onNoRecords?: () => void
  readonly creditBytes: number
  /** Infinity: records are not counted. */
  readonly creditRecords: number
  /** Takes room for partitions, or gives it back with a negative number. @throws VarveError when there is none */
  readonly countPartitions: (more: number) => void
  /** Called once, at the end. */
  readonly onEnd: () => void
}

/** Places that are found before the first of them is told: they are told together. */
const PLACES_AT_ONCE = 8

export class Subscription<Records> {
  readonly #parts: SubscriptionParts<Records>
  readonly #partitions = new Map<string, SubscribedPartition>()
  /** Those whose place must be found, and those that have or may have something, in turn. */
  readonly #placing = new Set<SubscribedPartition>()
  readonly #due = new Set<SubscribedPartition>()
  readonly #events: SubscriptionEvent<Records>[] = []
  #creditBytes: number
  #creditRecords: number
  #isFinishing = false
  #ended: VarveError | undefined
  #onChange: (() => void) | undefined

  constructor(parts: SubscriptionParts<Records>) {
    this.#parts = parts
    this.#creditBytes = parts.creditBytes
    this.#creditRecords = parts.creditRecords
  }

  /** Partitions that it has. */
  get size(): number {
    return this.#partitions.size
  }

  /** Partitions that wait in their logs. */
  get waiting(): number {
    let waiting = 0
    for (const partition of this.#partitions.values()) if (partition.isWaiting) waiting++
    return waiting
  }

  /** Allows more to be given. Both at least 0. */
  addCredit(bytes: number, records: number): void {
    this.#creditBytes = Math.min(this.#creditBytes + bytes, Number.MAX_SAFE_INTEGER)
    if (this.#creditRecords !== Infinity) {
      this.#creditRecords = Math.min(this.#creditRecords + records, Number.MAX_SAFE_INTEGER)
    }
    this.#changed()
  }

  /**
   * Reads these partitions from now on; what stands in the way of one is an event.
   * @throws VarveError INVALID_ARGUMENT when one is read already, or twice in the list · as SubscriptionParts.countPartitions
   */
  add(requests: readonly SubscriptionRequest[]): void {
    const keys = new Set<string>()
    for (const request of requests) {
      const key = keyOf(request)
      if (this.#partitions.has(key) || keys.has(key)) {
        throw new VarveError(
          'INVALID_ARGUMENT',
          `${request.topic}/${request.partition} is read by this subscription already`,
          { details: { topic: request.topic, partition: request.partition } },
        )
      }
      keys.add(key)
    }
    this.#parts.countPartitions(requests.length)
    for (const request of requests) {
      const partition = new SubscribedPartition(request)
      this.#partitions.set(keyOf(request), partition)
      this.#schedule(partition)
    }
    this.#changed()
  }

  /** Goes to another place. @throws VarveError INVALID_ARGUMENT when it is not read, or the epoch does not rise */
  seek(target: SubscriptionTarget, start: SubscriptionStart, seekEpoch: number): void {
    const partition = this.#get(target)
    partition.seek(start, seekEpoch)
    this.#schedule(partition)
    this.#changed()
  }

  /** @throws VarveError INVALID_ARGUMENT when one is not read */
  pause(targets: readonly SubscriptionTarget[] | 'all'): void {
    for (const partition of this.#chosen(targets)) {
      partition.isPaused = true
      partition.endWait()
      this.#due.delete(partition)
    }
    this.#changed()
  }

  /** @throws VarveError INVALID_ARGUMENT when one is not read */
  resume(targets: readonly SubscriptionTarget[] | 'all'): void {
    for (const partition of this.#chosen(targets)) {
      partition.isPaused = false
      if (!partition.isWaiting) this.#schedule(partition)
    }
    this.#changed()
  }

  /** Reads these no longer; those that are not read are passed over. */
  remove(targets: readonly SubscriptionTarget[]): void {
    for (const target of targets) {
      const partition = this.#partitions.get(keyOf(target))
      if (partition === undefined) continue
      partition.release()
      this.#partitions.delete(keyOf(target))
      this.#placing.delete(partition)
      this.#due.delete(partition)
      this.#parts.countPartitions(-1)
    }
    this.#changed()
  }

  /** Nothing more will be asked for: `next` ends when nothing more can come. */
  finish(): void {
    this.#isFinishing = true
    this.#changed()
  }

  /** Lets go of everything; `next` fails with the error from now on. Safe to call twice. */
  end(error: VarveError): void {
    if (this.#ended !== undefined) return
    this.#ended = error
    for (const partition of this.#partitions.values()) partition.release()
    this.#parts.countPartitions(-this.#partitions.size)
    this.#partitions.clear()
    this.#placing.clear()
    this.#due.clear()
    this.#events.length = 0
    this.#parts.onEnd()
    this.#changed()
  }

  /**
   * What is to be told next, waiting for it; undefined when it was finished and nothing more can come. Not to be called
   * again before it has settled.
   * @throws VarveError what `end` was given · NOT_READY when the broker stops
   */
  async next(): Promise<SubscriptionEvent<Records> | undefined> {
    for (;;) {
      if (this.#ended !== undefined) throw this.#ended
      const event = this.#events.shift()
      if (event !== undefined) return event
      const [place] = this.#placing
      const [due] = this.#due
      if (place !== undefined) await this.#takePlaces()
      else if (due !== undefined && this.#hasCredit) await this.#read(due)
      else if (this.#isFinishing && !this.#mayComeToMore()) return undefined
      else await this.#change()
    }
  }

  /**
   * What is to be told besides, without waiting for it and without records: for who tells several things at a time. A partition whose
   * place was found, or that has come to its end, costs its reader a part of a trip then, not one of its own.
   */
  takeQueued(): SubscriptionEvent<Records> | undefined {
    const isSmall = this.#ended === undefined && this.#events[0]?.kind !== 'records'
    return isSmall ? this.#events.shift() : undefined
  }

  get #hasCredit(): boolean {
    return this.#creditBytes > 0 && this.#creditRecords > 0
  }

  async #takePlaces(): Promise<void> {
    for (let count = 0; count < PLACES_AT_ONCE; count++) {
      const [place] = this.#placing
      if (place === undefined || this.#ended !== undefined) return
      await this.#takePlace(place)
    }
  }

  async #takePlace(partition: SubscribedPartition): Promise<void> {
    this.#placing.delete(partition)
    const { gate, catalog } = this.#parts
    const outcome = await gate.run(() =>
      partition.takePlace<Records>(catalog, (event) => this.#events.push(event)),
    )
    this.#settle(partition, outcome)
  }

  async #read(partition: SubscribedPartition): Promise<void> {
    this.#due.delete(partition)
    const { gate, metrics, form, messageBytes, onNoRecords } = this.#parts
    const allowance = {
      bytes: Math.min(messageBytes(), this.#creditBytes),
      records: this.#creditRecords,
    }
    let recordCount = 0
    const tell = (event: SubscriptionEvent<Records>): void => {
      if (event.kind === 'records') {
        recordCount += event.recordCount
        this.#creditBytes -= event.bytes
        this.#creditRecords -= event.recordCount
      }
      this.#events.push(event)
    }
    const outcome = await gate.run(() => partition.read(allowance, form, metrics, tell))
    if (recordCount === 0) onNoRecords?.()
    this.#settle(partition, outcome)
  }

  /**
   * After a turn. Commands may have come since it began, even since it ended: who was removed is left alone, and who was put
   * in line anew stays there, since it must never wait in its log as well: both would wake each other without end.
   */
  #settle(partition: SubscribedPartition, outcome: TurnOutcome): void {
    if (this.#partitions.get(keyOf(partition)) !== partition) return
    if (!partition.isActive) {
      // A resume during the turn could not know that it halts.
      this.#placing.delete(partition)
      this.#due.delete(partition)
      return
    }
    if (this.#placing.has(partition) || this.#due.has(partition) || partition.isPaused) return
    if (outcome === 'more') this.#due.add(partition)
    else if (outcome === 'wait') {
      partition.wait(() => {
        this.#due.add(partition)
        this.#changed()
      })
    }
  }

  /** Puts it in line for what it needs next. */
  #schedule(partition: SubscribedPartition): void {
    this.#due.delete(partition)
    if (partition.hasNewPlace) this.#placing.add(partition)
    else if (!partition.isPaused && partition.isActive) this.#due.add(partition)
  }

  /** Whether anything can still come without another word from the client. */
  #mayComeToMore(): boolean {
    if (!this.#hasCredit) return false
    for (const partition of this.#partitions.values()) {
      if (partition.isActive && !partition.isPaused) return true
    }
    return false
  }

  #chosen(targets: readonly SubscriptionTarget[] | 'all'): Iterable<SubscribedPartition> {
    if (targets === 'all') return this.#partitions.values()
    return targets.map((target) => this.#get(target))
  }

  #get(target: SubscriptionTarget): SubscribedPartition {
    const partition = this.#partitions.get(keyOf(target))
    if (partition !== undefined) return partition
    throw new VarveError(
      'INVALID_ARGUMENT',
      `${target.topic}/${target.partition} is not read by this subscription`,
      { details: { topic: target.topic, partition: target.partition } },
    )
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = resolve
    })
  }

  #changed(): void {
    const onChange = this.#onChange
    this.#onChange = undefined
    onChange?.()
  }
}

/** A number has no slash: the last one parts the two. */
function keyOf({ topic, partition }: SubscriptionTarget): string {
  return `${topic}/${partition}`
}
