// The record of repairs in a data directory: one JSON object a line, only ever added to, on stable storage before what it announces.
import { readFully, writeFully } from '../../storage/file/file-access.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'

export const REPAIRS_FILE = 'repairs.log'

/** Adds a line. Durable when it resolves. */
export async function recordRepair(
  context: Pick<StorageContext, 'fileSystem' | 'files' | 'clock'>,
  dataDirectory: string,
  entry: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { files, fileSystem, clock } = context
  const path = `${dataDirectory}/${REPAIRS_FILE}`
  const line = JSON.stringify({ time: new Date(clock.wallMs()).toISOString(), ...entry })
  const isNew = (await fileSystem.status(path)) === undefined
  await files.use(path, isNew ? 'create' : 'write', async (file) => {
    const size = await file.size()
    const last = Buffer.from('\n')
    // A line that a crash cut off stays what it is; the new one begins on its own.
    if (size > 0) await readFully(file, last, 0, 1, size - 1)
    const separator = last.toString('latin1') === '\n' ? '' : '\n'
    await writeFully(file, [Buffer.from(`${separator}${line}\n`)], size)
    await file.syncData()
  })
  if (isNew) await fileSystem.syncDirectory(dataDirectory)
}
