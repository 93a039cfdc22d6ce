import { describe, expect, it } from 'vitest'
import type { BenchReport, WorkloadResult } from '../../../../src/bench/figures.ts'
import {
  type ComparisonOutcome,
  compareReports,
} from '../../../../src/bench/report/compare-reports.ts'
import { comparisonText } from '../../../../src/bench/report/comparison-text.ts'
import { failedResult, goodVerdict, sampleReport, sampleResult, workload } from './sample-report.ts'

const PRODUCE = workload({ name: 'produce 1 KiB', kind: 'produce' })
const OTHER = workload({ name: 'another', kind: 'produce' })
const TO_SERVER = 'gRPC stream to the server'
const DISK = 'write + fdatasync'

function reportWith(
  shares: Readonly<Record<string, number>>,
  changes: Partial<WorkloadResult> = {},
): BenchReport {
  const result = sampleResult({
    workload: PRODUCE,
    recordsPerSecond: 100_000,
    shares: Object.entries(shares).map(([ceiling, share]) => ({ ceiling, share })),
  })
  return sampleReport([{ ...result, spread: 0.08, ...changes }])
}

function outcome(before: BenchReport, after: BenchReport): ComparisonOutcome | undefined {
  return compareReports(before, after).workloads[0]?.outcome
}

describe('two reports held against each other', () => {
  const before = reportWith({ [TO_SERVER]: 0.7, [DISK]: 0.4 })

  it('are the same within the spread, whichever way', () => {
    expect(outcome(before, before)).toBe('same')
    expect(outcome(before, reportWith({ [TO_SERVER]: 0.66, [DISK]: 0.42 }))).toBe('same')
    expect(compareReports(before, before).regressed).toBe(false)
  })

  it('tell what became worse or better by more than the spread', () => {
    const worse = reportWith({ [TO_SERVER]: 0.63, [DISK]: 0.36 })
    expect(outcome(before, worse)).toBe('worse')
    expect(outcome(worse, before)).toBe('better')
    expect(compareReports(before, worse).regressed).toBe(true)
    expect(compareReports(worse, before).regressed).toBe(false)
  })

  it('do not blame varve for a ceiling that moved alone', () => {
    expect(outcome(before, reportWith({ [TO_SERVER]: 0.5, [DISK]: 0.4 }))).toBe('unclear')
  })

  it('compare shares and nothing absolute: a slower machine is no regression', () => {
    const result = sampleResult({
      workload: PRODUCE,
      recordsPerSecond: 10_000,
      p50: 100,
      shares: [{ ceiling: TO_SERVER, share: 0.7 }],
    })
    expect(outcome(before, sampleReport([result]))).toBe('same')
  })

  it('allow for the spread of either run and of the ceilings, up to half', () => {
    const less = { [TO_SERVER]: 0.55, [DISK]: 0.3 }
    expect(outcome(before, reportWith(less))).toBe('worse')
    expect(outcome(before, reportWith(less, { spread: 0.3 }))).toBe('same')
    const noisy = before.ceilings.map((ceiling) => ({
      ...ceiling,
      bytesPerSecond: ceiling.bytesPerSecond.map((rate, index) => rate * (1 + index * 0.2)),
    }))
    expect(outcome({ ...before, ceilings: noisy }, reportWith(less))).toBe('same')
    const third = reportWith({ [TO_SERVER]: 0.23, [DISK]: 0.13 }, { spread: 4 })
    expect(outcome(before, third)).toBe('worse')
  })

  it('call a failed check and figures that are gone broken', () => {
    const failed = sampleReport([failedResult(PRODUCE)])
    expect(outcome(before, failed)).toBe('broken')
    expect(outcome(failed, failed)).toBe('broken')
    expect(outcome(failed, before)).toBe('new')
    const gone = sampleReport([
      {
        ...failedResult(PRODUCE),
        failure: 'the broker did not start',
        verdict: { ...goodVerdict(0), checked: false },
      },
    ])
    expect(outcome(before, gone)).toBe('broken')
    expect(compareReports(before, gone).regressed).toBe(true)
  })

  it('do not compare what measures something else under the same name', () => {
    const other = reportWith({ [TO_SERVER]: 0.1 }, { workload: { ...PRODUCE, partitions: 60 } })
    expect(compareReports(before, other).workloads[0]).toMatchObject({
      outcome: 'changed',
      reason: 'other partitions',
    })
    const longer = reportWith(
      { [TO_SERVER]: 0.7, [DISK]: 0.4 },
      { workload: { ...PRODUCE, seconds: 60, repetitions: 9 } },
    )
    expect(outcome(before, longer)).toBe('same')
  })

  it('say what is new, absent or without shares, and leave peers out', () => {
    const peer = sampleResult({ system: 'redis-streams', workload: PRODUCE, recordsPerSecond: 1e4 })
    const alone = sampleReport([peer])
    expect(compareReports(before, alone).workloads).toMatchObject([{ outcome: 'absent' }])
    expect(compareReports(alone, before).workloads).toMatchObject([{ outcome: 'new' }])
    expect(outcome(before, reportWith({}))).toBe('incomparable')
    expect(compareReports(before, reportWith({})).regressed).toBe(false)
  })

  it('are told in a table that fits a terminal', () => {
    const text = comparisonText(
      compareReports(before, reportWith({ [TO_SERVER]: 0.63, [DISK]: 0.36 })),
    )
    expect(text).toMatch(
      /produce 1 KiB +gRPC stream to the server +70 % +63 % +0\.90 +8\.0 % .*WORSE/,
    )
    expect(text).toContain('REGRESSED: 1 workload of 1')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(comparisonText(compareReports(before, before))).toContain(
      'no workload of 1 that could be compared became worse',
    )
  })

  it('say that nothing could be compared, and count only what could be', () => {
    const bare = reportWith({})
    expect(comparisonText(compareReports(bare, bare))).toContain('NOTHING COMPARED')
    const more = {
      ...bare,
      results: [...bare.results, sampleResult({ workload: OTHER, recordsPerSecond: 1 })],
    }
    const worse = reportWith({ [TO_SERVER]: 0.1, [DISK]: 0.1 })
    expect(
      comparisonText(
        compareReports({ ...more, results: [...before.results, ...more.results.slice(1)] }, worse),
      ),
    ).toContain('REGRESSED: 1 workload of 1 that could be compared')
  })

  it('survive JSON', () => {
    const comparison = compareReports(before, before)
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison)
  })
})
