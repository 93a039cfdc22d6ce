// What the clients of a simulated world share: clock, network, the history that they write, and where partitions are known by their keys.
import type { HistoryBuilder } from '../../../src/history-check/history-builder.ts'
import type { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { SimNetwork } from './sim-network.ts'

/** Of all worlds: values of one do not meet those of another. */
export const RUN = 7

/** A topic as long as it is one: deleted and made again under its name it is another. */
export interface LivingTopic {
  readonly name: string
  /** The history's number of each partition. */
  readonly keys: readonly number[]
  readonly durability: 'synced' | 'written'
  /** `unsure`: it is being deleted. */
  state: 'there' | 'unsure' | 'gone'
  /** The broker said that it made it. */
  isMade: boolean
  /** Calls of clients that may still arrive. */
  callsUnderWay: number
}

export interface WorldStage {
  readonly clock: VirtualClock
  readonly network: SimNetwork
  readonly history: HistoryBuilder
  /** Times of the history: a number for each thing that happens. */
  now(): number
  topic(name: string): LivingTopic
  /** Whether something of the partition may have been lost rightly since that time of the history. */
  mayHaveLost(key: number): boolean
  /** How long the broker remembers idempotent producers that are silent. */
  readonly producerExpirationMs: number
  acknowledged(key: number, endOffset: number, isSynced: boolean): void
  violation(text: string): void
}
