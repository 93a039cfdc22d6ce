// Runs named tests, each with a mutant or without one, and tells what became of them: many at a time in one vitest, where every trial
// is a project of its own with its own source.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestCase, TestModule, Vitest } from 'vitest/node'
import { createVitest } from 'vitest/node'
import type { Mutant } from './mutant.ts'
import { mutantPlugin } from './mutant-plugin.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

const TEST_TIMEOUT_MS = 60_000
const TIMEOUT = /^(Test|Hook) timed out in /

export interface Trial {
  /** Of all that run together no other has it. */
  readonly name: string
  readonly mutant: Mutant | undefined
  /** From the root of the repository. */
  readonly file: string
  /** Full names, joined by ` > `. */
  readonly tests: readonly string[]
}

interface Outcome {
  /** `failed`: it found something. `broken`: it did not run to its end, or not at all, or an error of the language ended it. */
  readonly state: 'passed' | 'failed' | 'broken'
  readonly messages: readonly string[]
  readonly durationMs: number
}

export interface TrialResult {
  /** By the name of the test. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** The files of the mutant that were loaded. */
  readonly loaded: ReadonlySet<string>
}

/** @returns the results in the order of the trials. */
export async function runTrials(trials: readonly Trial[]): Promise<TrialResult[]> {
  const loaded = new Map(trials.map(({ name }) => [name, new Set<string>()]))
  const vitest = await createVitest('test', {
    root: ROOT,
    config: false,
    watch: false,
    reporters: [{}],
    maxWorkers: 2,
    projects: trials.map(({ name, mutant, file }) => ({
      plugins:
        mutant === undefined
          ? []
          : [mutantPlugin(mutant, ROOT, (path) => loaded.get(name)?.add(path))],
      test: {
        name,
        root: ROOT,
        include: [file],
        pool: 'forks' as const,
        testTimeout: TEST_TIMEOUT_MS,
        hookTimeout: TEST_TIMEOUT_MS,
        silent: true,
      },
    })),
  })
  try {
    const modules = await runModules(vitest, trials)
    return trials.map((trial) => ({
      outcomes: outcomesOf(trial, modules.get(trial.name)),
      loaded: loaded.get(trial.name) ?? new Set(),
    }))
  } finally {
    await vitest.close()
  }
}

async function runModules(
  vitest: Vitest,
  trials: readonly Trial[],
): Promise<Map<string, TestModule>> {
  const specifications = vitest.projects.flatMap((project) => {
    const trial = trials.find(({ name }) => name === project.name)
    if (trial === undefined) return []
    const names = trial.tests.map((test) => escape(test.replaceAll(' > ', ' ')))
    return project.createSpecification(join(ROOT, trial.file), {
      testNamePattern: new RegExp(`^\\s*(?:${names.join('|')})$`),
    })
  })
  const { testModules } = await vitest.runTestSpecifications(specifications)
  return new Map(testModules.map((module) => [module.project.name, module]))
}

function outcomesOf(trial: Trial, module: TestModule | undefined): Map<string, Outcome> {
  const ran = new Map<string, Outcome>()
  for (const test of module?.children.allTests() ?? []) {
    if (test.result().state !== 'skipped') ran.set(test.fullName, outcomeOf(test))
  }
  const errors = module?.errors().map(({ message }) => message) ?? []
  const messages = [...errors, 'it was not run: is there a test of that name?']
  const missing: Outcome = { state: 'broken', messages, durationMs: 0 }
  return new Map(trial.tests.map((test) => [test, ran.get(test) ?? missing]))
}

function outcomeOf(test: TestCase): Outcome {
  const { state, errors = [] } = test.result()
  const messages = errors.map(({ message }) => message)
  const durationMs = test.diagnostic()?.duration ?? 0
  if (state === 'passed') return { state, messages, durationMs }
  // Tests find something by an assertion, or by an oracle of their own that throws a plain Error.
  const isFound = errors.every(
    ({ name, message }) => /^(AssertionError|Error)$/.test(name ?? '') && !TIMEOUT.test(message),
  )
  return { state: isFound ? 'failed' : 'broken', messages, durationMs }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
