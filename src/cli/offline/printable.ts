// Bytes of records as text on one line: what is UTF-8 appears as it is, all else and what would play tricks on a terminal as escapes.
import { isUtf8 } from 'node:buffer'

/** Bytes that are shown of a key or value, unless all are asked for. */
export const SHOWN_BYTES_MAX = 256

/** @param bytesMax what lies behind it is only counted. */
export function printable(bytes: Buffer, bytesMax = Infinity): string {
  const shown = bytes.length > bytesMax ? bytes.subarray(0, bytesMax) : bytes
  const rest = bytes.length - shown.length
  const text = isUtf8(shown) ? escapeText(shown.toString('utf8')) : escapeBytes(shown)
  return rest === 0 ? `"${text}"` : `"${text}"... (${rest} bytes more)`
}

function escapeText(text: string): string {
  return text.replace(
    /[\u0000-\u001f"\\\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => {
      const code = character.charCodeAt(0)
      const short = SHORT.get(character)
      if (short !== undefined) return short
      return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`
    },
  )
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escapeBytes(bytes: Buffer): string {
  let text = ''
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
    text += isPlain ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`
  }
  return text
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

/** Milliseconds as a date, where they are one. */
export function momentText(timestampMs: number): string {
  const isDate = timestampMs >= 0 && timestampMs <= 8.64e15
  return isDate ? new Date(timestampMs).toISOString() : 'none'
}
