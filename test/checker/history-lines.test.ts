// A history that was written as lines and read back is judged as it was; a part of it shows what a finding is about.
import { expect, test } from 'vitest'
import { checkHistory } from '../../src/history-check/check-history.ts'
import type { History } from '../../src/history-check/history.ts'
import { eventsAround } from '../../src/history-check/history-around.ts'
import { eventLine, historyLines } from '../../src/history-check/history-events.ts'
import { beyondThresholds, historyMetrics } from '../../src/history-check/history-metrics.ts'
import { historyPage } from '../../src/history-check/history-page.ts'
import { HistoryReader } from '../../src/history-check/history-reader.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { seeded } from '../support/seed.ts'
import { alterHistory } from './alter-history.ts'
import {
  generateGroup,
  generateMemberPolls,
  type PlainGroup,
  rebalancesOf,
  tellGroup,
} from './generate-groups.ts'
import { generateHistory } from './generate-history.ts'
import { type PlainHistory, toldPlain } from './plain-history.ts'
import { told } from './small-cases.ts'

function reread(history: History): History {
  const reader = new HistoryReader()
  for (const line of historyLines(history)) reader.add(line)
  return reader.build()
}

/** Lines have no order but that of time: where times are equal, what came first is not known any more. */
function withDistinctTimes(
  plain: PlainHistory,
  group: PlainGroup,
): { plain: PlainHistory; group: PlainGroup } {
  let count = 0
  const at = (time: number): number => time * 1_000 + count++
  const span = <T extends { from: number; to: number }>(one: T): T => ({
    ...one,
    from: at(one.from),
    to: at(one.to),
  })
  return {
    plain: {
      ...plain,
      sends: plain.sends.map((send) => ({
        ...send,
        from: at(send.from),
        to: send.to === undefined ? undefined : at(send.to),
      })),
      polls: plain.polls.map(span),
      seeks: plain.seeks.map((seek) => ({ ...seek, at: at(seek.at) })),
      bounds: plain.bounds.map(span),
    },
    group: {
      ...group,
      tenures: group.tenures.map((tenure) => ({
        ...tenure,
        at: at(tenure.at),
        revokedAt: tenure.revokedAt === undefined ? undefined : at(tenure.revokedAt),
      })),
      commits: group.commits.map(span),
      committed: group.committed.map(span),
      resets: group.resets.map(span),
      epochs: group.epochs.map(span),
      rots: group.rots.map((rot) => ({ ...rot, at: at(rot.at) })),
      faults: group.faults.map((fault) => ({ ...fault, at: at(fault.at) })),
      reports: group.reports.map((report) => ({ ...report, at: at(report.at) })),
      waiting: group.waiting.map((one) => ({ ...one, at: at(one.at) })),
    },
  }
}

test('what is written and read back is judged alike, sound or not', () => {
  const { seed, runs } = seeded('CHECKER', 120)
  let unsound = 0
  for (let run = 0; run < runs; run++) {
    const plain = generateHistory(seed + run, 8 + (run % 20))
    const random = new SeededRandom(seed - run)
    for (let count = random.integer(3); count > 0; count--) alterHistory(plain, random)
    const group = generateGroup(plain, random)
    generateMemberPolls(plain, group, random)
    const distinct = withDistinctTimes(plain, group)
    const builder = toldPlain(distinct.plain, (one) => rebalancesOf(distinct.group, one))
    tellGroup(builder, distinct.group)
    const history = builder.build()
    const result = checkHistory(history)
    if (!result.valid) unsound++
    const again = reread(history)
    expect(checkHistory(again).counts, `seed ${seed + run}`).toEqual(result.counts)
    expect([...historyLines(again)].length).toBe([...historyLines(history)].length)
  }
  expect(unsound).toBeGreaterThan(0)
})

test('a line that is no event is named', () => {
  const reader = new HistoryReader()
  reader.add('')
  expect(() => {
    reader.add('{"f":"send","type":"ok","op":1,"value":{}}')
  }).toThrow('line 2 is no event of a history')
  expect(() => {
    reader.add('nonsense')
  }).toThrow('line 3')
})

test('the part around a finding has what is about it, and shows it still', () => {
  const history = told()
  for (let at = 0; at < 50; at++) history.ok('a', [at, at + 0.5], at, [at + 1])
  history.poll('b', [60, 61], [{ at: 0, vs: Array.from({ length: 50 }, (_, at) => at + 1) }])
  // One other record at an offset that somebody has read.
  history.poll('c', [62, 63], [{ at: 30, vs: [31, 999, 33] }])
  const built = history.builder.build()
  const [finding] = checkHistory(built).findings.filter((one) => one.class === 'C1')
  expect(finding?.offset).toBe(31)
  const events = eventsAround(built, finding?.key ?? 0, finding?.offset ?? 0)
  expect(events.length).toBeLessThan(25)
  const reader = new HistoryReader()
  for (const [index, event] of events.entries()) reader.add(eventLine(event, index))
  expect(Object.keys(checkHistory(reader.build()).counts)).toContain('C1')
})

test('a page draws what is around a finding', () => {
  const history = told()
    .ok('<a>', [0, 1], 0, [1, 2, 3])
    .poll('b', [2, 3], [{ at: 0, vs: [1, 2, 3] }])
    .poll('c', [4, 5], [{ at: 1, vs: [9] }])
  const built = history.builder.build()
  const page = historyPage(built, checkHistory(built))
  expect(page).toContain('C1 inconsistent-offset: k at 1')
  expect(page).toContain('<svg')
  expect(page).toContain('&lt;a&gt; sent')
  expect(page).not.toContain('<a>')
})

test('a history tells how long sends and reads took, and what is too much', () => {
  const history = told()
    .ok('a', [0, 2], 0, [1])
    .ok('a', [3, 13], 1, [2])
    .not('a', 'info', [14, 15], [3])
    .not('a', 'fail', [16, 17], [4])
    .poll('b', [1, 20], [{ at: 0, vs: [1, 2] }])
  const metrics = historyMetrics(history.builder.build())
  expect(metrics.sendLatency).toEqual({ count: 2, median: 2, p99: 2, longest: 10 })
  expect(metrics.readLag).toMatchObject({ count: 2, longest: 18 })
  expect(metrics.longestSilence).toBe(11)
  expect(metrics.availability).toBeCloseTo(2 / 3)
  expect(beyondThresholds(metrics, { longestSilenceMax: 11, availabilityMin: 0.5 })).toEqual([])
  expect(beyondThresholds(metrics, { longestSilenceMax: 10, availabilityMin: 0.9 })).toHaveLength(2)
})
