// From messages one by one to what a bench consumer hands out: the records of a partition in order, several at once, up to the end that
// was asked for. Invariant: `run` resolves only after every partition reached its end, or `close`.
import type { ReceivedRecord } from '../../src/bench/system.ts'

type OnRecords = (partition: number, records: readonly ReceivedRecord[]) => void

export class RecordHandout {
  readonly #ends: readonly number[] | undefined
  readonly #waiting: ReceivedRecord[][]
  readonly #isFinished: boolean[]
  #unfinished: number
  #isScheduled = false
  #onRecords: OnRecords | undefined
  #settle: { resolve(): void; reject(error: Error): void } | undefined
  #outcome: Error | 'finished' | undefined

  /** @param ends the offsets behind the last records to hand out, by partition; undefined: until it is closed */
  constructor(partitions: number, ends: readonly number[] | undefined) {
    this.#ends = ends
    this.#waiting = Array.from({ length: partitions }, () => [])
    this.#isFinished = Array.from({ length: partitions }, (_, index) => ends?.[index] === 0)
    this.#unfinished = this.#isFinished.filter((is) => !is).length
    if (this.#unfinished === 0) this.#outcome = 'finished'
  }

  /** Whether nothing of this partition is wanted any more. */
  isFinished(partition: number): boolean {
    return this.#outcome !== undefined || this.#isFinished[partition] === true
  }

  run(onRecords: OnRecords): Promise<void> {
    this.#onRecords = onRecords
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#handOut()
      this.#settleIfOver()
    })
  }

  /** What comes behind the end is left out. Handed out when the work that is being done now is over: a packet holds many. */
  push(partition: number, offset: number, value: Buffer | null): void {
    if (this.isFinished(partition)) return
    const end = this.#ends?.[partition]
    if (end === undefined || offset < end) this.#waiting[partition]?.push({ offset, value })
    if (end !== undefined && offset >= end - 1) {
      this.#isFinished[partition] = true
      this.#unfinished--
    }
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      this.#handOut()
      if (this.#unfinished === 0) this.#end('finished')
    })
  }

  fail(error: Error): void {
    this.#end(error)
  }

  close(): void {
    this.#end('finished')
  }

  #handOut(): void {
    const onRecords = this.#onRecords
    if (onRecords === undefined) return
    for (const [partition, records] of this.#waiting.entries()) {
      if (records.length === 0) continue
      this.#waiting[partition] = []
      onRecords(partition, records)
    }
  }

  #end(outcome: Error | 'finished'): void {
    this.#outcome ??= outcome
    this.#settleIfOver()
  }

  #settleIfOver(): void {
    if (this.#settle === undefined || this.#outcome === undefined) return
    if (this.#outcome === 'finished') this.#settle.resolve()
    else this.#settle.reject(this.#outcome)
  }
}
