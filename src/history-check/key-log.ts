// What was seen of one partition: at each offset the record that was seen first, and when it was first read. Pages by
// offset: dense logs cost 21 bytes a record, and a single offset far out costs a page.

const PAGE_OFFSETS = 512
const NOT_SENT = -1

const READ = 1
const ACKNOWLEDGED = 2

interface Page {
  readonly values: Float64Array
  /** Index of the value among all that were sent, or -1. */
  readonly sent: Int32Array
  readonly firstReadAt: Float64Array
  readonly flags: Uint8Array
}

/** What was seen besides the first record of an offset. */
export interface OtherSighting {
  readonly value: number
  /** The send whose acknowledgement claims the offset; undefined for a read. */
  readonly send: number | undefined
}

export class KeyLog {
  readonly #pages = new Map<number, Page>()
  #lastNumber = Number.NaN
  #lastPage: Page | undefined
  /** The largest offset that was read, or -1. */
  maxRead = -1
  /** Offsets at which more than one record was seen, with the others. */
  readonly conflicts = new Map<number, OtherSighting[]>()

  /** Notes that a value was read. @returns true when it was not seen at this offset before */
  read(
    offset: number,
    value: number,
    endedAt: number,
    sentIndex: (value: number) => number,
  ): boolean {
    const page = this.#pageFor(offset)
    const slot = offset % PAGE_OFFSETS
    if (page.flags[slot] === 0) {
      page.values[slot] = value
      page.sent[slot] = sentIndex(value)
      page.flags[slot] = READ
      page.firstReadAt[slot] = endedAt
      if (offset > this.maxRead) this.maxRead = offset
      return true
    }
    if (page.values[slot] === value) {
      if (endedAt < (page.firstReadAt[slot] as number)) page.firstReadAt[slot] = endedAt
      return false
    }
    return this.#conflict(offset, { value, send: undefined })
  }

  /** Notes the claim of an acknowledgement; all reads come before. */
  acknowledge(offset: number, value: number, sentIndex: number, send: number): void {
    const page = this.#pageFor(offset)
    const slot = offset % PAGE_OFFSETS
    if (page.flags[slot] === 0) {
      page.values[slot] = value
      page.sent[slot] = sentIndex
      page.flags[slot] = ACKNOWLEDGED
    } else if (page.values[slot] !== value) {
      this.#conflict(offset, { value, send })
    }
  }

  /** True when a record of this offset was read, by anybody. */
  isRead(offset: number): boolean {
    return this.#page(offset)?.flags[offset % PAGE_OFFSETS] === READ
  }

  /** When the first poll ended that gave the record seen first; Infinity when none did. */
  firstReadAt(offset: number): number {
    return this.isRead(offset)
      ? (this.#page(offset)?.firstReadAt[offset % PAGE_OFFSETS] as number)
      : Number.POSITIVE_INFINITY
  }

  /** The value that was seen first, or NaN. */
  valueAt(offset: number): number {
    const page = this.#page(offset)
    const slot = offset % PAGE_OFFSETS
    return page === undefined || page.flags[slot] === 0 ? Number.NaN : (page.values[slot] as number)
  }

  /** The index among all sent values of what was seen first, or -1. */
  sentAt(offset: number): number {
    return this.#page(offset)?.sent[offset % PAGE_OFFSETS] ?? NOT_SENT
  }

  #conflict(offset: number, sighting: OtherSighting): boolean {
    const others = this.conflicts.get(offset)
    if (others === undefined) {
      this.conflicts.set(offset, [sighting])
      return true
    }
    const { value, send } = sighting
    if (others.some((other) => other.value === value && other.send === send)) return false
    others.push(sighting)
    return !others.slice(0, -1).some((other) => other.value === value)
  }

  #page(offset: number): Page | undefined {
    const number = Math.floor(offset / PAGE_OFFSETS)
    if (number !== this.#lastNumber) {
      this.#lastNumber = number
      this.#lastPage = this.#pages.get(number)
    }
    return this.#lastPage
  }

  #pageFor(offset: number): Page {
    const known = this.#page(offset)
    if (known !== undefined) return known
    const page = {
      values: new Float64Array(PAGE_OFFSETS),
      sent: new Int32Array(PAGE_OFFSETS).fill(NOT_SENT),
      firstReadAt: new Float64Array(PAGE_OFFSETS),
      flags: new Uint8Array(PAGE_OFFSETS),
    }
    this.#pages.set(this.#lastNumber, page)
    this.#lastPage = page
    return page
  }
}
