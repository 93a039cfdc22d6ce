import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import type { LibraryCall } from '../../../src/transport/grpc/library-parts.ts'
import { sendWithoutCopies } from '../../../src/transport/grpc/outgoing-messages.ts'

const KIB = 1024

interface Sent {
  readonly call: LibraryCall
  /** Everything that was given to the stream, a list for each write of it. */
  readonly writes: Buffer[][]
  /** What the call did beside, in its order. */
  readonly steps: string[]
}

/** A call of the library as far as sending needs it, over a stream that takes what it is given. */
function callWith(options: { isOver?: boolean; failure?: Error } = {}): Sent {
  const writes: Buffer[][] = []
  const steps: string[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      writes.push([chunk])
      done(options.failure)
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => chunk as Buffer))
      done(options.failure)
    },
  })
  stream.on('error', () => undefined)
  const call = {
    stream,
    handler: {
      serialize: (message: unknown) => {
        if (!Buffer.isBuffer(message)) throw new TypeError('no message')
        return message
      },
    },
    checkCancelled: () => options.isOver === true,
    maybeSendMetadata: () => steps.push('headers'),
    sendStatus: ({ code }: { code: number }) => steps.push(`status ${code}`),
    sendMessage: () => steps.push('as before'),
  } as unknown as LibraryCall
  sendWithoutCopies(call)
  return { call, writes, steps }
}

function send({ call, steps }: Sent, message: unknown): void {
  call.sendMessage(message, () => steps.push('sent'))
}

it.each([0, 1, 4 * KIB, 4 * KIB + 1, 1024 * KIB])(
  'a message of %i bytes goes out behind its header, in one write',
  async (bytes) => {
    const sent = callWith()
    const body = Buffer.alloc(bytes, 7)
    send(sent, body)
    await new Promise(setImmediate)
    expect(sent.steps).toEqual(['headers', 'sent'])
    expect(sent.writes).toHaveLength(1)
    const header = Buffer.alloc(5)
    header.writeUInt32BE(bytes, 1)
    expect(Buffer.concat(sent.writes.flat()).equals(Buffer.concat([header, body]))).toBe(true)
  },
)

it('a large message is not copied', () => {
  const sent = callWith()
  const body = Buffer.alloc(128 * KIB)
  send(sent, body)
  expect(sent.writes.flat()).toContain(body)
})

it('nothing is sent when the call is over', () => {
  const sent = callWith({ isOver: true })
  send(sent, Buffer.alloc(10))
  expect(sent).toMatchObject({ writes: [], steps: [] })
})

it('a message that cannot be encoded is left to the library, which ends the call', () => {
  const sent = callWith()
  send(sent, 'no message')
  expect(sent).toMatchObject({ writes: [], steps: ['as before'] })
})

it('a write that fails ends the call', async () => {
  const sent = callWith({ failure: new Error('gone') })
  send(sent, Buffer.alloc(128 * KIB))
  await new Promise(setImmediate)
  expect(sent.steps).toEqual(['headers', 'status 13'])
})
