// Clients that do what they should, at an even pace, and measure how long each request takes: they must not notice that somebody else attacks.
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, credentials, Client as GrpcClient } from '@grpc/grpc-js'
import { adminService, logService } from '../../src/protocol/grpc/services.ts'
import { batchOf } from '../support/batches.ts'
import { call } from '../support/grpc-broker.ts'

const HONEST_TOPIC = 'honest'
const CLIENTS = 4
/** Each client makes a request so often. */
const INTERVAL_MS = 10
const DEADLINE_MS = 30_000

export interface HonestFigures {
  readonly requests: number
  /** Requests that were answered with an error, or not at all. */
  readonly failed: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly worstMs: number
}

export class HonestClients {
  readonly #clients: Client[]
  readonly #work: Promise<void>[]
  #isOver = false
  #failed = 0
  #tookMs: number[] = []

  private constructor(clients: Client[]) {
    this.#clients = clients
    this.#work = clients.map((client) => this.#run(client))
  }

  static async start(address: string): Promise<HonestClients> {
    const clients = Array.from(
      { length: CLIENTS },
      () =>
        new GrpcClient(address, credentials.createInsecure(), {
          'grpc.use_local_subchannel_pool': 1,
          'grpc.enable_http_proxy': 0,
        }),
    )
    const [first] = clients
    if (first) {
      await call(first, adminService.CreateTopic, {
        name: HONEST_TOPIC,
        partitions: 1,
        settings: { durability: 'written' },
      })
    }
    return new HonestClients(clients)
  }

  /** Connections that they have. */
  get connections(): number {
    return CLIENTS
  }

  /** What was measured since the last call. */
  take(): HonestFigures {
    const sorted = this.#tookMs.sort((a, b) => a - b)
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN
    const failed = this.#failed
    this.#tookMs = []
    this.#failed = 0
    return {
      requests: sorted.length,
      failed,
      medianMs: at(0.5),
      p99Ms: at(0.99),
      worstMs: at(1),
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#work)
    for (const client of this.#clients) client.close()
  }

  async #run(client: Client): Promise<void> {
    const entries = [
      { topic: HONEST_TOPIC, partition: 0, records: { batches: batchOf({ values: ['honest'] }) } },
    ]
    for (let round = 0; !this.#isOver; round++) {
      const startedAt = performance.now()
      try {
        const { results } = await call(
          client,
          logService.Produce,
          { entries },
          { deadlineMs: DEADLINE_MS },
        )
        if (results[0]?.error !== null) this.#failed += 1
      } catch {
        this.#failed += 1
      }
      this.#tookMs.push(performance.now() - startedAt)
      await pause(INTERVAL_MS)
    }
  }
}
