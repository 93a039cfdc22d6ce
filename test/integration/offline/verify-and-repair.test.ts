// What verify finds in damaged data directories, and what a repair makes of them: rows 101 to 107 of the catalogue of bad inputs and
// more, each after a clean stop and after the end of the process.
import { describe, expect, it } from 'vitest'
import { setBatchBaseOffset, setBatchLeaderEpoch } from '../../../src/record/batch-header.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { segmentFileName } from '../../../src/storage/file/segment-file-name.ts'
import { topicKey } from '../../../src/storage/topic-record.ts'
import { IDENTITY, type StoredFiles } from '../storage/stored-files.ts'
import {
  leave,
  lostOffsets,
  noteCodes,
  repair,
  snapshot,
  storedTopic,
  unreadable,
  verify,
  wrongCodes,
} from './offline-files.ts'

const BATCHES = 60
/** The offset after the last; every batch has two records. */
const END = BATCHES * 2
/** Offsets in a segment, but for the last. */
const PER_SEGMENT = 16

interface Case {
  readonly name: string
  readonly damage: (files: StoredFiles) => unknown
  /** Codes of warnings and errors. */
  readonly wrong: readonly string[] | ((how: 'closed' | 'killed') => readonly string[])
  /** How many offsets cannot be read and are given up; none without it. */
  readonly lost?: (files: StoredFiles) => number[]
  /** Not for after the end of the process. */
  readonly only?: 'closed' | 'killed'
  /** What stays wrong after a repair. */
  readonly stays?: readonly string[]
}

/** Turns one bit over. */
function flip(files: StoredFiles, path: string, position: number, bit = 1): void {
  files.change(path, (bytes) => {
    bytes[position] = (bytes[position] ?? 0) ^ bit
    return bytes
  })
}

function middle(files: StoredFiles): number {
  return files.segments[3] ?? 0
}

function last(files: StoredFiles): number {
  return files.segments.at(-1) ?? 0
}

/** The next batch as it would have been stored. */
function nextBatch(files: StoredFiles): Buffer {
  const batch = files.batch(77)
  setBatchBaseOffset(batch, 0, END)
  return batch
}

function bytesOfBatch(files: StoredFiles): number {
  return files.batches[30]?.length ?? 0
}

function range(first: number, next: number): number[] {
  return Array.from({ length: next - first }, (_, index) => first + index)
}

function tornTail(how: 'closed' | 'killed'): readonly string[] {
  return how === 'closed' ? ['TORN_TAIL_AFTER_STOP'] : []
}

