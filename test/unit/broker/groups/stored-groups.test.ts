import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../../src/platform/log.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../../../src/storage/file/file-storage-engine.ts'
import { closeFileBroker, type FileBroker, openFileBroker } from '../../../support/file-broker.ts'
import { commitOne, joinGroup, TestMember } from '../../../support/group-broker.ts'
import {
  createTopic,
  fetchOne,
  openBroker,
  produce,
  valuesIn,
} from '../../../support/open-broker.ts'
import { refusalOf } from '../../../support/refusal.ts'

const codeOf = async (promise: Promise<unknown>): Promise<string> => (await refusalOf(promise)).code

/** A file system with a group that has committed 2 of topic `a`; and the file of its journal. */
async function stored(): Promise<{ fileSystem: SimFileSystem; path: string }> {
  const fileSystem = new SimFileSystem()
  const first = await openFileBroker(fileSystem)
  await createTopic(first.broker, 'a', 1)
  await produce(first.broker, 'a', ['x', 'y'])
  await commitOne(first.broker, 'g', { topic: 'a', offset: 2 })
  const { id } = first.broker.topics.describeTopic('__groups')
  await closeFileBroker(first)
  return { fileSystem, path: `/data/topics/${id}/0/${'0'.repeat(20)}.log` }
}

async function restOf({ broker }: FileBroker): Promise<readonly string[]> {
  await produce(broker, 'a', ['z'])
  return valuesIn(await fetchOne(broker, 'a'))
}

describe('groups that are stored', () => {
  it('cost nothing before there is one', async () => {
    const opened = await openFileBroker(new SimFileSystem())
    const { groups, topics } = opened.broker
    expect(await groups.list({ limit: 10 })).toEqual({ groups: [] })
    await codeOf(groups.fetchOffsets('g'))
    expect(topics.listTopics({ limit: 10 }).topics).toEqual([])
    expect(groups.groups.size).toBe(0)
    await closeFileBroker(opened)
  })

  it('are there again after a clean stop, and after the process was killed', async () => {
    let { fileSystem } = await stored()
    for (let end = 0; end < 2; end++) {
      const again = await openFileBroker(fileSystem)
      expect(await again.broker.groups.fetchOffsets('g')).toMatchObject([
        { topic: 'a', partition: 0, offset: 2 },
      ])
      const member = await joinGroup(again.broker, 'g', { topics: ['a'] })
      expect(member.assigned).toMatchObject([{ committedOffset: 2 }])
      await member.session.leave(false)
      if (end === 1) await closeFileBroker(again)
      else {
        fileSystem = fileSystem.afterKill()
        void again.broker.close().catch(() => undefined)
      }
    }
  })

  it('and damaged refuse everything about groups with CORRUPT_LOG, while the rest works', async () => {
    const { fileSystem, path } = await stored()
    const bytes = fileSystem.contents(path)
    bytes[80] = (bytes[80] ?? 0) ^ 1
    fileSystem.putFile(path, bytes)
    const again = await openFileBroker(fileSystem)
    const { groups } = again.broker
    expect(await codeOf(groups.list({ limit: 1 }))).toBe('CORRUPT_LOG')
    expect(await codeOf(groups.fetchOffsets('g'))).toBe('CORRUPT_LOG')
    expect(await codeOf(commitOne(again.broker, 'h', { topic: 'a', offset: 1 }))).toBe(
      'CORRUPT_LOG',
    )
    expect(() => new TestMember(again.broker, 'g')).toThrow('journal')
    expect(await restOf(again)).toEqual(['x', 'y', 'z'])
    await closeFileBroker(again)
  })

  it('are not ready while their partition is being opened, and are served when it is', async () => {
    const prepared = await stored()
    const folder = prepared.path.slice(0, prepared.path.lastIndexOf('/') + 1)
    const fileSystem = prepared.fileSystem.crash(new SeededRandom(3), 'kept')
    let goOn: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const [clock, random] = [new VirtualClock(), new SeededRandom(4)]
    const options = { fileSystem, clock, random, log: SILENT_LOG, directory: '/data' }
    const engine = await FileStorageEngine.open(options)
    fileSystem.operations.inject(({ path, kind }) =>
      kind === 'list' && `${path}/`.endsWith(folder) ? { kind: 'wait', until } : undefined,
    )
    const opening = openBroker({ clock, engine })
    await clock.advance(LIMITS.recoveryGraceMs)
    const again: FileBroker = { ...(await opening), engine }
    const { groups } = again.broker
    expect(await codeOf(groups.list({ limit: 1 }))).toBe('NOT_READY')
    expect(await restOf(again)).toEqual(['x', 'y', 'z'])
    goOn()
    let page = await groups.list({ limit: 1 }).catch(() => undefined)
    for (let seconds = 0; seconds < 20 && page === undefined; seconds++) {
      await clock.advance('1s')
      page = await groups.list({ limit: 1 }).catch(() => undefined)
    }
    expect(page?.groups).toMatchObject([{ group: 'g' }])
    await closeFileBroker(again)
  })
})
