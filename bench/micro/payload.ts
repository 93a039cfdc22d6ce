// What the cases work on; the same in every run.
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { RecordInput } from '../../src/record/encode-batch.ts'

const SEED = 'micro-benchmarks'
const ACTIONS = ['view', 'click', 'order', 'cancel', 'refund', 'search']
const CITIES = ['Lisbon', 'Osaka', 'Quito', 'Tromso', 'Perth', 'Lagos', 'Boston', 'Graz']

/** Lines of JSON as services log them: compresses about fivefold. */
export function textLikeBytes(length: number): Buffer {
  const random = new SeededRandom(SEED)
  const lines: string[] = []
  let written = 0
  while (written < length) {
    const line = `${JSON.stringify({
      at: 1_760_000_000_000 + written,
      user: `user-${random.integer(50_000)}`,
      action: ACTIONS[random.integer(ACTIONS.length)],
      city: CITIES[random.integer(CITIES.length)],
      amountCents: random.integer(1_000_000),
      ok: random.integer(10) > 0,
    })}\n`
    lines.push(line)
    written += line.length
  }
  return Buffer.from(lines.join('')).subarray(0, length)
}

/** Does not compress. */
export function randomBytes(length: number): Buffer {
  return Buffer.from(new SeededRandom(SEED).bytes(length).buffer)
}

/** As many records of `recordBytes` (key of 12 bytes included) as make about 128 KiB. */
export function someRecords(recordBytes: number): RecordInput[] {
  const text = textLikeBytes(256 * 1024)
  return Array.from({ length: Math.floor((128 * 1024) / recordBytes) }, (_, index) => {
    const start = (index * 997) % (text.length - recordBytes)
    return {
      key: Buffer.from(`key-${String(index).padStart(8, '0')}`),
      value: text.subarray(start, start + recordBytes - 12),
      timestampMs: 1_760_000_000_000 + index,
    }
  })
}
