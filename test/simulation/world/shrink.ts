// Makes a list that fails shorter, and its items simpler, as long as it fails: delta debugging (Zeller and Hildebrandt, ddmin) over the
// decisions of a run. Every attempt is a run of its own; there is a budget of them.

/** The list in a form that fails, or undefined when it does not. */
type Attempt<T> = (items: readonly T[]) => Promise<readonly T[] | undefined>

export interface ShrinkBudget {
  /** Runs that may still be made. */
  runs: number
}

/** A part of `items`, in their order, that still fails and of which no single piece can be left out (within the budget). */
export async function shrinkList<T>(
  items: readonly T[],
  failing: Attempt<T>,
  budget: ShrinkBudget,
): Promise<readonly T[]> {
  const tried = async (attempt: readonly T[]): Promise<readonly T[] | undefined> => {
    if (budget.runs <= 0) return undefined
    budget.runs--
    return await failing(attempt)
  }
  let kept = items
  // The end of the list is often of no account at all.
  for (let end = Math.ceil(kept.length / 2); end < kept.length; ) {
    const found = await tried(kept.slice(0, end))
    if (found !== undefined) kept = found
    else end += Math.max(1, Math.floor((kept.length - end) / 2))
    if (end >= kept.length) break
  }
  // And so is its beginning: the latest few are tried alone.
  for (let count = 1; count < kept.length; count *= 2) {
    const found = await tried(kept.slice(-count))
    if (found === undefined) continue
    kept = found
    break
  }
  for (let pieces = 2; kept.length > 0 && budget.runs > 0; ) {
    const size = Math.ceil(kept.length / pieces)
    let isSmaller = false
    for (let start = 0; start < kept.length; ) {
      const found = await tried([...kept.slice(0, start), ...kept.slice(start + size)])
      if (found !== undefined) {
        kept = found
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
  failing: Attempt<T>,
  budget: ShrinkBudget,
): Promise<readonly T[]> {
  let kept = items
  for (const [index, item] of items.entries()) {
    for (const attempt of simpler(item)) {
      if (budget.runs <= 0) return kept
      budget.runs--
      const found = await failing(kept.with(index, attempt))
      if (found === undefined) continue
      kept = found
      break
    }
  }
  return kept
}
