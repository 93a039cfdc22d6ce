// Streams of grpc-js as streams of messages. Writes no faster than the reader reads: the transport holds at most what one
// `write` too many put there.
import { constants } from 'node:http2'
import type { Writable } from 'node:stream'
import type { ServerDuplexStream } from '@grpc/grpc-js'
import type { MessageStream } from '../message-stream.ts'
import type { ServiceContext } from '../service-context.ts'
import { http2StreamOf } from './library-parts.ts'
import { serverErrorOf } from './server-error.ts'

/**
 * Writes one message and resolves when the next may follow.
 * @throws the signal's reason when it aborts first: a cancelled call never drains.
 */
export async function writeMessage(
  stream: Writable,
  message: object,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  if (stream.write(message)) return
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      stream.off('drain', onDrain)
      signal.removeEventListener('abort', onAbort)
    }
    const onDrain = (): void => {
      stop()
      resolve()
    }
    const onAbort = (): void => {
      stop()
      reject(signal.reason as Error)
    }
    stream.once('drain', onDrain)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

/**
 * Writes one message and resolves when it was written to the connection. Nothing that waits for that holds the message: its bytes
 * would be kept a second time for every client that does not read.
 * @throws the signal's reason when it aborts first
 */
function sendMessage(stream: Writable, message: object, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason as Error)
  const sending = sendingUntil(signal)
  // An error of the write comes with the end of the call.
  stream.write(message, sending.done)
  return sending.promise
}

function sendingUntil(signal: AbortSignal): { promise: Promise<void>; done: () => void } {
  let done = (): void => undefined
  const promise = new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    done = (): void => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }
  })
  return { promise, done }
}

/** A bidirectional call as its session sees it, until `signal` aborts. */
export function messageStreamOf<Response extends object>(
  context: ServiceContext,
  call: ServerDuplexStream<Buffer, Response>,
  signal: AbortSignal,
): MessageStream<Response> {
  return {
    write: (message) => writeMessage(call, message, signal),
    send: (message) => sendMessage(call, message, signal),
    pause: () => {
      call.pause()
    },
    resume: () => {
      call.resume()
    },
    end: (error) => {
      if (error === undefined) call.end()
      else call.emit('error', serverErrorOf(context, error))
    },
    breakOff: () => {
      // grpc-js ends a call only behind everything that was written to it, which a client that does not read holds up.
      http2StreamOf(call)?.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)
    },
  }
}
