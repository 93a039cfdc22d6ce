// Reads the bytes of a configuration file, a bounded number of them, as text.
import { closeSync, openSync, readSync } from 'node:fs'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'

/**
 * The text of the file; it may be a pipe.
 * @throws VarveError INVALID_ARGUMENT when it cannot be read, is no UTF-8 or is larger than LIMITS.configFileBytesMax
 */
export function readConfigFile(path: string): string {
  const bytes = Buffer.alloc(LIMITS.configFileBytesMax + 1)
  let length = 0
  try {
    const file = openSync(path, 'r')
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = readSync(file, bytes, length, bytes.length - length, null)
      }
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new VarveError('INVALID_ARGUMENT', `the file cannot be read (${reason})`, {
      cause: error,
    })
  }
  if (length > LIMITS.configFileBytesMax) {
    throw new VarveError(
      'INVALID_ARGUMENT',
      `a configuration has at most ${LIMITS.configFileBytesMax} bytes`,
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length))
  } catch (error) {
    throw new VarveError('INVALID_ARGUMENT', 'the file is not UTF-8', { cause: error })
  }
}
