// The package's main entry: clients of brokers over gRPC, and brokers within this process. The broker's code is loaded
// when one is opened and not before: a program that only connects need not wait for it.
import { type CloseOptions, checkClose } from './client/close-options.ts'
import {
  type KnownOptions,
  refuseUnknown,
  requireInteger,
  requireText,
} from './client/option-check.ts'
import type { ConnectOptions } from './client/varve.ts'
import { Varve as Client } from './client/varve.ts'
import { VarveError } from './domain/error.ts'
import { parseNetworkAddress } from './domain/network-address.ts'
import { shownValue } from './domain/shown-value.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import { NodeClock } from './platform/node-clock.ts'
import { NodeRandom } from './platform/node-random.ts'
import { SeededRandom } from './platform/seeded-random.ts'
import { VirtualClock } from './platform/virtual-clock.ts'

/** Where a broker within the process keeps its records: exactly one of the two. */
type Place =
  | {
      /** A folder; made when it is not there. One process at a time. */
      readonly dataDir: string
      readonly memory?: false
    }
  | {
      /** In memory; gone when it is closed. */
      readonly memory: true
      readonly dataDir?: undefined
      /** How many bytes of records it holds before it answers DISK_FULL; 512 MiB unless told. */
      readonly memoryBytesMax?: number
    }

export type OpenOptions = Place & {
  /** Serves gRPC on HOST:PORT too, so that other programs reach the same broker; port 0 takes a free one. */
  readonly listen?: string
  /** Drives everything that waits or expires. Not with `listen`: the deadlines of gRPC are moments of the real clock. */
  readonly clock?: VirtualClock
  /** Makes ids and random choices repeatable. Only in memory: ids of files must never repeat. */
  readonly seed?: number | string
  /** What the broker has to say: lines of JSON on standard error from a level on, or your own. `silent` unless told. */
  readonly log?: Log | 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** How long one answer may take; 30 s unless told. */
  readonly requestTimeoutMs?: number
}

/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<OpenOptions> = {
  dataDir: true,
  memory: true,
  memoryBytesMax: true,
  listen: true,
  clock: true,
  seed: true,
  log: true,
  requestTimeoutMs: true,
}

type LogLevel = Extract<OpenOptions['log'], string>
/** All of them, or this does not compile. */
const LOG_LEVELS = Object.keys({
  debug: true,
  info: true,
  warn: true,
  error: true,
  silent: true,
} satisfies Record<LogLevel, true>)

/** What `Varve.open` puts below a client. */
interface OwnBroker {
  readonly listening: string | undefined
  close(): Promise<void>
}

/** A client, either of a broker somewhere (`connect`) or of one within this process (`Varve.open`). */
export class Varve extends Client {
  readonly #broker: OwnBroker | undefined
  #closing: Promise<void> | undefined

  /** Made by `connect` and `Varve.open`. */
  constructor(options: ConnectOptions, broker?: OwnBroker) {
    super(options)
    this.#broker = broker
  }

  /**
   * Opens a broker within this process, on files or in memory, and gives a client of it.
   * @throws VarveError DATA_DIR_LOCKED · DATA_DIR_UNUSABLE · ADDRESS_UNAVAILABLE · INVALID_ARGUMENT
   */
  static async open(options: OpenOptions): Promise<Varve> {
    check(options)
    const { openInProcess } = await import('./server/open-in-process.ts')
    // A wait of the client is work under way: it must not let the process end.
    const clock: Clock = options.clock ?? new NodeClock({ keepsProcessAlive: true })
    const random = options.seed === undefined ? new NodeRandom() : new SeededRandom(options.seed)
    const { requestTimeoutMs } = options
    const broker = await openInProcess({
      dataDir: options.dataDir,
      memoryBytesMax: options.memory === true ? options.memoryBytesMax : undefined,
      listen: options.listen,
      log: options.log,
      clock,
      random,
    })
    const { transport } = broker
    return new Varve(
      { transport, clock, random, ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }) },
      broker,
    )
  }

  /** Where the broker within this process serves gRPC too, as HOST:PORT. */
  get listening(): string | undefined {
    return this.#broker?.listening
  }

  /**
   * Closes the producers (which deliver what they accepted) and consumers, then the connection or the broker within this
   * process. Safe to call twice.
   * @param options.timeoutMs how long the producers may take
   */
  override async close(options: CloseOptions = {}): Promise<void> {
    checkClose(options)
    this.#closing ??= super.close(options).then(() => this.#broker?.close())
    await this.#closing
  }
}

/**
 * A client. Nothing is connected yet: `connected()` tells whether somebody is there.
 * @throws VarveError INVALID_ARGUMENT
 */
export function connect(options: ConnectOptions = {}): Varve {
  return new Varve(options)
}

/** What the types say already, for those who do not use them. @throws VarveError INVALID_ARGUMENT */
function check(options: OpenOptions): void {
  refuseUnknown('Varve.open', options, OPTIONS)
  const { dataDir, memory, clock, listen, log, seed, requestTimeoutMs } = options
  const refuse = (what: string): never => {
    throw new VarveError('INVALID_ARGUMENT', what)
  }
  if ((memory === true) === (dataDir !== undefined)) {
    refuse(
      "Varve.open takes either a folder, as in { dataDir: './data' }, or { memory: true }: exactly one of them",
    )
  }
  if (dataDir !== undefined && (typeof dataDir !== 'string' || dataDir === '')) {
    refuse(`dataDir must be the path of a folder, not ${shownValue(dataDir)}`)
  }
  if (clock !== undefined && !(clock instanceof VirtualClock)) {
    refuse(`clock must be a VirtualClock, not ${shownValue(clock)}`)
  }
  if (clock !== undefined && listen !== undefined) {
    refuse('a broker that listens goes by the real clock: give clock or listen, not both')
  }
  if (seed !== undefined && memory !== true) refuse('seed is for brokers in memory')
  if (seed !== undefined && typeof seed !== 'number' && typeof seed !== 'string') {
    refuse(`seed must be a number or text, not ${shownValue(seed)}`)
  }
  const { memoryBytesMax } = options as { readonly memoryBytesMax?: number }
  if (memoryBytesMax !== undefined && memory !== true) {
    refuse('memoryBytesMax is for brokers in memory: of one in a folder the disk is the limit')
  }
  if (memoryBytesMax !== undefined) requireInteger('memoryBytesMax', memoryBytesMax, { min: 1 })
  if (log !== undefined && !isLog(log)) {
    refuse(
      `log must be one of ${LOG_LEVELS.join(', ')}, or a Log of your own, not ${shownValue(log)}`,
    )
  }
  if (listen !== undefined) parseNetworkAddress(requireText('listen', listen))
  // Before anything is opened that would have to be closed again.
  if (requestTimeoutMs !== undefined)
    requireInteger('requestTimeoutMs', requestTimeoutMs, { min: 1 })
}

/** One of the levels, or something that has what a log has. */
function isLog(log: unknown): boolean {
  if (typeof log === 'string') return LOG_LEVELS.includes(log)
  if (typeof log !== 'object' || log === null) return false
  const methods = ['debug', 'info', 'warn', 'error', 'with'] as const satisfies (keyof Log)[]
  return methods.every((name) => typeof (log as Partial<Log>)[name] === 'function')
}
