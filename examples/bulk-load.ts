// Many records in constant memory: trySend says when the buffer is full, ready() waits for room, one callback counts.
//   npx tsx examples/bulk-load.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect, VarveError } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const RECORDS = 200_000

const client = connect({ broker })
const topic = freshTopic('bulk')
await client.admin().createTopic({ name: topic, partitions: 6 })

const producer = client.producer({ compression: 'zstd', bufferBytes: 8 * 1024 * 1024 })
let delivered = 0
let failed = 0
for (let number = 0; number < RECORDS; number++) {
  const record = { topic, value: `measurement ${number}: ${(number * 7919) % 1000}` }
  const onDelivery = (result: unknown): void => {
    if (result instanceof VarveError) failed++
    else delivered++
  }
  while (!producer.trySend(record, onDelivery)) await producer.ready()
}
await producer.flush()
console.log(`${delivered} delivered, ${failed} failed`)

// Batch by batch is the fastest way to read.
let read = 0
for await (const batch of client.consumer({ topics: topic, until: 'end' }).batches()) {
  read += batch.records.length
}
console.log(`${read} read`)

await client.close()
