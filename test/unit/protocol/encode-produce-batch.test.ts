import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeProduceBatch } from '../../../src/protocol/grpc/encode-produce-batch.ts'
import type { ProduceStreamRequest } from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { seeded } from '../../support/seed.ts'

const generic = (request: ProduceStreamRequest): Buffer =>
  logService.ProduceStream.requestSerialize(request)

/** As grpc-js makes them. */
function bytesOf(request: ProduceStreamRequest): Buffer | undefined {
  const message = encodeProduceBatch(request)
  const bytes = message && Buffer.alloc(message.length)
  if (bytes !== undefined) message?.copy(bytes)
  return bytes
}

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
        expect(bytesOf(request)?.equals(generic(request))).toBe(true)
      }),
      { seed, numRuns: runs },
    )
  })

  it('is copied to where it is wanted, and nowhere else', () => {
    const records = { batches: Buffer.from('records') }
    const request = { batch: { correlationId: 1, entries: [{ topic: 'orders', records }] } }
    const bytes = generic(request)
    const target = Buffer.alloc(bytes.length + 8, 0xff)
    expect(encodeProduceBatch(request)?.copy(target, 5)).toBe(bytes.length)
    expect(target).toEqual(Buffer.concat([Buffer.alloc(5, 0xff), bytes, Buffer.alloc(3, 0xff)]))
    expect(() => encodeProduceBatch(request)?.copy(target, 9)).toThrow('does not fit')
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
