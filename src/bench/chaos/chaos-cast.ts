// All clients of a chaos run. Invariant: until it is stopped every role has a client that lives, and what any of them met that no client may meet ends the
// run.
import type { Admin } from '../../client/index.ts'
import type { Random } from '../../platform/random.ts'
import { liveAsMember, type MemberCounts } from './chaos-member.ts'
import { liveAsProducer, type SendCounts } from './chaos-producer.ts'
import { liveAsReader, type ReaderPlace } from './chaos-reader.ts'
import { ChaosRole, type LiveIt } from './chaos-role.ts'
import type { ChaosStage } from './chaos-stage.ts'
import { askOnce } from './chaos-watch.ts'

export interface CastOptions {
  readonly random: Random
  readonly producers: number
  readonly consumers: number
  readonly groups: number
  readonly members: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly recordBytes: number
  readonly recordsPerSecond: number
  readonly signal: AbortSignal
}

export class ChaosCast {
  readonly groups: readonly string[]
  readonly memberCounts: MemberCounts = {
    ...{ handedOut: 0, commits: 0, refusedCommits: 0, assigned: 0 },
  }
  readonly #stage: ChaosStage
  readonly #options: CastOptions
  readonly #stopProducing = new AbortController()
  readonly #stopReading = new AbortController()
  readonly #giveUp = new AbortController()
  readonly #sends: SendCounts[]
  readonly #places: ReaderPlace[]
  readonly #producers: readonly ChaosRole[]
  readonly #readers: readonly ChaosRole[]

  constructor(stage: ChaosStage, options: CastOptions) {
    this.#stage = stage
    this.#options = options
    this.groups = listOf(options.groups, (index) => `${stage.topic.name}-group-${index}`)
    this.#sends = listOf(options.producers, () => ({ ...NOTHING_SENT }))
    this.#places = listOf(options.consumers, () => ({ records: 0, next: [] }))
    const stopSending = AbortSignal.any([this.#stopProducing.signal, options.signal])
    this.#producers = this.#sends.map((counts, index) =>
      this.#role(`producer ${index}`, stopSending, (life) =>
        liveAsProducer(stage, life, {
          ...{ index, counts, recordBytes: options.recordBytes, random: options.random },
          recordsPerSecond: options.recordsPerSecond / options.producers,
          inBatches: index % 2 === 1,
          giveUp: this.#giveUp.signal,
        }),
      ),
    )
    this.#readers = [...this.#consumers(), ...this.#members()]
  }

  /** Rejects when a client failed for good. */
  get failed(): Promise<never> {
    return Promise.race(this.#roles.map(({ failed }) => failed))
  }

  get sends(): SendCounts {
    return this.#sends.reduce(addCounts, NOTHING_SENT)
  }

  /** Records that were handed to consumers outside of groups. */
  get readAlong(): number {
    return this.#places.reduce((sum, { records }) => sum + records, 0)
  }

  get crashes(): number {
    return this.#roles.reduce((sum, { crashes }) => sum + crashes, 0)
  }

  crashOne(random: Random): void {
    this.#roles[random.integer(this.#roles.length)]?.crash()
  }

  /** Every record that was sent has an answer, or never gets one. */
  async stopProducing(): Promise<void> {
    this.#stopProducing.abort()
    await Promise.all(this.#producers.map(({ ended }) => ended))
  }

  /**
   * Waits until consumers have all that is readable, and groups have committed it.
   * @throws Error when they have not in time
   */
  async caughtUp(admin: Admin, withinMs: number): Promise<void> {
    const { clock } = this.#stage
    const endMs = clock.monotonicMs() + withinMs
    for (;;) {
      const behind = await this.#behind(admin)
      if (behind === undefined || this.#options.signal.aborted) return
      if (clock.monotonicMs() > endMs) {
        throw new Error(`${behind}, and no more within ${withinMs / 1000} s`)
      }
      await Promise.race([clock.sleep(50), this.failed])
    }
  }

  /** Consumers and members end in order. */
  async stop(): Promise<void> {
    this.#stopReading.abort()
    await Promise.all(this.#readers.map(({ ended }) => ended))
  }

  /** Everybody ends, whatever becomes of what they began. */
  async end(): Promise<void> {
    this.#stopProducing.abort()
    this.#stopReading.abort()
    this.#giveUp.abort()
    await Promise.allSettled(this.#roles.map(({ ended }) => ended))
  }

  get #roles(): readonly ChaosRole[] {
    return [...this.#producers, ...this.#readers]
  }

  #role(name: string, stop: AbortSignal, live: LiveIt): ChaosRole {
    return new ChaosRole(name, this.#stage, stop, live)
  }

  #consumers(): ChaosRole[] {
    const stop = this.#stopReading.signal
    return this.#places.map((place, index) =>
      this.#role(`consumer ${index}`, stop, (life) => liveAsReader(this.#stage, life, place)),
    )
  }

  #members(): ChaosRole[] {
    const { sessionTimeoutMs, rebalanceTimeoutMs, random, members } = this.#options
    const stop = this.#stopReading.signal
    return this.groups.flatMap((group, number) =>
      listOf(members, (index) =>
        this.#role(`member ${number}.${index}`, stop, (life) =>
          liveAsMember(this.#stage, life, {
            ...{ group, sessionTimeoutMs, rebalanceTimeoutMs, random },
            counts: this.memberCounts,
          }),
        ),
      ),
    )
  }

  /** @returns who still lacks something; undefined when nobody does */
  async #behind(admin: Admin): Promise<string | undefined> {
    const answer = await askOnce(this.#stage, admin, this.groups)
    if (answer === undefined) return 'the broker does not answer'
    const { ends, committed } = answer
    for (const [index, { next }] of this.#places.entries()) {
      if (ends.every((end, partition) => (next[partition] ?? 0) >= end)) continue
      return `consumer ${index} came to ${next.join(', ')} of ${ends.join(', ')}`
    }
    for (const [group, offsets] of committed) {
      if (ends.every((end, partition) => (offsets[partition] ?? 0) >= end)) continue
      return `${group} committed ${offsets.join(', ')} of ${ends.join(', ')}`
    }
    return undefined
  }
}

const NOTHING_SENT: Readonly<SendCounts> = { sent: 0, acknowledged: 0, refused: 0, open: 0 }

function listOf<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index))
}

function addCounts(one: SendCounts, other: SendCounts): SendCounts {
  return {
    sent: one.sent + other.sent,
    acknowledged: one.acknowledged + other.acknowledged,
    refused: one.refused + other.refused,
    open: one.open + other.open,
  }
}
