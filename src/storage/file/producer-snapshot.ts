// What a partition remembered of its idempotent producers at an offset, as a file: Kafka's `.snapshot`, so that its tools read it.
//
//   0          2              6            10
//   +----------+--------------+------------+---------
//   | version  | CRC-32C of   | entries    | entries of 46 bytes
//   | (1) i16  | 6..end u32   | i32        |
//   +----------+--------------+------------+---------
//
//   0             8        10              14            22             26            34             38
//   +-------------+--------+---------------+-------------+--------------+-------------+--------------+-----------------+
//   | producer id | epoch  | last sequence | last offset | offset delta | timestamp   | coordinator  | transaction's   |
//   | i64         | i16    | i32           | i64         | i32          | i64         | epoch i32 -1 | first i64 -1    |
//   +-------------+--------+---------------+-------------+--------------+-------------+--------------+-----------------+
//
// Kafka writes one entry a producer, of its last batch. Here each remembered batch has one, oldest first, so that a restart forgets none
// of them; Kafka takes the last one of a producer. Producers come in the order in which they wrote last.
import { readInt64, writeInt64 } from '../../record/batch-header.ts'
import { crc32c } from '../../record/crc32c.ts'
import type { KeptBatch, ProducerEntry } from '../producer-states.ts'

const VERSION = 1
const HEADER_BYTES = 10
const CRC_START = 6
const ENTRY_BYTES = 46
const SEQUENCES = 2 ** 31

/** What a checkpoint says of the snapshot at its recovery point. */
export interface SnapshotSummary {
  readonly producers: number
  /** As in the file. */
  readonly crc: number
}

export interface EncodedSnapshot {
  readonly bytes: Buffer
  readonly summary: SnapshotSummary
}

export function encodeSnapshot(producers: readonly ProducerEntry[]): EncodedSnapshot {
  const count = producers.reduce((sum, { batches }) => sum + batches.length, 0)
  const bytes = Buffer.alloc(HEADER_BYTES + count * ENTRY_BYTES)
  bytes.writeInt16BE(VERSION, 0)
  bytes.writeInt32BE(count, CRC_START)
  let at = HEADER_BYTES
  for (const { producerId, producerEpoch, batches } of producers) {
    for (const { firstSequence, lastSequence, lastOffset, timestampMs } of batches) {
      writeInt64(bytes, at, producerId)
      bytes.writeInt16BE(producerEpoch, at + 8)
      bytes.writeInt32BE(lastSequence, at + 10)
      writeInt64(bytes, at + 14, lastOffset)
      bytes.writeInt32BE((lastSequence - firstSequence + SEQUENCES) % SEQUENCES, at + 22)
      writeInt64(bytes, at + 26, Math.floor(timestampMs))
      bytes.writeInt32BE(-1, at + 34)
      writeInt64(bytes, at + 38, -1)
      at += ENTRY_BYTES
    }
  }
  const crc = crc32c(bytes.subarray(CRC_START))
  bytes.writeUInt32BE(crc, 2)
  return { bytes, summary: { producers: producers.length, crc } }
}

export interface DecodedSnapshot {
  readonly producers: readonly ProducerEntry[]
  readonly crc: number
}

/**
 * What a snapshot says, or a sentence on why it cannot be used. Of several entries of a producer those count that follow each other.
 * @param offset at which it was made: nothing at or behind it can be in it.
 */
export function decodeSnapshot(bytes: Buffer, offset: number): DecodedSnapshot | string {
  if (bytes.length < HEADER_BYTES) return 'it is too short'
  const crc = bytes.readUInt32BE(2)
  const version = bytes.readInt16BE(0)
  // The version lies outside of the checksum.
  if (version !== VERSION) return `its version ${version} is unknown`
  if (crc32c(bytes.subarray(CRC_START)) !== crc) return 'its checksum is wrong'
  const count = bytes.readInt32BE(CRC_START)
  if (bytes.length !== HEADER_BYTES + count * ENTRY_BYTES)
    return 'its size does not fit its entries'
  const producers = new Map<number, { producerEpoch: number; batches: KeptBatch[] }>()
  for (let at = HEADER_BYTES; at < bytes.length; at += ENTRY_BYTES) {
    const producerId = readInt64(bytes, at)
    const producerEpoch = bytes.readInt16BE(at + 8)
    const lastOffset = readInt64(bytes, at + 14)
    // Kafka keeps the epoch of a producer of whose batches nothing is left.
    if (lastOffset < 0) continue
    const batch = batchOf(bytes, at, lastOffset)
    if (!isPlausible(batch, offset) || !Number.isSafeInteger(producerId)) {
      return `entry ${(at - HEADER_BYTES) / ENTRY_BYTES} says what cannot be`
    }
    if (producerId < 0 || producerEpoch < 0) return 'an entry has no producer'
    const known = producers.get(producerId)
    const last = known?.batches.at(-1)
    const follows =
      known?.producerEpoch === producerEpoch &&
      last !== undefined &&
      (last.lastSequence + 1) % SEQUENCES === batch.firstSequence &&
      last.lastOffset < batch.lastOffset
    if (follows) known.batches.push(batch)
    else producers.set(producerId, { producerEpoch, batches: [batch] })
  }
  return {
    producers: Array.from(producers, ([producerId, state]) => ({ producerId, ...state })),
    crc,
  }
}

function batchOf(bytes: Buffer, at: number, lastOffset: number): KeptBatch {
  const lastSequence = bytes.readInt32BE(at + 10)
  const offsetDelta = bytes.readInt32BE(at + 22)
  return {
    firstSequence: (lastSequence - offsetDelta + SEQUENCES) % SEQUENCES,
    lastSequence,
    lastOffset,
    timestampMs: readInt64(bytes, at + 26),
  }
}

function isPlausible(batch: KeptBatch, offset: number): boolean {
  const { firstSequence, lastSequence, lastOffset, timestampMs } = batch
  return (
    firstSequence >= 0 &&
    firstSequence < SEQUENCES &&
    lastSequence >= 0 &&
    Number.isSafeInteger(lastOffset) &&
    lastOffset < offset &&
    Number.isSafeInteger(timestampMs)
  )
}
