// Two members share a topic: what one has finished it commits, and when it goes the other one begins exactly there.
//   npx tsx examples/group.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect, type GroupConsumer } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const RECORDS = 600
const client = connect({ broker })
const topic = freshTopic('orders')
const group = `${topic}-billing`
await client.admin().createTopic({ name: topic, partitions: 6 })

const seen = new Map<string, number>()

/** Reads as a member of the group until it is closed. */
function member(name: string): { consumer: GroupConsumer; done: Promise<void> } {
  const consumer = client.consumer().subscribe({
    group,
    topics: topic,
    clientId: name,
    onPartitionsRevoked: (partitions) => {
      console.log(`${name} gives up ${partitions.length} partitions`)
    },
  })
  const read = async (): Promise<void> => {
    for await (const record of consumer) {
      const place = `${record.partition}/${record.offset}`
      seen.set(place, (seen.get(place) ?? 0) + 1)
    }
  }
  return { consumer, done: read() }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}

const first = member('first')
await first.consumer.ready()
console.log(`first has ${first.consumer.assignment().length} partitions`)

// Nothing stops for it but the partitions that move.
const second = member('second')
await until(() => second.consumer.assignment().length === 3)
console.log(`second has ${second.consumer.assignment().length} of them now`)

const producer = client.producer()
await producer.sendMany(
  Array.from({ length: RECORDS }, (_, number) => ({ topic, key: `${number}`, value: 'order' })),
)
await until(() => seen.size === RECORDS)

// Finishes the record in hand, commits, and leaves: the other one takes over.
await first.consumer.close()
await first.done
await until(() => second.consumer.assignment().length === 6)
await second.consumer.close()
await second.done

const committed = await client.admin().groupOffsets(group)
const total = committed.reduce((sum, { offset }) => sum + (offset ?? 0), 0)
const twice = [...seen.values()].filter((times) => times > 1).length
console.log(`${total} records are committed, ${twice} were read twice`)
await client.close()
