// Zstandard, one frame exactly (RFC 8878). From Node 22.15 on node:zlib has it; before, libzstd itself runs as
// WebAssembly. Before either sees a byte, the frame is walked here from block to block: where it ends, what it declares
// and what it could become at most is known before memory is taken for it.
import { createRequire } from 'node:module'
import * as zlib from 'node:zlib'
import { VarveError } from '../domain/error.ts'
import { checkBlockCount, malformed, tooLarge } from './codec-error.ts'

export interface ZstdCodec {
  readonly name: 'zlib' | 'wasm'
  compress(bytes: Uint8Array): Buffer
  /** Decompresses a frame to at most `bytesMax` bytes. Throws whatever it likes. */
  decompress(frame: Buffer, bytesMax: number): Buffer
}

/** What node:zlib has from 22.15 on; the types are those of Node 20. */
interface ZlibWithZstd {
  readonly zstdCompressSync?: (bytes: Uint8Array) => Buffer
  readonly zstdDecompressSync?: (
    bytes: Uint8Array,
    options: { readonly maxOutputLength: number },
  ) => Buffer
}

interface WasmPackage {
  readonly init: () => Promise<void>
  readonly compress: (bytes: Uint8Array) => Uint8Array
  /** `defaultHeapSize`: room for the output of a frame that does not state its size. */
  readonly decompress: (
    bytes: Uint8Array,
    options: { readonly defaultHeapSize: number },
  ) => Uint8Array
}

const MAGIC = 0xfd2fb528
const BLOCK_BYTES_MAX = 128 * 1024
/** The largest window that decoders take by default (128 MiB); larger ones must be asked for on both sides. */
const WINDOW_BYTES_MAX = 2 ** 27
const CHECKSUM_BYTES = 4
const BLOCK_RAW = 0
const BLOCK_REPEATED_BYTE = 1
const BLOCK_COMPRESSED = 2

const require = createRequire(import.meta.url)

/** The built-in codec; undefined before Node 22.15. */
export const zlibZstd: ZstdCodec | undefined = zlibCodec()
let wasmZstd: Promise<ZstdCodec | undefined> | undefined
// Decompressing is synchronous, so what it needs must be there before: compiling takes some milliseconds, once.
const preferred = zlibZstd ?? (await loadWasmZstd())

/** libzstd as WebAssembly; undefined where that does not run. The package has one instance, which must be made only once. */
export async function loadWasmZstd(): Promise<ZstdCodec | undefined> {
  wasmZstd ??= instantiateWasm()
  return wasmZstd
}

async function instantiateWasm(): Promise<ZstdCodec | undefined> {
  try {
    const wasm = require('@bokuweb/zstd-wasm') as WasmPackage
    await wasm.init()
    return {
      name: 'wasm',
      compress: (bytes) => asBuffer(wasm.compress(bytes)),
      decompress: (frame, bytesMax) =>
        asBuffer(wasm.decompress(frame, { defaultHeapSize: bytesMax })),
    }
  } catch {
    return undefined
  }
}

/** @throws VarveError UNSUPPORTED_CODEC */
export function preferredZstd(): ZstdCodec {
  if (preferred !== undefined) return preferred
  throw new VarveError('UNSUPPORTED_CODEC', 'zstd is not available on this platform')
}

export function compressZstd(bytes: Uint8Array, codec: ZstdCodec = preferredZstd()): Buffer {
  return codec.compress(bytes)
}

/** @throws VarveError DECOMPRESSION · DECOMPRESSED_TOO_LARGE above `bytesMax` · UNSUPPORTED_CODEC */
export function decompressZstd(
  bytes: Uint8Array,
  bytesMax: number,
  codec: ZstdCodec = preferredZstd(),
): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const { contentBytes, outputBytesMax } = readFrame(input)
  if (contentBytes !== undefined) {
    if (contentBytes > bytesMax) throw tooLarge('zstd', bytesMax)
    if (contentBytes > outputBytesMax) {
      throw malformed('zstd', 'states more bytes than it can hold')
    }
  }
  const room = Math.max(1, Math.min(bytesMax, contentBytes ?? outputBytesMax))
  let content: Buffer
  try {
    content = codec.decompress(input, room)
  } catch (error) {
    // Without a stated size both codecs fail in the same way when the room runs out and when the bytes are bad.
    if (contentBytes === undefined && outputBytesMax > bytesMax) throw tooLarge('zstd', bytesMax)
    throw malformed('zstd', 'is damaged', error)
  }
  if (contentBytes !== undefined && content.length !== contentBytes) {
    throw malformed('zstd', 'states another length than it has')
  }
  return content
}

