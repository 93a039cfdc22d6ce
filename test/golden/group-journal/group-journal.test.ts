// Frozen journals of groups: every later version reads them as the groups that they were. Added to, never edited.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { journalOn, TestPlace } from '../../support/group-journal.ts'
import { statesText } from '../../support/group-life.ts'

it.each(['varve-1'])('the journal %s is read as the groups that were stored', async (name) => {
  const clock = new VirtualClock()
  const engine = new MemoryStorageEngine({ clock })
  const place = new TestPlace(engine)
  const { log } = await place.open()
  const bytes = readFileSync(join(import.meta.dirname, `${name}.bin`))
  let kinds = 0
  for (const batch of eachBatch(bytes)) {
    await log.append({ batch, durability: 'written' })
    kinds++
  }
  expect(kinds).toBeGreaterThan(100)
  const journal = journalOn(engine, place, { clock })
  const expected: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'),
  )
  expect(JSON.parse(statesText(await journal.load()))).toEqual(expected)
  const told = new Set<string>()
  for (const group of ['first', 'second', 'third', 'fourth']) {
    for await (const { event } of journal.history(group)) told.add(event.kind)
  }
  // All that can happen to a group.
  expect([...told].sort()).toEqual([
    'group-created',
    'group-deleted',
    'group-epoch',
    'member-current',
    'member-removed',
    'member-replaced',
    'member-wishes',
    'offsets-committed',
    'offsets-removed',
    'offsets-reset',
    'snapshot-removed',
    'snapshot-taken',
    'target-epoch',
    'target-member',
  ])
})
