// What all parts of a chaos run share: the clock, the history that they write, the topic, and how they come to the broker.
import type { Varve } from '../../client/index.ts'
import type { HistoryBuilder } from '../../history-check/history-builder.ts'
import type { Clock } from '../../platform/clock.ts'

interface ChaosTopic {
  readonly name: string
  readonly partitions: number
  /** Tells its values from those of other runs. */
  readonly run: number
  /** It drops old records: then its start is not offset 0. */
  readonly hasRetention: boolean
  /** The history's number of each partition. */
  readonly keys: readonly number[]
}

/** The way of one client to the broker. */
export interface ChaosLink {
  readonly client: Varve
  /** Called when the client crashes: from here on nothing that it says may reach the broker, where that can be had. */
  readonly cut?: () => void
}

export interface ChaosStage {
  readonly clock: Clock
  readonly history: HistoryBuilder
  readonly topic: ChaosTopic
  /** A way of its own for each client. */
  readonly connect: (name: string) => ChaosLink
}

/** Times of a history: only their order counts. */
export function now({ clock }: { readonly clock: Clock }): number {
  return clock.monotonicMs()
}
