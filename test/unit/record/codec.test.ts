import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import {
  CODEC_NAMES,
  type CodecName,
  compress,
  decompress,
  decompressedBytesMax,
  loadCodec,
} from '../../../src/record/codec.ts'
import { compressLz4, decompressLz4 } from '../../../src/record/codec-lz4.ts'
import {
  compressZstd,
  decompressZstd,
  loadWasmZstd,
  zlibZstd,
} from '../../../src/record/codec-zstd.ts'
import { crc32 } from '../../../src/record/crc32c.ts'
import { lz4BlockCodecs } from '../../../src/record/lz4-block.ts'
import { xxh32 } from '../../../src/record/xxh32.ts'
import { codeOf } from '../../support/error-code.ts'
import { leb128 } from '../../support/raw-batch.ts'

const COMPRESSING = CODEC_NAMES.filter((name) => name !== 'none')
const TEXT = Buffer.from(
  Array.from({ length: 4000 }, (_, i) => `${i * 7919}: in the beginning was the log. `).join(''),
)
/** Bytes that hardly compress, the same in every run. */
const NOISE = Buffer.alloc(300_000)
for (let index = 0, state = 1; index < NOISE.length; index++) {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
  NOISE[index] = state >>> 24
}
const CONTENTS = [Buffer.alloc(0), Buffer.from('a'), TEXT.subarray(0, 65_536), TEXT, NOISE]
const MAX = LIMITS.decompressedBatchBytesMax

const open = (name: CodecName, bytes: Buffer, bytesMax = MAX): string | undefined =>
  codeOf(() => decompress(name, bytes, bytesMax))

describe.each(CODEC_NAMES)('%s', (name) => {
  it('gives back what it was given', async () => {
    await loadCodec(name)
    for (const content of CONTENTS) {
      expect(decompress(name, compress(name, content), MAX).equals(content)).toBe(true)
    }
  })

  it('takes exactly as many bytes as are allowed and not one more', () => {
    const bytes = compress(name, TEXT)
    expect(open(name, bytes, TEXT.length)).toBeUndefined()
    expect(open(name, bytes, TEXT.length - 1)).toBe('DECOMPRESSED_TOO_LARGE')
  })

  it('works on views into larger buffers', () => {
    const bytes = compress(name, TEXT.subarray(100, 5000))
    const shifted = Buffer.concat([Buffer.alloc(13), bytes]).subarray(13)
    expect(decompress(name, shifted, MAX).equals(TEXT.subarray(100, 5000))).toBe(true)
  })
})

describe.each(COMPRESSING)('%s, malformed', (name) => {
  it('is refused when it is cut off anywhere', () => {
    const bytes = compress(name, TEXT.subarray(0, 2000))
    for (let length = 0; length < bytes.length; length++) {
      // The framing of xerial has no end: cut between blocks it is whole, and here the only block is missing.
      if (name === 'snappy' && length === 16) continue
      expect(open(name, bytes.subarray(0, length)), `${length} bytes`).toBe('DECOMPRESSION')
    }
  })

  it('is refused when junk follows', () => {
    const bytes = compress(name, TEXT)
    for (const junk of [Buffer.from([0]), Buffer.from([0xff, 1, 2, 3]), Buffer.alloc(64)]) {
      expect(open(name, Buffer.concat([bytes, junk]))).toBe('DECOMPRESSION')
    }
  })

  it('is refused when a second one follows', () => {
    for (const content of [TEXT, Buffer.alloc(0)]) {
      const bytes = compress(name, content)
      expect(open(name, Buffer.concat([bytes, bytes]))).toBe('DECOMPRESSION')
    }
  })

  it('is refused when it is something else', () => {
    expect(open(name, Buffer.from('this is not compressed at all'))).toBe('DECOMPRESSION')
    expect(open(name, Buffer.alloc(100))).toBe('DECOMPRESSION')
  })
})

describe('the ratio limit', () => {
  it('counts only above the free size', () => {
    expect(decompressedBytesMax(10)).toBe(LIMITS.decompressionRatioFreeBytes)
    expect(decompressedBytesMax(100)).toBe(100 * LIMITS.decompressionRatioMax)
    expect(decompressedBytesMax(2 ** 30)).toBe(LIMITS.decompressedBatchBytesMax)
  })

  it('stops zeros that compress beyond it', () => {
    const bytes = compress('zstd', Buffer.alloc(1_000_000))
    expect(bytes.length).toBeLessThan(1000)
    expect(open('zstd', bytes)).toBe('DECOMPRESSED_TOO_LARGE')
    expect(codeOf(() => decompress('gzip', compress('gzip', TEXT), MAX, 2))).toBe(
      'DECOMPRESSED_TOO_LARGE',
    )
    const few = compress('zstd', Buffer.alloc(LIMITS.decompressionRatioFreeBytes))
    expect(open('zstd', few)).toBeUndefined()
  })
})

