import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { crc32, crc32c, nativeCrc32c, portableCrc32c } from '../../../src/record/crc32c.ts'

// RFC 3720, appendix B.4, and the usual check value.
const VECTORS: readonly (readonly [string, Buffer, number])[] = [
  ['nothing', Buffer.alloc(0), 0],
  ['123456789', Buffer.from('123456789'), 0xe3069283],
  ['32 bytes of 0', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of 255', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 rising bytes', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
  ['32 falling bytes', Buffer.from(Array.from({ length: 32 }, (_, i) => 31 - i)), 0x113fdb5c],
]

describe('crc32c', () => {
  it.each(VECTORS)('gives the published value for %s', (_name, bytes, value) => {
    expect(crc32c(bytes)).toBe(value)
    expect(portableCrc32c(bytes)).toBe(value)
  })

  it('is the same natively and portably, at every length and alignment', () => {
    if (nativeCrc32c === undefined) {
      console.log('crc32c: no native build on this platform, only the portable one is in use')
    }
    const native = nativeCrc32c ?? crc32c
    const bytes = Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 31 + (i >> 3)) & 0xff))
    for (let start = 0; start < 20; start++) {
      for (let end = start; end < bytes.length; end += 7) {
        const part = bytes.subarray(start, end)
        expect(native(part)).toBe(portableCrc32c(part))
      }
    }
  })
})

describe('A checksum that goes on from another', () => {
  it('is that of both stretches together', () => {
    const bytes = Buffer.from('the quick brown fox jumps over the lazy dog')
    for (const sum of [crc32c, portableCrc32c, crc32]) {
      for (let cut = 0; cut <= bytes.length; cut++) {
        expect(sum(bytes.subarray(cut), sum(bytes.subarray(0, cut)))).toBe(sum(bytes))
      }
    }
  })
})

describe('crc32', () => {
  it('is the checksum that gzip writes', () => {
    const bytes = Buffer.from('the quick brown fox')
    const zipped = gzipSync(bytes)
    expect(crc32(bytes)).toBe(zipped.readUInt32LE(zipped.length - 8))
  })
})
