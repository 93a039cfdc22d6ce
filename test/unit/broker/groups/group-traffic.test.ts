import { beforeEach, describe, expect, it } from 'vitest'
import { GroupTraffic } from '../../../../src/broker/groups/group-traffic.ts'
import { LIMITS } from '../../../../src/domain/limits.ts'
import type { TopicId } from '../../../../src/domain/topic.ts'
import type { Clock } from '../../../../src/platform/clock.ts'
import type { LogBounds } from '../../../../src/storage/engine.ts'
import { at } from '../../../support/batches.ts'
import { GroupHost } from '../../../support/group-host.ts'

describe('GroupTraffic', () => {
  let host: GroupHost
  let traffic: GroupTraffic
  let topicId: TopicId
  /** By partition. */
  let ends: number[]
  let looks: number

  beforeEach(() => {
    host = new GroupHost()
    topicId = host.topics.create('t', 2).id
    ends = [100, 100]
    looks = 0
    traffic = trafficOf(host)
  })

  function trafficOf(watched: GroupHost, groupId = 'g'): GroupTraffic {
    const clock = {
      wallMs: () => host.wallMs,
      monotonicMs: () => host.monotonicMs,
    } as Clock
    const bounds = (_: TopicId, partition: number): LogBounds => {
      looks++
      const end = at(ends[partition] ?? 0)
      return { start: at(0), readableEnd: end, end, epoch: 1 }
    }
    const made = new GroupTraffic({
      source: { topics: host.topics, bounds },
      clock,
      limits: LIMITS,
    })
    watched.onStored = (state, events) => {
      made.stored(groupId, events, state)
    }
    return made
  }

  function commit(offset: number, partition = 0): void {
    const item = { topicId, partition, offset, endOffset: 1_000_000 }
    host.reply({ kind: 'commit', groupId: 'g', items: [item] })
  }

  function pass(ms: number): void {
    host.advance(ms)
    traffic.sample()
  }

  it('measures what is produced and what is committed, up to the moment of the question', () => {
    commit(0)
    for (let look = 0; look < 12; look++) {
      ends = ends.map((end) => end + 50)
      commit(look * 25 + 25)
      pass(5_000)
    }
    host.advance(2_000)
    ends = [ends[0] ?? 0, (ends[1] ?? 0) + 40]
    const [rates] = traffic.rates('g')
    expect(rates).toMatchObject({ topic: 't', windowMs: 62_000 })
    expect(rates?.producerRate).toBeCloseTo(1_240 / 62)
    expect(rates?.consumerRate).toBeCloseTo(300 / 62)
  })

  it('says how short its window is when it is young', () => {
    commit(0)
    host.advance(500)
    ends = [130, 100]
    expect(traffic.rates('g')).toMatchObject([{ windowMs: 500, producerRate: 60, consumerRate: 0 }])
  })

  it('takes neither a first commit nor a reset nor a rewind for consumption', () => {
    commit(80)
    pass(1_000)
    host.reply({
      ...{ kind: 'reset', reason: '' },
      items: [{ topicId, partition: 0, startOffset: 0, endOffset: 100, to: 'offset', offset: 10 }],
    })
    expect(traffic.rates('g')).toMatchObject([{ consumerRate: 0 }])
    pass(1_000)
    expect(traffic.lagging('g', topicId).records).toBe(190)
    commit(30)
    const item = { topicId, partition: 0, offset: 20, endOffset: 100 }
    host.reply({ kind: 'commit', groupId: 'g', allowRewind: true, items: [item] })
    commit(25)
    expect(traffic.rates('g')).toMatchObject([{ consumerRate: 25 / 2 }])
  })

  it('counts partitions that are added from their beginning', () => {
    commit(0)
    pass(1_000)
    host.topics.grow('t', 3)
    ends = [100, 100, 30]
    host.advance(1_000)
    expect(traffic.rates('g')).toMatchObject([{ producerRate: 15 }])
  })

  it('goes on from what a start finds, and knows what is not committed', () => {
    commit(60)
    const again = trafficOf(new GroupHost())
    again.loaded(host.group)
    again.sample()
    expect(again.lagging('g', topicId)).toEqual({
      records: 140,
      total: 2,
      partitions: [
        { topicId, partition: 0, committed: 60 },
        { topicId, partition: 1, committed: undefined },
      ],
    })
  })

  it('knows where a partition ended a while ago, and nothing from before it looked', () => {
    commit(0)
    pass(0)
    ends = [200, 100]
    pass(30_000)
    expect(traffic.endBefore(topicId, 0, 30_000)).toBe(100)
    expect(traffic.endBefore(topicId, 0, 0)).toBe(200)
    expect(traffic.endBefore(topicId, 0, 30_001)).toBeUndefined()
    for (let look = 0; look < 30; look++) pass(5_000)
    expect(traffic.endBefore(topicId, 0, LIMITS.groupNotCommittingMs)).toBe(200)
  })

  it('forgets groups that are deleted, and topics that no group reads', () => {
    commit(5)
    pass(1_000)
    host.reply({ kind: 'delete' })
    expect(traffic.isEmpty).toBe(true)
    pass(1_000)
    expect(traffic.lagging('g', topicId).total).toBe(0)
  })

  it('costs one look at each partition, however many groups read it', () => {
    const partitions = 100
    topicId = host.topics.create('wide', partitions).id
    for (let group = 0; group < 1_000; group++) {
      const groupId = `g${group}`
      const other = new GroupHost()
      const items = [{ topicId, partition: group % partitions, offset: 1, endOffset: 10 }]
      other.onStored = (state, events) => {
        traffic.stored(groupId, events, state)
      }
      Object.assign(other, { topics: host.topics })
      other.reply({ kind: 'commit', groupId, items })
    }
    looks = 0
    traffic.sample()
    expect(looks).toBe(partitions)
    expect([...traffic.groups]).toHaveLength(1_000)
  })
})
