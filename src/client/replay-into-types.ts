// What a replay into a topic is told and what it tells.

import type { Durability } from '../domain/durability.ts'
import type { CodecName } from '../record/codec.ts'
import type { TopicPartition } from './consumer-types.ts'
import type { ReplayOptions, ReplayPositions, ReplaySummary } from './replay-types.ts'

/** Keeps the text that a replay into a topic goes on from after a crash. */
export interface ReplayIntoStore {
  /** What was saved last; undefined before the first time. */
  load(): Promise<string | undefined>
  /** Takes the place of what was saved before, all of it or nothing; on stable storage when it resolves. */
  save(text: string): Promise<void>
}

export interface ReplayIntoOptions extends Omit<ReplayOptions, 'resume' | 'paused'> {
  /** The topic to write to. Nobody else may write to it meanwhile: that is noticed, and ends the replay. */
  readonly into: string
  /**
   * `keep` (unless told): a record goes to the partition of its number, which must be there. `by-key`: by the key, as producers choose;
   * records without a key go to the number of their partition, modulo those that are there.
   */
  readonly partitioning?: 'keep' | 'by-key'
  /** Without it the replay cannot go on after the end of the program; with it, it goes on where it was, and nothing is stored twice. */
  readonly store?: ReplayIntoStore
  /** Of what is stored; the topic's own unless told. */
  readonly durability?: Exclude<Durability, 'none'>
  /** Of what is stored; `none` unless told. */
  readonly compression?: CodecName
}

/** How a partition of the target was filled. */
export interface ReplayIntoPartition extends TopicPartition {
  /** Where the first record of the replay lies. */
  readonly baseOffset: number
  /** Behind the last one. */
  readonly endOffset: number
}

export interface ReplayIntoSummary {
  /** Of what was read in this run of the program; undefined when it was closed before its end. */
  readonly replay: ReplaySummary | undefined
  /** Records that were stored in this run of the program. */
  readonly stored: number
  /** Records of an earlier run whose fate had been open, and that were found to be stored. */
  readonly found: number
  /** Over all runs. */
  readonly partitions: readonly ReplayIntoPartition[]
}

/** What is saved: before anything is stored, what is about to be; so whatever a crash leaves can be told apart. */
export interface ReplayIntoState {
  readonly version: 1
  /** What the replay was told: another one must not go on from here. */
  readonly told: string
  /** Where the round begins that is being stored, or the next one. */
  readonly before: ReplayPositions
  /** How far the round goes, by partition; empty when none is being stored. */
  readonly round: readonly ReplayRoundPlace[]
  /** Partitions of the target as they were before the round. */
  readonly targets: readonly ReplayIntoPartition[]
  readonly isDone: boolean
}

export interface ReplayRoundPlace extends TopicPartition {
  readonly offset: number
  readonly nextOffset: number
}
