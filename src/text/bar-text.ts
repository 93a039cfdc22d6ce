// How far long work is, drawn in one line.
import { formatDuration } from './quantities.ts'

const BAR_WIDTH = 24

/** `[#####.....]  41%  2.0 s left  `, or nothing when the total is not known. */
export function barText(done: number, total: number | undefined, elapsedMs: number): string {
  if (total === undefined || total <= 0) return ''
  const share = Math.min(1, Math.max(0, done / total))
  const filled = Math.round(share * BAR_WIDTH)
  const percent = `${Math.floor(share * 100)}%`.padStart(4)
  const left = share > 0 ? `${formatDuration((elapsedMs / share) * (1 - share))} left  ` : ''
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${percent}  ${left}`
}
