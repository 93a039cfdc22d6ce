// The checkpoint of a partition: what may be trusted without a look at the log. Replaced as a whole, after the bytes that it
// speaks of were synced and before files that it gives up are removed (invariants D5, R1).
//
//   varve checkpoint 2                           1 without a line of producers
//   recovery-point <offset> <base offset of its segment> <position in it>
//   log-start <offset>
//   clean yes|no                                 yes: the partition was closed and ends at the recovery point
//   sealed <segments> <bytes> <8 hex digits>     those before the recovery point's segment: CRC-32C of "<base> <bytes>\n" each
//   producers <count> <8 hex digits>|unknown     the snapshot at the recovery point and its checksum; no line: no producers there
//   damaged <segment|-> <position> <end position> <first bad offset> <next good offset|->     any number, in order
//   crc <8 hex digits>
import { crc32c } from '../../record/crc32c.ts'
import { decodeCheckedText, encodeCheckedText } from './checked-text.ts'
import type { DamagedExtent } from './damaged-extent.ts'
import type { SnapshotSummary } from './producer-snapshot.ts'

/** Of a partition without idempotent producers, as the first versions of varve wrote it; and of one with them. */
const VERSION = 1
const VERSION_WITH_PRODUCERS = 2
export const CHECKPOINT_BYTES_MAX = 1024 * 1024

/** All before it is on stable storage, and the indexes hold their entries for it. */
export interface RecoveryPoint {
  readonly offset: number
  readonly segment: number
  readonly position: number
}

/** What the segments before that of the recovery point amount to. */
export interface SealedSummary {
  readonly segments: number
  readonly bytes: number
  readonly digest: number
}

export interface Checkpoint {
  readonly recoveryPoint: RecoveryPoint
  readonly logStart: number
  readonly clean: boolean
  readonly sealed: SealedSummary
  /** The snapshot of producers at the recovery point; absent when none are known there, `unknown` when the log must be asked. */
  readonly producers?: SnapshotSummary | 'unknown'
  readonly damaged: readonly DamagedExtent[]
}

export interface SegmentSize {
  readonly baseOffset: number
  readonly bytes: number
}

/**
 * Sums up the segments before that of the recovery point which are not wholly below the log start.
 * @param segments all of the partition, in order.
 */
export function sealedSummary(
  segments: readonly SegmentSize[],
  point: RecoveryPoint,
  logStart: number,
): SealedSummary {
  return summarize(
    segments.filter((segment, at) => {
      const end = segments[at + 1]?.baseOffset ?? Infinity
      return segment.baseOffset < point.segment && end > logStart
    }),
  )
}

/** True when the segments before the recovery point are those that the checkpoint sums up. */
export function recordsSealed(checkpoint: Checkpoint, segments: readonly SegmentSize[]): boolean {
  const { recoveryPoint, logStart, sealed } = checkpoint
  const found = sealedSummary(segments, recoveryPoint, logStart)
  return (
    found.segments === sealed.segments &&
    found.bytes === sealed.bytes &&
    found.digest === sealed.digest
  )
}

/** The summary of segments of which those in `before` are the first. */
export function summarize(
  segments: Iterable<SegmentSize>,
  before: SealedSummary = { segments: 0, bytes: 0, digest: 0 },
): SealedSummary {
  let { segments: count, bytes } = before
  let text = ''
  for (const segment of segments) {
    count++
    bytes += segment.bytes
    text += `${segment.baseOffset} ${segment.bytes}\n`
  }
  return { segments: count, bytes, digest: crc32c(Buffer.from(text, 'latin1'), before.digest) }
}

