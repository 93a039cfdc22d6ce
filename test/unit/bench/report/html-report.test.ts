import { describe, expect, it } from 'vitest'
import type { BenchReport } from '../../../../src/bench/figures.ts'
import { htmlReport } from '../../../../src/bench/report/html-report.ts'
import {
  failedResult,
  sampleReport,
  sampleResult,
  sampleResults,
  workload,
} from './sample-report.ts'

const PRODUCE = workload({ name: 'produce 1 KiB', kind: 'produce' })
const VOID = new Set(['meta', 'line', 'rect', 'circle', 'path', 'polyline', 'br'])

/** Fails at the first tag that is closed wrongly or not at all. */
function checkTags(page: string): void {
  const open: string[] = []
  const style = /<style>.*?<\/style>/s
  for (const [tag, closing, name = ''] of page
    .replace(style, '')
    .matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (tag.endsWith('/>') || (VOID.has(name) && closing === '' && name === 'meta')) continue
    if (closing === '') open.push(name)
    else expect(open.pop(), `closed by ${tag}`).toBe(name)
  }
  expect(open).toEqual([])
}

describe('the page of a report', () => {
  it('is well formed, and needs neither a script nor the network', () => {
    const page = htmlReport(sampleReport())
    checkTags(page)
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page.match(/<script|<link|<img|@import|url\(|https?:|\son[a-z]+="/)).toBeNull()
    expect(page.includes(`content="default-src 'none'; style-src 'unsafe-inline'"`)).toBe(true)
    expect(page.match(/NaN|Infinity|undefined|\[object/)).toBeNull()
  })

  it('shows every workload with its plots, systems and checks', () => {
    const report = sampleReport()
    const page = htmlReport(report)
    for (const name of new Set(report.results.map((result) => result.workload.name))) {
      expect(page.includes(`. ${name}</h2>`)).toBe(true)
      expect(page.includes(`over time for ${name}"`)).toBe(true)
      expect(page.includes(`latency by percentile for ${name}"`)).toBe(true)
    }
    for (const { system, version } of report.results)
      expect(page.includes(`${system} ${version}`)).toBe(true)
    for (const { name } of report.ceilings) expect(page.includes(`<th>${name}</th>`)).toBe(true)
    expect(page.includes('✗ not met')).toBe(true)
    expect(page.includes('varve reaches 74 %')).toBe(true)
  })

  it('draws every repetition, and one of each result strongly', () => {
    const page = htmlReport(
      sampleReport([sampleResult({ workload: PRODUCE, recordsPerSecond: 1e5 })]),
    )
    const drawn = page.match(/<g class="c0 (strong|faint)">/g) ?? []
    // Rates, latencies and largest latencies of three repetitions.
    expect(drawn.filter((line) => line.includes('faint'))).toHaveLength(6)
    expect(drawn.filter((line) => line.includes('strong'))).toHaveLength(3)
  })

  it('knows the repetition in the middle also in a report that was read from a file', () => {
    const report = sampleReport()
    const read = JSON.parse(JSON.stringify(report)) as BenchReport
    expect(htmlReport(read) === htmlReport(report)).toBe(true)
  })

  it('has the findings in the place of figures when a check failed', () => {
    const good = sampleResult({ workload: PRODUCE, recordsPerSecond: 123_456 })
    const failed = { ...failedResult(PRODUCE), runs: good.runs }
    if (good.median === undefined) throw new Error('no run')
    const page = htmlReport(sampleReport([{ ...failed, median: good.median }]))
    checkTags(page)
    expect(page.includes('<p class="banner bad">1 of 1 result FAILED the check')).toBe(true)
    expect(page.includes('<li>lost: record 4,711 of producer 0')).toBe(true)
    expect(page.includes('class="plot"')).toBe(false)
    expect(page.includes('class="bars"')).toBe(false)
  })

  it('escapes all text', () => {
    const evil = `</style><script>alert("1")</script>&'`
    const [first] = sampleResults()
    if (first === undefined) throw new Error('no result')
    const named = {
      ...first,
      system: evil,
      version: evil,
      workload: { ...first.workload, name: evil },
      settings: [{ name: evil, value: evil, equal: false, note: evil }],
      shares: [{ ceiling: evil, share: 0.5 }],
    }
    const report = sampleReport([
      named,
      { ...failedResult({ ...PRODUCE, name: evil }), failure: evil, system: evil },
    ])
    const page = htmlReport({
      ...report,
      plan: evil,
      command: evil,
      startedAt: evil,
      environment: { ...report.environment, cpu: evil, broker: evil, commit: evil },
      ceilings: report.ceilings.map((ceiling) => ({ ...ceiling, name: evil })),
      goals: [{ name: evil, wanted: evil, measured: evil, met: true }],
    })
    expect(page.includes('<script')).toBe(false)
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    checkTags(page)
  })

  it('is whole when nothing was measured at all', () => {
    const report = sampleReport([])
    const page = htmlReport({ ...report, ceilings: [], goals: [] })
    checkTags(page)
    expect(page.includes('How to read this')).toBe(true)
  })
})
