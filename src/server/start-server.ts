// The composition root: puts an engine, the broker and the gRPC server together, and takes them apart again in the order
// that loses nothing. Invariant: what a failed start had opened is closed again.
import { createRequire } from 'node:module'
import { Broker } from '../broker/broker.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { NodeClock } from '../platform/node-clock.ts'
import { NodeFileSystem } from '../platform/node-file-system.ts'
import { NodeRandom } from '../platform/node-random.ts'
import type { Random } from '../platform/random.ts'
import type { StorageEngine } from '../storage/engine.ts'
import { FileStorageEngine } from '../storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../storage/memory/memory-storage-engine.ts'
import { GrpcServer } from '../transport/grpc/grpc-server.ts'

export interface ServerOptions {
  /** Absolute path; made when it is not there. Not touched with storage `memory`. */
  readonly dataDir: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly storage: 'file' | 'memory'
  readonly log: Log
}

export interface RunningServer {
  /** HOST:PORT, with the port that was really taken. */
  readonly address: string
  readonly broker: Broker
  /** Finishes what was accepted and lets go of everything; safe to call twice. */
  close(): Promise<void>
}

/**
 * Starts a broker with its gRPC server. Resolves when clients may connect.
 * @throws VarveError DATA_DIR_LOCKED · DATA_DIR_UNUSABLE · ADDRESS_UNAVAILABLE
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, log, storage } = options
  const clock = new NodeClock()
  const random = new NodeRandom()
  const startedMs = clock.monotonicMs()
  const engine = await openEngine(options, clock, random)
  let broker: Broker | undefined
  try {
    broker = await Broker.open({
      engine,
      clock,
      random,
      log,
      storageName: storage,
      version: packageVersion(),
    })
    const server = await GrpcServer.listen({ broker, clock, random, log, host, port })
    log.info('server_started', {
      address: server.address,
      storage,
      durationMs: Math.round(clock.monotonicMs() - startedMs),
    })
    return runningServer(server, broker, engine, log)
  } catch (error) {
    await broker?.close()
    await engine.close()
    throw error
  }
}

async function openEngine(
  { storage, dataDir, log }: ServerOptions,
  clock: Clock,
  random: Random,
): Promise<StorageEngine> {
  if (storage === 'memory') return new MemoryStorageEngine({ clock })
  const fileSystem = new NodeFileSystem()
  return await FileStorageEngine.open({ fileSystem, clock, random, log, directory: dataDir })
}

function runningServer(
  server: GrpcServer,
  broker: Broker,
  engine: StorageEngine,
  log: Log,
): RunningServer {
  let closing: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    log.info('server_stopping', {})
    // Side by side: the server waits for the calls under way, the broker ends their waits and finishes their appends.
    await Promise.all([server.close(), broker.close()])
    await engine.close()
    log.info('server_stopped', {})
  }
  return {
    address: server.address,
    broker,
    close: () => {
      closing ??= stop()
      return closing
    },
  }
}

/** From package.json, which lies as far above src/server as above dist/server. */
function packageVersion(): string {
  const manifest = createRequire(import.meta.url)('../../package.json') as { version: string }
  return manifest.version
}
