// Measures cases against the ceilings of this machine, in this process. A ceiling is measured right before and right after each
// case, so that both see the same neighbours, clock rate and caches; what counts is their ratio. It is made of quick runs (the tenth
// part of them is quicker): neighbours only ever slow a run down, and how many of them they slow is theirs alone.
import { openSync, read } from 'node:fs'
import { promisify } from 'node:util'
import { getHeapStatistics } from 'node:v8'
import { do_not_optimize, measure } from 'mitata'
import type { CeilingName, Measured, MicroCase } from './case.ts'

const CASE_NS = 60e6
const CEILING_NS = 15e6
const SAMPLES_MIN = 8
/** Runs below it are timed several at once: reading the clock costs some 50 ns. */
const SINGLE_RUN_NS = 1_000
const RUNS_AT_ONCE = 256
const QUICK_SHARE = 0.1

const COPY_BYTES = 128 * 1024
const LOOP_STEPS = 1_000
/** One unit of the loop: what a short function over a handful of bytes costs. */
const STEPS_PER_UNIT = 10

/**
 * Both of the copy, so that it is the same one in every process: on some processors a copy takes fifteen times as long when the target lies
 * 1 to 31 bytes above the source in their pages of 4 KiB (`rep movsb`).
 */
const copyMemory = Buffer.alloc(2 * COPY_BYTES + 64, 'copied')
const copySource = copyMemory.subarray(0, COPY_BYTES)
const copyTarget = copyMemory.subarray(COPY_BYTES + 64)
const loopWords = Uint32Array.from({ length: LOOP_STEPS }, (_, index) => index * 2_654_435_761)

/** Any file that is there will do; it is in the page cache. */
const readFile = openSync(process.execPath, 'r')
const readAsync = promisify(read)
const readTarget = Buffer.alloc(4 * 1024)

const CEILINGS: Readonly<Record<CeilingName, MicroCase>> = {
  copy: {
    name: 'memory copy of 128 KiB',
    ceiling: 'copy',
    units: COPY_BYTES,
    run: () => copySource.copy(copyTarget),
  },
  loop: {
    name: 'loop of plain JavaScript',
    ceiling: 'loop',
    units: LOOP_STEPS / STEPS_PER_UNIT,
    run: () => {
      let hash = 0x811c9dc5
      for (const word of loopWords) hash = Math.imul(hash ^ word ^ (hash >>> 15), 0x01000193)
      return hash
    },
  },
  read: {
    name: 'read of 4 KiB from the page cache',
    ceiling: 'read',
    units: 1,
    run: () => readAsync(readFile, readTarget, 0, readTarget.length, 0),
  },
}

/** Each case once, in their order. */
export async function measureCases(cases: readonly MicroCase[]): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const one of cases) {
    const ceiling = CEILINGS[one.ceiling]
    const before = await time(ceiling, CEILING_NS)
    const { quickNs, medianNs, allocatedBytes } = await time(one, CASE_NS)
    const after = await time(ceiling, CEILING_NS)
    const ceilingNs = Math.min(before.quickNs, after.quickNs)
    const { name, ceiling: ceilingName, units } = one
    measured.push({
      ...{ name, ceiling: ceilingName, units, quickNs, medianNs, ceilingNs, allocatedBytes },
    })
  }
  return measured
}

function collect(): void {
  globalThis.gc?.()
}

interface Timed {
  readonly quickNs: number
  readonly medianNs: number
  readonly allocatedBytes: number | undefined
}

async function time({ units, run }: MicroCase, nanoseconds: number): Promise<Timed> {
  const once = (): unknown => {
    const result = run()
    do_not_optimize(result)
    return result
  }
  const { samples, p50, heap } = await measure(once, {
    min_cpu_time: nanoseconds,
    min_samples: SAMPLES_MIN,
    batch_threshold: SINGLE_RUN_NS,
    batch_samples: RUNS_AT_ONCE,
    // Collected before the case, so that one does not pay for the rubbish of another; the runtime must have been started so.
    gc: collect,
    heap: heldBytes,
  })
  // Samples come sorted.
  const quick = samples[Math.floor(QUICK_SHARE * (samples.length - 1))] ?? p50
  const allocatedBytes = heap !== undefined && heap.total > 0 ? heap.avg : undefined
  return { quickNs: quick / units, medianNs: p50 / units, allocatedBytes }
}

function heldBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}
