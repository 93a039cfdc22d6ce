import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

/** A new empty folder, removed after the last test of the file. */
export async function temporaryDirectory(): Promise<string> {
  if (made.length === 0) {
    afterAll(async () => {
      for (const path of made.splice(0)) await rm(path, { recursive: true, force: true })
    })
  }
  const path = await mkdtemp(join(tmpdir(), 'varve-test-'))
  made.push(path)
  return path
}
