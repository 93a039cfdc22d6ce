// The checker against histories that are in order, and against the reference checker on histories that are not. Any run is
// repeated with CHECKER_SEED; CHECKER_RUNS asks for more of them.
import { expect, test } from 'vitest'
import { checkHistory } from '../../src/history-check/check-history.ts'
import { describeResult } from '../../src/history-check/describe-result.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { seeded } from '../support/seed.ts'
import { alterHistory } from './alter-history.ts'
import { generateGroup, generateMemberPolls, rebalancesOf, tellGroup } from './generate-groups.ts'
import { generateHistory } from './generate-history.ts'
import { toldPlain } from './plain-history.ts'
import { referenceClasses } from './reference-checker.ts'
import { referenceGroupClasses } from './reference-groups.ts'

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

test('what is found of groups, epochs, faults and waiting is what the rules say, word by word', () => {
  const { seed, runs } = seeded('CHECKER', 2_000)
  const counts = new Map<string, number>()
  for (let run = 0; run < runs; run++) {
    const plain = generateHistory(seed + run, 6 + (run % 10))
    const random = new SeededRandom(`${seed + run} group`)
    if (random.integer(3) === 0) alterHistory(plain, random)
    const group = generateGroup(plain, random)
    generateMemberPolls(plain, group, random)
    const builder = toldPlain(plain, (one) => rebalancesOf(group, one))
    tellGroup(builder, group)
    const liveness = { within: random.integer(20), endedAt: 10 + random.integer(40) }
    const found = Object.keys(checkHistory(builder.build(), { liveness }).counts)
      .filter((name) => Number(name.slice(1)) >= 18)
      .sort()
    const expected = referenceGroupClasses(plain, group, liveness)
    if (found.join() !== expected.join()) {
      const text = `seed ${seed + run}: ${JSON.stringify({ plain, group, liveness })}`
      expect(found, text).toEqual(expected)
    }
    for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const summary = [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
  console.log(`seed ${seed}, ${runs} histories with groups: ${summary}`)
  expect(counts.size, 'every class of C18 to C27 was met').toBe(10)
})
