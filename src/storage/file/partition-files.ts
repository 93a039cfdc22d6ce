// Reads and writes the small files of a partition: checkpoint, epochs, identity. Damage is reported, and never deletes data
// (invariant R3).
import type { PartitionIdentity } from '../../domain/topic.ts'
import { isSystemError } from '../../platform/system-error.ts'
import {
  ACCEPTED_LOSSES_BYTES_MAX,
  decodeAcceptedLosses,
  encodeAcceptedLosses,
  type LostRange,
} from './accepted-losses.ts'
import {
  CHECKPOINT_BYTES_MAX,
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type RecoveryPoint,
} from './checkpoint.ts'
import { EPOCHS_FILE_BYTES_MAX, EpochHistory } from './epoch-history.ts'
import { placeFile, readSmallFile, replaceFile, writeNewFile } from './file-access.ts'
import {
  ACCEPTED_LOSSES_FILE,
  CHECKPOINT_FILE,
  EPOCHS_FILE,
  FENCED_FILE,
  METADATA_FILE,
  type PartitionDirectory,
  SYNCED_END_FILE,
} from './partition-directory.ts'
import type { StorageContext } from './storage-context.ts'
import { readSyncedEnd } from './synced-end.ts'

type Access = Pick<StorageContext, 'fileSystem' | 'files'>

const METADATA_BYTES_MAX = 4096

/** What a small file holds; `undefined` when there is none, a sentence when it is damaged. */
export type Read<T> = T | string | undefined

export async function readCheckpoint(
  files: Access['files'],
  directory: PartitionDirectory,
): Promise<Read<Checkpoint>> {
  const bytes = await readBounded(files, directory.file(CHECKPOINT_FILE), CHECKPOINT_BYTES_MAX)
  return typeof bytes === 'object' ? decodeCheckpoint(bytes) : bytes
}

export async function writeCheckpoint(
  access: Access,
  directory: PartitionDirectory,
  checkpoint: Checkpoint,
): Promise<void> {
  const bytes = encodeCheckpoint(checkpoint)
  await replaceFile(access.fileSystem, access.files, directory.path, CHECKPOINT_FILE, bytes)
}

export async function readEpochs(
  files: Access['files'],
  directory: PartitionDirectory,
): Promise<Read<EpochHistory>> {
  const bytes = await readBounded(files, directory.file(EPOCHS_FILE), EPOCHS_FILE_BYTES_MAX)
  return typeof bytes === 'object' ? EpochHistory.parse(bytes.toString('latin1')) : bytes
}

export async function writeEpochs(
  access: Access,
  directory: PartitionDirectory,
  epochs: EpochHistory,
): Promise<void> {
  const bytes = Buffer.from(epochs.encode(), 'latin1')
  await replaceFile(access.fileSystem, access.files, directory.path, EPOCHS_FILE, bytes)
}

/** As {@link writeEpochs}, but that the file has its name is durable only once the folder is synced. */
export async function placeEpochs(
  access: Access,
  directory: PartitionDirectory,
  epochs: EpochHistory,
): Promise<void> {
  const bytes = Buffer.from(epochs.encode(), 'latin1')
  await placeFile(access.fileSystem, access.files, directory.path, EPOCHS_FILE, bytes)
}

export async function readAcceptedLosses(
  files: Access['files'],
  directory: PartitionDirectory,
): Promise<Read<readonly LostRange[]>> {
  const path = directory.file(ACCEPTED_LOSSES_FILE)
  const bytes = await readBounded(files, path, ACCEPTED_LOSSES_BYTES_MAX)
  return typeof bytes === 'object' ? decodeAcceptedLosses(bytes) : bytes
}

export async function writeAcceptedLosses(
  access: Access,
  directory: PartitionDirectory,
  losses: readonly LostRange[],
): Promise<void> {
  const bytes = encodeAcceptedLosses(losses)
  await replaceFile(access.fileSystem, access.files, directory.path, ACCEPTED_LOSSES_FILE, bytes)
}

/** The name of the topic; `undefined` when the file is missing, damaged or speaks of another topic. */
export async function readTopicName(
  files: Access['files'],
  directory: PartitionDirectory,
  topicId: string,
): Promise<string | undefined> {
  const bytes = await readBounded(files, directory.file(METADATA_FILE), METADATA_BYTES_MAX)
  if (typeof bytes !== 'object') return undefined
  const form = /^version: 0\ntopic_id: ([A-Za-z0-9_-]{22})\ntopic_name: ([A-Za-z0-9._-]{1,249})\n?$/
  const match = form.exec(bytes.toString('utf8'))
  return match?.[1] === topicId ? match[2] : undefined
}

/** Kafka's partition.metadata and one more line: the name of the topic, for people and for repair. */
export function encodeTopicName({ topicId, topicName }: PartitionIdentity): Buffer {
  return Buffer.from(`version: 0\ntopic_id: ${topicId}\ntopic_name: ${topicName}\n`)
}

export async function writeTopicName(
  { fileSystem, files }: Access,
  directory: PartitionDirectory,
  identity: PartitionIdentity,
): Promise<void> {
  const bytes = encodeTopicName(identity)
  await replaceFile(fileSystem, files, directory.path, METADATA_FILE, bytes)
}

/** How far the partition was synced, as the hint beside the log says; undefined when there is no good one. */
export async function readSyncedEndHint(
  files: Access['files'],
  directory: PartitionDirectory,
): Promise<RecoveryPoint | undefined> {
  const path = directory.file(SYNCED_END_FILE)
  try {
    return await files.use(path, 'read', readSyncedEnd)
  } catch (error) {
    if (isSystemError(error, 'EIO') || isSystemError(error, 'ENOSPC')) throw error
    return undefined
  } finally {
    await files.close(path)
  }
}

async function readBounded(
  files: Access['files'],
  path: string,
  bytesMax: number,
): Promise<Buffer | string | undefined> {
  try {
    return await readSmallFile(files, path, bytesMax)
  } catch (error) {
    if (isSystemError(error, 'EFBIG')) return 'it is too large'
    throw error
  }
}

/** Notes beside the log that a disk operation on it failed: the next start copies its last segment to a new file. */
export async function noteFence(access: Access, directory: PartitionDirectory): Promise<void> {
  await writeNewFile(access.fileSystem, access.files, directory.file(FENCED_FILE), Buffer.alloc(0))
  await access.fileSystem.syncDirectory(directory.path)
}
