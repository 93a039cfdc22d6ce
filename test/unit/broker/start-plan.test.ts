import { describe, expect, it } from 'vitest'
import { planStart, type StartPlan } from '../../../src/broker/start-plan.ts'
import type { PartitionIdentity, TopicId } from '../../../src/domain/topic.ts'
import type { MetadataEntry } from '../../../src/storage/metadata-store.ts'
import {
  decodeTopicRecord,
  encodeTopicRecord,
  type TopicRecord,
  topicKey,
} from '../../../src/storage/topic-record.ts'
import { identityOf } from '../../support/batches.ts'

const NOW_MS = 1_000

function idOf(number: number): TopicId {
  return identityOf(number).topicId
}

function record(change: Partial<TopicRecord> = {}): TopicRecord {
  return { name: 'orders', partitions: 2, settings: {}, createdMs: 5, state: 'active', ...change }
}

function entry(number: number, change: Partial<TopicRecord> = {}): MetadataEntry {
  const value = encodeTopicRecord(idOf(number), record(change))
  return { key: topicKey(idOf(number)), damaged: false, value, version: 3 }
}

function stored(number: number, partitions: number, topicName = 'orders'): PartitionIdentity[] {
  return Array.from({ length: partitions }, (_, partition) => ({
    topicId: idOf(number),
    topicName,
    partition,
  }))
}

/** The plan in short: names with partition counts, `!` behind degraded ones. */
function shortly(plan: StartPlan): Record<'serve' | 'finish' | 'remove', string[]> {
  const short = (topics: StartPlan['serve']): string[] =>
    topics.map(
      ({ topic, partitions }) =>
        `${topic.name}:${partitions}${topic.degraded === undefined ? '' : '!'}`,
    )
  return { serve: short(plan.serve), finish: short(plan.finish), remove: short(plan.remove) }
}

