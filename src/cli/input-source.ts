// Where `produce` reads from: standard input or a file, as chunks of bytes, in constant memory and until told to stop.
import { createReadStream, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { InputError } from './exit-code.ts'

const CHUNK_BYTES = 256 * 1024

export interface InputSource {
  readonly stream: Readable
  /** Of a regular file; undefined when nobody can know it. */
  readonly totalBytes: number | undefined
}

/**
 * Opens the file, or takes the standard input for undefined and "-".
 * @throws InputError when it cannot be read
 */
export function openInput(path: string | undefined, standardInput: Readable): InputSource {
  if (path === undefined || path === '-') return { stream: standardInput, totalBytes: undefined }
  try {
    const status = statSync(path)
    if (status.isDirectory()) throw new InputError(`${path} is a directory: give a file`)
    const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
    return { stream, totalBytes: status.isFile() ? status.size : undefined }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(path, error)
  }
}

/**
 * The chunks of the source until it ends or `stop` aborts; the stream is destroyed in any case. A pending read is left
 * alone at the abort: a person who types nothing must not keep the process waiting.
 * @throws InputError when reading fails
 */
export async function* chunksUntil(
  source: InputSource,
  name: string,
  stop: AbortSignal,
): AsyncGenerator<Buffer> {
  const iterator = source.stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined)
    stop.addEventListener('abort', () => {
      resolve(undefined)
    })
  })
  try {
    while (!stop.aborted) {
      const next = await Promise.race([iterator.next(), stopped])
      if (next === undefined || next.done === true) return
      yield next.value
    }
  } catch (error) {
    throw unreadable(name, error)
  } finally {
    source.stream.on('error', () => undefined).destroy()
  }
}

function unreadable(name: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOENT') return new InputError(`${name}: there is no such file`)
  if (code === 'EACCES') return new InputError(`${name}: no permission to read it`)
  return new InputError(
    `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
  )
}
