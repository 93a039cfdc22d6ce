// Carries out the plan of one partition. Every step leaves the partition in a state from which a start, or the same repair again, goes
// on: nothing good is removed before its copy is on stable storage, nothing bad before its copy is in quarantine, and a loss is
// recorded before it is made.
import { isSystemError } from '../../platform/system-error.ts'
import { setBatchLeaderEpoch } from '../../record/batch-header.ts'
import { joinLosses } from '../../storage/file/accepted-losses.ts'
import { sealedSummary } from '../../storage/file/checkpoint.ts'
import { copyStretch } from '../../storage/file/copy-stretch.ts'
import { createSegmentFiles } from '../../storage/file/create-segment.ts'
import { EpochHistory } from '../../storage/file/epoch-history.ts'
import {
  readFully,
  TEMPORARY_SUFFIX,
  writeFully,
  writeNewFile,
} from '../../storage/file/file-access.ts'
import { epochsOfLog } from '../../storage/file/mend-epochs.ts'
import { rebuildIndexes } from '../../storage/file/mend-indexes.ts'
import { openStoredPartition } from '../../storage/file/open-partition.ts'
import { type PartitionDirectory, SYNCED_END_FILE } from '../../storage/file/partition-directory.ts'
import {
  writeAcceptedLosses,
  writeCheckpoint,
  writeEpochs,
} from '../../storage/file/partition-files.ts'
import { takeInventory } from '../../storage/file/partition-inventory.ts'
import type { PartitionState } from '../../storage/file/partition-state.ts'
import { removeSnapshot } from '../../storage/file/producer-snapshot-files.ts'
import type { Segment } from '../../storage/file/segment.ts'
import {
  SEGMENT_FILE_KINDS,
  type SegmentFileKind,
  segmentFileName,
} from '../../storage/file/segment-file-name.ts'
import { splitSegment } from '../../storage/file/split-segment.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import { initialSyncedEnd } from '../../storage/file/synced-end.ts'
import type { DamageMending, PartitionPlan } from './repair-plan.ts'

/** @param wasClean the last stop of the broker was clean. @throws what the file system throws; then the repair can be repeated. */
export async function repairPartition(
  context: StorageContext,
  plan: PartitionPlan,
  wasClean: boolean,
): Promise<void> {
  const repair = new PartitionRepair(context, plan)
  await repair.run(wasClean)
}

class PartitionRepair {
  readonly #context: StorageContext
  readonly #plan: PartitionPlan
  readonly #directory: PartitionDirectory

  constructor(context: StorageContext, plan: PartitionPlan) {
    this.#context = context
    this.#plan = plan
    this.#directory = plan.check.target.directory
  }

