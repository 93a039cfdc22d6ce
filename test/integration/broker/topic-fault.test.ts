// Administration of topics while storage fails: once at one operation, or from one operation on until the step ends. What
// a step answers must be true: done, not done, or "may have an effect", and the broker goes on.
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { closeFileBroker, openFileBroker, type World, worldOf } from '../../support/file-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'

const STEPS: Readonly<Record<string, (broker: Broker) => Promise<unknown>>> = {
  create: (broker) => createTopic(broker, 'new', 2),
  'add partitions': (broker) => broker.topics.addPartitions('a', 4),
  'update settings': (broker) =>
    broker.topics.updateSettings({ name: 'a', set: { 'retention.ms': '-1' }, reset: [] }),
  delete: (broker) => broker.topics.deleteTopic('a'),
}

interface Outcome {
  readonly changes: number
  readonly answer: 'done' | 'none' | 'unknown'
  readonly isInDoubt: boolean
}

/** Runs one step with the operations that change something failing from `first` on: one of them, or all. */
async function runWithFault(
  step: (broker: Broker) => Promise<unknown>,
  fault: { first: number; lasts: boolean; code: string },
): Promise<Outcome> {
  const fileSystem = new SimFileSystem()
  const live = await openFileBroker(fileSystem)
  await createTopic(live.broker, 'a', 2)
  await produce(live.broker, 'a', ['a1'], 1)
  const before = await worldOf(live.broker)

  const reference = await openFileBroker(fileSystem.afterPowerCut(neverAsked, 'kept'))
  await step(reference.broker)
  const after = await worldOf(reference.broker)
  await closeFileBroker(reference)

  const changesBefore = fileSystem.operations.changeCount
  const heal = fileSystem.operations.inject(({ change }) => {
    if (change === undefined) return undefined
    const number = change - changesBefore
    const fails = fault.lasts ? number >= fault.first : number === fault.first
    return fails ? { kind: 'error', code: fault.code } : undefined
  })
  let answer: Outcome['answer'] = 'done'
  try {
    await step(live.broker)
  } catch (error) {
    if (!(error instanceof VarveError)) throw error
    answer = error.effect
  }
  const changes = fileSystem.operations.changeCount - changesBefore
  heal()

  const isInDoubt = isDegraded(live.broker)
  if (isInDoubt) {
    // Whether the deletion is stored nobody knows: no record is taken that the next start would throw away.
    expect(answer).toBe('unknown')
    expect((await refusalOf(produce(live.broker, 'a', ['more']))).code).toBe('PARTITION_READ_ONLY')
    await live.broker.topics.updateSettings({ name: 'a', set: {}, reset: [] })
  }
  const allowed = { done: [after], none: [before], unknown: [before, after] }[answer]
  expect(allowed).toContainEqual(await worldOf(live.broker))
  const isAcknowledged = await produce(live.broker, 'a', ['more']).then(
    () => true,
    () => false,
  )
  // What could not be removed is removed by and by.
  await live.clock.advance(LIMITS.maintenanceIntervalMs * 2)
  const now = await worldOf(live.broker)
  await createTopic(live.broker, 'other')
  await live.broker.topics.deleteTopic('other')
  await closeFileBroker(live)

  const again = await openFileBroker(fileSystem)
  const next = await worldOf(again.broker)
  if (answer !== 'unknown') expect(next).toEqual(now)
  else expect([before, after].map(shapeOf)).toContainEqual(shapeOf(next))
  if (isAcknowledged) expect(next['a']?.partitions[0]).toEqual(['more'])
  const stored = await again.engine.partitions()
  expect(stored).toHaveLength(Object.values(next).flatMap(({ partitions }) => partitions).length)
  await closeFileBroker(again)
  return { changes, answer, isInDoubt }
}

function isDegraded(broker: Broker): boolean {
  const { topics } = broker.topics.listTopics({ limit: 10 })
  return topics.some(({ name }) => broker.topics.describeTopic(name).degraded !== undefined)
}

/** Names with their numbers of partitions. */
function shapeOf(world: World): Record<string, number> {
  return Object.fromEntries(
    Object.entries(world).map(([name, { partitions }]) => [name, partitions.length]),
  )
}

const neverAsked = {
  integer: (): number => 0,
  bytes: (length: number): Uint8Array => new Uint8Array(length),
}

describe('administration while storage fails', () => {
  it.each(
    Object.keys(STEPS).flatMap((name) =>
      ['EIO', 'ENOSPC'].flatMap((code) => [
        { name, code, lasts: false },
        { name, code, lasts: true },
      ]),
    ),
  )('answers the truth: $name with $code, lasting: $lasts', async ({ name, code, lasts }) => {
    const step = STEPS[name]
    if (step === undefined) throw new Error(name)
    const answers = { done: 0, none: 0, unknown: 0, inDoubt: 0 }
    for (let first = 1; ; first++) {
      const { changes, answer, isInDoubt } = await runWithFault(step, { first, lasts, code })
      answers[answer]++
      if (isInDoubt) answers.inDoubt++
      if (changes < first) break
    }
    console.log(`${name}, ${code}, lasting ${lasts}: ${JSON.stringify(answers)}`)
    expect(answers.done).toBeGreaterThan(0)
  })
})
