import { describe, expect, it } from 'vitest'
import { terminalReport } from '../../../../src/bench/report/terminal-report.ts'
import {
  failedResult,
  sampleReport,
  sampleResult,
  sampleResults,
  workload,
} from './sample-report.ts'

const PRODUCE = workload({ name: 'produce 1 KiB', kind: 'produce' })

describe('the report on a terminal', () => {
  it('shows every workload, system and ceiling in lines of at most 120 columns', () => {
    const report = sampleReport()
    const text = terminalReport(report)
    for (const { system, version, workload: of } of report.results) {
      expect(text).toContain(`${system} ${version}`)
      expect(text).toContain(`. ${of.name}\n`)
    }
    for (const { name } of report.ceilings) expect(text).toContain(name)
    expect(text).toContain(report.command)
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([])
    expect(text.split('\n').filter((line) => /\s$/.test(line) && line !== '')).toEqual([])
  })

  it('gives rates in MB, shares of ceilings and the verdict of a result', () => {
    const result = sampleResult({
      workload: workload({ name: 'p', kind: 'produce', repetitions: 1 }),
      recordsPerSecond: 100_000,
      shares: [{ ceiling: 'write + fdatasync', share: 0.386 }],
    })
    const text = terminalReport(sampleReport([result]))
    const records = Math.round(result.median?.recordsPerSecond ?? 0)
    expect(text).toContain(
      `${records.toLocaleString('en-US')}   ${Math.round((records * 1024) / 1e6)}`,
    )
    expect(text).toContain('varve 0.4.0: 39 % of write + fdatasync')
    const stored = result.verdict.readBack.toLocaleString('en-US')
    expect(text).toContain(`nothing lost, doubled, reordered or altered in ${stored} records`)
  })

  it('puts the reason in the place of figures when the check failed', () => {
    const failed = failedResult(PRODUCE)
    // Figures that should not be there are not shown either.
    const { median } = sampleResult({ workload: PRODUCE, recordsPerSecond: 123_456 })
    const text = terminalReport(
      sampleReport([{ ...failed, ...(median === undefined ? {} : { median }) }]),
    )
    expect(text).not.toContain('records/s')
    expect(text).toContain('varve 0.4.0: no figures: 3 records were lost, 1 was doubled')
    expect(text).toContain('the check FAILED: 3 lost, 1 doubled of 1,204,117 acknowledged records')
    expect(text).toContain('- lost: record 4,711 of producer 0')
    expect(text).toContain('1 of 1 result FAILED the check')
  })

  it('takes the largest latency from all repetitions, whichever is in the middle', () => {
    const result = sampleResult({ workload: PRODUCE, recordsPerSecond: 50_000 })
    const [first, ...others] = result.runs
    if (first?.ackLatencyMs === undefined) throw new Error('no run')
    const stalled = { ...first, ackLatencyMs: { ...first.ackLatencyMs, max: 7_654 } }
    const text = terminalReport(sampleReport([{ ...result, runs: [stalled, ...others] }]))
    expect(text).toContain('7,654')
  })

  it('says unequal settings once, and where when not everywhere', () => {
    const text = terminalReport(sampleReport())
    expect(text.match(/one message each/g)).toHaveLength(1)
    expect(text).toContain('all in memory (the log is read at the start alone); in produce 1 KiB')
    expect(text).not.toContain('appendfsync')
  })

  it('lets no text from elsewhere send commands to the terminal', () => {
    const evil = '\u001b[2Jgone\nnext\u202e'
    const failed = { ...failedResult(PRODUCE), failure: evil, system: evil, version: evil }
    const report = sampleReport([failed])
    const text = terminalReport({ ...report, command: evil, plan: evil })
    expect(text).not.toMatch(/[\u001b\u202e]/)
    expect(text).not.toContain('\nnext')
  })

  it('shows what a broker within the process took as that of both sides', () => {
    const text = terminalReport(
      sampleReport(sampleResults().filter((r) => r.workload.way !== 'grpc')),
    )
    expect(text).toMatch(/varve 0\.4\.0 {2}both/)
  })
})
