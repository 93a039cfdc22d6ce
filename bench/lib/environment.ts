// What the figures were measured on; printed at the head of every bench.
import { execFileSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'

export function environmentLine(): string {
  const cpu = cpus()[0]?.model ?? 'unknown processor'
  const gib = Math.round(totalmem() / 2 ** 30)
  return `Node ${process.version}, ${process.platform} ${release()}, ${cpus().length} x ${cpu}, ${gib} GiB, commit ${commit()}`
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

/** The middle of the values (the lower of two middles). */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new RangeError('no values')
  return middle
}
