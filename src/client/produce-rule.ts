// What becomes of a batch that was not stored: sent again, sent in halves, or given up. Pure, so that the rule can be read
// and tested in one place. Only failures without effect, or an explicit acceptance of duplicates, lead to another attempt.
import type { ErrorCode, VarveError } from '../domain/error.ts'

export type ProduceVerdict = 'retry' | 'split' | 'fail'

const PASSES_WITHOUT_EFFECT: ReadonlySet<ErrorCode> = new Set([
  'NOT_READY',
  'QUEUE_FULL',
  'DISK_FULL',
  'TOPIC_CHANGED',
])
const TOO_LARGE: ReadonlySet<ErrorCode> = new Set(['BATCH_TOO_LARGE', 'DECOMPRESSED_TOO_LARGE'])
/** STORAGE_FAILED and INTERNAL are not among them: their effect is unknown too, but repeating does not help. */
const PASSES_WITH_UNKNOWN_EFFECT: ReadonlySet<ErrorCode> = new Set([
  'BROKER_UNAVAILABLE',
  'REQUEST_TIMEOUT',
  'CANCELLED',
])

/** @param options.retryUnknown whether to send again what may have been stored already */
export function judgeProduceFailure(
  error: VarveError,
  options: { readonly recordCount: number; readonly retryUnknown: boolean },
): ProduceVerdict {
  const { code } = error
  if (PASSES_WITHOUT_EFFECT.has(code)) return 'retry'
  if (TOO_LARGE.has(code)) return options.recordCount > 1 ? 'split' : 'fail'
  if (PASSES_WITH_UNKNOWN_EFFECT.has(code)) return options.retryUnknown ? 'retry' : 'fail'
  return 'fail'
}

/** True when the failure shows that what is known of the topic is out of date. */
export function showsOldMetadata(error: VarveError): boolean {
  return (
    error.code === 'UNKNOWN_TOPIC' ||
    error.code === 'UNKNOWN_PARTITION' ||
    error.code === 'BATCH_TOO_LARGE'
  )
}
