// Bugs of what a start makes of the files, of reading them, and of verify and repair.
import type { Mutant } from './mutant.ts'

const PROMISES = 'test/crash/kept-promises.test.ts'
const DAMAGED = 'test/integration/storage/damaged-files.test.ts'
const REPAIR = 'test/integration/offline/verify-and-repair.test.ts'

export const RECOVERY_MUTANTS: readonly Mutant[] = [
  {
    name: 'truncate-on-middle-corruption',
    bug: 'a start cuts the last segment at the first bad byte, whatever good follows',
    changes: [
      {
        file: 'src/storage/file/recover-log.ts',
        original:
          'bad.next === undefined &&\n        bad.expectedOffset >= this.trustedOffset &&\n        this.damaged.length === 0',
        changed: 'this.damaged.length === 0',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > a flipped bit in the last segment is damage: reads go around it',
      says: 'to deeply equal [ 96 ]',
    },
  },
  {
    name: 'cut-below-what-was-synced',
    bug: 'a start does not know how far the log was synced, and takes damage at the end for an interrupted write',
    changes: [
      {
        file: 'src/storage/file/recover-log.ts',
        original: 'Math.max(checkpoint?.recoveryPoint.offset ?? 0, syncedEnd?.offset ?? 0)',
        changed: 'checkpoint?.recoveryPoint.offset ?? 0',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > a log that was cut short is damage, and its offsets are not given away again',
      says: "to match object { condition: 'read-only'",
    },
  },
  {
    name: 'missing-segment-passed-over',
    bug: 'a segment that is missing in the middle is not noticed',
    changes: [
      {
        file: 'src/storage/file/recover-log.ts',
        original: 'if (segment.baseOffset > reached && !isKnown)',
        changed: 'if (segment.baseOffset < reached && !isKnown)',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > a missing middle segment is damage',
      says: "to match object { outcome: 'degraded'",
    },
  },
  {
    name: 'missing-last-segment-passed-over',
    bug: 'indexes without their log at the end say nothing to a start',
    changes: [
      {
        file: 'src/storage/file/recover-log.ts',
        original: 'for (const base of this.subject.orphans) {',
        changed: 'for (const base of [] as number[]) {',
      },
      {
        file: 'src/storage/file/recover-log.ts',
        original: 'if (endOffset < this.trustedOffset) {',
        changed: 'if (endOffset > this.trustedOffset) {',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > a missing last segment, its indexes still there, is damage',
      says: 'expected [] to deeply equal [ { firstBad:',
    },
  },
  {
    name: 'damage-forgotten-by-the-checkpoint',
    bug: 'a checkpoint says nothing of the damage before its recovery point',
    changes: [
      {
        file: 'src/storage/file/partition-state.ts',
        original: '      damaged: this.damaged,\n    }\n  }\n\n  get bytes',
        changed: '      damaged: [],\n    }\n  }\n\n  get bytes',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > a flipped bit in the first segment is damage: reads go around it',
      says: "to match object { condition: 'read-only'",
    },
  },
  {
    name: 'damaged-partition-written-to',
    bug: 'a partition takes records though stored ones are damaged',
    changes: [
      {
        file: 'src/storage/file/partition-health.ts',
        original: "return this.state.damaged.length > 0 ? 'stored bytes are damaged' : undefined",
        changed: 'return undefined',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > a flipped bit in the first segment is damage: reads go around it',
      says: "expected 'healthy' to be 'read-only'",
    },
  },
  {
    name: 'checksum-not-checked',
    bug: 'stored bytes are given out without a look at their checksum',
    changes: [
      {
        file: 'src/record/stored-batch.ts',
        original: 'if (checksum !== bytes.readUInt32BE(position + CRC_POSITION)) {',
        changed: 'if (checksum === -1) {',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was closed > a flipped bit in a middle segment is damage: reads go around it',
      says: "to match object { code: 'CORRUPT_LOG' }",
    },
  },
  {
    name: 'trust-index-without-log-check',
    bug: 'where an index entry leads is not held against the log',
    changes: [
      {
        file: 'src/storage/file/segment-reader.ts',
        original: '? header.lastOffset === start.lastOffset',
        changed: '? true',
      },
      {
        file: 'src/storage/file/segment-reader.ts',
        original: 'if (result === undefined || result.header.baseOffset > offset) {',
        changed: 'if (result === undefined) {',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was closed > a .index > that leads past its offsets changes nothing of what is read',
      says: "to match object { code: 'CORRUPT_LOG' }",
    },
  },
  {
    name: 'quarantine-skipped',
    bug: 'a torn tail is cut off without a copy',
    changes: [
      {
        file: 'src/storage/file/mend-log.ts',
        original:
          'const copied = await quarantineTail(context, directory, last.baseOffset, cutAt, last.bytes)',
        changed: 'const copied = tornBytes + 0 * quarantineTail.length',
      },
    ],
    caughtBy: {
      file: DAMAGED,
      test: 'After the broker was killed > garbage at the end are cut off, with a copy kept',
      says: 'the files: expected',
    },
  },
  {
    name: 'torn-tail-not-cut',
    bug: 'a torn tail is only passed over, and stays in the file',
    changes: [
      {
        file: 'src/storage/file/mend-log.ts',
        original: "await files.use(path, 'write', (file) => file.truncate(cutAt))",
        changed: "await files.use(path, 'write', (file) => file.size())",
      },
      {
        file: 'src/storage/file/renew-tail.ts',
        original: 'file.truncate(position)',
        changed: 'file.size()',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'What a start cut off > does not come back when the log has grown over its beginning',
      says: 'what is there: expected',
    },
  },
  {
    name: 'unsynced-end-trusted',
    bug: 'a start syncs the end of a log as it is, though a sync of it may have failed before',
    changes: [
      {
        file: 'src/storage/file/mend-log.ts',
        original: 'if (synced < last.bytes && isWorthIt)',
        changed: 'if (synced < 0 && isWorthIt)',
      },
    ],
    caughtBy: {
      file: 'test/crash/unsynced-end.test.ts',
      test: 'what a start gives out stays (1 batches synced before)',
      says: 'what is there: expected',
    },
  },
  {
    name: 'reserve-for-everybody',
    bug: 'records take the space that was given away for what groups commit',
    changes: [
      {
        file: 'src/storage/file/disk-reserve.ts',
        original: "if (isInternal || this.#state !== 'given') return",
        changed: "if (isInternal || this.#state !== 'none') return",
      },
    ],
    caughtBy: {
      file: 'test/integration/storage/disk-reserve.test.ts',
      test: 'refuses other records until there is room for the reserve and as much once more',
      says: 'was expected to be refused, but gave',
    },
  },
  {
    name: 'found-records-not-synced',
    bug: 'a start shows what it found in memory and does not make it durable',
    changes: [
      {
        file: 'src/storage/file/mend-log.ts',
        original:
          "await files.use(directory.segmentFile(baseOffset, 'log'), 'write', (file) => file.syncData())",
        changed:
          "await files.use(directory.segmentFile(baseOffset, 'log'), 'write', (file) => file.size())",
      },
      {
        file: 'src/storage/file/mend-log.ts',
        original: 'if (synced < last.bytes && isWorthIt)',
        changed: 'if (synced < 0 && isWorthIt)',
      },
    ],
    caughtBy: {
      file: PROMISES,
      test: 'When the power fails > what a start has found and shown stays',
      says: "the condition after the cut: expected 'read-only'",
    },
  },
  {
    name: 'dedupe-table-lost-at-restart',
    bug: 'what is known of idempotent producers is not read back by a start',
    changes: [
      {
        file: 'src/storage/file/recover-producers.ts',
        original:
          'const { segments, checkpoint } = this.subject\n    if (checkpoint === undefined) {',
        changed:
          'const { segments, checkpoint } = this.subject\n    if (checkpoint !== undefined) return true\n    if (checkpoint === undefined) {',
      },
    ],
    caughtBy: {
      file: 'test/contract/file-storage-engine.test.ts',
      test: 'The file engine in simulation keeps the contract of a storage engine: > an idempotent producer after a restart > (closed) is known by its last five batches, in every segment',
      says: "to deeply equal [ +0, +0, 'duplicate' ]",
    },
  },
  {
    name: 'lock-not-taken',
    bug: 'two processes may have one data directory',
    changes: [
      {
        file: 'src/storage/file/data-directory.ts',
        original: 'lock = await access.fileSystem.lock(`${path}/${LOCK_FILE}`)',
        changed: 'lock = { release: () => Promise.resolve() }',
      },
    ],
    caughtBy: {
      file: 'test/integration/storage/disk-trouble.test.ts',
      test: 'A data directory > is refused when another has it',
      says: 'was expected to be refused',
    },
  },
  {
    name: 'loss-without-consent',
    bug: 'a repair gives up records that nobody agreed to lose',
    changes: [
      {
        file: 'src/cli/offline/repair-plan.ts',
        original: 'whole !== undefined && (whole.lost.length === 0 || options.acceptLoss)',
        changed: 'whole !== undefined',
      },
    ],
    caughtBy: {
      file: REPAIR,
      test: "Of a data directory that was killed > verify finds 'a flipped bit in the middle of a segm…', and a repair mends it",
      says: 'to deeply equal []',
    },
  },
  {
    name: 'repair-without-a-copy',
    bug: 'a repair removes damaged bytes without keeping them',
    changes: [
      {
        file: 'src/cli/offline/repair-partition.ts',
        original: 'if (endPosition > position) await this.#quarantine',
        changed: 'if (endPosition < position) await this.#quarantine',
      },
    ],
    caughtBy: {
      file: REPAIR,
      test: 'Of a data directory that was killed > a repair keeps what it takes away, and writes down what it did',
      says: 'the files: expected',
    },
  },
  {
    name: 'repair-forgets-the-loss',
    bug: 'a repair does not write down which offsets are lost',
    changes: [
      {
        file: 'src/cli/offline/repair-partition.ts',
        original: 'if (damage.lost.length > 0) await writeAcceptedLosses',
        changed: 'if (damage.lost.length < 0) await writeAcceptedLosses',
      },
    ],
    caughtBy: {
      file: REPAIR,
      test: "Of a data directory that was killed > verify finds 'a flipped bit in the middle of a segm…', and a repair mends it",
      says: "expected [ 'MISSING' ] to deeply equal []",
    },
  },
  {
    name: 'verify-trusts-the-checkpoint',
    bug: 'verify looks at what lies behind the recovery point alone',
    changes: [
      {
        file: 'src/storage/file/recover-log.ts',
        original: 'point !== undefined && this.subject.isThorough !== true',
        changed: 'point !== undefined',
      },
    ],
    caughtBy: {
      file: REPAIR,
      test: "Of a data directory that was closed > verify finds 'a flipped bit in the first batch of a…', and a repair mends it",
      says: 'to deeply equal',
    },
  },
]
