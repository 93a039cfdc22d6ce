// The filter of a replay session decides on stored bytes; here it decides as a model does that sees decoded records and takes every word
// of a predicate literally.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BytesMatch,
  RecordFilter,
  type RecordPredicate,
} from '../../src/broker/replay/record-filter.ts'
import { CODEC_NAMES, loadCodec } from '../../src/record/codec.ts'
import { type DecodedRecord, RecordWalk } from '../../src/record/decode-batch.ts'
import { encodeBatch } from '../../src/record/encode-batch.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('RECORD_FILTER', 1000)
const counts = { matched: 0, left: 0 }

// So few bytes, names and moments that predicates and records meet.
const bytes = fc
  .array(fc.constantFrom(0x61, 0x62, 0xff), { maxLength: 4 })
  .map((array) => Buffer.from(array))
const field = fc.option(bytes, { nil: null, freq: 3 })
const name = fc.constantFrom('', 'a', 'b', 'ab', 'ä', '__proto__')
const moment = fc.integer({ min: -1, max: 6 })
const record = fc.record({
  timestampMs: moment,
  key: field,
  value: field,
  headers: fc.array(fc.record({ key: name, value: field }), { maxLength: 5 }),
})

const match: fc.Arbitrary<BytesMatch> = fc.oneof(
  fc.record({
    kind: fc.constant('any-of' as const),
    values: fc.array(bytes, { minLength: 1, maxLength: 30, size: 'max' }),
  }),
  fc.record({ kind: fc.constantFrom('prefix' as const, 'suffix' as const), bytes }),
  fc.record({ kind: fc.constant('present' as const), isPresent: fc.boolean() }),
)
const isNot = fc.boolean()
const predicate: fc.Arbitrary<RecordPredicate> = fc.oneof(
  fc.record({ on: fc.constant('key' as const), match, isNot }),
  fc.record({ on: fc.constant('header' as const), name, match, isNot }),
  fc.record(
    { on: fc.constant('time' as const), fromMs: moment, beforeMs: moment, isNot },
    { requiredKeys: ['on', 'isNot'] },
  ),
)

function isLike(match: BytesMatch, given: Buffer): boolean {
  switch (match.kind) {
    case 'any-of':
      return match.values.some((value) => value.equals(given))
    case 'prefix':
      return given.toString('latin1').startsWith(match.bytes.toString('latin1'))
    case 'suffix':
      return given.toString('latin1').endsWith(match.bytes.toString('latin1'))
    case 'present':
      return match.isPresent
  }
}

/** `values`: the key, or those of all headers of the name, without the nulls. */
function anyIsLike(match: BytesMatch, values: readonly (Buffer | null)[]): boolean {
  const present = values.filter((value) => value !== null)
  if (match.kind === 'present' && !match.isPresent) return present.length === 0
  return present.some((value) => isLike(match, value))
}

function holds(one: RecordPredicate, { key, headers, timestampMs }: DecodedRecord): boolean {
  switch (one.on) {
    case 'key':
      return anyIsLike(one.match, [key]) !== one.isNot
    case 'header': {
      const values = headers.filter((header) => header.key === one.name)
      const found = anyIsLike(
        one.match,
        values.map((header) => header.value),
      )
      return found !== one.isNot
    }
    case 'time': {
      const isFrom = one.fromMs === undefined || timestampMs >= one.fromMs
      const isBefore = one.beforeMs === undefined || timestampMs < one.beforeMs
      return (isFrom && isBefore) !== one.isNot
    }
  }
}

beforeAll(async () => {
  for (const codec of CODEC_NAMES) await loadCodec(codec)
})

afterAll(() => {
  console.log(`record filter: ${runs} runs, seed ${seed}, ${JSON.stringify(counts)}`)
})

describe('RecordFilter', () => {
  it('gives the records for which all predicates hold, and no others', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 20 }),
        fc.array(predicate, { maxLength: 4 }),
        fc.constantFrom(...CODEC_NAMES),
        (records, predicates, codec) => {
          const filter = new RecordFilter(predicates)
          expect(filter.isEmpty).toBe(predicates.length === 0)
          const walk = new RecordWalk(encodeBatch(records, { codec }))
          while (walk.next()) {
            const decoded = walk.record()
            const expected = predicates.every((one) => holds(one, decoded))
            expect(filter.matches(walk)).toBe(expected)
            counts[expected ? 'matched' : 'left']++
          }
        },
      ),
      { seed, numRuns: runs },
    )
  })
})
