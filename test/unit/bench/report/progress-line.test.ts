import { describe, expect, it } from 'vitest'
import { type BenchProgress, progressLine } from '../../../../src/bench/report/progress-line.ts'

const PROGRESS: BenchProgress = {
  step: 3,
  steps: 9,
  name: 'produce 1 KiB',
  system: 'varve',
  repetition: 2,
  repetitions: 3,
  phase: 'measuring',
  recordsPerSecond: 45_210.4,
  bytesPerSecond: 46.3e6,
  elapsedMs: 20_000,
  expectedMs: 50_000,
}

describe('the line of progress', () => {
  it('tells where the run is, its rate and the time left', () => {
    expect(progressLine(PROGRESS, 200)).toBe(
      '[##########..............]  40%  30.0 s left  ' +
        '3/9 produce 1 KiB, varve, 2/3, measuring: 45,210 records/s, 46.3 MB/s',
    )
  })

  it('leaves out what is not known', () => {
    const line = progressLine(
      { step: 1, steps: 9, name: 'ceilings', phase: 'writing', elapsedMs: 10 },
      200,
    )
    expect(line).toBe('1/9 ceilings, writing')
  })

  it('never says that it is done while it is not', () => {
    expect(progressLine({ ...PROGRESS, elapsedMs: 80_000 }, 200)).toContain(' 99%  0.8 s left')
  })

  it('fits into the terminal', () => {
    for (const columns of [0, 1, 10, 40, 79]) {
      expect(progressLine(PROGRESS, columns).length).toBeLessThanOrEqual(Math.max(2, columns))
    }
    expect(progressLine(PROGRESS, 60)).toMatch(/^\[#+\.+\].*\.\.$/)
  })
})
