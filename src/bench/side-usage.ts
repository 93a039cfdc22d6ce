// What the bench's own process and the measured server took between two moments.

import { type HeapProfiler, Session } from 'node:inspector'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { SideFigures } from './figures.ts'
import type { BenchSystem, ServerUsage } from './system.ts'

const DELAY_RESOLUTION_MS = 10
const HEAP_SAMPLE_BYTES = 256 * 1024

/** From its making to `end`. */
export class SideUsage {
  readonly #system: BenchSystem
  readonly #before: ServerUsage | undefined
  readonly #cpuBefore: NodeJS.CpuUsage
  readonly #delay: IntervalHistogram
  readonly #heap: HeapSampler

  private constructor(system: BenchSystem, before: ServerUsage | undefined, heap: HeapSampler) {
    this.#system = system
    this.#before = before
    this.#heap = heap
    this.#delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS })
    this.#delay.enable()
    this.#cpuBefore = process.cpuUsage()
  }

  static async begin(system: BenchSystem): Promise<SideUsage> {
    const before = await system.usage()
    return new SideUsage(system, before, new HeapSampler())
  }

  /** Ends the sampling, whatever came of it. Safe to call twice. */
  release(): void {
    this.#delay.disable()
    this.#heap.end()
  }

  async end(measured: { records: number; bytes: number }): Promise<{
    client: SideFigures
    server?: SideFigures
  }> {
    const { user, system } = process.cpuUsage(this.#cpuBefore)
    this.#delay.disable()
    const heapBytes = this.#heap.end()
    const after = await this.#system.usage()
    const client: SideFigures = {
      ...perWork((user + system) / 1e6, measured),
      residentBytes: process.memoryUsage.rss(),
      ...(measured.records > 0 ? { heapBytesPerRecord: heapBytes / measured.records } : {}),
      ...(this.#delay.count > 0 ? { eventLoopDelayMs: delayOf(this.#delay) } : {}),
    }
    const before = this.#before
    if (after === undefined || before === undefined) return { client }
    const server: SideFigures = {
      ...perWork(after.cpuSeconds - before.cpuSeconds, measured),
      residentBytes: after.residentBytes,
      ...(after.eventLoopDelayMs ? { eventLoopDelayMs: after.eventLoopDelayMs } : {}),
      ...difference('writes', before, after),
      ...difference('syncs', before, after),
      ...difference('reads', before, after),
    }
    return { client, server }
  }
}

function difference<Name extends 'writes' | 'syncs' | 'reads'>(
  name: Name,
  before: ServerUsage,
  after: ServerUsage,
): Partial<Record<Name, number>> {
  const [from, to] = [before[name], after[name]]
  if (from === undefined || to === undefined) return {}
  return { [name]: to - from } as Partial<Record<Name, number>>
}

function perWork(
  cpuSeconds: number,
  { records, bytes }: { records: number; bytes: number },
): Pick<SideFigures, 'cpuSeconds' | 'cpuSecondsPerMillionRecords' | 'cpuSecondsPerGigabyte'> {
  return {
    cpuSeconds,
    cpuSecondsPerMillionRecords: records > 0 ? (cpuSeconds / records) * 1e6 : 0,
    cpuSecondsPerGigabyte: bytes > 0 ? (cpuSeconds / bytes) * 1e9 : 0,
  }
}

function delayOf(delay: IntervalHistogram): { p50: number; p99: number; max: number } {
  // What the sampling itself takes as its interval is no delay.
  const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - DELAY_RESOLUTION_MS)
  return { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) }
}

/** Bytes that this process allocates on JavaScript's heap, by V8's sampling profiler, what was collected since included. */
class HeapSampler {
  readonly #session = new Session()
  #bytes: number | undefined

  constructor() {
    this.#session.connect()
    this.#session.post('HeapProfiler.startSampling', {
      samplingInterval: HEAP_SAMPLE_BYTES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    } as object)
  }

  end(): number {
    if (this.#bytes !== undefined) return this.#bytes
    let bytes = 0
    this.#session.post('HeapProfiler.stopSampling', (error, answer) => {
      if (error === null) bytes = allocatedIn(answer.profile.head)
    })
    this.#session.disconnect()
    this.#bytes = bytes
    return bytes
  }
}

function allocatedIn(node: HeapProfiler.SamplingHeapProfileNode): number {
  return node.children.reduce((sum, child) => sum + allocatedIn(child), node.selfSize)
}
