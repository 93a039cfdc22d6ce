import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { TcpProxy } from './tcp-proxy.ts'

it('keeps the order of what was late and of what came when the delay was over', async () => {
  const server = createServer((socket) => socket.pipe(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  const proxy = await TcpProxy.open(() => ({ host: '127.0.0.1', port: address.port }))
  onTestFinished(() => {
    proxy.cut()
  })
  const socket = connect(Number(proxy.address.split(':')[1]), '127.0.0.1').setNoDelay()
  await once(socket, 'connect')
  let echoed = ''
  socket.on('data', (chunk: Buffer) => (echoed += chunk.toString()))
  const parts = Array.from({ length: 12 }, (_, index) => `${index} `)
  for (const [index, part] of parts.entries()) {
    proxy.trouble =
      index % 4 < 2 ? { kind: 'delay', delayMs: 40 - 10 * (index % 4) } : { kind: 'none' }
    socket.write(part)
    // Long enough to reach the proxy, shorter than the delay.
    await sleep(5)
  }
  socket.end()
  await once(socket, 'end')
  expect(echoed).toBe(parts.join(''))
})
