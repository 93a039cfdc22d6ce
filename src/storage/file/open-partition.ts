// Opens what is stored of a partition: trusts it after a clean stop, else checks it from the recovery point on. Killed anywhere and
// run again, it comes to the same result (invariant R5). The order of its effects: copy what will be cut, cut and sync the
// log, then indexes and epochs, the checkpoint last.
import type { PartitionIdentity } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import { isSystemError } from '../../platform/system-error.ts'
import type { PartitionReport } from '../engine.ts'
import { ProducerStates } from '../producer-states.ts'
import { type LostRange, NO_LOSSES } from './accepted-losses.ts'
import { type Checkpoint, type RecoveryPoint, recordsSealed } from './checkpoint.ts'
import { createSegmentFiles } from './create-segment.ts'
import type { EpochHistory } from './epoch-history.ts'
import { mendEpochs } from './mend-epochs.ts'
import { mendIndexes } from './mend-indexes.ts'
import { finishTails, mendLog } from './mend-log.ts'
import { FENCED_FILE, type PartitionDirectory } from './partition-directory.ts'
import {
  readAcceptedLosses,
  readCheckpoint,
  readSyncedEndHint,
  readTopicName,
  writeCheckpoint,
  writeTopicName,
} from './partition-files.ts'
import { type PartitionInventory, takeInventory } from './partition-inventory.ts'
import { PartitionState } from './partition-state.ts'
import {
  hasStraySnapshots,
  recordProducers,
  removeStraySnapshots,
} from './producer-snapshot-files.ts'
import { type Recovered, readingPoint, recoverLog } from './recover-log.ts'
import { recoverProducers, replayHeader } from './recover-producers.ts'
import type { BatchVisitor } from './scan-segment.ts'
import { makeSegment, type Segment } from './segment.ts'
import { SEGMENT_FILE_KINDS, segmentFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

export interface OpenedPartition {
  readonly state: PartitionState
  readonly recoveryPoint: RecoveryPoint
  /** What the checkpoint says of producers. */
  readonly snapshot: Checkpoint['producers']
  /** The checkpoint in the file says that the partition was closed at its end. */
  readonly isRecordedClean: boolean
  readonly report: PartitionReport
}

/** What is known before a look at the files of the partition. */
export interface KnownBefore {
  /** The last stop of the whole engine was clean. */
  readonly wasClean: boolean
  /** The name of the topic that stands beside the data, when that was read already. */
  readonly storedName: string | undefined
}

/**
 * @returns undefined when nothing is stored there.
 */
export async function openStoredPartition(
  context: StorageContext,
  directory: PartitionDirectory,
  identity: PartitionIdentity,
  settings: TopicSettings,
  known: KnownBefore,
): Promise<OpenedPartition | undefined> {
  const producers = new ProducerStates(context.producers)
  try {
    return await open(context, directory, identity, settings, known, producers)
  } catch (error) {
    producers.clear()
    throw error
  }
}

async function open(
  context: StorageContext,
  directory: PartitionDirectory,
  identity: PartitionIdentity,
  settings: TopicSettings,
  known: KnownBefore,
  producers: ProducerStates,
): Promise<OpenedPartition | undefined> {
  const beganMs = context.clock.monotonicMs()
  const inventory = await takeInventory(context, directory)
  if (inventory === undefined) return undefined
  const { anomalies, segments } = inventory
  await finishTails(context, directory, inventory)
  const isFenced = inventory.isFenced || context.fencedPaths.has(directory.path)
  await checkName(context, directory, identity, known.storedName, anomalies)
  const checkpoint = await usableCheckpoint(context, directory, anomalies)
  await removeLeftovers(context, directory, inventory, checkpoint?.logStart ?? 0)
  const losses = await usableLosses(context, directory, inventory)
  const isTrusted =
    known.wasClean && !isFenced && checkpoint !== undefined && endsAsClosed(segments, checkpoint)
  const isFromPoint = isTrusted || (checkpoint && readingPoint(segments, checkpoint)) !== undefined
  const subject = {
    segments,
    checkpoint: isFromPoint ? checkpoint : undefined,
    snapshots: inventory.snapshots,
  }
  const producing = await recoverProducers(context, directory, subject, producers)
  anomalies.push(...producing.anomalies)
  const nowMs = context.clock.wallMs()
  const replay: BatchVisitor = (header) => {
    replayHeader(producers, header, nowMs)
  }
  const syncedEnd = isTrusted ? undefined : await readSyncedEndHint(context.files, directory)
  const recovered = isTrusted
    ? trusted(checkpoint)
    : await recoverLog(context, directory, {
        segments,
        checkpoint,
        visitorOf: () => Promise.resolve(replay),
        syncedEnd,
        isSynced: settings.durability === 'synced',
        wasClean: known.wasClean,
        orphans: orphanIndexes(inventory),
        losses,
      })
  anomalies.push(...recovered.anomalies)
  const points = [checkpoint?.recoveryPoint, syncedEnd]
  const tornBytes = await mendLog(context, directory, {
    ...{ segments, recovered, isFenced, points, anomalies },
    isSynced: settings.durability === 'synced',
  })
  if (endsInHole(segments, recovered)) {
    // Offsets are without a gap within a segment: behind the hole the log goes on in a new one.
    await createSegmentFiles(context, directory, recovered.endOffset)
    segments.push(makeSegment(recovered.endOffset, 0, context.clock.wallMs()))
  }
  const indexesRebuilt = await mendIndexes(
    context,
    directory,
    inventory,
    recovered,
    settings.indexIntervalBytes,
  )
  const epochs: EpochHistory = await mendEpochs(context, directory, segments, recovered, anomalies)
  const state = new PartitionState({
    directory,
    segments,
    epochs,
    startOffset: recovered.startOffset,
    endOffset: recovered.endOffset,
    damaged: recovered.damaged,
    losses,
    producers,
    snapshots: inventory.snapshots,
    isSynced: settings.durability === 'synced',
  })
  const recoveryPoint = state.endPoint
  const isRecorded =
    recovered.isAsRecorded &&
    producing.isAsRecorded &&
    samePoint(checkpoint?.recoveryPoint, recoveryPoint)
  const snapshot = isRecorded
    ? checkpoint?.producers
    : await recordState(context, state, recoveryPoint)
  if (isRecorded && hasStraySnapshots(state, recoveryPoint)) {
    // As where leftovers are removed.
    await context.fileSystem.syncDirectory(directory.path)
  }
  await removeStraySnapshots(context, state, recoveryPoint)
  if (inventory.isFenced) {
    await context.fileSystem.removeFile(directory.file(FENCED_FILE))
    await context.fileSystem.syncDirectory(directory.path)
  }
  context.fencedPaths.delete(directory.path)
  const isDegraded = recovered.damaged.length > 0
  const outcome = recovered.scannedFrom === undefined ? 'clean' : 'recovered'
  const report: PartitionReport = {
    topicId: identity.topicId,
    topicName: identity.topicName,
    partition: identity.partition,
    outcome: isDegraded ? 'degraded' : outcome,
    segmentsScanned: recovered.segmentsScanned,
    bytesScanned: recovered.bytesScanned,
    tornBytes,
    indexesRebuilt,
    startOffset: state.startOffset,
    endOffset: state.endOffset,
    epoch: epochs.latestEpoch,
    durationMs: context.clock.monotonicMs() - beganMs,
    damaged: state.damagedRanges,
    anomalies,
  }
  const isRecordedClean = isRecorded && checkpoint?.clean === true
  return { state, recoveryPoint, snapshot, isRecordedClean, report }
}

/** Records the partition as it is now. @returns what the checkpoint says of producers. */
async function recordState(
  context: StorageContext,
  state: PartitionState,
  point: RecoveryPoint,
): Promise<Checkpoint['producers']> {
  const snapshot = await recordProducers(context, state, point)
  await writeCheckpoint(context, state.directory, state.checkpointAt(point, snapshot, false))
  return snapshot
}

async function checkName(
  context: StorageContext,
  directory: PartitionDirectory,
  identity: PartitionIdentity,
  storedName: string | undefined,
  anomalies: string[],
): Promise<void> {
  const name = storedName ?? (await readTopicName(context.files, directory, identity.topicId))
  if (name === identity.topicName || identity.topicName === '') return
  anomalies.push('partition.metadata was missing, damaged or of another topic: written anew')
  await writeTopicName(context, directory, identity)
}

async function usableCheckpoint(
  context: StorageContext,
  directory: PartitionDirectory,
  anomalies: string[],
): Promise<Checkpoint | undefined> {
  const checkpoint = await readCheckpoint(context.files, directory)
  if (typeof checkpoint === 'object') return checkpoint
  anomalies.push(
    checkpoint === undefined
      ? 'the checkpoint was missing: made anew from the log'
      : `the checkpoint was damaged (${checkpoint}): made anew from the log`,
  )
  return undefined
}

/** What cannot be read of them is damage again, until it is accepted again. */
async function usableLosses(
  context: StorageContext,
  directory: PartitionDirectory,
  inventory: PartitionInventory,
): Promise<readonly LostRange[]> {
  if (!inventory.hasAcceptedLosses) return NO_LOSSES
  const { anomalies } = inventory
  const losses = await readAcceptedLosses(context.files, directory)
  if (typeof losses === 'object') {
    for (const { first, next } of losses) {
      anomalies.push(`offsets ${first} to ${next - 1} are lost; that was accepted`)
    }
    return losses
  }
  anomalies.push(
    `the record of accepted losses was damaged (${losses ?? 'no file'}) and is not used`,
  )
  return NO_LOSSES
}

/** Finishes removals that were decided before, and interrupted replacements. Nothing here was part of the log any more. */
async function removeLeftovers(
  context: StorageContext,
  directory: PartitionDirectory,
  inventory: PartitionInventory,
  logStart: number,
): Promise<void> {
  const names = sortOutLeftovers(inventory, logStart)
  // What goes because of the checkpoint goes when the checkpoint is durable: a killed process may have left one that it did not sync.
  if (names.size > inventory.leftovers.length)
    await context.fileSystem.syncDirectory(directory.path)
  for (const name of names) {
    try {
      await context.fileSystem.removeFile(directory.file(name))
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw error
    }
  }
}

/**
 * Takes segments that lie wholly below the log start out of the inventory.
 * @returns the names of all files that may go.
 */
export function sortOutLeftovers(
  inventory: PartitionInventory,
  logStart: number,
): ReadonlySet<string> {
  const { segments } = inventory
  const names = new Set(inventory.leftovers)
  let below = 0
  while (below < segments.length - 1 && (segments[below + 1]?.baseOffset ?? Infinity) <= logStart) {
    const baseOffset = segments[below]?.baseOffset ?? 0
    // The log goes first: an index without a log is known to be a remainder when it lies below the log start.
    for (const kind of SEGMENT_FILE_KINDS) names.add(segmentFileName(baseOffset, kind))
    below++
  }
  segments.splice(0, below)
  const firstKept = segments[0]?.baseOffset ?? logStart
  for (const [kind, indexes] of [
    ['index', inventory.offsetIndexes],
    ['timeindex', inventory.timeIndexes],
  ] as const) {
    for (const baseOffset of indexes) {
      if (baseOffset < firstKept && baseOffset < logStart)
        names.add(segmentFileName(baseOffset, kind))
    }
  }
  return names
}

/** Indexes at or above the log start whose log is missing. */
export function orphanIndexes(inventory: PartitionInventory): number[] {
  const logs = new Set(inventory.segments.map((segment) => segment.baseOffset))
  const first = inventory.segments[0]?.baseOffset ?? 0
  const all = new Set([...inventory.offsetIndexes, ...inventory.timeIndexes])
  return [...all].filter((base) => base >= first && !logs.has(base)).sort((a, b) => a - b)
}

/** True when the log ends with a loss that was accepted, and nothing was written behind it yet. */
export function endsInHole(segments: readonly Segment[], recovered: Recovered): boolean {
  const { damaged, batchesEnd, endOffset } = recovered
  return segments.length > 0 && damaged.length === 0 && batchesEnd < endOffset
}

/** True when the partition was closed and its files are as they were left. */
export function endsAsClosed(segments: readonly Segment[], checkpoint: Checkpoint): boolean {
  const { recoveryPoint: point } = checkpoint
  if (!checkpoint.clean || !recordsSealed(checkpoint, segments)) return false
  const last = segments.at(-1)
  if (last === undefined) return point.segment === point.offset && point.position === 0
  return last.baseOffset === point.segment && last.bytes === point.position
}

function trusted(checkpoint: Checkpoint): Recovered {
  return {
    startOffset: checkpoint.logStart,
    endOffset: checkpoint.recoveryPoint.offset,
    batchesEnd: checkpoint.recoveryPoint.offset,
    damaged: checkpoint.damaged,
    scannedFrom: undefined,
    cutAt: undefined,
    isAsRecorded: true,
    segmentsScanned: 0,
    bytesScanned: 0,
    anomalies: [],
  }
}

function samePoint(a: RecoveryPoint | undefined, b: RecoveryPoint): boolean {
  return (
    a !== undefined && a.offset === b.offset && a.segment === b.segment && a.position === b.position
  )
}
