// NATS JetStream behind the bench's interface. A partition is a stream of its own with one subject, a record a message, and an offset the
// stream's sequence less one. Whether writes are synced is a setting of the whole server, so each durability gets a server of its own, when it
// is first asked for. Invariant: as in `BenchSystem`.
import { mkdir, writeFile } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import {
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import {
  connect,
  createInbox,
  headers,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
} from '@nats-io/transport-node'
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
} from '../../src/bench/system.ts'
import type { Workload } from '../../src/bench/workload.ts'
import type { Durability } from '../../src/domain/durability.ts'
import { partitionForKey } from '../../src/domain/murmur2.ts'
import { askVersion, findProgram, isVersionAtLeast } from './find-program.ts'
import { batching, noCompression, type PeerOptions, replication } from './peer-options.ts'
import { RecordHandout } from './record-handout.ts'
import { SendWindow, WINDOW_RECORDS_MAX } from './send-window.ts'
import { freePort, ServerProcess, sumOfUsage } from './server-process.ts'
import { makeWritesSynced } from './synced-directory.ts'

/** From here on `sync_interval: always` exists. */
const SYNC_ALWAYS_VERSION = '2.10.0'

/** Messages that a consumer asks for ahead; it asks again when half of them came. */
const PULL_MESSAGES = 4000

/** Above any stall that is not a failure: a full window before a disk that is slow to sync. */
const ACK_TIMEOUT_MS = 60_000

type Kind = 'synced' | 'written'

interface Server {
  readonly process: ServerProcess
  readonly port: number
  admin: NatsConnection | undefined
}

/** Where the server program is; undefined when it is not installed. */
export function findNatsServer(): Promise<string | undefined> {
  return findProgram(['nats-server'])
}

export async function openNatsJetStream(options: PeerOptions): Promise<BenchSystem> {
  const program = await findNatsServer()
  if (program === undefined) throw new Error('nats-server is not installed')
  const version = (await askVersion(program, ['--version'])) ?? 'unknown'
  const hasSyncAlways = isVersionAtLeast(version, SYNC_ALWAYS_VERSION)
  const canSync = hasSyncAlways || (await makeWritesSynced(storeOf(options, 'synced')))
  return new NatsJetStreamSystem(options, program, version, canSync)
}

class NatsJetStreamSystem implements BenchSystem {
  readonly name = 'nats-jetstream'
  readonly version: string
  readonly abilities: ReadonlySet<Ability> = new Set<Ability>(['single', 'restart', 'kill'])
  readonly #options: PeerOptions
  readonly #program: string
  readonly #servers = new Map<Kind, Promise<Server>>()
  readonly #topics = new Map<string, { readonly kind: Kind; readonly partitions: number }>()
  readonly #singles = new Map<Kind, JetStreamClient>()
  readonly #hasSyncAlways: boolean
  /** By its setting, or by the file attribute. */
  readonly #canSync: boolean

