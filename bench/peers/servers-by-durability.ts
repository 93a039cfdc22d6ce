// Where durability is a setting of a whole server and not of a topic: a server for each, started when it is first asked for. Invariant: a topic
// stays with the server that it was made on.
import type { ServerUsage } from '../../src/bench/system.ts'
import type { Durability } from '../../src/domain/durability.ts'
import { type ServerProcess, sumOfUsage } from './server-process.ts'

/** `none` is met by what promises more: no peer acknowledges before it has written. */
export type DurabilityKind = 'synced' | 'written'

export interface DurabilityServer {
  readonly process: ServerProcess
  /** Closes the connections that the system itself holds; it opens new ones when it needs them. */
  letGo(): Promise<void>
  /** Called when its process was ended for good. */
  ended?(): Promise<void>
}

export interface PeerTopic<Server> {
  readonly server: Server
  readonly partitions: number
}

export class ServersByDurability<Server extends DurabilityServer> {
  readonly #start: (kind: DurabilityKind) => Promise<Server>
  readonly #servers = new Map<DurabilityKind, Promise<Server>>()
  readonly #topics = new Map<string, PeerTopic<Server>>()

  constructor(start: (kind: DurabilityKind) => Promise<Server>) {
    this.#start = start
  }

  /** Starts its server when it is the first. */
  async addTopic(name: string, partitions: number, durability: Durability): Promise<Server> {
    const kind = durability === 'synced' ? 'synced' : 'written'
    let starting = this.#servers.get(kind)
    if (starting === undefined) {
      starting = this.#start(kind)
      this.#servers.set(kind, starting)
    }
    const server = await starting
    this.#topics.set(name, { server, partitions })
    return server
  }

  /** @throws Error when it was not added */
  topic(name: string): PeerTopic<Server> {
    const topic = this.#topics.get(name)
    if (topic === undefined) throw new Error(`there is no topic '${name}'`)
    return topic
  }

  removeTopic(name: string): void {
    this.#topics.delete(name)
  }

  async usage(): Promise<ServerUsage | undefined> {
    const servers = await Promise.all(this.#servers.values())
    return sumOfUsage(servers.map((server) => server.process.usage()))
  }

  /** All that run, one after the other. */
  async restart(
    ending: 'stop' | 'kill',
  ): Promise<{ readonly downMs: number; readonly startMs: number }> {
    let downMs = 0
    let startMs = 0
    for (const starting of this.#servers.values()) {
      const server = await starting
      await server.letGo()
      const took = await server.process.restart(ending)
      downMs += took.downMs
      startMs += took.startMs
    }
    return { downMs, startMs }
  }

  async close(): Promise<void> {
    for (const starting of this.#servers.values()) {
      const server = await starting.catch(() => undefined)
      if (server === undefined) continue
      await server.letGo()
      await server.process.stop('stop')
      await server.ended?.()
    }
    this.#servers.clear()
    this.#topics.clear()
  }
}
