import { describe, expect, it } from 'vitest'
import { commitOne, joinGroup } from '../../../support/group-broker.ts'
import { createTopic, openBroker, produce } from '../../../support/open-broker.ts'

describe('members of a group', () => {
  it('share the partitions, and each is told where it begins', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'a', 4)
    await produce(broker, 'a', ['x', 'y'], 1)
    await commitOne(broker, 'g', { topic: 'a', partition: 1, offset: 2 })
    const first = await joinGroup(broker, 'g', { topics: ['a'] })
    expect(first.held).toEqual(['a/0', 'a/1', 'a/2', 'a/3'])
    expect(first.assigned.find(({ partition }) => partition === 1)?.committedOffset).toBe(2)
    const second = await joinGroup(broker, 'g', { topics: ['a'] })
    expect(second.held).toEqual([])
    await clock.advance(0)
    expect(first.calls).toBe(1)
    await first.beat()
    expect(first.held.length).toBe(2)
    await first.beat()
    await clock.advance(0)
    expect(second.calls).toBe(1)
    await second.beat()
    expect([...first.held, ...second.held].sort()).toEqual(['a/0', 'a/1', 'a/2', 'a/3'])
    await broker.close()
    expect(first.ended?.code).toBe('NOT_READY')
    expect(clock.openTimers).toBe(0)
  })
})
