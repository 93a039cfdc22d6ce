// Runs for each mutant the test that is named for it, and judges how it ended. A mutant counts as caught only when that test ran and
// failed saying what it was expected to say: one that cannot be loaded, runs into a time limit or is never loaded at all is not caught.
// The same tests must pass without a mutant.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Mutant, mutate } from './mutant.ts'
import { ROOT, runTrials, type Trial, type TrialResult } from './run-trials.ts'

/** At a time: each has its own cache of transformed files. */
const TRIALS_MAX = 12

export interface Verdict {
  readonly mutant: Mutant
  readonly isCaught: boolean
  /** The first line of the failure, or why it does not count as caught. */
  readonly reason: string
  /** Of the test alone. */
  readonly durationMs: number
}

/**
 * @param onVerdict told of each mutant as it is judged.
 * @throws Error when a mutant does not apply, or a test is not there or fails without a mutant.
 */
export async function tryMutants(
  mutants: readonly Mutant[],
  onVerdict: (verdict: Verdict) => void = () => undefined,
): Promise<Verdict[]> {
  for (const mutant of mutants) checkApplies(mutant)
  await checkTests(mutants)
  const verdicts: Verdict[] = []
  for (const some of inParts(mutants)) {
    const results = await runTrials(
      some.map((mutant) => ({
        name: mutant.name,
        mutant,
        file: mutant.caughtBy.file,
        tests: [mutant.caughtBy.test],
      })),
    )
    for (const [index, mutant] of some.entries()) {
      const verdict = judge(mutant, results[index])
      verdicts.push(verdict)
      onVerdict(verdict)
    }
  }
  return verdicts
}

/** @throws Error when the source does not have the text that the mutant changes, once. */
export function checkApplies(mutant: Mutant): void {
  for (const file of new Set(mutant.changes.map((change) => change.file))) {
    mutate(mutant, file, readFileSync(join(ROOT, file), 'utf8'))
  }
}

/** @throws Error when one of the tests does not pass without a mutant. */
async function checkTests(mutants: readonly Mutant[]): Promise<void> {
  const tests = new Map<string, Set<string>>()
  for (const { caughtBy } of mutants) {
    const ofFile = tests.get(caughtBy.file) ?? new Set()
    tests.set(caughtBy.file, ofFile.add(caughtBy.test))
  }
  const trials: Trial[] = [...tests].map(([file, names]) => ({
    name: `unchanged ${file.replaceAll(/[^a-z-]/g, '_')}`,
    mutant: undefined,
    file,
    tests: [...names],
  }))
  const troubles: string[] = []
  for (const some of inParts(trials)) {
    for (const [index, { outcomes }] of (await runTrials(some)).entries()) {
      for (const [test, { state, messages }] of outcomes) {
        if (state === 'passed') continue
        const where = `${some[index]?.file ?? ''}, "${test}"`
        troubles.push(`${where} does not pass without a mutant: ${messages.join(' · ')}`)
      }
    }
  }
  if (troubles.length > 0) throw new Error(troubles.join('\n'))
}

function judge(mutant: Mutant, result: TrialResult | undefined): Verdict {
  const { says, test } = mutant.caughtBy
  const outcome = result?.outcomes.get(test)
  const { state = 'broken', messages = [], durationMs = 0 } = outcome ?? {}
  const missing = mutant.changes.find(({ file }) => result?.loaded.has(file) !== true)
  const said = messages.find((message) => message.includes(says))
  const verdict = (isCaught: boolean, reason = ''): Verdict => ({
    mutant,
    isCaught,
    reason: reason.split('\n', 1)[0] ?? '',
    durationMs,
  })
  if (missing !== undefined) return verdict(false, `the test does not load ${missing.file}`)
  if (state === 'passed') return verdict(false, 'the test passes')
  if (state === 'broken') return verdict(false, messages.join(' · '))
  if (said === undefined) return verdict(false, `instead of "${says}": ${messages.join(' · ')}`)
  return verdict(true, said)
}

function inParts<T>(list: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < list.length; at += TRIALS_MAX) parts.push(list.slice(at, at + TRIALS_MAX))
  return parts
}
