// A reader met bytes that are not the batch that should be there: looks again, finds out how far the damage reaches, and notes it
// in the state. Changes no file.
import { isSystemError } from '../../platform/system-error.ts'
import type { DamagedExtent } from './damaged-extent.ts'
import type { DamageFound } from './log-trouble.ts'
import type { PartitionState } from './partition-state.ts'
import { inspectAt } from './scan-segment.ts'
import type { StorageContext } from './storage-context.ts'

/** @returns a sentence on the damage; undefined when there is none (any more) or it is known. */
export async function noteDamage(
  context: Pick<StorageContext, 'files'>,
  state: PartitionState,
  found: DamageFound,
): Promise<string | undefined> {
  const { segment, position, expectedOffset } = found
  const at = state.segments.indexOf(segment)
  if (at === -1) return undefined
  const isKnown = state.damaged.some(
    (extent) =>
      extent.firstBad === expectedOffset &&
      (extent.segment === undefined ||
        (extent.segment === segment.baseOffset && extent.position === position)),
  )
  if (isKnown) return undefined
  const endOffset = state.segments[at + 1]?.baseOffset
  const path = state.directory.segmentFile(segment.baseOffset, 'log')
  let extent: DamagedExtent
  let reason = found.message
  try {
    const bad = await context.files.use(path, 'read', (file) =>
      inspectAt(file, {
        position,
        expectedOffset,
        end: segment.bytes,
        endOffset: endOffset ?? Infinity,
      }),
    )
    if (bad === undefined) return undefined
    reason = bad.reason
    extent = {
      segment: segment.baseOffset,
      position,
      endPosition: bad.next?.position ?? segment.bytes,
      firstBad: expectedOffset,
      nextGood: bad.next?.baseOffset ?? endOffset,
    }
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
    extent = {
      segment: segment.baseOffset,
      position: 0,
      endPosition: segment.bytes,
      firstBad: segment.baseOffset,
      nextGood: endOffset,
    }
  }
  state.damaged = [...state.damaged, extent].sort((a, b) => a.firstBad - b.firstBad)
  const rest =
    extent.nextGood === undefined ? 'nothing good follows' : `it goes on at ${extent.nextGood}`
  return `segment ${segment.baseOffset} is damaged at byte ${extent.position}, offset ${extent.firstBad} (${reason}); ${rest}`
}
