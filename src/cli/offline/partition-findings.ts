// Says what the check of a partition found, each thing as a finding. Pure.
import type { Checkpoint } from '../../storage/file/checkpoint.ts'
import { EpochHistory } from '../../storage/file/epoch-history.ts'
import { endsInHole } from '../../storage/file/open-partition.ts'
import {
  CHECKPOINT_FILE,
  EPOCHS_FILE,
  FENCED_FILE,
} from '../../storage/file/partition-directory.ts'
import type { Read } from '../../storage/file/partition-files.ts'
import type { PartitionInventory } from '../../storage/file/partition-inventory.ts'
import { type Recovered, readingPoint } from '../../storage/file/recover-log.ts'
import type { Segment } from '../../storage/file/segment.ts'
import { segmentFileName } from '../../storage/file/segment-file-name.ts'
import type { EpochCheck } from './epoch-check.ts'
import type { FindingList } from './finding-list.ts'
import type { IndexTrouble } from './segment-checks.ts'

export function reportNames(findings: FindingList, inventory: PartitionInventory): void {
  for (const name of inventory.irregular) {
    const what = 'it is named like a file of a segment, but is a folder, a link or a device'
    findings.add('IRREGULAR_FILE', what, { file: name })
  }
  for (const name of inventory.foreign) {
    findings.add('FOREIGN_FILE', 'it is not known here', { file: name })
  }
  for (const { name } of inventory.tails) {
    const what = 'a start was interrupted while it wrote the end of a log anew'
    findings.add('TAIL_UNFINISHED', what, { file: name })
  }
  if (inventory.isFenced) {
    const what = 'a disk operation had failed, and the partition stopped writing'
    findings.add('FENCED', what, { file: FENCED_FILE })
  }
}

export function reportLog(
  findings: FindingList,
  segments: readonly Segment[],
  recovered: Recovered,
  checkpoint: Checkpoint | undefined,
  wasClean: boolean,
): void {
  if (checkpoint !== undefined && readingPoint(segments, checkpoint) === undefined) {
    const what = 'it does not fit the segments that are there'
    findings.add('CHECKPOINT_MISMATCH', what, { file: CHECKPOINT_FILE })
  }
  if (recovered.damaged.length === 0 && (checkpoint?.damaged.length ?? 0) > 0) {
    const what = 'it records damage that is not there any more'
    findings.add('CHECKPOINT_STALE', what, { file: CHECKPOINT_FILE })
  }
  if (endsInHole(segments, recovered)) {
    const what = `the log is to go on at offset ${recovered.endOffset}, but no segment begins there`
    findings.add('REPAIR_UNFINISHED', what)
  }
  for (const extent of recovered.damaged) {
    const { firstBad } = extent
    const next = extent.nextGood ?? recovered.endOffset
    const lost = next > firstBad ? { firstOffset: firstBad, nextOffset: next } : {}
    const where =
      extent.segment === undefined
        ? {}
        : {
            file: segmentFileName(extent.segment, 'log'),
            position: extent.position,
            endPosition: extent.endPosition,
          }
    const code =
      extent.segment === undefined ? 'MISSING' : next > firstBad ? 'DAMAGED' : 'STRAY_BYTES'
    const reason = extent.reason ?? 'bytes that should be there are not'
    const loss =
      next > firstBad
        ? `${offsetsText(firstBad, next)} cannot be read`
        : `no record is lost, it goes on at offset ${next}`
    findings.add(code, `${reason}; ${loss}`, { ...where, ...lost })
  }
  const last = segments.at(-1)
  if (recovered.cutAt !== undefined && last !== undefined) {
    const code = wasClean ? 'TORN_TAIL_AFTER_STOP' : 'TORN_TAIL'
    findings.add(code, `${last.bytes - recovered.cutAt} bytes behind the last good batch`, {
      file: segmentFileName(last.baseOffset, 'log'),
      position: recovered.cutAt,
      endPosition: last.bytes,
    })
  }
}

export function reportIndexes(
  findings: FindingList,
  trouble: readonly IndexTrouble[],
  recovered: Recovered,
): ReadonlySet<number> {
  const wrong = new Set<number>()
  for (const { segment, file, kind, problem } of trouble) {
    if (kind === 'damaged' && isExcused(segment, problem, recovered)) continue
    wrong.add(segment)
    const code =
      kind === 'missing' ? 'INDEX_MISSING' : kind === 'short' ? 'INDEX_SHORT' : 'INDEX_DAMAGED'
    const entry = problem.entry === undefined ? '' : `entry ${problem.entry}: `
    findings.add(code, `${entry}${problem.message}`, { file })
  }
  return wrong
}

export function reportEpochs(
  findings: FindingList,
  stored: Read<EpochHistory>,
  check: EpochCheck,
  hasBatches: boolean,
): void {
  const file = EPOCHS_FILE
  if (!(stored instanceof EpochHistory)) {
    if (stored !== undefined) findings.add('EPOCHS_DAMAGED', stored, { file })
    else if (hasBatches) findings.add('EPOCHS_DAMAGED', 'it is missing', { file })
    return
  }
  for (const { firstOffset, nextOffset, found, expected } of check.mismatches) {
    const says = expected === undefined ? 'nothing' : String(expected)
    findings.add(
      'EPOCHS_MISMATCH',
      `${offsetsText(firstOffset, nextOffset)} carry epoch ${found}, the history says ${says}`,
      { file, firstOffset, nextOffset },
    )
  }
}

/** An entry that speaks of damaged bytes may well be right. */
function isExcused(
  segment: number,
  problem: { position?: number; offset?: number },
  recovered: Recovered,
): boolean {
  return recovered.damaged.some((extent) => {
    if (extent.segment !== segment) return false
    const { position, offset } = problem
    if (position !== undefined) return extent.position <= position && position < extent.endPosition
    if (offset === undefined) return true
    return extent.firstBad <= offset && offset < (extent.nextGood ?? Infinity)
  })
}

/** `offset 7`, `offsets 7 to 9`: `next` exclusive. */
export function offsetsText(first: number, next: number): string {
  return next === first + 1 ? `offset ${first}` : `offsets ${first} to ${next - 1}`
}
