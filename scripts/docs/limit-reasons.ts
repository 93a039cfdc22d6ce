// What each limit is for: the comments of src/domain/limits.ts, by name.
import { readFileSync } from 'node:fs'

const SOURCE = new URL('../../src/domain/limits.ts', import.meta.url)

/** By the name of the limit; @throws when a limit has no comment on one line. */
export function limitReasons(names: readonly string[]): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  for (const [, reason, name] of readFileSync(SOURCE, 'utf8').matchAll(
    /\/\*\* (.+) \*\/\n {2}(\w+): /g,
  )) {
    if (reason !== undefined && name !== undefined) reasons.set(name, reason)
  }
  for (const name of names) {
    if (!reasons.has(name)) throw new Error(`limits.ts says in no comment what ${name} is for`)
  }
  return reasons
}
