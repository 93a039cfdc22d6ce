// The other process of a wire: a server without a log. Started by peer-process.ts with what it serves; says its port, and at a word what
// processor time it has used since the word before.
import type { Server as NetServer } from 'node:net'
import { LIMITS } from '../../src/domain/limits.ts'
import { setHeapHeadroom } from '../../src/platform/heap-headroom.ts'
import { secondsOf } from './ceiling.ts'
import { serveGrpc } from './grpc-peer.ts'
import { serveHttp2 } from './http2-peer.ts'
import type { PeerKind } from './peer-process.ts'
import { serveSocket } from './socket-peer.ts'

// As the broker's own process.
setHeapHeadroom()

const SERVERS: Record<PeerKind, (messageBytes: number) => Promise<number>> = {
  grpc: (messageBytes) => serveGrpc(LIMITS, messageBytes),
  http2: (messageBytes) => listening(serveHttp2(LIMITS, messageBytes)),
  socket: (messageBytes) => listening(serveSocket(messageBytes)),
}

function listening(server: Pick<NetServer, 'listen' | 'address'>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })
}

const [kind = '', messageBytes = ''] = process.argv.slice(2)
let cpu = process.cpuUsage()
process.on('message', () => {
  process.send?.({ cpuSeconds: secondsOf(cpu) })
  cpu = process.cpuUsage()
})
// Its parent has gone.
process.on('disconnect', () => process.exit())
process.send?.({ port: await SERVERS[kind as PeerKind](Number(messageBytes)) })
