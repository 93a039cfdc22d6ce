// The metadata store over files: one file a value, replaced in one step. A damaged value is reported, never taken for an absent one
// (invariant R3).
//
//   <data>/metadata/<key>.json            "/" of the key makes folders
//   varve metadata 1\n<version>\n<text>\ncrc <8 hex digits>\n
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import { isSystemError } from '../../platform/system-error.ts'
import {
  checkMetadataKey,
  checkMetadataValue,
  type MetadataEntry,
  type MetadataStore,
  type MetadataValue,
} from '../metadata-store.ts'
import { decodeCheckedText, encodeCheckedText } from './checked-text.ts'
import {
  isNoSpace,
  makeDurableDirectory,
  readSmallFile,
  replaceFile,
  TEMPORARY_SUFFIX,
} from './file-access.ts'
import { SerialQueue } from './serial-queue.ts'
import type { StorageContext } from './storage-context.ts'

/** A value, its version and the checksum. */
const FILE_BYTES_MAX = LIMITS.metadataValueBytesMax + 100
const SUFFIX = '.json'
const FORM = /^(\d{1,16})\n([^]*)\n$/

type Access = Pick<StorageContext, 'fileSystem' | 'files' | 'reserve'>
type Stored = MetadataValue | 'damaged' | undefined

export class FileMetadataStore implements MetadataStore {
  private readonly access: Access
  private readonly path: string
  private readonly checkOpen: () => void
  /** One change at a time, so that a version is compared with what is really replaced. */
  private readonly changes = new SerialQueue()

  /**
   * @param path an existing folder.
   * @param checkOpen throws when the engine was closed.
   */
  constructor(access: Access, path: string, checkOpen: () => void) {
    this.access = access
    this.path = path
    this.checkOpen = checkOpen
  }

  async get(key: string): Promise<MetadataValue | undefined> {
    this.check(key)
    const stored = await this.read(key)
    if (stored === 'damaged') throw damaged(key)
    return stored
  }

  async compareAndSet(
    key: string,
    expectedVersion: number,
    value: string,
    options: { readonly overDamaged?: boolean } = {},
  ): Promise<number | undefined> {
    this.check(key)
    checkMetadataValue(value)
    return await this.changes.do(async () => {
      const stored = await this.read(key)
      if (stored === 'damaged' && options.overDamaged !== true) throw damaged(key)
      const current = stored === 'damaged' ? 0 : (stored?.version ?? 0)
      if (current !== expectedVersion) return undefined
      const version = current + 1
      const { directory, name } = this.place(key)
      await this.orFail(makeDurableDirectory(this.access.fileSystem, directory))
      const bytes = encodeCheckedText('metadata', 1, `${version}\n${value}\n`)
      const { fileSystem, files } = this.access
      const replace = (): Promise<void> => replaceFile(fileSystem, files, directory, name, bytes)
      await this.orFail(this.withReserve(replace))
      return version
    })
  }

  async delete(key: string, expectedVersion: number): Promise<boolean> {
    this.check(key)
    return await this.changes.do(async () => {
      const stored = await this.read(key)
      if (stored === 'damaged') throw damaged(key)
      if (stored === undefined || stored.version !== expectedVersion) return false
      const { directory, name } = this.place(key)
      await this.orFail(this.access.fileSystem.removeFile(`${directory}/${name}`))
      await this.orFail(this.access.fileSystem.syncDirectory(directory), 'changed')
      return true
    })
  }

  async list(prefix: string): Promise<MetadataEntry[]> {
    this.checkOpen()
    const entries: MetadataEntry[] = []
    for (const key of await this.keys(this.path, '')) {
      if (!key.startsWith(prefix)) continue
      const stored = await this.read(key)
      if (stored === 'damaged') entries.push({ key, damaged: true })
      else if (stored !== undefined) entries.push({ key, damaged: false, ...stored })
    }
    return entries.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  private check(key: string): void {
    this.checkOpen()
    checkMetadataKey(key)
  }

  private async keys(directory: string, before: string): Promise<string[]> {
    const keys: string[] = []
    for (const { name, kind } of await this.access.fileSystem.list(directory)) {
      if (kind === 'directory') {
        keys.push(...(await this.keys(`${directory}/${name}`, `${before}${name}/`)))
      } else if (name.endsWith(SUFFIX)) {
        const key = before + name.slice(0, -SUFFIX.length)
        if (isMetadataKey(key)) keys.push(key)
      }
    }
    return keys
  }

  private async read(key: string): Promise<Stored> {
    const { directory, name } = this.place(key)
    const path = `${directory}/${name}`
    let bytes: Buffer | undefined
    try {
      bytes = await readSmallFile(this.access.files, path, FILE_BYTES_MAX)
    } catch (error) {
      if (isSystemError(error, 'EFBIG')) return 'damaged'
      throw new VarveError('STORAGE_FAILED', `the metadata of ${key} could not be read`, {
        cause: error,
      })
    }
    if (bytes === undefined) {
      // Something that is no file in the place of a value is not the absence of the value.
      return (await this.access.fileSystem.status(path)) === undefined ? undefined : 'damaged'
    }
    const text = decodeCheckedText(bytes, 'metadata', 1)
    const match = text.kind === 'good' ? FORM.exec(text.body) : null
    const version = Number(match?.[1])
    if (match === null || !Number.isSafeInteger(version)) return 'damaged'
    return { value: match[2] ?? '', version }
  }

  /** Once more with the space that is kept for it. */
  private async withReserve(change: () => Promise<void>): Promise<void> {
    try {
      await change()
    } catch (error) {
      if (!isNoSpace(error) || !(await this.access.reserve.give(error))) throw error
      await change()
    }
  }

  private place(key: string): { directory: string; name: string } {
    const parts = key.split('/')
    const name = `${parts.pop() ?? ''}${SUFFIX}`
    return { directory: [this.path, ...parts].join('/'), name }
  }

  /** @param after `changed` when the value is replaced already: then no failure may claim that nothing happened. */
  private async orFail<T>(action: Promise<T>, after?: 'changed'): Promise<T> {
    try {
      return await action
    } catch (error) {
      if (after === undefined && isNoSpace(error)) {
        throw new VarveError('DISK_FULL', 'there is no space left for metadata', { cause: error })
      }
      throw new VarveError('STORAGE_FAILED', 'metadata could not be written', { cause: error })
    }
  }
}

/** Removes what interrupted changes left. */
export async function tidyMetadata(access: Access, directory: string): Promise<void> {
  for (const { name, kind } of await access.fileSystem.list(directory)) {
    const path = `${directory}/${name}`
    if (kind === 'directory') await tidyMetadata(access, path)
    else if (name.endsWith(TEMPORARY_SUFFIX)) await access.fileSystem.removeFile(path)
  }
}

function isMetadataKey(key: string): boolean {
  try {
    checkMetadataKey(key)
    return true
  } catch {
    return false
  }
}

function damaged(key: string): VarveError {
  return new VarveError('CORRUPT_LOG', `the metadata of ${key} is damaged`)
}
