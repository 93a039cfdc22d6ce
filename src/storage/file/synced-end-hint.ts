// Keeps the hint how far a partition was synced (synced-end.ts) beside its log. Invariants: it exists, with a whole slot, before the first
// byte that it could speak of; it is never ahead of the log; nothing fails because of it once it is there.
import type { RecoveryPoint } from './checkpoint.ts'
import { writeNewFile } from './file-access.ts'
import { type PartitionDirectory, SYNCED_END_FILE } from './partition-directory.ts'
import { readSyncedEndHint } from './partition-files.ts'
import type { StorageContext } from './storage-context.ts'
import { initialSyncedEnd, writeSyncedEnd } from './synced-end.ts'

/** How far the hint may be behind while there is more to write. */
const INTERVAL_BYTES = 1024 * 1024

export class SyncedEndHint {
  /** It is known to be there, durably. */
  isThere = false
  private readonly context: StorageContext
  private readonly directory: PartitionDirectory
  /** What it says, or will say. */
  private marked: RecoveryPoint
  private turn = 0
  private marking: Promise<void> | undefined

  /** @param end how far the partition is synced now. */
  constructor(context: StorageContext, directory: PartitionDirectory, end: RecoveryPoint) {
    this.context = context
    this.directory = directory
    this.marked = end
  }

  /** Whether there is no whole one, so that it has to be made. */
  async isMissing(): Promise<boolean> {
    if (this.isThere) return false
    return (await readSyncedEndHint(this.context.files, this.directory)) === undefined
  }

  /** Makes it, durable once the folder is synced. */
  async make(end: RecoveryPoint): Promise<void> {
    const { fileSystem, files } = this.context
    const path = this.directory.file(SYNCED_END_FILE)
    await writeNewFile(fileSystem, files, path, initialSyncedEnd(end))
  }

  /** Renews it, beside everything else, when it is far behind, or behind at all and there is nothing else to do. Never fails. */
  renew(synced: RecoveryPoint, isIdle: boolean): void {
    const { marked } = this
    if (this.marking !== undefined || synced.offset === marked.offset || !this.isThere) return
    const isFar =
      synced.segment !== marked.segment || synced.position - marked.position >= INTERVAL_BYTES
    if (!isIdle && !isFar) return
    this.marked = synced
    this.marking = this.mark(synced).finally(() => {
      this.marking = undefined
    })
  }

  /** Resolves when it is not being written. */
  async renewed(): Promise<void> {
    await this.marking
  }

  private async mark(end: RecoveryPoint): Promise<void> {
    const { files, log } = this.context
    const turn = this.turn++
    try {
      await files.use(this.directory.file(SYNCED_END_FILE), 'write', (file) =>
        writeSyncedEnd(file, turn, end),
      )
    } catch (error) {
      log.warn('synced_end_not_renewed', { reason: String(error) })
    }
  }
}