describe('gzip', () => {
  const deflated = deflateRawSync(TEXT)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(TEXT), 0)
  trailer.writeUInt32LE(TEXT.length, 4)
  const member = (flags: number, extra: Buffer): Buffer =>
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]), extra, deflated, trailer])

  it('may have an extra field, a name, a comment and a header checksum', () => {
    const optional = Buffer.from([3, 0, 1, 2, 3, ...Buffer.from('name\0comment\0')])
    expect(decompress('gzip', member(0x1c, optional), MAX).equals(TEXT)).toBe(true)
    const start = Buffer.from([0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 3])
    const checksum = Buffer.alloc(2)
    checksum.writeUInt16LE(crc32(start) & 0xffff)
    expect(decompress('gzip', member(2, checksum), MAX).equals(TEXT)).toBe(true)
    checksum.writeUInt16LE((crc32(start) + 1) & 0xffff)
    expect(open('gzip', member(2, checksum))).toBe('DECOMPRESSION')
  })

  it('is refused with reserved flags, an endless name or another method', () => {
    expect(open('gzip', member(0x20, Buffer.alloc(0)))).toBe('DECOMPRESSION')
    const endless = Buffer.alloc(40, 1)
    Buffer.from([0x1f, 0x8b, 8, 8]).copy(endless)
    expect(open('gzip', endless)).toBe('DECOMPRESSION')
    const other = gzipSync(TEXT)
    other[2] = 7
    expect(open('gzip', other)).toBe('DECOMPRESSION')
  })

  it('is refused with a wrong checksum or length', () => {
    for (const back of [1, 8]) {
      const bytes = gzipSync(TEXT)
      bytes[bytes.length - back] = (bytes.at(-back) ?? 0) ^ 1
      expect(open('gzip', bytes)).toBe('DECOMPRESSION')
    }
  })
})

describe('snappy', () => {
  const xerial = compress('snappy', TEXT)

  it('is written in the framing of the Java client, in blocks of 32 KiB', () => {
    expect(xerial.subarray(0, 16).toString('hex')).toBe('82534e41505059000000000100000001')
    const blocks: Buffer[] = []
    for (let position = 16; position < xerial.length; ) {
      const size = xerial.readInt32BE(position)
      blocks.push(xerial.subarray(position + 4, position + 4 + size))
      position += 4 + size
    }
    expect(blocks).toHaveLength(Math.ceil(TEXT.length / 32_768))
    // Each block is raw snappy, which is read too.
    const contents = blocks.map((block) => decompress('snappy', block, MAX))
    expect(Buffer.concat(contents).equals(TEXT)).toBe(true)
  })

  it('is refused before allocation when it states more than allowed or than it can hold', () => {
    const stating = (bytes: bigint): Buffer => Buffer.concat([leb128(bytes), Buffer.alloc(20)])
    expect(open('snappy', stating(2n ** 32n - 1n))).toBe('DECOMPRESSED_TOO_LARGE')
    expect(open('snappy', stating(2n ** 35n))).toBe('DECOMPRESSION')
    expect(open('snappy', stating(60_000n))).toBe('DECOMPRESSION')
  })

  it('is refused when a block states a wrong size, or the framing a later version', () => {
    for (const size of [-1, 0, 2 ** 31 - 1, xerial.length]) {
      const bytes = Buffer.from(xerial)
      bytes.writeInt32BE(size, 16)
      expect(open('snappy', bytes)).toBe('DECOMPRESSION')
    }
    const later = Buffer.from(xerial)
    later.writeInt32BE(2, 12)
    expect(open('snappy', later)).toBe('DECOMPRESSION')
  })

  it('counts the blocks of a frame together', () => {
    const block = xerial.subarray(16, 20 + xerial.readInt32BE(16))
    const many = Buffer.concat([
      xerial.subarray(0, 16),
      ...Array.from({ length: 600 }, () => block),
    ])
    expect(open('snappy', many)).toBe('DECOMPRESSED_TOO_LARGE')
  })
})

