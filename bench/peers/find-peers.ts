// Which peers can be measured on this machine, and how each is opened. Invariant: a peer whose server is missing is said to be missing, with
// what to install; nothing is ever installed, and nothing starts before `open`.
import type { BenchSystem } from '../../src/bench/system.ts'
import { openKafka } from './kafka-system.ts'
import { findNatsServer, openNatsJetStream } from './nats-jetstream-system.ts'
import type { PeerOptions } from './peer-options.ts'
import { findRabbitmqServer } from './rabbitmq-server.ts'
import { openRabbitmqStreams } from './rabbitmq-streams-system.ts'
import { findRedisServer, openRedisStreams } from './redis-streams-system.ts'

export interface FoundPeer {
  /** As `BenchSystem.name`. */
  readonly name: string
  /** Why it cannot be opened, and what to do; undefined when it can. */
  readonly missing: string | undefined
  /** Starts its server on loopback; `close` of the system ends it. */
  readonly open: (options: PeerOptions) => Promise<BenchSystem>
}

interface Peer {
  readonly name: string
  readonly server: string
  readonly debianPackage: string
  readonly find: () => Promise<string | undefined>
  readonly open: (options: PeerOptions) => Promise<BenchSystem>
}

const PEERS: readonly Peer[] = [
  {
    name: 'nats-jetstream',
    server: 'nats-server',
    debianPackage: 'nats-server',
    find: findNatsServer,
    open: openNatsJetStream,
  },
  {
    name: 'redis-streams',
    server: 'redis-server',
    debianPackage: 'redis-server',
    find: findRedisServer,
    open: openRedisStreams,
  },
  {
    name: 'rabbitmq-streams',
    server: 'rabbitmq-server',
    debianPackage: 'rabbitmq-server',
    find: findRabbitmqServer,
    open: openRabbitmqStreams,
  },
]

/**
 * All of them, in the order in which they are shown.
 * @param kafkaAddress `HOST:PORT` of a Kafka that runs already; without one Kafka is missing
 */
export async function findPeers(kafkaAddress?: string): Promise<readonly FoundPeer[]> {
  const local = await Promise.all(
    PEERS.map(async ({ name, server, debianPackage, find, open }) => ({
      name,
      missing:
        (await find()) === undefined
          ? `${server} is not installed (Debian: apt-get install ${debianPackage})`
          : undefined,
      open,
    })),
  )
  const kafka: FoundPeer = {
    name: 'kafka',
    missing: kafkaAddress === undefined ? 'no address was given (--kafka HOST:PORT)' : undefined,
    open: (options) => openKafka({ ...options, address: kafkaAddress ?? '' }),
  }
  return [...local, kafka]
}
