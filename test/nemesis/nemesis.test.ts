// The built broker under producers, consumers and groups, while it is killed, stopped and told another time, its network fails in every way, and its
// clients crash. What all of them saw is one history, and the checker finds nothing wrong with it; in the end everybody has everything.
// For long: NEMESIS_SECONDS=120 npm test -- test/nemesis/nemesis.test.ts. Repeat a run with NEMESIS_SEED.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type ChaosReport, runChaos } from '../../src/bench/chaos/chaos-run.ts'
import { SpawnedBroker } from '../../src/cli/bench/spawned-broker.ts'
import { writeHistory } from '../../src/cli/bench/write-history.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { seeded } from '../support/seed.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { ClientWays } from './client-ways.ts'
import { phases } from './phases.ts'

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))
const JUMP_CLOCK = fileURLToPath(new URL('jump-clock.mjs', import.meta.url))
const SECONDS = Number(process.env['NEMESIS_SECONDS'] ?? 8)
/** Longer phases and sleeps where there is time for them. */
const LENGTHS =
  SECONDS >= 60
    ? { phaseMsMin: 4_000, phaseMsMax: 12_000, stopMsMax: SECONDS >= 120 ? 60_000 : 10_000 }
    : { phaseMsMin: 1_000, phaseMsMax: 3_000, stopMsMax: 1_500 }

it('keeps every promise under every attack, and recovers from all of them', {
  timeout: (SECONDS + 400) * 1000,
}, async () => {
  const { seed } = seeded('NEMESIS', 1)
  const directory = await temporaryDirectory()
  const clockFile = join(directory, 'clock')
  writeFileSync(clockFile, '0')
  // For the broker, which is a child.
  process.env['JUMP_CLOCK_FILE'] = clockFile
  const clock = new NodeClock({ keepsProcessAlive: true })
  const broker = await SpawnedBroker.start({
    command: [process.execPath, '--import', JUMP_CLOCK, MAIN],
    ...{ directory, settings: [], version: 'nemesis', clock },
  })
  const ways = await ClientWays.open(() => broker.address)
  let report: ChaosReport
  try {
    report = await runChaos({
      ...{ broker, clock, random: new SeededRandom(seed), seconds: SECONDS },
      ...{ producers: 4, consumers: 2, groups: 2, members: 3, partitions: 8 },
      ...{ sessionTimeoutMs: 2_000, rebalanceTimeoutMs: 2_000 },
      ...{ recordBytes: 120, recordsPerSecond: 2_000 },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      nemesis: phases({ pid: () => broker.pid ?? 0, clockFile, proxies: ways.living }, LENGTHS),
      connect: (name) => ways.connect(name),
    })
  } catch (error) {
    throw new Error(`NEMESIS_SEED=${seed} NEMESIS_SECONDS=${SECONDS}`, { cause: error })
  } finally {
    ways.close()
    await broker.close()
  }
  const { evidence } = report
  const counts = { ...figuresOf(report), operations: operationsOf(report) }
  console.log(`nemesis: seed ${seed}, ${JSON.stringify(counts)}`)
  const files = report.valid ? [] : writeHistory(evidence, `nemesis-${seed}`)
  expect(report.valid, `seed ${seed}, ${files.join(', ')}: ${report.text}`).toBe(true)
})

function figuresOf(report: ChaosReport): Record<string, unknown> {
  const { kills, attacks, clientCrashes, sends, groups, readAlong, readAtEnd } = report
  const { longestStartMs, longestCatchUpMs, anomalies } = report
  return {
    ...{ kills, attacks, clientCrashes, sends, groups, readAlong, readAtEnd },
    ...{ longestStartMs, longestCatchUpMs, anomalies },
  }
}

function operationsOf({ evidence }: ChaosReport): number {
  const { sends, polls, commits, committed, bounds } = evidence.history
  const all = [sends.key, polls.process, commits, committed, bounds]
  return all.reduce((sum, { length }) => sum + length, 0)
}
