// How far a replay is, in words: one line that is made anew again and again.
import type { ReplayProgress, ReplayStatus } from '../../client/index.ts'
import type { Clock } from '../../platform/clock.ts'
import {
  formatCount,
  formatCounted,
  formatMoment,
  formatSpan,
  ratePerSecond,
} from '../../text/quantities.ts'
import type { CommandIo } from '../command-io.ts'
import type { DisplayMode } from './replay-display.ts'

const STATUS_TEXTS: Readonly<Record<ReplayStatus, string>> = {
  connecting: 'connecting',
  playing: 'playing',
  paused: 'paused',
  'waiting-for-client': 'waiting for the output',
  'waiting-for-records': 'waiting for records',
  finished: 'finished',
}
/** Less is the ordinary way of things. */
const LAG_SHOWN_MS = 100

/** `playing  2026-07-01T12:00:00.000Z  10x  1,234 records  363/s  41%  3.0 s left  0.4 s late  1.2 s delayed`. */
export function progressText(
  progress: ReplayProgress,
  pace: string,
  recordsPerSecond: number,
): string {
  const { status, playheadMs, records, dropped, share, remainingMs, lagMs, delayedMs } = progress
  const parts = [
    STATUS_TEXTS[status],
    // Records without a timestamp are played at -1.
    playheadMs === undefined || playheadMs < 0 ? '-' : formatMoment(playheadMs),
    pace,
    formatCounted(records, 'record'),
    `${formatCount(recordsPerSecond)}/s`,
    share === undefined ? '' : `${Math.floor(share * 100)}%`,
    remainingMs === undefined ? '' : `${formatSpan(remainingMs)} left`,
    lagMs < LAG_SHOWN_MS ? '' : `${formatSpan(lagMs)} late`,
    delayedMs < LAG_SHOWN_MS ? '' : `${formatSpan(delayedMs)} delayed`,
    dropped === 0 ? '' : `${formatCount(dropped)} dropped`,
  ]
  return parts.filter((part) => part !== '').join('  ')
}

interface Sample {
  readonly atMs: number
  readonly records: number
}

const WINDOW_MS = 3_000
const SAMPLE_MS = 100

/** So many records a second, of late. */
export class RecentRate {
  readonly #clock: Clock
  readonly #samples: Sample[]

  constructor(clock: Clock) {
    this.#clock = clock
    this.#samples = [{ atMs: clock.monotonicMs(), records: 0 }]
  }

  /** Over the last few seconds. @param records so many in all by now */
  perSecond(records: number): number {
    const atMs = this.#clock.monotonicMs()
    const last = this.#samples.at(-1)
    if (last === undefined || atMs - last.atMs >= SAMPLE_MS) this.#add({ atMs, records })
    const first = this.#samples[0]
    return first === undefined ? 0 : ratePerSecond(records - first.records, atMs - first.atMs)
  }

  #add(sample: Sample): void {
    const beginMs = sample.atMs - WINDOW_MS
    this.#samples.push(sample)
    // The last one before the window is where it begins.
    while ((this.#samples[1]?.atMs ?? sample.atMs) <= beginMs) this.#samples.shift()
  }
}

/** Where standard error is a terminal a line is drawn over; elsewhere there is one now and then. */
export function displayMode(
  io: CommandIo,
  options: {
    readonly json: boolean
    readonly isQuiet: boolean
    /** Of the records. */
    readonly format: string | undefined
  },
): DisplayMode {
  if (options.isQuiet) return 'none'
  if (!io.messagesOnTerminal || options.json) return 'lines'
  // A record that ends no line would be drawn over.
  const { format = 'value' } = options
  const endsLines = !format.includes('%') || format.endsWith('\\n')
  return io.outputOnTerminal && !endsLines ? 'none' : 'redrawn'
}
