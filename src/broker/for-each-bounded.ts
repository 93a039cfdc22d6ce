// Asynchronous work over many items, a bounded number at a time.

/**
 * Calls `action` for each item, at most `concurrency` at a time. After a failure no new ones begin.
 * @throws the first failure, after all that had begun have ended.
 */
export async function forEachBounded<T>(
  items: Iterable<T>,
  concurrency: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const failures: unknown[] = []
  const work = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = iterator.next()
      if (next.done === true) return
      try {
        await action(next.value)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  if (failures.length > 0) throw failures[0]
}
