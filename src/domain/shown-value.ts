// A wrong value as a message shows it.

const TEXT_SHOWN_MAX = 100

/** What it is, and never much of it: text in quotes, so that '0' is not taken for 0, and of an object only that it is one. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, TEXT_SHOWN_MAX))
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Date) return 'a Date'
  if (value instanceof Map) return 'a Map'
  return value instanceof Uint8Array ? 'bytes' : 'an object'
}
