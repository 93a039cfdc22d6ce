// The first five minutes: make a topic, send records, read them back.
//   npx tsx examples/produce-consume.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const client = connect({ broker })
const topic = freshTopic('greetings')
await client.admin().createTopic({ name: topic, partitions: 3 })

const producer = client.producer({ compression: 'lz4' })
// Not awaited one by one: the producer makes batches of what is sent together.
const reports = await Promise.all(
  ['Ada', 'Grace', 'Barbara', 'Ada'].map((name) =>
    producer.send({ topic, key: name, value: `hello, ${name}`, headers: { from: 'example' } }),
  ),
)
for (const { partition, offset, durability } of reports) {
  console.log(`stored: partition ${partition}, offset ${String(offset)}, ${durability}`)
}

// `until: 'end'` stops at what is there now; without it the loop would wait for more.
for await (const record of client.consumer({ topics: topic, until: 'end' })) {
  console.log(`read: ${String(record.key)}: ${String(record.value)}`)
}

await client.close()
