// Reads RabbitMQ's streams over AMQP as a bench consumer: a consumer for each partition, all on one connection. Invariant: as in
// `BenchConsumer`.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import type { BenchConsumer, ConsumerRequest, ReceivedRecord } from '../../src/bench/system.ts'
import { RecordHandout } from './record-handout.ts'

/** Messages that a consumer may have without having acknowledged them. */
export const PREFETCH_MESSAGES = 2000

/** So many are acknowledged together. */
const ACKNOWLEDGE_EVERY = 500

/** The server does not tell how long a stream is: it has no more when nothing came for so long. */
const QUIET_MS = 1_000

/** As long where nothing came at all: a stream may be empty, or its server slow. */
const SILENT_MS = 1_500

export function queueOf(topic: string, partition: number): string {
  return `${topic}-${partition}`
}

export class RabbitmqConsumer implements BenchConsumer {
  readonly #connection: ChannelModel
  readonly #handout: RecordHandout

  static async open(
    connection: ChannelModel,
    { topic, partitions, from, untilEnd }: ConsumerRequest,
  ): Promise<RabbitmqConsumer> {
    const queues = Array.from({ length: partitions }, (_, partition) => queueOf(topic, partition))
    const needsEnds = untilEnd || from === 'latest'
    const ends = needsEnds
      ? await Promise.all(queues.map((queue) => endOf(connection, queue)))
      : undefined
    const handout = new RecordHandout(partitions, untilEnd ? ends : undefined)
    const consumer = new RabbitmqConsumer(connection, handout)
    for (const [partition, queue] of queues.entries()) {
      const start = from === 'earliest' ? 0 : (ends?.[partition] ?? 0)
      await consumer.#read(queue, partition, start)
    }
    return consumer
  }

  private constructor(connection: ChannelModel, handout: RecordHandout) {
    this.#connection = connection
    this.#handout = handout
  }

  ready(): Promise<void> {
    return Promise.resolve()
  }

  run(onRecords: (partition: number, records: readonly ReceivedRecord[]) => void): Promise<void> {
    this.#connection.on('close', (error) => {
      if (error === undefined) this.#handout.close()
      else this.#handout.fail(error)
    })
    return this.#handout.run(onRecords)
  }

  async close(): Promise<void> {
    this.#handout.close()
    await this.#connection.close().catch(() => undefined)
  }

  async #read(queue: string, partition: number, start: number): Promise<void> {
    const channel = await this.#connection.createChannel()
    channel.on('error', (error) => {
      this.#handout.fail(error)
    })
    let unacknowledged = 0
    await consume(channel, queue, start, (message, offset) => {
      // A stream is stored in chunks, and begins at the one that the wanted offset is in.
      if (offset >= start) this.#handout.push(partition, offset, message.content)
      if (++unacknowledged < ACKNOWLEDGE_EVERY) return
      channel.ack(message, true)
      unacknowledged = 0
    })
  }
}

/** One behind the last record that can be read. */
async function endOf(connection: ChannelModel, queue: string): Promise<number> {
  const channel = await connection.createChannel()
  // What fails is thrown by the call as well.
  channel.on('error', () => undefined)
  let end = 0
  let quietMs = SILENT_MS
  let heardAt = performance.now()
  await consume(channel, queue, 'last', (message, offset) => {
    end = Math.max(end, offset + 1)
    heardAt = performance.now()
    quietMs = QUIET_MS
    channel.ack(message)
  })
  while (performance.now() - heardAt < quietMs) await sleep(30)
  await channel.close()
  return end
}

async function consume(
  channel: Channel,
  queue: string,
  from: number | 'last',
  onMessage: (message: ConsumeMessage, offset: number) => void,
): Promise<void> {
  await channel.prefetch(PREFETCH_MESSAGES)
  await channel.consume(
    queue,
    (message) => {
      if (message === null) return
      onMessage(message, Number(message.properties.headers?.['x-stream-offset']))
    },
    { arguments: { 'x-stream-offset': from } },
  )
}
