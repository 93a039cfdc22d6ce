import { describe, expect, it } from 'vitest'
import { LiveTopic } from '../../../src/broker/live-topic.ts'
import { TopicTraffic } from '../../../src/broker/topic-traffic.ts'
import type { TopicId } from '../../../src/domain/topic.ts'

function topicOf(name: string): LiveTopic {
  const facts = { id: name as TopicId, name, createdMs: 0, settingTexts: {}, metadataVersion: 1 }
  const topic = new LiveTopic(facts)
  topic.state = 'active'
  return topic
}

function countsOf(traffic: TopicTraffic): Record<string, number> {
  return Object.fromEntries(
    [...traffic.entries()].map(([name, { recordsIn }]) => [name, recordsIn]),
  )
}

describe('traffic by topic', () => {
  it('is counted for each topic by itself up to a number of topics, then together', () => {
    const traffic = new TopicTraffic(2)
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
      traffic.of(topicOf(name)).recordsIn += 10 ** index
    }
    expect(countsOf(traffic)).toEqual({ a: 1, b: 10, __other: 1_100 })
  })

  it('of a deleted topic makes room for a new one, never for one that was counted with the others', () => {
    const traffic = new TopicTraffic(1)
    const [first, second, third] = [topicOf('first'), topicOf('second'), topicOf('third')]
    traffic.of(first).recordsIn += 1
    traffic.of(second).recordsIn += 10
    first.state = 'deleted'
    expect(countsOf(traffic)).toEqual({ __other: 10 })
    traffic.of(second).recordsIn += 10
    traffic.of(third).recordsIn += 5
    expect(countsOf(traffic)).toEqual({ third: 5, __other: 20 })
  })

  it('of ten thousand topics that come and go stays bounded', () => {
    const traffic = new TopicTraffic(200)
    for (let index = 0; index < 10_000; index++) {
      const topic = topicOf(`t${index}`)
      traffic.of(topic).recordsIn++
      if (index % 3 === 0) topic.state = 'deleted'
    }
    expect(traffic.entries().size).toBe(201)
  })
})
