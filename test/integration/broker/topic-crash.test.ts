// Topics over the file engine on a file system that forgets what was not synced: power goes at every change that a life
// of topics makes to storage, and after the restart each step has happened as a whole or not at all.
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { DELETED_PARTITION_SUFFIX } from '../../../src/storage/file/partition-directory.ts'
import { closeFileBroker, openFileBroker, type World, worldOf } from '../../support/file-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'
import { seeded } from '../../support/seed.ts'

type Step = (broker: Broker) => Promise<unknown>

const STEPS: readonly Step[] = [
  (broker) => createTopic(broker, 'a', 3),
  (broker) => produce(broker, 'a', ['a0'], 0),
  (broker) => produce(broker, 'a', ['a2'], 2),
  (broker) => broker.topics.addPartitions('a', 5),
  (broker) => produce(broker, 'a', ['a4'], 4),
  (broker) => createTopic(broker, 'b', 2, { 'retention.ms': '-1' }),
  (broker) => produce(broker, 'b', ['b1'], 1),
  (broker) => broker.topics.deleteTopic('a'),
  (broker) => createTopic(broker, 'a', 1),
  (broker) => broker.topics.updateSettings({ name: 'b', set: { 'retention.ms': '7' }, reset: [] }),
  (broker) => produce(broker, 'a', ['again'], 0),
  (broker) => broker.topics.deleteTopic('b'),
  (broker) => createTopic(broker, 'b', 2),
]

interface Cut {
  readonly fileSystem: SimFileSystem
  /** Steps that were answered; the one of this index was under way. */
  readonly answered: number
}

describe('topics when the power goes', () => {
  it('are as before or as after the step that was under way, at every change to storage', async () => {
    const { seed, runs } = seeded('TOPIC_CRASH', 2)
    const random = new SeededRandom(seed)
    const fileSystem = new SimFileSystem()
    const cuts: Cut[] = []
    const worlds: World[] = []
    let answered = 0
    const live = await openFileBroker(fileSystem, `life ${seed}`)
    worlds.push(await worldOf(live.broker))
    fileSystem.operations.inject(({ change }) => {
      if (change === undefined) return undefined
      for (let draw = 0; draw < runs; draw++) {
        const kind = draw === 0 ? 'kept' : undefined
        cuts.push({ fileSystem: fileSystem.afterPowerCut(random, kind), answered })
      }
      return undefined
    })
    for (const step of STEPS) {
      await step(live.broker)
      answered++
      worlds.push(await worldOf(live.broker))
    }
    await closeFileBroker(live)

    for (const [number, cut] of cuts.entries()) {
      const allowed = worlds.slice(cut.answered, cut.answered + 2)
      const where = `cut ${number} of seed ${seed}, in step ${cut.answered}`
      const restarted = await openFileBroker(cut.fileSystem, `restart ${number}`)
      const world = await worldOf(restarted.broker)
      expect(allowed, where).toContainEqual(world)
      const partitions = Object.values(world).flatMap((topic) => topic.partitions)
      expect(await restarted.engine.partitions(), where).toHaveLength(partitions.length)
      // It goes on working, and what it says now holds over the next start.
      await createTopic(restarted.broker, 'after', 2)
      await closeFileBroker(restarted)
      const again = await openFileBroker(cut.fileSystem, `again ${number}`)
      const next = await worldOf(again.broker)
      expect(next, where).toEqual({ ...world, after: next['after'] })
      expect(next['after']?.partitions, where).toEqual([[], []])
      await closeFileBroker(again)
    }
    console.log(`topic crashes: ${cuts.length} power cuts over ${STEPS.length} steps, seed ${seed}`)
  })

  it('are not left in part by a deletion that was cut off', async () => {
    const fileSystem = new SimFileSystem()
    const live = await openFileBroker(fileSystem)
    await createTopic(live.broker, 'a', 2)
    fileSystem.operations.inject(({ kind, path }) =>
      kind === 'rename' && path.endsWith(DELETED_PARTITION_SUFFIX)
        ? { kind: 'stop', moment: 'after' }
        : undefined,
    )
    await live.broker.topics.deleteTopic('a').catch(() => undefined)
    expect(fileSystem.operations.isStopped).toBe(true)
    const again = await openFileBroker(fileSystem.afterPowerCut(new SeededRandom(1), 'kept'))
    const left = again.broker.topics.listTopics({ limit: 9 }).topics
    expect(left, 'the topics that are left').toEqual([])
    await closeFileBroker(again)
  })
})
