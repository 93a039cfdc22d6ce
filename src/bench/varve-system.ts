// Varve as the bench measures it: through its own client, whatever is behind it (a broker somewhere, one that the bench started, one in this
// process). Each producer and consumer has a client, and so a connection, of its own.
import type { Consumer, GroupConsumer, Producer, Replay, Varve } from '../client/index.ts'
import { isVarveError } from '../domain/error.ts'
import type {
  Ability,
  BenchConsumer,
  BenchProducer,
  BenchSystem,
  ConsumerRequest,
  NotedSetting,
  OnSent,
  ProducerRequest,
  ReceivedRecord,
  ServerUsage,
  TopicRequest,
} from './system.ts'
import type { Workload } from './workload.ts'

/** The broker behind it, as far as the bench can reach it. */
export interface VarveBroker {
  readonly version: string
  readonly abilities: ReadonlySet<Ability>
  /** A client, not connected yet. The caller closes it. */
  connect(): Varve
  usage(): Promise<ServerUsage | undefined>
  restart?(ending: 'stop' | 'kill'): Promise<{ readonly downMs: number; readonly startMs: number }>
  dropCaches?(): Promise<void>
  close(): Promise<void>
}

export class VarveSystem implements BenchSystem {
  readonly name = 'varve'
  readonly hasDenseOffsets = true
  readonly #broker: VarveBroker
  readonly #shared: Varve
  readonly #sender: Producer

  constructor(broker: VarveBroker) {
    this.#broker = broker
    this.#shared = broker.connect()
    this.#sender = this.#shared.producer()
  }

  get version(): string {
    return this.#broker.version
  }

  get abilities(): ReadonlySet<Ability> {
    return this.#broker.abilities
  }

  settings({ durability }: Workload): readonly NotedSetting[] {
    return [{ name: 'durability', value: durability, equal: true }]
  }

  async createTopic({ name, partitions, durability }: TopicRequest): Promise<void> {
    const settings = durability === 'none' ? {} : { durability }
    await this.#shared.admin().createTopic({ name, partitions, settings })
  }

  async deleteTopic(name: string): Promise<void> {
    await this.#shared.admin().deleteTopic(name)
  }

  async openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer> {
    const client = this.#broker.connect()
    await client.connected()
    const { topic, durability, batchBytes, lingerMs, compression } = request
    const producer = client.producer({ durability, batchBytes, lingerMs, compression })
    return new VarveProducer(client, producer, topic, onSent)
  }

  async openConsumer(request: ConsumerRequest): Promise<BenchConsumer> {
    const client = this.#broker.connect()
    await client.connected()
    const { topic, from, untilEnd, group, replay } = request
    const end = untilEnd ? { until: 'end' as const } : {}
    if (replay === true) {
      return new VarveConsumer(client, client.replay({ topics: [topic], from: 'earliest' }))
    }
    if (group !== undefined) {
      const consumer = client.consumer().subscribe({ group, topics: [topic], from })
      return new VarveConsumer(client, consumer)
    }
    return new VarveConsumer(client, client.consumer({ topics: topic, from, ...end }))
  }

  sendOne(topic: string, partition: number, value: Buffer): Promise<number | undefined> {
    return this.sendTogether(topic, partition, [value])
  }

  async sendTogether(
    topic: string,
    partition: number,
    values: readonly Buffer[],
  ): Promise<number | undefined> {
    const records = values.map((value) => ({ value }))
    const { baseOffset } = await this.#sender.append({ topic, partition, records })
    return baseOffset
  }

  hadNoEffect(error: Error): boolean {
    return isVarveError(error) && error.effect === 'none'
  }

  usage(): Promise<ServerUsage | undefined> {
    return this.#broker.usage()
  }

  async restart(ending: 'stop' | 'kill'): Promise<{ downMs: number; startMs: number }> {
    if (this.#broker.restart === undefined)
      throw new RangeError('this broker is not the bench’s to restart')
    return await this.#broker.restart(ending)
  }

  async dropCaches(): Promise<void> {
    await this.#broker.dropCaches?.()
  }

  async close(): Promise<void> {
    await this.#shared.close({ timeoutMs: 1_000 })
    await this.#broker.close()
  }
}

class VarveProducer implements BenchProducer {
  readonly #client: Varve
  readonly #producer: Producer
  readonly #topic: string
  readonly #onSent: OnSent

  constructor(client: Varve, producer: Producer, topic: string, onSent: OnSent) {
    this.#client = client
    this.#producer = producer
    this.#topic = topic
    this.#onSent = onSent
  }

  trySend(
    partition: number | undefined,
    key: Buffer | null,
    value: Buffer,
    token: number,
  ): boolean {
    const topic = this.#topic
    const record =
      partition === undefined ? { topic, key, value } : { topic, partition, key, value }
    return this.#producer.trySend(record, (result) => {
      if (result instanceof Error) this.#onSent(token, undefined, result)
      else this.#onSent(token, result.offset)
    })
  }

  ready(): Promise<void> {
    return this.#producer.ready()
  }

  flush(): Promise<void> {
    return this.#producer.flush()
  }

  async close(): Promise<void> {
    await this.#producer.close()
    await this.#client.close()
  }
}

class VarveConsumer implements BenchConsumer {
  readonly #client: Varve
  readonly #reader: Consumer | GroupConsumer | Replay

  constructor(client: Varve, reader: Consumer | GroupConsumer | Replay) {
    this.#client = client
    this.#reader = reader
  }

  async ready(): Promise<void> {
    if ('ready' in this.#reader) await this.#reader.ready()
  }

  async run(
    onRecords: (partition: number, records: readonly ReceivedRecord[]) => void,
  ): Promise<void> {
    try {
      for await (const { partition, records } of this.#reader.batches()) {
        onRecords(partition, records)
      }
    } catch (error) {
      // `close` ends it.
      if (!isVarveError(error, 'CLOSED')) throw error
    }
  }

  async close(): Promise<void> {
    await this.#reader.close()
    await this.#client.close()
  }
}
