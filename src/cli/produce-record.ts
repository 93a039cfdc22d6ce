// From a line of input to a record to be sent.
import type { ProducerRecord } from '../client/index.ts'
import { UsageError } from './exit-code.ts'
import { unescapeText } from './option-values.ts'
import type { TimestampReader } from './produce-timestamp.ts'
import { recordFromJson } from './record-json.ts'

/** Makes the record of one line, without its \n. @throws InputError naming the line by its number, from 1 */
export type LineParser = (line: Buffer, lineNumber: number) => ProducerRecord

export interface LineParserOptions {
  readonly topic: string
  readonly format: 'lines' | 'json'
  /** Text with backslash escapes; lines are split at its first appearance. */
  readonly keySeparator: string | undefined
  /** For all records; `any` forgets what JSON records say; undefined leaves it to record and key. */
  readonly partition: number | 'any' | undefined
  /** Where records have their timestamps from; unless told JSON records say it, others get the moment they are sent. */
  readonly timestamps?: TimestampReader | undefined
}

export function lineParser(options: LineParserOptions): LineParser {
  const { timestamps } = options
  const parse = recordParser(options)
  if (timestamps === undefined) return parse
  return (line, lineNumber) => {
    const record = parse(line, lineNumber)
    const timestampMs = timestamps(line, record, lineNumber)
    return timestampMs === undefined ? record : { ...record, timestampMs }
  }
}

function recordParser(options: LineParserOptions): LineParser {
  const { topic, partition } = options
  const fixed = typeof partition === 'number' ? { partition } : {}
  if (options.format === 'json') {
    return (line, lineNumber) => {
      const record = recordFromJson(line, lineNumber)
      return {
        topic,
        key: record.key,
        value: record.value,
        headers: record.headers,
        ...(record.timestampMs === undefined || options.timestamps !== undefined
          ? {}
          : { timestampMs: record.timestampMs }),
        ...(partition === undefined && record.partition !== undefined
          ? { partition: record.partition }
          : fixed),
      }
    }
  }
  if (options.keySeparator === undefined) return (line) => ({ topic, value: line, ...fixed })
  const separator = unescapeText('--key-separator', options.keySeparator)
  if (separator.length === 0) throw new UsageError('--key-separator must not be empty')
  return (line) => {
    const at = line.indexOf(separator)
    if (at === -1) return { topic, value: line, ...fixed }
    const value = line.subarray(at + separator.length)
    return { topic, key: line.subarray(0, at), value, ...fixed }
  }
}

/** Bytes of key and value, as the summary counts them. */
export function payloadBytes(record: ProducerRecord): number {
  return Buffer.byteLength(record.key ?? '') + Buffer.byteLength(record.value ?? '')
}
