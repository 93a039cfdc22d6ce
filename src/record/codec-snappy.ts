// Snappy as Kafka's clients write it, in two forms: raw (one block, whose first varint is its length; librdkafka, Go) and
// xerial (a header, then blocks with their sizes; Java, Python). Both are read. The xerial form is written, because a
// reader that could not take what the Java client writes would be of no use. Every length is checked before it is allocated.
// Format: https://github.com/google/snappy/blob/main/format_description.txt
import { createRequire } from 'node:module'
import { VarveError } from '../domain/error.ts'
import { checkBlockCount, malformed, tooLarge } from './codec-error.ts'

interface SnappyPackage {
  readonly compressSync: (
    input: Uint8Array,
    options: { readonly copyOutputData: boolean },
  ) => Buffer
  readonly uncompressSync: (
    input: Uint8Array,
    options: { readonly asBuffer: true; readonly copyOutputData: boolean },
  ) => Buffer
}

// +-------------------------+---------+------------+------------------+-------+------------------+-------+
// | 82 53 4e 41 50 50 59 00 | version | compatible | size (4 bytes,   | block | size             | block | ...
// |     S  N  A  P  P  Y    | (4) = 1 | (4) = 1    | big-endian)      |       |                  |       |
// +-------------------------+---------+------------+------------------+-------+------------------+-------+
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const XERIAL_HEADER = Buffer.concat([XERIAL_MAGIC, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])])
const XERIAL_VERSION = 1
const XERIAL_BLOCK_BYTES = 32 * 1024
const SIZE_BYTES = 4
/** The densest element: a copy of 64 bytes in 3. */
const EXPANSION_MAX = 64 / 3
const LENGTH_VARINT_BYTES_MAX = 5

/** Copying the output into a buffer of Node is several times faster than a buffer around memory of the addon. */
const COPIED = { copyOutputData: true } as const
const COPIED_BUFFER = { asBuffer: true, copyOutputData: true } as const

const require = createRequire(import.meta.url)
let loaded: SnappyPackage | undefined

/**
 * The addon, loaded at first use.
 * @throws VarveError UNSUPPORTED_CODEC when it has no build for this platform.
 */
export function loadSnappy(): SnappyPackage {
  try {
    loaded ??= require('snappy') as SnappyPackage
    return loaded
  } catch (cause) {
    throw new VarveError('UNSUPPORTED_CODEC', 'snappy is not available on this platform', { cause })
  }
}

export function compressSnappy(bytes: Uint8Array): Buffer {
  const { compressSync } = loadSnappy()
  const parts: Buffer[] = [XERIAL_HEADER]
  for (let position = 0; position < bytes.length; position += XERIAL_BLOCK_BYTES) {
    const block = compressSync(bytes.subarray(position, position + XERIAL_BLOCK_BYTES), COPIED)
    const size = Buffer.allocUnsafe(SIZE_BYTES)
    size.writeInt32BE(block.length)
    parts.push(size, block)
  }
  return Buffer.concat(parts)
}

/** @throws VarveError DECOMPRESSION · DECOMPRESSED_TOO_LARGE above `bytesMax` · UNSUPPORTED_CODEC */
export function decompressSnappy(bytes: Uint8Array, bytesMax: number): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const blocks = isXerial(input) ? xerialBlocks(input) : [input]
  let total = 0
  for (const block of blocks) total += statedBytes(block, bytesMax)
  if (total > bytesMax) throw tooLarge('snappy', bytesMax)
  const { uncompressSync } = loadSnappy()
  const contents = blocks.map((block) => {
    try {
      return uncompressSync(block, COPIED_BUFFER)
    } catch (error) {
      throw malformed('snappy', 'is damaged or cut off', error)
    }
  })
  return contents.length === 1 ? (contents[0] as Buffer) : Buffer.concat(contents, total)
}

function isXerial(input: Buffer): boolean {
  return input.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)
}

function xerialBlocks(input: Buffer): Buffer[] {
  if (input.length < XERIAL_HEADER.length) throw malformed('snappy', 'is cut off')
  // The second number is the oldest version that can read it.
  if (input.readInt32BE(XERIAL_MAGIC.length + 4) > XERIAL_VERSION) {
    throw malformed('snappy', 'has an unknown version of its framing')
  }
  const blocks: Buffer[] = []
  let position = XERIAL_HEADER.length
  while (position < input.length) {
    if (position + SIZE_BYTES > input.length) throw malformed('snappy', 'is cut off')
    const size = input.readInt32BE(position)
    position += SIZE_BYTES
    if (size < 1 || size > input.length - position) {
      throw malformed('snappy', `states a block of ${size} bytes`)
    }
    blocks.push(input.subarray(position, position + size))
    checkBlockCount('snappy', blocks.length)
    position += size
  }
  return blocks
}

/** The length that a raw block states: at most what blocks of its size can become. */
function statedBytes(block: Buffer, bytesMax: number): number {
  let stated = 0
  for (let index = 0; index < LENGTH_VARINT_BYTES_MAX; index++) {
    const byte = block[index]
    if (byte === undefined) break
    stated += (byte & 0x7f) * 2 ** (7 * index)
    if (byte >= 0x80) continue
    if (stated > bytesMax) throw tooLarge('snappy', bytesMax)
    if (stated > block.length * EXPANSION_MAX) {
      throw malformed('snappy', 'states more bytes than it can hold')
    }
    return stated
  }
  throw malformed('snappy', 'does not state its length')
}
