// The checker against histories that are in order, and against the reference checker on histories that are not. Any run is
// repeated with CHECKER_SEED; CHECKER_RUNS asks for more of them.
import { expect, test } from 'vitest'
import { checkHistory } from '../../src/history-check/check-history.ts'
import { describeResult } from '../../src/history-check/describe-result.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { seeded } from '../support/seed.ts'
import { alterHistory } from './alter-history.ts'
import { generateHistory } from './generate-history.ts'
import { toldPlain } from './plain-history.ts'
import { referenceClasses } from './reference-checker.ts'

test('a history that is in order raises no alarm', () => {
  const { seed, runs } = seeded('CHECKER', 1_000)
  for (let run = 0; run < runs; run++) {
    const history = toldPlain(generateHistory(seed + run, 10 + (run % 40))).build()
    const result = checkHistory(history)
    expect(result.valid, `seed ${seed + run}: ${describeResult(result, history)}`).toBe(true)
  }
})

test('what is found in small histories is what the rules say, word by word', () => {
  const { seed, runs } = seeded('CHECKER', 2_000)
  const counts = new Map<string, number>()
  for (let run = 0; run < runs; run++) {
    const plain = generateHistory(seed + run, 8 + (run % 12))
    const random = new SeededRandom(seed - run)
    if (random.integer(4) === 0) plain.finals.pop()
    if (random.integer(4) === 0) plain.finals.pop()
    for (let count = random.integer(4); count > 0; count--) alterHistory(plain, random)
    const found = Object.keys(checkHistory(toldPlain(plain).build()).counts).sort()
    const expected = referenceClasses(plain)
    if (found.join() !== expected.join()) {
      expect(found, `seed ${seed + run}: ${JSON.stringify(plain)}`).toEqual(expected)
    }
    for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const summary = [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
  console.log(`seed ${seed}, ${runs} histories: ${summary}`)
  expect(counts.size, 'every class of C1 to C17 was met').toBe(17)
})
