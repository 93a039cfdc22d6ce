import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeProduceBatch } from '../../../src/protocol/grpc/encode-produce-batch.ts'
import type { ProduceStreamRequest } from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { seeded } from '../../support/seed.ts'

const generic = (request: ProduceStreamRequest): Buffer =>
  logService.ProduceStream.requestSerialize(request)

const wholeNumber = fc.oneof(
  fc.constantFrom(0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1),
  fc.nat(2 ** 31 - 1),
)
const offset = fc.oneof(wholeNumber, fc.maxSafeNat())
const entry = fc.record(
  {
    topic: fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })),
    partition: wholeNumber,
    records: fc.record({
      batches: fc
        .tuple(fc.oneof(fc.nat(300), fc.constantFrom(16_383, 16_384, 131_072)), fc.nat(255))
        .map(([bytes, fill]) => Buffer.alloc(bytes, fill)),
    }),
    expectedOffset: offset,
  },
  { requiredKeys: ['records'] },
)

describe('a batch of a produce stream', () => {
  it('has the bytes of the generic encoding', () => {
    const { seed, runs } = seeded('ENCODE_PRODUCE_BATCH', 300)
    fc.assert(
      fc.property(offset, fc.array(entry, { maxLength: 5 }), (correlationId, entries) => {
        const request = { batch: { correlationId, entries } }
        expect(encodeProduceBatch(request)?.equals(generic(request))).toBe(true)
      }),
      { seed, numRuns: runs },
    )
  })

  it('lies where it can be copied on to 5 bytes into another page at full speed', () => {
    const records = { batches: Buffer.alloc(131_072) }
    const bytes = encodeProduceBatch({ batch: { correlationId: 1, entries: [{ records }] } })
    expect(bytes?.byteOffset).toBe(64)
  })

  it.each<[string, ProduceStreamRequest]>([
    ['an init', { init: {} }],
    ['nothing', {}],
    ['no number', { batch: { entries: [] } }],
    ['a number below 0', { batch: { correlationId: -1, entries: [] } }],
    ['no entries', { batch: { correlationId: 1 } }],
    [
      'records one by one',
      { batch: { correlationId: 1, entries: [{ records: { records: {} } }] } },
    ],
    ['no records', { batch: { correlationId: 1, entries: [{ topic: 'orders' }] } }],
    [
      'a partition below 0',
      {
        batch: {
          correlationId: 1,
          entries: [{ partition: -1, records: { batches: Buffer.of(1) } }],
        },
      },
    ],
    [
      'a field that it does not know',
      {
        batch: {
          correlationId: 1,
          entries: [{ records: { batches: Buffer.of(1) }, other: 1 } as object],
        },
      },
    ],
  ])('is left to the generic encoding with %s', (_what, request) => {
    expect(encodeProduceBatch(request)).toBeUndefined()
  })
})
