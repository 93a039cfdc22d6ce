// From a value to the sends of it. Values of one producer are dense (record-value.ts), so that the table is pages of
// indexes; scattered values cost a page each and are still right.

const PAGE_VALUES = 1024
const ABSENT = -1

export class ValueTable {
  readonly #pages = new Map<number, Int32Array>()
  /** From the index of a value to that of the same value sent before it. */
  readonly #earlier = new Map<number, number>()
  #lastNumber = Number.NaN
  #lastPage: Int32Array | undefined

  /** True when a value was sent more than once. */
  get hasRepeats(): boolean {
    return this.#earlier.size > 0
  }

  /** The index at which a value was sent last, or -1. */
  find(value: number): number {
    if (!Number.isSafeInteger(value) || value < 0) return ABSENT
    return this.#page(value)?.[value % PAGE_VALUES] ?? ABSENT
  }

  /** The index at which the same value was sent before, or -1. */
  earlier(index: number): number {
    return this.#earlier.get(index) ?? ABSENT
  }

  /** @throws RangeError for what is no value */
  add(value: number, index: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no value`)
    let page = this.#page(value)
    if (page === undefined) {
      page = new Int32Array(PAGE_VALUES).fill(ABSENT)
      this.#pages.set(this.#lastNumber, page)
      this.#lastPage = page
    }
    const before = page[value % PAGE_VALUES] as number
    if (before !== ABSENT) this.#earlier.set(index, before)
    page[value % PAGE_VALUES] = index
  }

  #page(value: number): Int32Array | undefined {
    const number = Math.floor(value / PAGE_VALUES)
    if (number !== this.#lastNumber) {
      this.#lastNumber = number
      this.#lastPage = this.#pages.get(number)
    }
    return this.#lastPage
  }
}
