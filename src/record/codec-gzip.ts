// gzip (RFC 1952), one member exactly. node:zlib accepts several members and ignores what follows the last one, so the
// member's header and trailer are read here and only the deflate data between them is left to zlib.
import { constants, gzipSync, inflateRawSync } from 'node:zlib'
import { malformed, tooLarge } from './codec-error.ts'
import { crc32 } from './crc32c.ts'

// +---+---+---+---+---+---+---+---+---+---+========================+==============+=======+=======+
// |1f |8b | 8 |FLG|     MTIME     |XFL|OS | extra, name, comment,  | deflate data | CRC32 | ISIZE |
// |   |   |   |   |               |   |   | header checksum by FLG |              | (LE)  | (LE)  |
// +---+---+---+---+---+---+---+---+---+---+========================+==============+=======+=======+
const HEADER_BYTES = 10
const TRAILER_BYTES = 8
const FLAG_HEADER_CHECKSUM = 0x02
const FLAG_EXTRA = 0x04
const FLAG_NAME = 0x08
const FLAG_COMMENT = 0x10
const FLAGS_RESERVED = 0xe0
const OUTPUT_CHUNK_BYTES = 64 * 1024

export function compressGzip(bytes: Uint8Array): Buffer {
  return gzipSync(bytes)
}

/** @throws VarveError DECOMPRESSION · DECOMPRESSED_TOO_LARGE above `bytesMax` */
export function decompressGzip(bytes: Uint8Array, bytesMax: number): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const start = endOfHeader(input)
  const end = input.length - TRAILER_BYTES
  if (start >= end) throw malformed('gzip', 'is cut off')
  const deflated = input.subarray(start, end)
  const { buffer, consumed } = inflate(deflated, bytesMax)
  if (consumed !== deflated.length) throw malformed('gzip', 'is followed by other bytes')
  if (input.readUInt32LE(end + 4) !== buffer.length) {
    throw malformed('gzip', 'states another length than it has')
  }
  if (input.readUInt32LE(end) !== crc32(buffer)) {
    throw malformed('gzip', 'does not match its checksum')
  }
  return buffer
}

function inflate(
  deflated: Buffer,
  bytesMax: number,
): { readonly buffer: Buffer; readonly consumed: number } {
  try {
    // With `info` zlib returns its engine too, which knows how much of the input it used; the types do not say so.
    const result = inflateRawSync(deflated, {
      info: true,
      maxOutputLength: bytesMax,
      chunkSize: Math.max(constants.Z_MIN_CHUNK, Math.min(bytesMax, OUTPUT_CHUNK_BYTES)),
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }
    return { buffer: result.buffer, consumed: result.engine.bytesWritten }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge('gzip', bytesMax)
    }
    throw malformed('gzip', 'is damaged or cut off', error)
  }
}

/** The position at which the deflate data begins. */
function endOfHeader(input: Buffer): number {
  if (input.length < HEADER_BYTES + TRAILER_BYTES) throw malformed('gzip', 'is cut off')
  if (input[0] !== 0x1f || input[1] !== 0x8b || input[2] !== 8) {
    throw malformed('gzip', 'does not begin like gzip')
  }
  const flags = input.readUInt8(3)
  if ((flags & FLAGS_RESERVED) !== 0) throw malformed('gzip', 'has reserved flags set')
  let position = HEADER_BYTES
  if ((flags & FLAG_EXTRA) !== 0) position += 2 + input.readUInt16LE(position)
  if ((flags & FLAG_NAME) !== 0) position = afterZero(input, position)
  if ((flags & FLAG_COMMENT) !== 0) position = afterZero(input, position)
  if ((flags & FLAG_HEADER_CHECKSUM) !== 0) {
    if (position + 2 > input.length) throw malformed('gzip', 'is cut off')
    if (input.readUInt16LE(position) !== (crc32(input.subarray(0, position)) & 0xffff)) {
      throw malformed('gzip', 'does not match its header checksum')
    }
    position += 2
  }
  return position
}

function afterZero(input: Buffer, position: number): number {
  const zero = input.indexOf(0, position)
  if (zero < 0) throw malformed('gzip', 'is cut off')
  return zero + 1
}
