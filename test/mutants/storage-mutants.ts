// Bugs of the file engine while it writes: what is durable, what is told of it, what becomes of a failing disk.
import type { Mutant } from './mutant.ts'

const PROMISES = 'test/crash/kept-promises.test.ts'
const TROUBLE = 'test/integration/storage/disk-trouble.test.ts'
const ENGINE = 'test/contract/file-storage-engine.test.ts'
const ENGINE_NAME = 'The file engine in simulation keeps the contract of a storage engine:'

export const STORAGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'no-fsync',
    bug: 'nothing is synced before it is acknowledged',
    changes: [
      {
        file: 'src/storage/file/log-writer.ts',
        original: '() => file.syncData(),',
        changed: '() => Promise.resolve(),',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > in the moment of an acknowledgement, the record is there',
      says: 'the end of what is there: expected 2 to be 4',
    },
  },
  {
    name: 'fsync-after-ack',
    bug: 'an append that asks for synced is answered before the sync',
    changes: [
      {
        file: 'src/storage/file/append-rounds.ts',
        original:
          "if (placed.append.request.durability === 'synced') waiting.push(placed)\n      else this.answer(placed, 'written')",
        changed: 'this.answer(placed, placed.append.request.durability)',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > in the moment of an acknowledgement, the record is there',
      says: 'the end of what is there: expected 2 to be 4',
    },
  },
  {
    name: 'no-directory-fsync-for-a-segment',
    bug: 'the name of a new segment is not made durable',
    changes: [
      {
        file: 'src/storage/file/log-writer.ts',
        original:
          'await context.files.syncDirectory(state.directory.path)\n    accumulator.finish()',
        changed: 'accumulator.finish()',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > the name of a new segment is as durable as what was acknowledged in it',
      says: 'what is there: expected',
    },
  },
  {
    name: 'no-directory-fsync-for-a-partition',
    bug: 'the name of a new partition is not made durable',
    changes: [
      {
        file: 'src/storage/file/new-partitions.ts',
        original: 'await topic.folder.sync()',
        changed: 'await Promise.resolve()',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > a partition that was made is there',
      says: 'the partitions: expected [] to deeply equal',
    },
  },
  {
    name: 'no-directory-fsync-for-a-deletion',
    bug: 'the deletion of a partition is not made durable',
    changes: [
      {
        file: 'src/storage/file/file-storage-engine.ts',
        original:
          'await fileSystem.rename(directory.path, doomed)\n        await this.syncTopic(identity.topicId)',
        changed: 'await fileSystem.rename(directory.path, doomed)',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > a partition that was deleted does not come back',
      says: 'the partitions: expected',
    },
  },
  {
    name: 'no-directory-fsync-for-a-replaced-file',
    bug: 'a small file is replaced, and its new name not made durable',
    changes: [
      {
        file: 'src/storage/file/file-access.ts',
        original: '    await files.syncDirectory(directory)\n',
        changed: '',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > metadata that were stored are there, as they were stored last',
      says: 'the metadata: expected',
    },
  },
  {
    name: 'no-directory-fsync-for-removed-metadata',
    bug: 'the removal of a value of the metadata is not made durable',
    changes: [
      {
        file: 'src/storage/file/file-metadata-store.ts',
        original:
          "      await this.orFail(this.access.fileSystem.syncDirectory(directory), 'changed')\n",
        changed: '',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > metadata that were deleted do not come back',
      says: 'the metadata: expected',
    },
  },
  {
    name: 'no-fsync-before-rename',
    bug: 'a small file takes the place of another before its contents are durable',
    changes: [
      {
        file: 'src/storage/file/file-access.ts',
        original: '    await file.syncData()\n',
        changed: '',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > metadata that were stored are there, as they were stored last',
      says: "the metadata: expected 'CORRUPT_LOG' to deeply equal",
    },
  },
  {
    name: 'no-fsync-on-roll',
    bug: 'a segment is left for a new one before it is durable',
    changes: [
      {
        file: 'src/storage/file/log-writer.ts',
        original: 'await this.sync()\n    this.hasFailedSegment = true',
        changed: 'this.hasFailedSegment = true',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > a synced acknowledgement holds for all before it, in older segments too',
      says: 'the condition after the cut',
    },
  },
  {
    name: 'retry-fsync-after-eio',
    bug: 'a sync that failed is tried again, and believed',
    changes: [
      {
        file: 'src/storage/file/log-syncs.ts',
        original: 'await writer.sync()',
        changed: 'await writer.sync().catch(() => writer.sync())',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'A sync > that failed once is not believed when it is tried again',
      says: "the answer: expected 'acknowledged' to be 'STORAGE_FAILED'",
    },
  },
  {
    name: 'no-fence-after-a-failed-sync',
    bug: 'a partition goes on after a sync that failed',
    changes: [
      {
        file: 'src/storage/file/log-syncs.ts',
        original: "      health.fence('written records could not be synced', error)\n",
        changed: '',
      },
    ],
    caughtBy: {
      file: TROUBLE,
      test: 'A failed sync > fences the partition: nothing more is written, what is durable is read, the next start mends it',
      says: 'was expected to be refused',
    },
  },
  {
    name: 'fence-forgotten-by-the-next-start',
    bug: 'a log whose sync failed is trusted as it is by the next start',
    changes: [
      {
        file: 'src/storage/file/mend-log.ts',
        original: 'if (isFenced && last !== undefined) {',
        changed: 'if (isFenced && last === undefined) {',
      },
    ],
    caughtBy: {
      file: TROUBLE,
      test: 'A failed sync > is remembered by the process when the disk has no room for the note',
      says: "expected '' to contain 'the last segment was copied",
    },
  },
  {
    name: 'high-watermark-before-durable-offset',
    bug: 'readers see what is written and not yet durable',
    changes: [
      {
        file: 'src/storage/file/partition-state.ts',
        original: 'return this.isSynced ? this.durableEnd : this.endOffset',
        changed: 'return this.endOffset',
      },
    ],
    caughtBy: {
      file: TROUBLE,
      test: 'Group commit > answers those who asked for written before the sync',
      says: 'to match object { readableEnd: 2, end: 6 }',
    },
  },
  {
    name: 'ahead-of-the-sync-without-bound',
    bug: 'more is written ahead of the sync than a start may take for torn',
    changes: [
      {
        file: 'src/storage/file/append-group.ts',
        original: 'const bytesAtRisk = target.unsyncedBytes + bytes',
        changed: 'const bytesAtRisk = bytes',
      },
    ],
    caughtBy: {
      file: TROUBLE,
      test: 'Group commit > never writes more ahead of the sync than one group may have',
      says: 'bytes ahead of the sync: expected',
    },
  },
  {
    name: 'short-write-ignored',
    bug: 'a write that was done in part counts as done',
    changes: [
      {
        file: 'src/storage/file/file-access.ts',
        original: 'while (rest.length > 0) {',
        changed: 'if (rest.length > 0) {',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'Where a write is done in part > the rest follows before anybody is told',
      says: 'the end of what is there: expected 2 to be 4',
    },
  },
  {
    name: 'partial-batch-left-after-enospc',
    bug: 'what a full disk took of a refused batch stays in the log',
    changes: [
      {
        file: 'src/storage/file/log-writer.ts',
        original: 'if ((await file.size()) > segment.bytes) {',
        changed: 'if ((await file.size()) < segment.bytes) {',
      },
    ],
    caughtBy: {
      file: TROUBLE,
      test: 'A full disk > refuses whole batches, leaves nothing of them, and takes records again when there is room',
      says: 'to match object { tornBytes: +0, endOffset: 12 }',
    },
  },
  {
    name: 'refused-batch-taken-for-stored',
    bug: 'a batch that had no room is remembered as stored by its idempotent producer',
    changes: [
      {
        file: 'src/storage/file/append-rounds.ts',
        original: '    state.producers.takeBack()\n',
        changed: '    state.producers.keep()\n',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'Where a write is done in part > since the disk is full, an idempotent producer sends again what was not stored',
      says: 'the answer: expected',
    },
  },
  {
    name: 'ack-info-as-fail',
    bug: 'who appended what may or may not stay is told that nothing was done',
    changes: [
      {
        file: 'src/domain/error.ts',
        original: "STORAGE_FAILED: unknownEffect(\n    'fatal',",
        changed: 'STORAGE_FAILED: fatal(',
      },
    ],
    caughtBy: {
      file: TROUBLE,
      test: 'A failed sync > fences the partition: nothing more is written, what is durable is read, the next start mends it',
      says: "to match object { code: 'STORAGE_FAILED'",
    },
  },
  {
    name: 'repetition-answered-before-the-sync',
    bug: 'who repeats a batch is told that it is synced before it is',
    changes: [
      {
        file: 'src/storage/file/append-rounds.ts',
        original: 'if (kept.lastOffset < state.durableEnd) {',
        changed: 'if (kept.lastOffset < state.endOffset) {',
      },
      {
        file: 'src/storage/file/append-rounds.ts',
        original: '    if (isWaiting) await this.sync()\n',
        changed: '    if (isWaiting) await Promise.resolve()\n',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'A sync > is waited for by those too who repeat a batch that waits for it',
      says: 'answers before the sync: expected',
    },
  },
  {
    name: 'epoch-not-raised',
    bug: 'offsets that were lost are given away again under the epoch that they had',
    changes: [
      {
        file: 'src/storage/file/data-directory.ts',
        original: 'const epoch = last + 1',
        changed: 'const epoch = Math.max(last, 0)',
      },
      {
        file: 'src/storage/file/file-storage-engine.ts',
        original: 'isSeen || last >= this.data.epoch',
        changed: 'isSeen || last > this.data.epoch',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > offsets that it took are given away again under a later epoch alone, and who read them can tell',
      says: 'the epoch of the new records: expected',
    },
  },
  {
    name: 'epoch-not-recorded',
    bug: 'where an epoch begins is not written down before its first record',
    changes: [
      {
        file: 'src/storage/file/log-writer.ts',
        original: 'await placeEpochs(context, directory, epochs)',
        changed: 'await Promise.resolve()',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > offsets that it took are given away again under a later epoch alone, and who read them can tell',
      says: 'the end of the old epoch: expected',
    },
  },
  {
    name: 'checkpoint-before-the-sync',
    bug: 'a checkpoint says that records are durable which are not',
    changes: [
      {
        file: 'src/storage/file/log-writer.ts',
        original: 'if (clean && this.isRecordedClean) return\n    await this.sync()',
        changed: 'if (clean && this.isRecordedClean) return',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > behind a clean stop, everything is there and nothing has to be read',
      says: 'the outcome of the start: expected',
    },
  },
  {
    name: 'clean-mark-comes-back',
    bug: 'the mark of a clean stop is not durably gone before the first write',
    changes: [
      {
        file: 'src/storage/file/data-directory.ts',
        original: '      await access.fileSystem.syncDirectory(path)\n',
        changed: '',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > while a broker runs, nothing says that the stop before was clean',
      says: "to not include '/data/clean-shutdown'",
    },
  },
  {
    name: 'log-start-not-recorded',
    bug: 'records are deleted before it is written down where the log begins',
    changes: [
      {
        file: 'src/storage/file/file-partition-log.ts',
        original: 'await this.writer.recordStart(offset)',
        changed: 'await Promise.resolve()',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > a log start that was moved stays where it is',
      says: 'the bounds: expected',
    },
  },
  {
    name: 'retention-deletes-the-active-segment',
    bug: 'retention by time or size takes the segment that is written to',
    changes: [
      {
        file: 'src/storage/retention-rule.ts',
        original: 'const removableMax = segments.length - 1',
        changed: 'const removableMax = segments.length',
      },
    ],
    caughtBy: {
      file: 'test/unit/storage/retention-rule.test.ts',
      test: 'retention > never removes the last segment, nor anything of an empty log',
      says: 'expected 1 to be +0',
    },
  },
  {
    name: 'retention-keeps-less-than-asked-for',
    bug: 'retention by size goes on below the size that is to be kept',
    changes: [
      {
        file: 'src/storage/retention-rule.ts',
        original: 'if (bytes < settings.retentionBytes) break',
        changed: 'if (bytes <= 0) break',
      },
    ],
    caughtBy: {
      file: ENGINE,
      test: `${ENGINE_NAME} > retention > by size removes whole segments as long as enough is left`,
      says: 'expected 8 to be 4',
    },
  },
]
