// Checks one partition: reads every byte of its log, holds everything else in its folder against that, and writes nothing. What the
// log itself is worth is judged by the recovery of the file engine, so that verify and a start never disagree.
import type { PartitionIdentity } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import { systemErrorCode } from '../../platform/system-error.ts'
import { type LostRange, NO_LOSSES } from '../../storage/file/accepted-losses.ts'
import type { Checkpoint, RecoveryPoint } from '../../storage/file/checkpoint.ts'
import { EpochHistory } from '../../storage/file/epoch-history.ts'
import { endsAsClosed, orphanIndexes, sortOutLeftovers } from '../../storage/file/open-partition.ts'
import {
  ACCEPTED_LOSSES_FILE,
  CHECKPOINT_FILE,
  METADATA_FILE,
  type PartitionDirectory,
  QUARANTINE_DIRECTORY,
  SYNCED_END_FILE,
  TOPICS_DIRECTORY,
} from '../../storage/file/partition-directory.ts'
import {
  readAcceptedLosses,
  readCheckpoint,
  readEpochs,
  readSyncedEndHint,
  readTopicName,
} from '../../storage/file/partition-files.ts'
import { type PartitionInventory, takeInventory } from '../../storage/file/partition-inventory.ts'
import { type Recovered, readingPoint, recoverLog } from '../../storage/file/recover-log.ts'
import type { Segment } from '../../storage/file/segment.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import { checkRecords } from './deep-check.ts'
import { EpochCheck } from './epoch-check.ts'
import type { Finding } from './finding.ts'
import { FindingList } from './finding-list.ts'
import { type IndexLimit, WHOLE_LOG } from './index-check.ts'
import {
  offsetsText,
  reportEpochs,
  reportIndexes,
  reportLog,
  reportNames,
} from './partition-findings.ts'
import { SegmentChecks } from './segment-checks.ts'
import { SnapshotCheck } from './snapshot-check.ts'

export interface PartitionTarget {
  readonly identity: PartitionIdentity
  readonly directory: PartitionDirectory
  readonly settings: TopicSettings
}

export interface CheckOptions {
  /** The last stop of the broker was clean. */
  readonly wasClean: boolean
  readonly isDeep: boolean
  readonly onBytes: (bytes: number) => void
}

/** What a person compares with what was acknowledged. */
export interface PartitionSummary {
  readonly topic: string
  readonly topicId: string
  readonly partition: number
  /** `good`; `mendable`: warnings, no record is lost; `damaged`: records are lost or cannot be served. */
  readonly state: 'good' | 'mendable' | 'damaged'
  readonly startOffset: number
  /** The next offset to be given away. */
  readonly endOffset: number
  readonly segments: number
  /** Good ones, all of the log. */
  readonly batches: number
  readonly records: number
  readonly bytes: number
  readonly epoch: number
}

/** Everything that is known of a partition after its check: what repair starts from. */
export interface PartitionCheck {
  readonly target: PartitionTarget
  readonly summary: PartitionSummary
  readonly findings: readonly Finding[]
  /** Undefined when the partition could not be read. */
  readonly log: CheckedLog | undefined
}

export interface CheckedLog {
  readonly inventory: PartitionInventory
  readonly recovered: Recovered
  readonly losses: readonly LostRange[]
  readonly checkpoint: Checkpoint | undefined
  /** The history in its file, when that is well formed. */
  readonly epochs: EpochHistory | undefined
  readonly epochCheck: EpochCheck
  /** From this segment on indexes were not held against the log, as the next start makes them anew. */
  readonly uncheckedFrom: number
  /** Segments whose indexes are to be made anew. */
  readonly wrongIndexes: ReadonlySet<number>
  readonly straddling: SegmentChecks['straddling']
  /** Indexes without a log. */
  readonly orphans: readonly number[]
  /** Offsets of snapshots of producers that are damaged or do not fit. */
  readonly badSnapshots: ReadonlySet<number>
}

