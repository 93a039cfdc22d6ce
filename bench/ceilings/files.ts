// The ceilings of the disk: one file written from its beginning to its end, with and without waiting for the disk after each write.
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Ceiling, type CeilingOptions, type CeilingResult, measured } from './ceiling.ts'

/** A log goes on in another file as well: the space on the disk is bounded. */
const FILE_BYTES_MAX = 256 * 1024 * 1024

export const fileCeilings: readonly Ceiling[] = [
  {
    name: 'write to a file',
    unit: 'bytes',
    direction: 'none',
    run: (options) => measuredWrites(options, false),
  },
  {
    name: 'write and fdatasync',
    unit: 'bytes',
    direction: 'none',
    run: (options) => measuredWrites(options, true),
  },
]

async function measuredWrites(options: CeilingOptions, isSynced: boolean): Promise<CeilingResult> {
  const { directory, messageBytes } = options
  const paths: string[] = []
  const piece = Buffer.alloc(messageBytes, 65)
  const next = async (): Promise<Awaited<ReturnType<typeof open>>> => {
    const path = join(directory, `ceiling-${process.pid}-${paths.length}`)
    paths.push(path)
    return open(path, 'wx')
  }
  let file = await next()
  let at = 0
  try {
    return await measured(options, async () => {
      if (at >= FILE_BYTES_MAX) {
        await file.close()
        await rm(paths.at(-1) ?? '', { force: true })
        file = await next()
        at = 0
      }
      const { bytesWritten } = await file.write(piece, 0, piece.length, at)
      at += bytesWritten
      if (isSynced) await file.datasync()
      return bytesWritten
    })
  } finally {
    await file.close()
    for (const path of paths) await rm(path, { force: true })
  }
}
