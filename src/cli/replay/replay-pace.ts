// How fast a replay plays: values of `--speed` and `--rate`, the pace in words, and what a key makes of it.
import type { ReplayPaceOptions } from '../../client/index.ts'
import { formatBytes } from '../../text/quantities.ts'
import { UsageError } from '../exit-code.ts'
import { quoted } from '../option-values.ts'

/** A pace as it is now. `gapMaxMs` says nothing but with a speed in numbers. */
export type Pace = { readonly speed: number | 'max' } | { readonly rate: Rate }
type Rate = NonNullable<ReplayPaceOptions['rate']>

const SPEED_MIN = 0.1
const SPEED_MAX = 1_000
const RECORDS_MIN = 0.001
const RECORDS_MAX = 1e7
const BYTES_MIN = 1
const BYTES_MAX = 1e12

const BYTE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
}

/** `10x`, `0.5x`, `10`, or `max`. @throws UsageError */
export function parseSpeed(text: string): number | 'max' {
  if (text === 'max') return text
  const [, digits] = /^(\d{1,6}(?:\.\d{1,6})?)x?$/.exec(text) ?? []
  const speed = Number(digits)
  if (speed >= SPEED_MIN && speed <= SPEED_MAX) return speed
  throw new UsageError(
    `--speed must be max, or from ${SPEED_MIN}x to ${SPEED_MAX}x, such as 10x or 0.5x, not ${quoted(text)}`,
  )
}

/** `1000/s` records, or `10MB/s` bytes of records. @throws UsageError */
export function parseRate(text: string): Rate {
  const [, digits, unit = ''] = /^(\d{1,16}(?:\.\d{1,6})?) ?([A-Za-z]*)(?:\/s)?$/.exec(text) ?? []
  if (digits !== undefined && (unit === '' || /^records?$/.test(unit))) {
    const recordsPerSecond = Number(digits)
    if (recordsPerSecond >= RECORDS_MIN && recordsPerSecond <= RECORDS_MAX) {
      return { recordsPerSecond }
    }
    throw new UsageError(
      `--rate must be from ${RECORDS_MIN} to ${RECORDS_MAX} records a second, not ${quoted(text)}`,
    )
  }
  const factor = Object.hasOwn(BYTE_UNITS, unit) ? BYTE_UNITS[unit] : undefined
  if (digits === undefined || factor === undefined) {
    throw new UsageError(
      `--rate must be records or bytes a second, such as 1000/s or 10MB/s (${Object.keys(BYTE_UNITS).join(', ')}), not ${quoted(text)}`,
    )
  }
  const bytesPerSecond = Number(digits) * factor
  if (bytesPerSecond >= BYTES_MIN && bytesPerSecond <= BYTES_MAX) return { bytesPerSecond }
  throw new UsageError(
    `--rate must be from ${BYTES_MIN} to ${BYTES_MAX} bytes a second, not ${quoted(text)}`,
  )
}

/** `10x`, `max`, `1,000 records/s`, `9.5 MiB/s`. */
export function paceText(pace: Pace): string {
  if ('speed' in pace) return pace.speed === 'max' ? 'max' : `${number(pace.speed)}x`
  const { rate } = pace
  return 'recordsPerSecond' in rate
    ? `${number(rate.recordsPerSecond)} records/s`
    : `${formatBytes(rate.bytesPerSecond)}/s`
}

/** The pace times a factor, within what there is. As fast as possible stays that. */
export function scaledPace(pace: Pace, factor: number): Pace {
  if ('speed' in pace) {
    if (pace.speed === 'max') return pace
    return { speed: within(pace.speed * factor, SPEED_MIN, SPEED_MAX) }
  }
  const { rate } = pace
  return {
    rate:
      'recordsPerSecond' in rate
        ? { recordsPerSecond: within(rate.recordsPerSecond * factor, RECORDS_MIN, RECORDS_MAX) }
        : { bytesPerSecond: within(rate.bytesPerSecond * factor, BYTES_MIN, BYTES_MAX) },
  }
}

function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 })
}
