import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

// Here, and not when the first one is made: within a running test it would be too late to ask for it.
afterAll(async () => {
  for (const path of made.splice(0)) await rm(path, { recursive: true, force: true })
})

/** A new empty folder, removed after the last test of the file. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'varve-test-'))
  made.push(path)
  return path
}
