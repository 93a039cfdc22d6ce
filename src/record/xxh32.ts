// XXH32 with seed 0, the checksum of LZ4 frames (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).

const PRIME_1 = 0x9e3779b1 | 0
const PRIME_2 = 0x85ebca77 | 0
const PRIME_3 = 0xc2b2ae3d | 0
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1
const STRIPE_BYTES = 16

/** The XXH32 of some bytes, 0 to 2^32 - 1. */
export function xxh32(bytes: Buffer): number {
  const { length } = bytes
  let position = 0
  let hash: number
  if (length >= STRIPE_BYTES) {
    let lane1 = (PRIME_1 + PRIME_2) | 0
    let lane2 = PRIME_2
    let lane3 = 0
    let lane4 = -PRIME_1 | 0
    for (; position + STRIPE_BYTES <= length; position += STRIPE_BYTES) {
      lane1 = round(lane1, bytes.readInt32LE(position))
      lane2 = round(lane2, bytes.readInt32LE(position + 4))
      lane3 = round(lane3, bytes.readInt32LE(position + 8))
      lane4 = round(lane4, bytes.readInt32LE(position + 12))
    }
    hash = rotate(lane1, 1) + rotate(lane2, 7) + rotate(lane3, 12) + rotate(lane4, 18)
  } else {
    hash = PRIME_5
  }
  hash = (hash + length) | 0
  for (; position + 4 <= length; position += 4) {
    hash = (hash + Math.imul(bytes.readInt32LE(position), PRIME_3)) | 0
    hash = Math.imul(rotate(hash, 17), PRIME_4)
  }
  for (; position < length; position++) {
    hash = (hash + Math.imul(bytes.readUInt8(position), PRIME_5)) | 0
    hash = Math.imul(rotate(hash, 11), PRIME_1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

function round(lane: number, word: number): number {
  return Math.imul(rotate((lane + Math.imul(word, PRIME_2)) | 0, 13), PRIME_1)
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}
