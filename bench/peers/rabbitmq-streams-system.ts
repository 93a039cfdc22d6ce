// RabbitMQ Streams behind the bench's interface, over AMQP 0.9.1. A partition is a queue of the type `stream`, a record a message. The server
// never says at which offset it stored a message. Invariant: as in `BenchSystem`.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConfirmChannel } from 'amqplib'
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
import { batching, noCompression, type PeerOptions, replication } from './peer-options.ts'
import { PREFETCH_MESSAGES, queueOf, RabbitmqConsumer } from './rabbitmq-consumer.ts'
import { RabbitmqProducer } from './rabbitmq-producer.ts'
import {
  findRabbitmqServer,
  prepareStreamDirectory,
  RabbitmqServer,
  versionOfRabbitmq,
} from './rabbitmq-server.ts'
import { WINDOW_RECORDS_MAX } from './send-window.ts'
import { type DurabilityKind, ServersByDurability } from './servers-by-durability.ts'

/** @throws Error when rabbitmq-server is not installed */
export async function openRabbitmqStreams(options: PeerOptions): Promise<BenchSystem> {
  const program = await findRabbitmqServer()
  if (program === undefined) throw new Error('rabbitmq-server is not installed')
  const version = await versionOfRabbitmq(program)
  const { isSynced } = await prepareStreamDirectory(options, 'synced')
  return new RabbitmqStreamsSystem(version, isSynced, async (kind) => {
    options.log?.(`rabbitmq-server ${version} (${kind}) starts`)
    const server = await RabbitmqServer.start(options, program, kind)
    options.log?.(`rabbitmq-server ${version} (${kind}) listens on 127.0.0.1:${server.port}`)
    return server
  })
}

/** How long streams may take to be there after their server. */
const QUEUE_START_MS_MAX = 30_000
const QUEUE_RETRY_MS = 200

class RabbitmqStreamsSystem implements BenchSystem {
  readonly name = 'rabbitmq-streams'
  readonly version: string
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['single', 'restart', 'kill'])
  readonly #servers: ServersByDurability<RabbitmqServer>
  readonly #canSync: boolean
  readonly #singles = new Map<RabbitmqServer, ConfirmChannel>()

  constructor(
    version: string,
    canSync: boolean,
    start: (kind: DurabilityKind) => Promise<RabbitmqServer>,
  ) {
    this.version = version
    this.#canSync = canSync
    this.#servers = new ServersByDurability(start)
  }

  settings(workload: Workload): readonly NotedSetting[] {
    return [
      this.#durabilitySetting(workload),
      replication('a cluster of one node'),
      { name: 'partitions', value: 'one stream queue for each', equal: true },
      batching(
        workload,
        `up to ${WINDOW_RECORDS_MAX} messages of a producer wait for their confirms at once`,
      ),
      {
        name: 'protocol',
        value: 'AMQP 0.9.1',
        equal: false,
        note: "RabbitMQ's own stream protocol, which sends batches, is not measured",
      },
      { name: 'consumer', value: `prefetch ${PREFETCH_MESSAGES} a partition`, equal: true },
      ...noCompression(workload),
    ]
  }

  async createTopic({ name, partitions, durability }: TopicRequest): Promise<void> {
    const server = await this.#servers.addTopic(name, partitions, durability)
    const channel = await (await server.connection()).createChannel()
    for (let partition = 0; partition < partitions; partition++) {
      await channel.assertQueue(queueOf(name, partition), {
        durable: true,
        arguments: { 'x-queue-type': 'stream' },
      })
    }
    await channel.close()
  }

  async deleteTopic(name: string): Promise<void> {
    const { server, partitions } = this.#servers.topic(name)
    const channel = await (await server.connection()).createChannel()
    for (let partition = 0; partition < partitions; partition++) {
      await channel.deleteQueue(queueOf(name, partition))
    }
    await channel.close()
    this.#servers.removeTopic(name)
  }

  async openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer> {
    const { server } = this.#servers.topic(request.topic)
    return RabbitmqProducer.open(await server.connect(), request, onSent)
  }

  async openConsumer(request: ConsumerRequest): Promise<BenchConsumer> {
    const { server } = this.#servers.topic(request.topic)
    const giveUpAt = performance.now() + QUEUE_START_MS_MAX
    for (;;) {
      const connection = await server.connect()
      try {
        return await RabbitmqConsumer.open(connection, request)
      } catch (error) {
        await connection.close().catch(() => undefined)
        if (!isStarting(error) || performance.now() > giveUpAt) throw error
        await sleep(QUEUE_RETRY_MS)
      }
    }
  }

  async sendOne(topic: string, partition: number, value: Buffer): Promise<number | undefined> {
    const { server } = this.#servers.topic(topic)
    const channel =
      this.#singles.get(server) ?? (await (await server.connection()).createConfirmChannel())
    this.#singles.set(server, channel)
    await new Promise<void>((resolve, reject) => {
      channel.publish(
        '',
        queueOf(topic, partition),
        value,
        {},
        (error: Error | null | undefined) => {
          if (error === null || error === undefined) resolve()
          else reject(error)
        },
      )
    })
    return undefined
  }

  usage(): Promise<ServerUsage | undefined> {
    return this.#servers.usage()
  }

  restart(ending: 'stop' | 'kill'): Promise<{ readonly downMs: number; readonly startMs: number }> {
    this.#singles.clear()
    return this.#servers.restart(ending)
  }

  close(): Promise<void> {
    this.#singles.clear()
    return this.#servers.close()
  }

  #durabilitySetting(workload: Workload): NotedSetting {
    const name = 'durability'
    if (workload.durability !== 'synced') {
      const note = 'written to its file before the confirm, never synced by the server'
      return { name, value: 'stream queue, publisher confirms', equal: true, note }
    }
    if (this.#canSync) {
      const note = 'streams have no setting for it; once for each chunk that the server writes'
      return { name, value: 'file attribute S on its directory (O_SYNC)', equal: true, note }
    }
    return {
      name,
      value: 'stream queue, publisher confirms',
      equal: false,
      note: 'never synced: streams have no setting for it, and the file system no attribute S',
    }
  }
}

/** A server that was killed takes connections before its streams are there again, and says so in one of these ways. */
const STARTING = ['is down or inaccessible', 'does not have a replica on the local node']

function isStarting(error: unknown): boolean {
  return error instanceof Error && STARTING.some((text) => error.message.includes(text))
}
