// A program in TypeScript: it uses the types of what it gets.
import {
  type ConsumerRecord,
  connect,
  isVarveError,
  type OpenOptions,
  Varve,
  type VarveError,
  VirtualClock,
} from 'varve'
import { connect as connectOnly } from 'varve/client'

const options: OpenOptions = { memory: true, seed: 7 }
const varve: Varve = await Varve.open(options)
await varve.admin().createTopic({ name: 'words', settings: { 'retention.ms': '86400000' } })
const producer = varve.producer({ lingerMs: 1 })
const { offset, timestampMs } = await producer.send({ topic: 'words', key: 'a', value: 'one' })
const sum: number = (offset ?? 0) + timestampMs
const consumer = varve.consumer({ topics: 'words', until: 'end' })
for await (const record of consumer) {
  const one: ConsumerRecord = record
  console.log(one.offset, one.value?.toString('utf8'), sum > 0)
}
try {
  // @ts-expect-error either a folder or memory
  await Varve.open({})
} catch (error) {
  const expected: VarveError | undefined = isVarveError(error) ? error : undefined
  console.log(expected?.code)
}
await varve.close()
const clock = new VirtualClock()
await clock.advance('1h')
console.log(clock.monotonicMs())
for (const client of [connect(), connectOnly({ broker: '127.0.0.1:1' })]) await client.close()
