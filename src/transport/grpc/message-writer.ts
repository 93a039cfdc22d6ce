// Writes to a stream no faster than its reader reads: the transport holds at most what one `write` too many put there.
import type { Writable } from 'node:stream'

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
