// Paths of the simulated file system as the names that they consist of. Simulations ask for the same few again and again.
/** Paths whose names are kept. */
const NAMES_KEPT_MAX = 5_000
const namesByPath = new Map<string, readonly string[]>()

/** The names of a path, from the root on. */
export function namesOf(path: string): readonly string[] {
  const known = namesByPath.get(path)
  if (known !== undefined) return known
  const names = path.split('/').filter((name) => name !== '')
  if (namesByPath.size >= NAMES_KEPT_MAX) namesByPath.clear()
  namesByPath.set(path, names)
  return names
}
