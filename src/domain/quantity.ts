// Sizes and durations as people write them: `256MiB`, `7d`, or a bare number of bytes or milliseconds. Invariant: what is
// read is a safe integer, and what is written reads back as the same number.

const BYTE_UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const
const TIME_UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** What {@link parseBytes} takes, in words. */
export const BYTE_UNIT_NAMES = 'B, KiB, MiB, GiB, TiB'
/** What {@link parseDurationMs} takes, in words. */
export const TIME_UNIT_NAMES = 'ms, s, m, h, d'

/** Bytes of `1048576`, `1024KiB` or `1MiB`; undefined for anything else. */
export function parseBytes(text: string): number | undefined {
  return parseQuantity(text, BYTE_UNITS)
}

/** Milliseconds of `60000`, `60s` or `1m`; undefined for anything else. */
export function parseDurationMs(text: string): number | undefined {
  return parseQuantity(text, TIME_UNITS)
}

/** `256MiB`: with the largest unit that divides it. */
export function writeBytes(bytes: number): string {
  return writeQuantity(bytes, BYTE_UNITS)
}

/** `7d`: with the largest unit that divides it. */
export function writeDurationMs(durationMs: number): string {
  return writeQuantity(durationMs, TIME_UNITS)
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d{1,16}) ?([A-Za-z]{0,3})$/.exec(text)
  const [, digits = '', unit = ''] = match ?? []
  const factor = unit === '' ? 1 : Object.hasOwn(units, unit) ? units[unit] : undefined
  if (match === null || factor === undefined) return undefined
  const value = Number(digits) * factor
  return Number.isSafeInteger(value) ? value : undefined
}

function writeQuantity(value: number, units: Readonly<Record<string, number>>): string {
  let [name, size] = ['', 0]
  for (const [unit, factor] of Object.entries(units)) {
    if (factor > size && value % factor === 0) [name, size] = [unit, factor]
  }
  return value === 0 || size === 0
    ? `${value}${Object.keys(units)[0] ?? ''}`
    : `${value / size}${name}`
}
