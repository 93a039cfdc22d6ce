// Records as JSON, one object a line: what `consume --format json` prints, `produce --format json` reads, so that
//
//   {"topic":"t","partition":0,"offset":7,"timestamp":1767225600000,"key":null,"value":"text","headers":[{"key":"a","value":"b"}]}
//
// survives the way through both byte for byte. Bytes that are not UTF-8 stand in base64 under another name:
// `keyBase64`, `valueBase64`, in headers `valueBase64`. Absent and empty differ: null against "".
import { isUtf8 } from 'node:buffer'
import { InputError } from './exit-code.ts'
import { parseMoment } from './option-values.ts'

interface RecordHeaderParts {
  readonly key: string
  readonly value: Uint8Array | null
}

/** A record as it is read from a topic. */
export interface ReadRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestampMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeaderParts[]
}

/** A record as a line of input describes it. */
export interface RecordToProduce {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeaderParts[]
  /** Undefined: the moment it is sent. */
  readonly timestampMs: number | undefined
  /** Undefined: chosen by key. */
  readonly partition: number | undefined
}

/** The record as one JSON object, without a newline. */
export function recordToJson(record: ReadRecord): string {
  const object: Record<string, unknown> = {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestampMs,
  }
  putBytes(object, 'key', record.key)
  putBytes(object, 'value', record.value)
  object['headers'] = record.headers.map((header) => {
    const pair: Record<string, unknown> = { key: header.key }
    putBytes(pair, 'value', header.value)
    return pair
  })
  return JSON.stringify(object)
}

/** The field that holds the bytes: text where they are UTF-8, else base64 under its other name. */
export function bytesFields(
  name: 'key' | 'value',
  bytes: Uint8Array | null,
): Readonly<Record<string, unknown>> {
  const object: Record<string, unknown> = {}
  putBytes(object, name, bytes)
  return object
}

function putBytes(
  object: Record<string, unknown>,
  name: 'key' | 'value',
  bytes: Uint8Array | null,
): void {
  if (bytes === null) object[name] = null
  else if (isUtf8(bytes)) object[name] = asBuffer(bytes).toString('utf8')
  else object[`${name}Base64`] = asBuffer(bytes).toString('base64')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** `topic` and `offset` are what consume says and a produce decides itself. */
const KNOWN_FIELDS: readonly string[] = [
  'topic',
  'partition',
  'offset',
  'timestamp',
  'key',
  'keyBase64',
  'value',
  'valueBase64',
  'headers',
]

/**
 * Reads one line of JSON.
 * @param lineNumber for messages, from 1
 * @throws InputError when it is no such object
 */
export function recordFromJson(line: Buffer, lineNumber: number): RecordToProduce {
  const fail = (what: string): InputError => new InputError(`line ${lineNumber}: ${what}`)
  const object = parseObject(line, fail)
  for (const name of Object.keys(object)) {
    if (KNOWN_FIELDS.includes(name)) continue
    throw fail(
      `${JSON.stringify(name.slice(0, 60))} is no field of a record; there are ${KNOWN_FIELDS.join(', ')}`,
    )
  }
  const value = takeBytes(object, 'value', fail)
  if (value === undefined) {
    throw fail('value is missing (or valueBase64); null is a record without one')
  }
  return {
    key: takeBytes(object, 'key', fail) ?? null,
    value,
    headers: takeHeaders(object['headers'], fail),
    timestampMs: takeTimestamp(object['timestamp'], fail),
    partition: takePartition(object['partition'], fail),
  }
}

type Fail = (what: string) => InputError

function parseObject(line: Buffer, fail: Fail): Readonly<Record<string, unknown>> {
  if (!isUtf8(line)) throw fail('the line is not UTF-8; put other bytes in valueBase64')
  let parsed: unknown
  try {
    parsed = JSON.parse(line.toString('utf8'))
  } catch {
    throw fail('not valid JSON; each line must be one object, as in {"key":"a","value":"b"}')
  }
  if (!isObject(parsed)) {
    throw fail('each line must be one JSON object, as in {"key":"a","value":"b"}')
  }
  return parsed
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined when neither form is there. */
function takeBytes(
  object: Readonly<Record<string, unknown>>,
  name: 'key' | 'value',
  fail: Fail,
): Uint8Array | null | undefined {
  const text = object[name]
  const base64 = object[`${name}Base64`]
  if (text !== undefined && base64 !== undefined) {
    throw fail(`${name} and ${name}Base64 are both there: which?`)
  }
  if (base64 !== undefined) return takeBase64(base64, `${name}Base64`, fail)
  if (text === undefined || text === null) return text
  if (typeof text !== 'string') {
    throw fail(`${name} must be a string or null; for JSON inside a record write it as a string`)
  }
  return wholeText(text, name, fail)
}

/** Half a surrogate pair, as JSON can escape one, has no UTF-8: it would become other bytes silently. */
function wholeText(text: string, name: string, fail: Fail): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, 'utf8')
  throw fail(`${name} holds half a surrogate pair; put such bytes in ${name}Base64`)
}

function takeBase64(value: unknown, name: string, fail: Fail): Buffer {
  if (typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    const bytes = Buffer.from(value, 'base64')
    if (bytes.toString('base64').replace(/=+$/, '') === value.replace(/=+$/, '')) return bytes
  }
  throw fail(`${name} must be a string of base64`)
}

function takeHeaders(value: unknown, fail: Fail): readonly RecordHeaderParts[] {
  if (value === undefined || value === null) return []
  // The short form {"a":"b"} for people; the list keeps order and repeated names.
  const pairs: readonly unknown[] = isObject(value)
    ? Object.entries(value).map(([key, of]) => ({ key, value: of }))
    : asList(value, fail)
  return pairs.map((pair) => {
    if (!isObject(pair) || typeof pair['key'] !== 'string') {
      throw fail('headers must be a list of {"key":"a","value":"b"}, or an object {"a":"b"}')
    }
    wholeText(pair['key'], 'header key', fail)
    return { key: pair['key'], value: takeBytes(pair, 'value', fail) ?? null }
  })
}

function asList(value: unknown, fail: Fail): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[]
  throw fail('headers must be a list of {"key":"a","value":"b"}, or an object {"a":"b"}')
}

function takeTimestamp(value: unknown, fail: Fail): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  try {
    if (typeof value === 'string') return parseMoment('timestamp', value)
  } catch (error) {
    throw fail((error as Error).message)
  }
  throw fail('timestamp must be milliseconds since 1970 or a text as 2026-07-01T12:00:00Z')
}

function takePartition(value: unknown, fail: Fail): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw fail('partition must be an integer of at least 0')
}
