// What a broker says of itself at its monitoring address, as the bench needs it.
import type { ServerUsage } from '../../bench/system.ts'

/** @throws Error when nobody answers there */
export async function scrapeUsage(monitoringAddress: string): Promise<ServerUsage> {
  const answer = await fetch(`http://${monitoringAddress}/metrics`)
  if (!answer.ok) throw new Error(`${monitoringAddress}/metrics answered ${answer.status}`)
  const text = await answer.text()
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
