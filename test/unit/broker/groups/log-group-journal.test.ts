import { describe, expect, it } from 'vitest'
import type { GroupEvent } from '../../../../src/coordinator/group-event.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import { journalOn, TestPlace } from '../../../support/group-journal.ts'

describe('the journal of groups', () => {
  it('gives back what it was given, from a checkpoint on and behind it', async () => {
    const clock = new VirtualClock()
    const engine = new MemoryStorageEngine({ clock })
    const place = new TestPlace(engine)
    const journal = journalOn(engine, place, { clock })
    expect(await journal.load()).toEqual([])
    const created: GroupEvent = { kind: 'group-created', groupId: 'g', timeMs: 5 }
    await journal.append('g', [created])
    expect((await journal.reload('g'))?.groupId).toBe('g')
    await journal.checkpoint(async (id, use) => use(await journal.reload(id)))
    await journal.append('h', [{ ...created, groupId: 'h' }])
    const again = journalOn(engine, place, { clock })
    expect((await again.load()).map(({ groupId }) => groupId)).toEqual(['g', 'h'])
    const events = []
    for await (const { event, position } of again.history('g')) events.push([event, position])
    expect(events).toEqual([[created, 0]])
  })
})