interface Frame {
  /** What the frame says that it becomes. */
  readonly contentBytes: number | undefined
  /** The most that blocks of these sizes can become. */
  readonly outputBytesMax: number
}

/** Walks over the frame without decompressing it, and sees that it ends where the input does. */
function readFrame(input: Buffer): Frame {
  const header = readHeader(input)
  let { position } = header
  let outputBytesMax = 0
  let blocks = 0
  for (let isLast = false; !isLast; ) {
    checkBlockCount('zstd', ++blocks)
    if (position + 3 > input.length) throw malformed('zstd', 'is cut off')
    const block = input.readUIntLE(position, 3)
    position += 3
    isLast = (block & 1) === 1
    const type = (block >>> 1) & 3
    const size = block >>> 3
    if (type > BLOCK_COMPRESSED) throw malformed('zstd', 'has a block of an unknown type')
    if (size > Math.min(BLOCK_BYTES_MAX, header.windowBytes)) {
      throw malformed('zstd', 'has a block above its block size')
    }
    position += type === BLOCK_REPEATED_BYTE ? 1 : size
    outputBytesMax += type === BLOCK_RAW || type === BLOCK_REPEATED_BYTE ? size : BLOCK_BYTES_MAX
  }
  if (header.hasChecksum) position += CHECKSUM_BYTES
  if (position > input.length) throw malformed('zstd', 'is cut off')
  if (position < input.length) throw malformed('zstd', 'is followed by other bytes')
  return { contentBytes: header.contentBytes, outputBytesMax }
}

interface FrameHeader {
  /** Where the first block begins. */
  readonly position: number
  readonly windowBytes: number
  readonly contentBytes: number | undefined
  readonly hasChecksum: boolean
}

// +-------------+------------+-------------------+---------------+--------------+--------+-----+----------+
// | 28 b5 2f fd | descriptor | window descriptor | dictionary id | content size | blocks | ... | checksum |
// |             | (1)        | (0 or 1)          | (0, 1, 2, 4)  | (0, 1, 2, 4, 8) |     |     | (0 or 4) |
// +-------------+------------+-------------------+---------------+--------------+--------+-----+----------+
function readHeader(input: Buffer): FrameHeader {
  if (input.length < 6) throw malformed('zstd', 'is cut off')
  if (input.readUInt32LE(0) !== MAGIC) throw malformed('zstd', 'does not begin like a zstd frame')
  const descriptor = input.readUInt8(4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x03] as number
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] as number
  if ((descriptor & 0x08) !== 0) throw malformed('zstd', 'has a reserved bit set')
  const windowPosition = 5
  const dictionaryPosition = windowPosition + (isSingleSegment ? 0 : 1)
  const contentSizePosition = dictionaryPosition + dictionaryBytes
  const position = contentSizePosition + contentSizeBytes
  if (position > input.length) throw malformed('zstd', 'is cut off')
  if (dictionaryBytes > 0 && input.readUIntLE(dictionaryPosition, dictionaryBytes) !== 0) {
    throw malformed('zstd', 'needs a dictionary')
  }
  const contentBytes = readContentSize(input, contentSizePosition, contentSizeBytes)
  let windowBytes = contentBytes ?? 0
  if (!isSingleSegment) {
    const window = input.readUInt8(windowPosition)
    const base = 2 ** (10 + (window >>> 3))
    windowBytes = base + (base / 8) * (window & 7)
    if (windowBytes > WINDOW_BYTES_MAX) {
      throw malformed('zstd', `needs a window of ${windowBytes} bytes`)
    }
  }
  return { position, windowBytes, contentBytes, hasChecksum: (descriptor & 0x04) !== 0 }
}

function readContentSize(input: Buffer, position: number, bytes: number): number | undefined {
  switch (bytes) {
    case 0:
      return undefined
    case 1:
      return input.readUInt8(position)
    case 2:
      return input.readUInt16LE(position) + 256
    case 4:
      return input.readUInt32LE(position)
    default:
      return input.readUInt32LE(position) + input.readUInt32LE(position + 4) * 2 ** 32
  }
}

function zlibCodec(): ZstdCodec | undefined {
  const { zstdCompressSync, zstdDecompressSync } = zlib as ZlibWithZstd
  if (zstdCompressSync === undefined || zstdDecompressSync === undefined) return undefined
  return {
    name: 'zlib',
    compress: (bytes) => zstdCompressSync(bytes),
    decompress: (frame, bytesMax) => zstdDecompressSync(frame, { maxOutputLength: bytesMax }),
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
