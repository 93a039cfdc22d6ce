// Does the same with many things, so many at a time.

/** Calls `action` for each item, at most `lanes` at a time. @returns the results in the order of the items. */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  action: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const rest = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await action(item)
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  return results
}
