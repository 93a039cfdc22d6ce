// Durability for servers that have no setting for it: the file attribute S makes every write to the files of a directory wait until the
// bytes are on stable storage, as if they had been opened with O_SYNC. Invariant: says whether it worked; nothing is assumed.
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Of files and directories that are made in it from now on. The directory is made where it is missing.
 * @returns false where the file system has no such attribute (ext2 to ext4 and XFS do), or chattr is missing
 */
export async function makeWritesSynced(directory: string): Promise<boolean> {
  await mkdir(directory, { recursive: true })
  try {
    await run('chattr', ['+S', directory])
    const { stdout } = await run('lsattr', ['-d', directory])
    return /^[-A-Za-z]*S/.test(stdout)
  } catch {
    return false
  }
}
