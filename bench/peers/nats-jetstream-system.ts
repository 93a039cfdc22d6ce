// NATS JetStream behind the bench's interface. A partition is a stream of its own with one subject, a record a message, and an offset the
// stream's sequence less one. Whether writes are synced is a setting of the whole server. Invariant: as in `BenchSystem`.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
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
import { askVersion, findProgram, isVersionAtLeast } from './find-program.ts'
import { NatsConsumer, PULL_MESSAGES } from './nats-consumer.ts'
import { NatsProducer } from './nats-producer.ts'
import { ANSWER_TIMEOUT_MS, connectNats, streamOf, subjectOf } from './nats-streams.ts'
import { batching, noCompression, type PeerOptions, replication } from './peer-options.ts'
import { WINDOW_RECORDS_MAX } from './send-window.ts'
import { freePort, ServerProcess } from './server-process.ts'
import {
  type DurabilityKind,
  type DurabilityServer,
  ServersByDurability,
} from './servers-by-durability.ts'
import { makeWritesSynced } from './synced-directory.ts'
import { probe } from './tcp-probe.ts'

/** From here on `sync_interval: always` exists. */
const SYNC_ALWAYS_VERSION = '2.10.0'

/** Where the server program is; undefined when it is not installed. */
export function findNatsServer(): Promise<string | undefined> {
  return findProgram(['nats-server'])
}

/** @throws Error when nats-server is not installed */
export async function openNatsJetStream(options: PeerOptions): Promise<BenchSystem> {
  const program = await findNatsServer()
  if (program === undefined) throw new Error('nats-server is not installed')
  const version = (await askVersion(program, ['--version'])) ?? 'unknown'
  const hasSyncAlways = isVersionAtLeast(version, SYNC_ALWAYS_VERSION)
  const canSync = hasSyncAlways || (await makeWritesSynced(storeOf(options, 'synced')))
  return new NatsJetStreamSystem(version, hasSyncAlways, canSync, async (kind) => {
    const server = await NatsServer.start(options, program, kind, hasSyncAlways)
    options.log?.(`nats-server ${version} (${kind}) listens on 127.0.0.1:${server.port}`)
    return server
  })
}

class NatsServer implements DurabilityServer {
  readonly process: ServerProcess
  readonly port: number
  #connection: NatsConnection | undefined
  #client: JetStreamClient | undefined

  static async start(
    options: PeerOptions,
    program: string,
    kind: DurabilityKind,
    hasSyncAlways: boolean,
  ): Promise<NatsServer> {
    const directory = join(options.dataDirectory, kind)
    const store = storeOf(options, kind)
    await mkdir(store, { recursive: true })
    const sync = kind === 'synced' && hasSyncAlways ? '  sync_interval: always\n' : ''
    const port = await freePort()
    const configuration = join(directory, 'nats.conf')
    await writeFile(
      configuration,
      `listen: "127.0.0.1:${port}"\njetstream {\n  store_dir: ${JSON.stringify(store)}\n  max_file_store: 1TB\n${sync}}\n`,
    )
    const server = new NatsServer(
      new ServerProcess({
        name: 'nats-server',
        command: program,
        args: ['-c', configuration],
        logFile: join(directory, 'server.log'),
        workingDirectory: directory,
        // It listens only when JetStream has read what it stored.
        isReady: () => probe(port),
      }),
      port,
    )
    await server.process.start()
    return server
  }

  private constructor(process: ServerProcess, port: number) {
    this.process = process
    this.port = port
  }

  async client(): Promise<JetStreamClient> {
    this.#connection ??= await connectNats(this.port)
    this.#client ??= jetstream(this.#connection, { timeout: ANSWER_TIMEOUT_MS })
    return this.#client
  }

