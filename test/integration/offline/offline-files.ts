// A topic with one partition on a simulated disk, as a broker leaves it, to be damaged, verified and repaired.
import { expect } from 'vitest'
import { isWrong } from '../../../src/cli/offline/finding.ts'
import {
  type OfflineStorage,
  openOfflineStorage,
} from '../../../src/cli/offline/offline-storage.ts'
import type { PartitionOutcome, RepairPlan } from '../../../src/cli/offline/repair.ts'
import { planRepairs, repairDataDirectory } from '../../../src/cli/offline/repair.ts'
import { type Verification, verifyDataDirectory } from '../../../src/cli/offline/verification.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import type { TopicSettingTexts } from '../../../src/domain/topic-settings.ts'
import type { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { readBatchHeader } from '../../../src/record/batch-header.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { encodeTopicRecord, topicKey } from '../../../src/storage/topic-record.ts'
import { at, readBatches } from '../../support/batches.ts'
import { IDENTITY, StoredFiles } from '../storage/stored-files.ts'

/** As StoredFiles, with the metadata of the topic. */
export async function storedTopic(
  count: number,
  how: 'closed' | 'killed',
  texts: TopicSettingTexts = {},
): Promise<StoredFiles> {
  const settings = { 'segment.bytes': '1024', 'index.interval.bytes': '300', ...texts }
  const files = new StoredFiles(settings)
  const engine = await files.open()
  const record = encodeTopicRecord(IDENTITY.topicId, {
    name: IDENTITY.topicName,
    partitions: 1,
    settings,
    createdMs: 1,
    state: 'active',
  })
  await engine.metadata.compareAndSet(topicKey(IDENTITY.topicId), 0, record)
  const log = await engine.createPartition(IDENTITY, files.settings)
  for (let index = 0; index < count; index++) {
    await log.append({ batch: files.batch(index), durability: 'synced' })
  }
  files.batches = await readBatches(log)
  await leave(files, how)
  return files
}

export async function leave(files: StoredFiles, how: 'closed' | 'killed'): Promise<void> {
  if (how === 'closed') await files.stop()
  else files.kill()
}

async function withStorage<T>(
  files: StoredFiles,
  action: (storage: OfflineStorage) => Promise<T>,
): Promise<T> {
  const storage = openOfflineStorage(files.disk, files.clock)
  try {
    return await action(storage)
  } finally {
    await storage.close()
  }
}

/** Verifies, and makes sure that nothing was written. */
export async function verify(files: StoredFiles, isDeep = true): Promise<Verification> {
  const before = snapshot(files.disk)
  const verification = await withStorage(files, (storage) =>
    verifyDataDirectory(storage, '/data', { isDeep }),
  )
  expect(snapshot(files.disk)).toEqual(before)
  return verification
}

/** All files with their contents. */
export function snapshot(disk: SimFileSystem): ReadonlyMap<string, string> {
  return new Map(disk.files().map((path) => [path, disk.contents(path).toString('base64')]))
}

/** Codes of what is wrong, without notes, each once. */
export function wrongCodes({ findings }: Verification): string[] {
  return [...new Set(findings.filter(isWrong).map(({ code }) => code))].sort()
}

/** Codes of what is only noted. */
export function noteCodes({ findings }: Verification): string[] {
  const notes = findings.filter((finding) => !isWrong(finding))
  return [...new Set(notes.map(({ code }) => code))].sort()
}

export interface Repaired {
  readonly plan: RepairPlan
  readonly outcomes: readonly PartitionOutcome[]
}

export async function repair(files: StoredFiles, acceptLoss: boolean): Promise<Repaired> {
  return await withStorage(files, async (storage) => {
    const verification = await verifyDataDirectory(storage, '/data', { isDeep: false })
    const plan = planRepairs(verification, { acceptLoss })
    return { plan, outcomes: await repairDataDirectory(storage, '/data', verification, plan) }
  })
}

/** The offsets that a repair gives up. */
export function lostOffsets({ plan }: Repaired): number[] {
  const offsets: number[] = []
  for (const { damage } of plan.partitions) {
    for (const { first, next } of damage?.lost ?? []) {
      for (let offset = first; offset < next; offset++) offsets.push(offset)
    }
  }
  return offsets
}

/** Reads each batch by each of its offsets. @returns the offsets that are refused or skipped; wrong bytes fail. */
export async function unreadable(files: StoredFiles, log: PartitionLog): Promise<number[]> {
  const bad: number[] = []
  const { start, end } = log.bounds()
  for (const original of files.batches) {
    const { baseOffset, lastOffset, totalBytes } = readBatchHeader(original)
    for (let offset = baseOffset; offset <= lastOffset; offset++) {
      if (offset < start || offset >= end) {
        bad.push(offset)
        continue
      }
      try {
        const read = await log.read({
          offset: at(offset),
          maxBytes: totalBytes,
          atLeastOneBatch: true,
        })
        const [batch] = read.bytes === 0 ? [] : [...eachBatch(Buffer.concat(read.chunks))]
        if (batch === undefined || readBatchHeader(batch).baseOffset > offset) {
          bad.push(offset)
          continue
        }
        expect(sameButEpoch(batch, original)).toBe(true)
      } catch (error) {
        if (!isVarveError(error, 'CORRUPT_LOG')) throw error
        bad.push(offset)
      }
    }
  }
  return bad
}

/** The epoch lies outside of the checksum: a flipped bit in it is no damage to a record. */
function sameButEpoch(one: Buffer, other: Buffer): boolean {
  return (
    one.subarray(0, 12).equals(other.subarray(0, 12)) && one.subarray(16).equals(other.subarray(16))
  )
}
