// A RabbitMQ node of the bench's own: its files, its name, its cookie and its epmd are all in the bench's folder or on loopback ports that
// were free, so that it neither sees nor disturbs a node of the machine. Invariant: ends with its epmd; needs no user of its own.
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChannelModel, connect } from 'amqplib'
import { findProgram } from './find-program.ts'
import type { PeerOptions } from './peer-options.ts'
import { freePort, ServerProcess } from './server-process.ts'
import type { DurabilityKind, DurabilityServer } from './servers-by-durability.ts'
import { makeWritesSynced } from './synced-directory.ts'
import { probe } from './tcp-probe.ts'

/** Debian's script in /usr/sbin runs as root or as the user rabbitmq alone; the one behind it as anybody. */
const BEHIND_DEBIANS_SCRIPT = ['/usr/lib/rabbitmq/bin']

/** An AMQP header: a server that is ready answers it with Connection.Start, a frame of type 1 on channel 0. */
const AMQP_HEADER = 'AMQP\0\0\u0009\u0001'
const CONNECTION_START = '\u0001\0\0'

/** Where the server program is; undefined when it, or Erlang's epmd, is not installed. */
export async function findRabbitmqServer(): Promise<string | undefined> {
  const epmd = await findProgram(['epmd'])
  return epmd === undefined ? undefined : findProgram(['rabbitmq-server'], BEHIND_DEBIANS_SCRIPT)
}

/** From the name of its directory: asking the program takes seconds. */
export async function versionOfRabbitmq(program: string): Promise<string> {
  return /rabbitmq_server-(\d+\.\d+\.\d+)/.exec(await realpath(program))?.[1] ?? 'unknown'
}

/** Where streams are written; its files are synced with every write when the kind is `synced` and the file system can. */
export async function prepareStreamDirectory(
  { dataDirectory }: PeerOptions,
  kind: DurabilityKind,
): Promise<{ readonly directory: string; readonly isSynced: boolean }> {
  const directory = join(dataDirectory, kind, 'stream')
  await mkdir(directory, { recursive: true })
  return { directory, isSynced: kind === 'synced' && (await makeWritesSynced(directory)) }
}

export class RabbitmqServer implements DurabilityServer {
  readonly process: ServerProcess
  readonly port: number
  readonly #epmd: ServerProcess
  #connection: ChannelModel | undefined

  /** @throws Error when it does not become ready */
  static async start(
    options: PeerOptions,
    program: string,
    kind: DurabilityKind,
  ): Promise<RabbitmqServer> {
    const directory = join(options.dataDirectory, kind)
    const stream = await prepareStreamDirectory(options, kind)
    const [port, distributionPort, epmdPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
    ]
    const epmd = await startEpmd(directory, epmdPort)
    const configuration = join(directory, 'rabbitmq.conf')
    await writeFile(configuration, 'log.console = true\nlog.console.level = warning\n')
    await writeFile(join(directory, 'rabbitmq-env.conf'), '')
    await writeFile(join(directory, 'enabled_plugins'), '[].\n')
    const process = new ServerProcess({
      name: 'rabbitmq-server',
      command: program,
      args: [],
      environment: {
        HOME: directory,
        // The script becomes the server, instead of staying before it.
        RUNNING_UNDER_SYSTEMD: '1',
        ERL_EPMD_ADDRESS: '127.0.0.1',
        ERL_EPMD_PORT: `${epmdPort}`,
        RABBITMQ_NODENAME: `varve-bench-${port}@localhost`,
        RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
        RABBITMQ_NODE_PORT: `${port}`,
        RABBITMQ_DIST_PORT: `${distributionPort}`,
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
        RABBITMQ_CONF_ENV_FILE: join(directory, 'rabbitmq-env.conf'),
        RABBITMQ_CONFIG_FILE: configuration,
        RABBITMQ_ADVANCED_CONFIG_FILE: join(directory, 'advanced.config'),
        RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
        RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
        RABBITMQ_STREAM_DIR: stream.directory,
        RABBITMQ_LOG_BASE: join(directory, 'log'),
        RABBITMQ_LOGS: '-',
      },
      logFile: join(directory, 'server.log'),
      workingDirectory: directory,
      isReady: () => probe(port, AMQP_HEADER, CONNECTION_START),
    })
    const server = new RabbitmqServer(process, epmd, port)
    try {
      await process.start()
    } catch (error) {
      await epmd.stop('kill')
      throw error
    }
    return server
  }

  private constructor(process: ServerProcess, epmd: ServerProcess, port: number) {
    this.process = process
    this.#epmd = epmd
    this.port = port
  }

  /** A connection of its own for whoever asks. */
  async connect(): Promise<ChannelModel> {
    const connection = await connect({ hostname: '127.0.0.1', port: this.port })
    // Whoever waits for an answer is told; without a listener it would end the process.
    connection.on('error', () => undefined)
    return connection
  }

  async connection(): Promise<ChannelModel> {
    this.#connection ??= await this.connect()
    return this.#connection
  }

  async letGo(): Promise<void> {
    await this.#connection?.close().catch(() => undefined)
    this.#connection = undefined
  }

  async ended(): Promise<void> {
    await this.#epmd.stop('stop')
  }
}

/** Which tells Erlang nodes of each other: the server does not start without one, and would leave its own behind. */
async function startEpmd(directory: string, port: number): Promise<ServerProcess> {
  const epmd = new ServerProcess({
    name: 'epmd',
    command: (await findProgram(['epmd'])) ?? 'epmd',
    args: ['-address', '127.0.0.1', '-port', `${port}`],
    logFile: join(directory, 'epmd.log'),
    workingDirectory: directory,
    isReady: () => probe(port),
  })
  await epmd.start()
  return epmd
}
