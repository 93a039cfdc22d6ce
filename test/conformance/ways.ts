// The four ways to a broker: over gRPC and within the process, on files and in memory. A conformance test holds in each of
// them, and uses nothing but what every client has.
import {
  type Admin,
  type Varve as Client,
  type ConnectOptions,
  connect,
} from '../../src/client/index.ts'
import { Varve } from '../../src/index.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { type RunningServer, startServer } from '../../src/server/start-server.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

export interface Way {
  readonly name: string
  readonly transport: 'gRPC' | 'in-process'
  readonly storage: 'file' | 'memory'
}

export const WAYS: readonly Way[] = [
  { name: 'over gRPC, on files', transport: 'gRPC', storage: 'file' },
  { name: 'over gRPC, in memory', transport: 'gRPC', storage: 'memory' },
  { name: 'in process, on files', transport: 'in-process', storage: 'file' },
  { name: 'in process, in memory', transport: 'in-process', storage: 'memory' },
]

/** A broker that was reached in one of the ways, as any program would reach it. */
export class ReachedBroker {
  client: Client
  private readonly way: Way
  private readonly dataDir: string
  private readonly options: Pick<ConnectOptions, 'requestTimeoutMs'>
  private server: RunningServer | undefined

  private constructor(
    way: Way,
    dataDir: string,
    options: Pick<ConnectOptions, 'requestTimeoutMs'>,
    opened: { client: Client; server: RunningServer | undefined },
  ) {
    this.way = way
    this.dataDir = dataDir
    this.options = options
    this.client = opened.client
    this.server = opened.server
  }

  static async open(
    way: Way,
    options: Pick<ConnectOptions, 'requestTimeoutMs'> = {},
  ): Promise<ReachedBroker> {
    const dataDir = await temporaryDirectory()
    return new ReachedBroker(way, dataDir, options, await open(way, dataDir, options))
  }

  get admin(): Admin {
    return this.client.admin()
  }

  /** What the broker says of durability: files can be synced. */
  get durabilityMax(): 'synced' | 'written' {
    return this.way.storage === 'file' ? 'synced' : 'written'
  }

  /** Ends client and broker in order, and opens both again; for brokers on files. */
  async openAgain(): Promise<void> {
    await this.close()
    const { client, server } = await open(this.way, this.dataDir, this.options)
    this.client = client
    this.server = server
  }

  async close(): Promise<void> {
    await this.client.close({ timeoutMs: 5_000 })
    await this.server?.close()
  }
}

async function open(
  way: Way,
  dataDir: string,
  options: Pick<ConnectOptions, 'requestTimeoutMs'>,
): Promise<{ client: Client; server: RunningServer | undefined }> {
  const { storage } = way
  if (way.transport === 'in-process') {
    const place = storage === 'file' ? { dataDir } : { memory: true as const }
    return { client: await Varve.open({ ...place, ...options }), server: undefined }
  }
  const server = await startServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    storage,
    log: SILENT_LOG,
  })
  return { client: connect({ broker: server.address, ...options }), server }
}