export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  const { recoveryPoint: point, sealed, producers } = checkpoint
  const lines = [
    `recovery-point ${point.offset} ${point.segment} ${point.position}`,
    `log-start ${checkpoint.logStart}`,
    `clean ${checkpoint.clean ? 'yes' : 'no'}`,
    `sealed ${sealed.segments} ${sealed.bytes} ${sealed.digest.toString(16).padStart(8, '0')}`,
    ...(producers === undefined ? [] : [`producers ${producersText(producers)}`]),
    ...checkpoint.damaged.map(
      (extent) =>
        `damaged ${extent.segment ?? '-'} ${extent.position} ${extent.endPosition} ${extent.firstBad} ${extent.nextGood ?? '-'}`,
    ),
  ]
  const version = producers === undefined ? VERSION : VERSION_WITH_PRODUCERS
  return encodeCheckedText('checkpoint', version, `${lines.join('\n')}\n`)
}

function producersText(producers: SnapshotSummary | 'unknown'): string {
  if (producers === 'unknown') return producers
  return `${producers.producers} ${producers.crc.toString(16).padStart(8, '0')}`
}

const N = '(\\d{1,16})'
const FORM = new RegExp(
  `^recovery-point ${N} ${N} ${N}\nlog-start ${N}\nclean (yes|no)\nsealed ${N} ${N} ([0-9a-f]{8})\n(?:producers (?:(unknown)|${N} ([0-9a-f]{8}))\n)?((?:damaged [^\n]*\n)*)$`,
)
const DAMAGED_FORM = new RegExp(`^damaged (?:${N}|-) ${N} ${N} ${N} (?:${N}|-)$`)

/** The checkpoint, or a sentence on why the file cannot be used. */
export function decodeCheckpoint(bytes: Buffer): Checkpoint | string {
  const plain = decodeCheckedText(bytes, 'checkpoint', VERSION)
  const text =
    plain.kind === 'version'
      ? decodeCheckedText(bytes, 'checkpoint', VERSION_WITH_PRODUCERS)
      : plain
  if (text.kind === 'damaged') return text.reason
  if (text.kind === 'version') return `its version ${text.version} is unknown`
  const match = FORM.exec(text.body)
  if (match === null) return 'its lines are malformed'
  const producers = producersIn(match)
  if ((producers === undefined) !== (plain.kind === 'good')) return 'its lines are malformed'
  const numbers = [1, 2, 3, 4, 6, 7, ...(match[10] === undefined ? [] : [10])].map((group) =>
    Number(match[group]),
  )
  if (!numbers.every(Number.isSafeInteger)) return 'a number in it is too large'
  const [offset = 0, segment = 0, position = 0, logStart = 0, segments = 0, sealedBytes = 0] =
    numbers
  if (segment > offset || logStart > offset) return 'its numbers contradict each other'
  const damaged: DamagedExtent[] = []
  for (const line of (match[12] ?? '').split('\n')) {
    if (line === '') continue
    const part = DAMAGED_FORM.exec(line)
    if (part === null) return 'its lines are malformed'
    if (!part.slice(1).every((digits: string | undefined) => isExact(digits))) {
      return 'a number in it is too large'
    }
    damaged.push({
      segment: part[1] === undefined ? undefined : Number(part[1]),
      position: Number(part[2]),
      endPosition: Number(part[3]),
      firstBad: Number(part[4]),
      nextGood: part[5] === undefined ? undefined : Number(part[5]),
    })
  }
  return {
    recoveryPoint: { offset, segment, position },
    logStart,
    clean: match[5] === 'yes',
    sealed: { segments, bytes: sealedBytes, digest: Number.parseInt(match[8] ?? '', 16) },
    ...(producers === undefined ? {} : { producers }),
    damaged,
  }
}

/** Digits that a number holds as they are, or none. */
function isExact(digits: string | undefined): boolean {
  return digits === undefined || Number.isSafeInteger(Number(digits))
}

function producersIn(match: RegExpExecArray): Checkpoint['producers'] {
  if (match[9] !== undefined) return 'unknown'
  if (match[10] === undefined) return undefined
  return { producers: Number(match[10]), crc: Number.parseInt(match[11] ?? '', 16) }
}
