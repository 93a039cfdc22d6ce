// The five codecs of record batches by name. Whatever is decompressed is bounded twice, in bytes and as a ratio to what
// came in, before memory is taken for it; malformed input ends in a coded error and in nothing else.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { compressGzip, decompressGzip } from './codec-gzip.ts'

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

/** Must be awaited once before `compress` with a codec. Decompressing needs no loading. */
export async function loadCodec(name: CodecName): Promise<void> {
  void name
}

/**
 * Compresses; the result is the caller's.
 * @throws VarveError UNSUPPORTED_CODEC where the codec is not available.
 */
export function compress(name: CodecName, bytes: Uint8Array): Buffer {
  switch (name) {
    case 'gzip':
      return compressGzip(bytes)
    default:
      throw new VarveError('UNSUPPORTED_CODEC', `${name} is not available`)
  }
}

/**
 * Decompresses at most `outputBytesMax` bytes and at most `ratioMax` times the input. The result is the caller's.
 * @throws VarveError DECOMPRESSED_TOO_LARGE above a bound · DECOMPRESSION when the bytes are malformed, cut off or followed by
 *   others · UNSUPPORTED_CODEC where the codec is not available.
 */
export function decompress(
  name: CodecName,
  bytes: Uint8Array,
  outputBytesMax: number,
  ratioMax: number = LIMITS.decompressionRatioMax,
): Buffer {
  const bytesMax = decompressedBytesMax(bytes.length, outputBytesMax, ratioMax)
  switch (name) {
    case 'gzip':
      return decompressGzip(bytes, bytesMax)
    default:
      throw new VarveError('UNSUPPORTED_CODEC', `${name} is not available`)
  }
}
