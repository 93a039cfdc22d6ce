// Where the last whole checkpoint of the journal of groups begins, kept in the metadata store so that a start need not read all
// of the history to find it. Only a hint: what it says is compared with the log, and without it the log is read from its start.
import { isVarveError } from '../../domain/error.ts'
import type { Log } from '../../platform/log.ts'
import type { MetadataStore } from '../../storage/metadata-store.ts'
import { count, object, ShapeError } from './json-shape.ts'

const KEY = 'groups/checkpoint'
const VERSION = 1

export interface CheckpointPlace {
  readonly id: number
  /** The offset of its first record. */
  readonly begin: number
}

const shape = object<CheckpointPlace & { readonly version: number }>({
  version: count,
  id: count,
  begin: count,
})

export class CheckpointHint {
  readonly #metadata: MetadataStore
  readonly #log: Log

  constructor(metadata: MetadataStore, log: Log) {
    this.#metadata = metadata
    this.#log = log
  }

  /** Undefined when there is none that can be read. @throws VarveError STORAGE_FAILED */
  async load(): Promise<CheckpointPlace | undefined> {
    try {
      const stored = await this.#metadata.get(KEY)
      if (stored === undefined) return undefined
      const { version, ...place } = shape.read(JSON.parse(stored.value))
      return version === VERSION ? place : undefined
    } catch (error) {
      const isDamaged =
        isVarveError(error, 'CORRUPT_LOG') ||
        error instanceof ShapeError ||
        error instanceof SyntaxError
      if (!isDamaged) throw error
      this.#log.warn('group_checkpoint_hint_lost', { error })
      return undefined
    }
  }

  /** Never fails: a start without it reads more. */
  async save(place: CheckpointPlace): Promise<void> {
    const value = JSON.stringify(shape.write({ version: VERSION, ...place }))
    try {
      const version = await this.#version()
      await this.#metadata.compareAndSet(KEY, version, value, { overDamaged: true })
    } catch (error) {
      if (!isVarveError(error)) throw error
      this.#log.warn('group_checkpoint_hint_lost', { error })
    }
  }

  async #version(): Promise<number> {
    try {
      return (await this.#metadata.get(KEY))?.version ?? 0
    } catch (error) {
      if (isVarveError(error, 'CORRUPT_LOG')) return 0
      throw error
    }
  }
}
