// Operations of the disk fail at random: no space, short writes, errors of writes and syncs. What was acknowledged stays, what was
// refused without effect never appears, a failed sync fences the partition, and the next start mends it (invariants D6 to D8).
import { expect, it } from 'vitest'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import type { SimFault, SimOperation } from '../../src/platform/sim-operations.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { seeded } from '../support/seed.ts'
import { Expectations, openEngine, recover, Workload } from './workload.ts'

const counts = { lives: 0, faults: 0, recoveries: 0, tornBytes: 0, enospc: 0, eio: 0, short: 0 }

const MAY_LACK_SPACE = new Set(['write', 'create', 'make-directory', 'rename'])
const MAY_BREAK = new Set(['write', 'sync-data', 'sync-directory', 'truncate', 'rename', 'create'])

/** One fault in so many changes, of one kind in a life: a disk that is full, one that breaks, or both. */
function faultsOf(random: SeededRandom): (operation: SimOperation) => SimFault | undefined {
  const kind = random.integer(3)
  const rarity = 6 + random.integer(60)
  return ({ kind: operation, change, bytes, path }) => {
    if (change === undefined || random.integer(rarity) !== 0 || !path.includes('/topics/')) {
      return undefined
    }
    if (operation === 'write' && random.integer(2) === 0) {
      counts.faults++
      counts.short++
      return { kind: 'short', bytes: 1 + random.integer(bytes) }
    }
    if (kind !== 1 && MAY_LACK_SPACE.has(operation)) {
      counts.faults++
      counts.enospc++
      return { kind: 'error', code: 'ENOSPC' }
    }
    if (kind !== 0 && MAY_BREAK.has(operation)) {
      counts.faults++
      counts.eio++
      return { kind: 'error', code: 'EIO' }
    }
    return undefined
  }
}

it('keeps every promise on disks that fill up and break', { timeout: 600_000 }, async () => {
  const { seed, runs } = seeded('FAULTS', 120)
  const endsAt = process.env['FAULTS_RUNS'] === undefined ? performance.now() + 12_000 : Infinity
  for (let run = 0; run < runs && performance.now() < endsAt; run++) {
    const name = `${seed}/${run}`
    try {
      await oneLife(name)
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
      throw new Error(`seed ${seed}, run ${run}: ${what}`, { cause: error })
    }
  }
  console.log(`disk faults: seed ${seed}, ${JSON.stringify(counts)}`)
  expect(counts.faults).toBeGreaterThan(200)
})

async function oneLife(name: string): Promise<void> {
  const random = new SeededRandom(name)
  const clock = new VirtualClock()
  const machine = new SimFileSystem({ scheduling: new SeededRandom(`${name}/disk`) })
  const expected = new Expectations()
  counts.lives++
  const engine = await openEngine(machine, clock)
  const workload = new Workload(engine, clock, random, expected, true)
  const stop = machine.operations.inject(faultsOf(random))
  await workload.run(40)
  stop()
  // The machine goes down in order, is killed, or loses its power.
  const end = random.integer(3)
  if (end === 0) await engine.close()
  const next = end === 2 ? machine.crash(random) : machine.afterKill()
  if (end === 1) next.dropPageCache()
  const later = new VirtualClock()
  await later.advance('1d')
  const { tornBytes, engine: again } = await recover(next, later, expected)
  counts.recoveries++
  counts.tornBytes += tornBytes
  await again.close()
}
