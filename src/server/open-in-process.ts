// The composition root of a broker within a program: an engine, the broker, the transport to it and, where it is asked
// for, a gRPC server beside it. Invariants: what a failed opening had opened is closed again; an open broker by itself
// does not keep the process alive (its timers do not, and between operations it has nothing else), unless it listens.
import { resolve } from 'node:path'
import { Broker } from '../broker/broker.ts'
import type { ClientTransport } from '../client/transport.ts'
import { LIMITS } from '../domain/limits.ts'
import { parseNetworkAddress } from '../domain/network-address.ts'
import { AwaitedFileSystem } from '../platform/awaited-file-system.ts'
import type { Clock } from '../platform/clock.ts'
import { type Log, SILENT_LOG } from '../platform/log.ts'
import { nextTurn } from '../platform/next-turn.ts'
import { NodeClock } from '../platform/node-clock.ts'
import { NodeFileSystem } from '../platform/node-file-system.ts'
import { type LogLevel, PinoLog } from '../platform/pino-log.ts'
import type { Random } from '../platform/random.ts'
import { VirtualClock } from '../platform/virtual-clock.ts'
import type { StorageEngine } from '../storage/engine.ts'
import { FileStorageEngine } from '../storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../storage/memory/memory-storage-engine.ts'
import { GrpcServer } from '../transport/grpc/grpc-server.ts'
import { InProcessTransport } from '../transport/in-process/in-process-transport.ts'
import { TurnTaker } from '../transport/in-process/turn-taker.ts'
import { ServiceContext } from '../transport/service-context.ts'
import { packageVersion } from './package-version.ts'

export interface InProcessOptions {
  /** Undefined: in memory. */
  readonly dataDir: string | undefined
  /** For a broker in memory. */
  readonly memoryBytesMax: number | undefined
  /** HOST:PORT to serve gRPC on as well. */
  readonly listen: string | undefined
  readonly log: Log | LogLevel | undefined
  /** Of the client; its timers may keep the process alive while it waits for something. */
  readonly clock: Clock
  readonly random: Random
}

export interface InProcessBroker {
  readonly transport: ClientTransport
  /** HOST:PORT where it serves gRPC too. */
  readonly listening: string | undefined
  /** Finishes what was accepted and lets go of everything. The transport must be closed before. Safe to call twice. */
  close(): Promise<void>
}

/** @throws VarveError DATA_DIR_LOCKED · DATA_DIR_UNUSABLE · ADDRESS_UNAVAILABLE · INVALID_ARGUMENT */
export async function openInProcess(options: InProcessOptions): Promise<InProcessBroker> {
  const { random, listen } = options
  const address = listen === undefined ? undefined : parseNetworkAddress(listen)
  const log = logOf(options.log)
  const clock = options.clock instanceof VirtualClock ? options.clock : new NodeClock()
  const engine = await openEngine(options, clock, log)
  let broker: Broker | undefined
  try {
    const storageName = options.dataDir === undefined ? 'memory' : 'file'
    broker = await Broker.open({
      engine,
      clock,
      random,
      log,
      storageName,
      version: packageVersion(),
    })
    const server = address && (await GrpcServer.listen({ broker, clock, random, log, ...address }))
    const context = new ServiceContext({ broker, clock, random, log })
    const turns = new TurnTaker(
      clock instanceof VirtualClock ? () => clock.waitFor(nextTurn()) : nextTurn,
    )
    const transport = new InProcessTransport({ context, clock: options.clock, turns })
    return openBroker({ transport, context, server, broker, engine })
  } catch (error) {
    await broker?.close()
    await engine.close()
    throw error
  }
}

function logOf(log: Log | LogLevel | undefined): Log {
  if (log === undefined || log === 'silent') return SILENT_LOG
  return typeof log === 'string' ? PinoLog.open({ level: log }) : log
}

async function openEngine(
  options: InProcessOptions,
  clock: Clock,
  log: Log,
): Promise<StorageEngine> {
  const { dataDir, memoryBytesMax, random } = options
  if (dataDir === undefined) {
    return new MemoryStorageEngine({
      clock,
      ...(memoryBytesMax === undefined ? {} : { limits: { memoryEngineBytesMax: memoryBytesMax } }),
    })
  }
  const files = new NodeFileSystem()
  const fileSystem = clock instanceof VirtualClock ? new AwaitedFileSystem(files, clock) : files
  return await FileStorageEngine.open({
    fileSystem,
    clock,
    random,
    log,
    directory: resolve(dataDir),
    reserveBytes: LIMITS.diskReserveBytes,
  })
}

function openBroker(parts: {
  transport: ClientTransport
  context: ServiceContext
  server: GrpcServer | undefined
  broker: Broker
  engine: StorageEngine
}): InProcessBroker {
  const { transport, context, server, broker, engine } = parts
  let closing: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    context.stop()
    // Side by side: the server waits for the calls under way, the broker ends their waits and finishes their appends.
    await Promise.all([server?.close(), broker.close()])
    await engine.close()
  }
  return {
    transport,
    listening: server?.address,
    close: () => {
      closing ??= stop()
      return closing
    },
  }
}
