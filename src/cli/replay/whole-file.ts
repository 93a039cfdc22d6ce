// A file that is written whole or not at all: whoever is stopped in the middle leaves the one before.
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** On stable storage, name and all, when it resolves. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const newPath = `${path}.new`
  try {
    const file = await open(newPath, 'w')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(newPath, path)
  } catch (error) {
    await rm(newPath, { force: true }).catch(() => undefined)
    throw error
  }
  const directory = await open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
