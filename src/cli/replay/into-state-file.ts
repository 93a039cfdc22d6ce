// The file that a replay into a topic goes on from after a crash.
import { readFile } from 'node:fs/promises'
import type { ReplayIntoStore } from '../../client/index.ts'
import { InputError } from '../exit-code.ts'
import { writeWhole } from './whole-file.ts'

export class IntoStateFile implements ReplayIntoStore {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** @throws InputError */
  async load(): Promise<string | undefined> {
    try {
      return await readFile(this.path, 'utf8')
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return undefined
      throw new InputError(`${this.path} cannot be read: ${message}`)
    }
  }

  /** @throws InputError */
  async save(text: string): Promise<void> {
    try {
      await writeWhole(this.path, text)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new InputError(`${this.path} cannot be written: ${reason}`)
    }
  }
}
