// Shares the descriptors of the process out between files and connections. Invariant: however many clients connect, the log can open what it needs
// to go on writing.
import type { Limits } from '../domain/limits.ts'

/** What the process itself has open: standard streams, listening sockets, the event loop, the lock, and folders for a moment. */
const OTHER_DESCRIPTORS = 64
/** A broker without any connection or file would be none. */
const SHARE_MIN = 16

/**
 * The limits that the process can keep.
 * @param descriptors as many as it may open; undefined when that is not known
 */
export function limitsWithin(limits: Limits, descriptors: number | undefined): Limits {
  if (descriptors === undefined) return limits
  const available = Math.max(2 * SHARE_MIN, descriptors - OTHER_DESCRIPTORS)
  // Where there is not enough for both, each has half, or what the other does not need.
  const left = Math.max(Math.floor(available / 2), available - limits.connectionsMax)
  const openFilesMax = Math.min(limits.openFilesMax, left)
  const connectionsMax = Math.min(limits.connectionsMax, available - openFilesMax)
  return { ...limits, openFilesMax, connectionsMax }
}
