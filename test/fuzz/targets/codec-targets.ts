// Compressed bytes from outside: bounded before memory is taken for them, and of two decoders of a format both say the same. An input
// is a byte that says how much may come out, and the compressed bytes.

import * as zlib from 'node:zlib'
import { crc32 as zlibCrc32 } from 'node:zlib'
import type { ErrorCode } from '../../../src/domain/error.ts'
import {
  type CodecName,
  compress,
  decompress,
  decompressedBytesMax,
  loadCodec,
} from '../../../src/record/codec.ts'
import { decompressLz4 } from '../../../src/record/codec-lz4.ts'
import { crc32 } from '../../../src/record/crc32c.ts'
import { lz4BlockCodecs } from '../../../src/record/lz4-block.ts'
import { xxh32 } from '../../../src/record/xxh32.ts'
import type { FuzzRandom } from '../engine/fuzz-random.ts'
import { type FuzzTarget, mustHold, unlessRefused } from '../engine/fuzz-target.ts'

const CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DECOMPRESSION',
  'DECOMPRESSED_TOO_LARGE',
])
const BLOCK_ROOM_BYTES = 4 * 1024 * 1024

const CONTENTS = [
  Buffer.alloc(0),
  Buffer.from('a'),
  Buffer.from(Array.from({ length: 60 }, (_, at) => `${at * 31} and `).join('')),
  Buffer.alloc(3000),
  Buffer.from(Array.from({ length: 300 }, (_, at) => (at * at * 31) % 251)),
]

const boundOf = (bytes: Buffer): number => 2 ** (8 + ((bytes[0] ?? 0) % 12))

function codecTarget(
  name: CodecName,
  more: Pick<FuzzTarget, 'decoders' | 'words'> &
    Partial<Pick<FuzzTarget, 'mend'>> & {
      readonly seeds?: readonly Buffer[]
      readonly agree: (bytes: Buffer, content: Buffer | undefined, bytesMax: number) => void
    },
): FuzzTarget {
  const { agree, seeds = [], ...rest } = more
  return {
    ...rest,
    name,
    prepare: () => loadCodec(name),
    seeds: () => [
      ...CONTENTS.flatMap((content) =>
        // With room for it, and without.
        [8, 0].map((room) => Buffer.concat([Buffer.of(room), compress(name, content)])),
      ),
      ...seeds.map((bytes) => Buffer.concat([Buffer.of(8), bytes])),
    ],
    // What may come out and a copy of it for each of two decoders, and room for one block above.
    allocatedBytesMax: (bytes) =>
      256 * 1024 + 4 * decompressedBytesMax(bytes, 2 ** 19) + 3 * BLOCK_ROOM_BYTES,
    run: (input) => {
      const bytesMax = boundOf(input)
      const bytes = input.subarray(1)
      const content = unlessRefused(CODES, () => decompress(name, bytes, bytesMax))
      mustHold((content?.length ?? 0) <= bytesMax, 'no more comes out than may')
      agree(bytes, content, bytesMax)
    },
  }
}

const gzip = codecTarget('gzip', {
  decoders: ['src/record/codec-gzip.ts', 'src/record/codec-error.ts'],
  words: [
    Buffer.from([0x1f, 0x8b, 8]),
    Buffer.from([0x1f, 0x8b, 8, 0x1e]),
    'name\0',
    Buffer.from([3, 0]),
  ],
  seeds: [gzipWith(0x02), gzipWith(0x04), gzipWith(0x08), gzipWith(0x10), gzipWith(0x1e)],
  mend: (bytes, random) => {
    // The length and checksum of what is in it, as far as that can be had.
    if (bytes.length < 19) return bytes
    const flags = bytes[4] ?? 0
    if ((flags & 0x02) !== 0 && random.oneIn(2)) {
      const end = 1 + headerEnd(bytes.subarray(1))
      if (end + 2 < bytes.length) bytes.writeUInt16LE(crc32(bytes.subarray(1, end)) & 0xffff, end)
    }
    return bytes
  },
  agree: (bytes, content) => {
    if (content === undefined) return
    mustHold(zlib.gunzipSync(bytes).equals(content), 'zlib reads the same out of it')
  },
})

