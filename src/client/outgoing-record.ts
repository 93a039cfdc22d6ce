// A record as the producer takes it in: checked, text turned into bytes, its time set.
import { VarveError } from '../domain/error.ts'
import { shownValue } from '../domain/shown-value.ts'
import type { RecordHeader, RecordInput } from '../record/encode-batch.ts'
import type { Bytes, HeadersInput, RecordContent } from './producer-types.ts'
import { headerPairs } from './record-check.ts'
import { withTraceHeaders } from './trace-propagation.ts'

/** Complete, unlike what users give. */
export interface OutgoingRecord extends RecordInput {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
  readonly timestampMs: number
}

const NO_HEADERS: readonly RecordHeader[] = []

/**
 * @param traceHeaders of the trace in which the record is sent
 * @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP
 */
export function outgoingRecord(
  record: RecordContent,
  nowMs: number,
  traceHeaders: readonly RecordHeader[],
): OutgoingRecord {
  const { timestampMs = nowMs } = record
  if (!Number.isSafeInteger(timestampMs) || timestampMs < 0) {
    throw new VarveError(
      'INVALID_TIMESTAMP',
      `timestampMs must be a whole number of milliseconds since 1970, not ${shownValue(timestampMs)}`,
    )
  }
  const headers = record.headers === undefined ? NO_HEADERS : toHeaders(record.headers)
  return {
    key: toBytes(record.key, 'key'),
    value: toBytes(record.value, 'value'),
    headers: withTraceHeaders(headers, traceHeaders),
    timestampMs,
  }
}

function toHeaders(headers: HeadersInput): readonly RecordHeader[] {
  return headerPairs(headers).map(({ key, value }) => ({
    key,
    value: toBytes(value, `the value of header ${shownValue(key)}`),
  }))
}

function toBytes(bytes: Bytes | null | undefined, name: string): Uint8Array | null {
  if (bytes === null || bytes === undefined) return null
  if (typeof bytes === 'string') return Buffer.from(bytes)
  // Callers in plain JavaScript pass what they like; a number or an object must not become an empty record.
  if ((bytes as unknown) instanceof Uint8Array) return bytes
  throw new VarveError(
    'INVALID_ARGUMENT',
    `${name} must be text, a Uint8Array or null, not ${shownValue(bytes)}`,
  )
}
