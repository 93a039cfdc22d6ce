// LZ4 frames, one exactly (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md). What is written is what Kafka's
// Java client writes: independent blocks of 64 KiB, no checksums but the header's. What is read is any frame without a dictionary.

import { VarveError } from '../domain/error.ts'
import { checkBlockCount, malformed, tooLarge } from './codec-error.ts'
import { decompressBlockPortably, type Lz4BlockCodec, lz4BlockCodecs } from './lz4-block.ts'
import { xxh32 } from './xxh32.ts'

// +--------------+-----+----+----------------+-----------------+----+--------+-----+----------+------------------+
// | 04 22 4d 18  | FLG | BD | content size   | dictionary id   | HC | blocks | ... | 00000000 | content checksum |
// |              |     |    | (8, by FLG)    | (4, by FLG)     |    |        |     |          | (4, by FLG)      |
// +--------------+-----+----+----------------+-----------------+----+--------+-----+----------+------------------+
// A block: size (4, little-endian; top bit: stored as it is), bytes, checksum (4, by FLG).
const MAGIC = 0x184d2204
const FLAG_DICTIONARY = 0x01
const FLAG_RESERVED = 0x02
const FLAG_CONTENT_CHECKSUM = 0x04
const FLAG_CONTENT_SIZE = 0x08
const FLAG_BLOCK_CHECKSUM = 0x10
const FLAG_INDEPENDENT = 0x20
const VERSION_MASK = 0xc0
const VERSION = 0x40
const STORED = 0x8000_0000
const EXPANSION_MAX = 255
const WINDOW_BYTES = 64 * 1024

const WRITTEN_BLOCK_BYTES = 64 * 1024
const WRITTEN_HEADER = Buffer.from([0x04, 0x22, 0x4d, 0x18, FLAG_INDEPENDENT | VERSION, 0x40, 0x82])
const END_MARK = Buffer.alloc(4)

/** @throws VarveError UNSUPPORTED_CODEC when no LZ4 package has a build for this platform. */
export function compressLz4(bytes: Uint8Array, codec: Lz4BlockCodec = preferredLz4()): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: Buffer[] = [WRITTEN_HEADER]
  for (let position = 0; position < input.length; position += WRITTEN_BLOCK_BYTES) {
    const block = input.subarray(position, position + WRITTEN_BLOCK_BYTES)
    const compressed = codec.compressBlock(block)
    const isSmaller = compressed.length > 0 && compressed.length < block.length
    const size = Buffer.allocUnsafe(4)
    size.writeUInt32LE(isSmaller ? compressed.length : block.length + STORED)
    parts.push(size, isSmaller ? compressed : block)
  }
  parts.push(END_MARK)
  return Buffer.concat(parts)
}

/** @throws VarveError UNSUPPORTED_CODEC */
export function preferredLz4(): Lz4BlockCodec {
  const codec = lz4BlockCodecs()[0]
  if (codec !== undefined) return codec
  throw new VarveError('UNSUPPORTED_CODEC', 'lz4 cannot compress on this platform')
}

/**
 * @param codec decompresses independent blocks; `portable` is JavaScript.
 * @throws VarveError DECOMPRESSION · DECOMPRESSED_TOO_LARGE above `bytesMax`
 */
export function decompressLz4(
  bytes: Uint8Array,
  bytesMax: number,
  codec: Lz4BlockCodec | 'portable' = lz4BlockCodecs()[0] ?? 'portable',
): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const frame = readFrame(input)
  if (frame.contentBytes !== undefined && frame.contentBytes > bytesMax) {
    throw tooLarge('lz4', bytesMax)
  }
  // Room for one whole block above the limit, so that a block which does not fit is malformed and not just too much.
  const room = Math.min(frame.outputBytesMax, bytesMax + frame.blockBytesMax)
  const output = Buffer.allocUnsafe(room)
  let written = 0
  for (const { start, end, isStored } of frame.blocks) {
    const block = input.subarray(start, end)
    const blockRoomEnd = Math.min(room, written + frame.blockBytesMax)
    if (isStored) {
      written += block.copy(output, written)
    } else if (codec !== 'portable' && frame.isIndependent) {
      written += codec.decompressBlock(block, output.subarray(written, blockRoomEnd))
    } else {
      const historyStart = frame.isIndependent ? written : Math.max(0, written - WINDOW_BYTES)
      const range = { start: written, end: blockRoomEnd, historyStart }
      written = decompressBlockPortably(block, output, range)
    }
    if (written > bytesMax) throw tooLarge('lz4', bytesMax)
  }
  const content = output.subarray(0, written)
  if (frame.contentBytes !== undefined && frame.contentBytes !== written) {
    throw malformed('lz4', 'states another length than it has')
  }
  if (frame.contentChecksum !== undefined && frame.contentChecksum !== xxh32(content)) {
    throw malformed('lz4', 'does not match its checksum')
  }
  // Views of the result live on: do not let a few bytes hold a large room.
  return written < room / 2 ? Buffer.from(content) : content
}

