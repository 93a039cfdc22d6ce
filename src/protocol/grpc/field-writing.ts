// Sizes and bytes of protobuf fields, for the few messages that are encoded by hand. Invariant: the bytes are those of the generic encoding.

/** A number whose varint is that of an unsigned one. */
export function isVarint(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Of a field with a length: tag, length, and so many bytes. */
export function fieldBytes(bytes: number): number {
  return 1 + varintBytes(bytes) + bytes
}

/** Of a varint alone. */
export function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++
  return bytes
}

/** Writes a tag and a varint. @returns the place behind them */
export function writeNumber(out: Buffer, at: number, tag: number, value: number): number {
  let place = at
  out[place++] = tag
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) out[place++] = (rest % 0x80) | 0x80
  out[place++] = rest
  return place
}
