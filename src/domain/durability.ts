// What an acknowledgement promises. The answer to a produce always states the level that was really applied.

/**
 * `none`: the broker accepted the request, nothing more. `written`: handed to the operating system, survives the end of
 * the process. `synced`: on stable storage (fdatasync done), survives power loss.
 */
export type Durability = 'none' | 'written' | 'synced'

/** Weakest first. */
export const DURABILITIES = ['none', 'written', 'synced'] as const satisfies readonly Durability[]

const RANK = { none: 0, written: 1, synced: 2 } as const

/** True when `level` promises at least as much as `other`. */
export function isAtLeast(level: Durability, other: Durability): boolean {
  return RANK[level] >= RANK[other]
}
