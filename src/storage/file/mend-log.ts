// What a start does to the log of a partition: cuts a torn tail, and makes durable what was found; after the end of a process its bytes may be in memory
// only. Killed anywhere and run again, it comes to the same result (invariant R5).
import type { RecoveryPoint } from './checkpoint.ts'
import { isNoSpace } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { PartitionInventory } from './partition-inventory.ts'
import { quarantineTail } from './quarantine.ts'
import type { Recovered } from './recover-log.ts'
import { finishTail, putTail, storeTail } from './renew-tail.ts'
import { rewriteSegment } from './rewrite-segment.ts'
import type { Segment } from './segment.ts'
import type { StorageContext } from './storage-context.ts'

/**
 * Of a topic with durability `written` no more than this is written anew: without a promise for a power cut a long end is not worth the time of a start.
 * In a topic with durability `synced` the end that may be unsynced is short.
 */
const RENEWED_BYTES_MAX = 16 * 2 ** 20

/** What an interrupted start was doing comes to its end before anything is read. */
export async function finishTails(
  context: StorageContext,
  directory: PartitionDirectory,
  { tails, segments, anomalies }: PartitionInventory,
): Promise<void> {
  for (const tail of tails) {
    const bytes = await finishTail(context, directory, tail)
    const segment = segments.find(({ baseOffset }) => baseOffset === tail.baseOffset)
    if (bytes === undefined || segment === undefined) {
      anomalies.push(`${tail.name} does not fit its log and was ignored`)
    } else segment.bytes = bytes
  }
}

export interface LogToMend {
  readonly segments: readonly Segment[]
  readonly recovered: Recovered
  readonly isFenced: boolean
  /** To which the log is known to have been synced. */
  readonly points: readonly (RecoveryPoint | undefined)[]
  /** The topic's durability is synced. */
  readonly isSynced: boolean
  readonly anomalies: string[]
}

/**
 * Cuts a torn tail, writes anew what no sync is known to have covered, and syncs what was read.
 * @returns the bytes that were cut.
 */
export async function mendLog(
  context: StorageContext,
  directory: PartitionDirectory,
  { segments, recovered, isFenced, points, isSynced, anomalies }: LogToMend,
): Promise<number> {
  const { files } = context
  const { cutAt, scannedFrom } = recovered
  if (scannedFrom === undefined) return 0
  const last = segments.at(-1)
  let tornBytes = 0
  if (last !== undefined && cutAt !== undefined) {
    tornBytes = last.bytes - cutAt
    const copied = await quarantineTail(context, directory, last.baseOffset, cutAt, last.bytes)
    const copy = copied === tornBytes ? 'a copy is' : `the first ${copied} of them are`
    anomalies.push(`${tornBytes} bytes of an interrupted write were cut off; ${copy} in quarantine`)
    if (!isFenced) {
      const path = directory.segmentFile(last.baseOffset, 'log')
      await files.use(path, 'write', (file) => file.truncate(cutAt))
    }
    last.bytes = cutAt
  }
  if (isFenced && last !== undefined) {
    await rewriteSegment(context, directory, last.baseOffset, last.bytes)
    anomalies.push('a disk operation had failed: the last segment was copied to a new file')
  } else if (last !== undefined && recovered.damaged.length === 0) {
    const synced = syncedPosition(last, points)
    const isWorthIt = isSynced || last.bytes - synced <= RENEWED_BYTES_MAX
    if (synced < last.bytes && isWorthIt) await renew(context, directory, last, synced)
  }
  for (const segment of segments) {
    const { baseOffset } = segment
    if (baseOffset < scannedFrom.segment) continue
    const isUntouched =
      baseOffset === scannedFrom.segment &&
      segment.bytes === scannedFrom.position &&
      tornBytes === 0
    if (isUntouched) continue
    await files.use(directory.segmentFile(baseOffset, 'log'), 'write', (file) => file.syncData())
  }
  return tornBytes
}

/** How far the last segment is known to be synced. Those before it are: before there is a next one the log is synced. */
function syncedPosition(last: Segment, points: readonly (RecoveryPoint | undefined)[]): number {
  let synced = 0
  for (const point of points) {
    if (point?.segment === last.baseOffset) synced = Math.max(synced, point.position)
  }
  return synced
}

async function renew(
  context: StorageContext,
  directory: PartitionDirectory,
  last: Segment,
  synced: number,
): Promise<void> {
  try {
    if (synced === 0) {
      await rewriteSegment(context, directory, last.baseOffset, last.bytes)
      return
    }
    await storeTail(context, directory, last, synced)
  } catch (error) {
    if (!isNoSpace(error)) throw error
    // Without room for a copy a sync of what is there has to do.
    context.log.warn('tail_not_renewed', { path: directory.path, reason: String(error) })
    return
  }
  await putTail(context, directory, last.baseOffset, synced)
}
