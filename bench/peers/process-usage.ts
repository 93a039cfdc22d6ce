// What processes took from the machine, as Linux tells it in /proc. Invariant: a process that ended while it was asked counts as nothing.
import { readFileSync } from 'node:fs'
import type { ServerUsage } from '../../src/bench/system.ts'

/** Linux gives user space times in units of this, whatever the kernel's own clock does. */
const TICKS_PER_SECOND = 100

/** Of these processes and all that they started; undefined where there is no /proc. */
export function usageOfProcesses(pids: readonly number[]): ServerUsage | undefined {
  if (process.platform !== 'linux') return undefined
  let cpuSeconds = 0
  let residentBytes = 0
  for (const pid of withDescendants(pids)) {
    try {
      const fields = statFields(pid)
      cpuSeconds += (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
      const status = readFileSync(`/proc/${pid}/status`, 'latin1')
      residentBytes += Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
    } catch {
      // It ended meanwhile.
    }
  }
  return { cpuSeconds, residentBytes }
}

/** When a process began, which tells it from a later one of the same number; undefined when it is gone. */
export function beginningOf(pid: number): string | undefined {
  try {
    return statFields(pid)[19]
  } catch {
    return undefined
  }
}

/** These processes and all that they started, children behind their parents. */
export function withDescendants(pids: readonly number[]): readonly number[] {
  const all = [...pids]
  for (let at = 0; at < all.length; at++) {
    const pid = all[at] ?? 0
    try {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
      for (const child of children.split(' ')) if (child !== '') all.push(Number(child))
    } catch {
      // It ended meanwhile, or the kernel does not tell.
    }
  }
  return all
}

/** Behind the name, which may hold anything: 11 and 12 are user and system time, 19 is when it began. */
function statFields(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
