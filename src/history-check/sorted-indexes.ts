// Things by key and in the order of time; indexes into columns as typed arrays, for histories of a million operations.
import type { FloatColumn, IntColumn } from './number-column.ts'

/** For each key the indexes at which the column has it, in order. */
export function indexesByKey(keys: IntColumn, keyCount: number): Int32Array[] {
  const counts = new Int32Array(keyCount)
  for (let index = 0; index < keys.length; index++) {
    const key = keys.get(index)
    counts[key] = (counts[key] as number) + 1
  }
  const lists = Array.from(counts, (count) => new Int32Array(count))
  counts.fill(0)
  for (let index = 0; index < keys.length; index++) {
    const key = keys.get(index)
    const at = counts[key] as number
    ;(lists[key] as Int32Array)[at] = index
    counts[key] = at + 1
  }
  return lists
}

/** The same indexes with smaller times first; those of equal times stay in their order. */
export function sortedBy(indexes: Int32Array, times: FloatColumn): Int32Array {
  let isSorted = true
  for (let at = 1; at < indexes.length && isSorted; at++) {
    isSorted = times.get(indexes[at - 1] as number) <= times.get(indexes[at] as number)
  }
  return isSorted ? indexes : indexes.toSorted((a, b) => times.get(a) - times.get(b) || a - b)
}

/** Things by what they share, in their order. */
export function groupedBy<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}
