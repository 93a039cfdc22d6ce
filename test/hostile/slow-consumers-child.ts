// Subscribes over bare sockets, one subscription each, and then reads nothing more, or a kilobyte a second: in a process of its own, so that what they
// cost here is not measured. Says so in one line when all have subscribed, and stays until its input ends.
import { connect, type Socket } from 'node:net'
import { logService } from '../../src/protocol/grpc/services.ts'
import {
  data,
  FRAME,
  frame,
  framedMessage,
  grpcHeaders,
  headers,
  PREFACE,
  settings,
  windowUpdate,
} from '../support/raw-http2.ts'

export interface SlowOptions {
  readonly address: string
  readonly topic: string
  readonly partitions: number
  /** How many never read, and how many read a kilobyte a second. */
  readonly never: number
  readonly slow: number
}

const options = JSON.parse(process.argv[2] ?? '') as SlowOptions
const [host = '', port] = options.address.split(':')
const SLOW_BYTES = 1_024
const CONNECTING_MAX = 50

const { path, requestSerialize } = logService.Subscribe
const partitions = Array.from({ length: options.partitions }, (_, partition) => ({
  topic: options.topic,
  partition,
  position: 'OFFSET_POSITION_EARLIEST' as const,
}))
const subscription = Buffer.concat([
  PREFACE,
  settings(),
  headers(1, grpcHeaders(path)),
  data(1, framedMessage(requestSerialize({ init: { creditBytes: 2 ** 40 } }))),
  data(1, framedMessage(requestSerialize({ add: { partitions } }))),
])

/** Resolves when records have begun to come: whoever reads nothing more is owed some from then on. */
function subscribe(): Promise<Socket> {
  const socket = connect({ host, port: Number(port), noDelay: true })
  socket.on('error', () => undefined)
  socket.write(subscription)
  return new Promise((resolve) => {
    let bytes = 0
    const onData = (chunk: Buffer): void => {
      if (bytes === 0) socket.write(frame(FRAME.settings, 1, 0, Buffer.alloc(0)))
      bytes += chunk.length
      if (bytes < SLOW_BYTES) return
      socket.off('data', onData)
      socket.pause()
      resolve(socket)
    }
    socket.on('data', onData)
    socket.on('close', () => {
      resolve(socket)
    })
  })
}

const sockets: Socket[] = []
const total = options.never + options.slow
while (sockets.length < total) {
  const next = Math.min(CONNECTING_MAX, total - sockets.length)
  sockets.push(...(await Promise.all(Array.from({ length: next }, subscribe))))
}
const slow = sockets.slice(options.never)
setInterval(() => {
  for (const socket of slow) {
    if (socket.destroyed || socket.read(SLOW_BYTES) === null) continue
    socket.write(Buffer.concat([windowUpdate(0, SLOW_BYTES), windowUpdate(1, SLOW_BYTES)]))
  }
}, 1_000)
console.log('subscribed')
process.stdin.resume().on('end', () => {
  const open = sockets.filter(({ destroyed }) => !destroyed).length
  console.log(JSON.stringify({ open }))
  process.exit()
})
