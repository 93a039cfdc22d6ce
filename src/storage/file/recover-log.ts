// Reads the end of a log after a stop that was not clean and decides what it is worth; changes nothing. What cannot be good is
// one of two things. A torn tail: bytes at the end of the last segment that were never synced, left by an interrupted write;
// they may be cut. Damage: bytes that had been synced and are not what they were; they stay, the partition becomes
// read-only, and readers go around them (invariants R1, R2).
import { LIMITS } from '../../domain/limits.ts'
import { afterLosses, type LostRange } from './accepted-losses.ts'
import { type Checkpoint, type RecoveryPoint, recordsSealed } from './checkpoint.ts'
import type { DamagedExtent } from './damaged-extent.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { type BadStretch, type BatchVisitor, type ScanResult, scanSegment } from './scan-segment.ts'
import type { Segment } from './segment.ts'
import { segmentFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

export interface RecoverySubject {
  /** `bytes` are the sizes of the files. */
  readonly segments: readonly Segment[]
  /** Undefined when it is missing or damaged. */
  readonly checkpoint: Checkpoint | undefined
  /** The hint beside the log; undefined when there is none. */
  readonly syncedEnd: RecoveryPoint | undefined
  /** The topic's durability is synced: each group is synced before the next one is written. */
  readonly isSynced: boolean
  readonly wasClean: boolean
  /** Base offsets of indexes without a log. */
  readonly orphans: readonly number[]
  /** Holes that are known and accepted: no damage. */
  readonly losses: readonly LostRange[]
  /** Reads all of the log, not only what lies behind the recovery point: for offline checks. */
  readonly isThorough?: boolean
  /** Asked for before each segment that is read; told of each good batch in it. */
  readonly visitorOf?: (segment: Segment) => Promise<BatchVisitor>
}

export interface Recovered {
  readonly startOffset: number
  /** The next offset to be given away. */
  readonly endOffset: number
  /** The offset after the last batch: below the end when a hole or damage lies between. */
  readonly batchesEnd: number
  readonly damaged: readonly DamagedExtent[]
  /** From where on the log was read; undefined when it was trusted. */
  readonly scannedFrom: RecoveryPoint | undefined
  /** The position in the last segment at which a torn tail begins. */
  readonly cutAt: number | undefined
  /** All is as the checkpoint says, with or without more behind the recovery point. */
  readonly isAsRecorded: boolean
  readonly segmentsScanned: number
  readonly bytesScanned: number
  /** Sentences for the report. */
  readonly anomalies: readonly string[]
}

export async function recoverLog(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  directory: PartitionDirectory,
  subject: RecoverySubject,
): Promise<Recovered> {
  const scan = new RecoveryScan(context, directory, subject)
  return await scan.run()
}

class RecoveryScan {
  private readonly context: Pick<StorageContext, 'fileSystem' | 'files'>
  private readonly directory: PartitionDirectory
  private readonly subject: RecoverySubject
  /** Offsets below it had been synced. */
  private readonly trustedOffset: number
  private readonly damaged: DamagedExtent[] = []
  private readonly anomalies: string[] = []
  private segmentsScanned = 0
  private bytesScanned = 0
  private cutAt: number | undefined

  constructor(
    context: Pick<StorageContext, 'fileSystem' | 'files'>,
    directory: PartitionDirectory,
    subject: RecoverySubject,
  ) {
    this.context = context
    this.directory = directory
    this.subject = subject
    const { checkpoint, syncedEnd } = subject
    this.trustedOffset = Math.max(checkpoint?.recoveryPoint.offset ?? 0, syncedEnd?.offset ?? 0)
  }

  async run(): Promise<Recovered> {
    const { segments, checkpoint } = this.subject
    const point = checkpoint && readingPoint(segments, checkpoint)
    if (checkpoint !== undefined && point === undefined) {
      this.anomalies.push('the checkpoint does not fit the segments: all of the log was read')
    }
    const isFromPoint = point !== undefined && this.subject.isThorough !== true
    const from = isFromPoint ? point : startOf(segments, this.trustedOffset)
    if (isFromPoint) this.damaged.push(...(checkpoint?.damaged ?? []))
    const damagedBefore = this.damaged.length
    const startOffset = checkpoint?.logStart ?? segments[0]?.baseOffset ?? 0
    if (!isFromPoint) this.checkFirst(startOffset)
    let nextOffset = from.offset
    for (const [at, segment] of segments.entries()) {
      if (segment.baseOffset < from.segment) continue
      const isFirst = segment.baseOffset === from.segment
      if (!isFirst) nextOffset = this.checkBegin(segments[at - 1], segment, nextOffset)
      const position = isFirst ? from.position : 0
      nextOffset = await this.scan(segment, position, nextOffset, segments[at + 1])
    }
    const endOffset = await this.checkEnd(Math.max(nextOffset, startOffset))
    return {
      startOffset,
      endOffset,
      batchesEnd: nextOffset,
      damaged: this.damaged,
      scannedFrom: from,
      cutAt: this.cutAt,
      isAsRecorded:
        point !== undefined && this.cutAt === undefined && this.damaged.length === damagedBefore,
      segmentsScanned: this.segmentsScanned,
      bytesScanned: this.bytesScanned,
      anomalies: this.anomalies,
    }
  }

  private async scan(
    segment: Segment,
    position: number,
    expectedOffset: number,
    next: Segment | undefined,
  ): Promise<number> {
    if (position >= segment.bytes) return expectedOffset
    const { baseOffset } = segment
    const endOffset = next?.baseOffset ?? Infinity
    const isCuttable = next === undefined && this.mayCut
    const path = this.directory.segmentFile(baseOffset, 'log')
    const range = { position, expectedOffset, end: segment.bytes, endOffset }
    const visit = (await this.subject.visitorOf?.(segment)) ?? (() => undefined)
    const result = await this.context.files.use(path, 'read', (file) =>
      scanSegment(
        file,
        range,
        visit,
        (bad) =>
          isCuttable &&
          bad.expectedOffset >= this.trustedOffset &&
          this.canBeTorn(segment.bytes - bad.position),
      ),
    )
    this.segmentsScanned++
    this.bytesScanned += segment.bytes - position
    for (const bad of result.bad) {
      const isTorn =
        isCuttable &&
        bad.next === undefined &&
        bad.expectedOffset >= this.trustedOffset &&
        this.damaged.length === 0
      if (isTorn) this.cutAt = bad.position
      else this.addDamage(segment, bad, next)
    }
    if (result.overlaps && next !== undefined) this.addOverlap(segment, result, next)
    return result.nextOffset
  }

  /**
   * Whether one interrupted write can have left bad bytes so far before the end of the file, with good ones behind them.
   * The hint may be old after a power cut, so above it there may be groups that were synced: bad bytes that lie further
   * back than the last group reaches belong to one of those. Without the hint nothing tells, and what follows decides.
   */
  private canBeTorn(bytesToEnd: number): boolean {
    if (this.subject.syncedEnd === undefined) return false
    return !this.subject.isSynced || bytesToEnd <= LIMITS.appendGroupBytesMax
  }

  /** After a clean stop without a checkpoint nothing tells what was synced: then all was. */
  private get mayCut(): boolean {
    return this.subject.checkpoint !== undefined || !this.subject.wasClean
  }

  private addDamage(segment: Segment, bad: BadStretch, next: Segment | undefined): void {
    const nextGood = bad.next?.baseOffset ?? next?.baseOffset
    this.damaged.push({
      segment: segment.baseOffset,
      position: bad.position,
      endPosition: bad.next?.position ?? segment.bytes,
      firstBad: bad.expectedOffset,
      nextGood,
      reason: bad.reason,
    })
    const rest =
      nextGood === undefined ? 'nothing good follows' : `it goes on at offset ${nextGood}`
    this.anomalies.push(
      `segment ${segment.baseOffset} is damaged at byte ${bad.position}, offset ${bad.expectedOffset} (${bad.reason}); ${rest}`,
    )
  }

  private addOverlap(segment: Segment, result: ScanResult, next: Segment): void {
    this.damaged.push({
      segment: segment.baseOffset,
      position: result.endPosition,
      endPosition: segment.bytes,
      firstBad: next.baseOffset,
      nextGood: next.baseOffset,
      reason: `it reaches into the offsets of segment ${next.baseOffset}`,
    })
    this.anomalies.push(
      `segment ${segment.baseOffset} reaches into the offsets of segment ${next.baseOffset}`,
    )
  }

  private checkFirst(startOffset: number): void {
    const first = this.subject.segments[0]
    const firstKept = afterLosses(this.subject.losses, startOffset)
    if (first !== undefined && first.baseOffset > firstKept) {
      this.addMissing(firstKept, first.baseOffset)
    } else if (first === undefined && this.trustedOffset > firstKept) {
      this.addMissing(firstKept, undefined)
    }
  }

  /** @returns the offset that the segment must begin with. */
  private checkBegin(before: Segment | undefined, segment: Segment, nextOffset: number): number {
    // What damage at the end of the segment before leads to is said there.
    const isKnown = this.damaged.some(
      (extent) => extent.segment === before?.baseOffset && extent.nextGood === segment.baseOffset,
    )
    const reached = afterLosses(this.subject.losses, nextOffset)
    if (segment.baseOffset > reached && !isKnown) this.addMissing(reached, segment.baseOffset)
    return segment.baseOffset
  }

  /** Compares the end with what is known to have been there. @returns the end of the log. */
  private async checkEnd(nextOffset: number): Promise<number> {
    let endOffset = afterLosses(this.subject.losses, nextOffset)
    const isOpenEnded = this.damaged.some((extent) => extent.nextGood === undefined)
    if (endOffset < this.trustedOffset) {
      if (!isOpenEnded) this.addMissing(endOffset, undefined)
      endOffset = this.trustedOffset
    }
    for (const base of this.subject.orphans) {
      if (base < endOffset) continue
      const status = await this.context.fileSystem.status(
        `${this.directory.path}/${segmentFileName(base, 'index')}`,
      )
      if ((status?.size ?? 0) === 0) continue
      this.anomalies.push(`the log of segment ${base} is missing, its index is there`)
      if (!isOpenEnded) this.addMissing(endOffset, undefined)
      endOffset = Math.max(endOffset, base + 1)
    }
    return endOffset
  }

  private addMissing(firstBad: number, nextGood: number | undefined): void {
    this.damaged.push({ segment: undefined, position: 0, endPosition: 0, firstBad, nextGood })
    const range = nextGood === undefined ? `from ${firstBad} on` : `${firstBad} to ${nextGood - 1}`
    this.anomalies.push(`offsets ${range} are missing`)
  }
}

/**
 * Where the log is to be read from when the segments are those that the checkpoint speaks of, and reach to its recovery
 * point; undefined when they do not.
 */
export function readingPoint(
  segments: readonly Segment[],
  checkpoint: Checkpoint,
): RecoveryPoint | undefined {
  const { recoveryPoint: point, logStart } = checkpoint
  if (!recordsSealed(checkpoint, segments)) return undefined
  const segment = segments.find(({ baseOffset }) => baseOffset === point.segment)
  if (segment !== undefined) return segment.bytes >= point.position ? point : undefined
  const first = segments[0]?.baseOffset
  if (first === undefined) {
    // The first segment of a partition is made by the first append.
    return point.segment === point.offset && point.position === 0 ? point : undefined
  }
  // All before the point was deleted, and the log went on in a new segment: the one of the point is gone.
  const isGone = point.segment < first && point.offset === first && logStart === first
  return isGone ? { offset: first, segment: first, position: 0 } : undefined
}

function startOf(segments: readonly Segment[], offset: number): RecoveryPoint {
  const first = segments[0]?.baseOffset ?? offset
  return { offset: first, segment: first, position: 0 }
}
