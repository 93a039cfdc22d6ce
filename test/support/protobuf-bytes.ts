// Protobuf messages made byte by byte, so that a test can write what no encoder would.
import { leb128 } from './raw-batch.ts'

export const varint = (value: number | bigint): Buffer => leb128(BigInt.asUintN(64, BigInt(value)))

/** A tag with any field number and wire type. */
export const tag = (field: number, wireType: number): Buffer =>
  leb128((BigInt(field) << 3n) | BigInt(wireType))

export const varintField = (field: number, value: number | bigint): Buffer =>
  Buffer.concat([tag(field, 0), varint(value)])

/** A string, bytes or message. */
export const bytesField = (field: number, content: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(content as Uint8Array)
  return Buffer.concat([tag(field, 2), varint(bytes.length), bytes])
}

export const message = (...fields: readonly Uint8Array[]): Buffer => Buffer.concat(fields)
