// Writes the frozen bytes of this version of the journal of groups: run once for each version, never again for the same one.
//   npx tsx test/golden/group-journal/make-own.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GroupEvent } from '../../../src/coordinator/group-event.ts'
import type { CommittedOffset, MemberWishes } from '../../../src/coordinator/group-state.ts'
import type { Offset } from '../../../src/domain/offset.ts'
import { topicIdFromBytes } from '../../../src/domain/topic.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { readBatches } from '../../support/batches.ts'
import { journalOn, TestPlace } from '../../support/group-journal.ts'
import { GroupLife, JournalModel } from '../../support/group-life.ts'

const clock = new VirtualClock()
const engine = new MemoryStorageEngine({ clock })
const place = new TestPlace(engine)
const journal = journalOn(engine, place, { clock, limits: { groupJournalBatchBytesMax: 3_000 } })
const model = new JournalModel()
await journal.load()
const store = async (groupId: string, events: readonly GroupEvent[]): Promise<void> => {
  model.add(groupId, events, clock.wallMs())
  await journal.append(groupId, events)
}
const lives = ['first', 'second'].map((id) => new GroupLife(id, new SeededRandom(`golden-${id}`)))
const wishes: MemberWishes = {
  ...{ instanceId: 'i', clientId: 'c', topics: ['orders'], assignor: 'range', weight: 2 },
  ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 20_000 },
}
const place1: CommittedOffset = {
  ...{ topicId: topicIdFromBytes(Buffer.alloc(16, 5)), topicName: 'orders', partition: 4 },
  ...{ offset: (2 ** 53 - 1) as Offset, leaderEpoch: -1, metadata: '\u00e9\u{1f600}"', timeMs: 7 },
  ...{ memberId: '', memberEpoch: -1 },
}
await store('third', [
  {
    ...{ kind: 'group-created', groupId: 'third', timeMs: 5 },
    fork: { groupId: 'first', asOfMs: 4, offsets: [{ ...place1, partition: 3 }, place1] },
  },
  { kind: 'member-wishes', memberId: 'm', wishes },
  { kind: 'member-replaced', memberId: 'm', successorId: 'n', wishes },
  { kind: 'offsets-removed', offsets: [place1], reason: 'expired', timeMs: 9 },
  { kind: 'snapshot-removed', name: 'none', timeMs: 10 },
])
await store('fourth', [
  { kind: 'group-created', groupId: 'fourth', timeMs: 5 },
  { kind: 'group-deleted', timeMs: 6 },
])
for (let step = 0; step < 60; step++) {
  for (const life of lives) {
    await store(life.groupId, life.next(clock.wallMs()))
  }
  if (step === 35) await journal.checkpoint(async (id, use) => use(model.state(id)))
  await clock.advance('10s')
}
const folder = import.meta.dirname
writeFileSync(join(folder, 'varve-1.bin'), Buffer.concat(await readBatches(place.log)))
writeFileSync(
  join(folder, 'varve-1.json'),
  `${JSON.stringify(JSON.parse(model.groups()), null, 1)}\n`,
)
