// Adds to Redis streams as a bench producer: pipelined XADD, each answered by itself. Invariant: as in `BenchProducer`.
import type { BenchProducer, OnSent, ProducerRequest } from '../../src/bench/system.ts'
import { partitionForKey } from '../../src/domain/murmur2.ts'
import { offsetOfId, type RedisConnection, streamKey } from './redis-connection.ts'
import { SendWindow } from './send-window.ts'

/** @returns the offset of the entry */
export async function addEntry(
  connection: RedisConnection,
  stream: string,
  key: Buffer | null,
  value: Buffer,
): Promise<number> {
  const fields = key === null ? ['v', value] : ['k', key, 'v', value]
  return offsetOfId((await connection.sendCommand(['XADD', stream, '0-*', ...fields])) as Buffer)
}

export class RedisProducer implements BenchProducer {
  readonly #connection: RedisConnection
  readonly #streams: readonly string[]
  readonly #onSent: OnSent
  readonly #window = new SendWindow()
  #next = 0

  constructor(connection: RedisConnection, request: ProducerRequest, onSent: OnSent) {
    this.#connection = connection
    this.#streams = Array.from({ length: request.partitions }, (_, partition) =>
      streamKey(request.topic, partition),
    )
    this.#onSent = onSent
  }

  trySend(
    partition: number | undefined,
    key: Buffer | null,
    value: Buffer,
    token: number,
  ): boolean {
    const bytes = value.length + (key?.length ?? 0)
    if (!this.#window.tryTake(bytes)) return false
    const stream = this.#streams[partition ?? this.#choose(key)] ?? ''
    addEntry(this.#connection, stream, key, value).then(
      (offset) => {
        this.#window.giveBack(bytes)
        this.#onSent(token, offset)
      },
      (error: unknown) => {
        this.#window.giveBack(bytes)
        this.#onSent(token, undefined, error as Error)
      },
    )
    return true
  }

  ready(): Promise<void> {
    return this.#window.ready()
  }

  flush(): Promise<void> {
    return this.#window.idle()
  }

  close(): Promise<void> {
    this.#connection.destroy()
    return Promise.resolve()
  }

  #choose(key: Buffer | null): number {
    const partitions = this.#streams.length
    return key === null ? this.#next++ % partitions : partitionForKey(key, partitions)
  }
}
