import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/domain/limits.ts'
import { decodeSnapshot, encodeSnapshot } from '../../../../src/storage/file/producer-snapshot.ts'
import type { ProducerEntry } from '../../../../src/storage/producer-states.ts'
import { seeded } from '../../../support/seed.ts'

const SEQUENCES = 2 ** 31
/** Above all offsets that are made here. */
const OFFSET = 2 ** 52

/** Producers as they are remembered: batches that follow each other, sequences that may go round. */
const entry = fc
  .record({
    producerEpoch: fc.integer({ min: 0, max: LIMITS.producerEpochMax }),
    firstSequence: fc.oneof(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: SEQUENCES - 50, max: SEQUENCES - 1 }),
    ),
    firstOffset: fc.integer({ min: 0, max: 2 ** 51 }),
    sizes: fc.array(fc.integer({ min: 1, max: 20 }), {
      minLength: 1,
      maxLength: LIMITS.producerBatchesKept,
    }),
    timestampMs: fc.integer({ min: 0, max: 2 ** 45 }),
  })
  .map(({ producerEpoch, firstSequence, firstOffset, sizes, timestampMs }) => {
    let sequence = firstSequence
    let offset = firstOffset
    const batches = sizes.map((size) => {
      const batch = {
        firstSequence: sequence,
        lastSequence: (sequence + size - 1) % SEQUENCES,
        lastOffset: offset + size - 1,
        timestampMs,
      }
      sequence = (sequence + size) % SEQUENCES
      // Batches of others lie between.
      offset += size + 3
      return batch
    })
    return { producerEpoch, batches }
  })

const producers: fc.Arbitrary<readonly ProducerEntry[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 ** 53 - 1 }), entry), { maxLength: 8 })
  .map((pairs) => Array.from(new Map(pairs), ([producerId, one]) => ({ producerId, ...one })))

const ONE: ProducerEntry = {
  producerId: 0x0102030405,
  producerEpoch: 6,
  batches: [{ firstSequence: 10, lastSequence: 12, lastOffset: 99, timestampMs: 0x0190_0000_0000 }],
}

describe('A snapshot of producers', () => {
  it("is Kafka's file: version 1, checksum, count, 46 bytes an entry", () => {
    const { bytes, summary } = encodeSnapshot([ONE])
    expect(bytes.length).toBe(10 + 46)
    expect(bytes.readInt16BE(0)).toBe(1)
    expect(bytes.readUInt32BE(2)).toBe(summary.crc)
    expect(bytes.subarray(6).toString('hex')).toBe(
      [
        '00000001',
        '0000000102030405',
        '0006',
        '0000000c',
        '0000000000000063',
        '00000002',
        '0000019000000000',
        'ffffffff',
        'ffffffffffffffff',
      ].join(''),
    )
  })

  it('says again what was put into it', () => {
    const { seed, runs } = seeded('SNAPSHOT', 300)
    fc.assert(
      fc.property(producers, (entries) => {
        const { bytes, summary } = encodeSnapshot(entries)
        const decoded = decodeSnapshot(bytes, OFFSET)
        expect(decoded).toEqual({ producers: entries, crc: summary.crc })
        expect(summary.producers).toBe(entries.length)
      }),
      { seed, numRuns: runs },
    )
    console.log(`snapshots of producers: seed ${seed}, ${runs} runs`)
  })

  it('with any bit turned over, or cut off anywhere, is not used', () => {
    const { bytes } = encodeSnapshot([ONE, { ...ONE, producerId: 2 }])
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const copy = Buffer.from(bytes)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(typeof decodeSnapshot(copy, OFFSET)).toBe('string')
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(typeof decodeSnapshot(bytes.subarray(0, length), OFFSET)).toBe('string')
    }
    expect(typeof decodeSnapshot(Buffer.concat([bytes, Buffer.alloc(46)]), OFFSET)).toBe('string')
  })

  it('is not used when it speaks of what lies at or behind its offset', () => {
    const { bytes } = encodeSnapshot([ONE])
    expect(decodeSnapshot(bytes, 100)).toMatchObject({ producers: [ONE] })
    expect(decodeSnapshot(bytes, 99)).toBe('entry 0 says what cannot be')
  })

  it('passes over what Kafka says of a producer of whose batches nothing is left', () => {
    const gone = { ...ONE.batches[0], lastOffset: -1 } as ProducerEntry['batches'][number]
    const { bytes } = encodeSnapshot([{ ...ONE, producerId: 1, batches: [gone] }, ONE])
    expect(decodeSnapshot(bytes, 100)).toMatchObject({ producers: [ONE] })
  })

  it('with several entries of a producer that do not follow each other says what the last one says', () => {
    const later = { firstSequence: 50, lastSequence: 50, lastOffset: 120, timestampMs: 1 }
    const { bytes } = encodeSnapshot([{ ...ONE, batches: [...ONE.batches, later] }])
    expect(decodeSnapshot(bytes, 200)).toMatchObject({ producers: [{ batches: [later] }] })
  })
})
