// Finds the one with the smallest load among many, while loads grow. A binary heap over the loads as they were when each was
// put in; as loads never shrink, the first one whose load is still what it was is the smallest. Several heaps may share
// their members: each finds out by itself who has grown.

export interface Loaded {
  readonly load: number
  /** Decides between equal loads; unique. */
  readonly order: number
}

interface Entry<Item extends Loaded> {
  readonly item: Item
  /** When it was put in. */
  readonly load: number
}

export class LoadHeap<Item extends Loaded> {
  readonly #entries: Entry<Item>[] = []

  constructor(items: readonly Item[]) {
    for (const item of items) this.#entries.push({ item, load: item.load })
    for (let index = this.#entries.length >> 1; index >= 0; index--) this.#sink(index)
  }

  /** The one with the smallest load, of equal ones the first in order; it stays in. */
  least(): Item | undefined {
    for (let top = this.#entries[0]; top !== undefined; top = this.#entries[0]) {
      if (top.load === top.item.load) return top.item
      this.#entries[0] = { item: top.item, load: top.item.load }
      this.#sink(0)
    }
    return undefined
  }

  #sink(start: number): void {
    const entries = this.#entries
    const entry = entries[start]
    if (entry === undefined) return
    let index = start
    for (;;) {
      let child = 2 * index + 1
      let lower = entries[child]
      const right = entries[child + 1]
      if (lower === undefined) break
      if (right !== undefined && isBefore(right, lower)) {
        lower = right
        child++
      }
      if (!isBefore(lower, entry)) break
      entries[index] = lower
      index = child
    }
    entries[index] = entry
  }
}

function isBefore<Item extends Loaded>(a: Entry<Item>, b: Entry<Item>): boolean {
  return a.load === b.load ? a.item.order < b.item.order : a.load < b.load
}
