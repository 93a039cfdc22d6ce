// Publishes to RabbitMQ's streams as a bench producer: many messages under way, each confirmed by itself. Invariant: as in `BenchProducer`.
import type { ChannelModel, ConfirmChannel } from 'amqplib'
import type { BenchProducer, OnSent, ProducerRequest } from '../../src/bench/system.ts'
import { partitionForKey } from '../../src/domain/murmur2.ts'
import { queueOf } from './rabbitmq-consumer.ts'
import { SendWindow } from './send-window.ts'

export class RabbitmqProducer implements BenchProducer {
  readonly #connection: ChannelModel
  readonly #channel: ConfirmChannel
  readonly #queues: readonly string[]
  readonly #onSent: OnSent
  readonly #window = new SendWindow()
  readonly #underWay = new Set<(error: Error) => void>()
  #next = 0

  static async open(
    connection: ChannelModel,
    request: ProducerRequest,
    onSent: OnSent,
  ): Promise<RabbitmqProducer> {
    const channel = await connection.createConfirmChannel()
    return new RabbitmqProducer(connection, channel, request, onSent)
  }

  private constructor(
    connection: ChannelModel,
    channel: ConfirmChannel,
    request: ProducerRequest,
    onSent: OnSent,
  ) {
    this.#connection = connection
    this.#channel = channel
    this.#queues = Array.from({ length: request.partitions }, (_, partition) =>
      queueOf(request.topic, partition),
    )
    this.#onSent = onSent
    const failAll = (error?: Error): void => {
      const failure = error ?? new Error('the connection was closed')
      for (const fail of [...this.#underWay]) fail(failure)
    }
    channel.on('error', failAll)
    connection.on('close', failAll)
  }

  trySend(
    partition: number | undefined,
    key: Buffer | null,
    value: Buffer,
    token: number,
  ): boolean {
    const bytes = value.length + (key?.length ?? 0)
    if (!this.#window.tryTake(bytes)) return false
    const queue = this.#queues[partition ?? this.#choose(key)] ?? ''
    const settle = (error: Error | null): void => {
      if (!this.#underWay.delete(settle)) return
      this.#window.giveBack(bytes)
      if (error === null) this.#onSent(token, undefined)
      else this.#onSent(token, undefined, error)
    }
    this.#underWay.add(settle)
    const options = key === null ? {} : { headers: { key } }
    try {
      this.#channel.publish('', queue, value, options, (error: Error | null | undefined) => {
        settle(error ?? null)
      })
    } catch (error) {
      queueMicrotask(() => {
        settle(error as Error)
      })
    }
    return true
  }

  ready(): Promise<void> {
    return this.#window.ready()
  }

  flush(): Promise<void> {
    return this.#window.idle()
  }

  async close(): Promise<void> {
    await this.#connection.close().catch(() => undefined)
  }

  #choose(key: Buffer | null): number {
    const partitions = this.#queues.length
    return key === null ? this.#next++ % partitions : partitionForKey(key, partitions)
  }
}
