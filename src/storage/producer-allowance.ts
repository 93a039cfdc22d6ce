// How many idempotent producers the partitions of an engine remember together. Above that the one that wrote longest ago is forgotten,
// in whichever partition: one that is written to does not lose its producers to those that rest elsewhere. Invariant: in the queue a
// partition stands where its oldest producer belongs, or before that; what has changed since is found out when it comes first.
import { LIMITS } from '../domain/limits.ts'

/** A partition, as the queue of those that may have to forget a producer sees it. */
export interface Rememberer {
  /** Where it is in the queue; the queue's own. */
  readonly place: QueuePlace
  /** When its oldest producer wrote last, see {@link ProducerAllowance.nextTurn}; undefined when none may be forgotten now. */
  readonly oldestTurn: number | undefined
  /** Forgets that one and gives it back to the allowance. */
  forgetOldest(): void
}

/** Of one partition; made by it, changed by its allowance. */
export class QueuePlace {
  /** What {@link Rememberer.oldestTurn} was when that was asked for last. */
  turn = 0
  /** In the heap; -1 outside. */
  index = -1
}

export class ProducerAllowance {
  readonly max: number
  used = 0
  /** How many were forgotten so far, to make room for others or for their age. */
  readonly forgotten: Record<'surplus' | 'expired', number> = { surplus: 0, expired: 0 }
  /** When a producer wrote last, by the wall clock. */
  latestMs = 0
  #turns = 0
  /** A binary heap: who has the oldest producer is the first. Those in it need not have any. */
  readonly #queue: Rememberer[] = []

  constructor(max: number = LIMITS.producersMax) {
    this.max = max
  }

  /** Orders what is written from now on: later is larger, whatever the wall clock does. */
  nextTurn(): number {
    return this.#turns++
  }

  /** Orders what was written before the start, behind which the turns of this process come. */
  turnBefore(timestampMs: number): number {
    return Math.min(timestampMs - Number.MAX_SAFE_INTEGER, -1)
  }

  /** The partition has producers; told again when it had none that could be forgotten. */
  enter(one: Rememberer): void {
    if (one.place.index >= 0) return
    const turn = one.oldestTurn
    if (turn === undefined) return
    one.place.turn = turn
    this.#rise(one, this.#queue.length)
  }

  /** The partition is gone. */
  leave(one: Rememberer): void {
    const { index } = one.place
    if (index < 0) return
    one.place.index = -1
    const last = this.#queue.pop()
    if (last === undefined || last === one) return
    this.#sink(last, index)
    this.#rise(last, last.place.index)
  }

  /** Has producers forgotten until the others are no more than may be, those that wrote longest ago first. */
  forgetSurplus(): void {
    while (this.used > this.max) {
      const first = this.#queue[0]
      if (first === undefined) return
      const turn = first.oldestTurn
      if (turn === undefined) this.leave(first)
      else if (turn > first.place.turn) {
        first.place.turn = turn
        this.#sink(first, 0)
      } else first.forgetOldest()
    }
  }

  #rise(one: Rememberer, from: number): void {
    let index = from
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = this.#queue[parentIndex]
      if (parent === undefined || parent.place.turn <= one.place.turn) break
      this.#put(parent, index)
      index = parentIndex
    }
    this.#put(one, index)
  }

  #sink(one: Rememberer, from: number): void {
    let index = from
    for (;;) {
      let childIndex = 2 * index + 1
      let child = this.#queue[childIndex]
      if (child === undefined) break
      const right = this.#queue[childIndex + 1]
      if (right !== undefined && right.place.turn < child.place.turn) {
        child = right
        childIndex++
      }
      if (child.place.turn >= one.place.turn) break
      this.#put(child, index)
      index = childIndex
    }
    this.#put(one, index)
  }

  #put(one: Rememberer, index: number): void {
    this.#queue[index] = one
    one.place.index = index
  }
}
