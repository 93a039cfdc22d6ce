// One workload on one system: what all kinds share. A topic is made, filled where the kind needs it, measured as often as asked for, read back and
// checked, and deleted. Invariant: what is measured is what is checked: one ledger knows every record of the topic.
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import { Drive } from './drive.ts'
import type { Verdict } from './figures.ts'
import type { LatencyHistogram } from './latency-histogram.ts'
import { NumberedPayloads } from './numbered-payload.ts'
import { SentLedger } from './sent-ledger.ts'
import type { BenchSystem, ConsumerRequest, OnSent } from './system.ts'
import { TruthCheck, uncheckedVerdict } from './truth-check.ts'
import type { Workload } from './workload.ts'

/** Lent bytes at once, as many as the clients' own buffers take. */
const LENT_BYTES = 40 * 2 ** 20
const SLOTS_MIN = 64
const SLOTS_MAX = 120_000

export interface RunContext {
  readonly system: BenchSystem
  readonly clock: Clock
  readonly random: Random
  /** Told how far it is, often. */
  readonly progress: (phase: string, records: number) => void
  readonly signal: AbortSignal
}

/** A topic of the bench and everything that was ever sent to it. */
export class WorkloadTopic {
  readonly name: string
  readonly run: number
  readonly ledger: SentLedger
  readonly workload: Workload
  readonly #context: RunContext
  readonly #payloads: NumberedPayloads

