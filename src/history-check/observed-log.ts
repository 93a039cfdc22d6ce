// What all reads and acknowledgements of a history together say of the logs: the record at each offset, the offset of each
// record. One pass over the reads makes it; on the way it finds what a single read shows to be wrong (C3, C4, C10 to C12).
// Every read counts, also of a poll that failed: what was seen was there.
import type { Excuses } from './excuses.ts'
import type { Findings } from './findings.ts'
import { FAIL, type History, type KeyId, OK, OPEN, type ProcessId } from './history.ts'
import { KeyLog } from './key-log.ts'
import { type Gap, ReaderPlaces } from './reader-places.ts'

const LATER = Number.POSITIVE_INFINITY

export class ObservedLog {
  readonly history: History
  readonly excuses: Excuses
  readonly logs: readonly KeyLog[]
  readonly places: ReaderPlaces
  /** Where a reader was not given what it should have been. */
  readonly gaps: Gap[] = []
  /** Which of the sent values each final reader was given, by index. */
  readonly seenAtEnd = new Map<ProcessId, Uint8Array>()
  /** When each final reader began its first poll. */
  readonly finalReadAt = new Map<ProcessId, number>()
  readonly #findings: Findings
  /** Of each sent value the first offset at which it was read; NaN when it was not. */
  readonly #offsets: Float64Array
  readonly #otherOffsets = new Map<number, number[]>()

  constructor(history: History, excuses: Excuses, findings: Findings) {
    this.history = history
    this.excuses = excuses
    this.#findings = findings
    this.logs = history.keys.map(() => new KeyLog())
    this.places = new ReaderPlaces(history)
    this.#offsets = new Float64Array(history.sentValues.length).fill(Number.NaN)
    for (const process of history.finalReaders) {
      this.seenAtEnd.set(process, new Uint8Array(history.sentValues.length))
    }
    for (let poll = 0; poll < history.polls.process.length; poll++) {
      const process = history.polls.process.get(poll)
      if (this.seenAtEnd.has(process) && !this.finalReadAt.has(process)) {
        this.finalReadAt.set(process, history.polls.invokedAt.get(poll))
      }
    }
    for (let read = 0; read < history.reads.poll.length; read++) this.#read(read)
    for (let send = 0; send < history.sends.key.length; send++) this.#acknowledge(send)
  }

  /**
   * The index that stands for all sends of a value: the same value may be sent again by a client that does not know what
   * became of it.
   */
  canonical(sentIndex: number): number {
    const { valueTable, sentValues } = this.history
    return valueTable.hasRepeats ? valueTable.find(sentValues.get(sentIndex)) : sentIndex
  }

  /** Where a sent value was read first; NaN when it was not. */
  offsetOf(sentIndex: number): number {
    return this.#offsets[this.canonical(sentIndex)] as number
  }

  /** All offsets at which a sent value was read. */
  offsetsOf(sentIndex: number): readonly number[] {
    const index = this.canonical(sentIndex)
    const first = this.#offsets[index] as number
    return Number.isNaN(first) ? [] : [first, ...(this.#otherOffsets.get(index) ?? [])]
  }

  /** Indexes of values that were read at more than one offset. */
  get readTwice(): Iterable<number> {
    return this.#otherOffsets.keys()
  }

  /** The sends of a value. */
  *sendsOf(sentIndex: number): Iterable<number> {
    const { valueTable, sendOfValue } = this.history
    for (let at = this.canonical(sentIndex); at >= 0; at = valueTable.earlier(at)) {
      yield sendOfValue.get(at)
    }
  }

  #read(read: number): void {
    const { polls, reads, readValues, valueTable } = this.history
    const poll = reads.poll.get(read)
    const key = reads.key.get(read)
    const process = polls.process.get(poll)
    const firstOffset = reads.firstOffset.get(read)
    const start = reads.valuesStart.get(read)
    const count = reads.valuesCount.get(read)
    this.#step(process, key, poll, firstOffset, count)
    const endedAt = polls.outcome.get(poll) === OPEN ? LATER : polls.endedAt.get(poll)
    const log = this.logs[key] as KeyLog
    const seen = this.seenAtEnd.get(process)
    for (let index = 0; index < count; index++) {
      const value = readValues.get(start + index)
      const offset = firstOffset + index
      if (Number.isNaN(value)) {
        this.#findings.add(
          'C3',
          key,
          offset,
          () => `poll ${poll} gave a record that is none of ours`,
        )
        continue
      }
      if (log.read(offset, value, endedAt, this.#sentIndex)) {
        this.#seenFirst(value, key, offset, poll)
      }
      const sent = seen === undefined && endedAt === LATER ? -1 : valueTable.find(value)
      if (sent < 0) continue
      if (seen !== undefined) seen[sent] = 1
      if (endedAt < this.#sentAt(sent)) {
        this.#findings.add('C3', key, offset, () => `poll ${poll} gave ${value} before it was sent`)
      }
    }
  }

  readonly #sentIndex = (value: number): number => this.history.valueTable.find(value)

  /** A value at an offset where it was not seen before. */
  #seenFirst(value: number, key: KeyId, offset: number, poll: number): void {
    const { history } = this
    const sent = history.valueTable.find(value)
    const sentTo = sent < 0 ? -1 : history.sends.key.get(history.sendOfValue.get(sent))
    if (sentTo !== key) {
      const where = sentTo < 0 ? 'nowhere' : `to ${history.keys[sentTo]?.name ?? ''}`
      this.#findings.add('C3', key, offset, () => `poll ${poll} gave ${value}, sent ${where}`)
      return
    }
    const before = this.#offsets[sent] as number
    if (Number.isNaN(before)) this.#offsets[sent] = offset
    else {
      const others = this.#otherOffsets.get(sent)
      if (others === undefined) this.#otherOffsets.set(sent, [offset])
      else others.push(offset)
    }
    if ([...this.sendsOf(sent)].every((send) => history.sends.outcome.get(send) === FAIL)) {
      this.#findings.add('C4', key, offset, () => `poll ${poll} gave ${value}, whose send failed`)
    }
  }

  /** When a value was sent first. */
  #sentAt(sent: number): number {
    const { sends, sendOfValue, valueTable } = this.history
    let at = sends.invokedAt.get(sendOfValue.get(sent))
    if (!valueTable.hasRepeats) return at
    for (const send of this.sendsOf(sent)) at = Math.min(at, sends.invokedAt.get(send))
    return at
  }

  #step(process: ProcessId, key: KeyId, poll: number, offset: number, count: number): void {
    const { expected, isSamePoll } = this.places.step(process, key, poll, offset, count)
    if (Number.isNaN(expected) || offset === expected) return
    const who = this.history.processes[process] ?? ''
    const text = (): string => `${who} was given ${offset} in poll ${poll}, after ${expected - 1}`
    if (isSamePoll) this.#findings.add('C12', key, Math.min(offset, expected), text)
    else if (offset > expected) this.#findings.add('C10', key, expected, text)
    else this.#findings.add('C11', key, offset, text)
    if (offset > expected) {
      this.gaps.push({ process, key, poll, fromOffset: expected, endOffset: offset })
    }
  }

  #acknowledge(send: number): void {
    const { sends, sentValues } = this.history
    if (sends.outcome.get(send) !== OK) return
    const log = this.logs[sends.key.get(send)] as KeyLog
    const start = sends.valuesStart.get(send)
    const base = sends.baseOffset.get(send)
    for (let index = 0; index < sends.valuesCount.get(send); index++) {
      const value = sentValues.get(start + index)
      log.acknowledge(base + index, value, this.canonical(start + index), send)
    }
  }
}
