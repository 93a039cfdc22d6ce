// A live group beside ten replays: its members, its offsets and what it is given are what they would be without them.
import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { serveBroker } from './served-broker.ts'

it('ten replays move no group', async () => {
  const served = await serveBroker({
    name: 'in process, in memory',
    transport: 'in-process',
    storage: 'memory',
  })
  const { client } = served
  const admin = client.admin()
  await admin.createTopic({ name: 'orders', partitions: 3 })
  const producer = client.producer()
  const send = (from: number, to: number): Promise<unknown> =>
    producer.sendMany(
      Array.from({ length: to - from }, (_, index) => ({
        topic: 'orders',
        key: `${index % 20}`,
        value: `${from + index}`,
        timestampMs: 1_760_000_000_000 + from + index,
      })),
    )
  await send(0, 600)
  const consumer = client.consumer().subscribe({ group: 'live', topics: 'orders' })
  const seen: number[] = []
  const reading = (async () => {
    for await (const { value } of consumer) seen.push(Number(value))
  })()
  await until(() => seen.length === 600)
  const before = await admin.describeGroup('live')
  const replays = Array.from({ length: 10 }, (_, index) =>
    client.replay({
      topics: 'orders',
      ...(index % 2 === 0 ? { order: 'merged' as const } : { speed: 1_000 }),
      ...(index === 3 ? { from: { group: 'live' } } : {}),
    }),
  )
  const counts = replays.map(async (replay) => {
    let count = 0
    for await (const { replaySessionId } of replay) {
      expect(replaySessionId).toBe(replay.sessionId)
      count++
    }
    return count
  })
  await send(600, 900)
  await until(() => seen.length === 900)
  await Promise.all(counts)
  const after = await admin.describeGroup('live')
  const shape = ({ assignmentEpoch, resetEpoch, members }: typeof after): unknown => ({
    ...{ assignmentEpoch, resetEpoch },
    members: members.map(({ memberId, epoch, assigned }) => ({ memberId, epoch, assigned })),
  })
  expect(shape(after)).toEqual(shape(before))
  await consumer.commit()
  expect([...seen].sort((a, b) => a - b)).toEqual([...new Array(900).keys()])
  const offsets = await admin.groupOffsets('live')
  expect(offsets.reduce((sum, { offset = 0 }) => sum + offset, 0)).toBe(900)
  expect((await admin.listGroups()).map(({ group }) => group)).toEqual(['live'])
  await consumer.close()
  await reading
  await served.close()
})
