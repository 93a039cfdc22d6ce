// Runs reads, and looks into what they stumble over until they get through or it is known why not: damage is measured and noted,
// wrong indexes are made anew. Looking into it happens in the disk loop, where nothing else changes.
import { VarveError } from '../../domain/error.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import { isSystemError } from '../../platform/system-error.ts'
import type { DiskLoop } from './disk-loop.ts'
import { DamageFound, IndexWrong } from './log-trouble.ts'
import type { LogWriter } from './log-writer.ts'
import { noteDamage } from './note-damage.ts'
import { storageFailed } from './partition-errors.ts'
import type { PartitionHealth } from './partition-health.ts'
import type { PartitionState } from './partition-state.ts'
import type { StorageContext } from './storage-context.ts'

/** Each attempt learns of one damaged stretch or mends one index. */
const ATTEMPTS_MAX = 32

export interface ReadCareParts {
  readonly context: StorageContext
  readonly state: PartitionState
  readonly loop: DiskLoop
  readonly writer: LogWriter
  readonly health: PartitionHealth
  readonly settings: () => TopicSettings
  /** @throws VarveError when the partition was closed. */
  readonly checkOpen: () => void
}

export class ReadCare {
  private readonly parts: ReadCareParts

  constructor(parts: ReadCareParts) {
    this.parts = parts
  }

  /** @throws VarveError what the read throws · STORAGE_FAILED when the disk does not give the bytes · NOT_READY */
  async attempt<T>(read: () => Promise<T>): Promise<T> {
    const { loop } = this.parts
    for (let attempts = 0; ; attempts++) {
      try {
        return await read()
      } catch (error) {
        if (error instanceof VarveError) throw error
        this.parts.checkOpen()
        if (attempts >= ATTEMPTS_MAX) throw storageFailed(error)
        if (error instanceof DamageFound) await loop.do(() => this.lookInto(error))
        else if (error instanceof IndexWrong) await loop.do(() => this.mendIndex(error))
        else if (isSystemError(error, 'ENOENT')) await loop.do(() => this.findMissing())
        else if (error instanceof RangeError || error instanceof TypeError) throw error
        else throw storageFailed(error)
      }
    }
  }

  private async lookInto(found: DamageFound): Promise<void> {
    const { context, state, writer, health } = this.parts
    const sentence = await noteDamage(context, state, found)
    if (sentence === undefined) return
    health.damageFound(sentence)
    try {
      await writer.recordDamage()
    } catch (error) {
      health.backgroundFailed(error)
    }
  }

  /** A file is gone: its segment was removed in the meantime, or it was taken away. */
  private async findMissing(): Promise<void> {
    const { context, state } = this.parts
    for (const segment of [...state.segments]) {
      const path = state.directory.segmentFile(segment.baseOffset, 'log')
      if ((await context.fileSystem.status(path)) !== undefined) continue
      await this.lookInto(new DamageFound(segment, 0, segment.baseOffset, 'its file is gone'))
    }
  }

  private async mendIndex({ segment, message }: IndexWrong): Promise<void> {
    const { state, writer, health, settings } = this.parts
    if (!state.segments.includes(segment)) return
    try {
      await writer.rebuildIndexes(segment, settings())
      health.indexRebuilt(segment.baseOffset, message)
    } catch (error) {
      segment.isIndexLost = true
      health.indexLost(segment.baseOffset, error)
    }
  }
}
