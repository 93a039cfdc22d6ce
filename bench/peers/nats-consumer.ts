// Reads JetStream's streams as a bench consumer: an ordered pull consumer for each partition, all on one connection. Invariant: as in
// `BenchConsumer`.
import {
  type ConsumerMessages,
  DeliverPolicy,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { BenchConsumer, ConsumerRequest, ReceivedRecord } from '../../src/bench/system.ts'
import { ANSWER_TIMEOUT_MS, streamOf } from './nats-streams.ts'
import { RecordHandout } from './record-handout.ts'

/** Messages that a consumer asks for ahead; it asks again when half of them came. */
export const PULL_MESSAGES = 4000

export class NatsConsumer implements BenchConsumer {
  readonly #connection: NatsConnection
  readonly #handout: RecordHandout
  #streams: ConsumerMessages[] = []

  static async open(
    connection: NatsConnection,
    { topic, partitions, from, untilEnd }: ConsumerRequest,
  ): Promise<NatsConsumer> {
    const manager = await jetstreamManager(connection, { timeout: ANSWER_TIMEOUT_MS })
    const ends: number[] = []
    for (let partition = 0; partition < partitions; partition++) {
      const { state } = await manager.streams.info(streamOf(topic, partition))
      ends.push(state.last_seq)
    }
    const handout = new RecordHandout(partitions, untilEnd ? ends : undefined)
    const consumer = new NatsConsumer(connection, handout)
    for (let partition = 0; partition < partitions; partition++) {
      const start = from === 'earliest' ? 1 : (ends[partition] ?? 0) + 1
      await consumer.#read(streamOf(topic, partition), partition, start)
    }
    return consumer
  }

  private constructor(connection: NatsConnection, handout: RecordHandout) {
    this.#connection = connection
    this.#handout = handout
  }

  ready(): Promise<void> {
    return Promise.resolve()
  }

  run(onRecords: (partition: number, records: readonly ReceivedRecord[]) => void): Promise<void> {
    void this.#connection.closed().then((error) => {
      if (error instanceof Error) this.#handout.fail(error)
      else this.#handout.close()
    })
    return this.#handout.run(onRecords)
  }

  async close(): Promise<void> {
    this.#handout.close()
    for (const messages of this.#streams.splice(0)) messages.stop()
    await this.#connection.close()
  }

  async #read(stream: string, partition: number, startSequence: number): Promise<void> {
    const consumer = await jetstream(this.#connection, {
      timeout: ANSWER_TIMEOUT_MS,
    }).consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: startSequence,
    })
    const messages = await consumer.consume({
      max_messages: PULL_MESSAGES,
      threshold_messages: PULL_MESSAGES / 2,
      callback: ({ data, seq }) => {
        const value = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
        this.#handout.push(partition, seq - 1, value)
        if (this.#handout.isFinished(partition)) messages.stop()
      },
    })
    this.#streams.push(messages)
  }
}
