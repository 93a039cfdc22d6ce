// What is known of an open partition. The disk loop changes it, readers look at it; it does no I/O.

import type { Offset } from '../../domain/offset.ts'
import type { DamagedRange } from '../engine.ts'
import type { ProducerStates } from '../producer-states.ts'
import { afterLosses, type LostRange, NO_LOSSES } from './accepted-losses.ts'
import type { Checkpoint, RecoveryPoint } from './checkpoint.ts'
import { type DamagedExtent, extentOfOffset } from './damaged-extent.ts'
import type { EpochHistory } from './epoch-history.ts'
import type { IndexAccumulator } from './index-accumulator.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { SealedSum } from './sealed-sum.ts'
import { type Segment, segmentIndexOf } from './segment.ts'

export class PartitionState {
  readonly directory: PartitionDirectory
  /** In the order of their base offsets; the last one is written to. */
  readonly segments: Segment[]
  epochs: EpochHistory
  startOffset: number
  /** The offset after the last batch in the file. */
  endOffset: number
  /** The offset after the last batch that is on stable storage. */
  durableEnd: number
  /** With durability synced: readers see up to the durable end. */
  isSynced: boolean
  damaged: readonly DamagedExtent[]
  /** Holes that an operator accepted. */
  readonly losses: readonly LostRange[]
  /** What is known of idempotent producers, at the end of the log. */
  readonly producers: ProducerStates
  /** Offsets of the snapshots of producers in the folder. */
  readonly snapshots: Set<number>
  /** Of the last segment, once it is written to. */
  accumulator: IndexAccumulator | undefined
  /** Segments that are not written to any more, while their last index entries are on their way to stable storage. */
  readonly leaving = new Map<Segment, IndexAccumulator>()
  private readonly sealed = new SealedSum<Segment>()

  constructor(options: {
    directory: PartitionDirectory
    segments: Segment[]
    epochs: EpochHistory
    startOffset: number
    endOffset: number
    damaged: readonly DamagedExtent[]
    losses?: readonly LostRange[]
    producers: ProducerStates
    snapshots?: Iterable<number>
    isSynced: boolean
  }) {
    this.directory = options.directory
    this.segments = options.segments
    this.epochs = options.epochs
    this.startOffset = options.startOffset
    this.endOffset = options.endOffset
    this.durableEnd = options.endOffset
    this.damaged = options.damaged
    this.losses = options.losses ?? NO_LOSSES
    this.producers = options.producers
    this.snapshots = new Set(options.snapshots)
    this.isSynced = options.isSynced
  }

  get readableEnd(): number {
    return this.isSynced ? this.durableEnd : this.endOffset
  }

  get active(): Segment | undefined {
    return this.segments.at(-1)
  }

  /** The segment where `offset` is or would be, and the offset at which the next one begins. */
  segmentOf(offset: number): { segment: Segment; endOffset: number } | undefined {
    const at = segmentIndexOf(this.segments, offset)
    const segment = this.segments[at]
    if (segment === undefined) return undefined
    return { segment, endOffset: this.segments[at + 1]?.baseOffset ?? this.endOffset }
  }

  /** `offset` itself, or where it goes on when that is in a hole. */
  afterLosses(offset: number): number {
    return afterLosses(this.losses, offset)
  }

  damageOf(offset: number): DamagedExtent | undefined {
    return this.damaged.length === 0 ? undefined : extentOfOffset(this.damaged, offset)
  }

  get damagedRanges(): readonly DamagedRange[] {
    if (this.damaged.length === 0) return NO_RANGES
    return this.damaged.map((extent) => ({
      firstBad: extent.firstBad as Offset,
      nextGood: extent.nextGood as Offset | undefined,
    }))
  }

  /** The end of the log as a recovery point. */
  get endPoint(): RecoveryPoint {
    const { active, endOffset } = this
    return {
      offset: endOffset,
      segment: active?.baseOffset ?? endOffset,
      position: active?.bytes ?? 0,
    }
  }

  /**
   * What the checkpoint says when all up to `point` is durable, with the log start of now or a later one.
   * @param snapshot of the producers at `point`; undefined when there are none.
   */
  checkpointAt(
    point: RecoveryPoint,
    snapshot: Checkpoint['producers'],
    clean: boolean,
    logStart = this.startOffset,
  ): Checkpoint {
    return {
      recoveryPoint: point,
      logStart,
      clean,
      sealed: this.sealed.of(this.segments, point, logStart),
      ...(snapshot === undefined ? {} : { producers: snapshot }),
      damaged: this.damaged,
    }
  }

  get bytes(): number {
    let bytes = 0
    for (const segment of this.segments) bytes += segment.bytes
    return bytes
  }
}

const NO_RANGES: readonly DamagedRange[] = []
