// Finds out what was known of idempotent producers where a start begins to look at the log: from the snapshot that the checkpoint
// speaks of, and when that is lost from the newest one before it and the headers of the batches behind. What comes of it is
// what the log holds: a snapshot is a shortcut, never trusted over the log, and never a reason not to start.
import { type BatchHeader, NONE } from '../../record/batch-header.ts'
import type { ProducerStates } from '../producer-states.ts'
import { BatchCursor } from './batch-cursor.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { readSnapshot } from './producer-snapshot-files.ts'
import type { Segment } from './segment.ts'
import type { StorageContext } from './storage-context.ts'

export interface ProducerRecovery {
  /** The snapshot at the recovery point is there as the checkpoint says, or none is needed. */
  readonly isAsRecorded: boolean
  readonly anomalies: readonly string[]
}

export interface ProducerSubject {
  readonly segments: readonly Segment[]
  /** The checkpoint, when its recovery point is where the log is read from; undefined when all of it is. */
  readonly checkpoint: Checkpoint | undefined
  /** Offsets of the snapshots in the folder. */
  readonly snapshots: ReadonlySet<number>
}

/** @param producers empty; filled as of where the log is read from, {@link replayHeader} takes it further. */
export async function recoverProducers(
  context: StorageContext,
  directory: PartitionDirectory,
  subject: ProducerSubject,
  producers: ProducerStates,
): Promise<ProducerRecovery> {
  const recovery = new Recovery(context, directory, subject, producers)
  const isAsRecorded = await recovery.run()
  return { isAsRecorded, anomalies: recovery.anomalies }
}

class Recovery {
  readonly anomalies: string[] = []
  private readonly context: StorageContext
  private readonly directory: PartitionDirectory
  private readonly subject: ProducerSubject
  private readonly producers: ProducerStates

  constructor(
    context: StorageContext,
    directory: PartitionDirectory,
    subject: ProducerSubject,
    producers: ProducerStates,
  ) {
    this.context = context
    this.directory = directory
    this.subject = subject
    this.producers = producers
  }

  async run(): Promise<boolean> {
    const { segments, checkpoint } = this.subject
    if (checkpoint === undefined) {
      // All of the log is read: only what was known before its beginning is missing.
      await this.loadNewest((segments[0]?.baseOffset ?? 0) + 1)
      return false
    }
    const { recoveryPoint, producers: recorded } = checkpoint
    if (recorded === undefined) return true
    const { offset } = recoveryPoint
    if (recorded !== 'unknown') {
      const snapshot = await readSnapshot(this.context.files, this.directory, offset)
      if (typeof snapshot === 'object' && snapshot.crc === recorded.crc) {
        this.producers.load(snapshot.producers)
        return true
      }
      const problem = typeof snapshot === 'object' ? 'is not the one that was written' : snapshot
      this.anomalies.push(
        `the snapshot of producers at offset ${offset} ${problem === undefined ? 'was missing' : `could not be used (${problem})`}: made anew from the log`,
      )
    }
    const from = await this.loadNewest(offset)
    await this.replay(from, offset)
    return false
  }

  /**
   * Loads the newest good snapshot below `offset` behind which nothing of the log is missing. One that is older than the first segment
   * is a remainder (a power cut brings removed files back) and does not know the last batches of those that wrote after it: it
   * would have them sent again. @returns where it was made; 0 when there is none.
   */
  private async loadNewest(offset: number): Promise<number> {
    const begin = this.subject.segments[0]?.baseOffset ?? Infinity
    const below = [...this.subject.snapshots]
      .filter((at) => at >= begin && at < offset)
      .sort((a, b) => b - a)
    for (const at of below) {
      const snapshot = await readSnapshot(this.context.files, this.directory, at)
      if (typeof snapshot === 'object') {
        this.producers.load(snapshot.producers)
        return at
      }
      if (snapshot !== undefined) {
        this.anomalies.push(`the snapshot of producers at offset ${at} was damaged (${snapshot})`)
      }
    }
    return 0
  }

  /** Reads the headers of the batches from one offset to another. Behind bytes that are no batch it goes on in the next segment. */
  private async replay(fromOffset: number, toOffset: number): Promise<void> {
    const { segments } = this.subject
    for (const [at, segment] of segments.entries()) {
      const endOffset = segments[at + 1]?.baseOffset ?? Infinity
      if (endOffset <= fromOffset || segment.baseOffset >= toOffset) continue
      await this.replaySegment(segment, fromOffset, toOffset)
    }
  }

  private async replaySegment(
    segment: Segment,
    fromOffset: number,
    toOffset: number,
  ): Promise<void> {
    const path = this.directory.segmentFile(segment.baseOffset, 'log')
    const nowMs = this.context.clock.wallMs()
    await this.context.files.use(path, 'read', async (file) => {
      const cursor = new BatchCursor(file, segment.bytes, 'header')
      let expectedOffset = segment.baseOffset
      for (let position = 0; ; ) {
        const found = await cursor.at(position)
        if (found.kind !== 'batch' || found.header.baseOffset !== expectedOffset) return
        const { header } = found
        if (header.baseOffset >= toOffset) return
        if (header.lastOffset >= fromOffset) replayHeader(this.producers, header, nowMs)
        position += header.totalBytes
        expectedOffset = header.lastOffset + 1
      }
    })
  }
}

/** Takes a batch of the log into account. */
export function replayHeader(producers: ProducerStates, header: BatchHeader, nowMs: number): void {
  const { producerId, producerEpoch, baseSequence, lastOffset } = header
  if (producerId === NONE) return
  if (!Number.isSafeInteger(producerId) || producerEpoch < 0 || baseSequence < 0) return
  const isStamped = header.timestampType === 'LogAppendTime'
  producers.replay(header, lastOffset, isStamped ? header.maxTimestampMs : nowMs)
}
