// A partition on a simulated disk whose files a test damages between two starts.
import type { TopicSettingTexts } from '../../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { PartitionLog, PartitionStatistics } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import {
  type SegmentFileKind,
  segmentFileName,
} from '../../../src/storage/file/segment-file-name.ts'
import { batchOf, identityOf, readBatches, settingsOf } from '../../support/batches.ts'

export const IDENTITY = identityOf(1)
const FOLDER = `/data/topics/${IDENTITY.topicId}/0`

export class StoredFiles {
  disk = new SimFileSystem()
  readonly clock = new VirtualClock()
  readonly settings
  /** The batches as they were stored. */
  batches: Buffer[] = []
  private engine: FileStorageEngine | undefined

  constructor(texts: TopicSettingTexts = {}) {
    this.settings = settingsOf({ 'segment.bytes': '2048', 'index.interval.bytes': '300', ...texts })
  }

  /** A partition with this many batches of two records, synced. */
  static async with(count: number, texts: TopicSettingTexts = {}): Promise<StoredFiles> {
    const files = new StoredFiles(texts)
    const log = await files.start(true)
    for (let index = 0; index < count; index++) {
      await log.append({ batch: files.batch(index), durability: 'synced' })
    }
    files.batches = await readBatches(log)
    return files
  }

  batch(index: number): Buffer {
    const timestampMs = this.clock.wallMs() + index
    return batchOf({ values: [`${index} first`.padEnd(40, '.'), `${index} second`], timestampMs })
  }

  async open(): Promise<FileStorageEngine> {
    this.engine = await FileStorageEngine.open({
      fileSystem: this.disk,
      clock: this.clock,
      random: new SeededRandom('files'),
      log: SILENT_LOG,
      directory: '/data',
    })
    return this.engine
  }

  async start(isNew = false): Promise<PartitionLog> {
    const engine = await this.open()
    return isNew
      ? await engine.createPartition(IDENTITY, this.settings)
      : await engine.openPartition(IDENTITY, this.settings)
  }

  /** Opens the partition in the engine that runs. */
  async reopen(): Promise<{ log: PartitionLog; found: PartitionStatistics }> {
    const log = await this.running.openPartition(IDENTITY, this.settings)
    return { log, found: log.statistics() }
  }

  /** Deletes the partition, in the engine that runs. */
  async removePartition(): Promise<void> {
    await this.running.deletePartition(IDENTITY)
  }

  /** Deletes the partition and makes it again, in the engine that runs. */
  async makeAnew(): Promise<PartitionLog> {
    await this.removePartition()
    return await this.running.createPartition(IDENTITY, this.settings)
  }

  async stop(): Promise<void> {
    await this.engine?.close()
  }

  /** Ends the process; what was written stays. */
  kill(): void {
    this.disk = this.disk.afterKill()
  }

  /** Starts after a kill or a stop and tells what was found. */
  async restart(): Promise<{ log: PartitionLog; found: PartitionStatistics }> {
    const log = await this.start()
    return { log, found: log.statistics() }
  }

  async restartCleanly(): Promise<{ log: PartitionLog; found: PartitionStatistics }> {
    await this.stop()
    return await this.restart()
  }

  path(name: string): string {
    return `${FOLDER}/${name}`
  }

  segment(baseOffset: number, kind: SegmentFileKind = 'log'): string {
    return this.path(segmentFileName(baseOffset, kind))
  }

  /** Base offsets of the logs that are there. */
  get segments(): number[] {
    return this.names
      .filter((name) => name.endsWith('.log'))
      .map((name) => Number(name.slice(0, 20)))
  }

  get names(): string[] {
    return this.disk
      .files()
      .filter((path) => path.startsWith(`${FOLDER}/`))
      .map((path) => path.slice(FOLDER.length + 1))
  }

  change(path: string, edit: (bytes: Buffer) => Uint8Array): void {
    this.disk.putFile(path, edit(this.disk.contents(path)))
  }

  append(path: string, bytes: Uint8Array): void {
    this.change(path, (old) => Buffer.concat([old, bytes]))
  }

  async remove(path: string): Promise<void> {
    await this.disk.removeFile(path)
    await this.disk.syncDirectory(path.slice(0, path.lastIndexOf('/')))
  }

  private get running(): FileStorageEngine {
    if (this.engine === undefined) throw new Error('no engine runs')
    return this.engine
  }
}
