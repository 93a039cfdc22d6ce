// Bugs of the client and of what the broker hands out to it: order, places, what is told of an outcome, where a replay ends.
import type { Mutant } from './mutant.ts'

const PRODUCER = 'test/unit/client/producer.test.ts'
const CONSUMER = 'test/unit/client/consumer.test.ts'
const MEMBER = 'test/unit/client/group-consumer.test.ts'
const REPLAY = 'test/unit/broker/replay/replay.test.ts'

export const CLIENT_MUTANTS: readonly Mutant[] = [
  {
    name: 'position-off-by-one-on-reassignment',
    bug: 'the new owner of a partition begins one record behind what is committed',
    changes: [
      {
        file: 'src/client/group-holdings.ts',
        original: 'offset: held.soughtOffset ?? held.assignment.committedOffset,',
        changed:
          'offset: held.soughtOffset ?? (held.assignment.committedOffset === undefined ? undefined : ((held.assignment.committedOffset + 1) as never)),',
      },
    ],
    caughtBy: {
      file: MEMBER,
      test: 'where reading begins > a new owner begins with the very record at which the group stands',
      says: 'the first record: expected 4 to be 3',
    },
  },
  {
    name: 'commit-of-what-is-in-hand',
    bug: 'a record is committed while the program still has it in hand',
    changes: [
      {
        file: 'src/client/held-partition.ts',
        original: 'const isAllFinished = finishedOffset >= handedOutOffset',
        changed: 'const isAllFinished = finishedOffset >= 0',
      },
    ],
    caughtBy: {
      file: MEMBER,
      test: 'commits > what the program came back from is committed every five seconds, what it has in hand is not',
      says: 'to be undefined',
    },
  },
  {
    name: 'commit-over-a-gap',
    bug: 'a record that is finished before an older one is committed with it',
    changes: [
      {
        file: 'src/client/finished-prefix.ts',
        original: 'if (index > this.head) return false',
        changed:
          'if (index > this.head) {\n      this.committableOffset = piece.nextOffset\n      return true\n    }',
      },
    ],
    caughtBy: {
      file: 'test/unit/client/record-processing.test.ts',
      test: 'a handler that throws > of one key does not hold up other keys while it is tried again, but what is finished behind it waits',
      says: 'to deeply equal [ 1 ]',
    },
  },
  {
    name: 'retry-at-the-end-of-the-queue',
    bug: 'a batch that is sent again goes behind those that came after it',
    changes: [
      {
        file: 'src/client/batch-outcomes.ts',
        original: "case 'retry':\n",
        changed:
          "case 'retry':\n        queue.batches.push(...queue.batches.splice(queue.batches.indexOf(batch), 1))\n",
      },
    ],
    caughtBy: {
      file: PRODUCER,
      test: 'a refusal that passes is repeated in order',
      says: 'to deeply equal',
    },
  },
  {
    name: 'break-taken-for-a-refusal',
    bug: 'what breaks a stream is told of the batches under way as if they had been refused',
    changes: [
      {
        file: 'src/client/batch-outcomes.ts',
        original: "if (error.effect === 'unknown') return error",
        changed: "if (error.effect !== 'unknown') return error",
      },
    ],
    caughtBy: {
      file: PRODUCER,
      test: 'what breaks a stream is never taken for a refusal of the batches under way',
      says: "to deeply equal [ 'BROKER_UNAVAILABLE'",
    },
  },
  {
    name: 'damage-on-the-way-not-noticed',
    bug: 'a consumer does not check what it was sent',
    changes: [
      {
        file: 'src/client/fetched-batch.ts',
        original: 'if (verifyChecksums) {',
        changed: 'if (verifyChecksums && bytes.length === 0) {',
      },
    ],
    caughtBy: {
      file: CONSUMER,
      test: 'by subscribe > a batch that arrives damaged once is fetched again and read',
      says: "to deeply equal [ '0-0', '0-1', '0-2', '0-3'",
    },
  },
  {
    name: 'cut-log-not-noticed',
    bug: 'a fetch does not look at the epoch that its reader knows',
    changes: [
      {
        file: 'src/broker/partition-reader.ts',
        original: '    checkEpoch(log, asked)\n',
        changed: '',
      },
    ],
    caughtBy: {
      file: 'test/unit/broker/fetch-service.test.ts',
      test: 'what a fetch answers for a partition > says that the log was cut when the epoch of the reader is not of this log',
      says: 'DIVERGED_EPOCH',
    },
  },
  {
    name: 'replay-beyond-its-end',
    bug: 'a replay gives one record more than was asked for',
    changes: [
      {
        file: 'src/broker/replay/replayed-partition.ts',
        original: 'if (offset >= this.endOffset) {',
        changed: 'if (offset > this.endOffset) {',
      },
    ],
    caughtBy: {
      file: REPLAY,
      test: 'what is played > lies between a start and an end that stay as they were found',
      says: 'to deeply equal [ 1, 2, 3, 4 ]',
    },
  },
  {
    name: 'deletion-without-a-note',
    bug: 'partitions of a topic are removed before its deletion is written down',
    changes: [
      {
        file: 'src/broker/topic-lifecycle.ts',
        original: 'await this.#store.markDeleting(topic)\n    } catch (error) {\n      if (!(await',
        changed: 'await Promise.resolve()\n    } catch (error) {\n      if (!(await',
      },
    ],
    caughtBy: {
      file: 'test/integration/broker/topic-crash.test.ts',
      test: 'topics when the power goes > are not left in part by a deletion that was cut off',
      says: 'the topics that are left: expected',
    },
  },
  {
    name: 'checker-takes-info-for-fail',
    bug: 'a history says of an operation with an open outcome that it did not happen',
    changes: [
      {
        file: 'src/history-check/outcome.ts',
        original: "error instanceof VarveError && error.effect === 'none'",
        changed: 'error instanceof VarveError',
      },
    ],
    caughtBy: {
      file: 'test/checker/record-value.test.ts',
      test: 'a failure is believed to be without effect only where the broker says so',
      says: "expected 'fail' to be 'info'",
    },
  },
]
