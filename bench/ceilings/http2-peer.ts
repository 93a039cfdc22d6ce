// node:http2 alone as a server: takes bytes and says how many, or sends them as fast as they are read. No gRPC.
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import type { Limits } from '../../src/domain/limits.ts'
import { setReceiveBounds } from '../../src/transport/grpc/server-options.ts'
import { ACK_BYTES } from './grpc-peer.ts'

export function serveHttp2(limits: Limits, messageBytes: number): Http2Server {
  const server = createServer()
  setReceiveBounds(server, limits)
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => undefined)
    stream.respond({ ':status': 200 })
    if (headers[':path'] === '/up') takeBytes(stream, messageBytes)
    else sendBytes(stream, messageBytes)
  })
  return server
}

function takeBytes(stream: ServerHttp2Stream, messageBytes: number): void {
  const ack = Buffer.alloc(ACK_BYTES)
  let unanswered = 0
  stream.on('data', (bytes: Buffer) => {
    unanswered += bytes.length
    for (; unanswered >= messageBytes; unanswered -= messageBytes) stream.write(ack)
  })
}

function sendBytes(stream: ServerHttp2Stream, messageBytes: number): void {
  const message = Buffer.alloc(messageBytes, 65)
  const send = (): void => {
    while (!stream.destroyed && stream.write(message));
  }
  stream.on('drain', send)
  send()
}
