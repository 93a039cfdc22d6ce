// Mutants of the table fit the source, some of them are caught here and now (`npm run test:mutants` tries them all), and the judge of it
// cannot be fooled: what is only broken, or not there, counts as not caught.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Mutant } from './mutant.ts'
import { mutate } from './mutant.ts'
import { MUTANTS } from './mutants.ts'
import { MUTANTS as ODD_MUTANTS } from './odd-mutants.ts'
import { ROOT } from './run-trials.ts'
import { checkApplies } from './try-mutants.ts'

/** Of different kinds, and quickly caught. */
const HERE_AND_NOW = [
  'no-fsync',
  'fsync-after-ack',
  'short-write-ignored',
  'epoch-not-raised',
  'torn-tail-not-cut',
  'wrong-crc-range',
  'accept-count-above-records',
  'retention-deletes-the-active-segment',
  'commit-without-epoch-check',
  'rebalance-hands-partition-before-revoke',
]

interface Run {
  readonly code: number | null
  readonly output: string
}

/** Runs in a process of its own: one vitest does not run in another. */
function runMutants(args: readonly string[]): Promise<Run> {
  const program = join(ROOT, 'test/mutants/run-mutants.ts')
  const env = { ...process.env, VITEST: undefined }
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { cwd: ROOT, env })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, output: Buffer.concat(chunks).toString() })
    })
  })
}

describe('The mutants', () => {
  it('have names of their own, and tests that are there', () => {
    const names = MUTANTS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([])
    const files = new Set(MUTANTS.map(({ caughtBy }) => caughtBy.file))
    expect([...files].filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
    // Any assertion says that it expected something.
    const saysAnything = MUTANTS.filter(({ caughtBy }) => /^(expected)?$/.test(caughtBy.says))
    expect(saysAnything.map(({ name }) => name)).toEqual([])
  })

  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    '%s: the bug still fits the source',
    (_name, mutant) => {
      checkApplies(mutant)
    },
  )

  it('are caught, each by its test', { timeout: 240_000 }, async () => {
    const { code, output } = await runMutants(HERE_AND_NOW)
    expect(output).toContain(`${HERE_AND_NOW.length}/${HERE_AND_NOW.length} mutants caught`)
    expect(code, output).toBe(0)
  })
})

describe('A mutant', () => {
  const mutant = (original: string, changed = 'x'): Mutant => ({
    name: 'some',
    bug: '',
    changes: [{ file: 'a.ts', original, changed }],
    caughtBy: { file: '', test: '', says: '' },
  })

  it('changes the one place that it names, in its file alone', () => {
    expect(mutate(mutant('two'), 'a.ts', 'one two three')).toBe('one x three')
    expect(mutate(mutant('two', '$& $1'), 'a.ts', 'one two three')).toBe('one $& $1 three')
    expect(mutate(mutant('two'), 'b.ts', 'one two three')).toBeUndefined()
  })

  it.each([
    ['is not there', mutant('four')],
    ['is there twice', mutant('o')],
    ['is empty', mutant('')],
  ])('whose place %s does not apply', (_what, broken) => {
    expect(() => mutate(broken, 'a.ts', 'one two three')).toThrow('does not apply')
  })

  it('that changes nothing is none', () => {
    expect(() => mutate(mutant('two', 'two'), 'a.ts', 'one two')).toThrow('changes nothing')
  })
})

describe('The judge of mutants', () => {
  it('counts only what its test finds, and says why the others do not count', {
    timeout: 120_000,
  }, async () => {
    const { code, output } = await runMutants([
      '--table',
      join(ROOT, 'test/mutants/odd-mutants.ts'),
    ])
    expect(output).toContain(`0/${ODD_MUTANTS.length} mutants caught`)
    expect(code).toBe(1)
    const reasons = [...output.matchAll(/NOT CAUGHT (\S+) .*\n.*\n +(.*)/g)].map(
      ([, name, reason]) => `${name ?? ''}: ${reason ?? ''}`,
    )
    expect(reasons).toEqual([
      'nothing-observable: the test passes',
      expect.stringMatching(/^not-loadable: .*(Transform failed|Parse|parse|Syntax|Expected)/),
      expect.stringMatching(/^language-error: .*Cannot read properties of undefined/),
      expect.stringMatching(/^other-failure: instead of "something that no test says": expected 1/),
      'never-loaded: the test does not load src/storage/roll-rule.ts',
    ])
  })

  it('says nothing of a mutant whose test is not there', { timeout: 120_000 }, async () => {
    const { code, output } = await runMutants([
      '--table',
      join(ROOT, 'test/mutants/unfit-mutants.ts'),
    ])
    expect(output).toContain('"retention > is not tested at all" does not pass without a mutant')
    expect(code).not.toBe(0)
  })
})
