// Opens subscriptions, waits until the broker has answered each, and reads nothing more. Says so in one line and stays.
import { Client, credentials } from '@grpc/grpc-js'
import { logService } from '../../src/protocol/grpc/services.ts'
import type { UnreadOptions } from './unread-subscribers.ts'

const SUBSCRIBERS_PER_CONNECTION = 50

const options = JSON.parse(process.argv[2] ?? '') as UnreadOptions
const { path, requestSerialize, responseDeserialize } = logService.Subscribe
const partitions = Array.from({ length: options.partitions }, (_, partition) => ({
  topic: options.topic,
  partition,
  position: 'OFFSET_POSITION_EARLIEST' as const,
}))
const init = { creditBytes: 2 ** 40, maxBytes: options.messageBytes }

let client: Client | undefined
const ready: Promise<unknown>[] = []
for (let index = 0; index < options.subscribers; index++) {
  if (client === undefined || index % SUBSCRIBERS_PER_CONNECTION === 0) {
    client = new Client(options.broker, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
    })
  }
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  call.on('error', () => undefined)
  call.write({ init })
  ready.push(
    new Promise<void>((resolve) => {
      call.once('data', () => {
        call.pause()
        call.write({ add: { partitions } })
        resolve()
      })
    }),
  )
}
await Promise.all(ready)
console.log('subscribed')
