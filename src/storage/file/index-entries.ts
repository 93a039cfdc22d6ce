// The entries of the two indexes of a segment, in Kafka's formats, big-endian:
//
//   .index      8 bytes:  offset - base u32 | position u32        offset: the last one of the batch that begins at position
//   .timeindex 12 bytes:  timestamp i64 | offset - base u32       largest timestamp so far, last offset of its first batch
//
// Offsets and positions of an offset index rise; timestamps of a time index rise strictly. Indexes are hints: whoever uses an
// entry compares it with the log (invariant L7).

import { readInt64, writeInt64 } from '../../record/batch-header.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../roll-rule.ts'

export interface OffsetIndexEntry {
  readonly offset: number
  readonly position: number
}

export interface TimeIndexEntry {
  readonly timestampMs: number
  readonly offset: number
}

export function encodeOffsetEntries(
  entries: readonly OffsetIndexEntry[],
  baseOffset: number,
): Buffer {
  const bytes = Buffer.allocUnsafe(entries.length * OFFSET_INDEX_ENTRY_BYTES)
  let at = 0
  for (const { offset, position } of entries) {
    bytes.writeUInt32BE(offset - baseOffset, at)
    bytes.writeUInt32BE(position, at + 4)
    at += OFFSET_INDEX_ENTRY_BYTES
  }
  return bytes
}

export function encodeTimeEntries(entries: readonly TimeIndexEntry[], baseOffset: number): Buffer {
  const bytes = Buffer.allocUnsafe(entries.length * TIME_INDEX_ENTRY_BYTES)
  let at = 0
  for (const { timestampMs, offset } of entries) {
    writeInt64(bytes, at, timestampMs)
    bytes.writeUInt32BE(offset - baseOffset, at + 8)
    at += TIME_INDEX_ENTRY_BYTES
  }
  return bytes
}

/** The entry at byte `at` of an offset index. */
export function readOffsetEntry(bytes: Buffer, at: number, baseOffset: number): OffsetIndexEntry {
  return { offset: baseOffset + bytes.readUInt32BE(at), position: bytes.readUInt32BE(at + 4) }
}

/** The entry at byte `at` of a time index. */
export function readTimeEntry(bytes: Buffer, at: number, baseOffset: number): TimeIndexEntry {
  return { timestampMs: readInt64(bytes, at), offset: baseOffset + bytes.readUInt32BE(at + 8) }
}

/** All entries of an offset index. A rest that is no whole entry is left out. */
export function decodeOffsetEntries(bytes: Buffer, baseOffset: number): OffsetIndexEntry[] {
  const entries: OffsetIndexEntry[] = []
  for (let at = 0; at + OFFSET_INDEX_ENTRY_BYTES <= bytes.length; at += OFFSET_INDEX_ENTRY_BYTES) {
    entries.push(readOffsetEntry(bytes, at, baseOffset))
  }
  return entries
}

/** All entries of a time index. A rest that is no whole entry is left out. */
export function decodeTimeEntries(bytes: Buffer, baseOffset: number): TimeIndexEntry[] {
  const entries: TimeIndexEntry[] = []
  for (let at = 0; at + TIME_INDEX_ENTRY_BYTES <= bytes.length; at += TIME_INDEX_ENTRY_BYTES) {
    entries.push(readTimeEntry(bytes, at, baseOffset))
  }
  return entries
}
