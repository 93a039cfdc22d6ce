// Lets Buffers die in a small heap, and says how often V8 looked for garbage in all of it before and after the headroom was set.
import { constants, PerformanceObserver } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { setHeapHeadroom } from '../../../src/platform/heap-headroom.ts'

const BUFFER_BYTES = 64 * 1024
const BUFFERS = 20_000

const kept: unknown[] = []
let collections = 0
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { detail } = entry as unknown as { detail: { kind: number } }
    if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections++
  }
})
observer.observe({ entryTypes: ['gc'] })

async function collectionsOf(buffers: number): Promise<number> {
  const before = collections
  for (let index = 0; index < buffers; index++) {
    // Small objects beside them, as messages have: they make V8 look at its young objects now and then.
    for (let item = 0; item < 40; item++) kept[(index * 40 + item) % 100_000] = { index }
    kept[index % 64] = Buffer.allocUnsafeSlow(BUFFER_BYTES)
    if (index % 50 === 0) await turn()
  }
  await turn()
  return collections - before
}

const without = await collectionsOf(BUFFERS)
setHeapHeadroom()
// V8 goes by it from its next full collection on.
await collectionsOf(BUFFERS / 4)
const withHeadroom = await collectionsOf(BUFFERS)
console.log(JSON.stringify({ without, withHeadroom }))
