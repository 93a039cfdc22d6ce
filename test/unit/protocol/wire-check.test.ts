// The rows 20 to 27 of the bad-input table, against the check alone; the same rows go over the wire in
// test/integration/grpc.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { adminService, logService } from '../../../src/protocol/grpc/services.ts'
import { wireCheckOf } from '../../../src/protocol/grpc/wire-check.ts'
import { MALFORMED_ROWS } from '../../support/malformed-messages.ts'
import { bytesField, message, tag, varint, varintField } from '../../support/protobuf-bytes.ts'
import { seeded } from '../../support/seed.ts'

const produceCheck = wireCheckOf('varve.v1.ProduceRequest')
const fetchCheck = wireCheckOf('varve.v1.FetchRequest')
const createCheck = wireCheckOf('varve.v1.CreateTopicRequest')

/** Of several runs the fastest: a busy machine takes its time from any of them. */
function fastestMs(run: () => void): number {
  const took = Array.from({ length: 5 }, () => {
    const startedMs = performance.now()
    run()
    return performance.now() - startedMs
  })
  return Math.min(...took)
}

describe('wireCheckOf', () => {
  it.each(MALFORMED_ROWS)('refuses row %s with %s', (_row, code, messageName, bytes) => {
    const check = wireCheckOf(messageName)
    try {
      check(bytes)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(VarveError)
      expect((error as VarveError).code).toBe(code)
    }
  })

  it.each(MALFORMED_ROWS.filter(([row]) => row.startsWith('22 ')))(
    'refuses row %s in less than 50 ms',
    (_row, _code, messageName, bytes) => {
      const check = wireCheckOf(messageName)
      expect(
        fastestMs(() => {
          expect(() => {
            check(bytes)
          }).toThrow(VarveError)
        }),
      ).toBeLessThan(50)
    },
  )

  it('names the path of the field that is at fault', () => {
    const bytes = bytesField(1, bytesField(1, Buffer.from([0xff])))
    expect(() => {
      produceCheck(bytes)
    }).toThrow(expect.objectContaining({ details: { field: 'entries.topic' } }))
  })

  it('passes an empty request', () => {
    produceCheck(Buffer.alloc(0))
  })

  it('passes over unknown fields of every wire type up to the limit (row 24)', () => {
    const fields = [
      varintField(100, 7),
      message(tag(101, 1), Buffer.alloc(8)),
      bytesField(102, 'text'),
      message(tag(103, 5), Buffer.alloc(4)),
    ]
    createCheck(message(...fields, bytesField(104, Buffer.alloc(LIMITS.unknownFieldBytesMax - 60))))
  })

  it('takes the last of a scalar that comes 10,000 times (row 25)', () => {
    const bytes = message(...Array.from({ length: 10_000 }, (_, index) => varintField(2, index)))
    fetchCheck(bytes)
    expect(logService.Fetch.requestDeserialize(bytes).maxWaitMs).toBe(9_999)
    const tookMs = fastestMs(() => {
      fetchCheck(bytes)
      logService.Fetch.requestDeserialize(bytes)
    })
    expect(tookMs).toBeLessThan(10)
  })

  it('takes exactly as many items as the limit allows (row 26)', () => {
    const partition = bytesField(1, Buffer.alloc(0))
    fetchCheck(Buffer.concat(Array.from({ length: LIMITS.itemsPerRequestMax }, () => partition)))
  })

  it('counts the items of all repeated fields together', () => {
    const record = bytesField(1, Buffer.alloc(0))
    const list = Buffer.concat(Array.from({ length: LIMITS.recordsPerEntryMax }, () => record))
    const entry = bytesField(1, bytesField(3, bytesField(2, list)))
    produceCheck(message(entry, entry))
    expect(() => {
      produceCheck(message(entry, entry, entry))
    }).toThrow(expect.objectContaining({ code: 'TOO_MANY_ITEMS' }))
  })

  it('does not look into bytes', () => {
    const batch = Buffer.alloc(4 * 1024 * 1024, 0xff)
    produceCheck(bytesField(1, bytesField(3, bytesField(1, batch))))
  })

  it('takes int32 fields that hold -1 as ten bytes, and enums as their numbers', () => {
    produceCheck(message(bytesField(1, varintField(2, -1)), varintField(2, 3)))
  })

  it('takes what the encoder makes of any request', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array))
    const record = fc.record({
      key: bytes,
      value: bytes,
      headers: fc.array(fc.record({ key: text, value: bytes }), { maxLength: 3 }),
      timestampMs: fc.maxSafeNat(),
    })
    const form = fc.oneof(
      fc.record({ form: fc.constant('batches' as const), batches: bytes }),
      fc.record({
        form: fc.constant('records' as const),
        records: fc.record({ records: fc.array(record, { maxLength: 5 }) }),
      }),
    )
    const request = fc.record({
      entries: fc.array(
        fc.record({
          topic: text,
          partition: fc.integer({ min: -5, max: 2 ** 31 - 1 }),
          records: form,
        }),
        { maxLength: 4 },
      ),
      durability: fc.constantFrom('DURABILITY_SYNCED' as const, 'DURABILITY_NONE' as const),
    })
    const { seed, runs } = seeded('WIRE', 500)
    fc.assert(
      fc.property(request, (value) => {
        produceCheck(logService.Produce.requestSerialize(value))
      }),
      { numRuns: runs, seed },
    )
    console.log(`wire check: ${runs} encoded requests, seed ${seed}`)
  })

  it('lets nothing pass that the decoder cannot decode, and throws nothing but refusals', () => {
    const { seed, runs } = seeded('WIRE', 5_000)
    const counts = { passed: 0, refused: 0 }
    const valid = [
      message(
        bytesField(
          1,
          message(bytesField(1, 't'), varintField(2, 1), bytesField(3, bytesField(1, 'xy'))),
        ),
      ),
      adminService.CreateTopic.requestSerialize({ name: 'a', partitions: 3, settings: { b: 'c' } }),
    ]
    const mutated = fc
      .tuple(
        fc.constantFrom(...valid),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }),
        fc.nat(60),
      )
      .map(([bytes, edits, cut]) => {
        const copy = Buffer.from(bytes)
        for (const [position, byte] of edits) if (position < copy.length) copy[position] = byte
        return cut < 20 ? copy.subarray(0, cut) : copy
      })
    const random = fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array))
    fc.assert(
      fc.property(fc.oneof(mutated, random), (bytes) => {
        for (const [check, method] of [
          [produceCheck, logService.Produce],
          [createCheck, adminService.CreateTopic],
        ] as const) {
          try {
            check(bytes)
          } catch (error) {
            counts.refused++
            expect(error).toBeInstanceOf(VarveError)
            continue
          }
          counts.passed++
          method.requestDeserialize(bytes)
        }
      }),
      { numRuns: runs, seed },
    )
    console.log(`wire check: ${JSON.stringify(counts)}, seed ${seed}`)
    expect(counts.passed).toBeGreaterThan(100)
    expect(counts.refused).toBeGreaterThan(100)
  })

  it('reads numbers of 64 bits by their tag alone', () => {
    createCheck(message(tag(1, 2), varint(0), varintField(2, 2n ** 64n - 1n)))
  })
})
