// Sends numbered records: as fast as there is room, or by a schedule that waits for nobody (open loop, so that a stall shows in every record that
// should have been sent meanwhile, not in one: coordinated omission). Invariant: each number is sent once, to the partition that it names.
import type { Clock } from '../platform/clock.ts'
import { nextTurn } from '../platform/next-turn.ts'
import type { LatencyHistogram } from './latency-histogram.ts'
import { ANY_PARTITION, type NumberedPayloads } from './numbered-payload.ts'
import type { SentLedger } from './sent-ledger.ts'
import type { BenchProducer, OnSent } from './system.ts'
import type { Workload } from './workload.ts'

/** How much is sent before answers get their turn. */
const TURN_BYTES = 512 * 1024
const TURN_RECORDS = 2_048
/** The schedule's step. */
const STEP_MS = 1

interface Sender {
  readonly index: number
  readonly producer: BenchProducer
  /** Where the next record goes, and how many more do. */
  partition: number
  left: number
  /** Resolves when it has room again. */
  blocked: Promise<void> | undefined
}

export interface DriveOptions {
  readonly workload: Workload
  readonly clock: Clock
  readonly payloads: NumberedPayloads
  readonly ledger: SentLedger
  /** Ends it, when what was due by then was sent. */
  readonly signal: AbortSignal
  /** Ends it at once. */
  readonly cancel: AbortSignal
  /** How late the schedule was kept; open loop alone. */
  readonly lateness?: LatencyHistogram
  /** Which sends' lateness counts. */
  readonly isTimed?: (wantedAtMs: number) => boolean
}

/** The lent slot and the number of each record under way, by its token. */
export class Tokens {
  readonly #slots: number[] = []
  readonly #numbers: number[] = []
  readonly #free: number[] = []

  take(slot: number, number: number): number {
    const token = this.#free.pop() ?? this.#slots.length
    this.#slots[token] = slot
    this.#numbers[token] = number
    return token
  }

  slot(token: number): number {
    return this.#slots[token] ?? 0
  }

  number(token: number): number {
    return this.#numbers[token] ?? 0
  }

  giveBack(token: number): void {
    this.#free.push(token)
  }
}

export class Drive {
  readonly #options: DriveOptions
  readonly #senders: Sender[] = []
  readonly #tokens: Tokens[] = []
  readonly #keys: Buffer[]
  readonly #stickyRecords: number
  #nextKey = 0

  constructor(options: DriveOptions) {
    this.#options = options
    const { keys, batchBytes, recordBytes } = options.workload
    this.#keys = Array.from({ length: keys }, (_, key) => Buffer.from(`key-${key}`))
    // Staying with a partition for a batch fills batches, as Kafka's own producer does without keys.
    this.#stickyRecords = Math.max(1, Math.floor(batchBytes / (recordBytes + 16)))
  }

