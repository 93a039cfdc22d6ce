// How many files a broker keeps open when nobody says: as many as the process has descriptors for, less a share for connections and
// everything else. Beyond that number each batch to a partition whose file is not open costs an open and a close.
import { LIMITS } from '../domain/limits.ts'

/** More are not taken even where there is no limit: each costs about a kilobyte here and in the kernel. */
const OPEN_FILES_MAX = 65_536
/** Descriptors that are left for connections at least: a quarter of all, where that is more. */
const RESERVED_MIN = 512

/**
 * @param descriptors that the process may have open; undefined where that is not known.
 * @returns LIMITS.openFilesMax or more
 */
export function openFilesFor(descriptors: number | undefined): number {
  if (descriptors === undefined) return LIMITS.openFilesMax
  const free = descriptors - Math.max(RESERVED_MIN, Math.ceil(Math.min(descriptors, 1e9) / 4))
  return Math.max(LIMITS.openFilesMax, Math.min(free, OPEN_FILES_MAX))
}
