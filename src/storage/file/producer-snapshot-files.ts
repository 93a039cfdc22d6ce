// The snapshots of a partition in its folder: read, written in one step, removed. One belongs to the recovery point while there are
// producers; others lie at the beginnings of segments, from where a lost one is made again, and go with their segments.
import { LIMITS } from '../../domain/limits.ts'
import { isSystemError } from '../../platform/system-error.ts'
import type { Checkpoint, RecoveryPoint } from './checkpoint.ts'
import { readSmallFile, replaceFile } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { PartitionState } from './partition-state.ts'
import {
  type DecodedSnapshot,
  decodeSnapshot,
  type EncodedSnapshot,
  encodeSnapshot,
} from './producer-snapshot.ts'
import { type Segment, segmentIndexOf } from './segment.ts'
import { snapshotFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

/** Larger ones are none of ours: twice what all producers of a partition can need. */
const SNAPSHOT_BYTES_MAX = 100 * LIMITS.producersPerPartitionMax * LIMITS.producerBatchesKept

/** The snapshot at an offset; `undefined` when there is none, a sentence when it is damaged. */
export async function readSnapshot(
  files: StorageContext['files'],
  directory: PartitionDirectory,
  offset: number,
): Promise<DecodedSnapshot | string | undefined> {
  try {
    const path = directory.file(snapshotFileName(offset))
    const bytes = await readSmallFile(files, path, SNAPSHOT_BYTES_MAX)
    return bytes && decodeSnapshot(bytes, offset)
  } catch (error) {
    if (isSystemError(error, 'EFBIG')) return 'it is too large'
    throw error
  }
}

/**
 * Writes what is known of producers at `point`, the end of the log, if anything is. Durable when it resolves.
 * @returns undefined when there are no producers, `unknown` when something has its name that is no file.
 */
export async function recordProducers(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  state: PartitionState,
  point: RecoveryPoint,
): Promise<Checkpoint['producers']> {
  return await writeSnapshot(context, state, point.offset, encodeProducers(state))
}

/** What is known of producers now, at the end of the log; undefined when there are none. */
export function encodeProducers({ producers }: PartitionState): EncodedSnapshot | undefined {
  return producers.size === 0 ? undefined : encodeSnapshot([...producers.entries()])
}

/**
 * Writes what was known of producers at `offset`. Durable when it resolves.
 * @returns undefined when there was nothing, `unknown` when something has its name that is no file.
 */
export async function writeSnapshot(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  { directory, snapshots }: PartitionState,
  offset: number,
  snapshot: EncodedSnapshot | undefined,
): Promise<Checkpoint['producers']> {
  if (snapshot === undefined) return undefined
  const { fileSystem, files } = context
  try {
    await replaceFile(fileSystem, files, directory.path, snapshotFileName(offset), snapshot.bytes)
  } catch (error) {
    if (isSystemError(error, 'EISDIR')) return 'unknown'
    throw error
  }
  snapshots.add(offset)
  return snapshot.summary
}

/** Removes a snapshot. What cannot be removed now goes at the next start. */
export async function removeSnapshot(
  context: Pick<StorageContext, 'fileSystem' | 'log'>,
  directory: PartitionDirectory,
  offset: number,
): Promise<void> {
  try {
    await context.fileSystem.removeFile(directory.file(snapshotFileName(offset)))
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return
    context.log.warn('removal_failed', { reason: String(error) })
  }
}

/**
 * Whether a snapshot at `offset` is of use: it is that of the recovery point, or lies where a segment begins.
 * @param segments in order.
 */
export function isSnapshotKept(
  segments: readonly Segment[],
  recoveryPointOffset: number,
  offset: number,
): boolean {
  if (offset === recoveryPointOffset) return true
  if (offset > recoveryPointOffset) return false
  return segments[segmentIndexOf(segments, offset)]?.baseOffset === offset
}

/** Whether {@link removeStraySnapshots} would remove any. */
export function hasStraySnapshots(
  { segments, snapshots }: Pick<PartitionState, 'segments' | 'snapshots'>,
  point: RecoveryPoint,
): boolean {
  return [...snapshots].some((offset) => !isSnapshotKept(segments, point.offset, offset))
}

/**
 * Removes the snapshots that are of no use once the checkpoint speaks of `point`: that of the recovery point before, what an interrupted
 * change left, what segments that are gone left, and what lies behind the end.
 */
export async function removeStraySnapshots(
  context: Pick<StorageContext, 'fileSystem' | 'log'>,
  state: PartitionState,
  point: RecoveryPoint,
): Promise<void> {
  const { directory, segments, snapshots } = state
  for (const offset of snapshots) {
    if (isSnapshotKept(segments, point.offset, offset)) continue
    await removeSnapshot(context, directory, offset)
    snapshots.delete(offset)
  }
}
