// Which partition of a replay gives the next record, of those that stand on one. `merged`: the one with the oldest record, the first
// of the sources where they are of the same age; a binary heap, so a record costs the logarithm of the number of partitions. `partition`:
// one as long as it has records in hand, then the next.
import type { ReplayedPartition } from './replayed-partition.ts'

export interface RecordOrder {
  /** Those that stand on a record. */
  readonly size: number
  /** Whose record comes next; undefined when nobody stands on one. */
  readonly head: ReplayedPartition | undefined
  /** It came to stand on a record. */
  add(partition: ReplayedPartition): void
  /** The head moved: it stands on its next record, or on none. */
  headMoved(): void
  clear(): void
}

export class MergedOrder implements RecordOrder {
  private readonly heap: ReplayedPartition[] = []

  get size(): number {
    return this.heap.length
  }

  get head(): ReplayedPartition | undefined {
    return this.heap[0]
  }

  add(partition: ReplayedPartition): void {
    const { heap } = this
    let at = heap.push(partition) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as ReplayedPartition
      if (!isBefore(partition, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = partition
  }

  headMoved(): void {
    const { heap } = this
    const [head] = heap
    if (head === undefined) return
    if (head.state === 'record') {
      this.sinkFirst(head)
      return
    }
    const last = heap.pop()
    if (last !== undefined && last !== head) this.sinkFirst(last)
  }

  clear(): void {
    this.heap.length = 0
  }

  private sinkFirst(partition: ReplayedPartition): void {
    const { heap } = this
    const { length } = heap
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      const right = child + 1
      if (
        right < length &&
        isBefore(heap[right] as ReplayedPartition, heap[child] as ReplayedPartition)
      ) {
        child = right
      }
      const below = heap[child] as ReplayedPartition
      if (!isBefore(below, partition)) break
      heap[at] = below
      at = child
    }
    heap[at] = partition
  }
}

export class PartitionOrder implements RecordOrder {
  private readonly line = new Set<ReplayedPartition>()

  get size(): number {
    return this.line.size
  }

  get head(): ReplayedPartition | undefined {
    const [first] = this.line
    return first
  }

  add(partition: ReplayedPartition): void {
    this.line.add(partition)
  }

  headMoved(): void {
    const { head } = this
    if (head !== undefined && head.state !== 'record') this.line.delete(head)
  }

  clear(): void {
    this.line.clear()
  }
}

function isBefore(a: ReplayedPartition, b: ReplayedPartition): boolean {
  return a.orderMs === b.orderMs ? a.index < b.index : a.orderMs < b.orderMs
}
