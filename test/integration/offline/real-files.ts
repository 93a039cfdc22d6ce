// A data directory on the disk of the machine, as a broker leaves it.

import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { encodeTopicRecord, topicKey } from '../../../src/storage/topic-record.ts'
import { BATCH_TIME_MS, identityOf, settingsOf } from '../../support/batches.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const SETTINGS = { 'segment.bytes': '2048', 'index.interval.bytes': '200' }
const IDENTITY = identityOf(1)

export interface RealFiles {
  /** The data directory. */
  readonly path: string
  /** The folder of its partition, and that relative to the data directory. */
  readonly folder: string
  readonly shownFolder: string
}

export function openEngine(directory: string): Promise<FileStorageEngine> {
  return FileStorageEngine.open({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    random: new SeededRandom('real files'),
    log: SILENT_LOG,
    directory,
  })
}

/** A topic `topic-1` with one partition of this many batches of two records, closed in order. */
export async function realFiles(batches: number): Promise<RealFiles> {
  const path = `${await temporaryDirectory()}/data`
  const engine = await openEngine(path)
  const record = encodeTopicRecord(IDENTITY.topicId, {
    name: IDENTITY.topicName,
    partitions: 1,
    settings: SETTINGS,
    createdMs: 1,
    state: 'active',
  })
  await engine.metadata.compareAndSet(topicKey(IDENTITY.topicId), 0, record)
  const log = await engine.createPartition(IDENTITY, settingsOf(SETTINGS))
  for (let index = 0; index < batches; index++) {
    const timestampMs = BATCH_TIME_MS + index
    const batch = encodeBatch(
      [
        {
          key: Buffer.from(`key ${index}`),
          value: Buffer.from(`${index} "quoted"\n`),
          timestampMs,
        },
        {
          key: null,
          value: Buffer.from([0xff, 0xfe, 0x00, index]),
          timestampMs,
          headers: [{ key: 'h', value: null }],
        },
      ],
      { codec: index % 2 === 0 ? 'none' : 'gzip' },
    )
    await log.append({ batch, durability: 'synced' })
  }
  await engine.close()
  const shownFolder = `topics/${IDENTITY.topicId}/0`
  return { path, folder: `${path}/${shownFolder}`, shownFolder }
}