describe('what a start makes of what is stored', () => {
  it('serves active topics, with the version of their metadata', () => {
    const plan = planStart([entry(1)], stored(1, 2), NOW_MS)
    expect(shortly(plan)).toEqual({ serve: ['orders:2'], finish: [], remove: [] })
    expect(plan.serve[0]?.topic).toMatchObject({ metadataVersion: 3, createdMs: 5 })
    expect(plan.anomalies).toEqual([])
  })

  it('serves a topic whose partitions are all missing with its number of partitions', () => {
    expect(shortly(planStart([entry(1)], [], NOW_MS)).serve).toEqual(['orders:2'])
  })

  it('carries deletions out and finishes creations', () => {
    const entries = [
      entry(1, { state: 'deleting' }),
      entry(2, { name: 'new', state: 'creating' }),
      entry(3, { name: 'gone', state: 'deleting', partitions: 1 }),
    ]
    const plan = planStart(entries, [...stored(1, 2), ...stored(3, 4)], NOW_MS)
    expect(shortly(plan)).toEqual({
      serve: [],
      finish: ['new:2'],
      remove: expect.arrayContaining(['orders:2', 'gone:4']) as string[],
    })
  })

  it('takes a creation back whose name belongs to another topic', () => {
    const entries = [entry(1, { state: 'creating', createdMs: 1 }), entry(2, { createdMs: 9 })]
    const plan = planStart(entries, [...stored(1, 1), ...stored(2, 2)], NOW_MS)
    expect(shortly(plan)).toEqual({ serve: ['orders:2'], finish: [], remove: ['orders:2'] })
    expect(plan.remove[0]?.topic.id).toBe(idOf(1))
  })

  it('finishes one of two creations of a name', () => {
    const entries = [entry(1, { state: 'creating' }), entry(2, { state: 'creating' })]
    expect(shortly(planStart(entries, [], NOW_MS))).toEqual({
      serve: [],
      finish: ['orders:2'],
      remove: ['orders:2'],
    })
  })

  it('knows from where on partitions were being added', () => {
    const entries = [entry(1, { partitions: 4, creatingFrom: 2 })]
    const plan = planStart(entries, stored(1, 3), NOW_MS)
    expect(shortly(plan).serve).toEqual(['orders:4'])
    expect(plan.serve[0]?.topic.creatingFrom).toBe(2)
  })

  it('serves partitions beyond the number in the metadata', () => {
    const plan = planStart([entry(1)], stored(1, 3), NOW_MS)
    expect(shortly(plan).serve).toEqual(['orders:3'])
    expect(plan.anomalies).toHaveLength(1)
  })

  it.each<[string, MetadataEntry[]]>([
    ['missing', []],
    ['damaged', [{ key: topicKey(idOf(1)), damaged: true }]],
    ['no JSON', [{ key: topicKey(idOf(1)), damaged: false, value: '{', version: 7 }]],
  ])('holds a topic degraded whose metadata is %s, with retention off', (_what, entries) => {
    const plan = planStart(entries, stored(1, 3), NOW_MS)
    expect(shortly(plan)).toEqual({ serve: ['orders:3!'], finish: [], remove: [] })
    const { settings, metadataVersion } = plan.serve[0]?.topic ?? {}
    expect(settings).toMatchObject({ retentionMs: Infinity, retentionBytes: Infinity })
    expect(metadataVersion).toBe(entries[0]?.damaged === false ? 7 : 0)
    expect(plan.anomalies).toHaveLength(1)
  })

  it('gives a lost topic a name of its own where its name is unknown, not allowed or taken', () => {
    const partitions = [
      ...stored(1, 1, ''),
      ...stored(2, 1, 'a/b'),
      ...stored(3, 1),
      ...stored(4, 1),
    ]
    const plan = planStart([entry(4)], partitions, NOW_MS)
    expect(shortly(plan).serve.sort()).toEqual(
      ['orders:2', ...[1, 2, 3].map((number) => `lost-${idOf(number)}:1!`)].sort(),
    )
  })

  it('leaves the name of two active topics to the older one', () => {
    const entries = [entry(1, { createdMs: 9 }), entry(2, { createdMs: 1 })]
    const plan = planStart(entries, [...stored(1, 2), ...stored(2, 2)], NOW_MS)
    expect(shortly(plan).serve).toEqual(['orders:2', `lost-${idOf(1)}:2!`])
    expect(plan.serve[0]?.topic.id).toBe(idOf(2))
  })

  it('holds topics degraded whose records were swapped, and deletes nothing for it', () => {
    const swapped = (to: number, of: number, change: Partial<TopicRecord>): MetadataEntry => {
      const value = encodeTopicRecord(idOf(of), record(change))
      return { key: topicKey(idOf(to)), damaged: false, value, version: 3 }
    }
    const entries = [
      swapped(1, 2, { name: 'bills', state: 'deleting' }),
      swapped(2, 1, { name: 'orders' }),
    ]
    const plan = planStart(entries, [...stored(1, 2), ...stored(2, 2, 'bills')], NOW_MS)
    expect(shortly(plan)).toEqual({ serve: ['orders:2!', 'bills:2!'], finish: [], remove: [] })
    expect(plan.anomalies).toHaveLength(2)
  })

  it('passes over keys that are no topic', () => {
    const odd: MetadataEntry = { key: 'topics/odd', damaged: false, value: '{}', version: 1 }
    const plan = planStart([odd], [], NOW_MS)
    expect(shortly(plan)).toEqual({ serve: [], finish: [], remove: [] })
    expect(plan.anomalies).toHaveLength(1)
  })
})

describe('the record of a topic', () => {
  it('reads as it was written', () => {
    const full = record({ settings: { 'retention.ms': '5' }, state: 'active', creatingFrom: 1 })
    for (const one of [full, record()]) {
      expect(decodeTopicRecord(idOf(1), encodeTopicRecord(idOf(1), one))).toEqual(one)
    }
  })

  it('reads as 0.4.0 wrote it, without the id of the topic', () => {
    const text = JSON.stringify({ version: 1, ...record() })
    expect(decodeTopicRecord(idOf(1), text)).toEqual(record())
  })

  it('is damaged in the place of another', () => {
    const text = encodeTopicRecord(idOf(1), record())
    expect(decodeTopicRecord(idOf(2), text)).toBeUndefined()
  })

  it.each([
    '',
    'null',
    '[]',
    '7',
    '{"version":2}',
    JSON.stringify({ version: 1, ...record(), name: '../x' }),
    JSON.stringify({ version: 1, ...record(), partitions: 0 }),
    JSON.stringify({ version: 1, ...record(), partitions: '2' }),
    JSON.stringify({ version: 1, ...record(), createdMs: -1 }),
    JSON.stringify({ version: 1, ...record(), state: 'odd' }),
    JSON.stringify({ version: 1, ...record(), creatingFrom: 3 }),
    JSON.stringify({ version: 1, ...record(), settings: [] }),
    JSON.stringify({ version: 1, ...record(), settings: { nope: '1' } }),
    JSON.stringify({ version: 1, ...record(), settings: { 'retention.ms': 1 } }),
    JSON.stringify({ version: 1, ...record(), settings: { 'retention.ms': '-7' } }),
  ])('is damaged when it reads %s', (text) => {
    expect(decodeTopicRecord(idOf(1), text)).toBeUndefined()
  })
})
