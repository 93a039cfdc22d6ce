// A socket alone as a server: takes bytes, or sends them as fast as they are read; the first byte says which.
import { createServer, type Server } from 'node:net'
import { ACK_BYTES } from './grpc-peer.ts'

/** The first byte of a connection that will be read. */
export const SEND_TO_ME = 1

export function serveSocket(messageBytes: number): Server {
  const message = Buffer.alloc(messageBytes, 65)
  const ack = Buffer.alloc(ACK_BYTES)
  return createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (first: Buffer) => {
      if (first[0] === SEND_TO_ME) {
        const send = (): void => {
          while (!socket.destroyed && socket.write(message));
        }
        socket.on('drain', send)
        send()
        return
      }
      let unanswered = first.length
      socket.on('data', (bytes: Buffer) => {
        unanswered += bytes.length
        for (; unanswered >= messageBytes; unanswered -= messageBytes) socket.write(ack)
      })
    })
  })
}
