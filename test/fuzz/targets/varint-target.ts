// Variable-length integers against a second reading of them with big integers.
import { isVarveError } from '../../../src/domain/error.ts'
import {
  VarintReader,
  varintBytes,
  varlongBytes,
  writeVarint,
  writeVarlong,
} from '../../../src/record/varint.ts'
import { zigzag } from '../../support/raw-batch.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'

const scratch = Buffer.alloc(16)

export const varint: FuzzTarget = {
  name: 'varint',
  decoders: ['src/record/varint.ts'],
  seeds: () =>
    [
      0,
      -1,
      63,
      64,
      -65,
      8191,
      8192,
      2 ** 20,
      2 ** 27,
      2 ** 31 - 1,
      -(2 ** 31),
      2n ** 53n,
      -(2n ** 63n),
      2n ** 63n - 1n,
    ].map((value) => zigzag(value)),
  bytesMax: 24,
  allocatedBytesMax: () => 1024,
  run: (bytes) => {
    for (const bits of [32, 64] as const) checkOne(bytes, bits)
  },
}

function checkOne(bytes: Buffer, bits: 32 | 64): void {
  const reader = new VarintReader(bytes, 0, bytes.length)
  const expected = reference(bytes, bits)
  let value: number | undefined
  try {
    value = bits === 32 ? reader.varint() : reader.varlong()
  } catch (error) {
    if (!isVarveError(error, 'VARINT')) throw error
    mustHold(reader.position === 0, 'a refused integer is not passed')
  }
  mustHold((value === undefined) === (expected === undefined), 'both readings refuse the same')
  if (value === undefined || expected === undefined) return
  mustHold(reader.position === expected.bytes, 'both readings end at the same byte')
  if (!Number.isSafeInteger(value)) {
    mustHold(
      !Number.isSafeInteger(Number(expected.value)) || bits === 64,
      'only what is large is rounded',
    )
    return
  }
  mustHold(BigInt(value) === expected.value, 'both readings agree')
  const [write, count] = bits === 32 ? [writeVarint, varintBytes] : [writeVarlong, varlongBytes]
  const end = write(scratch, 0, value)
  mustHold(end === count(value) && end === expected.bytes, 'an integer has one length')
  mustHold(scratch.subarray(0, end).equals(bytes.subarray(0, end)), 'an integer has one form')
}

function reference(bytes: Buffer, bits: 32 | 64): { value: bigint; bytes: number } | undefined {
  let value = 0n
  for (let at = 0; at < (bits === 32 ? 5 : 10); at++) {
    const byte = bytes[at]
    if (byte === undefined) return undefined
    value |= BigInt(byte & 0x7f) << BigInt(7 * at)
    if (byte >= 0x80) continue
    if (byte === 0 && at > 0) return undefined
    if (value >= 1n << BigInt(bits)) return undefined
    return { value: (value >> 1n) ^ -(value & 1n), bytes: at + 1 }
  }
  return undefined
}
