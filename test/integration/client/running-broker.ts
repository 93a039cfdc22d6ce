// A real broker with files in a temporary folder and a real client of it, on the loopback.
import { type ConnectOptions, connect, type Varve } from '../../../src/client/index.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { type RunningServer, startServer } from '../../../src/server/start-server.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

export class RunningBroker {
  readonly address: string
  private readonly dataDir: string
  private server: RunningServer
  private readonly clients: Varve[] = []

  private constructor(dataDir: string, server: RunningServer) {
    this.dataDir = dataDir
    this.server = server
    this.address = server.address
  }

  static async start(storage: 'file' | 'memory' = 'file'): Promise<RunningBroker> {
    const dataDir = await temporaryDirectory()
    return new RunningBroker(dataDir, await startAt(dataDir, 0, storage))
  }

  connect(options: ConnectOptions = {}): Varve {
    const client = connect({ broker: this.address, ...options })
    this.clients.push(client)
    return client
  }

  async stop(): Promise<void> {
    await this.server.close()
  }

  /** On the same port and over the same files; for storage `file`. */
  async startAgain(): Promise<void> {
    this.server = await startAt(this.dataDir, Number(this.address.split(':').at(-1)), 'file')
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client.close({ timeoutMs: 1_000 })))
    await this.stop()
  }
}

function startAt(
  dataDir: string,
  port: number,
  storage: 'file' | 'memory',
): Promise<RunningServer> {
  return startServer({ dataDir, host: '127.0.0.1', port, storage, log: SILENT_LOG })
}
