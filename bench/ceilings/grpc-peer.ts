// grpc-js as a server, set as the broker sets it, with nothing behind it: takes messages and answers each with a small one, or sends
// messages as fast as they are read.
import {
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerWritableStream,
} from '@grpc/grpc-js'
import type { Limits } from '../../src/domain/limits.ts'
import { http2ServerOf } from '../../src/transport/grpc/library-parts.ts'
import { grpcServerOptions, setReceiveBounds } from '../../src/transport/grpc/server-options.ts'

const asIs = (bytes: Buffer): Buffer => bytes

/** As large as an answer to a produce. */
export const ACK_BYTES = 40

function method(path: string, requestStream: boolean): MethodDefinition<Buffer, Buffer> {
  return {
    path,
    requestStream,
    responseStream: true,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  }
}

export const UP: MethodDefinition<Buffer, Buffer> = method('/ceiling.Wire/Up', true)
export const DOWN: MethodDefinition<Buffer, Buffer> = method('/ceiling.Wire/Down', false)

/** @returns the port */
export async function serveGrpc(limits: Limits, messageBytes: number): Promise<number> {
  const server = new Server(grpcServerOptions(limits))
  server.addService(
    { Up: UP, Down: DOWN },
    {
      Up: (call: ServerDuplexStream<Buffer, Buffer>) => {
        const ack = Buffer.alloc(ACK_BYTES)
        call.on('data', () => call.write(ack))
        call.on('error', () => undefined)
      },
      Down: (call: ServerWritableStream<Buffer, Buffer>) => {
        const message = Buffer.alloc(messageBytes, 65)
        const send = (): void => {
          while (!call.cancelled && call.write(message));
        }
        call.on('drain', send)
        call.on('error', () => undefined)
        send()
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error)
      else resolve(bound)
    })
  })
  setReceiveBounds(http2ServerOf(server), limits)
  return port
}
