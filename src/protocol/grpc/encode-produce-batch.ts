// Encodes a batch of a produce stream, the one message of clients that is large and frequent, when grpc-js frames it and not before: the
// records are copied once, from the buffers of their batches to where the message goes out from. Invariant: the bytes are those of the
// generic encoding, to the last; what it does not know it leaves to that.
import { fieldBytes, isVarint, varintBytes, writeNumber } from './field-writing.ts'
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
interface Entry {
  readonly source: ProduceEntry
  readonly batches: Uint8Array
  readonly topicBytes: number
  readonly recordsBytes: number
  readonly bytes: number
}

/**
 * A message that is not bytes yet: what grpc-js asks of one before it frames it. It borrows the batches until then, at the latest until
 * the broker has answered.
 */
export interface LentMessage {
  readonly length: number
  /** Writes all of it. @returns its length */
  copy(target: Buffer, start?: number): number
}

/** @returns undefined for a message that only the generic encoding knows */
export function encodeProduceBatch(request: ProduceStreamRequest): LentMessage | undefined {
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
  const length = fieldBytes(batchBytes)
  return {
    length,
    copy: (target, start = 0) => {
      if (target.length - start < length) throw new RangeError('the message does not fit')
      return write(target, start, { correlationId, batchBytes, entries }) - start
    },
  }
}

interface Measured {
  readonly correlationId: number
  /** Of the field that holds everything. */
  readonly batchBytes: number
  readonly entries: readonly Entry[]
}

/** @returns the place behind it */
function write(out: Buffer, start: number, message: Measured): number {
  const { correlationId, batchBytes, entries } = message
  let at = writeNumber(out, start, TAG.batch, batchBytes)
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
  return at
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
