// The power fails at every write and every sync of a random life, in each case with one of the states that the disk may be in
// then; some of the restarts are cut off as well.
import { expect, it } from 'vitest'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { seeded } from '../support/seed.ts'
import { Expectations, openEngine, recover, Workload } from './workload.ts'

const STEPS = 24
const PHASES = 3

interface Moment {
  readonly machine: SimFileSystem
  readonly expected: Expectations
  readonly change: number
}

const counts = { lives: 0, moments: 0, recoveries: 0, cutRecoveries: 0, kills: 0, tornBytes: 0 }

/** Lives on `machine` until the end of the steps, and gives the machine as it may be after a cut at each moment. */
async function live(
  machine: SimFileSystem,
  clock: VirtualClock,
  random: SeededRandom,
  expected: Expectations,
): Promise<Moment[]> {
  const moments: Moment[] = []
  const stop = machine.operations.inject((operation) => {
    if (operation.change !== undefined) {
      moments.push({
        machine: machine.afterPowerCut(random),
        expected: expected.copy(),
        change: operation.change,
      })
    }
    return undefined
  })
  const engine = await openEngine(machine, clock)
  const workload = new Workload(engine, clock, random, expected)
  await workload.run(STEPS)
  if (random.integer(2) === 0) await engine.close()
  stop()
  machine.operations.stop()
  return moments
}

async function cutRecovery(
  machine: SimFileSystem,
  clock: VirtualClock,
  random: SeededRandom,
  expected: Expectations,
): Promise<SimFileSystem> {
  const change = machine.operations.changeCount + 1 + random.integer(40)
  const moment = (['before', 'during', 'after'] as const)[random.integer(3)] ?? 'before'
  machine.operations.stopAtChange(change, moment)
  const attempt = expected.copy()
  try {
    await recover(machine, clock, attempt)
  } catch (error) {
    if (!machine.operations.isStopped) throw error
  }
  // What the interrupted start appended may be there: the check accepts what its copy was told.
  if (!machine.operations.isStopped) machine.operations.stop()
  counts.cutRecoveries++
  expected.merge(attempt)
  return machine.afterPowerCut(random)
}

async function tryMoment(moment: Moment, random: SeededRandom): Promise<SimFileSystem> {
  const clock = new VirtualClock()
  await clock.advance('1d')
  let { machine } = moment
  const { expected } = moment
  if (random.integer(4) === 0) machine = await cutRecovery(machine, clock, random, expected)
  const { tornBytes } = await recover(machine, clock, expected)
  counts.recoveries++
  counts.tornBytes += tornBytes
  return machine
}

it('keeps every promise through power cuts at every write and sync', {
  timeout: 600_000,
}, async () => {
  const { seed, runs } = seeded('CRASH', 6)
  const endsAt = process.env['CRASH_RUNS'] === undefined ? performance.now() + 20_000 : Infinity
  for (let run = 0; run < runs && performance.now() < endsAt; run++) {
    const name = `${seed}/${run}`
    const random = new SeededRandom(name)
    let machine = new SimFileSystem({ scheduling: new SeededRandom(`${name}/disk`) })
    let expected = new Expectations()
    counts.lives++
    for (let phase = 0; phase < PHASES && performance.now() < endsAt; phase++) {
      const clock = new VirtualClock()
      const moments = await live(machine, clock, random, expected)
      counts.moments += moments.length
      // It goes on behind one of the power cuts, or behind the end of the process at the end of this life.
      const isKilled = random.integer(3) === 0
      const goOnAt = isKilled ? -1 : random.integer(moments.length)
      if (isKilled) {
        machine = machine.afterKill()
        // What is found is durable from then on, without one more write.
        await recover(machine, new VirtualClock(), expected, { appends: false })
        counts.kills++
        machine = machine.afterKill()
      }
      for (const [index, moment] of moments.entries()) {
        try {
          const after = await tryMoment(moment, random)
          if (index === goOnAt) {
            machine = after.afterKill()
            expected = moment.expected
          }
        } catch (error) {
          const where = `seed ${seed}, run ${run}, phase ${phase}, change ${moment.change}`
          throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          })
        }
      }
    }
  }
  console.log(`power cuts: seed ${seed}, ${JSON.stringify(counts)}`)
  expect(counts.recoveries).toBeGreaterThan(300)
})
