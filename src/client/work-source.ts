// The seam between a group consumer and the processing that runs on it: who brings batches, and who works on them.
import type { Offset } from '../domain/offset.ts'
import type { ConsumerBatch, TopicPartition } from './consumer-types.ts'

/** One stay of a partition with the consumer, at one place: owned anew or read from elsewhere, it is another one. */
export interface WorkPlace extends TopicPartition {
  /** False once the partition left, was lost, or is read from another place: what was handed out of it counts no more. */
  readonly isCurrent: boolean
}

/** Brings batches. */
export interface WorkSource {
  /** It is certain that what was handed out is still held; nothing is to be begun meanwhile when it is not. */
  readonly isCertain: boolean
  /**
   * The next batch of a partition that `workers` accept, waiting for it if need be. Batches of a place come in order.
   * @returns undefined when nothing more comes, or the workers are stopping
   * @throws VarveError what ends the reading
   */
  next(
    workers: PartitionWorkers,
  ): Promise<{ readonly place: WorkPlace; readonly batch: ConsumerBatch } | undefined>
  /** The workers may answer otherwise than before: wakes `next`. */
  look(): void
  /** Everything of the place before `nextOffset` is done with. Never goes back for a place; nothing is told of one that is not current. */
  finished(place: WorkPlace, nextOffset: Offset): void
}

/** Works on batches. */
export interface PartitionWorkers {
  /** Nothing more is taken: `next` is to return. */
  readonly isStopping: boolean
  /** There is room for a batch of the partition. */
  accepts(place: TopicPartition): boolean
  /**
   * The partition leaves in order: nothing of it begins any more. Resolves when what was under way has ended and was told as
   * finished, at the latest after `boundMs`; after half of it the handlers' signals are aborted.
   */
  release(place: WorkPlace, boundMs: number): Promise<void>
  /** The partition is gone, or read from elsewhere: nothing of it can count any more. */
  lost(place: WorkPlace): void
  /** What is done with the partition, where that is not simply that records flow. */
  stateOf(place: TopicPartition): WorkState | undefined
}

export interface WorkState {
  /** `waiting`: for a handler that is free. */
  readonly state: 'in-handler' | 'handler-failed' | 'waiting'
  readonly ageMs: number
  /** For people. */
  readonly text: string
}