describe('lz4', () => {
  const codecs = lz4BlockCodecs()

  it('is the same with every source of blocks', () => {
    console.log(`lz4: ${codecs.map(({ name }) => name).join(', ')} and portable decompression`)
    expect(codecs.length).toBeGreaterThan(0)
    for (const writer of codecs) {
      for (const content of CONTENTS) {
        const bytes = compressLz4(content, writer)
        for (const reader of [...codecs, 'portable' as const]) {
          expect(decompressLz4(bytes, MAX, reader).equals(content)).toBe(true)
        }
      }
    }
  })

  it.each([...codecs, 'portable' as const])('refuses damage with each source ($name)', (reader) => {
    const bytes = compressLz4(TEXT.subarray(0, 3000))
    for (let position = 0; position < bytes.length; position++) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const damaged = Buffer.from(bytes)
        damaged[position] = value
        const code = codeOf(() => decompressLz4(damaged, 4096, reader))
        expect([undefined, 'DECOMPRESSION', 'DECOMPRESSED_TOO_LARGE']).toContain(code)
      }
    }
  })

  /** A frame of one stored block with a right header checksum. */
  const frame = (flags: number, descriptor: number, extra: Buffer = Buffer.alloc(0)): Buffer => {
    const header = Buffer.concat([Buffer.from([flags, descriptor]), extra])
    return Buffer.concat([
      Buffer.from([0x04, 0x22, 0x4d, 0x18]),
      header,
      Buffer.from([(xxh32(header) >>> 8) & 0xff]),
      Buffer.from([2, 0, 0, 0x80, 0x68, 0x69, 0, 0, 0, 0]),
    ])
  }
  const sized = (bytes: bigint): Buffer => {
    const size = Buffer.alloc(8)
    size.writeBigUInt64LE(bytes)
    return size
  }

  it('takes stored blocks and a content size', () => {
    expect(decompress('lz4', frame(0x60, 0x40), MAX).toString()).toBe('hi')
    expect(decompress('lz4', frame(0x68, 0x70, sized(2n)), MAX).toString()).toBe('hi')
  })

  const refused: readonly (readonly [string, string, Buffer])[] = [
    ['an invalid block size', 'DECOMPRESSION', frame(0x60, 0x30)],
    ['reserved bits of the block size', 'DECOMPRESSION', frame(0x60, 0xc0)],
    ['another version', 'DECOMPRESSION', frame(0xa0, 0x40)],
    ['a reserved flag', 'DECOMPRESSION', frame(0x62, 0x40)],
    ['a dictionary', 'DECOMPRESSION', frame(0x61, 0x40, Buffer.alloc(4))],
    ['a wrong content size', 'DECOMPRESSION', frame(0x68, 0x40, sized(3n))],
    ['a content size of 2^63', 'DECOMPRESSED_TOO_LARGE', frame(0x68, 0x40, sized(2n ** 63n))],
    ['a missing content checksum', 'DECOMPRESSION', frame(0x64, 0x40)],
    ['a missing block checksum', 'DECOMPRESSION', frame(0x70, 0x40)],
  ]
  it.each(refused)('refuses %s', (_name, code, bytes) => {
    expect(open('lz4', bytes)).toBe(code)
  })

  it('refuses a wrong header checksum', () => {
    const bytes = frame(0x60, 0x40)
    bytes[6] = (bytes[6] ?? 0) ^ 1
    expect(open('lz4', bytes)).toBe('DECOMPRESSION')
  })
})

describe('data in very many blocks, each of which costs a call', () => {
  /** `blocks` blocks without content between what begins and what ends a frame. */
  const framed = (begin: Buffer, block: Buffer, blocks: number, end: Buffer): Buffer =>
    Buffer.concat([begin, Buffer.alloc(block.length * blocks, block), end])
  const frames: Partial<Record<CodecName, (blocks: number) => Buffer>> = {
    snappy: (blocks) =>
      framed(
        Buffer.from('82534e41505059000000000100000001', 'hex'),
        Buffer.from([0, 0, 0, 1, 0]),
        blocks,
        Buffer.alloc(0),
      ),
    lz4: (blocks) =>
      framed(
        Buffer.from('04224d18604082', 'hex'),
        Buffer.from([0, 0, 0, 0x80]),
        blocks,
        Buffer.alloc(4),
      ),
    zstd: (blocks) =>
      framed(
        Buffer.from('28b52ffd0058', 'hex'),
        Buffer.alloc(3),
        blocks - 1,
        Buffer.from([1, 0, 0]),
      ),
  }

  it.each(COMPRESSING.filter((name) => name !== 'gzip'))('%s: is refused', (name) => {
    const frame = frames[name] ?? (() => Buffer.alloc(0))
    expect(open(name, frame(LIMITS.compressedBlocksMax))).toBeUndefined()
    expect(open(name, frame(LIMITS.compressedBlocksMax + 1))).toBe('DECOMPRESSION')
  })
})

