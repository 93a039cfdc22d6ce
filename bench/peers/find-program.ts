// Where a peer's server program is, and which version it says it is. Invariant: nothing is installed, and nothing but `--version` is run.
import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** Debian puts servers there, and an ordinary user's PATH leaves them out. */
const SYSTEM_DIRECTORIES = ['/usr/local/sbin', '/usr/sbin', '/sbin']

const VERSION_TIMEOUT_MS = 10_000

const run = promisify(execFile)

/** The first executable file of one of these names on PATH, and then in the system's directories; undefined when there is none. */
export async function findProgram(
  names: readonly string[],
  extraDirectories: readonly string[] = [],
): Promise<string | undefined> {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')
  for (const name of names) {
    for (const directory of [...extraDirectories, ...path, ...SYSTEM_DIRECTORIES]) {
      const file = join(directory, name)
      if (await isExecutable(file)) return file
    }
  }
  return undefined
}

/** The first `1.2.3` in what the program prints; undefined when it prints none or fails. */
export async function askVersion(
  program: string,
  args: readonly string[],
): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(program, args, { timeout: VERSION_TIMEOUT_MS })
    return /\d+\.\d+\.\d+/.exec(stdout + stderr)?.[0]
  } catch {
    return undefined
  }
}

/** Whether `version` (`2.9.10`) is at least `least` (`2.10`). */
export function isVersionAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number))
  for (const [index, part] of (want ?? []).entries()) {
    const mine = have?.[index] ?? 0
    if (mine !== part) return mine > part
  }
  return true
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
