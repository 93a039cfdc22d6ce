// Empties the page cache of the operating system, so that what is read next comes from the disk. Linux alone, and root alone.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'

const CONTROL = '/proc/sys/vm/drop_caches'

export function canDropPageCache(): boolean {
  try {
    accessSync(CONTROL, constants.W_OK)
    return process.platform === 'linux' && process.getuid?.() === 0
  } catch {
    return false
  }
}

/** What is not on the disk yet is written first, or it would stay. */
export function dropPageCache(): void {
  execFileSync('sync')
  writeFileSync(CONTROL, '3')
}
