// Unpacks compressed messages: few at a time, each up to a limit, so that small bytes that came do not become much memory
// or many threads at once.
import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { VarveError } from '../../domain/error.ts'

/** Messages that are unpacked at a time, of all connections: each may take a message of the largest size. */
const CONCURRENCY = 8

const UNPACK = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const

/** Encodings that are unpacked, by their names in grpc-encoding. */
export type MessageEncoding = keyof typeof UNPACK

export function isMessageEncoding(name: string): name is MessageEncoding {
  return Object.hasOwn(UNPACK, name)
}

export class Inflater {
  readonly #bytesMax: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** @param bytesMax of one unpacked message */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** @throws VarveError DECOMPRESSION · DECOMPRESSED_TOO_LARGE */
  async unpack(bytes: Buffer, encoding: MessageEncoding): Promise<Buffer> {
    if (this.#running === CONCURRENCY) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running += 1
    }
    try {
      return await UNPACK[encoding](bytes, { maxOutputLength: this.#bytesMax })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        throw new VarveError(
          'DECOMPRESSED_TOO_LARGE',
          `the message unpacks to more than ${this.#bytesMax} bytes`,
          { cause: error },
        )
      }
      throw new VarveError('DECOMPRESSION', `the message is not proper ${encoding}`, {
        cause: error,
      })
    } finally {
      // The place goes to the next one, if anyone waits.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }
}
