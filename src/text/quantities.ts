// Numbers as people read them.

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** 1234567 as `1,234,567`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US')
}

/** `1 record`, `2 records`. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Bytes as `17 B`, `1.5 KiB`, `107.4 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`
  let value = bytes / 1024
  let unit = 0
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)} ${UNITS[unit] ?? ''}`
}

/** Milliseconds as `0.8 s`, `42.0 s`, `3 min 07 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 99_950) return `${(durationMs / 1000).toFixed(1)} s`
  const seconds = Math.round(durationMs / 1000)
  return `${formatCount(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** Milliseconds as `0.8 s`, `42.0 s`, `3 min 07 s`, `26 h 03 min`, `12 d 4 h`: as exact as anybody needs a long one. */
export function formatSpan(spanMs: number): string {
  if (spanMs < 6_000_000) return formatDuration(spanMs)
  const minutes = Math.round(spanMs / 60_000)
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
  return `${formatCount(Math.floor(hours / 24))} d ${hours % 24} h`
}

/** Seconds to the last millisecond, however many: `0.004 s`, `1,052.320 s`. */
export function formatExactSeconds(spanMs: number): string {
  const digits = { minimumFractionDigits: 3, maximumFractionDigits: 3 }
  return `${(spanMs / 1000).toLocaleString('en-US', digits)} s`
}

/** A moment, in ms since 1970, as ISO 8601; as the number where a calendar has no date for it. */
export function formatMoment(timeMs: number): string {
  const date = new Date(timeMs)
  return Number.isNaN(date.getTime()) ? String(timeMs) : date.toISOString()
}

/** How many a second; 0 when no time has passed. */
export function ratePerSecond(count: number, durationMs: number): number {
  return durationMs > 0 ? (count * 1000) / durationMs : 0
}