/** Checks the partition in a folder that exists. */
export async function checkPartition(
  context: StorageContext,
  target: PartitionTarget,
  options: CheckOptions,
): Promise<PartitionCheck> {
  const { identity } = target
  const { topicName: topic, topicId, partition } = identity
  const folder = `${TOPICS_DIRECTORY}/${topicId}/${partition}`
  const findings = new FindingList({ topic, topicId, partition }, folder)
  try {
    const check = new PartitionChecker(context, target, options, findings)
    return await check.run()
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === undefined) throw error
    const reason = error instanceof Error ? error.message : code
    findings.add('NOT_READABLE', `the partition could not be read: ${reason}`)
    return {
      target,
      summary: summaryOf(target, findings.all(), undefined, undefined),
      findings: findings.all(),
      log: undefined,
    }
  }
}

class PartitionChecker {
  readonly #context: StorageContext
  readonly #target: PartitionTarget
  readonly #options: CheckOptions
  readonly #findings: FindingList

  constructor(
    context: StorageContext,
    target: PartitionTarget,
    options: CheckOptions,
    findings: FindingList,
  ) {
    this.#context = context
    this.#target = target
    this.#options = options
    this.#findings = findings
  }

  async run(): Promise<PartitionCheck> {
    const { directory, identity, settings } = this.#target
    const { files } = this.#context
    const findings = this.#findings
    const inventory = await takeInventory(this.#context, directory)
    if (inventory === undefined) throw new RangeError('the folder of a partition is gone')
    reportNames(findings, inventory)
    const checkpoint = await readCheckpoint(files, directory)
    if (typeof checkpoint !== 'object') {
      const code = checkpoint === undefined ? 'CHECKPOINT_MISSING' : 'CHECKPOINT_DAMAGED'
      findings.add(code, checkpoint ?? 'it is missing', { file: CHECKPOINT_FILE })
    }
    const known = typeof checkpoint === 'object' ? checkpoint : undefined
    for (const name of sortOutLeftovers(inventory, known?.logStart ?? 0)) {
      findings.add('LEFTOVER', 'it is on its way out', { file: name })
    }
    const { segments } = inventory
    const losses = inventory.hasAcceptedLosses ? await this.#losses() : NO_LOSSES
    const { wasClean } = this.#options
    const isClosed =
      wasClean && !inventory.isFenced && known !== undefined && endsAsClosed(segments, known)
    const point = isClosed ? undefined : pointOfNextStart(segments, known)
    const stored = await readEpochs(files, directory)
    const epochs = stored instanceof EpochHistory ? stored : undefined
    const epochCheck = new EpochCheck(epochs ?? new EpochHistory(), known?.logStart)
    const checks = new SegmentChecks(files, {
      directory,
      segments,
      epochs: epochCheck,
      indexIntervalBytes: settings.indexIntervalBytes,
      limitOf: (segment) => indexLimit(segment, point),
      isLastClosed: isClosed,
      onBytes: this.#options.onBytes,
    })
    const snapshots = await SnapshotCheck.read(files, directory, inventory, known, findings)
    const syncedEnd = await readSyncedEndHint(files, directory)
    const orphans = orphanIndexes(inventory)
    const recovered = await recoverLog(this.#context, directory, {
      segments,
      checkpoint: known,
      syncedEnd,
      isSynced: settings.durability === 'synced',
      wasClean,
      orphans,
      losses,
      isThorough: true,
      visitorOf: async (segment) => {
        const visit = await checks.visitorOf(segment)
        return (header, position) => {
          visit(header, position)
          snapshots.visit(header)
        }
      },
    })
    await checks.finish()
    snapshots.finish(recovered, losses)
    reportLog(findings, segments, recovered, known, wasClean)
    const wrongIndexes = reportIndexes(findings, checks.trouble, recovered)
    reportEpochs(findings, stored, epochCheck, checks.batches > 0)
    if (checks.batches > 0 && syncedEnd === undefined) {
      const what = 'it is missing or has no whole slot'
      findings.add('SYNCED_END_MISSING', what, { file: SYNCED_END_FILE })
    }
    if ((await readTopicName(files, directory, identity.topicId)) !== identity.topicName) {
      const what = 'it is missing, damaged or of another topic'
      findings.add('PARTITION_METADATA_DAMAGED', what, { file: METADATA_FILE })
    }
    await this.#reportQuarantine()
    if (this.#options.isDeep) {
      await checkRecords(files, directory, segments, recovered, findings)
    }
    for (const { baseOffset } of segments) {
      await files.close(directory.segmentFile(baseOffset, 'log'))
    }
    return {
      target: this.#target,
      summary: summaryOf(this.#target, findings.all(), recovered, { checks, segments, epochs }),
      findings: findings.all(),
      log: {
        inventory,
        recovered,
        losses,
        checkpoint: known,
        epochs,
        epochCheck,
        uncheckedFrom: point?.segment ?? Infinity,
        wrongIndexes,
        straddling: checks.straddling,
        orphans,
        badSnapshots: snapshots.bad,
      },
    }
  }

  async #losses(): Promise<readonly LostRange[]> {
    const losses = await readAcceptedLosses(this.#context.files, this.#target.directory)
    if (typeof losses !== 'object') {
      const what = losses ?? 'it is no regular file'
      this.#findings.add('ACCEPTED_LOSSES_DAMAGED', what, { file: ACCEPTED_LOSSES_FILE })
      return NO_LOSSES
    }
    for (const { first, next } of losses) {
      this.#findings.add('ACCEPTED_LOSS', `${offsetsText(first, next)} lost`, {
        file: ACCEPTED_LOSSES_FILE,
        firstOffset: first,
        nextOffset: next,
      })
    }
    return losses
  }

  async #reportQuarantine(): Promise<void> {
    const { fileSystem } = this.#context
    const { quarantine } = this.#target.directory
    if ((await fileSystem.status(quarantine))?.kind !== 'directory') return
    const names = (await fileSystem.list(quarantine)).map(({ name }) => name)
    for (const name of names.sort()) {
      const size = (await fileSystem.status(`${quarantine}/${name}`))?.size ?? 0
      this.#findings.add('QUARANTINED', `${size} bytes were set aside`, {
        file: `${QUARANTINE_DIRECTORY}/${name}`,
      })
    }
  }
}