describe('xxh32', () => {
  // The sanity checks of the specification and of the reference implementation.
  it.each([
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ])('of %j is the published value', (text, value) => {
    expect(xxh32(Buffer.from(text))).toBe(value)
  })
})

describe('zstd', () => {
  it('is the same built in and as WebAssembly', async () => {
    const wasm = await loadWasmZstd()
    const codecs = [zlibZstd, wasm].filter((codec) => codec !== undefined)
    console.log(`zstd: ${codecs.map(({ name }) => name).join(', ')}`)
    expect(wasm).toBeDefined()
    for (const writer of codecs) {
      for (const content of CONTENTS) {
        const bytes = compressZstd(content, writer)
        for (const reader of codecs) {
          expect(decompressZstd(bytes, MAX, reader).equals(content)).toBe(true)
        }
      }
    }
  })

  it('survives the largest output, and damage, in WebAssembly', async () => {
    const wasm = await loadWasmZstd()
    const large = Buffer.alloc(MAX, NOISE)
    const bytes = compressZstd(large, wasm)
    expect(decompressZstd(bytes, MAX, wasm).equals(large)).toBe(true)
    const damaged = compressZstd(NOISE.subarray(0, 5000), wasm)
    for (let position = 0; position < 200; position++) {
      const copy = Buffer.from(damaged)
      copy[position] = (copy[position] ?? 0) ^ 0x55
      const code = codeOf(() => decompressZstd(copy, 8192, wasm))
      expect([undefined, 'DECOMPRESSION', 'DECOMPRESSED_TOO_LARGE']).toContain(code)
    }
    expect(decompressZstd(bytes, MAX, wasm).equals(large)).toBe(true)
  })

  const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
  /** One raw block of two bytes. */
  const BLOCK = [0x11, 0, 0, 0x68, 0x69]
  const frame = (...header: number[]): Buffer => Buffer.from([...MAGIC, ...header, ...BLOCK])

  it('takes frames with and without a stated size', () => {
    expect(decompress('zstd', frame(0x20, 2), MAX).toString()).toBe('hi')
    expect(decompress('zstd', frame(0x00, 0x58), MAX).toString()).toBe('hi')
  })

  const refused: readonly (readonly [string, string, Buffer])[] = [
    ['a stated size of 2^63', 'DECOMPRESSED_TOO_LARGE', frame(0xe0, 0, 0, 0, 0, 0, 0, 0, 0x80)],
    ['a stated size of 16 MiB + 1', 'DECOMPRESSED_TOO_LARGE', frame(0xa0, 1, 0, 0, 1)],
    ['a stated size that it cannot hold', 'DECOMPRESSION', frame(0x20, 3)],
    ['a window of 2^31', 'DECOMPRESSION', frame(0x00, 21 << 3)],
    ['a window of 2^41', 'DECOMPRESSION', frame(0x00, 0xff)],
    ['a dictionary', 'DECOMPRESSION', frame(0x21, 9, 2)],
    ['a reserved bit', 'DECOMPRESSION', frame(0x28, 2)],
    ['a block of type 3', 'DECOMPRESSION', Buffer.from([...MAGIC, 0x20, 2, 0x17, 0, 0, 1, 2])],
    ['a skippable frame', 'DECOMPRESSION', Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])],
  ]
  it.each(refused)('refuses %s', (_name, code, bytes) => {
    expect(open('zstd', bytes)).toBe(code)
  })

  it('refuses many blocks of one repeated byte before they are written out', () => {
    const block = [
      0x02 | (((128 * 1024) << 3) & 0xff),
      ((128 * 1024) >> 5) & 0xff,
      (128 * 1024) >> 13,
      7,
    ]
    const blocks = Array.from({ length: 200 }, () => block).flat()
    const bytes = Buffer.from([...MAGIC, 0x00, 0x58, ...blocks, 0x01, 0, 0])
    expect(open('zstd', bytes)).toBe('DECOMPRESSED_TOO_LARGE')
  })
})
