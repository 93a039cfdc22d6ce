import { describe, expect, it } from 'vitest'
import {
  VarintReader,
  varintBytes,
  varlongBytes,
  writeVarint,
  writeVarlong,
} from '../../../src/record/varint.ts'
import { codeOf } from '../../support/error-code.ts'
import { leb128, zigzag } from '../../support/raw-batch.ts'

const INT32 = [0, -1, 1, 63, -64, 64, -65, 8191, -8192, 8192, 2 ** 20, 2 ** 27, -(2 ** 27) - 1]
const EDGES_32 = [...INT32, 2 ** 31 - 1, -(2 ** 31)]
const EDGES_64 = [
  ...EDGES_32,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 34 - 1,
  2 ** 34,
  -(2 ** 34),
  -(2 ** 34) - 1,
  2 ** 41,
  2 ** 48,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
]

const reader = (bytes: Buffer): VarintReader => new VarintReader(bytes, 0, bytes.length)

describe('varint', () => {
  it.each(EDGES_32)('writes and reads %i in its shortest form', (value) => {
    const bytes = Buffer.alloc(10)
    const end = writeVarint(bytes, 0, value)
    expect(bytes.subarray(0, end)).toEqual(zigzag(value))
    expect(varintBytes(value)).toBe(end)
    const read = reader(bytes.subarray(0, end))
    expect(read.varint()).toBe(value)
    expect(read.position).toBe(end)
  })

  const refused: readonly (readonly [string, Buffer])[] = [
    ['nothing', Buffer.alloc(0)],
    ['an unterminated integer', Buffer.from([0x80])],
    ['an integer that ends one byte after its bounds', Buffer.from([0x80, 0x80, 0x80])],
    ['an overlong zero', Buffer.from([0x80, 0x00])],
    ['an overlong one', Buffer.from([0x82, 0x80, 0x00])],
    ['six bytes', Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x01])],
    ['33 bits in five bytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x1f])],
  ]
  it.each(refused)('refuses %s', (_name, bytes) => {
    expect(codeOf(() => reader(bytes).varint())).toBe('VARINT')
  })

  it('does not read beyond its end although more bytes are there', () => {
    const bytes = Buffer.from([0x80, 0x01])
    expect(codeOf(() => new VarintReader(bytes, 0, 1).varint())).toBe('VARINT')
    expect(codeOf(() => new VarintReader(bytes, 0, 1).varlong())).toBe('VARINT')
  })
})

describe('varlong', () => {
  it.each(EDGES_64)('writes and reads %i in its shortest form', (value) => {
    const bytes = Buffer.alloc(10)
    const end = writeVarlong(bytes, 0, value)
    expect(bytes.subarray(0, end)).toEqual(zigzag(value))
    expect(varlongBytes(value)).toBe(end)
    const read = reader(bytes.subarray(0, end))
    expect(read.varlong()).toBe(value)
    expect(read.position).toBe(end)
  })

  it.each([
    2n ** 53n,
    -(2n ** 53n),
    2n ** 53n + 1n,
    -(2n ** 53n) - 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
  ])('never makes %i look like a safe integer', (value) => {
    expect(Number.isSafeInteger(reader(zigzag(value)).varlong())).toBe(false)
  })

  const refused: readonly (readonly [string, Buffer])[] = [
    ['nothing', Buffer.alloc(0)],
    ['an unterminated integer', Buffer.from([0xff, 0xff])],
    ['an overlong zero', Buffer.from([0x80, 0x00])],
    ['eleven bytes', Buffer.from([...Array.from({ length: 10 }, () => 0x80), 0x01])],
    ['65 bits in ten bytes', leb128(2n ** 64n)],
  ]
  it.each(refused)('refuses %s', (_name, bytes) => {
    expect(codeOf(() => reader(bytes).varlong())).toBe('VARINT')
  })
})
