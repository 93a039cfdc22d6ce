// Makes a list that fails shorter, and its items simpler, as long as it fails: delta debugging (Zeller and Hildebrandt, ddmin) over the
// decisions of a run. Every attempt is a run of its own; there is a budget of them.

export interface ShrinkBudget {
  /** Runs that may still be made. */
  runs: number
}

/** A part of `items`, in their order, that still fails and of which no single piece can be left out (within the budget). */
export async function shrinkList<T>(
  items: readonly T[],
  fails: (items: readonly T[]) => Promise<boolean>,
  budget: ShrinkBudget,
): Promise<readonly T[]> {
  const tried = async (attempt: readonly T[]): Promise<boolean> => {
    if (budget.runs <= 0) return false
    budget.runs--
    return await fails(attempt)
  }
  let kept = items
  // The end of the list is often of no account at all.
  for (let end = Math.ceil(kept.length / 2); end < kept.length; ) {
    const attempt = kept.slice(0, end)
    if (await tried(attempt)) kept = attempt
    else end += Math.max(1, Math.floor((kept.length - end) / 2))
    if (end >= kept.length) break
  }
  for (let pieces = 2; kept.length > 0 && budget.runs > 0; ) {
    const size = Math.ceil(kept.length / pieces)
    let isSmaller = false
    for (let start = 0; start < kept.length; ) {
      const attempt = [...kept.slice(0, start), ...kept.slice(start + size)]
      if (await tried(attempt)) {
        kept = attempt
        isSmaller = true
      } else start += size
    }
    if (size === 1 && !isSmaller) break
    if (!isSmaller || size > 1) pieces = Math.min(kept.length, pieces * 2)
  }
  return kept
}

/** The list with each item as simple as it may be while it still fails. @param simpler what to try of an item, simplest first */
export async function simplifyItems<T>(
  items: readonly T[],
  simpler: (item: T) => readonly T[],
  fails: (items: readonly T[]) => Promise<boolean>,
  budget: ShrinkBudget,
): Promise<readonly T[]> {
  let kept = items
  for (const [index, item] of items.entries()) {
    for (const attempt of simpler(item)) {
      if (budget.runs <= 0) return kept
      budget.runs--
      const list = kept.with(index, attempt)
      if (!(await fails(list))) continue
      kept = list
      break
    }
  }
  return kept
}
