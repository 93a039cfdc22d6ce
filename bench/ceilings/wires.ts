// The ceilings of the wire, as the client sees them: gRPC, HTTP/2 below it, and the socket below that; each way.
import { connect as connectHttp2 } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import type { Writable } from 'node:stream'
import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
} from '@grpc/grpc-js'
import { GRPC_CHANNEL_OPTIONS } from '../../src/client/grpc-channel-options.ts'
import type { Ceiling } from './ceiling.ts'
import { ACK_BYTES, DOWN, UP } from './grpc-peer.ts'
import { measuredWire, type OpenFlow, type PeerKind } from './peer-process.ts'
import { SEND_TO_ME } from './socket-peer.ts'

/** The window of varve's client, in both of its places. */
const WINDOW_BYTES = Number(GRPC_CHANNEL_OPTIONS['grpc-node.flow_control_window'])

export const wireCeilings: readonly Ceiling[] = [
  wire('grpc-js stream to the server', 'grpc', 'up', grpcFlow('up')),
  wire('grpc-js stream from the server', 'grpc', 'down', grpcFlow('down')),
  wire('node:http2 to the server', 'http2', 'up', http2Flow('up')),
  wire('node:http2 from the server', 'http2', 'down', http2Flow('down')),
  wire('socket to the server', 'socket', 'up', socketFlow('up')),
  wire('socket from the server', 'socket', 'down', socketFlow('down')),
]

type Direction = 'up' | 'down'

function wire(name: string, kind: PeerKind, direction: Direction, open: OpenFlow): Ceiling {
  return {
    name,
    unit: 'bytes',
    direction,
    run: (options) => measuredWire(kind, options, open),
  }
}

function grpcFlow(direction: Direction): OpenFlow {
  return (port, messageBytes, onBytes) => {
    const client = new Client(
      `127.0.0.1:${port}`,
      credentials.createInsecure(),
      GRPC_CHANNEL_OPTIONS,
    )
    const call = direction === 'up' ? grpcUp(client, messageBytes) : grpcDown(client)
    call.on('error', () => undefined)
    call.on('data', (bytes: Buffer) => {
      onBytes(direction === 'up' ? messageBytes : bytes.length)
    })
    return {
      stop: () => {
        call.cancel()
        client.close()
      },
    }
  }
}

function grpcUp(client: Client, messageBytes: number): ClientDuplexStream<Buffer, Buffer> {
  const { path, requestSerialize, responseDeserialize } = UP
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  keepWriting(call, messageBytes)
  return call
}

function grpcDown(client: Client): ClientReadableStream<Buffer> {
  const { path, requestSerialize, responseDeserialize } = DOWN
  const nothing = Buffer.alloc(0)
  return client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, nothing)
}

function http2Flow(direction: Direction): OpenFlow {
  return async (port, messageBytes, onBytes) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`, {
      settings: { initialWindowSize: WINDOW_BYTES },
    })
    session.on('error', () => undefined)
    await new Promise((resolve) => session.once('remoteSettings', resolve))
    session.setLocalWindowSize(WINDOW_BYTES)
    const stream = session.request({ ':method': 'POST', ':path': `/${direction}` })
    stream.on('error', () => undefined)
    stream.on('data', arrivedBytes(direction, messageBytes, onBytes))
    if (direction === 'up') keepWriting(stream, messageBytes)
    return {
      stop: () => {
        session.destroy()
      },
    }
  }
}

function socketFlow(direction: Direction): OpenFlow {
  return (port, messageBytes, onBytes) => {
    const socket = connectSocket({ host: '127.0.0.1', port, noDelay: true })
    socket.on('error', () => undefined)
    socket.on('data', arrivedBytes(direction, messageBytes, onBytes))
    if (direction === 'up') keepWriting(socket, messageBytes)
    else socket.write(Buffer.of(SEND_TO_ME))
    return {
      stop: () => {
        socket.destroy()
      },
    }
  }
}

/** What comes back on the way up is a small answer for each message. */
function arrivedBytes(
  direction: Direction,
  messageBytes: number,
  onBytes: (bytes: number) => void,
): (bytes: Buffer) => void {
  return ({ length }) => {
    onBytes(direction === 'up' ? (length / ACK_BYTES) * messageBytes : length)
  }
}

function keepWriting(stream: Writable, messageBytes: number): void {
  const message = Buffer.alloc(messageBytes, 65)
  const send = (): void => {
    while (!stream.destroyed && stream.write(message));
  }
  stream.on('drain', send)
  send()
}
