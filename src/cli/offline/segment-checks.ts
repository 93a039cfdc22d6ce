// Looks at every good batch of a partition as the scan of its log comes by: counts, compares the indexes of each segment, and the
// epochs. One segment's indexes are in memory at a time.
import type { BatchHeader } from '../../record/batch-header.ts'
import { readIndexFile } from '../../storage/file/index-files.ts'
import type { PartitionDirectory } from '../../storage/file/partition-directory.ts'
import type { BatchVisitor } from '../../storage/file/scan-segment.ts'
import type { Segment } from '../../storage/file/segment.ts'
import { type SegmentFileKind, segmentFileName } from '../../storage/file/segment-file-name.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import type { EpochCheck } from './epoch-check.ts'
import {
  type IndexLimit,
  type IndexProblem,
  OffsetIndexCheck,
  TimeIndexCheck,
  WHOLE_LOG,
} from './index-check.ts'

/** What is wrong with the indexes of one segment. */
export interface IndexTrouble {
  readonly segment: number
  readonly file: string
  readonly kind: 'missing' | 'damaged' | 'short'
  readonly problem: IndexProblem
}

export interface SegmentCheckOptions {
  readonly directory: PartitionDirectory
  readonly segments: readonly Segment[]
  readonly epochs: EpochCheck
  readonly indexIntervalBytes: number
  /** How far the indexes of a segment count. */
  readonly limitOf: (segment: Segment) => IndexLimit
  /** The last segment was left in order, with its final index entries. */
  readonly isLastClosed: boolean
  readonly onBytes: (bytes: number) => void
}

export interface BatchPlace {
  readonly position: number
  readonly offset: number
}

interface Current {
  readonly nextBase: number
  readonly limit: IndexLimit
  readonly segment: Segment
  readonly offsetIndex: OffsetIndexCheck | undefined
  readonly timeIndex: TimeIndexCheck | undefined
  batchBytesMax: number
  /** Of good batches. */
  bytes: number
}

export class SegmentChecks {
  batches = 0
  records = 0
  /** Of good batches. */
  bytes = 0
  readonly trouble: IndexTrouble[] = []
  /** By segment: its batch that begins before the next segment does and ends in it. */
  readonly straddling = new Map<number, BatchPlace>()
  readonly #files: StorageContext['files']
  readonly #options: SegmentCheckOptions
  readonly #visited = new Set<Segment>()
  #current: Current | undefined

  constructor(files: StorageContext['files'], options: SegmentCheckOptions) {
    this.#files = files
    this.#options = options
  }

  /** The next segment is about to be read. */
  async visitorOf(segment: Segment): Promise<BatchVisitor> {
    this.#finish()
    this.#visited.add(segment)
    const current = await this.#open(segment)
    this.#current = current
    return (header, position) => {
      this.#visit(current, header, position)
    }
  }

  /** Nothing more is read. */
  async finish(): Promise<void> {
    this.#finish()
    for (const segment of this.#options.segments) {
      if (this.#visited.has(segment)) continue
      this.#current = await this.#open(segment)
      this.#finish()
    }
  }

  async #open(segment: Segment): Promise<Current> {
    const { limitOf, segments } = this.#options
    const { baseOffset } = segment
    const limit = limitOf(segment)
    const at = segments.indexOf(segment)
    const offsetBytes = await this.#read(segment, 'index')
    const timeBytes = await this.#read(segment, 'timeindex')
    return {
      nextBase: segments[at + 1]?.baseOffset ?? Infinity,
      limit,
      segment,
      offsetIndex: offsetBytes && new OffsetIndexCheck(offsetBytes, baseOffset, limit),
      timeIndex: timeBytes && new TimeIndexCheck(timeBytes, baseOffset, limit),
      batchBytesMax: 0,
      bytes: 0,
    }
  }

  async #read(segment: Segment, kind: SegmentFileKind): Promise<Buffer | undefined> {
    const bytes = await readIndexFile(
      this.#files,
      this.#options.directory.segmentFile(segment.baseOffset, kind),
    )
    if (bytes === undefined && segment.bytes > 0) {
      const problem = { entry: undefined, message: 'it is missing or too large' }
      this.#add(segment, kind, 'missing', problem)
    }
    return bytes
  }

  #visit(current: Current, header: BatchHeader, position: number): void {
    this.batches++
    this.records += header.recordCount
    this.bytes += header.totalBytes
    current.bytes += header.totalBytes
    current.batchBytesMax = Math.max(current.batchBytesMax, header.totalBytes)
    const { baseOffset, lastOffset } = header
    if (baseOffset < current.nextBase && lastOffset >= current.nextBase) {
      this.straddling.set(current.segment.baseOffset, { position, offset: baseOffset })
    }
    current.offsetIndex?.visit(header, position)
    current.timeIndex?.visit(header)
    this.#options.epochs.visit(header, current.segment.baseOffset, position)
    this.#options.onBytes(header.totalBytes)
  }

  #finish(): void {
    const current = this.#current
    if (current === undefined) return
    this.#current = undefined
    const { segment, offsetIndex, timeIndex } = current
    const { segments, isLastClosed, indexIntervalBytes } = this.#options
    const isLeft = segment !== segments.at(-1) || isLastClosed
    const isClosed = isLeft && current.limit === WHOLE_LOG
    offsetIndex?.finish()
    timeIndex?.finish(isClosed)
    for (const problem of offsetIndex?.problems ?? []) {
      this.#add(segment, 'index', 'damaged', problem)
    }
    for (const problem of timeIndex?.problems ?? []) {
      this.#add(segment, 'timeindex', 'damaged', problem)
    }
    if (offsetIndex === undefined || offsetIndex.problems.length > 0 || !isClosed) return
    // What cannot be read has no entry, and how large its batches are nobody knows.
    if (current.bytes < segment.bytes) return
    // The rule of IndexAccumulator: no more than this without an entry, were the interval always what it is now.
    const bare = segment.bytes - offsetIndex.lastPosition
    if (bare > indexIntervalBytes + 2 * current.batchBytesMax) {
      const message = `its last entry points to ${offsetIndex.lastPosition} of ${segment.bytes} bytes`
      this.#add(segment, 'index', 'short', { entry: undefined, message })
    }
  }

  #add(
    segment: Segment,
    file: SegmentFileKind,
    kind: IndexTrouble['kind'],
    problem: IndexProblem,
  ): void {
    const { baseOffset } = segment
    this.trouble.push({
      segment: baseOffset,
      file: segmentFileName(baseOffset, file),
      kind,
      problem,
    })
  }
}
