// One broker of a test's own making, reached over gRPC or within the process: for what a test must see of its inside, or
// time on its own clock.
import { Broker } from '../../src/broker/broker.ts'
import { GrpcTransport } from '../../src/client/grpc-transport.ts'
import type { ClientTransport } from '../../src/client/transport.ts'
import { Varve } from '../../src/client/varve.ts'
import { AwaitedFileSystem } from '../../src/platform/awaited-file-system.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { FileSystem } from '../../src/platform/file-system.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { nextTurn } from '../../src/platform/next-turn.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { NodeRandom } from '../../src/platform/node-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { GrpcServer } from '../../src/transport/grpc/grpc-server.ts'
import { InProcessTransport } from '../../src/transport/in-process/in-process-transport.ts'
import { TurnTaker } from '../../src/transport/in-process/turn-taker.ts'
import { ServiceContext } from '../../src/transport/service-context.ts'
import type { Way } from './ways.ts'

export interface ServedBroker {
  readonly broker: Broker
  readonly transport: ClientTransport
  /** Over the transport. */
  readonly client: Varve
  /** Of the engine on files. */
  readonly disk: SimFileSystem
  /** A transport of its own to the same broker; the test closes it. */
  readonly connect: () => ClientTransport
  /** No new calls, and the ends of those that only wait, while the broker is still there. */
  readonly stop: () => Promise<void>
  close(): Promise<void>
}

/** Files are those of a simulated file system, so that disks can be slow on demand. */
export async function serveBroker(
  way: Way,
  options: {
    readonly clock?: VirtualClock
    /** In place of the one that the way names. It is closed with the broker. */
    readonly engine?: StorageEngine
  } = {},
): Promise<ServedBroker> {
  const clock: Clock = options.clock ?? new NodeClock({ keepsProcessAlive: true })
  const random = new NodeRandom()
  const disk = new SimFileSystem()
  const fileSystem: FileSystem =
    clock instanceof VirtualClock ? new AwaitedFileSystem(disk, clock) : disk
  const parts = { clock, random, log: SILENT_LOG }
  const engine =
    options.engine ??
    (way.storage === 'memory'
      ? new MemoryStorageEngine({ clock })
      : await FileStorageEngine.open({ ...parts, fileSystem, directory: '/data' }))
  const broker = await Broker.open({
    ...parts,
    engine,
    storageName: way.storage,
    version: '0.0.0-test',
  })
  const served = way.transport === 'gRPC' ? await overGrpc(broker) : inProcess(broker, clock)
  const transport = served.connect()
  // The client of gRPC needs the real clock: its deadlines are moments of it.
  const client = new Varve({
    transport,
    clock: way.transport === 'gRPC' ? new NodeClock({ keepsProcessAlive: true }) : clock,
  })
  return {
    broker,
    transport,
    client,
    disk,
    connect: served.connect,
    stop: served.stop,
    close: async () => {
      await client.close({ timeoutMs: 1_000 })
      await Promise.all([served.stop(), broker.close()])
      await engine.close()
    },
  }
}

type Served = Pick<ServedBroker, 'connect' | 'stop'>

async function overGrpc(broker: Broker): Promise<Served> {
  const clock = new NodeClock()
  const random = new NodeRandom()
  const server = await GrpcServer.listen({
    broker,
    clock,
    random,
    log: SILENT_LOG,
    host: '127.0.0.1',
    port: 0,
  })
  return {
    connect: () => new GrpcTransport({ address: server.address, clock, connectTimeoutMs: 5_000 }),
    stop: () => server.close(),
  }
}

function inProcess(broker: Broker, clock: Clock): Served {
  const context = new ServiceContext({ broker, clock, random: new NodeRandom(), log: SILENT_LOG })
  const turns = new TurnTaker(nextTurn)
  return {
    connect: () => new InProcessTransport({ context, clock, turns }),
    stop: () => {
      context.stop()
      return Promise.resolve()
    },
  }
}
