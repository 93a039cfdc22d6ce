// Look-ups in the indexes of a segment of 1 MiB each, in files as a broker has them: offset to position, and time to offset. With all
// blocks in the cache, and with none.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { IndexCache } from '../../../src/storage/file/index-cache.ts'
import { encodeOffsetEntries, encodeTimeEntries } from '../../../src/storage/file/index-entries.ts'
import { floorOffsetEntry, lastTimeEntryBelow } from '../../../src/storage/file/index-lookup.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../../../src/storage/roll-rule.ts'
import type { MicroGroup } from '../case.ts'

const INDEX_BYTES = 1024 * 1024
const BASE_OFFSET = 5_000_000_000
const BEGIN_MS = 1_760_000_000_000
const RECORDS_PER_ENTRY = 40
const MS_PER_ENTRY = 7
const POSITIONS_PER_ENTRY = 4_100
const LOOKUPS = 16
const CACHE_BYTES = 64 * 1024 * 1024

export async function indexCases(): Promise<MicroGroup> {
  const directory = await mkdtemp(join(tmpdir(), 'varve-bench-index-'))
  const fileSystem = new NodeFileSystem()
  const offsetCount = Math.floor(INDEX_BYTES / OFFSET_INDEX_ENTRY_BYTES)
  const timeCount = Math.floor(INDEX_BYTES / TIME_INDEX_ENTRY_BYTES)
  const offsets = await indexFile(
    'index',
    encodeOffsetEntries(
      Array.from({ length: offsetCount }, (_, index) => ({
        offset: offsetOf(index),
        position: index * POSITIONS_PER_ENTRY,
      })),
      BASE_OFFSET,
    ),
  )
  const times = await indexFile(
    'timeindex',
    encodeTimeEntries(
      Array.from({ length: timeCount }, (_, index) => ({
        timestampMs: BEGIN_MS + index * MS_PER_ENTRY,
        offset: offsetOf(index),
      })),
      BASE_OFFSET,
    ),
  )
  const random = new SeededRandom('look-ups')
  const wanted = Array.from({ length: LOOKUPS }, () => random.integer(timeCount))
  const kept = new IndexCache(CACHE_BYTES)
  const none = new IndexCache(0)

  async function indexFile(name: string, bytes: Buffer) {
    const path = join(directory, name)
    await writeFile(path, bytes)
    const file = await fileSystem.open(path, 'read')
    return { file, path, baseOffset: BASE_OFFSET, bytes: bytes.length }
  }
  const findOffsets = (cache: IndexCache) => async (): Promise<number> => {
    let positions = 0
    for (const index of wanted) {
      const entry = await floorOffsetEntry(cache, offsets, offsetOf(index) + 3)
      if (entry?.position !== index * POSITIONS_PER_ENTRY) throw new Error('a wrong position')
      positions += entry.position
    }
    return positions
  }
  const findTimes = (cache: IndexCache) => async (): Promise<number> => {
    let sum = 0
    for (const index of wanted) {
      const entry = await lastTimeEntryBelow(cache, times, BEGIN_MS + index * MS_PER_ENTRY + 1)
      if (entry?.offset !== offsetOf(index)) throw new Error('a wrong offset')
      sum += entry.offset
    }
    return sum
  }
  const perLookup = { ceiling: 'loop', units: LOOKUPS } as const
  const perRead = { ceiling: 'read', units: LOOKUPS } as const
  return {
    cases: [
      { name: 'offset to position, cached', ...perLookup, run: findOffsets(kept) },
      { name: 'time to offset, cached', ...perLookup, run: findTimes(kept) },
      { name: 'offset to position, read', ...perRead, run: findOffsets(none) },
      { name: 'time to offset, read', ...perRead, run: findTimes(none) },
    ],
    close: async () => {
      await offsets.file.close()
      await times.file.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function offsetOf(index: number): number {
  return BASE_OFFSET + index * RECORDS_PER_ENTRY
}