const CASES: readonly Case[] = [
  {
    name: 'part of a header behind the end',
    damage: (files) => {
      files.append(files.segment(last(files)), nextBatch(files).subarray(0, 60))
    },
    wrong: tornTail,
  },
  {
    name: 'zeros behind the end',
    damage: (files) => {
      files.append(files.segment(last(files)), Buffer.alloc(5000))
    },
    wrong: tornTail,
  },
  {
    name: 'a batch with a wrong checksum behind the end',
    damage: (files) => {
      const batch = nextBatch(files)
      batch[80] = (batch[80] ?? 0) ^ 1
      files.append(files.segment(last(files)), batch)
    },
    wrong: tornTail,
  },
  {
    name: 'a flipped bit in the middle of a segment',
    damage: (files) => {
      flip(files, files.segment(middle(files)), bytesOfBatch(files) + 80)
    },
    wrong: ['DAMAGED'],
    lost: (files) => range(middle(files) + 2, middle(files) + 4),
  },
  {
    name: 'a flipped bit in the first batch of all',
    damage: (files) => {
      flip(files, files.segment(0), 80)
    },
    wrong: ['DAMAGED'],
    lost: () => [0, 1],
  },
  {
    name: 'a flipped bit in the last batch of a segment in the middle',
    damage: (files) => {
      const path = files.segment(middle(files))
      flip(files, path, files.disk.contents(path).length - 3)
    },
    wrong: ['DAMAGED'],
    lost: (files) => range((files.segments[4] ?? 0) - 2, files.segments[4] ?? 0),
  },
  {
    name: 'a flipped bit in the last batch, which had been synced',
    damage: (files) => {
      const path = files.segment(last(files))
      flip(files, path, files.disk.contents(path).length - 3)
    },
    // After the end of the process the hint how far the log was synced may be one group behind.
    only: 'closed',
    wrong: ['DAMAGED'],
    lost: () => [END - 2, END - 1],
  },
  {
    name: 'several bad stretches in one segment',
    damage: (files) => {
      const path = files.segment(middle(files))
      for (const number of [1, 4, 5]) flip(files, path, bytesOfBatch(files) * number + 80)
    },
    wrong: ['DAMAGED'],
    lost: (files) => {
      const base = middle(files)
      return [...range(base + 2, base + 4), ...range(base + 8, base + 12)]
    },
  },
  {
    name: 'zeros over the beginning of a segment',
    damage: (files) => {
      files.change(files.segment(middle(files)), (bytes) => bytes.fill(0, 0, 200))
    },
    wrong: ['DAMAGED'],
    lost: (files) => range(middle(files), middle(files) + 4),
  },
  {
    name: 'a segment full of zeros',
    damage: (files) => {
      files.change(files.segment(middle(files)), (bytes) => bytes.fill(0))
    },
    wrong: ['DAMAGED'],
    lost: (files) => range(middle(files), files.segments[4] ?? 0),
  },
  {
    name: 'garbage between two batches',
    damage: (files) => {
      const at = bytesOfBatch(files)
      files.change(files.segment(middle(files)), (bytes) =>
        Buffer.concat([bytes.subarray(0, at), Buffer.alloc(77, 5), bytes.subarray(at)]),
      )
    },
    wrong: ['CHECKPOINT_MISMATCH', 'INDEX_DAMAGED', 'STRAY_BYTES'],
  },
  {
    name: 'a batch twice',
    damage: (files) => {
      const at = bytesOfBatch(files)
      files.change(files.segment(middle(files)), (bytes) =>
        Buffer.concat([bytes.subarray(0, at), bytes.subarray(0, at), bytes.subarray(at)]),
      )
    },
    wrong: ['CHECKPOINT_MISMATCH', 'INDEX_DAMAGED', 'STRAY_BYTES'],
  },
  {
    name: 'a missing first segment',
    damage: (files) => files.remove(files.segment(0)),
    wrong: ['CHECKPOINT_MISMATCH', 'MISSING'],
    lost: (files) => range(0, files.segments[0] ?? 0),
  },
  {
    name: 'a missing segment in the middle',
    damage: (files) => files.remove(files.segment(middle(files))),
    wrong: ['CHECKPOINT_MISMATCH', 'MISSING'],
    lost: (files) => range(middle(files) - PER_SEGMENT, middle(files)),
  },
  {
    name: 'a missing last segment',
    damage: async (files) => {
      await files.remove(files.segment(last(files)))
    },
    only: 'closed',
    wrong: ['CHECKPOINT_MISMATCH', 'MISSING'],
    lost: (files) => range(last(files) + PER_SEGMENT, END),
  },
  {
    name: 'a segment without its bytes',
    damage: (files) => {
      files.change(files.segment(middle(files)), () => Buffer.alloc(0))
    },
    wrong: ['CHECKPOINT_MISMATCH', 'INDEX_DAMAGED', 'MISSING'],
    lost: (files) => range(middle(files), files.segments[4] ?? 0),
  },
  {
    name: 'a log cut short below what had been synced',
    damage: (files) => {
      files.change(files.segment(last(files)), (bytes) => bytes.subarray(0, bytesOfBatch(files)))
    },
    only: 'closed',
    wrong: ['CHECKPOINT_MISMATCH', 'MISSING'],
    lost: (files) => range(last(files) + 2, END),
  },
  {
    name: 'no logs at all',
    damage: async (files) => {
      for (const base of files.segments) {
        for (const kind of ['log', 'index', 'timeindex'] as const) {
          await files.remove(files.segment(base, kind))
        }
      }
    },
    only: 'closed',
    wrong: ['CHECKPOINT_MISMATCH', 'EPOCHS_DAMAGED', 'MISSING'].filter(
      (code) => code !== 'EPOCHS_DAMAGED',
    ),
    lost: () => range(0, END),
  },
  {
    name: 'a segment that reaches into the next one',
    damage: (files) => {
      const next = files.disk.contents(files.segment(files.segments[4] ?? 0))
      files.append(files.segment(middle(files)), next.subarray(0, bytesOfBatch(files) * 2))
    },
    wrong: ['CHECKPOINT_MISMATCH', 'STRAY_BYTES'],
  },
  {
    name: 'an index of an odd size',
    damage: (files) => {
      files.append(files.segment(middle(files), 'index'), Buffer.from([1, 2, 3]))
    },
    wrong: ['INDEX_DAMAGED'],
  },
  {
    name: 'random bytes for an index',
    damage: (files) => {
      files.change(files.segment(middle(files), 'index'), (bytes) => bytes.fill(0xa7))
      files.change(files.segment(middle(files), 'timeindex'), (bytes) => bytes.fill(0x37))
    },
    wrong: ['INDEX_DAMAGED'],
  },
  {
    name: 'an index that points beyond the log',
    damage: (files) => {
      files.append(files.segment(middle(files), 'index'), Buffer.from([0, 0, 0, 99, 0, 9, 0, 0]))
    },
    wrong: ['INDEX_DAMAGED'],
  },
  {
    name: 'an index that does not rise',
    damage: (files) => {
      files.change(files.segment(middle(files), 'index'), (bytes) =>
        Buffer.concat([bytes.subarray(8), bytes.subarray(0, 8)]),
      )
    },
    wrong: ['INDEX_DAMAGED'],
  },
  {
    name: 'the index of another segment',
    damage: (files) => {
      const other = files.disk.contents(files.segment(files.segments[4] ?? 0, 'timeindex'))
      files.change(files.segment(middle(files), 'timeindex'), () => other)
    },
    wrong: ['INDEX_DAMAGED'],
  },
  {
    name: 'an index that is missing',
    damage: (files) => files.remove(files.segment(middle(files), 'index')),
    wrong: ['INDEX_MISSING'],
  },
  {
    name: 'a time index that was cut short',
    damage: (files) => {
      files.change(files.segment(middle(files), 'timeindex'), (bytes) => bytes.subarray(0, 12))
    },
    wrong: ['INDEX_DAMAGED'],
  },
  {
    name: 'an empty checkpoint',
    damage: (files) => {
      files.change(files.path('checkpoint'), () => Buffer.alloc(0))
    },
    wrong: ['CHECKPOINT_DAMAGED'],
  },
  {
    name: 'a checkpoint with a flipped bit',
    damage: (files) => {
      flip(files, files.path('checkpoint'), 30)
    },
    wrong: ['CHECKPOINT_DAMAGED'],
  },
  {
    name: 'a checkpoint full of NUL',
    damage: (files) => {
      files.change(files.path('checkpoint'), (bytes) => bytes.fill(0))
    },
    wrong: ['CHECKPOINT_DAMAGED'],
  },
  {
    name: 'no checkpoint',
    damage: (files) => files.remove(files.path('checkpoint')),
    wrong: ['CHECKPOINT_MISSING'],
  },
  {
    name: 'a history of epochs that is cut off',
    damage: (files) => {
      files.change(files.path('leader-epoch-checkpoint'), (bytes) => bytes.subarray(0, 3))
    },
    wrong: ['EPOCHS_DAMAGED'],
  },
  {
    name: 'no history of epochs',
    damage: (files) => files.remove(files.path('leader-epoch-checkpoint')),
    wrong: ['EPOCHS_DAMAGED'],
  },
  {
    name: 'a history of epochs that says something else',
    damage: (files) => {
      files.change(files.path('leader-epoch-checkpoint'), (bytes) =>
        Buffer.from(bytes.toString().replace(/ 0\n$/, ' 30\n')),
      )
    },
    wrong: ['EPOCHS_MISMATCH'],
  },
  {
    name: 'a flipped bit in the epoch of a batch',
    damage: (files) => {
      flip(files, files.segment(middle(files)), bytesOfBatch(files) + 13)
    },
    wrong: ['EPOCHS_MISMATCH'],
  },
  {
    name: 'a missing synced-end',
    damage: (files) => files.remove(files.path('synced-end')),
    wrong: ['SYNCED_END_MISSING'],
  },
  {
    name: 'a damaged partition.metadata',
    damage: (files) => {
      flip(files, files.path('partition.metadata'), 25)
    },
    wrong: ['PARTITION_METADATA_DAMAGED'],
  },
  {
    name: 'a fence',
    damage: (files) => {
      files.disk.putFile(files.path('fenced'), Buffer.alloc(0))
    },
    wrong: ['FENCED'],
  },
  {
    name: 'a device named like a segment',
    damage: (files) => {
      files.disk.putOther(files.path(segmentFileName(END + 50, 'log')))
    },
    wrong: ['IRREGULAR_FILE'],
  },
  {
    name: 'a folder named like an index',
    damage: (files) => files.disk.makeDirectory(files.path(segmentFileName(END + 50, 'index'))),
    wrong: ['IRREGULAR_FILE'],
  },
  {
    name: 'the end of a log that a start was writing anew',
    damage: (files) => {
      const base = files.segments.at(-1) ?? 0
      const position = files.disk.contents(files.segment(base)).length
      const name = `${String(base).padStart(20, '0')}.${position}.tail`
      files.disk.putFile(files.path(name), Buffer.alloc(0))
    },
    wrong: ['TAIL_UNFINISHED'],
  },
  {
    name: 'a damaged format file',
    damage: (files) => {
      flip(files, '/data/format', 3)
    },
    wrong: ['FORMAT_DAMAGED'],
  },
  {
    name: 'a damaged epoch',
    damage: (files) => {
      flip(files, '/data/epoch', 3)
    },
    wrong: ['EPOCH_DAMAGED'],
  },
  {
    name: 'a damaged mark of a clean stop',
    only: 'closed',
    damage: (files) => {
      flip(files, '/data/clean-shutdown', 3)
    },
    wrong: ['CLEAN_MARK_DAMAGED'],
  },
  {
    name: 'damaged metadata of a topic',
    damage: (files) => {
      flip(files, `/data/metadata/${topicKey(IDENTITY.topicId)}.json`, 40)
    },
    wrong: ['TOPIC_METADATA_DAMAGED'],
    stays: ['TOPIC_METADATA_DAMAGED'],
  },
  {
    name: 'missing metadata of a topic',
    damage: (files) => files.remove(`/data/metadata/${topicKey(IDENTITY.topicId)}.json`),
    wrong: ['TOPIC_METADATA_MISSING'],
    stays: ['TOPIC_METADATA_MISSING'],
  },
]

