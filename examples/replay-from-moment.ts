// Nothing is taken away by reading: go back to a moment and play history again, as often as you like.
//   npx tsx examples/replay-from-moment.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const client = connect({ broker })
const topic = freshTopic('temperatures')
await client.admin().createTopic({ name: topic })

// A day of hourly measurements, with the times at which they were taken.
const midnightMs = Date.UTC(2026, 5, 1)
const HOUR_MS = 3_600_000
const producer = client.producer()
await producer.sendMany(
  Array.from({ length: 24 }, (_, hour) => ({
    topic,
    value: `${12 + Math.round(8 * Math.sin(((hour - 6) / 12) * Math.PI))} degrees`,
    timestampMs: midnightMs + hour * HOUR_MS,
  })),
)

// Everything measured from 9 o'clock on and before noon.
const morning = client.consumer({
  topics: topic,
  from: { timestampMs: midnightMs + 9 * HOUR_MS },
  until: { timestampMs: midnightMs + 12 * HOUR_MS },
})
for await (const { timestampMs, value } of morning) {
  console.log(`${new Date(timestampMs).toISOString()} ${String(value)}`)
}

// The same consumer can go elsewhere: here to an exact offset, before the end that it was given.
await morning.seek({ topic, partition: 0 }, 11)
for await (const { offset, value } of morning) {
  console.log(`again, offset ${offset}: ${String(value)}`)
}

await client.close()
