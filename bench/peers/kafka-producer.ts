// Sends to Kafka as a bench producer. The Node client sends what it is given at once, so batches are gathered here as Kafka's own clients do:
// by partition, until they are full or have lingered. Invariant: as in `BenchProducer`; nothing is sent twice, since nothing is retried.
import { CompressionTypes, type Message, type Producer } from 'kafkajs'
import type { BenchProducer, OnSent, ProducerRequest } from '../../src/bench/system.ts'
import { partitionForKey } from '../../src/domain/murmur2.ts'
import { SendWindow } from './send-window.ts'

/** Kafka's `max.in.flight.requests.per.connection`, here by partition. */
export const BATCHES_IN_FLIGHT = 5

export const ALL_IN_SYNC_REPLICAS = -1

interface Waiting {
  messages: Message[]
  tokens: number[]
  bytes: number
}

export class KafkaProducer implements BenchProducer {
  readonly #producer: Producer
  readonly #request: ProducerRequest
  readonly #onSent: OnSent
  /** Room for every partition's batches, and always more records than fit into one. */
  readonly #window: SendWindow
  readonly #waiting: Waiting[]
  readonly #inFlight: number[]
  readonly #inFlightMax: number
  #linger: NodeJS.Timeout | undefined
  #sticky = 0

  /** @param producer connected, and closed with this one */
  constructor(producer: Producer, request: ProducerRequest, onSent: OnSent) {
    this.#producer = producer
    this.#request = request
    this.#onSent = onSent
    this.#window = new SendWindow(
      Number.MAX_SAFE_INTEGER,
      Math.max(32 * 2 ** 20, 2 * request.partitions * request.batchBytes),
    )
    this.#waiting = Array.from({ length: request.partitions }, newWaiting)
    this.#inFlight = this.#waiting.map(() => 0)
    // Batches are compressed beside each other, and would pass each other.
    this.#inFlightMax = request.compression === 'none' ? BATCHES_IN_FLIGHT : 1
  }

  trySend(
    partition: number | undefined,
    key: Buffer | null,
    value: Buffer,
    token: number,
  ): boolean {
    const bytes = value.length + (key?.length ?? 0)
    if (!this.#window.tryTake(bytes)) return false
    const chosen = partition ?? this.#choose(key)
    const waiting = this.#waiting[chosen]
    if (waiting === undefined) throw new RangeError(`there is no partition ${chosen}`)
    waiting.messages.push({ key, value, partition: chosen })
    waiting.tokens.push(token)
    waiting.bytes += bytes
    if (waiting.bytes >= this.#request.batchBytes) this.#send(chosen)
    else this.#linger ??= setTimeout(this.#sendAll, this.#request.lingerMs)
    return true
  }

  ready(): Promise<void> {
    return this.#window.ready()
  }

  flush(): Promise<void> {
    this.#sendAll()
    return this.#window.idle()
  }

  async close(): Promise<void> {
    clearTimeout(this.#linger)
    await this.#producer.disconnect()
  }

  readonly #sendAll = (): void => {
    clearTimeout(this.#linger)
    this.#linger = undefined
    for (const partition of this.#waiting.keys()) this.#send(partition)
  }

  /** What waits for its turn is sent when an earlier batch was answered. */
  #send(partition: number): void {
    const batch = this.#waiting[partition]
    const inFlight = this.#inFlight[partition] ?? 0
    if (batch === undefined || batch.tokens.length === 0 || inFlight >= this.#inFlightMax) return
    this.#waiting[partition] = newWaiting()
    this.#inFlight[partition] = inFlight + 1
    const { topic, compression, partitions } = this.#request
    this.#sticky = (partition + 1) % partitions
    this.#producer
      .send({
        topic,
        acks: ALL_IN_SYNC_REPLICAS,
        compression: compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None,
        messages: batch.messages,
      })
      .then(
        ([answer]) => {
          this.#settle(partition, batch, baseOffsetOf(answer), undefined)
        },
        (error: unknown) => {
          this.#settle(partition, batch, undefined, error as Error)
        },
      )
  }

  #settle(
    partition: number,
    batch: Waiting,
    baseOffset: number | undefined,
    error: Error | undefined,
  ): void {
    this.#inFlight[partition] = (this.#inFlight[partition] ?? 1) - 1
    for (const [index, token] of batch.tokens.entries()) {
      const { key, value } = batch.messages[index] ?? {}
      this.#window.giveBack((value?.length ?? 0) + (key?.length ?? 0))
      this.#onSent(token, baseOffset === undefined ? undefined : baseOffset + index, error)
    }
    this.#send(partition)
  }

  /** Without a key one partition for a whole batch, and then the next. */
  #choose(key: Buffer | null): number {
    return key === null ? this.#sticky : partitionForKey(key, this.#request.partitions)
  }
}

/** The first offset of what was sent; undefined where the server does not say. */
export function baseOffsetOf(
  answer: { readonly baseOffset?: string; readonly offset?: string } | undefined,
): number | undefined {
  const told = answer?.baseOffset ?? answer?.offset
  return told === undefined || told === '-1' ? undefined : Number(told)
}

function newWaiting(): Waiting {
  return { messages: [], tokens: [], bytes: 0 }
}
