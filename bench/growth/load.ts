// The work that is measured: writing batches of records of 1 KiB that are the same in every case, and reading them again.
import { randomBytes } from 'node:crypto'
import type { Assignment, Producer, Varve } from '../../src/client/index.ts'

const RECORD_BYTES = 1_000
const WRITERS = 32

export const MB = 1e6

export interface Load {
  /** In the order in which batches go to them, over and over. */
  readonly places: readonly { readonly topic: string; readonly partition: number }[]
  readonly bytes: number
  readonly batchBytes: number
}

/** Bytes of values in a batch of a load. */
function batchRecords(batchBytes: number): number {
  return Math.max(1, Math.floor(batchBytes / RECORD_BYTES))
}

/** Writes a load, batch by batch. @returns MB/s of acknowledged values */
export async function writeBatches(producer: Producer, load: Load): Promise<number> {
  const { places, bytes, batchBytes } = load
  const value = randomBytes(RECORD_BYTES)
  const records = Array.from({ length: batchRecords(batchBytes) }, () => ({ value }))
  const batches = Math.max(1, Math.round(bytes / (records.length * RECORD_BYTES)))
  let next = 0
  const startedAt = performance.now()
  const writer = async (): Promise<void> => {
    while (next < batches) {
      const place = places[next++ % places.length]
      if (place === undefined) throw new RangeError('a load without places')
      await producer.append({ ...place, records })
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  const seconds = (performance.now() - startedAt) / 1_000
  return (batches * records.length * RECORD_BYTES) / MB / seconds
}

/** Sends records one by one with keys, as most producers do; batches come about by themselves. @returns MB/s */
export async function sendRecords(
  producer: Producer,
  topics: readonly string[],
  bytes: number,
): Promise<number> {
  const value = randomBytes(RECORD_BYTES)
  const count = Math.round(bytes / RECORD_BYTES)
  const startedAt = performance.now()
  const failures: Error[] = []
  for (let index = 0; index < count; index++) {
    const record = { topic: topics[index % topics.length] ?? '', key: `key-${index}`, value }
    const settled = (result: unknown): void => {
      if (result instanceof Error) failures.push(result)
    }
    while (!producer.trySend(record, settled)) await producer.ready()
  }
  await producer.flush()
  const [failure] = failures
  if (failure !== undefined) throw failure
  return (count * RECORD_BYTES) / MB / ((performance.now() - startedAt) / 1_000)
}

/** Reads from so many consumers at a time, each until the end of what there is. @returns MB/s of values, of all together */
export async function readAll(
  clients: readonly Varve[],
  consumers: number,
  what: { readonly topics: readonly string[] } | { readonly assign: readonly Assignment[] },
): Promise<number> {
  const startedAt = performance.now()
  const counts = await Promise.all(
    Array.from({ length: consumers }, async (_, index) => {
      const client = clients[index % clients.length]
      if (client === undefined) throw new RangeError('there are no clients')
      let bytes = 0
      for await (const { records } of client.consumer({ ...what, until: 'end' }).batches()) {
        for (const { value } of records) bytes += value?.length ?? 0
      }
      return bytes
    }),
  )
  const bytes = counts.reduce((sum, count) => sum + count, 0)
  if (bytes === 0) throw new Error('there was nothing to read')
  return bytes / MB / ((performance.now() - startedAt) / 1_000)
}
