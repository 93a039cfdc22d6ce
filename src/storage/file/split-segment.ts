// Takes stretches out of a segment: what is left becomes segments of its own, each named by the offset that it begins with, so that a
// hole in the offsets lies between two segments and every segment is whole. For the offline repair. The order of its steps
// makes that a crash anywhere leaves all good batches in at least one file under its right name: first the later parts
// appear, then the first takes the place of the whole.
import { systemError } from '../../platform/system-error.ts'
import { copyStretch } from './copy-stretch.ts'
import { TEMPORARY_SUFFIX } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { StorageContext } from './storage-context.ts'

/** A good stretch of a segment, and the offset that it begins with. */
export interface SegmentPart {
  readonly baseOffset: number
  readonly position: number
  readonly endPosition: number
}

/**
 * Puts the parts in the place of the segment's log; with none of them the log is removed. Durable when it resolves. Indexes are left as
 * they are: they do not fit any more.
 */
export async function splitSegment(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  directory: PartitionDirectory,
  baseOffset: number,
  parts: readonly SegmentPart[],
): Promise<void> {
  const { fileSystem, files } = context
  const whole = directory.segmentFile(baseOffset, 'log')
  const first = parts.find((part) => part.baseOffset === baseOffset)
  for (const part of parts.toReversed()) {
    if (part === first) continue
    await putPart(context, directory, whole, part)
  }
  if (first !== undefined) {
    await putPart(context, directory, whole, first)
    return
  }
  await files.close(whole)
  await fileSystem.removeFile(whole)
  await fileSystem.syncDirectory(directory.path)
}

async function putPart(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  directory: PartitionDirectory,
  whole: string,
  part: SegmentPart,
): Promise<void> {
  const { fileSystem, files } = context
  const path = directory.segmentFile(part.baseOffset, 'log')
  const temporary = path + TEMPORARY_SUFFIX
  const bytes = part.endPosition - part.position
  const copied = await copyStretch(context, whole, part.position, part.endPosition, temporary)
  if (copied < bytes) throw systemError('EIO', 'copy of a file that ends early', whole)
  await files.close(path)
  await fileSystem.rename(temporary, path)
  await fileSystem.syncDirectory(directory.path)
}
