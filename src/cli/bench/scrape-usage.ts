// What a broker says of itself at its monitoring address, as the bench needs it.
import type { ServerUsage } from '../../bench/system.ts'

/** @throws Error that names the address, when no broker's metrics are there */
export async function scrapeUsage(monitoringAddress: string): Promise<ServerUsage> {
  const text = await metricsAt(monitoringAddress)
  const value = (name: string): number => {
    const found = new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} ([0-9.e+-]+)$`, 'm').exec(text)
    return found === null ? 0 : Number(found[1])
  }
  const delayMs = (quantile: string): number =>
    value(`varve_event_loop_delay_seconds{quantile="${quantile}"}`) * 1e3
  return {
    cpuSeconds: value('process_cpu_seconds_total'),
    residentBytes: value('process_resident_memory_bytes'),
    writes: value('varve_storage_write_seconds_count'),
    syncs: value('varve_storage_sync_seconds_count'),
    reads: value('varve_storage_blocks_read_total'),
    eventLoopDelayMs: { p50: delayMs('0.5'), p99: delayMs('0.99'), max: delayMs('1') },
  }
}

async function metricsAt(monitoringAddress: string): Promise<string> {
  const none = `no metrics of a broker at ${monitoringAddress}`
  let text: string
  try {
    const answer = await fetch(`http://${monitoringAddress}/metrics`)
    if (!answer.ok) throw new Error(`it answered with status ${answer.status}`)
    text = await answer.text()
  } catch (error) {
    // fetch itself says no more than that it failed.
    const { message, cause } = error as Error
    const reason = cause instanceof Error ? cause.message : message
    throw new Error(`${none} (varve start --metrics-listen): ${reason}`, { cause: error })
  }
  if (!text.includes('\nvarve_')) throw new Error(`${none}: what answers there is something else`)
  return text
}
