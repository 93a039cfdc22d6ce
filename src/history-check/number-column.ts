// Columns of numbers that grow: what a history is made of, so that ten million records cost bytes and not objects. A
// column is written at its end, or in place; what was never written is not read.

const FIRST_CAPACITY = 16

type Numbers = Float64Array | Int32Array | Uint8Array

abstract class NumberColumn<T extends Numbers> {
  #numbers: T
  #length = 0

  constructor() {
    this.#numbers = this.allocated(FIRST_CAPACITY)
  }

  get length(): number {
    return this.#length
  }

  get(index: number): number {
    return this.#numbers[index] as number
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value
  }

  /** Returns the index of the new number. */
  push(value: number): number {
    const index = this.#length
    this.#grow(1)
    this.#numbers[index] = value
    return index
  }

  /** Returns the index of the first of the new numbers. */
  append(values: ArrayLike<number>): number {
    const index = this.#length
    this.#grow(values.length)
    this.#numbers.set(values, index)
    return index
  }

  protected abstract allocated(capacity: number): T

  #grow(count: number): void {
    this.#length += count
    if (this.#length <= this.#numbers.length) return
    const larger = this.allocated(Math.max(this.#length, this.#numbers.length * 2))
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}

/** Offsets, times and values. */
export class FloatColumn extends NumberColumn<Float64Array> {
  protected allocated(capacity: number): Float64Array {
    return new Float64Array(capacity)
  }
}

/** Indexes, counts and epochs. */
export class IntColumn extends NumberColumn<Int32Array> {
  protected allocated(capacity: number): Int32Array {
    return new Int32Array(capacity)
  }
}

/** Small codes. */
export class ByteColumn extends NumberColumn<Uint8Array> {
  protected allocated(capacity: number): Uint8Array {
    return new Uint8Array(capacity)
  }
}
