import fc from 'fast-check'
import { expect, test } from 'vitest'
import { VarveError } from '../../src/domain/error.ts'
import { outcomeOfError, outcomeOfStatus } from '../../src/history-check/outcome.ts'
import {
  decodeValue,
  encodeValue,
  readValue,
  VALUE_BYTES_MIN,
  valueNumber,
} from '../../src/history-check/record-value.ts'
import { seeded } from '../support/seed.ts'

const VALUE = { run: 0xdead_beef, key: 7, producer: 2 ** 21 - 1, counter: 2 ** 32 - 1 }

const values = fc.record({
  run: fc.nat(0xffff_ffff),
  key: fc.nat(0xffff_ffff),
  producer: fc.nat(2 ** 21 - 1),
  counter: fc.nat(0xffff_ffff),
})

test('a value comes back as it was, from a payload of any size', () => {
  const { seed, runs } = seeded('CHECKER', 200)
  fc.assert(
    fc.property(values, fc.integer({ min: VALUE_BYTES_MIN, max: 200 }), (value, size) => {
      const payload = encodeValue(value, size)
      expect(payload).toHaveLength(size)
      expect(decodeValue(payload)).toEqual(value)
      const number = valueNumber(value.producer, value.counter)
      expect(Number.isSafeInteger(number)).toBe(true)
      expect(readValue(payload, value.run, value.key)).toBe(number)
    }),
    { seed, numRuns: runs },
  )
})

test('with any bit altered, cut short or made longer, it is no value', () => {
  const payload = encodeValue(VALUE, 40)
  for (let bit = 0; bit < payload.length * 8; bit++) {
    const altered = Buffer.from(payload)
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(decodeValue(altered)).toBeUndefined()
  }
  for (let size = 0; size < payload.length; size++) {
    expect(decodeValue(payload.subarray(0, size))).toBeUndefined()
  }
  expect(decodeValue(Buffer.concat([payload, Buffer.alloc(1)]))).toBeUndefined()
  expect(decodeValue(Buffer.alloc(40))).toBeUndefined()
})

test('a record of another run or partition has no value here', () => {
  const payload = encodeValue(VALUE, VALUE_BYTES_MIN)
  expect(readValue(payload, VALUE.run, VALUE.key)).toBe(valueNumber(VALUE.producer, VALUE.counter))
  expect(readValue(payload, VALUE.run, 8)).toBeNaN()
  expect(readValue(payload, 1, VALUE.key)).toBeNaN()
})

test('a payload that is used again keeps its filling and is whole', () => {
  const payload = encodeValue(VALUE, 64)
  const filling = Buffer.from(payload.subarray(VALUE_BYTES_MIN))
  const next = { ...VALUE, counter: 5 }
  expect(encodeValue(next, 64, payload)).toBe(payload)
  expect(decodeValue(payload)).toEqual(next)
  expect(payload.subarray(VALUE_BYTES_MIN)).toEqual(filling)
})

test('what does not fit is a mistake of the caller', () => {
  expect(() => encodeValue(VALUE, VALUE_BYTES_MIN - 1)).toThrow(RangeError)
  expect(() => encodeValue(VALUE, 64, Buffer.alloc(63))).toThrow(RangeError)
  expect(() => valueNumber(2 ** 21, 0)).toThrow(RangeError)
  expect(() => valueNumber(0, 2 ** 32)).toThrow(RangeError)
  expect(() => valueNumber(-1, 0)).toThrow(RangeError)
})

test('a failure is believed to be without effect only where the broker says so', () => {
  expect(outcomeOfError(new VarveError('DISK_FULL', 'full'))).toBe('fail')
  expect(outcomeOfError(new VarveError('REQUEST_TIMEOUT', 'late'))).toBe('info')
  expect(outcomeOfError(new VarveError('REQUEST_TIMEOUT', 'late', { effect: 'none' }))).toBe('fail')
  expect(outcomeOfError(new Error('something else'))).toBe('info')
  expect(outcomeOfStatus('RESOURCE_EXHAUSTED', 'none')).toBe('fail')
  expect(outcomeOfStatus('RESOURCE_EXHAUSTED', undefined)).toBe('info')
  expect(outcomeOfStatus('RESOURCE_EXHAUSTED', 'unknown')).toBe('info')
  for (const status of ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED', 'UNKNOWN', 'INTERNAL']) {
    expect(outcomeOfStatus(status, 'none')).toBe('info')
    expect(outcomeOfStatus(status, 'none', false)).toBe('fail')
  }
})
