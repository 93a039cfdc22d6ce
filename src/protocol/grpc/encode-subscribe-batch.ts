// Encodes the records of a subscription, the one answer of the broker that is large and frequent, around its records: what comes before
// them, they themselves, and what comes behind. Invariants: together the pieces are the bytes of the generic encoding, to the last; what
// is sent so keeps hardly more memory than its own size: of a small part of a large block a copy goes out; what it does not know it leaves
// to that encoding.
import { fieldBytes, isVarint, varintBytes, writeNumber } from './field-writing.ts'
import type { SubscribeBatch, SubscribeResponse } from './messages.ts'

/** Tags of the fields, as in proto/varve/v1: number and wire type. */
const TAG = { batch: 0x12, topic: 0x0a, records: 0x22, batches: 0x0a } as const

interface NumberField {
  readonly name: keyof SubscribeBatch
  readonly tag: number
  readonly max: number
}

const INT32_MAX = 2 ** 31 - 1
const INT64_MAX = Number.MAX_SAFE_INTEGER

/** In the order of the fields. */
const NUMBERS_BEFORE: readonly NumberField[] = [
  { name: 'partition', tag: 0x10, max: INT32_MAX },
  { name: 'seekEpoch', tag: 0x18, max: INT32_MAX },
]
const NUMBERS_BEHIND: readonly NumberField[] = [
  { name: 'startOffset', tag: 0x28, max: INT64_MAX },
  { name: 'readableEndOffset', tag: 0x30, max: INT64_MAX },
  { name: 'nextOffset', tag: 0x38, max: INT64_MAX },
  { name: 'leaderEpoch', tag: 0x40, max: INT32_MAX },
  { name: 'creditBytes', tag: 0x48, max: INT32_MAX },
  { name: 'creditRecords', tag: 0x50, max: INT32_MAX },
]
const FIELDS = 2 + NUMBERS_BEFORE.length + NUMBERS_BEHIND.length

/** Smaller ones are copied: three pieces cost more than that. */
const BATCHES_BYTES_MIN = 16 * 1024
/** How many times its own size a view may keep of memory. */
const KEPT_SHARE_MAX = 1.5

/** @returns undefined for a message that only the generic encoding knows, or that is better copied */
export function encodeSubscribeBatch(response: SubscribeResponse): readonly Buffer[] | undefined {
  const { batch } = response
  if (!batch || Object.keys(response).length !== 1) return undefined
  const { topic, records } = batch
  const batches = records?.batches
  if (!Buffer.isBuffer(batches) || records?.records || !isWorthIt(batches)) return undefined
  if (typeof topic !== 'string' || !hasAllNumbers(batch)) return undefined
  const topicBytes = Buffer.byteLength(topic)
  const recordsBytes = fieldBytes(batches.length)
  const behindBytes = numbersBytes(batch, NUMBERS_BEHIND)
  const batchBytes =
    fieldBytes(topicBytes) +
    numbersBytes(batch, NUMBERS_BEFORE) +
    fieldBytes(recordsBytes) +
    behindBytes
  const head = Buffer.allocUnsafe(fieldBytes(batchBytes) - behindBytes - batches.length)
  let at = writeNumber(head, 0, TAG.batch, batchBytes)
  at = writeNumber(head, at, TAG.topic, topicBytes)
  at += head.write(topic, at)
  at = writeNumbers(head, at, batch, NUMBERS_BEFORE)
  at = writeNumber(head, at, TAG.records, recordsBytes)
  writeNumber(head, at, TAG.batches, batches.length)
  const behind = Buffer.allocUnsafe(behindBytes)
  writeNumbers(behind, 0, batch, NUMBERS_BEHIND)
  return [head, batches, behind]
}

function isWorthIt(batches: Buffer): boolean {
  const { length, buffer } = batches
  return length >= BATCHES_BYTES_MIN && buffer.byteLength <= length * KEPT_SHARE_MAX
}

/** All of them, and nothing that is not known here. */
function hasAllNumbers(batch: SubscribeBatch): boolean {
  const isThere = ({ name, max }: NumberField): boolean => {
    const value = batch[name]
    return isVarint(value) && value <= max
  }
  return (
    Object.keys(batch).length === FIELDS &&
    NUMBERS_BEFORE.every(isThere) &&
    NUMBERS_BEHIND.every(isThere)
  )
}

function numbersBytes(batch: SubscribeBatch, fields: readonly NumberField[]): number {
  return fields.reduce((bytes, { name }) => bytes + 1 + varintBytes(Number(batch[name])), 0)
}

function writeNumbers(
  out: Buffer,
  at: number,
  batch: SubscribeBatch,
  fields: readonly NumberField[],
): number {
  return fields.reduce(
    (place, { name, tag }) => writeNumber(out, place, tag, Number(batch[name])),
    at,
  )
}
