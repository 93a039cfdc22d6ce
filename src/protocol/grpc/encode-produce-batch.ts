// Encodes a batch of a produce stream, the one message of clients that is large and frequent: with one copy of its records, into a buffer
// from which grpc-js can copy on at full speed. Invariant: the bytes are those of the generic encoding, to the last; what it does not know
// it leaves to that.
import type { ProduceEntry, ProduceStreamRequest } from './messages.ts'

/** Tags of the fields, as in proto/varve/v1: number and wire type. */
const TAG = {
  batch: 0x12,
  correlationId: 0x08,
  entry: 0x12,
  topic: 0x0a,
  partition: 0x10,
  records: 0x1a,
  batches: 0x0a,
  expectedOffset: 0x20,
} as const

const ENTRY_FIELDS: ReadonlySet<string> = new Set([
  'topic',
  'partition',
  'records',
  'expectedOffset',
])
/**
 * What is left free before the message. grpc-js copies it to 5 bytes into another buffer; where the target of a copy lies 1 to 31 bytes (modulo a
 * page) above its source, as it would without, some processors take 15 times as long.
 */
const ROOM_BYTES = 64

interface Entry {
  readonly source: ProduceEntry
  readonly batches: Uint8Array
  readonly topicBytes: number
  readonly recordsBytes: number
  readonly bytes: number
}

/** @returns undefined for a message that only the generic encoding knows */
export function encodeProduceBatch(request: ProduceStreamRequest): Buffer | undefined {
  const { batch, init } = request
  const correlationId = batch?.correlationId
  if (init || !batch?.entries || !isVarint(correlationId)) return undefined
  const entries: Entry[] = []
  let batchBytes = 1 + varintBytes(correlationId)
  for (const source of batch.entries) {
    const entry = measured(source)
    if (entry === undefined) return undefined
    entries.push(entry)
    batchBytes += fieldBytes(entry.bytes)
  }
  return encoded(correlationId, batchBytes, entries)
}

function encoded(correlationId: number, batchBytes: number, entries: readonly Entry[]): Buffer {
  const bytes = ROOM_BYTES + fieldBytes(batchBytes)
  const out = Buffer.allocUnsafeSlow(bytes)
  let at = writeNumber(out, ROOM_BYTES, TAG.batch, batchBytes)
  at = writeNumber(out, at, TAG.correlationId, correlationId)
  for (const { source, batches, topicBytes, recordsBytes, bytes: entryBytes } of entries) {
    at = writeNumber(out, at, TAG.entry, entryBytes)
    if (source.topic !== undefined) {
      at = writeNumber(out, at, TAG.topic, topicBytes)
      at += out.write(source.topic, at)
    }
    if (source.partition !== undefined) at = writeNumber(out, at, TAG.partition, source.partition)
    at = writeNumber(out, at, TAG.records, recordsBytes)
    at = writeNumber(out, at, TAG.batches, batches.length)
    out.set(batches, at)
    at += batches.length
    if (isVarint(source.expectedOffset)) {
      at = writeNumber(out, at, TAG.expectedOffset, source.expectedOffset)
    }
  }
  return out.subarray(ROOM_BYTES)
}

/** How large an entry is; undefined when it has something that is not known here. */
function measured(source: ProduceEntry): Entry | undefined {
  const { topic, partition, records, expectedOffset } = source
  const batches = records?.batches
  if (!(batches instanceof Uint8Array) || records?.records) return undefined
  if (Object.keys(source).some((key) => !ENTRY_FIELDS.has(key))) return undefined
  if (partition !== undefined && !isVarint(partition)) return undefined
  if (expectedOffset !== undefined && !isVarint(expectedOffset)) return undefined
  const topicBytes = topic === undefined ? 0 : Buffer.byteLength(topic)
  const recordsBytes = fieldBytes(batches.length)
  const bytes =
    (topic === undefined ? 0 : fieldBytes(topicBytes)) +
    (partition === undefined ? 0 : 1 + varintBytes(partition)) +
    fieldBytes(recordsBytes) +
    (expectedOffset === undefined ? 0 : 1 + varintBytes(expectedOffset))
  return { source, batches, topicBytes, recordsBytes, bytes }
}

/** A number whose varint is that of an unsigned one. */
function isVarint(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Of a field with a length: tag, length, and so many bytes. */
function fieldBytes(bytes: number): number {
  return 1 + varintBytes(bytes) + bytes
}

function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++
  return bytes
}

/** Writes a tag and a varint. @returns the place behind them */
function writeNumber(out: Buffer, at: number, tag: number, value: number): number {
  let place = at
  out[place++] = tag
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) out[place++] = (rest % 0x80) | 0x80
  out[place++] = rest
  return place
}