/** A gzip member with optional parts in its header. */
function gzipWith(flags: number): Buffer {
  const plain = zlib.gzipSync(Buffer.from('some content'))
  const header: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3])]
  if ((flags & 0x04) !== 0) header.push(Buffer.from([3, 0, 1, 2, 3]))
  if ((flags & 0x08) !== 0) header.push(Buffer.from('name\0'))
  if ((flags & 0x10) !== 0) header.push(Buffer.from('comment\0'))
  const before = Buffer.concat(header)
  if ((flags & 0x02) === 0) return Buffer.concat([before, plain.subarray(10)])
  const checksum = Buffer.alloc(2)
  checksum.writeUInt16LE(crc32(before) & 0xffff)
  return Buffer.concat([before, checksum, plain.subarray(10)])
}

function headerEnd(bytes: Buffer): number {
  const flags = bytes[3] ?? 0
  let at = 10
  if ((flags & 0x04) !== 0) at += 2 + bytes.readUInt16LE(at)
  for (const flag of [0x08, 0x10]) {
    if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1
  }
  return at
}

const SNAPPY_HEADER = Buffer.from('82534e41505059000000000100000001', 'hex')
/** More blocks than any producer makes. */
const MANY_BLOCKS = 16 * 1024 + 1

const snappy = codecTarget('snappy', {
  decoders: ['src/record/codec-snappy.ts', 'src/record/codec-error.ts'],
  words: [
    Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]),
    Buffer.from([0, 0, 0, 1]),
    Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]),
  ],
  seeds: [
    Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]),
    Buffer.concat([
      Buffer.from([
        0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 1, 0, 0x61,
        0, 0, 0, 3, 1, 0, 0x62,
      ]),
    ]),
    Buffer.from([1, 0, 0x61]),
    compress('snappy', Buffer.alloc(90_000)),
    Buffer.concat([
      SNAPPY_HEADER,
      ...new Array<Buffer>(MANY_BLOCKS).fill(Buffer.from([0, 0, 0, 3, 1, 0, 0x61])),
    ]),
  ],
  agree: (bytes, content) => {
    if (content !== undefined) {
      mustHold(
        decompress('snappy', compress('snappy', content), content.length + 1).equals(content),
        'it comes back',
      )
    }
    mustHold(xxh32(bytes) >= 0, 'a checksum of any bytes is unsigned')
  },
})

const lz4 = codecTarget('lz4', {
  decoders: [
    'src/record/codec-lz4.ts',
    'src/record/lz4-block.ts',
    'src/record/xxh32.ts',
    'src/record/codec-error.ts',
  ],
  words: [
    Buffer.from([0x04, 0x22, 0x4d, 0x18]),
    Buffer.alloc(4),
    Buffer.from([0x1f, 0x61, 1, 0, 0xff, 0xff]),
    Buffer.from([0, 0, 0, 0x80]),
  ],
  seeds: [0x40, 0x44, 0x48, 0x50, 0x5c, 0x60, 0x7c].flatMap((flags) => [
    lz4With(flags, 0),
    lz4With(flags, 1),
  ]),
  mend: mendLz4,
  agree: (bytes, content, bytesMax) => {
    const bound = decompressedBytesMax(bytes.length, bytesMax)
    const portable = unlessRefused(CODES, () => decompressLz4(bytes, bound, 'portable'))
    if (content !== undefined && portable !== undefined) {
      mustHold(portable.equals(content), 'both lz4 decoders say the same')
    }
    for (const codec of lz4BlockCodecs()) {
      const other = unlessRefused(CODES, () => decompressLz4(bytes, bound, codec))
      if (other !== undefined && portable !== undefined) {
        mustHold(portable.equals(other), `${codec.name} and the portable decoder say the same`)
      }
    }
  },
})