describe.each(['closed', 'killed'] as const)('Of a data directory that was %s', (how) => {
  it('verify finds nothing wrong when nothing is', async () => {
    const files = await storedTopic(BATCHES, how)
    const verification = await verify(files)
    expect(verification.findings).toEqual([])
    expect(verification.partitions).toMatchObject([
      { topic: IDENTITY.topicName, partition: 0, state: 'good', startOffset: 0, endOffset: END },
    ])
    expect(verification.totals).toMatchObject({
      topics: 1,
      partitions: 1,
      batches: BATCHES,
      records: END,
    })
    expect(verification.wasClean).toBe(how === 'closed')
  })

  const cases = CASES.filter(({ only }) => only === undefined || only === how)
  it.each(cases)('verify finds $name, and a repair mends it', async (testCase) => {
    const { damage, wrong, stays = [] } = testCase
    const files = await storedTopic(BATCHES, how)
    const all = new Set(files.segments)
    await damage(files)
    const expected = typeof wrong === 'function' ? wrong(how) : wrong
    const lost = testCase.lost?.(files) ?? []

    const found = await verify(files)
    expect(wrongCodes(found)).toEqual([...expected].sort())
    for (const { advice, message, file } of found.findings) {
      expect(advice.length * message.length).toBeGreaterThan(0)
      expect(file?.startsWith('/')).not.toBe(true)
    }

    if (lost.length > 0) {
      // Without consent nothing is given up, and no log is touched.
      const logs = new Map(
        [...all]
          .filter((base) => files.segments.includes(base))
          .map((base) => [base, files.disk.contents(files.segment(base))]),
      )
      const refused = await repair(files, false)
      expect(lostOffsets(refused)).toEqual([])
      expect(refused.plan.partitions.flatMap((partition) => partition.refused)).not.toEqual([])
      for (const [base, bytes] of logs)
        expect(files.disk.contents(files.segment(base))).toEqual(bytes)
    }
    const repaired = await repair(files, true)
    expect(repaired.outcomes.map(({ failure }) => failure)).toEqual(
      repaired.outcomes.map(() => undefined),
    )
    expect(lostOffsets(repaired)).toEqual(lost)

    const after = await verify(files)
    expect(wrongCodes(after)).toEqual(stays)
    expect(after.partitions[0]).toMatchObject({ endOffset: END })

    const { log, found: statistics } = await files.restart()
    expect(statistics.condition).toBe('healthy')
    expect(log.bounds()).toMatchObject({ end: END })
    expect(await unreadable(files, log)).toEqual(lost)
    const result = await log.append({ batch: files.batch(99), durability: 'synced' })
    expect(result.baseOffset).toBe(END)
    await leave(files, how)
    expect(wrongCodes(await verify(files))).toEqual(stays)
    const again = await files.restart()
    expect(again.found.condition).toBe('healthy')
    expect(await unreadable(files, again.log)).toEqual(lost)
  })

  it('damage is not told of an index that had no entry for what cannot be read any more', async () => {
    const files = await storedTopic(1, how, { 'index.interval.bytes': '50' })
    flip(files, files.segment(last(files)), 80)
    const verification = await verify(files)
    expect(wrongCodes(verification)).toEqual(['DAMAGED'])
    expect(noteCodes(verification)).not.toContain('INDEX_SHORT')
  })

  it('a repair keeps what it takes away, and writes down what it did', async () => {
    const files = await storedTopic(BATCHES, how)
    const base = middle(files)
    flip(files, files.segment(base), bytesOfBatch(files) + 80)
    const bad = files.disk
      .contents(files.segment(base))
      .subarray(bytesOfBatch(files), bytesOfBatch(files) * 2)
    await repair(files, true)
    const name = `${segmentFileName(base, 'log').slice(0, 20)}.${bytesOfBatch(files)}.damaged`
    expect(files.names, 'the files').toContain(`quarantine/${name}`)
    expect(files.disk.contents(files.path(`quarantine/${name}`))).toEqual(bad)
    const lines = files.disk.contents('/data/repairs.log').toString().trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        event: 'begin',
        topic: IDENTITY.topicName,
        partition: 0,
        lost: [{ first: base + 2, next: base + 4 }],
      },
      { event: 'done', lost: [{ first: base + 2, next: base + 4 }] },
    ])
    expect(noteCodes(await verify(files))).toEqual(['ACCEPTED_LOSS', 'QUARANTINED'])
  })

  it('reads go on across a loss that was accepted, and times are found on both sides', async () => {
    const files = await storedTopic(BATCHES, how)
    const base = middle(files)
    flip(files, files.segment(base), bytesOfBatch(files) + 80)
    await repair(files, true)
    const { log } = await files.restart()
    const offsets: number[] = []
    let next = log.bounds().start
    while (next < log.bounds().readableEnd) {
      const read = await log.read({ offset: next, maxBytes: 500, atLeastOneBatch: true })
      expect(read.nextOffset).toBeGreaterThan(next)
      offsets.push(next)
      next = read.nextOffset
    }
    expect(next).toBe(END)
    expect(offsets).not.toContain(base + 3)
    const lostMs = files.clock.wallMs() + (base + 2) / 2
    expect((await log.offsetForTimestamp(lostMs))?.offset).toBe(base + 4)
    expect((await log.offsetForTimestamp(lostMs - 1))?.offset).toBe(base)
  })

  it('an accepted loss whose record is gone is damage again', async () => {
    const files = await storedTopic(BATCHES, how)
    flip(files, files.segment(middle(files)), bytesOfBatch(files) + 80)
    await repair(files, true)
    await files.remove(files.path('accepted-losses'))
    expect(wrongCodes(await verify(files))).toEqual(['MISSING'])
    await repair(files, true)
    expect(wrongCodes(await verify(files))).toEqual([])
  })

  it('a segment that straddles into the next one is cut there, with the loss said', async () => {
    const files = await storedTopic(BATCHES, how)
    const base = middle(files)
    const next = files.segments[4] ?? 0
    const path = files.segment(base)
    // The last batch gets a third record, whose offset is the first one of the next segment.
    const large = encodeBatch(
      [1, 2, 3].map((value) => ({
        value: Buffer.from(String(value)),
        timestampMs: files.clock.wallMs(),
      })),
      { baseOffset: next - 2 },
    )
    setBatchLeaderEpoch(large, 0, 0)
    const size = files.disk.contents(path).length
    const lastBytes = files.batches[next / 2 - 1]?.length ?? 0
    files.change(path, (bytes) => Buffer.concat([bytes.subarray(0, size - lastBytes), large]))
    expect(wrongCodes(await verify(files))).toContain('STRAY_BYTES')
    expect(lostOffsets(await repair(files, true))).toEqual([next - 2, next - 1])
    expect(wrongCodes(await verify(files))).toEqual([])
  })

  it('a repair of a whole directory changes no log and no index', async () => {
    const files = await storedTopic(BATCHES, how)
    const before = [...snapshot(files.disk)].filter(([path]) =>
      /\.(log|index|timeindex)$/.test(path),
    )
    await repair(files, true)
    const after = [...snapshot(files.disk)].filter(([path]) =>
      /\.(log|index|timeindex)$/.test(path),
    )
    expect(after).toEqual(before)
    expect(wrongCodes(await verify(files))).toEqual([])
  })
})
