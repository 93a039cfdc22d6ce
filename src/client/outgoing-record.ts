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
  return {
    timestampMs: outgoingTimestamp(record.timestampMs, nowMs),
    headers: outgoingHeaders(record.headers, traceHeaders),
    key: outgoingBytes(record.key, 'key'),
    value: outgoingBytes(record.value, 'value'),
  }
}

/** @throws VarveError INVALID_TIMESTAMP */
export function outgoingTimestamp(timestampMs: number | undefined, nowMs: number): number {
  if (timestampMs === undefined) return nowMs
  if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return timestampMs
  throw new VarveError(
    'INVALID_TIMESTAMP',
    `timestampMs must be a whole number of milliseconds since 1970, not ${shownValue(timestampMs)}`,
  )
}

/** @throws VarveError INVALID_ARGUMENT */
export function outgoingHeaders(
  headers: HeadersInput | undefined,
  traceHeaders: readonly RecordHeader[],
): readonly RecordHeader[] {
  const own = headers === undefined ? NO_HEADERS : toHeaders(headers)
  return traceHeaders.length === 0 ? own : withTraceHeaders(own, traceHeaders)
}

function toHeaders(headers: HeadersInput): readonly RecordHeader[] {
  return headerPairs(headers).map(({ key, value }) => ({
    key,
    value: outgoingBytes(value, `the value of header ${shownValue(key)}`),
  }))
}

/** @throws VarveError INVALID_ARGUMENT */
export function outgoingBytes(bytes: Bytes | null | undefined, name: string): Uint8Array | null {
  if (bytes === null || bytes === undefined) return null
  if (typeof bytes === 'string') return Buffer.from(bytes)
  // Callers in plain JavaScript pass what they like; a number or an object must not become an empty record.
  if ((bytes as unknown) instanceof Uint8Array) return bytes
  throw new VarveError(
    'INVALID_ARGUMENT',
    `${name} must be text, a Uint8Array or null, not ${shownValue(bytes)}`,
  )
}
