// What came ahead of the reader, in the order in which it came, and how many bytes of it there are. Invariant: what became
// void since it was asked for (a seek, a pause) is never given to the reader.
import type { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { PartitionCursor } from './partition-cursor.ts'

/** What came for one partition at once: whole batches, or an error that ends what came before. */
export interface Fetched {
  readonly cursor: PartitionCursor
  readonly era: number
  /** Batches that were not read yet; may be empty where offsets are missing. */
  bytes: Buffer
  /** Where the partition goes on after them. */
  readonly nextOffset: Offset
  readonly error: VarveError | undefined
}

export class FetchedQueue {
  private readonly onRoom: () => void
  private queue: Fetched[] = []
  private ahead = 0
  private inHand = 0

  /** @param onRoom called when something was taken out, or the application has finished with what it had */
  constructor(onRoom: () => void) {
    this.onRoom = onRoom
  }

  /** Bytes that wait for the reader. */
  get aheadBytes(): number {
    return this.ahead
  }

  /** Bytes that wait for the reader, and those that the application has in its hands. */
  get heldBytes(): number {
    return this.ahead + this.inHand
  }

  push(fetched: Fetched): void {
    this.queue.push(fetched)
    this.ahead += fetched.bytes.length
  }

  /**
   * The next thing to read, which stays until `done`. Who asks has finished with everything that was consumed before.
   * What became void is passed over.
   * @param accepts whether things of this partition are wanted now; the others keep their places. All are unless told
   */
  peek(accepts?: (cursor: PartitionCursor) => boolean): Fetched | undefined {
    if (this.inHand > 0) {
      this.inHand = 0
      this.onRoom()
    }
    for (let index = 0; ; ) {
      const fetched = this.queue[index]
      if (fetched === undefined) return undefined
      if (!isValid(fetched)) this.done(fetched)
      else if (accepts === undefined || accepts(fetched.cursor)) return fetched
      else index++
    }
  }

  /** The partitions of which something waits. */
  cursors(): Set<PartitionCursor> {
    return new Set(this.queue.filter(isValid).map(({ cursor }) => cursor))
  }

  /** It was read wholly. */
  done(fetched: Fetched): void {
    const index = this.queue.indexOf(fetched)
    if (index === -1) return
    this.queue.splice(index, 1)
    this.ahead -= fetched.bytes.length
    this.onRoom()
  }

  /** The first `bytes` of this were read, and are in the hands of the application until the next `peek`. */
  consume(fetched: Fetched, bytes: number): void {
    fetched.bytes = fetched.bytes.subarray(bytes)
    this.ahead -= bytes
    this.inHand += bytes
  }

  /** Lets go of what became void, so that it takes no room from the rest. */
  dropVoid(): void {
    if (this.queue.every(isValid)) return
    this.queue = this.queue.filter(isValid)
    this.ahead = this.queue.reduce((bytes, fetched) => bytes + fetched.bytes.length, 0)
  }

  /** Lets go of everything. */
  clear(): void {
    this.queue = []
    this.ahead = 0
    this.inHand = 0
  }
}

function isValid({ era, cursor }: Fetched): boolean {
  return era === cursor.era
}
