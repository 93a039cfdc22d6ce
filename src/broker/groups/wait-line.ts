// Those who wait for one partition, the smallest offset first: a binary heap. Who gave up stays in it until its turn comes or until
// half of them have given up: so each entry costs little, however many come and go.

export interface WaitEntry {
  /** A committed offset above it is waited for. */
  readonly offset: number
  /** It waits no more. */
  readonly isOver: boolean
}

export class WaitLine<Entry extends WaitEntry> {
  #entries: Entry[] = []
  #over = 0

  get isEmpty(): boolean {
    return this.#entries.length === 0
  }

  push(entry: Entry): void {
    const entries = this.#entries
    let index = entries.length
    entries.push(entry)
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = entries[parentIndex]
      if (parent === undefined || parent.offset <= entry.offset) break
      entries[index] = parent
      index = parentIndex
    }
    entries[index] = entry
  }

  /** Takes out those whose offset is below `offset`. */
  *takeBelow(offset: number): Generator<Entry> {
    for (let first = this.#entries[0]; first !== undefined; first = this.#entries[0]) {
      if (!first.isOver && first.offset >= offset) return
      this.#pop()
      if (first.isOver) this.#over--
      else yield first
    }
  }

  /** An entry that is still in it is over now. */
  noteOver(): void {
    this.#over++
    if (this.#over * 2 <= this.#entries.length) return
    const open = this.#entries.filter(({ isOver }) => !isOver)
    this.#entries = []
    this.#over = 0
    for (const entry of open) this.push(entry)
  }

  /** All that wait. */
  open(): Entry[] {
    return this.#entries.filter(({ isOver }) => !isOver)
  }

  #pop(): void {
    const entries = this.#entries
    const last = entries.pop()
    if (last === undefined || entries.length === 0) return
    let index = 0
    for (;;) {
      let childIndex = 2 * index + 1
      let child = entries[childIndex]
      const right = entries[childIndex + 1]
      if (child === undefined) break
      if (right !== undefined && right.offset < child.offset) {
        child = right
        childIndex++
      }
      if (child.offset >= last.offset) break
      entries[index] = child
      index = childIndex
    }
    entries[index] = last
  }
}
