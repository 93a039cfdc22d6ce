// All states that a machine may be in when its power fails at one moment: every subset of the changes that are not synced, and of each the
// same with one of its writes torn. Where more than eight are pending, the latest eight are taken each way, with all or none before them.

import type { SimChoice } from '../../src/platform/sim-file.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { crc32c } from '../../src/record/crc32c.ts'

const PENDING_MAX = 8

/** The part of a torn write that is there, and whether the file has its new size: nothing but the size, a sector, half, all but a sector. */
const TEARS = [
  [0, true],
  [0.01, true],
  [0.01, false],
  [0.5, true],
  [0.5, false],
  [1, true],
  [1, false],
] as const

/**
 * Every choice of what survives of the pending changes.
 * @param isWanted asked for each, in order: the others are passed over at little cost
 */
export function* choicesOf(
  pending: ReadonlyMap<number, number>,
  isWanted: () => boolean = () => true,
): Generator<SimChoice> {
  const sequences = [...pending.keys()]
  const fixed = sequences.slice(0, -PENDING_MAX)
  const free = sequences.slice(-PENDING_MAX)
  const bases = fixed.length > 0 ? [[], fixed] : [[]]
  for (const base of bases) {
    for (let bits = 0; bits < 2 ** free.length; bits++) {
      const survivors = (): Set<number> =>
        new Set([...base, ...free.filter((_, index) => (bits >> index) & 1)])
      if (isWanted()) yield { kind: 'chosen', survivors: survivors() }
      for (const [index, sequence] of free.entries()) {
        const sectors = pending.get(sequence) ?? 0
        if (sectors === 0 || ((bits >> index) & 1) === 0) continue
        for (const [part, hasNewSize] of TEARS) {
          if (!isWanted()) continue
          const torn = Math.max(part > 0 ? 1 : 0, Math.min(sectors - 1, Math.round(part * sectors)))
          const tear = { sequence, sectors: torn, hasNewSize }
          yield { kind: 'chosen', survivors: survivors(), tear }
        }
      }
    }
  }
}

const checksums = new WeakMap<Uint8Array, number>()

/** Says of two machines whether they hold the same names and bytes. A text. */
export function fingerprintOf(machine: SimFileSystem): string {
  const parts: (string | number)[] = []
  machine.eachEntry(
    (path, size) => {
      parts.push(path, size)
    },
    (page) => {
      let checksum = checksums.get(page)
      if (checksum === undefined) {
        checksum = crc32c(page)
        checksums.set(page, checksum)
      }
      parts.push(checksum)
    },
  )
  return parts.join('|')
}
