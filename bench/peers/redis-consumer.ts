// Reads Redis streams as a bench consumer: one XREAD after the other, of all partitions that have not reached their end. Invariant: as in
// `BenchConsumer`.
import type { BenchConsumer, ConsumerRequest, ReceivedRecord } from '../../src/bench/system.ts'
import { RecordHandout } from './record-handout.ts'
import { offsetOfId, type RedisConnection, streamKey } from './redis-connection.ts'

/** Entries of a stream in one answer. */
export const READ_COUNT = 500

/** How long an XREAD waits for the first entry. */
const BLOCK_MS = 1000

/** Of XREAD: for each stream that has something its key and its entries, each an id and its fields and values in turn. */
type Answer = readonly [key: Buffer, entries: readonly [id: Buffer, fields: readonly Buffer[]][]][]

export class RedisConsumer implements BenchConsumer {
  readonly #connection: RedisConnection
  readonly #handout: RecordHandout
  readonly #partitionByKey = new Map<string, number>()
  /** The offset to read next, by partition. */
  readonly #nextOffsets: number[]
  #isClosed = false

  static async open(
    connection: RedisConnection,
    { topic, partitions, from, untilEnd }: ConsumerRequest,
  ): Promise<RedisConsumer> {
    const keys = Array.from({ length: partitions }, (_, partition) => streamKey(topic, partition))
    const ends = await Promise.all(
      keys.map(async (key) => (await connection.sendCommand(['XLEN', key])) as number),
    )
    const starts = from === 'earliest' ? keys.map(() => 0) : ends
    const handout = new RecordHandout(partitions, untilEnd ? ends : undefined)
    return new RedisConsumer(connection, handout, keys, [...starts])
  }

  private constructor(
    connection: RedisConnection,
    handout: RecordHandout,
    keys: readonly string[],
    nextOffsets: number[],
  ) {
    this.#connection = connection
    this.#handout = handout
    for (const [partition, key] of keys.entries()) this.#partitionByKey.set(key, partition)
    this.#nextOffsets = nextOffsets
  }

  ready(): Promise<void> {
    return Promise.resolve()
  }

  run(onRecords: (partition: number, records: readonly ReceivedRecord[]) => void): Promise<void> {
    const running = this.#handout.run(onRecords)
    this.#read().catch((error: unknown) => {
      if (!this.#isClosed) this.#handout.fail(error as Error)
    })
    return running
  }

  close(): Promise<void> {
    this.#isClosed = true
    this.#handout.close()
    this.#connection.destroy()
    return Promise.resolve()
  }

  async #read(): Promise<void> {
    const command = ['XREAD', 'COUNT', `${READ_COUNT}`, 'BLOCK', `${BLOCK_MS}`, 'STREAMS']
    for (;;) {
      const wanted = [...this.#partitionByKey].filter(
        ([, partition]) => !this.#handout.isFinished(partition),
      )
      if (wanted.length === 0 || this.#isClosed) return
      const keys = wanted.map(([key]) => key)
      // XREAD tells what is behind an id, and the id of an offset is one more.
      const ids = wanted.map(([, partition]) => `0-${this.#nextOffsets[partition] ?? 0}`)
      const answer = (await this.#connection.sendCommand([
        ...command,
        ...keys,
        ...ids,
      ])) as Answer | null
      for (const [key, entries] of answer ?? []) this.#take(key.toString('latin1'), entries)
    }
  }

  #take(key: string, entries: Answer[number][1]): void {
    const partition = this.#partitionByKey.get(key) ?? -1
    for (const [id, fields] of entries) {
      const offset = offsetOfId(id)
      this.#handout.push(partition, offset, fields.at(-1) ?? null)
      this.#nextOffsets[partition] = offset + 1
    }
  }
}
