// Fills the topics bench-0, bench-1, ... with random records through a client, evenly over all partitions.
import { randomBytes } from 'node:crypto'
import { connect } from '../../src/client/index.ts'

const RECORD_BYTES = 16 * 1024
const WRITERS = 8

/**
 * @param recordsPerBatch of 16 KiB each
 * @returns the bytes of the values that were acknowledged: `bytes` rounded up to whole batches.
 */
export async function fillTopic(
  broker: string,
  bytes: number,
  partitions: number,
  partitionsPerTopic: number,
  recordsPerBatch = 60,
): Promise<number> {
  const client = connect({ broker })
  const producer = client.producer()
  // Incompressible, and the same for all batches: what is measured later is not this.
  const records = Array.from({ length: recordsPerBatch }, () => ({
    value: randomBytes(RECORD_BYTES),
  }))
  const batches = Math.ceil(bytes / (RECORD_BYTES * recordsPerBatch))
  let next = 0
  const writer = async (): Promise<void> => {
    while (next < batches) {
      const index = next++ % partitions
      await producer.append({
        topic: `bench-${Math.floor(index / partitionsPerTopic)}`,
        partition: index % partitionsPerTopic,
        records,
      })
    }
  }
  try {
    await Promise.all(Array.from({ length: WRITERS }, writer))
  } finally {
    await producer.close()
    await client.close()
  }
  return batches * RECORD_BYTES * recordsPerBatch
}
