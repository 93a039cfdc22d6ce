// How far a partition was synced when it was last written: a hint that is renewed beside the log without a sync of its own, so it
// may be behind but never ahead. Bytes below it that are not good were lost after they had been acknowledged, which is damage;
// bad bytes above it are what an interrupted write leaves, however many batches that write had (invariants R1, R2).
//
// Two slots are written in turn, so that one of them is always whole:
//
//   slot 0 at position 0, slot 1 at position 512
//   offset u64 | base offset of the segment u64 | position in it u64 | CRC-32C of these 24 bytes u32
import type { FileHandle } from '../../platform/file-system.ts'
import { crc32c } from '../../record/crc32c.ts'
import type { RecoveryPoint } from './checkpoint.ts'
import { readFully, writeFully } from './file-access.ts'

const SLOT_BYTES = 28
const SLOT_DISTANCE_BYTES = 512
const UINT32 = 2 ** 32

/** The bytes of a new file, in both slots `end`. It must be synced once, so that a file without a whole slot is a damaged one. */
export function initialSyncedEnd(end: RecoveryPoint): Buffer {
  const bytes = Buffer.alloc(SLOT_DISTANCE_BYTES + SLOT_BYTES)
  const slot = encodeSlot(end)
  slot.copy(bytes, 0)
  slot.copy(bytes, SLOT_DISTANCE_BYTES)
  return bytes
}

/** Writes `end` to slot `turn` % 2. */
export async function writeSyncedEnd(
  file: FileHandle,
  turn: number,
  end: RecoveryPoint,
): Promise<void> {
  await writeFully(file, [encodeSlot(end)], (turn % 2) * SLOT_DISTANCE_BYTES)
}

/** The furthest end in the file; undefined when neither slot is whole. */
export async function readSyncedEnd(file: FileHandle): Promise<RecoveryPoint | undefined> {
  const bytes = Buffer.alloc(SLOT_DISTANCE_BYTES + SLOT_BYTES)
  const count = await readFully(file, bytes, 0, bytes.length, 0)
  return decodeSyncedEnd(bytes.subarray(0, count))
}

/** The furthest end in the bytes of the file. */
export function decodeSyncedEnd(bytes: Buffer): RecoveryPoint | undefined {
  let best: RecoveryPoint | undefined
  for (const start of [0, SLOT_DISTANCE_BYTES]) {
    if (bytes.length < start + SLOT_BYTES) continue
    const slot = bytes.subarray(start, start + SLOT_BYTES)
    if (slot.readUInt32BE(24) !== crc32c(slot.subarray(0, 24))) continue
    const end = {
      offset: readUint64(slot, 0),
      segment: readUint64(slot, 8),
      position: readUint64(slot, 16),
    }
    if (best === undefined || end.offset > best.offset) best = end
  }
  return best
}

function encodeSlot(end: RecoveryPoint): Buffer {
  const slot = Buffer.alloc(SLOT_BYTES)
  writeUint64(slot, end.offset, 0)
  writeUint64(slot, end.segment, 8)
  writeUint64(slot, end.position, 16)
  slot.writeUInt32BE(crc32c(slot.subarray(0, 24)), 24)
  return slot
}

function writeUint64(bytes: Buffer, value: number, position: number): void {
  bytes.writeUInt32BE(Math.floor(value / UINT32), position)
  bytes.writeUInt32BE(value % UINT32, position + 4)
}

function readUint64(bytes: Buffer, position: number): number {
  return bytes.readUInt32BE(position) * UINT32 + bytes.readUInt32BE(position + 4)
}
