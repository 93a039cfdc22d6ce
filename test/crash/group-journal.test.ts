// The power fails at every write and every sync of a random life of the journal of groups: appends of several groups at once,
// events that take several batches, checkpoints while the groups go on, history that is let go. What is loaded afterwards is what
// the first so many appends make, and with durability synced never less than was acknowledged.
import { expect, it } from 'vitest'
import type { LogGroupJournal } from '../../src/broker/groups/log-group-journal.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { journalOn, TestPlace } from '../support/group-journal.ts'
import { GroupLife, JournalModel, statesText } from '../support/group-life.ts'
import { seeded } from '../support/seed.ts'

const STEPS = 14
const TEXTS = { 'segment.bytes': '8192', 'file.delete.delay.ms': '0' } as const
const LIMITS = { groupJournalBatchBytesMax: 1_200, groupHistoryBytesMax: 6_000 }
const GROUPS = ['a', 'b', 'c']

type Durability = 'synced' | 'written'

interface Moment {
  readonly machine: SimFileSystem
  /** The appends that were acknowledged; those that were begun. */
  readonly acknowledged: number
  readonly submitted: number
  /** The whole checkpoints that were acknowledged: they are synced, whatever the topic says. */
  readonly checkpointed: number
}

const counts = { lives: 0, moments: 0, checkpoints: 0, lost: 0, trimmed: 0 }

async function openJournal(
  machine: SimFileSystem,
  durability: Durability,
): Promise<{ engine: FileStorageEngine; journal: LogGroupJournal; clock: VirtualClock }> {
  const clock = new VirtualClock()
  const engine = await FileStorageEngine.open({
    ...{ fileSystem: machine, clock, random: new SeededRandom('crash'), log: SILENT_LOG },
    ...{ directory: '/data', limits: { openFilesMax: 6 } },
  })
  const place = await new TestPlace(engine, { ...TEXTS, durability }).openStored()
  return { engine, clock, journal: journalOn(engine, place, { clock, limits: LIMITS }) }
}

/** A life, and the machine as it may be after a power cut at each of its moments. */
async function live(
  random: SeededRandom,
  model: JournalModel,
  durability: Durability,
): Promise<Moment[]> {
  const machine = new SimFileSystem({ scheduling: random.fork() })
  const moments: Moment[] = []
  let [acknowledged, checkpointed] = [0, 0]
  const stop = machine.operations.inject((operation) => {
    if (operation.change === undefined) return undefined
    const submitted = model.units.length
    moments.push({
      machine: machine.afterPowerCut(random),
      ...{ acknowledged, submitted, checkpointed },
    })
    return undefined
  })
  const { engine, journal, clock } = await openJournal(machine, durability)
  await journal.load()
  const lives = GROUPS.map((id) => new GroupLife(id, random.fork()))
  const appends = (): Promise<void>[] =>
    Array.from({ length: 1 + random.integer(3) }, async () => {
      const life = lives[random.integer(lives.length)] as GroupLife
      const events = life.next(clock.wallMs())
      model.add(life.groupId, events, clock.wallMs())
      const number = model.units.length
      await journal.append(life.groupId, events)
      acknowledged = Math.max(acknowledged, number)
    })
  for (let step = 0; step < STEPS; step++) {
    if (random.integer(4) > 0) {
      await Promise.all(appends())
      continue
    }
    const background: Promise<void>[] = []
    const before = acknowledged
    await journal.checkpoint(async (groupId, use) => {
      background.push(...appends())
      return await use(model.state(groupId))
    })
    checkpointed = before
    counts.checkpoints++
    await Promise.all(background)
    if (journal.knownFromMs > 0) counts.trimmed++
  }
  if (random.integer(2) === 0) {
    await journal.close()
    await engine.close()
  }
  stop()
  machine.operations.stop()
  return moments
}

async function check(moment: Moment, model: JournalModel, durability: Durability): Promise<void> {
  const { machine, acknowledged, submitted, checkpointed } = moment
  const { engine, journal } = await openJournal(machine, durability)
  const found = statesText(await journal.load())
  const least = durability === 'synced' ? acknowledged : checkpointed
  let units = submitted
  while (units >= least && model.groups(units) !== found) units--
  expect(units, `what was found is of at least ${least} appends`).toBeGreaterThanOrEqual(least)
  if (units < submitted) counts.lost++
  // It goes on from there, and finds itself again.
  await journal.append('z', [{ kind: 'group-created', groupId: 'z', timeMs: 1 }])
  await journal.close()
  await engine.close()
  const again = await openJournal(machine.afterKill(), durability)
  const groups = await again.journal.load()
  expect(statesText(groups.filter(({ groupId }) => groupId !== 'z'))).toBe(found)
  expect(groups.some(({ groupId }) => groupId === 'z')).toBe(true)
  await again.engine.close()
}

it('loses nothing that was acknowledged, and never has half of an append, after power cuts at every write', {
  timeout: 300_000,
}, async () => {
  const { seed, runs } = seeded('GROUP_JOURNAL_CRASH', 2)
  const lifeMs = process.env['GROUP_JOURNAL_CRASH_RUNS'] === undefined ? 1_000 : Infinity
  for (let run = 0; run < runs; run++) {
    const random = new SeededRandom(`${seed}/${run}`)
    const durability = run % 2 === 0 ? 'synced' : 'written'
    const model = new JournalModel()
    const moments = await live(random, model, durability)
    counts.lives++
    // In a random order, as there may not be time for all of them.
    const endsAt = performance.now() + lifeMs
    const enough = moments.length - 15
    while (moments.length > 0) {
      const index = random.integer(moments.length)
      const [moment] = moments.splice(index, 1)
      if (moment === undefined) break
      if (performance.now() > endsAt && moments.length < enough) break
      try {
        await check(moment, model, durability)
      } catch (error) {
        const where = `seed ${seed}, run ${run}, ${durability}, ${moment.submitted} appends begun`
        throw new Error(`${where}: ${String(error)}`, { cause: error })
      }
      counts.moments++
    }
  }
  console.log(`power cuts under the journal of groups: seed ${seed}, ${JSON.stringify(counts)}`)
  expect(counts.moments).toBeGreaterThan(25)
})
