// The two ways in which decompressing fails.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'

/** The compressed bytes are malformed; `reason` completes "the gzip data ...". */
export function malformed(codec: string, reason: string, cause?: unknown): VarveError {
  return new VarveError('DECOMPRESSION', `the ${codec} data ${reason}`, { cause })
}

/** The output would be, or declares to be, larger than allowed. */
export function tooLarge(codec: string, bytesMax: number): VarveError {
  return new VarveError(
    'DECOMPRESSED_TOO_LARGE',
    `the ${codec} data decompresses to more than the ${bytesMax} bytes allowed for it`,
    { details: { bytesMax } },
  )
}

/**
 * Each block costs a call, however small it is.
 * @throws VarveError DECOMPRESSION above LIMITS.compressedBlocksMax
 */
export function checkBlockCount(codec: string, blocks: number): void {
  if (blocks > LIMITS.compressedBlocksMax) {
    throw malformed(codec, `comes in more than ${LIMITS.compressedBlocksMax} blocks`)
  }
}
