// The files of a segment that has no batches yet.
import { writeNewFile } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { SEGMENT_FILE_KINDS } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

/** Makes them, over index files that are there without a log. Their names are durable when it resolves. */
export async function createSegmentFiles(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  directory: PartitionDirectory,
  baseOffset: number,
): Promise<void> {
  const { fileSystem, files } = context
  for (const kind of SEGMENT_FILE_KINDS) {
    await writeNewFile(fileSystem, files, directory.segmentFile(baseOffset, kind), Buffer.alloc(0))
  }
  await fileSystem.syncDirectory(directory.path)
}
