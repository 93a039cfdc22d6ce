// CRC-32C (Castagnoli; reflected polynomial 0x82F63B78), the checksum of record batches, and the CRC-32 of gzip. The
// native package uses the processor's instructions (about 10 GB/s); where it has no build, portable JavaScript gives the
// same values (about 1.5 GB/s), so that a missing addon never keeps varve from starting.
import { createRequire } from 'node:module'

/** @param before the checksum of the bytes before these, to go on from; 0 for none. */
type Checksum = (bytes: Uint8Array, before?: number) => number

interface NativePackage {
  readonly crc32: Checksum
  readonly crc32c: Checksum
}

interface PortablePackage {
  /** Signed result. */
  readonly buf: (bytes: Uint8Array, seed: number) => number
}

const require = createRequire(import.meta.url)
const native = loadNative()
const portable32c = require('crc-32/crc32c.js') as PortablePackage
const portable32 = require('crc-32') as PortablePackage

/** The native CRC-32C; undefined where its package has no build for this platform. */
export const nativeCrc32c: Checksum | undefined = native?.crc32c

/** The portable CRC-32C. */
export const portableCrc32c: Checksum = (bytes, before = 0) => portable32c.buf(bytes, before) >>> 0

/** The CRC-32C of some bytes, 0 to 2^32 - 1. */
export const crc32c: Checksum = nativeCrc32c ?? portableCrc32c

/** The CRC-32 that gzip uses (reflected polynomial 0xEDB88320), 0 to 2^32 - 1. */
export const crc32: Checksum =
  native?.crc32 ?? ((bytes, before = 0) => portable32.buf(bytes, before) >>> 0)

function loadNative(): NativePackage | undefined {
  try {
    return require('@node-rs/crc32') as NativePackage
  } catch {
    return undefined
  }
}
