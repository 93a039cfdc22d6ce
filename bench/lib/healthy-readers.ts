// Subscribers that read what they get: all that there is as fast as it comes, and what is produced as it is produced.
import { connect, type Varve } from '../../src/client/index.ts'
import { median } from './environment.ts'

const READERS_PER_CONNECTION = 10
const TAIL_RECORDS = 200
const TAIL_INTERVAL_MS = 10

export class HealthyReaders {
  readonly #topic: string
  readonly #count: number
  readonly #clients: readonly Varve[]

  private constructor(topic: string, count: number, clients: readonly Varve[]) {
    this.#topic = topic
    this.#count = count
    this.#clients = clients
  }

  /** Makes the topic and connects. */
  static async open(
    broker: string,
    topic: string,
    partitions: number,
    count: number,
  ): Promise<HealthyReaders> {
    const clients = Array.from({ length: Math.ceil(count / READERS_PER_CONNECTION) }, () =>
      connect({ broker }),
    )
    const [client] = clients
    await client?.admin().createTopic({ name: topic, partitions })
    return new HealthyReaders(topic, count, clients)
  }

  /** Each reads the whole topic. @returns milliseconds until the last was done */
  async readAll(): Promise<number> {
    const startedAt = performance.now()
    await Promise.all(
      this.#each(async (client) => {
        let records = 0
        for await (const batch of client
          .consumer({ topics: this.#topic, until: 'end' })
          .batches()) {
          records += batch.records.length
        }
        if (records === 0) throw new Error('there was nothing to read')
      }),
    )
    return performance.now() - startedAt
  }

  /** Each follows what is produced for a while. @returns milliseconds from `send` to the reader */
  async followTail(): Promise<{ tailMs: number; tailSlowMs: number }> {
    const delays: number[] = []
    const consumers = this.#each((client) =>
      client.consumer({ topics: this.#topic, from: 'latest' }),
    )
    await Promise.all(consumers.map((consumer) => consumer.ready()))
    const following = consumers.map(async (consumer) => {
      let seen = 0
      for await (const { value } of consumer) {
        const sentAt = Number(value)
        if (sentAt > 0) delays.push(performance.now() - sentAt)
        if (++seen === TAIL_RECORDS) return
      }
    })
    const producer = this.#clients[0]?.producer({ lingerMs: 0 })
    // Reading begins.
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (let index = 0; index < TAIL_RECORDS; index++) {
      await producer?.send({ topic: this.#topic, value: String(performance.now()) })
      await new Promise((resolve) => setTimeout(resolve, TAIL_INTERVAL_MS))
    }
    await Promise.all(following)
    await Promise.all([producer?.close(), ...consumers.map((consumer) => consumer.close())])
    const sorted = [...delays].sort((one, other) => one - other)
    return { tailMs: median(sorted), tailSlowMs: sorted[Math.floor(sorted.length * 0.99)] ?? 0 }
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()))
  }

  #each<Result>(make: (client: Varve) => Result): Result[] {
    return Array.from({ length: this.#count }, (_, index) => {
      const client = this.#clients[index % this.#clients.length]
      if (client === undefined) throw new RangeError('there are no readers')
      return make(client)
    })
  }
}
