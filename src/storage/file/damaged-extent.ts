// A stretch of a partition that cannot be read, in bytes and in offsets. Readers stop before it and go on after it; nothing
// of it is changed or removed (invariant R2).

export interface DamagedExtent {
  /** Base offset of the segment; undefined when a whole segment is missing. */
  readonly segment: number | undefined
  /** Where in the segment the bad bytes begin. */
  readonly position: number
  /** Where good batches follow, or the end of the segment. */
  readonly endPosition: number
  /** The first offset that is lost; equal to `nextGood` when there are bad bytes between two good batches. */
  readonly firstBad: number
  /** The first offset that can be read again; undefined when nothing readable follows. */
  readonly nextGood: number | undefined
  /** What was found there, in words; not stored. */
  readonly reason?: string
}

/** The extent that begins at or reaches over `position` of the segment. */
export function extentAt(
  extents: readonly DamagedExtent[],
  segment: number,
  position: number,
): DamagedExtent | undefined {
  return extents.find(
    (extent) =>
      extent.segment === segment && extent.position <= position && position < extent.endPosition,
  )
}

/** The first byte at or after `position` of the segment that an extent takes; Infinity when there is none. */
export function nextExtentPosition(
  extents: readonly DamagedExtent[],
  segment: number,
  position: number,
): number {
  let nearest = Infinity
  for (const extent of extents) {
    if (extent.segment !== segment || extent.endPosition <= position) continue
    nearest = Math.min(nearest, Math.max(extent.position, position))
  }
  return nearest
}

/** The extent whose offsets include `offset`. */
export function extentOfOffset(
  extents: readonly DamagedExtent[],
  offset: number,
): DamagedExtent | undefined {
  return extents.find(
    (extent) =>
      extent.firstBad <= offset && (extent.nextGood === undefined || offset < extent.nextGood),
  )
}

/** The first lost offset above `offset`; Infinity when there is none. */
export function nextBadOffset(extents: readonly DamagedExtent[], offset: number): number {
  let nearest = Infinity
  for (const extent of extents) {
    if (extent.firstBad > offset) nearest = Math.min(nearest, extent.firstBad)
  }
  return nearest
}
