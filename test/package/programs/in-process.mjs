// A program of somebody who uses varve, in plain JavaScript.
import { Varve } from 'varve'

const varve = await Varve.open({ memory: true })
await varve.admin().createTopic({ name: 'words' })
await varve.producer().sendMany([
  { topic: 'words', value: 'one' },
  { topic: 'words', value: 'two' },
])
for await (const record of varve.consumer({ topics: 'words', until: 'end' })) {
  console.log(record.offset, String(record.value))
}
await varve.close()
