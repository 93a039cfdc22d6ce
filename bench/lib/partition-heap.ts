// Heap that an open partition costs at rest: measured in a process of its own, after garbage collection, as the
// difference between the engine and broker open on an empty folder and on the given one.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** @returns bytes of heap and of array buffers a partition, averaged over all partitions of the data directory. */
export function heapPerPartitionBytes(dataDirectory: string): number {
  const script = join(import.meta.dirname, 'partition-heap-child.ts')
  const output = execFileSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', script, dataDirectory],
    { encoding: 'utf8' },
  )
  const { before, after, partitions } = JSON.parse(output) as Record<
    'before' | 'after' | 'partitions',
    number
  >
  return (after - before) / partitions
}
