// LZ4 blocks (the format below the frames) from three sources: the `lz4` addon, fastest but built at install; the
// prebuilt `lz4-napi`; and a decoder in JavaScript, which is always there and alone can read blocks that refer back to the
// blocks before them. Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
import { createRequire } from 'node:module'
import { malformed } from './codec-error.ts'

export interface Lz4BlockCodec {
  readonly name: 'lz4' | 'lz4-napi'
  /** The compressed block; longer than the input when that does not compress. */
  compressBlock(block: Buffer): Buffer
  /**
   * Decompresses an independent block to the front of `output`; returns the bytes written.
   * @throws VarveError DECOMPRESSION when it is malformed or does not fit.
   */
  decompressBlock(block: Buffer, output: Buffer): number
}

interface AddonPackage {
  readonly encodeBound: (bytes: number) => number
  /** Bytes written; 0 when they do not fit. */
  readonly encodeBlock: (input: Buffer, output: Buffer) => number
  /** Bytes written; negative on malformed input. */
  readonly decodeBlock: (input: Buffer, output: Buffer) => number
}

/** Blocks here have the size of their content (32 bits, little-endian) before them. */
interface NapiPackage {
  readonly compressSync: (data: Buffer) => Buffer
  readonly uncompressSync: (data: Buffer) => Buffer
}

const SIZE_BYTES = 4
const MATCH_BYTES_MIN = 4
const LENGTH_CONTINUES = 15
/** Up to here a loop is faster than a call that copies. */
const LOOP_BYTES_MAX = 32

const require = createRequire(import.meta.url)

let available: readonly Lz4BlockCodec[] | undefined

/** What is installed and has a build for this platform, the preferred one first. May be empty. */
export function lz4BlockCodecs(): readonly Lz4BlockCodec[] {
  available ??= [addonCodec(), napiCodec()].filter((codec) => codec !== undefined)
  return available
}

/**
 * Decompresses a block into `output` from `start` on, at most up to `end`; returns the position after it. Matches may
 * reach back to `historyStart`.
 * @throws VarveError DECOMPRESSION when it is malformed or does not fit.
 */
export function decompressBlockPortably(
  block: Buffer,
  output: Buffer,
  { start, end, historyStart }: { start: number; end: number; historyStart: number },
): number {
  let position = 0
  let written = start
  while (position < block.length) {
    const token = block[position++] as number
    let literals = token >>> 4
    if (literals === LENGTH_CONTINUES) {
      let byte: number
      do {
        byte = block[position++] ?? cutOff()
        literals += byte
      } while (byte === 255)
    }
    if (literals > block.length - position || literals > end - written) return cutOff()
    copyLiterals(block, position, output, written, literals)
    position += literals
    written += literals
    if (position === block.length) return written
    const distance = (block[position] as number) | ((block[position + 1] ?? cutOff()) << 8)
    position += 2
    let length = (token & 0x0f) + MATCH_BYTES_MIN
    if ((token & 0x0f) === LENGTH_CONTINUES) {
      let byte: number
      do {
        byte = block[position++] ?? cutOff()
        length += byte
      } while (byte === 255)
    }
    if (distance === 0 || distance > written - historyStart || length > end - written) {
      throw malformed('lz4', 'refers to bytes that are not there')
    }
    copyMatch(output, written, distance, length)
    written += length
  }
  // A block ends with literals.
  return cutOff()
}

function copyLiterals(
  block: Buffer,
  position: number,
  output: Buffer,
  written: number,
  length: number,
): void {
  if (length > LOOP_BYTES_MAX) {
    block.copy(output, written, position, position + length)
    return
  }
  for (let index = 0; index < length; index++) {
    output[written + index] = block[position + index] as number
  }
}

/** A match may overlap what it writes: then its last `distance` bytes repeat. */
function copyMatch(output: Buffer, position: number, distance: number, length: number): void {
  if (distance >= length && length > LOOP_BYTES_MAX) {
    output.copyWithin(position, position - distance, position - distance + length)
    return
  }
  for (let index = position; index < position + length; index++) {
    output[index] = output[index - distance] as number
  }
}

function cutOff(): never {
  throw malformed('lz4', 'is cut off or longer than a block may be')
}

function addonCodec(): Lz4BlockCodec | undefined {
  let addon: AddonPackage
  try {
    addon = require('lz4') as AddonPackage
  } catch {
    return undefined
  }
  return {
    name: 'lz4',
    compressBlock: (block) => {
      const output = Buffer.allocUnsafe(addon.encodeBound(block.length))
      return output.subarray(0, addon.encodeBlock(block, output))
    },
    decompressBlock: (block, output) => {
      const bytes = addon.decodeBlock(block, output)
      return bytes < 0 ? cutOff() : bytes
    },
  }
}

function napiCodec(): Lz4BlockCodec | undefined {
  let napi: NapiPackage
  try {
    napi = require('lz4-napi') as NapiPackage
  } catch {
    return undefined
  }
  return {
    name: 'lz4-napi',
    compressBlock: (block) => napi.compressSync(block).subarray(SIZE_BYTES),
    decompressBlock: (block, output) => {
      const sized = Buffer.allocUnsafe(SIZE_BYTES + block.length)
      sized.writeUInt32LE(output.length, 0)
      sized.set(block, SIZE_BYTES)
      let content: Buffer
      try {
        content = napi.uncompressSync(sized)
      } catch (error) {
        throw malformed('lz4', 'is cut off or longer than a block may be', error)
      }
      output.set(content)
      return content.length
    },
  }
}