  async manager(): Promise<JetStreamManager> {
    this.#connection ??= await connectNats(this.port)
    return jetstreamManager(this.#connection, { timeout: ANSWER_TIMEOUT_MS })
  }

  async letGo(): Promise<void> {
    await this.#connection?.close()
    this.#connection = undefined
    this.#client = undefined
  }
}

class NatsJetStreamSystem implements BenchSystem {
  readonly name = 'nats-jetstream'
  readonly version: string
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['single', 'restart', 'kill'])
  readonly #servers: ServersByDurability<NatsServer>
  readonly #hasSyncAlways: boolean
  /** By its setting, or by the file attribute. */
  readonly #canSync: boolean

  constructor(
    version: string,
    hasSyncAlways: boolean,
    canSync: boolean,
    start: (kind: DurabilityKind) => Promise<NatsServer>,
  ) {
    this.version = version
    this.#hasSyncAlways = hasSyncAlways
    this.#canSync = canSync
    this.#servers = new ServersByDurability(start)
  }

  settings(workload: Workload): readonly NotedSetting[] {
    return [
      this.#durabilitySetting(workload),
      replication('num_replicas 1, file storage'),
      { name: 'partitions', value: 'one stream of one subject for each', equal: true },
      batching(
        workload,
        `up to ${WINDOW_RECORDS_MAX} publishes of a producer wait for their acknowledgements at once`,
      ),
      {
        name: 'consumer',
        value: `ordered pull consumer, ${PULL_MESSAGES} messages ahead`,
        equal: true,
      },
      ...noCompression(workload),
    ]
  }

  async createTopic({ name, partitions, durability }: TopicRequest): Promise<void> {
    const server = await this.#servers.addTopic(name, partitions, durability)
    const { streams } = await server.manager()
    for (let partition = 0; partition < partitions; partition++) {
      await streams.add({
        name: streamOf(name, partition),
        subjects: [subjectOf(name, partition)],
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        num_replicas: 1,
      })
    }
  }

  async deleteTopic(name: string): Promise<void> {
    const { server, partitions } = this.#servers.topic(name)
    const { streams } = await server.manager()
    for (let partition = 0; partition < partitions; partition++) {
      await streams.delete(streamOf(name, partition))
    }
    this.#servers.removeTopic(name)
  }

  async openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer> {
    const { server } = this.#servers.topic(request.topic)
    return new NatsProducer(await connectNats(server.port), request, onSent)
  }

  async openConsumer(request: ConsumerRequest): Promise<BenchConsumer> {
    const { server } = this.#servers.topic(request.topic)
    return NatsConsumer.open(await connectNats(server.port), request)
  }

  async sendOne(topic: string, partition: number, value: Buffer): Promise<number | undefined> {
    const client = await this.#servers.topic(topic).server.client()
    const { seq } = await client.publish(subjectOf(topic, partition), value)
    return seq - 1
  }

  usage(): Promise<ServerUsage | undefined> {
    return this.#servers.usage()
  }

  restart(ending: 'stop' | 'kill'): Promise<{ readonly downMs: number; readonly startMs: number }> {
    return this.#servers.restart(ending)
  }

  close(): Promise<void> {
    return this.#servers.close()
  }

  #durabilitySetting(workload: Workload): NotedSetting {
    const name = 'durability'
    if (workload.durability !== 'synced') {
      const note = 'the server writes to its file before it acknowledges, and syncs every 2 minutes'
      return { name, value: 'sync_interval: 2m (its default)', equal: true, note }
    }
    if (this.#hasSyncAlways) {
      const note =
        'the file is written with O_SYNC before the acknowledgement, once for each message'
      return { name, value: 'sync_interval: always', equal: true, note }
    }
    if (!this.#canSync) {
      return {
        name,
        value: 'sync_interval: 2m',
        equal: false,
        note: `acknowledged before it is synced: ${this.version} has no sync_interval: always (${SYNC_ALWAYS_VERSION} has), and the file system no attribute S`,
      }
    }
    return {
      name,
      value: 'file attribute S on its directory (O_SYNC)',
      equal: true,
      note: `what sync_interval: always does from ${SYNC_ALWAYS_VERSION} on; ${this.version} has no such setting. Once for each message`,
    }
  }
}

function storeOf({ dataDirectory }: PeerOptions, kind: DurabilityKind): string {
  return join(dataDirectory, kind, 'store')
}
