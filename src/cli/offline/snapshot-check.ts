// Holds the snapshots of idempotent producers against the log. Every one must be whole; the one that the checkpoint speaks of must also
// be the one that was written, and name only batches that the log has. Others are used only when that one is lost.
import type { BatchHeader } from '../../record/batch-header.ts'
import type { LostRange } from '../../storage/file/accepted-losses.ts'
import type { Checkpoint } from '../../storage/file/checkpoint.ts'
import type { PartitionDirectory } from '../../storage/file/partition-directory.ts'
import type { PartitionInventory } from '../../storage/file/partition-inventory.ts'
import type { DecodedSnapshot } from '../../storage/file/producer-snapshot.ts'
import { isSnapshotKept, readSnapshot } from '../../storage/file/producer-snapshot-files.ts'
import type { Recovered } from '../../storage/file/recover-log.ts'
import { snapshotFileName } from '../../storage/file/segment-file-name.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import type { FindingList } from './finding-list.ts'

interface ExpectedBatch {
  readonly producerId: number
  readonly producerEpoch: number
  readonly firstSequence: number
}

export class SnapshotCheck {
  /** Offsets of those that are to be removed. */
  readonly bad = new Set<number>()
  readonly #findings: FindingList
  readonly #recordedOffset: number | undefined
  /** What the recorded one says is in the log, by its last offset. */
  readonly #expected = new Map<number, ExpectedBatch>()
  #mismatch: string | undefined

  private constructor(findings: FindingList, recordedOffset: number | undefined) {
    this.#findings = findings
    this.#recordedOffset = recordedOffset
  }

  /** Reads the snapshots. @param checkpoint when it can be read. */
  static async read(
    files: StorageContext['files'],
    directory: PartitionDirectory,
    inventory: PartitionInventory,
    checkpoint: Checkpoint | undefined,
    findings: FindingList,
  ): Promise<SnapshotCheck> {
    const recorded = checkpoint?.producers
    const hasRecorded = recorded !== undefined && recorded !== 'unknown'
    const recordedOffset = hasRecorded ? checkpoint?.recoveryPoint.offset : undefined
    const check = new SnapshotCheck(findings, recordedOffset)
    const offsets = [...inventory.snapshots].sort((a, b) => a - b)
    for (const offset of offsets) {
      const file = snapshotFileName(offset)
      const point = checkpoint?.recoveryPoint.offset ?? Infinity
      if (!isSnapshotKept(inventory.segments, point, offset)) {
        findings.add('LEFTOVER', 'it is on its way out', { file })
        continue
      }
      const snapshot = await readSnapshot(files, directory, offset)
      if (typeof snapshot !== 'object') {
        check.bad.add(offset)
        findings.add('SNAPSHOT_DAMAGED', snapshot ?? 'it is no regular file', { file })
      } else if (hasRecorded && offset === recordedOffset) {
        if (snapshot.crc !== recorded.crc) check.#mismatch = 'it is not the one that was written'
        else check.#expect(snapshot, inventory.segments[0]?.baseOffset ?? Infinity)
      }
    }
    if (recordedOffset !== undefined && !inventory.snapshots.has(recordedOffset)) {
      const file = snapshotFileName(recordedOffset)
      findings.add('SNAPSHOT_MISSING', 'it is missing', { file })
    }
    return check
  }

  /** A good batch of the log. */
  visit(header: BatchHeader): void {
    if (this.#expected.size === 0) return
    const expected = this.#expected.get(header.lastOffset)
    if (expected === undefined) return
    const { producerId, producerEpoch, firstSequence } = expected
    const isThere =
      header.producerId === producerId &&
      header.producerEpoch === producerEpoch &&
      header.baseSequence === firstSequence
    if (isThere) this.#expected.delete(header.lastOffset)
  }

  /** All of the log was visited. */
  finish(recovered: Recovered, losses: readonly LostRange[]): void {
    const isKnown = (offset: number): boolean =>
      offset >= recovered.startOffset &&
      offset < recovered.batchesEnd &&
      !losses.some(({ first, next }) => offset >= first && offset < next) &&
      !recovered.damaged.some(
        ({ firstBad, nextGood }) => offset >= firstBad && offset < (nextGood ?? Infinity),
      )
    const wrong = [...this.#expected.keys()].filter(isKnown)
    if (wrong.length > 0) {
      this.#mismatch ??= `${wrong.length} of the batches that it names are not in the log, the first one at offset ${wrong[0]}`
    }
    if (this.#mismatch === undefined || this.#recordedOffset === undefined) return
    this.bad.add(this.#recordedOffset)
    const file = snapshotFileName(this.#recordedOffset)
    this.#findings.add('SNAPSHOT_MISMATCH', this.#mismatch, { file })
  }

  #expect({ producers }: DecodedSnapshot, firstOffset: number): void {
    for (const { producerId, producerEpoch, batches } of producers) {
      for (const { firstSequence, lastOffset } of batches) {
        if (lastOffset < firstOffset) continue
        this.#expected.set(lastOffset, { producerId, producerEpoch, firstSequence })
      }
    }
  }
}