  constructor(options: PeerOptions, program: string, version: string, canSync: boolean) {
    this.#options = options
    this.#canSync = canSync
    this.#program = program
    this.version = version
    this.#hasSyncAlways = isVersionAtLeast(version, SYNC_ALWAYS_VERSION)
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

  async createTopic(request: TopicRequest): Promise<void> {
    const kind = kindOf(request.durability)
    const manager = await this.#manager(kind)
    this.#topics.set(request.name, { kind, partitions: request.partitions })
    for (let partition = 0; partition < request.partitions; partition++) {
      const name = streamOf(request.name, partition)
      await manager.streams.add({
        name,
        subjects: [subjectOf(request.name, partition)],
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        num_replicas: 1,
      })
    }
  }

  async deleteTopic(name: string): Promise<void> {
    const { kind, partitions } = this.#topic(name)
    const manager = await this.#manager(kind)
    for (let partition = 0; partition < partitions; partition++) {
      await manager.streams.delete(streamOf(name, partition))
    }
    this.#topics.delete(name)
  }

  async openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer> {
    const connection = await this.#connect(this.#topic(request.topic).kind)
    return new NatsProducer(connection, request, onSent)
  }

  async openConsumer(request: ConsumerRequest): Promise<BenchConsumer> {
    const connection = await this.#connect(this.#topic(request.topic).kind)
    return NatsConsumer.open(connection, request)
  }

  async sendOne(topic: string, partition: number, value: Buffer): Promise<number | undefined> {
    const { kind } = this.#topic(topic)
    let client = this.#singles.get(kind)
    if (client === undefined) {
      client = jetstream(await this.#admin(kind), { timeout: ACK_TIMEOUT_MS })
      this.#singles.set(kind, client)
    }
    const { seq } = await client.publish(subjectOf(topic, partition), value)
    return seq - 1
  }

  async usage(): Promise<ServerUsage | undefined> {
    const servers = await Promise.all(this.#servers.values())
    return sumOfUsage(servers.map((server) => server.process.usage()))
  }

  async restart(ending: 'stop' | 'kill'): Promise<{ downMs: number; startMs: number }> {
    let downMs = 0
    let startMs = 0
    for (const starting of this.#servers.values()) {
      const server = await starting
      await this.#letGo(server)
      const took = await server.process.restart(ending)
      downMs += took.downMs
      startMs += took.startMs
    }
    return { downMs, startMs }
  }

  async close(): Promise<void> {
    for (const starting of this.#servers.values()) {
      const server = await starting.catch(() => undefined)
      if (server === undefined) continue
      await this.#letGo(server)
      await server.process.stop('stop')
    }
    this.#servers.clear()
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

  #topic(name: string): { readonly kind: Kind; readonly partitions: number } {
    const topic = this.#topics.get(name)
    if (topic === undefined) throw new Error(`there is no topic '${name}'`)
    return topic
  }

  #server(kind: Kind): Promise<Server> {
    let starting = this.#servers.get(kind)
    if (starting === undefined) {
      starting = this.#start(kind)
      this.#servers.set(kind, starting)
    }
    return starting
  }

  async #start(kind: Kind): Promise<Server> {
    const directory = join(this.#options.dataDirectory, kind)
    const store = storeOf(this.#options, kind)
    await mkdir(store, { recursive: true })
    const sync = kind === 'synced' && this.#hasSyncAlways ? '  sync_interval: always\n' : ''
    const port = await freePort()
    const configuration = join(directory, 'nats.conf')
    await writeFile(
      configuration,
      `listen: "127.0.0.1:${port}"\njetstream {\n  store_dir: ${JSON.stringify(store)}\n  max_file_store: 1TB\n${sync}}\n`,
    )
    const server: Server = {
      process: new ServerProcess({
        name: this.name,
        command: this.#program,
        args: ['-c', configuration],
        logFile: join(directory, 'server.log'),
        workingDirectory: directory,
        isReady: () => isListening(port),
      }),
      port,
      admin: undefined,
    }
    await server.process.start()
    this.#options.log?.(`nats-server ${this.version} (${kind}) listens on 127.0.0.1:${port}`)
    return server
  }

  async #connect(kind: Kind): Promise<NatsConnection> {
    const { port } = await this.#server(kind)
    return connect({ servers: `127.0.0.1:${port}`, reconnect: false, timeout: ACK_TIMEOUT_MS })
  }

  async #admin(kind: Kind): Promise<NatsConnection> {
    const server = await this.#server(kind)
    server.admin ??= await this.#connect(kind)
    return server.admin
  }

  async #manager(kind: Kind): Promise<JetStreamManager> {
    return jetstreamManager(await this.#admin(kind), { timeout: ACK_TIMEOUT_MS })
  }

  async #letGo(server: Server): Promise<void> {
    this.#singles.clear()
    await server.admin?.close()
    server.admin = undefined
  }
}

/**
 * Publishes with an inbox of its own for all acknowledgements, as NATS's Go client does: the Node client's `publish` makes two errors with their
 * stacks for every message, in case it needs them, and is four times as slow for it.
 */
class NatsProducer implements BenchProducer {
  readonly #connection: NatsConnection
  readonly #subjects: readonly string[]
  readonly #onSent: OnSent
  readonly #window = new SendWindow()
  readonly #inbox = createInbox()
  readonly #underWay = new Map<string, { readonly token: number; readonly bytes: number }>()
  #next = 0
  #nextReply = 0

