// The timestamps of a whole input: each line's own, and what becomes of a line without one.
import type { ProducerRecord } from '../client/index.ts'
import { InputError, UsageError } from './exit-code.ts'
import { findTimestamp, type TimestampSource, timestampSourceText } from './timestamp-source.ts'

export const TIMESTAMP_MISSING = ['fail', 'previous', 'now'] as const
/** `previous`: as the line before it. `now`: the moment it is sent. */
export type TimestampMissing = (typeof TIMESTAMP_MISSING)[number]

/** The timestamp of a line and its record; undefined: the moment it is sent. @throws InputError naming the line by its number */
export type TimestampReader = (
  line: Buffer,
  record: ProducerRecord,
  lineNumber: number,
) => number | undefined

export interface TimestampReaderOptions {
  readonly source: TimestampSource | undefined
  /** `fail` unless told. */
  readonly missing: TimestampMissing | undefined
  readonly format: 'lines' | 'json'
}

/** Undefined when the timestamps are not looked for. @throws UsageError */
export function timestampReader(options: TimestampReaderOptions): TimestampReader | undefined {
  const { source, missing = 'fail', format } = options
  if (source === undefined) {
    if (options.missing === undefined) return undefined
    throw new UsageError('--timestamp-missing goes with --timestamp-from, which says where to look')
  }
  // A log line is looked through with the key in front of it; a JSON record has its text in its value.
  const readsLine = source.kind === 'line' && format === 'lines'
  let previousMs: number | undefined
  return (line, record, lineNumber) => {
    const bytes = readsLine ? line : bytesOf(record.value)
    const found =
      bytes === undefined ? { missing: 'its record has no value' } : findTimestamp(source, bytes)
    if ('timestampMs' in found) {
      previousMs = found.timestampMs
      return previousMs
    }
    if (missing === 'now') return undefined
    if (missing === 'previous' && previousMs !== undefined) return previousMs
    const where = `line ${lineNumber}: no timestamp by --timestamp-from ${timestampSourceText(source)}: ${found.missing}`
    throw new InputError(
      missing === 'previous'
        ? `${where}, and there is none before it: --timestamp-missing now sends such lines with the present time`
        : `${where}; mend it, or say --timestamp-missing previous (as the line before) or now`,
    )
  }
}

function bytesOf(value: ProducerRecord['value']): Buffer | undefined {
  if (value === null) return undefined
  if (typeof value === 'string') return Buffer.from(value)
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}
