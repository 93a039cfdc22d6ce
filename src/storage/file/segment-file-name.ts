// The names of the files of a partition, as Kafka gives them: the base offset of a segment in 20 digits and what the file
// holds. Only names of exactly this form are ours; all else in the folder is left alone and reported.

export type SegmentFileKind = 'log' | 'index' | 'timeindex'

export const SEGMENT_FILE_KINDS = ['log', 'index', 'timeindex'] as const

/** What a removed segment's files are called until the readers under way are done. */
export const DELETED_SUFFIX = '.deleted'

export interface SegmentFileName {
  readonly baseOffset: number
  readonly kind: SegmentFileKind
  /** The segment was given up; the file goes away soon. */
  readonly isDeleted: boolean
}

const PATTERN = /^(\d{20})\.(log|index|timeindex)(\.deleted)?$/

const SNAPSHOT_PATTERN = /^(\d{20})\.snapshot$/

/** `00000000000000000042.snapshot`: what was known of idempotent producers when the log ended at offset 42. */
export function snapshotFileName(offset: number): string {
  return `${offset.toString().padStart(20, '0')}.snapshot`
}

/** The offset that the name of a snapshot says; undefined when it is none. */
export function parseSnapshotFileName(name: string): number | undefined {
  const match = SNAPSHOT_PATTERN.exec(name)
  const offset = Number(match?.[1])
  return match !== null && Number.isSafeInteger(offset) ? offset : undefined
}

/** `00000000000000000042.log` for offset 42. */
export function segmentFileName(baseOffset: number, kind: SegmentFileKind): string {
  return `${baseOffset.toString().padStart(20, '0')}.${kind}`
}

/** What the name says; undefined when it is not the name of a segment's file. */
export function parseSegmentFileName(name: string): SegmentFileName | undefined {
  const match = PATTERN.exec(name)
  if (match === null) return undefined
  const baseOffset = Number(match[1])
  if (!Number.isSafeInteger(baseOffset)) return undefined
  return { baseOffset, kind: match[2] as SegmentFileKind, isDeleted: match[3] !== undefined }
}
