// Decides what a repair of one partition does, from what its check found. Pure: a dry run prints it, a repair carries it out.
import { type LostRange, withoutLosses } from '../../storage/file/accepted-losses.ts'
import type { DamagedExtent } from '../../storage/file/damaged-extent.ts'
import type { Segment } from '../../storage/file/segment.ts'
import { segmentFileName, snapshotFileName } from '../../storage/file/segment-file-name.ts'
import type { SegmentPart } from '../../storage/file/split-segment.ts'
import type { Finding, FindingCode } from './finding.ts'
import type { CheckedLog, PartitionCheck } from './partition-check.ts'
import { offsetsText } from './partition-findings.ts'

/** A segment out of which stretches are taken. */
interface SegmentMending {
  readonly segment: number
  /** What stays, in order. */
  readonly parts: readonly SegmentPart[]
  /** What goes to quarantine. */
  readonly removed: readonly { readonly position: number; readonly endPosition: number }[]
}

/** How damage is taken out of a log. */
export interface DamageMending {
  readonly segments: readonly SegmentMending[]
  /** Indexes of logs that are gone: set aside. */
  readonly orphans: readonly number[]
  /** All offsets that cannot be read afterwards and were not accepted before. */
  readonly lost: readonly LostRange[]
  /** The first offset that is kept: moved up when the beginning is lost. */
  readonly startOffset: number
  readonly endOffset: number
  /** The log ends with a hole: a new segment begins behind it. */
  readonly needsNewSegment: boolean
}

export interface PartitionPlan {
  readonly check: PartitionCheck
  readonly log: CheckedLog
  /** Undefined when there is no damage, or when taking it out would lose records and that is not accepted. */
  readonly damage: DamageMending | undefined
  /** Records would be lost, and that is not accepted. */
  readonly refused: readonly LostRange[]
  readonly indexes: readonly number[]
  readonly epochs: 'keep' | 'from-log' | 'into-batches'
  readonly irregular: readonly string[]
  /** Snapshots of producers that are removed, by their offsets. */
  readonly snapshots: readonly number[]
  readonly needsSyncedEnd: boolean
  /** What is done, in words. */
  readonly steps: readonly string[]
}

/** @returns undefined when nothing is to be done, or nothing can be. */
export function planRepair(
  check: PartitionCheck,
  options: { readonly acceptLoss: boolean },
): PartitionPlan | undefined {
  const { log, findings } = check
  if (log === undefined) return undefined
  const has = (...codes: FindingCode[]): boolean =>
    findings.some((finding) => codes.includes(finding.code))
  const isDamaged = log.recovered.damaged.length > 0 || has('CHECKPOINT_STALE', 'REPAIR_UNFINISHED')
  const whole = isDamaged ? planDamage(log) : undefined
  const isAllowed = whole !== undefined && (whole.lost.length === 0 || options.acceptLoss)
  const damage = isAllowed ? whole : undefined
  const refused = isAllowed ? [] : (whole?.lost ?? [])
  const indexes = [...log.wrongIndexes].sort((a, b) => a - b)
  const snapshots = [...log.badSnapshots].sort((a, b) => a - b)
  const epochs = has('EPOCHS_MISMATCH') ? planEpochs(log) : 'keep'
  const steps = [
    ...(damage === undefined ? [] : damageSteps(damage)),
    ...log.inventory.irregular.map((name) => `move ${name} to quarantine`),
    ...startSteps(findings),
    ...indexes.map((base) => `make the indexes of segment ${base} anew`),
    ...snapshots.map(
      (offset) => `remove ${snapshotFileName(offset)}; it is made anew where needed`,
    ),
    ...(epochs === 'from-log' ? ['make the history of epochs anew from the log'] : []),
    ...(epochs === 'into-batches'
      ? ['set the epochs of batches to those of the history (no checksum covers them)']
      : []),
    ...(has('SYNCED_END_MISSING') ? ['write synced-end anew'] : []),
  ]
  if (steps.length === 0 && refused.length === 0) return undefined
  return {
    check,
    log,
    damage,
    refused,
    indexes,
    epochs,
    irregular: log.inventory.irregular,
    snapshots,
    needsSyncedEnd: has('SYNCED_END_MISSING'),
    steps,
  }
}

/** What opening the partition mends. */
function startSteps(findings: readonly Finding[]): string[] {
  const steps = new Set<string>()
  for (const { code, file, message } of findings) {
    const step = START_STEPS[code]
    if (step !== undefined) steps.add(step.replace('FILE', nameOf(file)).replace('WHAT', message))
  }
  return [...steps]
}

