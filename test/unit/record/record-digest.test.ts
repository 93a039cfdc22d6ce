import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { CODEC_NAMES, loadCodec } from '../../../src/record/codec.ts'
import { crc32c } from '../../../src/record/crc32c.ts'
import { decodeBatch, RecordWalk } from '../../../src/record/decode-batch.ts'
import { encodeBatch, type RecordInput } from '../../../src/record/encode-batch.ts'
import { RecordDigest } from '../../../src/record/record-digest.ts'
import { rawBatch, rawRecord, zigzag } from '../../support/raw-batch.ts'

const RUNS = 200

const bytes = fc
  .oneof(
    { weight: 5, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 3000, size: 'max' }) },
  )
  .map((array) => Buffer.from(array))
const field = fc.option(bytes, { nil: null })
const record = fc.record({
  timestampMs: fc.oneof(
    fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
    fc.maxSafeNat(),
    fc.constant(-1),
  ),
  key: field,
  value: field,
  headers: fc.array(
    fc.record({ key: fc.string({ unit: 'grapheme', maxLength: 20 }), value: field }),
    { maxLength: 4 },
  ),
})
const records = fc.array(record, { minLength: 1, maxLength: 25 })
const codec = fc.constantFrom(...CODEC_NAMES)

/** What is digested of a record, written independently of the encoder. */
function content({ timestampMs, key, value, headers = [] }: RecordInput): Buffer {
  const timestamp = Buffer.alloc(8)
  timestamp.writeBigInt64BE(BigInt(timestampMs))
  const field = (part: Uint8Array | null | undefined): Buffer =>
    part ? Buffer.concat([zigzag(part.length), part]) : zigzag(-1)
  return Buffer.concat([
    timestamp,
    field(key),
    field(value),
    zigzag(headers.length),
    ...headers.flatMap((header) => [field(Buffer.from(header.key)), field(header.value)]),
  ])
}

function addBatch(digest: RecordDigest, batch: Buffer): void {
  const walk = new RecordWalk(batch)
  while (walk.next()) digest.addStored(walk.cursor, walk.timestampMs)
}

function storedDigest(...batches: readonly Buffer[]): number {
  const digest = new RecordDigest()
  for (const batch of batches) addBatch(digest, batch)
  return digest.value
}

function decodedDigest(...batches: readonly Buffer[]): number {
  const digest = new RecordDigest()
  for (const batch of batches) for (const one of decodeBatch(batch)) digest.addRecord(one)
  return digest.value
}

beforeAll(async () => {
  for (const name of CODEC_NAMES) await loadCodec(name)
})

describe('RecordDigest', () => {
  it('is 0 of no records', () => {
    expect(new RecordDigest().value).toBe(0)
    expect(crc32c(Buffer.alloc(0))).toBe(0)
  })

  it('keeps its value for ever', () => {
    const batch = encodeBatch([
      { timestampMs: -1 },
      {
        timestampMs: 1_700_000_000_123,
        key: Buffer.from('key'),
        value: Buffer.from('a value of some length'),
        headers: [
          { key: 'größe', value: Buffer.from('42') },
          { key: '', value: null },
        ],
      },
    ])
    expect(storedDigest(batch)).toBe(0xb8c85399)
  })

  it('is the CRC-32C of the records one after another, with any codec', () => {
    fc.assert(
      fc.property(records, codec, fc.nat(2 ** 40), (given, name, baseOffset) => {
        const expected = crc32c(Buffer.concat(given.map(content)))
        const batch = encodeBatch(given, { codec: name, baseOffset })
        expect(storedDigest(batch)).toBe(expected)
        expect(decodedDigest(batch)).toBe(expected)
      }),
      { numRuns: RUNS },
    )
  })

  it('is the same however the records lie in batches, and may be looked at in between', () => {
    fc.assert(
      fc.property(records, fc.array(fc.tuple(fc.nat(25), codec)), (given, cuts) => {
        const digest = new RecordDigest()
        let start = 0
        for (const [count, name] of [...cuts, [given.length, 'none'] as const]) {
          const some = given.slice(start, start + count)
          start += some.length
          if (some.length > 0) addBatch(digest, encodeBatch(some, { codec: name }))
          expect(digest.value).toBe(crc32c(Buffer.concat(given.slice(0, start).map(content))))
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('takes stored and decoded records in turn', () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.boolean()), (given, choices) => {
        const digest = new RecordDigest()
        const walk = new RecordWalk(encodeBatch(given))
        while (walk.next()) {
          if (choices.next().value) digest.addStored(walk.cursor, walk.timestampMs)
          else digest.addRecord(walk.record())
        }
        expect(digest.value).toBe(crc32c(Buffer.concat(given.map(content))))
      }),
      { numRuns: 50 },
    )
  })

  it.each(Array.from({ length: 20 }, (_, length) => length))(
    'takes a value of %i bytes, with any number of bytes behind the last eight',
    (length) => {
      const given = {
        timestampMs: 5,
        value: Buffer.from('0123456789abcdefghij').subarray(0, length),
      }
      expect(storedDigest(encodeBatch([given]))).toBe(crc32c(content(given)))
    },
  )

  it('tells another order, another timestamp, and null from empty', () => {
    const first = { timestampMs: 1, value: Buffer.from('a') }
    const second = { timestampMs: 2, value: Buffer.from('b') }
    const digests = [
      [first, second],
      [second, first],
      [first, { ...second, timestampMs: 3 }],
      [first, { ...second, timestampMs: 2 + 2 ** 32 }],
      [first, { ...second, key: Buffer.alloc(0) }],
      [first],
    ].map((given) => storedDigest(encodeBatch(given)))
    expect(new Set(digests).size).toBe(digests.length)
  })

  it('takes the timestamp of the append where the batch says so', () => {
    const appended = rawBatch({
      attributes: 8,
      maxTimestamp: 99n,
      records: rawRecord({ timestampDelta: 7n }),
    })
    expect(storedDigest(appended)).toBe(storedDigest(encodeBatch([{ timestampMs: 99 }])))
    expect(decodedDigest(appended)).toBe(storedDigest(appended))
  })

  it('is of the stored bytes where a header key is not UTF-8; from decoded records it differs', () => {
    const headers = Buffer.concat([zigzag(1), Buffer.from([0xff]), zigzag(-1)])
    const batch = rawBatch({ recordCount: 1, records: rawRecord({ headerCount: 1, headers }) })
    expect(storedDigest(batch)).not.toBe(decodedDigest(batch))
  })
})
