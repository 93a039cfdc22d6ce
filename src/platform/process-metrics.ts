// What the process and its event loop take, told to the metrics at each scrape. Invariant: nothing here throws; what the system does
// not tell is left out, as when there is no descriptor left to ask it with.
import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Cancel } from './clock.ts'
import type { Metrics, Report } from './metrics.ts'

/** How often the delay of the event loop is sampled. */
const DELAY_RESOLUTION_MS = 20

/** Reports from now on. @returns what ends it: without that the sampling of the event loop goes on. */
export function reportProcess(metrics: Metrics, version: string): Cancel {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS })
  delay.enable()
  const stop = metrics.onScrape((report) => {
    report('varve_build_info', 1, { version, node: process.version })
    // What the sampling itself takes as its interval is no delay.
    const seconds = (nanoseconds: number): number =>
      Math.max(0, nanoseconds / 1e9 - DELAY_RESOLUTION_MS / 1e3)
    if (delay.count > 0) {
      const name = 'varve_event_loop_delay_seconds'
      report(name, seconds(delay.percentile(50)), { quantile: '0.5' })
      report(name, seconds(delay.percentile(99)), { quantile: '0.99' })
      report(name, seconds(delay.max), { quantile: '1' })
    }
    delay.reset()
    const { active } = performance.eventLoopUtilization()
    report('varve_event_loop_active_seconds_total', active / 1e3)
    reportUsage(report)
  })
  return () => {
    stop()
    delay.disable()
  }
}

function reportUsage(report: Report): void {
  const { user, system } = process.cpuUsage()
  report('process_cpu_seconds_total', (user + system) / 1e6)
  const resident = residentBytes()
  if (resident !== undefined) report('process_resident_memory_bytes', resident)
  const { used_heap_size: heapUsed, external_memory: external } = getHeapStatistics()
  report('varve_heap_used_bytes', heapUsed)
  report('varve_external_memory_bytes', external)
  report('process_start_time_seconds', performance.timeOrigin / 1e3)
  const descriptors = openDescriptors()
  if (descriptors !== undefined) report('process_open_fds', descriptors)
}

/** Undefined when the system does not tell: Node reads a file for it. */
function residentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss()
  } catch {
    return undefined
  }
}

/** On Linux; undefined where the system does not tell. */
function openDescriptors(): number | undefined {
  try {
    // One of them is that of the folder itself.
    return readdirSync('/proc/self/fd').length - 1
  } catch {
    return undefined
  }
}