const START_STEPS: Readonly<Partial<Record<FindingCode, string>>> = {
  CHECKPOINT_DAMAGED: 'write the checkpoint anew from the log',
  CHECKPOINT_MISMATCH: 'write the checkpoint anew from the log',
  CHECKPOINT_MISSING: 'write the checkpoint anew from the log',
  CHECKPOINT_STALE: 'take damage that is not there any more out of the checkpoint',
  REPAIR_UNFINISHED: 'begin a new segment behind the loss at the end',
  EPOCHS_DAMAGED: 'make the history of epochs anew from the log',
  FENCED: 'copy the last segment to a new file and take the fence away',
  LEFTOVER: 'remove FILE',
  TAIL_UNFINISHED: 'write the end of the log anew from FILE',
  SNAPSHOT_MISSING: 'make FILE anew from the log',
  PARTITION_METADATA_DAMAGED: 'write partition.metadata anew',
  TORN_TAIL: 'cut FILE (WHAT); a copy goes to quarantine',
  TORN_TAIL_AFTER_STOP: 'cut FILE (WHAT); a copy goes to quarantine',
}

function nameOf(file: string | undefined): string {
  return file?.slice(file.lastIndexOf('/') + 1) ?? ''
}

/**
 * Where batches and history disagree: batches whose epochs rise and were all given away tell the truth together; else single batches
 * were damaged.
 */
function planEpochs(log: CheckedLog): PartitionPlan['epochs'] {
  const { epochCheck, epochs } = log
  const isFromHistory =
    epochs !== undefined &&
    !epochCheck.isIncomplete &&
    epochCheck.mismatches.every(({ expected }) => expected !== undefined) &&
    (!epochCheck.isRising || epochCheck.largest > epochs.latestEpoch)
  return isFromHistory ? 'into-batches' : 'from-log'
}

/** Takes every damaged stretch out. */
function planDamage(log: CheckedLog): DamageMending {
  const { recovered, inventory, losses, orphans } = log
  const { endOffset } = recovered
  const lost: LostRange[] = []
  const addLoss = (first: number, next: number): void => {
    if (next > first) lost.push(...withoutLosses({ first, next }, losses))
  }
  for (const extent of recovered.damaged) {
    addLoss(extent.firstBad, extent.nextGood ?? endOffset)
  }
  const segments: SegmentMending[] = []
  for (const [at, segment] of inventory.segments.entries()) {
    const nextBase = inventory.segments[at + 1]?.baseOffset ?? Infinity
    // A batch that begins before the next segment and ends in it cannot stay: offsets would be there twice.
    const straddling = log.straddling.get(segment.baseOffset)
    if (straddling !== undefined) addLoss(straddling.offset, nextBase)
    const extents = recovered.damaged
      .filter((extent) => extent.segment === segment.baseOffset)
      .map((extent) => {
        const isOverlap = straddling !== undefined && extent.firstBad === nextBase
        return isOverlap ? { ...extent, position: straddling.position } : extent
      })
      .sort((a, b) => a.position - b.position)
    if (extents.length > 0) segments.push(mendSegment(segment, extents))
  }
  const sorted = lost.sort((a, b) => a.first - b.first)
  const first = [...losses, ...sorted].find(
    (range) => range.first <= recovered.startOffset && range.next > recovered.startOffset,
  )
  return {
    segments,
    orphans,
    lost: sorted,
    startOffset: first?.next ?? recovered.startOffset,
    endOffset,
    needsNewSegment: recovered.batchesEnd < endOffset,
  }
}

function mendSegment(segment: Segment, extents: readonly DamagedExtent[]): SegmentMending {
  const parts: SegmentPart[] = []
  const removed: SegmentMending['removed'][number][] = []
  let position = 0
  let baseOffset: number | undefined = segment.baseOffset
  for (const extent of extents) {
    if (baseOffset !== undefined && extent.position > position) {
      parts.push({ baseOffset, position, endPosition: extent.position })
    }
    removed.push({ position: extent.position, endPosition: extent.endPosition })
    position = extent.endPosition
    baseOffset = extent.nextGood
  }
  if (baseOffset !== undefined && position < segment.bytes) {
    parts.push({ baseOffset, position, endPosition: segment.bytes })
  }
  return { segment: segment.baseOffset, parts, removed }
}

function damageSteps(damage: DamageMending): string[] {
  const steps: string[] = []
  for (const { segment, removed, parts } of damage.segments) {
    const file = segmentFileName(segment, 'log')
    for (const { position, endPosition } of removed) {
      steps.push(`move bytes ${position} to ${endPosition} of ${file} to quarantine`)
    }
    const kept = parts.map((part) => segmentFileName(part.baseOffset, 'log'))
    steps.push(kept.length === 0 ? `remove ${file}` : `keep the rest as ${kept.join(', ')}`)
  }
  for (const base of damage.orphans) {
    steps.push(`move the indexes of the missing segment ${base} to quarantine`)
  }
  for (const { first, next } of damage.lost) {
    steps.push(`give up ${offsetsText(first, next)}`)
  }
  return steps
}
