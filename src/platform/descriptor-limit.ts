// How many descriptors this process may have open at a time. Node raises the soft limit to the hard one when it starts, so what is
// read here is what there is. Invariant: nothing here throws; what the system does not tell is undefined.
import { readFileSync } from 'node:fs'

/** Undefined where the system does not tell; Infinity where there is no limit. */
export function descriptorLimit(): number | undefined {
  return limitOfProcess() ?? limitOfReport()
}

/** The soft limit in the text of /proc/self/limits (Linux). */
export function openFilesIn(limits: string): number | undefined {
  const soft = /^Max open files\s+(\d+|unlimited)\s/m.exec(limits)?.[1]
  return limitOf(soft)
}

function limitOfProcess(): number | undefined {
  try {
    return openFilesIn(readFileSync('/proc/self/limits', 'utf8'))
  } catch {
    return undefined
  }
}

/** For other systems: the report takes some milliseconds to make. */
function limitOfReport(): number | undefined {
  const report: unknown = process.report.getReport()
  const { userLimits } = report as { userLimits?: { open_files?: { soft?: unknown } } }
  return limitOf(userLimits?.open_files?.soft)
}

function limitOf(soft: unknown): number | undefined {
  if (soft === 'unlimited') return Infinity
  const limit = Number(soft)
  return Number.isSafeInteger(limit) && limit > 0 ? limit : undefined
}
