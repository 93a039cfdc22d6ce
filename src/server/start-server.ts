// The composition root: puts an engine, the broker and the gRPC server together, and takes them apart again in the order
// that loses nothing. Invariant: what a failed start had opened is closed again.
import { Broker } from '../broker/broker.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { TopicSettingTexts } from '../domain/topic-settings.ts'
import type { Clock } from '../platform/clock.ts'
import { descriptorLimit } from '../platform/descriptor-limit.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import { NodeClock } from '../platform/node-clock.ts'
import { NodeFileSystem } from '../platform/node-file-system.ts'
import { NodeRandom } from '../platform/node-random.ts'
import type { Random } from '../platform/random.ts'
import type { StorageEngine } from '../storage/engine.ts'
import { FileStorageEngine } from '../storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../storage/memory/memory-storage-engine.ts'
import { GrpcServer } from '../transport/grpc/grpc-server.ts'
import { limitsWithin } from './descriptor-shares.ts'
import { Monitoring, type MonitoringOptions } from './monitoring.ts'
import { packageVersion } from './package-version.ts'

export interface ServerOptions {
  /** Absolute path; made when it is not there. Not touched with storage `memory`. */
  readonly dataDir: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly storage: 'file' | 'memory'
  readonly log: Log
  /** LIMITS when not given. */
  readonly limits?: Limits
  /** Settings that a new topic gets unless it says otherwise. */
  readonly topicDefaults?: TopicSettingTexts
  /** Where metrics and health are served; nowhere when absent. */
  readonly monitoring?: MonitoringOptions
}

export interface RunningServer {
  /** HOST:PORT, with the port that was really taken. */
  readonly address: string
  /** Where metrics and health are served; undefined when they are not. */
  readonly monitoringAddress: string | undefined
  readonly broker: Broker
  /** Finishes what was accepted and lets go of everything; safe to call twice. */
  close(): Promise<void>
}

/**
 * Starts a broker with its gRPC server. Resolves when clients may connect.
 * @throws VarveError DATA_DIR_LOCKED · DATA_DIR_UNUSABLE · ADDRESS_UNAVAILABLE
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, log, storage, topicDefaults = {} } = options
  const limits = possibleLimits(options)
  const clock = new NodeClock()
  const random = new NodeRandom()
  const startedMs = clock.monotonicMs()
  const version = packageVersion()
  const opened = new Opened()
  try {
    const monitoring =
      options.monitoring && (await Monitoring.open(options.monitoring, version, log))
    opened.add(() => monitoring?.close())
    const metrics = monitoring?.metrics
    const engine = await openEngine(options, limits, clock, random, metrics)
    opened.add(() => engine.close())
    const parts = { engine, clock, random, log, limits, ...(metrics && { metrics }) }
    const broker = await Broker.open({ ...parts, storageName: storage, version, topicDefaults })
    monitoring?.watch(broker)
    opened.add(() => broker.close())
    const server = await GrpcServer.listen({ ...parts, broker, host, port })
    const { address } = server
    const monitoringAddress = monitoring?.address
    log.info('server_started', {
      address,
      ...(monitoringAddress === undefined ? {} : { monitoringAddress }),
      storage,
      durationMs: Math.round(clock.monotonicMs() - startedMs),
    })
    let closing: Promise<void> | undefined
    const stop = async (): Promise<void> => {
      log.info('server_stopping', {})
      // Side by side: the server waits for the calls under way, the broker ends their waits and finishes their appends.
      await Promise.all([server.close(), broker.close()])
      await opened.close()
      log.info('server_stopped', {})
    }
    return { address, monitoringAddress, broker, close: () => (closing ??= stop()) }
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Those that there are descriptors for; says so when they are fewer than was asked for. */
function possibleLimits({ limits = LIMITS, log }: ServerOptions): Limits {
  const descriptors = descriptorLimit()
  const possible = limitsWithin(limits, descriptors)
  const { openFilesMax, connectionsMax } = possible
  if (openFilesMax < limits.openFilesMax || connectionsMax < limits.connectionsMax) {
    log.info('descriptors_scarce', { descriptors, openFilesMax, connectionsMax })
  }
  return possible
}

/** What was opened so far, to be closed in the opposite order. */
class Opened {
  readonly #closes: (() => Promise<void> | undefined)[] = []

  add(close: () => Promise<void> | undefined): void {
    this.#closes.push(close)
  }

  async close(): Promise<void> {
    for (const close of this.#closes.reverse()) await close()
  }
}

async function openEngine(
  { storage, dataDir, log }: ServerOptions,
  limits: Limits,
  clock: Clock,
  random: Random,
  metrics: Metrics | undefined,
): Promise<StorageEngine> {
  if (storage === 'memory') return new MemoryStorageEngine({ clock, limits })
  const fileSystem = new NodeFileSystem()
  const parts = { fileSystem, clock, random, log, limits, ...(metrics && { metrics }) }
  return await FileStorageEngine.open({
    ...{ ...parts, directory: dataDir, reserveBytes: limits.diskReserveBytes },
  })
}
