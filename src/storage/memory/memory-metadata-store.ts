// Metadata in memory: versioned values by key, gone with the process.
import { VarveError } from '../../domain/error.ts'
import {
  checkMetadataKey,
  checkMetadataValue,
  type MetadataEntry,
  type MetadataStore,
  type MetadataValue,
} from '../metadata-store.ts'

export class MemoryMetadataStore implements MetadataStore {
  private readonly values = new Map<string, MetadataValue>()
  private isClosed = false

  async get(key: string): Promise<MetadataValue | undefined> {
    this.check(key)
    return this.values.get(key)
  }

  async compareAndSet(
    key: string,
    expectedVersion: number,
    value: string,
  ): Promise<number | undefined> {
    this.check(key)
    checkMetadataValue(value)
    const version = this.values.get(key)?.version ?? 0
    if (version !== expectedVersion) return undefined
    this.values.set(key, { value, version: version + 1 })
    return version + 1
  }

  async delete(key: string, expectedVersion: number): Promise<boolean> {
    this.check(key)
    if (this.values.get(key)?.version !== expectedVersion) return false
    return this.values.delete(key)
  }

  async list(prefix: string): Promise<MetadataEntry[]> {
    this.checkOpen()
    const keys = [...this.values.keys()].filter((key) => key.startsWith(prefix)).sort()
    const entries: MetadataEntry[] = []
    for (const key of keys) {
      const value = this.values.get(key)
      if (value !== undefined) entries.push({ key, damaged: false, ...value })
    }
    return entries
  }

  /** Every later call is refused with NOT_READY. */
  close(): void {
    this.isClosed = true
    this.values.clear()
  }

  private check(key: string): void {
    this.checkOpen()
    checkMetadataKey(key)
  }

  private checkOpen(): void {
    if (this.isClosed) throw new VarveError('NOT_READY', 'the storage engine is closed')
  }
}
