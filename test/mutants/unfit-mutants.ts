// A mutant whose test is not there: nothing may be said of it.
import type { Mutant } from './mutant.ts'

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'without-a-test',
    bug: 'nobody looks for it',
    changes: [
      {
        file: 'src/storage/retention-rule.ts',
        original: 'const removableMax = segments.length - 1',
        changed: 'const removableMax = segments.length',
      },
    ],
    caughtBy: {
      file: 'test/unit/storage/retention-rule.test.ts',
      test: 'retention > is not tested at all',
      says: 'expected',
    },
  },
]
