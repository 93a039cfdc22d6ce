// Any Kafka at an address behind the bench's interface. The server is somebody else's: it is neither started nor measured nor ended, and only
// the topics of the bench are made and deleted. Invariant: as in `BenchSystem`.
import { type Admin, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'
import type {
  Ability,
  BenchConsumer,
  BenchProducer,
  BenchSystem,
  ConsumerRequest,
  NotedSetting,
  OnSent,
  ProducerRequest,
  ServerUsage,
  TopicRequest,
} from '../../src/bench/system.ts'
import type { Workload } from '../../src/bench/workload.ts'
import { FETCH_BYTES_PER_PARTITION, KafkaConsumer } from './kafka-consumer.ts'
import {
  ALL_IN_SYNC_REPLICAS,
  BATCHES_IN_FLIGHT,
  baseOffsetOf,
  KafkaProducer,
} from './kafka-producer.ts'
import type { PeerOptions } from './peer-options.ts'

const REQUEST_TIMEOUT_MS = 60_000

export interface KafkaOptions extends PeerOptions {
  /** `HOST:PORT` of a broker. */
  readonly address: string
}

/** @throws Error when nobody answers as Kafka at the address */
export async function openKafka({ address, log }: KafkaOptions): Promise<BenchSystem> {
  const kafka = new Kafka({
    clientId: 'varve-bench',
    brokers: [address],
    logLevel: logLevel.NOTHING,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { retries: 2 },
  })
  const admin = kafka.admin()
  await admin.connect()
  const { brokers } = await admin.describeCluster()
  log?.(`Kafka at ${address}: ${brokers.length} ${brokers.length === 1 ? 'broker' : 'brokers'}`)
  return new KafkaSystem(kafka, admin, address, brokers.length)
}

class KafkaSystem implements BenchSystem {
  readonly name = 'kafka'
  readonly version: string
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['single'])
  readonly #kafka: Kafka
  readonly #admin: Admin
  readonly #brokers: number
  #single: Promise<Producer> | undefined

  constructor(kafka: Kafka, admin: Admin, address: string, brokers: number) {
    this.#kafka = kafka
    this.#admin = admin
    this.#brokers = brokers
    // Nothing in its protocol tells the version of a broker.
    this.version = `at ${address}`
  }

  settings(workload: Workload): readonly NotedSetting[] {
    const isSynced = workload.durability === 'synced'
    const { batchBytes, lingerMs, compression } = workload
    const isCompressedAlike = compression === 'none' || compression === 'gzip'
    return [
      {
        name: 'durability',
        value: isSynced ? 'acks=all, flush.messages=1' : 'acks=all',
        equal: true,
        note: isSynced
          ? 'fsync for each batch before the answer'
          : 'written to its file before the answer; the operating system syncs',
      },
      {
        name: 'replicas',
        value: `replication.factor 1, ${this.#brokers} brokers`,
        equal: this.#brokers === 1,
        ...(this.#brokers > 1 ? { note: 'partitions are spread over brokers' } : {}),
      },
      { name: 'partitions', value: 'partitions', equal: true },
      {
        name: 'batches',
        value: `${batchBytes} bytes, linger ${lingerMs} ms`,
        equal: true,
        note: `gathered by the bench, up to ${BATCHES_IN_FLIGHT} of a partition under way`,
      },
      {
        name: 'client',
        value: 'kafkajs',
        equal: false,
        note: "Kafka's Java and C clients are faster; idempotence is off, varve's is on by default",
      },
      {
        name: 'consumer',
        value: `${FETCH_BYTES_PER_PARTITION} bytes a partition and fetch`,
        equal: true,
      },
      {
        name: 'compression',
        value: isCompressedAlike ? compression : 'none',
        equal: isCompressedAlike,
        ...(isCompressedAlike ? {} : { note: `kafkajs has no ${compression} of its own` }),
      },
    ]
  }

  /** @throws Error when it exists already, or the server refuses it */
  async createTopic({ name, partitions, durability }: TopicRequest): Promise<void> {
    const wasMade = await this.#admin.createTopics({
      waitForLeaders: true,
      timeout: REQUEST_TIMEOUT_MS,
      topics: [
        {
          topic: name,
          numPartitions: partitions,
          replicationFactor: 1,
          configEntries: durability === 'synced' ? [{ name: 'flush.messages', value: '1' }] : [],
        },
      ],
    })
    if (!wasMade) throw new Error(`Kafka has a topic '${name}' already`)
  }

  async deleteTopic(name: string): Promise<void> {
    await this.#admin.deleteTopics({ topics: [name], timeout: REQUEST_TIMEOUT_MS })
  }

  async openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer> {
    return new KafkaProducer(await this.#connectProducer(), request, onSent)
  }

  openConsumer(request: ConsumerRequest): Promise<BenchConsumer> {
    return KafkaConsumer.open(this.#kafka, request)
  }

  async sendOne(topic: string, partition: number, value: Buffer): Promise<number | undefined> {
    this.#single ??= this.#connectProducer()
    const [answer] = await (await this.#single).send({
      topic,
      acks: ALL_IN_SYNC_REPLICAS,
      messages: [{ key: null, value, partition }],
    })
    return baseOffsetOf(answer)
  }

  usage(): Promise<ServerUsage | undefined> {
    return Promise.resolve(undefined)
  }

  async close(): Promise<void> {
    await (await this.#single)?.disconnect()
    await this.#admin.disconnect()
  }

  async #connectProducer(): Promise<Producer> {
    const producer = this.#kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      // A batch that is sent again could pass a later one.
      retry: { retries: 0 },
    })
    await producer.connect()
    return producer
  }
}