interface Block {
  /** In the frame; end exclusive. */
  readonly start: number
  readonly end: number
  readonly isStored: boolean
}

interface Frame {
  readonly isIndependent: boolean
  readonly blockBytesMax: number
  readonly blocks: readonly Block[]
  readonly contentBytes: number | undefined
  readonly contentChecksum: number | undefined
  /** The most that blocks of these sizes can become. */
  readonly outputBytesMax: number
}

/** Reads all of the frame but the content of its blocks, and sees that nothing follows it. */
function readFrame(input: Buffer): Frame {
  const need = (position: number, bytes: number): void => {
    if (position + bytes > input.length) throw malformed('lz4', 'is cut off')
  }
  need(0, 7)
  if (input.readUInt32LE(0) !== MAGIC) throw malformed('lz4', 'does not begin like an lz4 frame')
  const flags = input.readUInt8(4)
  const descriptor = input.readUInt8(5)
  const blockBytesMax = 2 ** (8 + 2 * (descriptor >>> 4))
  if ((flags & VERSION_MASK) !== VERSION || (flags & FLAG_RESERVED) !== 0) {
    throw malformed('lz4', `has unknown flags 0x${flags.toString(16)}`)
  }
  if ((descriptor & 0x8f) !== 0 || descriptor >>> 4 < 4) {
    throw malformed('lz4', `has the unknown block size 0x${descriptor.toString(16)}`)
  }
  if ((flags & FLAG_DICTIONARY) !== 0) throw malformed('lz4', 'needs a dictionary')
  let position = 6
  let contentBytes: number | undefined
  if ((flags & FLAG_CONTENT_SIZE) !== 0) {
    need(position, 9)
    contentBytes = input.readUInt32LE(position) + input.readUInt32LE(position + 4) * 2 ** 32
    position += 8
  }
  if (input.readUInt8(position) !== ((xxh32(input.subarray(4, position)) >>> 8) & 0xff)) {
    throw malformed('lz4', 'does not match its header checksum')
  }
  position++
  const blocks: Block[] = []
  let outputBytesMax = 0
  for (;;) {
    need(position, 4)
    const size = input.readUInt32LE(position)
    position += 4
    if (size === 0) break
    const isStored = size >= STORED
    const bytes = isStored ? size - STORED : size
    if (bytes > blockBytesMax) throw malformed('lz4', 'has a block above its block size')
    need(position, bytes)
    const block = { start: position, end: position + bytes, isStored }
    blocks.push(block)
    checkBlockCount('lz4', blocks.length)
    outputBytesMax += isStored ? bytes : Math.min(blockBytesMax, bytes * EXPANSION_MAX)
    position += bytes
    if ((flags & FLAG_BLOCK_CHECKSUM) !== 0) {
      need(position, 4)
      if (input.readUInt32LE(position) !== xxh32(input.subarray(block.start, block.end))) {
        throw malformed('lz4', 'does not match the checksum of a block')
      }
      position += 4
    }
  }
  let contentChecksum: number | undefined
  if ((flags & FLAG_CONTENT_CHECKSUM) !== 0) {
    need(position, 4)
    contentChecksum = input.readUInt32LE(position)
    position += 4
  }
  if (position !== input.length) throw malformed('lz4', 'is followed by other bytes')
  const isIndependent = (flags & FLAG_INDEPENDENT) !== 0
  return { isIndependent, blockBytesMax, blocks, contentBytes, contentChecksum, outputBytesMax }
}
