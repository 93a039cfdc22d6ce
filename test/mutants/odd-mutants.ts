// Mutants that are to be judged as not caught, each for another reason: they test the judge, and are no part of the table.
import type { Mutant } from './mutant.ts'

const RULE = 'src/storage/retention-rule.ts'
const caughtBy = {
  file: 'test/unit/storage/retention-rule.test.ts',
  test: 'retention > never removes the last segment, nor anything of an empty log',
  says: 'expected 1 to be +0',
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'nothing-observable',
    bug: 'it is written in another way',
    changes: [
      {
        file: RULE,
        original: 'if (removableMax <= 0) return 0',
        changed: 'if (removableMax < 1) return 0',
      },
    ],
    caughtBy,
  },
  {
    name: 'not-loadable',
    bug: 'it cannot be parsed',
    changes: [{ file: RULE, original: 'let removed = 0', changed: 'let removed = (' }],
    caughtBy,
  },
  {
    name: 'language-error',
    bug: 'it fails in another way than the one that the test looks for',
    changes: [
      {
        file: RULE,
        original: 'const removableMax = segments.length - 1',
        changed: 'const removableMax = (undefined as never as string).length',
      },
    ],
    caughtBy,
  },
  {
    name: 'other-failure',
    bug: 'it fails, and the test says something else than expected',
    changes: [
      {
        file: RULE,
        original: 'const removableMax = segments.length - 1',
        changed: 'const removableMax = segments.length',
      },
    ],
    caughtBy: { ...caughtBy, says: 'something that no test says' },
  },
  {
    name: 'never-loaded',
    bug: 'it lies in a file that the test does not load',
    changes: [
      {
        file: 'src/storage/roll-rule.ts',
        original: 'if (segment.bytes === 0) return undefined',
        changed: 'if (segment.bytes === 1) return undefined',
      },
    ],
    caughtBy,
  },
]
