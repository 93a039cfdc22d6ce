// Figures of the bench as people read them. Invariant: a figure that does not exist is a dash, never a zero.
import { formatCount } from '../../text/quantities.ts'
import type { Verdict } from '../figures.ts'

/** In place of a figure that nobody has. */
export const NO_FIGURE = '-'

/** At least three significant digits: `0.412`, `4.12`, `41.2`, `4,120`. Units are said elsewhere. */
export function digitsText(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return NO_FIGURE
  const size = Math.abs(value)
  if (size >= 99.95) return formatCount(value)
  if (size >= 9.995) return value.toFixed(1)
  if (size >= 0.9995) return value.toFixed(2)
  return size === 0 ? '0' : value.toFixed(3)
}

/** A whole number, or a dash. */
export function countText(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? NO_FIGURE : formatCount(value)
}

/** Bytes a second as a number of MB (10^6 bytes) a second. */
export function megabytesText(bytesPerSecond: number | undefined): string {
  return digitsText(bytesPerSecond === undefined ? undefined : bytesPerSecond / 1e6)
}

/** 0.714 as `71 %`, 0.0042 as `0.4 %`. */
export function percentText(part: number | undefined): string {
  if (part === undefined || !Number.isFinite(part)) return NO_FIGURE
  const percent = part * 100
  return `${Math.abs(percent) >= 9.95 || percent === 0 ? formatCount(percent) : percent.toFixed(1)} %`
}

/** Bytes in the unit that fits a size that was chosen: `100 B`, `1 KiB`, `128 KiB`, `256 MiB`. */
export function sizeText(bytes: number): string {
  for (const [unit, size] of [
    ['GiB', 2 ** 30],
    ['MiB', 2 ** 20],
    ['KiB', 2 ** 10],
  ] as const) {
    if (bytes >= size && (bytes / size) % 0.5 === 0) return `${formatCount10(bytes / size)} ${unit}`
  }
  return `${formatCount(bytes)} B`
}

function formatCount10(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(1)
}

/** What the check said, in one sentence without a full stop. */
export function verdictText(verdict: Verdict): string {
  if (!verdict.checked) return 'not checked'
  const unknown =
    verdict.unknown === 0 ? '' : `; ${formatCount(verdict.unknown)} more had an unknown outcome`
  if (verdict.valid) {
    const records = formatCount(verdict.readBack)
    return `nothing lost, doubled, reordered or altered in ${records} records${unknown}`
  }
  const wrong = [
    ...(['lost', 'doubled', 'reordered', 'altered', 'unexpected', 'misplaced'] as const),
  ].filter((kind) => verdict[kind] > 0)
  if (wrong.length === 0) return 'the check failed'
  const counts = wrong.map((kind) => `${formatCount(verdict[kind])} ${kind}`).join(', ')
  return `${counts} of ${formatCount(verdict.acknowledged)} acknowledged records${unknown}`
}
