// How much garbage this process lets come together before V8 looks for it in the whole heap. By itself V8 goes by the size of the
// heap, which is small here, and counts Buffers against it: while records flow there is a full collection (some 10 ms on the thread
// that does everything) for every 3 to 10 MB of them, although they die young. Invariant: the headroom is a number of bytes; a heap
// that has grown large is collected as V8 thinks best. For programs of varve alone: it is a setting of the whole process.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import type { Cancel, Clock } from './clock.ts'

const MIB = 1024 * 1024

/** What may be garbage beside what is in use. */
const HEADROOM_BYTES = 256 * MIB
/** By how much a heap may grow between two full collections, however small it is. */
const GROWTH_PERCENT_MAX = 1_500
/** Below it V8's own rule serves: it lets a heap grow by this much and more. */
const GROWTH_PERCENT_MIN = 100
const INTERVAL_MS = 10_000

/** Sets the headroom for the heap as it is now. V8 goes by it from its next full collection on. */
export function setHeapHeadroom(): void {
  // 0 is V8's own rule.
  setFlagsFromString(
    `--heap-growing-percent=${growthPercentOf(getHeapStatistics().used_heap_size)}`,
  )
}

/** Sets it now and again as the heap grows and shrinks. @returns what ends that */
export function keepHeapHeadroom(clock: Clock): Cancel {
  setHeapHeadroom()
  let stopTimer = clock.after(INTERVAL_MS, function again() {
    setHeapHeadroom()
    stopTimer = clock.after(INTERVAL_MS, again)
  })
  return () => {
    stopTimer()
  }
}

/** By how many percent a heap of this size may grow; 0 where V8 decides. */
export function growthPercentOf(heapBytes: number): number {
  const percent = Math.round((HEADROOM_BYTES / heapBytes) * 100)
  return percent < GROWTH_PERCENT_MIN ? 0 : Math.min(percent, GROWTH_PERCENT_MAX)
}