  constructor(connection: NatsConnection, request: ProducerRequest, onSent: OnSent) {
    this.#connection = connection
    this.#subjects = Array.from({ length: request.partitions }, (_, partition) =>
      subjectOf(request.topic, partition),
    )
    this.#onSent = onSent
    connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        const reply = message.subject.slice(this.#inbox.length + 1)
        if (error !== null) this.#settle(reply, undefined, error)
        else this.#acknowledged(reply, message)
      },
    })
    void connection.closed().then((error) => {
      const failure = error instanceof Error ? error : new Error('the connection was closed')
      for (const reply of [...this.#underWay.keys()]) this.#settle(reply, undefined, failure)
    })
  }

  trySend(
    partition: number | undefined,
    key: Buffer | null,
    value: Buffer,
    token: number,
  ): boolean {
    const bytes = value.length + (key?.length ?? 0)
    if (!this.#window.tryTake(bytes)) return false
    const subject = this.#subjects[partition ?? this.#choose(key)] ?? ''
    const reply = (this.#nextReply++).toString(36)
    this.#underWay.set(reply, { token, bytes })
    try {
      const options = { reply: `${this.#inbox}.${reply}` }
      this.#connection.publish(subject, value, key === null ? options : withKey(key, options))
    } catch (error) {
      queueMicrotask(() => {
        this.#settle(reply, undefined, error as Error)
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
    await this.#connection.close()
  }

  #acknowledged(reply: string, message: Msg): void {
    // Nobody listens to the subject: an answer without a body.
    if (message.data.length === 0) {
      this.#settle(reply, undefined, new Error(`no stream took it (${message.headers?.code ?? 0})`))
      return
    }
    const { seq, error } = message.json<{ seq?: number; error?: { description: string } }>()
    if (seq === undefined) {
      this.#settle(
        reply,
        undefined,
        new Error(error?.description ?? 'an answer without a sequence'),
      )
    } else {
      this.#settle(reply, seq - 1, undefined)
    }
  }

  #settle(reply: string, offset: number | undefined, error: Error | undefined): void {
    const sent = this.#underWay.get(reply)
    if (sent === undefined) return
    this.#underWay.delete(reply)
    this.#window.giveBack(sent.bytes)
    this.#onSent(sent.token, offset, error)
  }

  #choose(key: Buffer | null): number {
    const partitions = this.#subjects.length
    return key === null ? this.#next++ % partitions : partitionForKey(key, partitions)
  }
}

class NatsConsumer implements BenchConsumer {
  readonly #connection: NatsConnection
  readonly #handout: RecordHandout
  #streams: ConsumerMessages[] = []

  static async open(
    connection: NatsConnection,
    { topic, partitions, from, untilEnd }: ConsumerRequest,
  ): Promise<NatsConsumer> {
    const manager = await jetstreamManager(connection, { timeout: ACK_TIMEOUT_MS })
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
      timeout: ACK_TIMEOUT_MS,
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

function kindOf(durability: Durability): Kind {
  return durability === 'synced' ? 'synced' : 'written'
}

function storeOf({ dataDirectory }: PeerOptions, kind: Kind): string {
  return join(dataDirectory, kind, 'store')
}

/** A name of a stream may hold no dots, and a subject's dots mean something. */
function streamOf(topic: string, partition: number): string {
  return `${topic.replace(/[^A-Za-z0-9_-]/g, '_')}-${partition}`
}

function subjectOf(topic: string, partition: number): string {
  return `bench.${streamOf(topic, partition)}`
}

function withKey(
  key: Buffer,
  options: { readonly reply: string },
): { readonly reply: string; readonly headers: MsgHdrs } {
  const carried = headers()
  carried.set('Key', key.toString('base64'))
  return { ...options, headers: carried }
}

/** It listens only when JetStream has read what it stored. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp(port, '127.0.0.1')
    const answer = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => {
      answer(true)
    })
    socket.once('error', () => {
      answer(false)
    })
  })
}