  private constructor(context: RunContext, workload: Workload, producers: number) {
    const { random } = context
    this.#context = context
    this.workload = workload
    this.run = random.integer(2 ** 32)
    this.name = `bench-${workload.kind}-${this.run.toString(36)}`
    this.ledger = new SentLedger(producers)
    const { recordBytes, content } = workload
    const calls = workload.callsInFlight * workload.recordsPerCall
    const slots = Math.floor(LENT_BYTES / recordBytes)
    this.#payloads = new NumberedPayloads({
      run: this.run,
      recordBytes,
      // Every call has all of its records lent; a producer waits where none is left.
      slots: workload.kind === 'single' ? calls : Math.min(Math.max(slots, SLOTS_MIN), SLOTS_MAX),
      content,
      random: () => random.integer(2 ** 32),
    })
  }

  /** @param producers that will ever send to it */
  static async create(
    context: RunContext,
    workload: Workload,
    producers: number,
  ): Promise<WorkloadTopic> {
    const topic = new WorkloadTopic(context, workload, producers)
    const { partitions, durability } = workload
    await context.system.createTopic({ name: topic.name, partitions, durability })
    return topic
  }

  /** A drive with its producers open. The caller closes it. */
  async openDrive(options: {
    signal: AbortSignal
    told: (wantedAtMs: number, isStored: boolean) => void
    producers: number
    lateness?: LatencyHistogram
    isTimed?: (wantedAtMs: number) => boolean
  }): Promise<Drive> {
    const { workload, ledger } = this
    const { system, clock } = this.#context
    const hadNoEffect = (error: Error): boolean => system.hadNoEffect?.(error) === true
    const { signal, lateness, isTimed, told } = options
    const drive = new Drive({
      workload,
      clock,
      payloads: this.#payloads,
      ledger,
      signal,
      cancel: this.#context.signal,
      ...(lateness === undefined ? {} : { lateness }),
      ...(isTimed === undefined ? {} : { isTimed }),
    })
    for (let index = 0; index < options.producers; index++) {
      await drive.add((onSent: OnSent) => this.#openProducer(onSent, system), told, hadNoEffect)
    }
    return drive
  }

  /** Fills it with as many bytes of values as the workload says. */
  async preload(): Promise<void> {
    const { workload } = this
    const records = Math.max(1, Math.ceil(workload.preloadBytes / workload.recordBytes))
    let stored = 0
    const drive = await this.openDrive({
      signal: this.#context.signal,
      producers: 1,
      told: () => {
        stored++
        if (stored % 10_000 === 0) this.#context.progress('filling', stored)
      },
    })
    try {
      await drive.run(records)
      await drive.flush()
    } finally {
      await drive.close()
    }
    this.#context.signal.throwIfAborted()
    this.refuseFailures()
  }

  /** Nothing here makes sends fail: a rate of what was left would be no figure. @throws Error with how many failed, and why the first */
  refuseFailures(): void {
    const { failed, sent, firstFailure } = this.ledger
    if (firstFailure === undefined) return
    throw new Error(`${failed} of ${sent} records were not acknowledged: ${firstFailure}`)
  }

  /** Reads everything from the start and compares it with the ledger. */
  async verify(): Promise<Verdict> {
    const { ledger, run, workload } = this
    if (!workload.verify) return uncheckedVerdict(ledger)
    const { system, progress, signal } = this.#context
    const check = new TruthCheck({
      run,
      ledger,
      denseOffsets: system.hasDenseOffsets === true,
      inOrder: workload.kind !== 'single',
    })
    const consumer = await system.openConsumer(this.reading({ untilEnd: true }))
    const stop = (): void => void consumer.close()
    signal.addEventListener('abort', stop)
    try {
      let read = 0
      await consumer.run((partition, records) => {
        check.add(partition, records)
        read += records.length
        progress('checking', read)
      })
      signal.throwIfAborted()
    } finally {
      signal.removeEventListener('abort', stop)
      await consumer.close()
    }
    return check.finish()
  }

  /** `recordsPerCall` a call, `callsInFlight` calls at once, until the signal. Rejects with the first failure. */
  async sendSingly(signal: AbortSignal, told: (wantedAtMs: number) => void): Promise<void> {
    const lane = async (): Promise<void> => {
      while (!signal.aborted && !this.#context.signal.aborted) told(await this.#call())
    }
    await Promise.all(Array.from({ length: this.workload.callsInFlight }, lane))
  }

  /** One call. @returns when it began */
  async #call(): Promise<number> {
    const { system, clock } = this.#context
    const { ledger, name } = this
    const { recordsPerCall, partitions } = this.workload
    const first = ledger.count(0)
    const partition = Math.floor(first / recordsPerCall) % partitions
    const wantedAtMs = clock.monotonicMs()
    const slots = Array.from({ length: recordsPerCall }, () => this.#payloads.take())
    const values = slots.map((slot, index) => {
      ledger.send(0, wantedAtMs)
      return this.#payloads.number(slot, 0, first + index, partition)
    })
    try {
      const [value = Buffer.alloc(0)] = values
      const offset =
        recordsPerCall === 1
          ? await system.sendOne?.(name, partition, value)
          : await system.sendTogether?.(name, partition, values)
      for (let index = 0; index < recordsPerCall; index++) {
        ledger.acknowledge(0, first + index, offset === undefined ? undefined : offset + index)
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const hadNoEffect = system.hadNoEffect?.(error) === true
      for (let index = 0; index < recordsPerCall; index++)
        ledger.fail(0, first + index, hadNoEffect, error.message)
      throw error
    } finally {
      for (const slot of slots) this.#payloads.giveBack(slot)
    }
    return wantedAtMs
  }

  reading(how: Partial<ConsumerRequest>): ConsumerRequest {
    const { partitions } = this.workload
    return { topic: this.name, partitions, from: 'earliest', untilEnd: false, ...how }
  }

  async delete(): Promise<void> {
    await this.#context.system.deleteTopic(this.name)
  }

  #openProducer(onSent: OnSent, system: BenchSystem): ReturnType<BenchSystem['openProducer']> {
    const { partitions, durability, batchBytes, lingerMs, compression } = this.workload
    return system.openProducer(
      { topic: this.name, partitions, durability, batchBytes, lingerMs, compression },
      onSent,
    )
  }
}
