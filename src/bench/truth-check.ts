// Compares what can be read back with what was sent and acknowledged: nothing lost, doubled, reordered, altered, misplaced or invented.
// Invariant: `valid` is never said of a log of which a part was not read; every record counts, however many there are.
import type { Verdict } from './figures.ts'
import { ANY_PARTITION, readNumberedValue } from './numbered-payload.ts'
import type { SentLedger } from './sent-ledger.ts'
import type { ReceivedRecord } from './system.ts'

const FINDINGS_MAX = 16

type Fault = 'lost' | 'doubled' | 'reordered' | 'altered' | 'unexpected' | 'misplaced'

export interface TruthOptions {
  readonly run: number
  readonly ledger: SentLedger
  /** Whether offsets of one partition follow each other without gaps, as a log's do. */
  readonly denseOffsets: boolean
  /** Whether a producer's records have an order: not when it sends each by a call of its own, many at once. */
  readonly inOrder: boolean
}

export class TruthCheck {
  readonly #options: TruthOptions
  /** A bit for each number of each producer. */
  readonly #seen: Uint8Array[]
  /** By producer and partition: the last number. */
  readonly #lastNumber: Map<number, number>[]
  readonly #nextOffset = new Map<number, number>()
  readonly #counts: Record<Fault, number> = {
    lost: 0,
    doubled: 0,
    reordered: 0,
    altered: 0,
    unexpected: 0,
    misplaced: 0,
  }
  readonly #findings: string[] = []
  #readBack = 0

  constructor(options: TruthOptions) {
    this.#options = options
    const { ledger } = options
    this.#seen = Array.from(
      { length: ledger.producers },
      (_, producer) => new Uint8Array(Math.ceil(ledger.count(producer) / 8)),
    )
    this.#lastNumber = Array.from({ length: ledger.producers }, () => new Map<number, number>())
  }

  /** Records of one partition, in the order in which they came. */
  add(partition: number, records: readonly ReceivedRecord[]): void {
    for (const { offset, value } of records) this.#addOne(partition, offset, value)
  }

  /** Looks for what is missing. Once, when everything that is readable was added. */
  finish(): Verdict {
    const { ledger } = this.#options
    for (let producer = 0; producer < ledger.producers; producer++) {
      for (let number = 0; number < ledger.count(producer); number++) {
        if (this.#wasSeen(producer, number)) continue
        const state = ledger.state(producer, number)
        if (state.kind === 'open' || state.kind === 'refused') continue
        const where = state.kind === 'at' ? ` at offset ${state.offset}` : ''
        this.#find(
          'lost',
          `record ${producer}/${number} was acknowledged${where}, and is not there`,
        )
      }
    }
    const valid = Object.values(this.#counts).every((count) => count === 0)
    return {
      checked: true,
      valid,
      acknowledged: ledger.acknowledged,
      readBack: this.#readBack,
      ...this.#counts,
      unknown: ledger.open,
      findings: this.#findings,
    }
  }

  #addOne(partition: number, offset: number, value: Buffer | null): void {
    this.#readBack++
    const at = `partition ${partition} offset ${offset}`
    const { denseOffsets, ledger, run } = this.#options
    const expected = this.#nextOffset.get(partition)
    if (expected !== undefined && (denseOffsets ? offset !== expected : offset < expected)) {
      this.#find('reordered', `${at} came where offset ${expected} was due`)
    }
    this.#nextOffset.set(partition, offset + 1)
    const said = value === null ? undefined : readNumberedValue(value)
    if (said === undefined) {
      this.#find('altered', `${at} holds a value that nobody sent so`)
      return
    }
    const { producer, number } = said
    const name = `record ${producer}/${number}`
    if (said.run !== run || producer >= ledger.producers || number >= ledger.count(producer)) {
      this.#find('unexpected', `${at} holds ${name}, which was not sent in this run`)
      return
    }
    if (said.partition !== partition && said.partition !== ANY_PARTITION) {
      this.#find('misplaced', `${name} was sent to partition ${said.partition} and is in ${at}`)
    }
    if (this.#wasSeen(producer, number)) this.#find('doubled', `${name} is there again: ${at}`)
    else this.#see(producer, number)
    const last = this.#lastNumber[producer]?.get(partition) ?? -1
    if (number < last && this.#options.inOrder) {
      this.#find('reordered', `${name} comes behind ${producer}/${last}: ${at}`)
    }
    this.#lastNumber[producer]?.set(partition, Math.max(last, number))
    const state = ledger.state(producer, number)
    if (state.kind === 'refused') {
      this.#find('unexpected', `${name} was refused with no effect, and is in ${at}`)
    } else if (state.kind === 'at' && state.offset !== offset) {
      this.#find('misplaced', `${name} was acknowledged at offset ${state.offset} and is in ${at}`)
    }
  }

  #wasSeen(producer: number, number: number): boolean {
    return (((this.#seen[producer]?.[number >> 3] ?? 0) >> (number & 7)) & 1) === 1
  }

  #see(producer: number, number: number): void {
    const bits = this.#seen[producer]
    if (bits !== undefined) bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7))
  }

  #find(fault: Fault, text: string): void {
    this.#counts[fault]++
    if (this.#findings.length < FINDINGS_MAX) this.#findings.push(`${fault}: ${text}`)
  }
}

/** Of a run whose check was switched off. */
export function uncheckedVerdict(ledger: SentLedger): Verdict {
  return {
    checked: false,
    valid: true,
    acknowledged: ledger.acknowledged,
    readBack: 0,
    lost: 0,
    doubled: 0,
    reordered: 0,
    altered: 0,
    unexpected: 0,
    misplaced: 0,
    unknown: ledger.open,
    findings: [],
  }
}