  /**
   * Adds a producer.
   * @param told called after the ledger knows: with the number, and when its send was wanted
   * @param open makes it with what it must tell its results to
   */
  async add(
    open: (onSent: OnSent) => Promise<BenchProducer>,
    told: (wantedAtMs: number, isStored: boolean) => void,
    hadNoEffect: (error: Error) => boolean,
  ): Promise<void> {
    const index = this.#senders.length
    const tokens = new Tokens()
    this.#tokens.push(tokens)
    const { ledger, payloads } = this.#options
    const producer = await open((token, offset, error) => {
      const number = tokens.number(token)
      payloads.giveBack(tokens.slot(token))
      tokens.giveBack(token)
      if (error === undefined) ledger.acknowledge(index, number, offset)
      else ledger.fail(index, number, hadNoEffect(error), error.message)
      told(ledger.wantedAtMs(index, number), error === undefined)
    })
    const { partitions } = this.#options.workload
    const partition = index % partitions
    this.#senders.push({
      index,
      producer,
      partition,
      left: this.#stickyRecords,
      blocked: undefined,
    })
  }

  /** Sends until the signal, or until `records` were sent. */
  async run(records = Infinity): Promise<void> {
    const { recordsPerSecond } = this.#options.workload
    if (recordsPerSecond > 0 && records === Infinity) await this.#bySchedule(recordsPerSecond)
    else await this.#asFastAsCan(records)
  }

  /** Resolves when everything has its answer. */
  async flush(): Promise<void> {
    await Promise.all(this.#senders.map(({ producer }) => producer.flush()))
  }

  async close(): Promise<void> {
    await Promise.all(this.#senders.map(({ producer }) => producer.close()))
  }

  async #asFastAsCan(records: number): Promise<void> {
    const { clock, signal, workload } = this.#options
    const turnRecords = Math.max(
      1,
      Math.min(TURN_RECORDS, Math.floor(TURN_BYTES / workload.recordBytes)),
    )
    let left = records
    while (left > 0 && !signal.aborted) {
      let sent = 0
      for (const sender of this.#senders) {
        const share = Math.min(left - sent, Math.ceil(turnRecords / this.#senders.length))
        const nowMs = clock.monotonicMs()
        for (let index = 0; index < share; index++) {
          if (sender.blocked !== undefined || !this.#sendOne(sender, nowMs)) break
          sent++
        }
      }
      left -= sent
      if (sent > 0) await nextTurn()
      else await this.#room()
    }
  }

  async #bySchedule(recordsPerSecond: number): Promise<void> {
    const { clock, signal, cancel, lateness, isTimed } = this.#options
    const startMs = clock.monotonicMs()
    let sent = 0
    let turn = 0
    while (!signal.aborted) {
      const nowMs = clock.monotonicMs()
      const due = Math.floor(((nowMs - startMs) * recordsPerSecond) / 1000)
      while (sent < due && !cancel.aborted) {
        // What is due within a step is wanted at its end: the schedule is one of steps, and late only behind them.
        const exactMs = ((sent + 1) * 1000) / recordsPerSecond
        const wantedAtMs = startMs + Math.ceil(exactMs / STEP_MS) * STEP_MS
        if (wantedAtMs > nowMs) break
        const sender = this.#senders[turn % this.#senders.length]
        if (sender === undefined) throw new RangeError('no producer')
        if (sender.blocked !== undefined || !this.#sendOne(sender, wantedAtMs)) {
          await this.#room()
          continue
        }
        if (isTimed?.(wantedAtMs) === true) lateness?.record(clock.monotonicMs() - wantedAtMs)
        turn++
        sent++
      }
      const nextMs = startMs + Math.ceil((clock.monotonicMs() - startMs) / STEP_MS) * STEP_MS
      await untilMs(clock, nextMs)
    }
  }

  /** @returns false when the producer, or the bench itself, has no room. */
  #sendOne(sender: Sender, wantedAtMs: number): boolean {
    const { ledger, payloads, workload } = this.#options
    const slot = payloads.take()
    if (slot < 0) {
      this.#block(sender, payloads.room())
      return false
    }
    const number = ledger.count(sender.index)
    const hasKey = workload.keys > 0
    const partition = hasKey ? ANY_PARTITION : sender.partition
    const key = hasKey ? (this.#keys[this.#nextKey++ % workload.keys] ?? null) : null
    const value = payloads.number(slot, sender.index, number, partition)
    const tokens = this.#tokens[sender.index]
    if (tokens === undefined) throw new RangeError('no such producer')
    const token = tokens.take(slot, number)
    // Before the send: its answer may come within it.
    ledger.send(sender.index, wantedAtMs)
    if (!sender.producer.trySend(hasKey ? undefined : partition, key, value, token)) {
      ledger.unsend(sender.index)
      payloads.giveBack(slot)
      tokens.giveBack(token)
      this.#block(sender, sender.producer.ready())
      return false
    }
    if (--sender.left === 0) {
      sender.left = this.#stickyRecords
      sender.partition = (sender.partition + 1) % workload.partitions
    }
    return true
  }

  #block(sender: Sender, until: Promise<void>): void {
    sender.blocked = until.then(() => {
      sender.blocked = undefined
    })
    // Thrown by whoever waits for room; when nobody does any more, it is no news.
    sender.blocked.catch(() => undefined)
  }

  async #room(): Promise<void> {
    const waits = this.#senders.flatMap(({ blocked }) => (blocked === undefined ? [] : [blocked]))
    if (waits.length === this.#senders.length) await Promise.race(waits)
    else await nextTurn()
  }
}

/** A timer comes up to a millisecond late: the last stretch is waited for in turns of the event loop. */
async function untilMs(clock: Clock, timeMs: number): Promise<void> {
  const leftMs = timeMs - clock.monotonicMs()
  if (leftMs > 2 * STEP_MS) await clock.sleep(leftMs - STEP_MS)
  while (clock.monotonicMs() < timeMs) await nextTurn()
}
