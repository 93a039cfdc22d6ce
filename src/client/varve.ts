// One client of one broker: hands out producers, consumers, replays and the administration, which share a connection. Connects when
// it is first used and again whenever the connection was lost.
import { DEFAULT_ADDRESS, parseNetworkAddress } from '../domain/network-address.ts'
import type { Clock } from '../platform/clock.ts'
import { NodeClock } from '../platform/node-clock.ts'
import { NodeRandom } from '../platform/node-random.ts'
import type { Random } from '../platform/random.ts'
import { Admin } from './admin.ts'
import type { ClientContext } from './client-context.ts'
import { type CloseOptions, checkClose } from './close-options.ts'
import { Consumer } from './consumer.ts'
import type { ConsumerOptions } from './consumer-types.ts'
import { GrpcTransport } from './grpc-transport.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireInteger,
  requireText,
} from './option-check.ts'
import { Producer } from './producer.ts'
import type { ProducerOptions } from './producer-types.ts'
import { Replay } from './replay.ts'
import { ReplayInto } from './replay-into.ts'
import type { ReplayIntoOptions } from './replay-into-types.ts'
import type { ReplayOptions } from './replay-types.ts'
import type { ClientTransport } from './transport.ts'

export interface ConnectOptions {
  /** Where the broker is, as HOST:PORT; `127.0.0.1:7070` unless told. */
  readonly broker?: string
  /** Another way to a broker, instead of gRPC to `broker`. The client closes it. */
  readonly transport?: ClientTransport
  /** How long a call waits for a connection before BROKER_UNAVAILABLE; 5 s unless told. */
  readonly connectTimeoutMs?: number
  /** How long one answer may take once there is a connection; 30 s unless told. */
  readonly requestTimeoutMs?: number
  /** Time and timers; those of the machine unless told. With gRPC the wall clock must be the machine's. */
  readonly clock?: Clock
  readonly random?: Random
}

/** All of them, or this does not compile. */
const OPTIONS: KnownOptions<ConnectOptions> = {
  broker: true,
  transport: true,
  connectTimeoutMs: true,
  requestTimeoutMs: true,
  clock: true,
  random: true,
}

export const DEFAULT_BROKER = DEFAULT_ADDRESS

/**
 * A client. Nothing is connected yet: `connected()` tells whether somebody is there.
 * @throws VarveError INVALID_ARGUMENT
 */
export function connect(options: ConnectOptions = {}): Varve {
  return new Varve(options)
}

export class Varve {
  private readonly context: ClientContext
  private readonly open = new Set<{ close(options?: { timeoutMs?: number }): Promise<void> }>()

  /** Made by `connect`. */
  constructor(options: ConnectOptions) {
    refuseUnknown('a client', options, OPTIONS)
    // A wait before the next attempt is work under way: it must not let the process end.
    const clock = options.clock ?? new NodeClock({ keepsProcessAlive: true })
    const connectTimeoutMs = requireInteger('connectTimeoutMs', options.connectTimeoutMs ?? 5_000)
    const address = checkAddress(options.broker ?? DEFAULT_BROKER)
    this.context = {
      transport: options.transport ?? new GrpcTransport({ address, clock, connectTimeoutMs }),
      clock,
      random: options.random ?? new NodeRandom(),
      requestTimeoutMs: requireInteger('requestTimeoutMs', options.requestTimeoutMs ?? 30_000, {
        min: 1,
      }),
    }
  }

  /** Where the broker is. */
  get address(): string {
    return this.context.transport.address
  }

  /**
   * Resolves when there is a connection.
   * @throws VarveError BROKER_UNAVAILABLE with what to do, after the connect timeout · CLOSED
   */
  async connected(signal?: AbortSignal): Promise<void> {
    await this.context.transport.connected(signal)
  }

  /** @throws VarveError INVALID_ARGUMENT */
  producer(options: ProducerOptions = {}): Producer {
    const producer = new Producer(this.context, options, () => this.open.delete(producer))
    this.open.add(producer)
    return producer
  }

  /** @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
  consumer(options: ConsumerOptions = {}): Consumer {
    const consumer = new Consumer(this.context, options, () => this.open.delete(consumer))
    this.open.add(consumer)
    return consumer
  }

  /**
   * Plays stored records again, at any pace; moves no group.
   * @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP
   */
  replay(options: ReplayOptions): Replay {
    const replay = new Replay(this.context, options, () => this.open.delete(replay))
    this.open.add(replay)
    return replay
  }

  /**
   * Plays stored records again into a topic: each is stored once more, once, with its timestamp; with a `store` also over a crash.
   * @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP
   */
  replayInto(options: ReplayIntoOptions): ReplayInto {
    const { durability, compression = 'none' } = options
    const into: ReplayInto = new ReplayInto(
      {
        context: this.context,
        admin: this.admin(),
        // Traces of the copying program are no part of the records.
        producer: this.producer({
          ...{ compression, propagation: 'off' },
          ...(durability === undefined ? {} : { durability }),
        }),
        replay: (play) => this.replay(play),
        onClosed: () => this.open.delete(into),
      },
      options,
    )
    this.open.add(into)
    return into
  }

  admin(): Admin {
    return new Admin(this.context)
  }

  /**
   * Closes its producers (which deliver what they accepted), consumers and replays, then the connection. Safe to call twice.
   * @param options.timeoutMs how long the producers may take
   */
  async close(options: CloseOptions = {}): Promise<void> {
    checkClose(options)
    await Promise.all([...this.open].map((part) => part.close(options)))
    this.context.transport.close()
  }
}

/** Here, not after the connect timeout: what is no address never answers. @throws VarveError INVALID_ARGUMENT */
function checkAddress(broker: string): string {
  const { port } = parseNetworkAddress(requireText('broker', broker))
  if (port === 0) throw refusal('broker', `broker must have a port from 1 to 65535, not ${broker}`)
  return broker
}
