import { expect, test } from 'vitest'
import { Measurement } from '../../../src/bench/measurement.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

test('what ends outside the window counts nowhere, and the curve adds up to what was counted', async () => {
  const clock = new VirtualClock()
  const measurement = new Measurement(clock, 6)
  measurement.add(1_000, 1_000, clock.monotonicMs())
  measurement.begin()
  for (let second = 0; second < 6; second++) {
    measurement.add(10, 100, clock.monotonicMs(), second === 3 ? 40 : 2)
    await clock.advance(1_000)
  }
  measurement.end()
  measurement.add(1_000, 1_000, clock.monotonicMs())
  const { seconds, records, bytes, timeline, latencyMs } = measurement.result()
  expect({ seconds, records, bytes }).toEqual({ seconds: 6, records: 60, bytes: 600 })
  expect(latencyMs).toMatchObject({ count: 6, max: expect.closeTo(40, 0) as number })
  let [before, counted] = [0, 0]
  for (const { atSeconds, recordsPerSecond } of timeline) {
    counted += recordsPerSecond * (atSeconds - before)
    before = atSeconds
  }
  expect(counted).toBeCloseTo(60)
  expect(timeline.at(-1)?.atSeconds).toBe(6)
})
