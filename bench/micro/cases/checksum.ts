// CRC-32C over a batch of 128 KiB and over a short one, native and portable.
import { nativeCrc32c, portableCrc32c } from '../../../src/record/crc32c.ts'
import type { MicroCase, MicroGroup } from '../case.ts'
import { randomBytes } from '../payload.ts'

export function checksumCases(): MicroGroup {
  const cases: MicroCase[] = []
  for (const [sizeName, bytes] of [
    ['128 KiB', randomBytes(128 * 1024)],
    ['1 KiB', randomBytes(1024)],
  ] as const) {
    const units = bytes.length
    for (const [kind, checksum] of [
      ['native', nativeCrc32c],
      ['portable', portableCrc32c],
    ] as const) {
      if (checksum === undefined) continue
      const name = `crc32c ${kind} ${sizeName}`
      cases.push({ name, ceiling: 'copy', units, run: () => checksum(bytes) })
    }
  }
  return { cases }
}
