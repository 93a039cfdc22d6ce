// Where each process is in each partition: what it must be given next, and which stretches it has read without a seek.
// A place is forgotten when the process is put somewhere else.
import type { History, KeyId, ProcessId, Reposition } from './history.ts'

interface Place {
  /** The next offset; NaN when any may come. */
  next: number
  /** Where the unbroken reading began. */
  from: number
  /** The last poll that gave something. */
  poll: number
  readonly repositions: readonly Reposition[]
  /** Into `repositions`: the next one that was not reached yet. */
  upcoming: number
}

/** Offsets that a process should have been given next, and was not: from inclusive, end exclusive. */
export interface Gap {
  readonly process: ProcessId
  readonly key: KeyId
  readonly poll: number
  readonly fromOffset: number
  readonly endOffset: number
}

/** How what was given fits what came before. */
export interface Step {
  /** What should have come; NaN when anything may. */
  readonly expected: number
  /** The poll that gave what came before is this one. */
  readonly isSamePoll: boolean
}

export class ReaderPlaces {
  readonly #keyCount: number
  readonly #repositions = new Map<number, Reposition[]>()
  readonly #places = new Map<number, Place>()
  readonly #spans: { from: number; end: number }[][]

  constructor(history: History) {
    this.#keyCount = history.keys.length
    this.#spans = history.keys.map(() => [])
    for (const reposition of history.repositions) {
      const number = this.#number(reposition.process, reposition.key)
      const list = this.#repositions.get(number)
      if (list === undefined) this.#repositions.set(number, [reposition])
      else list.push(reposition)
    }
  }

  /** A process was given `count` records from `offset` on, after all that it was given before. */
  step(process: ProcessId, key: KeyId, poll: number, offset: number, count: number): Step {
    const place = this.#place(process, key)
    const isSamePoll = place.poll === poll
    while ((place.repositions[place.upcoming]?.poll ?? Number.POSITIVE_INFINITY) <= poll) {
      const { offset: to = Number.NaN } = place.repositions[place.upcoming] as Reposition
      this.#close(key, place)
      place.next = place.from = to
      place.upcoming += 1
    }
    const expected = place.next
    // What is read once more begins another stretch.
    if (!(offset >= expected)) {
      this.#close(key, place)
      place.from = offset
    }
    place.next = offset + count
    place.poll = poll
    return { expected, isSamePoll }
  }

  /** Asks of offsets of a partition whether a process read past them without a seek; all steps come before. */
  passed(key: KeyId): (offset: number) => boolean {
    for (const [number, place] of this.#places) {
      if (number % this.#keyCount === key) this.#close(key, place)
    }
    const spans = joined(this.#spans[key] as { from: number; end: number }[])
    return (offset) => {
      let low = 0
      let high = spans.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((spans[middle] as { end: number }).end <= offset) low = middle + 1
        else high = middle
      }
      return (spans[low]?.from ?? Number.POSITIVE_INFINITY) <= offset
    }
  }

  #number(process: ProcessId, key: KeyId): number {
    return process * this.#keyCount + key
  }

  #place(process: ProcessId, key: KeyId): Place {
    const number = this.#number(process, key)
    const known = this.#places.get(number)
    if (known !== undefined) return known
    const repositions = this.#repositions.get(number) ?? []
    const place = { next: Number.NaN, from: Number.NaN, poll: -1, repositions, upcoming: 0 }
    this.#places.set(number, place)
    return place
  }

  #close(key: KeyId, place: Place): void {
    const { from, next: end } = place
    if (from < end) this.#spans[key]?.push({ from, end })
    place.from = place.next
  }
}

/** Sorted and without overlap. */
function joined(
  spans: readonly { readonly from: number; readonly end: number }[],
): { readonly from: number; readonly end: number }[] {
  const result: { from: number; end: number }[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last !== undefined && span.from <= last.end) last.end = Math.max(last.end, span.end)
    else result.push({ ...span })
  }
  return result
}
