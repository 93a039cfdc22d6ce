// What one member has while partitions are shared out.
import type { PartitionKey } from '../partition-key.ts'

export interface Share {
  readonly id: string
  readonly weight: number
  /** Those of its topics that exist. */
  readonly topics: ReadonlySet<string>
  /** What it holds, by the name of the topic. */
  readonly held: Map<string, PartitionKey[]>
  /** All of them together. */
  count: number
}

/** Whether one more partition weighs less on `a` than on `b`. Whole numbers: nothing is rounded. */
export function isLessLoaded(a: Share, b: Share): boolean {
  return (a.count + 1) * b.weight < (b.count + 1) * a.weight
}

/** Puts a partition into a share. */
export function give(share: Share, topic: string, key: PartitionKey): void {
  const keys = share.held.get(topic)
  if (keys === undefined) share.held.set(topic, [key])
  else keys.push(key)
  share.count++
}

/** Takes one partition of the topic out of a share: the one it got last. */
export function takeOf(share: Share, topic: string): PartitionKey {
  const key = share.held.get(topic)?.pop()
  if (key === undefined) throw new Error(`nothing of ${topic} to take`)
  share.count--
  return key
}
