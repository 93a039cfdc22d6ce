// What lies in the folder of a partition: sorted out by name and kind, without reading any log. Things that only look like
// segments (folders, symbolic links, devices) are never opened.
import type { FileStatus } from '../../platform/file-system.ts'
import { TEMPORARY_SUFFIX } from './file-access.ts'
import {
  ACCEPTED_LOSSES_FILE,
  CHECKPOINT_FILE,
  EPOCHS_FILE,
  FENCED_FILE,
  METADATA_FILE,
  type PartitionDirectory,
  QUARANTINE_DIRECTORY,
  SYNCED_END_FILE,
} from './partition-directory.ts'
import { parseTailName, type StoredTail } from './renew-tail.ts'
import { makeSegment, type Segment } from './segment.ts'
import { parseSegmentFileName, parseSnapshotFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

export interface PartitionInventory {
  /** In order; `bytes` is the size of the file. */
  readonly segments: Segment[]
  /** Base offsets of index files, with or without a segment. */
  readonly offsetIndexes: ReadonlySet<number>
  readonly timeIndexes: ReadonlySet<number>
  /** Offsets of the snapshots of producers. */
  readonly snapshots: ReadonlySet<number>
  /** Remains of removals and of interrupted replacements, to be removed. */
  readonly leftovers: readonly string[]
  /** Ends of logs that an interrupted start was writing anew; one at most. */
  readonly tails: readonly StoredTail[]
  readonly isFenced: boolean
  readonly hasAcceptedLosses: boolean
  /** Named like files of a segment, but folders, links or devices. */
  readonly irregular: readonly string[]
  /** Not known here; left alone. */
  readonly foreign: readonly string[]
  readonly anomalies: string[]
}

const KNOWN: ReadonlySet<string> = new Set([
  ACCEPTED_LOSSES_FILE,
  CHECKPOINT_FILE,
  EPOCHS_FILE,
  METADATA_FILE,
  SYNCED_END_FILE,
  QUARANTINE_DIRECTORY,
])

/** Undefined when there is no folder. */
export async function takeInventory(
  context: Pick<StorageContext, 'fileSystem'>,
  directory: PartitionDirectory,
): Promise<PartitionInventory | undefined> {
  const { fileSystem } = context
  const own = await fileSystem.status(directory.path)
  if (own?.kind !== 'directory') return undefined
  const logs: number[] = []
  const offsetIndexes = new Set<number>()
  const timeIndexes = new Set<number>()
  const snapshots = new Set<number>()
  const leftovers: string[] = []
  const irregular: string[] = []
  const foreign: string[] = []
  const tails: StoredTail[] = []
  let isFenced = false
  let hasAcceptedLosses = false
  for (const { name, kind } of await fileSystem.list(directory.path)) {
    const segmentFile = parseSegmentFileName(name)
    const snapshot = parseSnapshotFileName(name)
    const tail = parseTailName(name)
    if (kind === 'file' && (name.endsWith(TEMPORARY_SUFFIX) || segmentFile?.isDeleted)) {
      leftovers.push(name)
    } else if (segmentFile !== undefined) {
      if (kind !== 'file') irregular.push(name)
      else if (segmentFile.kind === 'log') logs.push(segmentFile.baseOffset)
      else if (segmentFile.kind === 'index') offsetIndexes.add(segmentFile.baseOffset)
      else timeIndexes.add(segmentFile.baseOffset)
    } else if (snapshot !== undefined) {
      if (kind !== 'file') irregular.push(name)
      else snapshots.add(snapshot)
    } else if (tail !== undefined) {
      if (kind !== 'file') irregular.push(name)
      else tails.push(tail)
    } else if (name === FENCED_FILE) {
      isFenced = true
    } else if (!KNOWN.has(name)) {
      foreign.push(name)
    } else if (name === ACCEPTED_LOSSES_FILE) {
      hasAcceptedLosses = true
    }
  }
  logs.sort((a, b) => a - b)
  const segments: Segment[] = []
  for (const baseOffset of logs) {
    const status: FileStatus | undefined = await fileSystem.status(
      directory.segmentFile(baseOffset, 'log'),
    )
    if (status?.kind === 'file') {
      segments.push(makeSegment(baseOffset, status.size, status.modifiedMs))
    }
  }
  const anomalies = [
    ...irregular.map((name) => `${name} is no regular file and was ignored`),
    ...foreign.map(
      (name) => `${JSON.stringify(name.slice(0, 100))} is not known here and was ignored`,
    ),
  ]
  return {
    segments,
    offsetIndexes,
    timeIndexes,
    snapshots,
    leftovers,
    tails,
    isFenced,
    hasAcceptedLosses,
    irregular,
    foreign,
    anomalies,
  }
}