/** An LZ4 frame with optional parts: a block that is stored, and with `blocks` one that refers back. */
function lz4With(flags: number, blocks: number): Buffer {
  const parts: Buffer[] = [Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, 0x40])]
  const contents = [{ bytes: Buffer.from('abcd'), stored: true }]
  if (blocks > 0)
    contents.push({ bytes: Buffer.from([0x15, 0x61, 1, 0, 0x50, 1, 2, 3, 4, 5]), stored: false })
  const total = 4 + (blocks > 0 ? 15 : 0)
  if ((flags & 0x08) !== 0) parts.push(littleEndian(total, 8))
  parts.push(Buffer.of(0))
  for (const { bytes, stored } of contents) {
    parts.push(littleEndian(bytes.length + (stored ? 2 ** 31 : 0), 4), bytes)
    if ((flags & 0x10) !== 0) parts.push(littleEndian(xxh32(bytes), 4))
  }
  parts.push(Buffer.alloc(4))
  const all = Buffer.from('abcda' + 'a'.repeat(9) + '\x01\x02\x03\x04\x05', 'latin1').subarray(
    0,
    total,
  )
  if ((flags & 0x04) !== 0) parts.push(littleEndian(xxh32(all), 4))
  return sealLz4(Buffer.concat(parts))
}

function littleEndian(value: number, bytes: 4 | 8): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUInt32LE(value, 0)
  return buffer
}

/** The header's checksum. */
function sealLz4(frame: Buffer): Buffer {
  const at = 6 + ((frame[4] ?? 0) & 0x08 ? 8 : 0)
  if (at < frame.length) frame[at] = (xxh32(frame.subarray(4, at)) >>> 8) & 0xff
  return frame
}

function mendLz4(bytes: Buffer, random: FuzzRandom): Buffer {
  const frame = bytes.subarray(1)
  if (frame.length < 8) return bytes
  sealLz4(frame)
  const flags = frame[4] ?? 0
  let at = 7 + ((flags & 0x08) !== 0 ? 8 : 0)
  // Checksums of blocks, as long as their lengths are right.
  while (at + 4 <= frame.length) {
    const size = frame.readUInt32LE(at) % 2 ** 31
    if (frame.readUInt32LE(at) === 0) break
    at += 4 + size
    if ((flags & 0x10) === 0) continue
    if (at + 4 > frame.length) break
    frame.writeUInt32LE(xxh32(frame.subarray(at - size, at)), at)
    at += 4
  }
  if ((flags & 0x04) !== 0 && at + 8 === frame.length && random.oneIn(2)) {
    // That of the content, when it can be had without it.
    const without = sealLz4(Buffer.concat([frame.subarray(0, at + 4)]))
    without[4] = flags & ~0x04
    sealLz4(without)
    const content = unlessRefused(CODES, () => decompressLz4(without, 2 ** 20, 'portable'))
    if (content !== undefined) frame.writeUInt32LE(xxh32(content), at + 4)
  }
  return bytes
}

const zstd = codecTarget('zstd', {
  decoders: ['src/record/codec-zstd.ts', 'src/record/codec-error.ts'],
  words: [
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
    Buffer.from([1, 0, 0]),
    Buffer.from([0x03, 0x80, 0x00, 0x61]),
  ],
  seeds: [
    // One raw block, one repeated byte, without and with a window, a content size in each width, a checksum, a dictionary of id 0.
    ...[
      '2420' + '01' + '090000' + '61',
      '2400' + '58' + '090000' + '61' + '00000000',
      '2440' + '58' + '0000' + '030000' + '61',
      '2480' + '58' + '01000000' + '090000' + '61',
      '24c0' + '58' + '0100000000000000' + '090000' + '61',
      '2401' + '58' + '00' + '090000' + '61',
      '2402' + '58' + '0000' + '090000' + '61',
    ].map((hex) => Buffer.from(`28b52ffd${hex.slice(2)}`, 'hex')),
  ],
  agree: (_, content) => {
    if (content === undefined) return
    mustHold(crc32(content) === checksumOfZlib(content), 'both CRC-32 are the same')
  },
})

/** zlib has it by itself from Node 20.15 on. */
function checksumOfZlib(bytes: Buffer): number {
  return (zlibCrc32 as typeof zlibCrc32 | undefined)?.(bytes) ?? crc32(bytes)
}

export const CODEC_TARGETS: readonly FuzzTarget[] = [gzip, snappy, lz4, zstd]
