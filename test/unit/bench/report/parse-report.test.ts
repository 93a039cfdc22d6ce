import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlReport } from '../../../../src/bench/report/html-report.ts'
import { parseReport } from '../../../../src/bench/report/parse-report.ts'
import { terminalReport } from '../../../../src/bench/report/terminal-report.ts'
import { VarveError } from '../../../../src/domain/error.ts'
import {
  failedResult,
  sampleReport,
  sampleResult,
  sampleResults,
  workload,
} from './sample-report.ts'

const PRODUCE = workload({ name: 'produce 1 KiB', kind: 'produce' })

/** Every place of a value, as the keys that lead to it. */
function places(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  return [
    [...path],
    ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key])),
  ]
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const copy = JSON.parse(JSON.stringify({ root: value })) as Record<string, unknown>
  const keys = ['root', ...path]
  let at = copy
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>
  at[keys.at(-1) ?? ''] = by
  return copy['root']
}

describe('a report that was read', () => {
  it('is the one that was written', () => {
    const report = sampleReport([...sampleResults(), failedResult(PRODUCE)])
    expect(parseReport(JSON.stringify(report))).toEqual(report)
  })

  it('says what is wrong, and where', () => {
    const report = sampleReport()
    const parse = (value: unknown) => () => parseReport(JSON.stringify(value))
    expect(() => parseReport('{')).toThrow('not the JSON of a bench report')
    expect(parse({ ...report, schema: 'varve-bench/2' })).toThrow("is of schema 'varve-bench/2'")
    expect(parse([])).toThrow('without one')
    expect(parse({ ...report, goals: 'x' })).toThrow('report.goals should be a list')
    expect(parse(replaced(report, ['results', 0, 'median', 'client'], 4))).toThrow(
      'report.results[0].median.client should be an object',
    )
    expect(parse(replaced(report, ['results', 0, 'workload', 'kind'], 'no'))).toThrow(
      /workload 'produce 1 KiB': kind must be one of/,
    )
  })

  it('keeps a figure that is not finite, which JSON writes as null, as no figure', () => {
    const result = sampleResult({ workload: PRODUCE, recordsPerSecond: 1000 })
    const report = { ...sampleReport([{ ...result, spread: Infinity }]), tookSeconds: NaN }
    const read = parseReport(JSON.stringify(report))
    expect(read.results[0]?.spread).toBeNaN()
    expect(terminalReport(read)).not.toContain('NaN %')
  })

  it('leaves out what it does not know', () => {
    const report = sampleReport()
    const more = { ...report, later: 1, __proto__: { polluted: true } }
    expect(parseReport(JSON.stringify(more))).toEqual(report)
  })

  it('can be shown, or is refused, whatever a file holds in any place', () => {
    const report = sampleReport([
      sampleResult({
        workload: workload({ name: 'a', kind: 'produce', repetitions: 1 }),
        recordsPerSecond: 10,
      }),
      failedResult(PRODUCE),
    ])
    const all = places(report).filter((path) => !path.includes('timeline'))
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.jsonValue({ maxDepth: 1 }), (path, value) => {
        let read
        try {
          read = parseReport(JSON.stringify(replaced(report, path, value)))
        } catch (error) {
          expect(error).toBeInstanceOf(VarveError)
          return
        }
        expect(terminalReport(read).length).toBeGreaterThan(0)
        expect(htmlReport(read).length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })
})
