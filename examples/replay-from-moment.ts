// Nothing is taken away by reading: go back to a moment and play history again, as often as you like and at any speed.
//   npx tsx examples/replay-from-moment.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const client = connect({ broker })
const topic = freshTopic('temperatures')
// Retention goes by the time of records too, and these are old.
await client.admin().createTopic({ name: topic, partitions: 2, settings: { 'retention.ms': -1 } })

// A day of hourly measurements, with the times at which they were taken; two thermometers, each in a partition of its own.
const midnightMs = Date.UTC(2026, 5, 1)
const HOUR_MS = 3_600_000
const producer = client.producer()
await producer.sendMany(
  Array.from({ length: 24 }, (_, hour) => ({
    topic,
    partition: hour % 2,
    value: `${12 + Math.round(8 * Math.sin(((hour - 6) / 12) * Math.PI))} degrees`,
    timestampMs: midnightMs + hour * HOUR_MS,
  })),
)

// Everything measured from 9 o'clock on and before noon, in the order of time over both partitions: an hour takes 0.1 seconds, because
// no wait is longer than that.
const morning = client.replay({
  topics: topic,
  from: { timestampMs: midnightMs + 9 * HOUR_MS },
  to: { timestampMs: midnightMs + 12 * HOUR_MS },
  speed: 1_000,
  gapMaxMs: 100,
})
let wentBack = false
for await (const { timestampMs, value } of morning) {
  console.log(`${new Date(timestampMs).toISOString()} ${String(value)}`)
  if (timestampMs < midnightMs + 11 * HOUR_MS || wentBack) continue
  // Back to 10 o'clock, once.
  wentBack = true
  morning.seek({ timestampMs: midnightMs + 10 * HOUR_MS })
}
const { records, partitions } = await morning.summary()
console.log(`${records} records, checksums ${partitions.map(({ checksum }) => checksum).join(' ')}`)

// From an exact offset of one partition on, as fast as possible: the last measurement of the second thermometer.
const again = client.replay({ sources: [{ topic, partition: 1, from: 11 }] })
for await (const { offset, value } of again)
  console.log(`again, offset ${offset}: ${String(value)}`)

await client.close()
