import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  batchLastOffset,
  batchMaxTimestampMs,
  readBatchHeader,
  readInt64,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
  writeInt64,
} from '../../src/record/batch-header.ts'
import { CODEC_NAMES, loadCodec } from '../../src/record/codec.ts'
import { batchTimestamps, decodeBatch } from '../../src/record/decode-batch.ts'
import {
  BatchBuilder,
  encodeBatch,
  encodedRecordBytes,
  type RecordInput,
} from '../../src/record/encode-batch.ts'
import { eachBatch, inspectStoredBatch } from '../../src/record/stored-batch.ts'
import { validateBatch } from '../../src/record/validate-batch.ts'
import { VarintReader, varlongBytes, writeVarint, writeVarlong } from '../../src/record/varint.ts'
import { zigzag } from '../support/raw-batch.ts'

const RUNS = 200

const bytes = fc
  .oneof(
    { weight: 5, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 3000, size: 'max' }) },
    fc
      .tuple(fc.nat(255), fc.nat(20_000))
      .map(([byte, length]) => new Uint8Array(length).fill(byte)),
  )
  .map((array) => Buffer.from(array))
const field = fc.option(bytes, { nil: null })
const timestampMs = fc.oneof(
  fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
  fc.maxSafeNat(),
  fc.constant(-1),
)
const header = fc.record({
  key: fc.string({ unit: 'grapheme', maxLength: 20 }),
  value: field,
})
const record = fc.record({
  timestampMs,
  key: field,
  value: field,
  headers: fc.array(header, { maxLength: 4 }),
})
const records = fc.array(record, { minLength: 1, maxLength: 25 })
const codec = fc.constantFrom(...CODEC_NAMES)
const baseOffset = fc.oneof(fc.nat(1000), fc.integer({ min: 0, max: 2 ** 53 - 1 - 1000 }))

/** A record as text: comparing that is much faster than comparing buffers byte by byte. */
function shown({ timestampMs: at, key, value, headers = [] }: RecordInput): string {
  const text = (part: Uint8Array | null | undefined): string =>
    part ? `<${Buffer.from(part).toString('latin1')}>` : 'null'
  const pairs = headers.map((one) => `${one.key}=${text(one.value)}`)
  return `${at} ${text(key)} ${text(value)} ${headers.length}[${pairs.join()}]`
}

const EVERYTHING = {
  validation: 'full',
  maxBytes: Infinity,
  timestampType: 'CreateTime',
  nowMs: 0,
  beforeMaxMs: Infinity,
  afterMaxMs: Infinity,
} as const

beforeAll(async () => {
  for (const name of CODEC_NAMES) await loadCodec(name)
})

describe('record batches', () => {
  it('give back the records that were encoded, with any codec and at any offset', () => {
    fc.assert(
      fc.property(records, codec, baseOffset, (given, name, offset) => {
        const batch = encodeBatch(given, { codec: name, baseOffset: offset })
        const decoded = Array.from(decodeBatch(batch))
        expect(decoded.map(shown)).toEqual(given.map(shown))
        expect(decoded.map((one) => one.offset)).toEqual(given.map((_, index) => offset + index))
        expect(Array.from(batchTimestamps(batch))).toEqual(
          given.map((one, index) => ({ offset: offset + index, timestampMs: one.timestampMs })),
        )
      }),
      { numRuns: RUNS },
    )
  })

  it('pass every check when the encoder made them', () => {
    fc.assert(
      fc.property(records, codec, (given, name) => {
        const batch = encodeBatch(given, { codec: name })
        const checked = validateBatch(batch, EVERYTHING)
        expect(checked).toEqual(readBatchHeader(batch))
        expect(inspectStoredBatch(batch, 0, batch.length)).toEqual({
          kind: 'valid',
          header: checked,
        })
        expect(checked.maxTimestampMs).toBe(Math.max(...given.map((one) => one.timestampMs)))
        expect(checked.baseTimestampMs).toBe(given[0]?.timestampMs)
      }),
      { numRuns: RUNS },
    )
  })

  it('have one encoding: decoding and encoding again gives the same bytes', () => {
    fc.assert(
      fc.property(records, (given) => {
        const batch = encodeBatch(given)
        expect(encodeBatch(Array.from(decodeBatch(batch))).equals(batch)).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('keep all but offset and epoch when these are set', () => {
    fc.assert(
      fc.property(
        records,
        baseOffset,
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        (given, offset, epoch) => {
          const batch = encodeBatch(given)
          const before = readBatchHeader(batch)
          setBatchBaseOffset(batch, 0, offset)
          setBatchLeaderEpoch(batch, 0, epoch)
          const lastOffset = offset + given.length - 1
          const expected = { ...before, baseOffset: offset, lastOffset, leaderEpoch: epoch }
          expect(inspectStoredBatch(batch, 0, batch.length)).toEqual({
            kind: 'valid',
            header: expected,
          })
          expect(batchLastOffset(batch, 0)).toBe(lastOffset)
          expect(batchMaxTimestampMs(batch, 0)).toBe(before.maxTimestampMs)
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('are found one after another where they lie back to back', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 5 }), (given) => {
        const batches = given.map((one) => encodeBatch(one))
        const found = Array.from(eachBatch(Buffer.concat(batches)))
        expect(found).toHaveLength(batches.length)
        expect(found.every((batch, index) => batches[index]?.equals(batch))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('grow by no more than the bound for each record', () => {
    fc.assert(
      fc.property(records, (given) => {
        const builder = new BatchBuilder()
        for (const one of given) {
          const before = builder.bytes
          builder.append(one)
          expect(builder.bytes - before).toBeLessThanOrEqual(encodedRecordBytes(one))
        }
        const { bytes: size } = builder
        expect(builder.build().length).toBe(size)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('integers', () => {
  it('are the same as written with bigint, and read back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer(), (wide, narrow) => {
        const target = Buffer.alloc(20)
        const middle = writeVarlong(target, 0, wide)
        const end = writeVarint(target, middle, narrow)
        expect(target.subarray(0, end)).toEqual(Buffer.concat([zigzag(wide), zigzag(narrow)]))
        expect(varlongBytes(wide)).toBe(middle)
        const reader = new VarintReader(target, 0, end)
        expect([reader.varlong(), reader.varint(), reader.position]).toEqual([wide, narrow, end])
      }),
      { numRuns: 2000 },
    )
  })

  it('of 64 bits keep their value, or are no safe integers', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.maxSafeInteger(),
        (wide, safe) => {
          const target = Buffer.alloc(8)
          target.writeBigInt64BE(wide)
          const read = readInt64(target, 0)
          const fits =
            wide >= BigInt(Number.MIN_SAFE_INTEGER) && wide <= BigInt(Number.MAX_SAFE_INTEGER)
          expect(Number.isSafeInteger(read)).toBe(fits)
          if (fits) expect(BigInt(read)).toBe(wide)
          writeInt64(target, 0, safe)
          expect(target.readBigInt64BE(0)).toBe(BigInt(safe))
          expect(readInt64(target, 0)).toBe(safe)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
