// The built broker for long, with segments, retention and sessions so short that every few minutes see what a day sees with the defaults: segments are
// begun, dropped and indexed, groups rebalance, clients come and go. Memory and descriptors do not grow, and the history is in order.
// For long: SOAK_SECONDS=1200 npm test -- test/nemesis/soak.test.ts.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { ChaosNemesis } from '../../src/bench/chaos/chaos-nemesis.ts'
import { runChaos } from '../../src/bench/chaos/chaos-run.ts'
import { SpawnedBroker } from '../../src/cli/bench/spawned-broker.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { seeded } from '../support/seed.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { ClientWays } from './client-ways.ts'

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 6)
const SAMPLE_MS = 250
const CRASH_MS = 3_000
/** Shorter runs only show that it works: segments and retention are in balance after some forty seconds. */
const JUDGED_SECONDS_MIN = 120
const GROWTH_MIB_MAX = 32
const GROWTH_DESCRIPTORS_MAX = 12

interface Sample {
  readonly atMs: number
  readonly mebibytes: number
  readonly descriptors: number
}

it('neither grows nor forgets, however much comes and goes', {
  timeout: (SECONDS + 300) * 1000,
}, async () => {
  const { seed } = seeded('SOAK', 1)
  const clock = new NodeClock({ keepsProcessAlive: true })
  const broker = await SpawnedBroker.start({
    command: [process.execPath, MAIN],
    directory: await temporaryDirectory(),
    settings: ['limits.maintenanceIntervalMs=1s'],
    ...{ version: 'soak', clock },
  })
  const ways = await ClientWays.open(() => broker.address)
  const samples: Sample[] = []
  const nemesis: ChaosNemesis = async ({ endMs, crashClient, note }) => {
    let crashAtMs = clock.monotonicMs() + CRASH_MS
    while (clock.monotonicMs() < endMs) {
      samples.push(sampleOf(broker.pid ?? 0, clock.monotonicMs()))
      await clock.sleep(SAMPLE_MS)
      if (clock.monotonicMs() < crashAtMs) continue
      crashAtMs += CRASH_MS
      note('client crashed')
      crashClient()
    }
  }
  try {
    const report = await runChaos({
      ...{ broker, clock, random: new SeededRandom(seed), seconds: SECONDS, nemesis },
      ...{ producers: 2, consumers: 1, groups: 2, members: 2, partitions: 4 },
      ...{ sessionTimeoutMs: 1_000, rebalanceTimeoutMs: 1_000 },
      ...{ recordBytes: 500, recordsPerSecond: 1_000, hasRetention: true },
      topicSettings: { 'segment.bytes': '262144', 'retention.bytes': '4194304' },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      connect: (name) => ways.connect(name),
    })
    const figures = figuresOf(samples)
    const { sends, groups, clientCrashes, text } = report
    console.log(
      `soak: seed ${seed}, ${JSON.stringify({ seconds: SECONDS, sends, groups, clientCrashes, ...figures })}`,
    )
    expect(report.valid, text).toBe(true)
    if (SECONDS < JUDGED_SECONDS_MIN) return
    expect(figures['growthMiBMax']).toBeLessThan(GROWTH_MIB_MAX)
    expect(figures['growthDescriptorsMax']).toBeLessThan(GROWTH_DESCRIPTORS_MAX)
  } finally {
    ways.close()
    await broker.close()
  }
})

function sampleOf(pid: number, atMs: number): Sample {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mebibytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  return { atMs, mebibytes, descriptors: readdirSync(`/proc/${pid}/fd`).length }
}

/** Of the second half, when everything is warm: the slope, and how much more the last quarter has than the one before. */
function figuresOf(samples: readonly Sample[]): Record<string, number> {
  const half = samples.slice(Math.floor(samples.length / 2))
  const middle = Math.floor(half.length / 2)
  const [before, after] = [half.slice(0, middle), half.slice(middle)]
  const most = (list: readonly Sample[], of: (one: Sample) => number): number =>
    Math.max(...list.map(of))
  const least = (list: readonly Sample[], of: (one: Sample) => number): number =>
    Math.min(...list.map(of))
  return {
    rssMiBPeak: Math.round(most(samples, ({ mebibytes }) => mebibytes)),
    descriptorsPeak: most(samples, ({ descriptors }) => descriptors),
    rssSlopeMiBPerHourMax: slopePerHour(half, ({ mebibytes }) => mebibytes),
    descriptorSlopePerHourMax: slopePerHour(half, ({ descriptors }) => descriptors),
    growthMiBMax:
      least(after, ({ mebibytes }) => mebibytes) - most(before, ({ mebibytes }) => mebibytes),
    growthDescriptorsMax:
      most(after, ({ descriptors }) => descriptors) -
      most(before, ({ descriptors }) => descriptors),
  }
}

/** Least squares. */
function slopePerHour(samples: readonly Sample[], of: (one: Sample) => number): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length
  const meanAt = mean(samples.map(({ atMs }) => atMs))
  const meanOf = mean(samples.map(of))
  const above = samples.reduce((sum, one) => sum + (one.atMs - meanAt) * (of(one) - meanOf), 0)
  const below = samples.reduce((sum, one) => sum + (one.atMs - meanAt) ** 2, 0)
  return Math.round((above / below) * 3_600_000)
}
