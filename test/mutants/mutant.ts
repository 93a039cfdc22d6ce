// A mutant is varve with one bug put in on purpose, and the test that must notice it. The bug exists only as a change of text that is
// made while a test loads the file (see mutant-plugin.ts): nothing of it is in src. Invariant: a mutant that does not fit the source
// any more is an error, never one that is silently not there.

/** One place of the source and what stands there instead. */
interface MutantChange {
  /** From the root of the repository. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly original: string
  readonly changed: string
}

interface MutantCatcher {
  /** From the root of the repository. */
  readonly file: string
  /** The full name of one test in it: describes and test, joined by ` > `. */
  readonly test: string
  /** What the failure says: it was caught for what it does, and not by accident. */
  readonly says: string
}

export interface Mutant {
  /** Kebab case, no other has it. */
  readonly name: string
  /** What is wrong with it, in a few words. */
  readonly bug: string
  readonly changes: readonly MutantChange[]
  readonly caughtBy: MutantCatcher
}

/** The text of `file` as the mutant has it; undefined when the mutant leaves the file alone. */
export function mutate(mutant: Mutant, file: string, text: string): string | undefined {
  const changes = mutant.changes.filter((change) => change.file === file)
  if (changes.length === 0) return undefined
  let mutated = text
  for (const { original, changed } of changes) {
    const count = original === '' ? 0 : mutated.split(original).length - 1
    if (count !== 1) {
      throw new Error(
        `mutant ${mutant.name} does not apply: ${file} has ${count} places with "${original}"`,
      )
    }
    if (original === changed) throw new Error(`mutant ${mutant.name} changes nothing in ${file}`)
    const at = mutated.indexOf(original)
    mutated = mutated.slice(0, at) + changed + mutated.slice(at + original.length)
  }
  return mutated
}
