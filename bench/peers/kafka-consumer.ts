// Reads a Kafka topic as a bench consumer. The Node client reads as a member of a group only: each consumer is alone in one of its own, which
// commits nothing. Invariant: as in `BenchConsumer`.
import { randomUUID } from 'node:crypto'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { BenchConsumer, ConsumerRequest, ReceivedRecord } from '../../src/bench/system.ts'
import { RecordHandout } from './record-handout.ts'

/** Of a partition in one answer. */
export const FETCH_BYTES_PER_PARTITION = 2 ** 20

const FETCH_WAIT_MS = 500

export class KafkaConsumer implements BenchConsumer {
  readonly #consumer: Consumer
  readonly #handout: RecordHandout
  #joined: Promise<void> = Promise.resolve()
  #begin: () => void = () => undefined
  /** Nothing is fetched ahead of `run`. */
  readonly #begun = new Promise<void>((resolve) => {
    this.#begin = resolve
  })

  static async open(kafka: Kafka, request: ConsumerRequest): Promise<KafkaConsumer> {
    const { topic, partitions, from, untilEnd } = request
    const admin = kafka.admin()
    await admin.connect()
    const ranges = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect())
    const starts: number[] = []
    const ends: number[] = []
    for (let partition = 0; partition < partitions; partition++) {
      const range = ranges.find((one) => one.partition === partition)
      starts.push(Number(from === 'earliest' ? (range?.low ?? 0) : (range?.high ?? 0)))
      ends.push(Number(range?.high ?? 0))
    }
    const consumer = kafka.consumer({
      groupId: `bench-${randomUUID()}`,
      maxBytesPerPartition: FETCH_BYTES_PER_PARTITION,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      retry: { retries: 0 },
    })
    const handout = new RecordHandout(partitions, untilEnd ? ends : undefined)
    const opened = new KafkaConsumer(consumer, handout)
    await opened.#join(topic, partitions, starts)
    return opened
  }

  private constructor(consumer: Consumer, handout: RecordHandout) {
    this.#consumer = consumer
    this.#handout = handout
  }

  ready(): Promise<void> {
    return this.#joined
  }

  run(onRecords: (partition: number, records: readonly ReceivedRecord[]) => void): Promise<void> {
    this.#begin()
    return this.#handout.run(onRecords)
  }

  async close(): Promise<void> {
    this.#handout.close()
    this.#begin()
    await this.#consumer.disconnect()
  }

  async #join(topic: string, partitions: number, starts: readonly number[]): Promise<void> {
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topic, fromBeginning: true })
    this.#joined = new Promise((resolve, reject) => {
      this.#consumer.on('consumer.group_join', () => {
        resolve()
      })
      this.#consumer.on('consumer.crash', ({ payload }) => {
        reject(payload.error)
        this.#handout.fail(payload.error)
      })
    })
    // Whoever asks whether it is ready is told; nobody has to ask.
    this.#joined.catch(() => undefined)
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: true,
      partitionsConsumedConcurrently: partitions,
      eachBatch: (payload) => this.#take(payload, starts),
    })
    for (const [partition, start] of starts.entries()) {
      this.#consumer.seek({ topic, partition, offset: `${start}` })
    }
  }

  async #take({ batch }: EachBatchPayload, starts: readonly number[]): Promise<void> {
    await this.#begun
    const start = starts[batch.partition] ?? 0
    for (const { offset, value } of batch.messages) {
      // Fetched before it was told where to begin.
      if (Number(offset) >= start) this.#handout.push(batch.partition, Number(offset), value)
    }
  }
}
