// Where the files of one partition are. Paths are made of server-made ids and numbers only (invariant S4).
import type { PartitionIdentity } from '../../domain/topic.ts'
import { type SegmentFileKind, segmentFileName } from './segment-file-name.ts'

export const CHECKPOINT_FILE = 'checkpoint'
export const EPOCHS_FILE = 'leader-epoch-checkpoint'
export const METADATA_FILE = 'partition.metadata'
export const SYNCED_END_FILE = 'synced-end'
export const FENCED_FILE = 'fenced'
export const ACCEPTED_LOSSES_FILE = 'accepted-losses'
export const QUARANTINE_DIRECTORY = 'quarantine'

export const TOPICS_DIRECTORY = 'topics'
/** What the folder of a deleted partition is called until all of it is removed. */
export const DELETED_PARTITION_SUFFIX = '-delete'

export class PartitionDirectory {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  static of(dataDirectory: string, identity: PartitionIdentity): PartitionDirectory {
    return new PartitionDirectory(
      `${topicPath(dataDirectory, identity.topicId)}/${identity.partition}`,
    )
  }

  file(name: string): string {
    return `${this.path}/${name}`
  }

  segmentFile(baseOffset: number, kind: SegmentFileKind): string {
    return `${this.path}/${segmentFileName(baseOffset, kind)}`
  }

  get quarantine(): string {
    return `${this.path}/${QUARANTINE_DIRECTORY}`
  }
}

export function topicPath(dataDirectory: string, topicId: string): string {
  return `${dataDirectory}/${TOPICS_DIRECTORY}/${topicId}`
}
