import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSubscribeBatch } from '../../../src/protocol/grpc/encode-subscribe-batch.ts'
import type { SubscribeBatch, SubscribeResponse } from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { seeded } from '../../support/seed.ts'

const KIB = 1024

const generic = (response: SubscribeResponse): Buffer =>
  logService.Subscribe.responseSerialize(response)

const wholeNumber = fc.oneof(
  fc.constantFrom(0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1),
  fc.nat(2 ** 31 - 1),
)
const offset = fc.oneof(wholeNumber, fc.maxSafeNat())
const records = fc
  .tuple(fc.oneof(fc.integer({ min: 16_384, max: 20_000 }), fc.constant(KIB * KIB)), fc.nat(255))
  .map(([bytes, fill]) => ({ batches: Buffer.alloc(bytes, fill) }))
const batch = fc.record({
  topic: fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })),
  partition: wholeNumber,
  seekEpoch: wholeNumber,
  records,
  startOffset: offset,
  readableEndOffset: offset,
  nextOffset: offset,
  leaderEpoch: wholeNumber,
  creditBytes: wholeNumber,
  creditRecords: wholeNumber,
})

function sample(rest: Partial<SubscribeBatch> = {}): SubscribeResponse {
  return {
    batch: {
      topic: 'orders',
      partition: 1,
      seekEpoch: 0,
      records: { batches: Buffer.alloc(100_000, 7) },
      startOffset: 0,
      readableEndOffset: 200,
      nextOffset: 100,
      leaderEpoch: 3,
      creditBytes: 100_000,
      creditRecords: 100,
      ...rest,
    },
  }
}

/** A part of a larger buffer. */
function partOf(bytes: number, part: number): Buffer {
  return Buffer.alloc(bytes, 7).subarray(0, part)
}

describe('records of a subscription', () => {
  it('have the bytes of the generic encoding', () => {
    const { seed, runs } = seeded('ENCODE_SUBSCRIBE_BATCH', 200)
    fc.assert(
      fc.property(batch, (one) => {
        const pieces = encodeSubscribeBatch({ batch: one })
        expect(Buffer.concat(pieces ?? []).equals(generic({ batch: one }))).toBe(true)
      }),
      { seed, numRuns: runs },
    )
  })

  it('go out as they are, without a copy', () => {
    const batches = Buffer.alloc(KIB * KIB)
    expect(encodeSubscribeBatch(sample({ records: { batches } }))).toContain(batches)
  })

  it('keep no more memory than half as much again', () => {
    const isView = (part: number): boolean =>
      encodeSubscribeBatch(sample({ records: { batches: partOf(900_000, part) } })) !== undefined
    expect(isView(600_000)).toBe(true)
    expect(isView(599_999)).toBe(false)
    expect(isView(131_072)).toBe(false)
  })

  it.each<[string, SubscribeResponse]>([
    ['a heartbeat', { heartbeat: {} }],
    ['two kinds at once', { ...sample(), heartbeat: {} }],
    ['few records', sample({ records: { batches: Buffer.alloc(16_383) } })],
    ['records one by one', sample({ records: { records: { records: [] } } })],
    ['no records', sample({ records: null })],
    ['a number below 0', sample({ leaderEpoch: -1 })],
    ['a number too large', sample({ creditBytes: 2 ** 31 })],
    ['an offset as text', sample({ nextOffset: '5' })],
    ['a field that is not known', sample({ other: 1 } as never)],
  ])('with %s are left to the generic encoding', (_what, response) => {
    expect(encodeSubscribeBatch(response)).toBeUndefined()
  })
})
