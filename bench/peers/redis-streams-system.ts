// Redis Streams behind the bench's interface. A partition is a stream key, a record an entry with the id `0-N`: Redis counts N up from 1, so the
// offset is N less one. How the append-only file is synced is a setting of the whole server. Invariant: as in `BenchSystem`.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
import { batching, noCompression, type PeerOptions, replication } from './peer-options.ts'
import { connectRedis, type RedisConnection, streamKey } from './redis-connection.ts'
import { READ_COUNT, RedisConsumer } from './redis-consumer.ts'
import { addEntry, RedisProducer } from './redis-producer.ts'
import { WINDOW_RECORDS_MAX } from './send-window.ts'
import { freePort, ServerProcess } from './server-process.ts'
import {
  type DurabilityKind,
  type DurabilityServer,
  ServersByDurability,
} from './servers-by-durability.ts'
import { probe } from './tcp-probe.ts'

/** From here on ids of the form `0-*` exist. */
const LEAST_VERSION = '7.0.0'

/** Where the server program is; undefined when it is not installed. */
export function findRedisServer(): Promise<string | undefined> {
  return findProgram(['redis-server'])
}

/** @throws Error when redis-server is not installed, or is older than 7.0 */
export async function openRedisStreams(options: PeerOptions): Promise<BenchSystem> {
  const program = await findRedisServer()
  if (program === undefined) throw new Error('redis-server is not installed')
  const version = (await askVersion(program, ['--version'])) ?? 'unknown'
  if (!isVersionAtLeast(version, LEAST_VERSION)) {
    throw new Error(`redis-server is ${version}; the bench needs ${LEAST_VERSION} or newer`)
  }
  return new RedisStreamsSystem(version, async (kind) => {
    const server = await RedisServer.start(options, program, kind)
    options.log?.(`redis-server ${version} (${kind}) listens on 127.0.0.1:${server.port}`)
    return server
  })
}

class RedisServer implements DurabilityServer {
  readonly process: ServerProcess
  readonly port: number
  #connection: RedisConnection | undefined

  static async start(
    options: PeerOptions,
    program: string,
    kind: DurabilityKind,
  ): Promise<RedisServer> {
    const directory = join(options.dataDirectory, kind)
    await mkdir(directory, { recursive: true })
    const port = await freePort()
    const configuration = join(directory, 'redis.conf')
    const settings = {
      bind: '127.0.0.1',
      port,
      dir: JSON.stringify(directory),
      daemonize: 'no',
      appendonly: 'yes',
      appendfsync: kind === 'synced' ? 'always' : 'no',
      // No snapshots and no rewriting of the file beside the measurement.
      save: '""',
      'auto-aof-rewrite-percentage': 0,
    }
    await writeFile(
      configuration,
      Object.entries(settings)
        .map(([name, value]) => `${name} ${value}\n`)
        .join(''),
    )
    const process = new ServerProcess({
      name: 'redis-server',
      command: program,
      args: [configuration],
      logFile: join(directory, 'server.log'),
      workingDirectory: directory,
      // While it reads its file it answers that it is loading.
      isReady: () => probe(port, 'PING\r\n', '+PONG'),
    })
    await process.start()
    return new RedisServer(process, port)
  }

  private constructor(process: ServerProcess, port: number) {
    this.process = process
    this.port = port
  }

  async connection(): Promise<RedisConnection> {
    this.#connection ??= await connectRedis(this.port)
    return this.#connection
  }

  letGo(): Promise<void> {
    this.#connection?.destroy()
    this.#connection = undefined
    return Promise.resolve()
  }
}

class RedisStreamsSystem implements BenchSystem {
  readonly name = 'redis-streams'
  readonly version: string
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['single', 'restart', 'kill'])
  readonly #servers: ServersByDurability<RedisServer>

  constructor(version: string, start: (kind: DurabilityKind) => Promise<RedisServer>) {
    this.version = version
    this.#servers = new ServersByDurability(start)
  }

  settings(workload: Workload): readonly NotedSetting[] {
    const isSynced = workload.durability === 'synced'
    return [
      {
        name: 'durability',
        value: `appendonly yes, appendfsync ${isSynced ? 'always' : 'no'}`,
        equal: true,
        note: isSynced
          ? 'fdatasync before the answers, once for all that came in together'
          : 'written to its file before the answers; the operating system syncs',
      },
      {
        name: 'storage',
        value: 'all of it in memory, the file read only at start',
        equal: false,
        note: 'its reads never touch a file; varve reads through the page cache',
      },
      replication('none'),
      { name: 'partitions', value: 'one stream key for each', equal: true },
      batching(
        workload,
        `XADD is pipelined, up to ${WINDOW_RECORDS_MAX} of a producer under way at once`,
      ),
      { name: 'consumer', value: `XREAD COUNT ${READ_COUNT} BLOCK of all streams`, equal: true },
      ...noCompression(workload),
    ]
  }

  async createTopic({ name, partitions, durability }: TopicRequest): Promise<void> {
    // A stream comes into being with its first entry.
    await this.#servers.addTopic(name, partitions, durability)
  }

  async deleteTopic(name: string): Promise<void> {
    const { server, partitions } = this.#servers.topic(name)
    const connection = await server.connection()
    for (let partition = 0; partition < partitions; partition++) {
      await connection.sendCommand(['UNLINK', streamKey(name, partition)])
    }
    this.#servers.removeTopic(name)
  }

  async openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer> {
    const { server } = this.#servers.topic(request.topic)
    return new RedisProducer(await connectRedis(server.port), request, onSent)
  }

  async openConsumer(request: ConsumerRequest): Promise<BenchConsumer> {
    const { server } = this.#servers.topic(request.topic)
    return RedisConsumer.open(await connectRedis(server.port), request)
  }

  async sendOne(topic: string, partition: number, value: Buffer): Promise<number | undefined> {
    const connection = await this.#servers.topic(topic).server.connection()
    return addEntry(connection, streamKey(topic, partition), null, value)
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
}
