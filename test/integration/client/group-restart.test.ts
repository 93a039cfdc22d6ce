// The members of a group through a restart of their broker: over gRPC, with the client library, on files.
import { expect, test } from 'vitest'
import { GroupReading, range } from '../../support/group-reading.ts'
import { until } from '../../support/until.ts'
import { RunningBroker } from './running-broker.ts'

test('members go on as themselves when their broker was restarted: nothing is assigned anew, lost or read twice', async () => {
  const broker = await RunningBroker.start()
  const client = broker.connect()
  await client.admin().createTopic({ name: 'orders', partitions: 4 })
  const producer = client.producer({ lingerMs: 0 })
  const produce = async (count: number): Promise<void> => {
    for (const partition of range(0, 4)) {
      await producer.append({
        topic: 'orders',
        partition,
        records: range(0, count).map((value) => ({ value: `${value}` })),
      })
    }
  }
  await produce(5)
  const members = [new GroupReading(client), new GroupReading(broker.connect())]
  const records = (): number => members.reduce((sum, member) => sum + member.records.length, 0)
  await until(() => records() === 20 && members.every(({ held }) => held.length === 2))
  const identities = (): unknown[] =>
    members.map(({ consumer, moves }) => [consumer.memberId, consumer.memberEpoch, [...moves]])
  const before = identities()
  await broker.stop()
  await broker.startAgain()
  await until(() => members.every(({ warningKinds }) => warningKinds.includes('retrying')))
  await produce(5)
  await until(() => records() >= 40)
  expect(identities()).toEqual(before)
  for (const partition of range(0, 4)) {
    const offsets = members.flatMap((member) => member.offsetsOf(partition))
    expect(offsets).toEqual(range(0, 10))
  }
  await Promise.all(members.map(({ consumer }) => consumer.close()))
  const committed = await client.admin().groupOffsets('g')
  expect(committed.map(({ offset }) => offset)).toEqual([10, 10, 10, 10])
  await broker.close()
})
