// Whole brokers in simulated worlds: producers, readers and members of a group over a network that loses answers, on machines that are
// killed, lose their power and have disks that fail, fill up and stand still. One seed is one world, event by event.
import { expect, it } from 'vitest'
import type { PartitionLog, StorageEngine } from '../../src/storage/engine.ts'
import { seeded } from '../support/seed.ts'
import { runWorlds, WorldFailure } from './world/run-worlds.ts'
import { SimWorld } from './world/sim-world.ts'
import { planLongWorld, planWorld } from './world/world-plan.ts'

const CI_MS = 8_000
/** However slow the machine is. */
const WORLDS_MIN = 10

it('keeps every promise of log, recovery and groups in simulated worlds', {
  timeout: 3_600_000,
}, async () => {
  const { seed, runs } = seeded('SIM_WORLD', 400)
  const isLong = process.env['SIM_WORLD_RUNS'] !== undefined
  const limitMs = Number(process.env['SIM_WORLD_MS'] ?? (isLong ? Infinity : CI_MS))
  const endsAt = performance.now() + limitMs
  let asked = 0
  const isOver = (): boolean => asked++ >= WORLDS_MIN && performance.now() > endsAt
  const totals = await runWorlds({ seed, runs, isOver })
  console.log(`simulated worlds: ${JSON.stringify({ seed, ...totals })}`)
  expect(totals.worlds).toBeGreaterThanOrEqual(Math.min(runs, WORLDS_MIN))
})

it('does the same again from the same seed, event by event', async () => {
  const { seed } = seeded('SIM_WORLD', 1)
  for (let run = 0; run < 5; run++) {
    const plan = planWorld(`${seed}/${run}`, 40)
    const first = await new SimWorld(plan).run()
    const second = await new SimWorld(plan).run()
    expect(second).toEqual(first)
    expect(first.counts.events, `seed ${seed}`).toBeGreaterThan(50)
  }
  const [one, other] = [planWorld('one', 40), planWorld('other', 40)]
  const results = [await new SimWorld(one).run(), await new SimWorld(other).run()]
  expect(results[0]?.traceHash).not.toBe(results[1]?.traceHash)
})

it('goes on for long without a promise broken or anything left over', {
  timeout: 36_000_000,
}, async () => {
  const { seed } = seeded('SIM_WORLD', 1)
  const hours = Number(process.env['SIM_WORLD_HOURS'] ?? 3)
  const plan = planLongWorld(String(seed), hours)
  const before = process.memoryUsage().heapUsed
  const result = await new SimWorld(plan).run()
  const heapMiB = Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20)
  console.log(`a long world: ${JSON.stringify({ seed, hours, heapMiB, ...result.counts })}`)
  expect(result.violation, `seed ${seed}, ${hours} h\n${result.trace.join('\n')}`).toBeUndefined()
  expect(result.counts.virtualMs).toBeGreaterThanOrEqual(hours * 3_600_000)
})

/** Says that batches are synced, and syncs nothing: the worst that a storage engine can do. */
function lyingEngine(engine: StorageEngine): StorageEngine {
  const lying = (log: PartitionLog): PartitionLog =>
    new Proxy(log, {
      get: (target, name) => {
        if (name === 'append') {
          return async (request: Parameters<PartitionLog['append']>[0]) => {
            const result = await target.append({ ...request, durability: 'written' })
            return { ...result, durability: request.durability }
          }
        }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  return new Proxy(engine, {
    get: (target, name) => {
      if (name === 'openPartition' || name === 'createPartition') {
        return async (...[identity, settings]: Parameters<StorageEngine['openPartition']>) =>
          lying(await target[name](identity, { ...settings, durability: 'written' }))
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

it('finds an engine that lies about what it has synced, and boils it down to a few steps', {
  timeout: 120_000,
}, async () => {
  // Always the same: how far a world can be boiled down differs from one to the other.
  const seed = 5
  const running = runWorlds({ seed, runs: 300, wrapEngine: lyingEngine })
  const failure = await running.then(
    () => new Error(`not found from seed ${seed}`),
    (error: unknown) => error,
  )
  if (!(failure instanceof WorldFailure)) throw new Error('no failure', { cause: failure })
  expect(failure.result.violation).toMatch(/D1|C6|C5|C16/)
  const { steps } = failure.plan
  expect(steps.length, failure.message).toBeLessThanOrEqual(8)
  expect(steps.some(({ kind }) => kind === 'send')).toBe(true)
  // What is left does the same again.
  const again = await new SimWorld(failure.plan, { wrapEngine: lyingEngine }).run()
  expect(again.traceHash).toBe(failure.result.traceHash)
  expect(failure.message).toContain(`world ${seed}/`)
})
