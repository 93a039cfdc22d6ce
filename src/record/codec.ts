// The five codecs of record batches by name. Whatever is decompressed is bounded twice, in bytes and as a ratio to what
// came in, before memory is taken for it; malformed input ends in a coded error and in nothing else.
import { LIMITS } from '../domain/limits.ts'
import { tooLarge } from './codec-error.ts'
import { compressGzip, decompressGzip } from './codec-gzip.ts'
import { compressLz4, decompressLz4, preferredLz4 } from './codec-lz4.ts'
import { compressSnappy, decompressSnappy, loadSnappy } from './codec-snappy.ts'
import { compressZstd, decompressZstd, preferredZstd } from './codec-zstd.ts'

/** The codecs in the order of their numbers in the attributes of a batch (bits 0 to 2). */
export const CODEC_NAMES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

export type CodecName = (typeof CODEC_NAMES)[number]

/**
 * How many bytes `compressedBytes` may become: the byte limit and the ratio limit together. The ratio counts only above
 * LIMITS.decompressionRatioFreeBytes, since a small output harms nobody and a short run of zeros compresses better than any ratio.
 */
export function decompressedBytesMax(
  compressedBytes: number,
  outputBytesMax: number = LIMITS.decompressedBatchBytesMax,
  ratioMax: number = LIMITS.decompressionRatioMax,
): number {
  const byRatio = Math.max(LIMITS.decompressionRatioFreeBytes, compressedBytes * ratioMax)
  return Math.min(outputBytesMax, byRatio)
}

/**
 * Makes sure that `compress` can be used with a codec. Decompressing needs no loading.
 * @throws VarveError UNSUPPORTED_CODEC where the codec has no build for this platform.
 */
export async function loadCodec(name: CodecName): Promise<void> {
  switch (name) {
    case 'snappy':
      loadSnappy()
      return
    case 'lz4':
      preferredLz4()
      return
    case 'zstd':
      preferredZstd()
      return
    case 'none':
    case 'gzip':
  }
}

/**
 * Compresses; the result is the caller's (with `none` it is a view of the input).
 * @throws VarveError UNSUPPORTED_CODEC where the codec has no build for this platform.
 */
export function compress(name: CodecName, bytes: Uint8Array): Buffer {
  switch (name) {
    case 'none':
      return asBuffer(bytes)
    case 'gzip':
      return compressGzip(bytes)
    case 'snappy':
      return compressSnappy(bytes)
    case 'lz4':
      return compressLz4(bytes)
    case 'zstd':
      return compressZstd(bytes)
  }
}

/**
 * Decompresses at most `outputBytesMax` bytes and, above LIMITS.decompressionRatioFreeBytes, at most `ratioMax` times the input. The
 * result is the caller's (with `none` it is a view of the input).
 * @throws VarveError DECOMPRESSED_TOO_LARGE above a bound · DECOMPRESSION when the bytes are malformed, cut off or followed by
 *   others · UNSUPPORTED_CODEC where the codec has no build for this platform.
 */
export function decompress(
  name: CodecName,
  bytes: Uint8Array,
  outputBytesMax: number,
  ratioMax: number = LIMITS.decompressionRatioMax,
): Buffer {
  const bytesMax = decompressedBytesMax(bytes.length, outputBytesMax, ratioMax)
  switch (name) {
    case 'none':
      if (bytes.length > bytesMax) throw tooLarge(name, bytesMax)
      return asBuffer(bytes)
    case 'gzip':
      return decompressGzip(bytes, bytesMax)
    case 'snappy':
      return decompressSnappy(bytes, bytesMax)
    case 'lz4':
      return decompressLz4(bytes, bytesMax)
    case 'zstd':
      return decompressZstd(bytes, bytesMax)
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
