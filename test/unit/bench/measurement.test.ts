import { expect, test } from 'vitest'
import { Measurement } from '../../../src/bench/measurement.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

test('a stump at the end of the window is part of the point before it, with its records and its stall', async () => {
  const clock = new VirtualClock()
  const measurement = new Measurement(clock, 6)
  measurement.begin()
  const beganMs = clock.monotonicMs()
  await clock.advance(1_005)
  measurement.end()
  measurement.add(7, 70, beganMs + 1_002)
  measurement.time(beganMs + 500, beganMs + 9_500)
  const { timeline } = measurement.result()
  expect(timeline).toHaveLength(10)
  expect(timeline.at(-1)).toMatchObject({ atSeconds: 1.005, latencyMaxMs: 9_000 })
  expect(timeline.at(-1)?.recordsPerSecond).toBeCloseTo(7 / 0.105)
})

test('what ends outside the window counts nowhere, and the curve adds up to what was counted', async () => {
  const clock = new VirtualClock()
  const measurement = new Measurement(clock, 6)
  measurement.add(1_000, 1_000, clock.monotonicMs())
  measurement.begin()
  for (let second = 0; second < 6; second++) {
    const nowMs = clock.monotonicMs()
    measurement.add(10, 100, nowMs)
    measurement.time(nowMs, nowMs + (second === 5 ? 4_000 : 2))
    await clock.advance(1_000)
  }
  measurement.end()
  measurement.add(1_000, 1_000, clock.monotonicMs())
  measurement.time(clock.monotonicMs(), clock.monotonicMs() + 9_000)
  const { seconds, records, bytes, timeline } = measurement.result()
  expect({ seconds, records, bytes }).toEqual({ seconds: 6, records: 60, bytes: 600 })
  // What was wanted in the window counts however late it came, what was wanted behind it does not.
  expect(measurement.latencies()).toMatchObject({ count: 6 })
  expect(measurement.latencies()?.max).toBeCloseTo(4_000, -1)
  let [before, counted] = [0, 0]
  for (const { atSeconds, recordsPerSecond } of timeline) {
    counted += recordsPerSecond * (atSeconds - before)
    before = atSeconds
  }
  expect(counted).toBeCloseTo(60)
  expect(timeline.at(-1)?.atSeconds).toBe(6)
})
