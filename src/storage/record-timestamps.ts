// The timestamps of a stored batch's records, for searches by time. With record.validation=header a batch may be stored whose records
// cannot be read; no reader gets anything from those, so a search passes over them instead of failing for good.
import { isVarveError } from '../domain/error.ts'
import { batchTimestamps } from '../record/decode-batch.ts'

/**
 * Offsets and timestamps of the records of one whole batch, up to the first one that is malformed.
 * @throws VarveError UNSUPPORTED_CODEC where the codec has no build for this platform.
 */
export function* recordTimestamps(batch: Buffer): ReturnType<typeof batchTimestamps> {
  try {
    yield* batchTimestamps(batch)
  } catch (error) {
    if (!isVarveError(error) || error.code === 'UNSUPPORTED_CODEC') throw error
  }
}
