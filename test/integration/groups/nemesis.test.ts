// Members that are killed, stopped, continued, join and leave in an order from a seed, while the broker is killed and the topic grows:
// the checker finds nothing, and the group settles whenever it is left alone.
// For long: GROUP_NEMESIS_RUNS=20 GROUP_NEMESIS_STEPS=30 npm test -- test/integration/groups/nemesis.test.ts
import { afterEach, expect, it } from 'vitest'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { seeded } from '../../support/seed.ts'
import { countsLine, GroupRun, type MemberProcess, pause, violationLines } from './group-run.ts'

const STEPS = Number(process.env['GROUP_NEMESIS_STEPS'] ?? 4)
const MEMBERS_MAX = 5
/** Between two steps, at most: some come within a session, some after it. */
const STEP_MS_MAX = 2_500

let run: GroupRun | undefined
afterEach(async () => {
  await run?.close()
})

it('keeps its promises whatever is done to its members and to the broker', {
  timeout: 3_600_000,
}, async () => {
  const { seed, runs } = seeded('GROUP_NEMESIS', 1)
  for (let index = 0; index < runs; index++) {
    console.log(`nemesis: GROUP_NEMESIS_SEED=${seed + index}, ${STEPS} steps`)
    await attack(new SeededRandom(seed + index))
    await run?.close()
  }
})

async function attack(random: SeededRandom): Promise<void> {
  const partitions = 3 + random.integer(10)
  const sessionTimeoutMs = 1_000 + random.integer(2_000)
  const group = await GroupRun.start({ partitions, sessionTimeoutMs, rebalanceTimeoutMs: 3_000 })
  run = group
  for (let member = 0; member < 3; member++) group.join({ autoCommit: random.integer(2) === 0 })
  await group.untilSettled()
  const done: string[] = []
  for (let step = 0; step < STEPS; step++) {
    done.push(await attackOnce(group, random))
    await pause(random.integer(STEP_MS_MAX))
    if (random.integer(4) > 0) continue
    await group.untilSettled()
    done.push('settled')
  }
  console.log(`nemesis: ${done.join(', ')}`)
  for (const member of group.members) if (member.isStopped) member.continue()
  await group.untilSettled()
  await group.stopProducing()
  await group.untilSettled()
  await group.untilExplained('at the end', ({ partitions: all }) =>
    all.every(({ reason }) => reason === 'at-end'),
  )
  for (const member of group.members) if (member.isRunning) await member.leave()
  const record = await group.record()
  console.log(`nemesis: ${countsLine(record)}`)
  expect(violationLines(record)).toEqual([])
}

/** @returns what was done */
async function attackOnce(group: GroupRun, random: SeededRandom): Promise<string> {
  const running = group.members.filter((member) => member.isRunning)
  const awake = running.filter((member) => !member.isStopped)
  const stopped = running.filter((member) => member.isStopped)
  const one = (list: readonly MemberProcess[]): MemberProcess | undefined =>
    list.length === 0 ? undefined : list[random.integer(list.length)]
  // Somebody always remains.
  const victim = awake.length > 1 ? one(awake) : undefined
  switch (random.integer(8)) {
    case 0:
      if (victim === undefined) break
      await victim.kill()
      return `kill ${victim.name}`
    case 1:
    case 2:
      if (victim === undefined) break
      victim.stop()
      return `stop ${victim.name}`
    case 3: {
      const sleeper = one(stopped)
      if (sleeper === undefined) break
      sleeper.continue()
      return `continue ${sleeper.name}`
    }
    case 4:
      if (victim === undefined) break
      await victim.leave()
      return `${victim.name} leaves`
    case 5:
      await group.grow()
      return 'the topic grows'
    case 6:
      await group.killBroker()
      return 'kill the broker'
    default:
      break
  }
  if (running.length < MEMBERS_MAX) {
    return `${group.join({ autoCommit: random.integer(2) === 0 }).name} joins`
  }
  await group.killBroker()
  return 'kill the broker'
}
