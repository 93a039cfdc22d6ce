// The form of our own small files: text that says what it is, with a checksum.
//
//   varve <kind> <version>\n
//   <body>                        any text
//   crc <8 hex digits>\n          CRC-32C of all bytes before this line
//
// Damage is told apart from a version of the future, and neither is ever taken for an absent file (invariant R3).
import { crc32c } from '../../record/crc32c.ts'

export type CheckedText =
  | { readonly kind: 'good'; readonly body: string }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'damaged'; readonly reason: string }

const CRC_LINE_BYTES = 'crc 00000000\n'.length

/** The file's bytes. A body should end with a line feed, so that the checksum stands on a line of its own. */
export function encodeCheckedText(kind: string, version: number, body: string): Buffer {
  const text = Buffer.from(`varve ${kind} ${version}\n${body}`, 'utf8')
  return Buffer.concat([text, Buffer.from(crcLine(text), 'latin1')])
}

/** Reads what {@link encodeCheckedText} wrote; the checksum is looked at before the version, so a flipped bit is damage. */
export function decodeCheckedText(bytes: Buffer, kind: string, version: number): CheckedText {
  if (bytes.length < CRC_LINE_BYTES) return damaged('it is too short')
  const text = bytes.subarray(0, bytes.length - CRC_LINE_BYTES)
  if (bytes.toString('latin1', text.length) !== crcLine(text)) {
    return damaged('its checksum is wrong')
  }
  const lineEnd = text.indexOf(0x0a)
  const header = /^varve ([a-z-]+) (\d{1,9})$/.exec(
    text.toString('latin1', 0, Math.max(0, lineEnd)),
  )
  if (header?.[1] !== kind) return damaged('it does not begin as it should')
  const found = Number(header[2])
  if (found !== version) return { kind: 'version', version: found }
  return { kind: 'good', body: text.toString('utf8', lineEnd + 1) }
}

function damaged(reason: string): CheckedText {
  return { kind: 'damaged', reason }
}

function crcLine(text: Uint8Array): string {
  return `crc ${crc32c(text).toString(16).padStart(8, '0')}\n`
}
