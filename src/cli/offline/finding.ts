// What verify can find: a code, how bad it is, and what to do. The table in docs/OPERATIONS.md says the same.

/**
 * `info`: nothing is wrong; the ordinary trace of a crash, a deletion or an earlier repair. `warning`: something is not as varve left it,
 * no record is lost, and a start or `--repair` mends it. `error`: records are lost or cannot be served.
 */
type Severity = 'info' | 'warning' | 'error'

interface FindingDefinition {
  readonly severity: Severity
  readonly advice: string
}

const info = (advice: string): FindingDefinition => ({ severity: 'info', advice })
const warning = (advice: string): FindingDefinition => ({ severity: 'warning', advice })
const error = (advice: string): FindingDefinition => ({ severity: 'error', advice })

const START_MENDS = 'the next start mends it, and so does --repair'
export const FINDINGS = {
  // The data directory
  CLEAN_MARK_DAMAGED: warning('the next start checks as after a crash; --repair removes it'),
  EPOCH_BEHIND: warning(START_MENDS),
  EPOCH_DAMAGED: warning(`${START_MENDS}: the epoch is found again in the logs`),
  FOREIGN_FILE: info('varve leaves it alone; remove it by hand when it is not wanted'),
  FORMAT_DAMAGED: warning(START_MENDS),
  LEFTOVER: info('the next start removes it'),
  LOCK_FOREIGN: error('no broker can start: remove the file when nothing uses the directory'),

  // Topics
  METADATA_DAMAGED: warning(
    'it belongs to no topic; the broker makes its own values anew at the next start',
  ),
  METADATA_FOREIGN_KEY: info('the broker passes it over'),
  PARTITION_MISSING: error(
    'restore the folder from a backup; the other partitions are served without it',
  ),
  PARTITION_SURPLUS: warning('the broker serves it all the same; was the metadata restored alone?'),
  TOPIC_METADATA_DAMAGED: error(
    'the broker serves the topic read-only; varve topic alter NAME writes its metadata anew, settings begin at their defaults',
  ),
  TOPIC_METADATA_MISSING: error(
    'the broker serves the topic read-only under the name that its partitions remember; varve topic alter NAME writes its metadata anew, varve topic delete NAME removes it',
  ),
  TOPIC_NAME_TWICE: error('the broker serves the older one and holds the other read-only'),
  TOPIC_UNFINISHED: info('the next start finishes it'),

  // A partition
  ACCEPTED_LOSS: info('it was accepted; readers go on behind it'),
  ACCEPTED_LOSSES_DAMAGED: warning('what it accepted is damage again: --repair --accept-loss'),
  CHECKPOINT_DAMAGED: warning(`${START_MENDS}: all of the log is read once`),
  CHECKPOINT_MISMATCH: warning(`${START_MENDS}: all of the log is read once`),
  CHECKPOINT_MISSING: warning(`${START_MENDS}: all of the log is read once`),
  CHECKPOINT_STALE: warning('the partition is read-only without need; --repair mends it'),
  DAMAGED: error('restore the file from a backup, or give the records up: --repair --accept-loss'),
  EPOCHS_DAMAGED: warning(`${START_MENDS}: the epochs are found again in the log`),
  EPOCHS_MISMATCH: warning('--repair mends it'),
  FENCED: warning(
    'look at the disk first; the next start copies the last segment, and so does --repair',
  ),
  INDEX_DAMAGED: warning('readers find it and mend it; --repair makes it anew'),
  INDEX_MISSING: warning('readers find it and mend it; --repair makes it anew'),
  TAIL_UNFINISHED: warning(
    `${START_MENDS}: the records are in this file, never remove it, nor the log alone`,
  ),
  INDEX_SHORT: info('reading is slower there; --repair makes it anew'),
  IRREGULAR_FILE: warning('varve ignores it; --repair moves it to quarantine'),
  MISSING: error('restore the files from a backup, or give the records up: --repair --accept-loss'),
  NOT_READABLE: error('nothing is known of what it holds; look at the disk and at the permissions'),
  PARTITION_METADATA_DAMAGED: warning(START_MENDS),
  QUARANTINED: info('look into it with varve dump; remove it when it is not needed'),
  RECORDS_MALFORMED: warning('readers of the batch fail; it was stored as a producer sent it'),
  REPAIR_UNFINISHED: warning(START_MENDS),
  SNAPSHOT_DAMAGED: warning('it is made anew from the log when it is needed; --repair removes it'),
  SNAPSHOT_MISMATCH: warning('--repair makes it anew from the log'),
  SNAPSHOT_MISSING: warning(`${START_MENDS}: it is made anew from the log`),
  STRAY_BYTES: error(
    'no record is lost, but the partition is read-only until --repair takes them out',
  ),
  SYNCED_END_MISSING: warning('the next append makes it anew, and so does --repair'),
  TORN_TAIL: info(
    'it was never acknowledged as synced; the next start cuts it off and keeps a copy',
  ),
  TORN_TAIL_AFTER_STOP: warning(
    'it came after a clean stop; the next start cuts it off and keeps a copy',
  ),
  MORE: warning('mend what is listed first, then look again'),
} as const satisfies Record<string, FindingDefinition>

export type FindingCode = keyof typeof FINDINGS

/** Where something was found. Positions in bytes of the file; ends are exclusive. */
export interface FindingPlace {
  readonly topic?: string
  readonly topicId?: string
  readonly partition?: number
  /** Relative to the data directory. */
  readonly file?: string
  readonly position?: number
  readonly endPosition?: number
  readonly firstOffset?: number
  readonly nextOffset?: number
}

export interface Finding extends FindingPlace {
  readonly severity: Severity
  readonly code: FindingCode
  readonly message: string
  readonly advice: string
}

export function makeFinding(code: FindingCode, message: string, place: FindingPlace = {}): Finding {
  const { severity, advice } = FINDINGS[code]
  return { severity, code, ...place, message, advice }
}

/** Something is wrong: what makes verify end with 1. */
export function isWrong(finding: Finding): boolean {
  return finding.severity !== 'info'
}