/** From where on the next start reads the log, and makes the indexes anew. */
function pointOfNextStart(
  segments: readonly Segment[],
  checkpoint: Checkpoint | undefined,
): RecoveryPoint {
  const point = checkpoint && readingPoint(segments, checkpoint)
  if (point !== undefined) return point
  const segment = segments.at(-1)?.baseOffset ?? 0
  return { segment, position: 0, offset: segment }
}

/** How far the indexes of a segment are relied on. @param point undefined when nothing is made anew. */
function indexLimit({ baseOffset }: Segment, point: RecoveryPoint | undefined): IndexLimit {
  if (point === undefined || baseOffset < point.segment) return WHOLE_LOG
  if (baseOffset > point.segment) return { position: 0, offset: 0 }
  return { position: point.position, offset: point.offset }
}

function summaryOf(
  target: PartitionTarget,
  findings: readonly Finding[],
  recovered: Recovered | undefined,
  found:
    | {
        readonly checks: SegmentChecks
        readonly segments: readonly Segment[]
        readonly epochs: EpochHistory | undefined
      }
    | undefined,
): PartitionSummary {
  const { identity } = target
  const has = (severity: Finding['severity']): boolean =>
    findings.some((finding) => finding.severity === severity)
  return {
    topic: identity.topicName,
    topicId: identity.topicId,
    partition: identity.partition,
    state: has('error') ? 'damaged' : has('warning') ? 'mendable' : 'good',
    startOffset: recovered?.startOffset ?? -1,
    endOffset: recovered?.endOffset ?? -1,
    segments: found?.segments.length ?? 0,
    batches: found?.checks.batches ?? 0,
    records: found?.checks.records ?? 0,
    bytes: found?.checks.bytes ?? 0,
    epoch: found?.epochs?.latestEpoch ?? -1,
  }
}