  async run(wasClean: boolean): Promise<void> {
    const { damage, irregular, epochs } = this.#plan
    const { identity, settings } = this.#plan.check.target
    for (const name of irregular) await this.#setAside(name)
    if (epochs === 'into-batches') await this.#setBatchEpochs()
    if (damage !== undefined) await this.#takeOutDamage(damage)
    if (epochs === 'from-log') await this.#rebuildEpochs()
    // All that a start mends is left to what a start does.
    const context = this.#context
    const directory = this.#directory
    for (const offset of this.#plan.snapshots) await removeSnapshot(context, directory, offset)
    const opened = await openStoredPartition(context, directory, identity, settings, {
      ...{ wasClean, storedName: undefined },
    })
    if (opened === undefined) throw new RangeError('the folder of a partition is gone')
    const { state } = opened
    await this.#rebuildIndexes(state)
    if (this.#plan.needsSyncedEnd) await this.#writeSyncedEnd(state.endPoint)
    await this.#closeFiles(state.segments)
    state.producers.clear()
  }

  /** Moves a file to quarantine, under a name that nothing has there. */
  async #setAside(name: string): Promise<void> {
    const { fileSystem, files } = this.#context
    const target = await this.#freeName(name, 'moved')
    await files.close(this.#directory.file(name))
    try {
      await fileSystem.rename(this.#directory.file(name), target)
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return
      throw error
    }
    await fileSystem.syncDirectory(this.#directory.quarantine)
    await fileSystem.syncDirectory(this.#directory.path)
  }

  async #setBatchEpochs(): Promise<void> {
    const { files } = this.#context
    for (const { segment, position, expected } of this.#plan.log.epochCheck.wrongEpochs) {
      const path = this.#directory.segmentFile(segment, 'log')
      await files.use(path, 'write', async (file) => {
        const start = Buffer.alloc(EPOCH_END)
        await readFully(file, start, 0, start.length, position)
        setBatchLeaderEpoch(start, 0, expected)
        await writeFully(file, [start.subarray(EPOCH_START)], position + EPOCH_START)
        await file.syncData()
      })
    }
  }

  async #takeOutDamage(damage: DamageMending): Promise<void> {
    const context = this.#context
    const directory = this.#directory
    for (const { segment, removed } of damage.segments) {
      for (const { position, endPosition } of removed) {
        if (endPosition > position) await this.#quarantine(segment, position, endPosition)
      }
    }
    const losses = joinLosses(this.#plan.log.losses, damage.lost)
    if (damage.lost.length > 0) await writeAcceptedLosses(context, directory, losses)
    const { inventory, uncheckedFrom } = this.#plan.log
    for (const { baseOffset } of inventory.segments) {
      if (baseOffset >= uncheckedFrom) await this.#removeIndexes(baseOffset)
    }
    for (const { segment, parts } of damage.segments) {
      await splitSegment(context, directory, segment, parts)
      // They speak of what was there before; the start makes those of every part anew.
      await this.#removeIndexes(segment)
    }
    for (const base of damage.orphans) {
      for (const kind of INDEX_KINDS) await this.#setAside(segmentFileName(base, kind))
    }
    if (damage.needsNewSegment) {
      // The one before is not written any more and gets its final index entries.
      const before = (await takeInventory(context, directory))?.segments.at(-1)
      if (before !== undefined) await this.#removeIndexes(before.baseOffset)
      await createSegmentFiles(context, directory, damage.endOffset)
    }
    const { segments } = (await takeInventory(context, directory)) ?? { segments: [] }
    const last = segments.at(-1)
    const recoveryPoint = {
      offset: damage.endOffset,
      segment: last?.baseOffset ?? damage.endOffset,
      position: last?.bytes ?? 0,
    }
    for (const { baseOffset } of segments) {
      const path = directory.segmentFile(baseOffset, 'log')
      await context.files.use(path, 'write', (file) => file.syncData())
    }
    await writeCheckpoint(context, directory, {
      recoveryPoint,
      logStart: damage.startOffset,
      clean: false,
      sealed: sealedSummary(segments, recoveryPoint, damage.startOffset),
      // What the log says of producers is found out by the start.
      producers: 'unknown',
      damaged: [],
    })
  }

  async #quarantine(segment: number, position: number, endPosition: number): Promise<void> {
    const { fileSystem } = this.#context
    const name = `${segmentFileName(segment, 'log').slice(0, 20)}.${position}`
    const target = await this.#freeName(name, 'damaged')
    const source = this.#directory.segmentFile(segment, 'log')
    const temporary = target + TEMPORARY_SUFFIX
    await copyStretch(this.#context, source, position, endPosition, temporary)
    await fileSystem.rename(temporary, target)
    await fileSystem.syncDirectory(this.#directory.quarantine)
    await fileSystem.syncDirectory(this.#directory.path)
  }

  /** A path in quarantine that nothing has: what is there already stays. */
  async #freeName(name: string, suffix: string): Promise<string> {
    const { fileSystem } = this.#context
    const folder = this.#directory.quarantine
    await fileSystem.makeDirectory(folder)
    for (let number = 1; ; number++) {
      const path = `${folder}/${name}${number === 1 ? '' : `.${number}`}.${suffix}`
      if ((await fileSystem.status(path)) === undefined) return path
    }
  }

  async #removeIndexes(segment: number): Promise<void> {
    const { fileSystem, files } = this.#context
    for (const kind of INDEX_KINDS) {
      const path = this.#directory.segmentFile(segment, kind)
      await files.close(path)
      if ((await fileSystem.status(path)) !== undefined) await fileSystem.removeFile(path)
    }
  }

  async #rebuildIndexes(state: PartitionState): Promise<void> {
    const { indexes, damage } = this.#plan
    const { indexIntervalBytes } = this.#plan.check.target.settings
    const changed = new Set(damage?.segments.map(({ segment }) => segment))
    for (const segment of state.segments) {
      const { baseOffset } = segment
      if (!indexes.includes(baseOffset) || changed.has(baseOffset)) continue
      const context = this.#context
      // With the final entries, as a stop leaves them; a start goes on behind them.
      await rebuildIndexes(context, this.#directory, segment, indexIntervalBytes, state)
    }
  }

  async #rebuildEpochs(): Promise<void> {
    const inventory = await takeInventory(this.#context, this.#directory)
    const { damage, log } = this.#plan
    const known = { damaged: damage === undefined ? log.recovered.damaged : [] }
    const epochs = await epochsOfLog(
      this.#context,
      this.#directory,
      inventory?.segments ?? [],
      known,
    )
    // An epoch that was begun, and lost all that was written under it, stays spent.
    const before = log.epochs?.entries.at(-1)
    const isSpent = before !== undefined && before.epoch > epochs.latestEpoch
    const end = log.recovered.endOffset
    const history = new EpochHistory(epochs.entries)
    if (
      isSpent &&
      before.startOffset < end &&
      before.startOffset > (epochs.entries.at(-1)?.startOffset ?? -1)
    ) {
      history.begin(before.epoch, before.startOffset)
    }
    await writeEpochs(this.#context, this.#directory, history)
  }

  async #writeSyncedEnd(end: { offset: number; segment: number; position: number }): Promise<void> {
    const { fileSystem, files } = this.#context
    const path = this.#directory.file(SYNCED_END_FILE)
    await writeNewFile(fileSystem, files, path, initialSyncedEnd(end))
    await fileSystem.syncDirectory(this.#directory.path)
  }

  async #closeFiles(segments: readonly Segment[]): Promise<void> {
    for (const { baseOffset } of segments) {
      for (const kind of SEGMENT_FILE_KINDS) {
        await this.#context.files.close(this.#directory.segmentFile(baseOffset, kind))
      }
    }
  }
}

const INDEX_KINDS: readonly SegmentFileKind[] = ['index', 'timeindex']
/** Where the leader epoch lies in a batch. */
const EPOCH_START = 12
const EPOCH_END = 16
