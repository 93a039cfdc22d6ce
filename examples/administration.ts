// What can be asked of a broker and changed on it.
//   npx tsx examples/administration.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect, isVarveError } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const client = connect({ broker })
const admin = client.admin()
const { version, storage, durabilityMax } = await admin.describeCluster()
console.log(
  `varve ${version}, storage ${storage}, up to ${String(durabilityMax)}: ${await admin.health()}`,
)

const name = freshTopic('orders')
const day = 24 * 3_600_000
await admin.createTopic({ name, partitions: 2, settings: { 'retention.ms': 7 * day } })
await admin.updateTopicSettings(name, { set: { 'retention.ms': 30 * day } })
await admin.addPartitions(name, 4)

const producer = client.producer()
await producer.sendMany(
  Array.from({ length: 8 }, (_, index) => ({
    topic: name,
    partition: index % 4,
    value: `${index}`,
  })),
)
await admin.deleteRecords(name, 0, 1)

const topic = await admin.describeTopic(name)
for (const { partition, startOffset, endOffset, state } of topic.partitions) {
  console.log(`partition ${partition}: offsets ${startOffset} to ${endOffset}, ${state}`)
}
for (const setting of topic.settings) {
  if (!setting.isDefault) console.log(`${setting.name} = ${setting.value}`)
}
for await (const progress of admin.verify({ topic: name })) {
  if (!progress.done) continue
  console.log(
    `partition ${progress.partition}: ${progress.records} records checked, ${progress.damaged.length} damaged`,
  )
}

await admin.deleteTopic(name)
try {
  await admin.describeTopic(name)
} catch (error) {
  // Every expected failure has a code; docs/ERRORS.md lists them.
  if (!isVarveError(error, 'UNKNOWN_TOPIC')) throw error
  console.log('and it is gone')
}

await client.close()
