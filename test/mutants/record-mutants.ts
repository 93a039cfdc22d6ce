// Bugs of the batch format, of the check at the door, and of who may produce what.
import type { Mutant } from './mutant.ts'

const DOOR = 'test/unit/record/validate-batch.test.ts'
const ENGINE = 'test/contract/file-storage-engine.test.ts'
const PRODUCER =
  'The file engine in simulation keeps the contract of a storage engine: > an idempotent producer'

const crcFrom = (file: string, original: string): Mutant['changes'][number] => ({
  file,
  original,
  changed: original.replace('ATTRIBUTES_POSITION', '(ATTRIBUTES_POSITION + 2)'),
})

export const RECORD_MUTANTS: readonly Mutant[] = [
  {
    name: 'wrong-crc-range',
    bug: 'the checksum leaves out the attributes, wherever it is made and wherever it is checked',
    changes: [
      crcFrom(
        'src/record/encode-batch.ts',
        '    batch.writeUInt32BE(crc32c(batch.subarray(ATTRIBUTES_POSITION)), CRC_POSITION)',
      ),
      crcFrom(
        'src/record/validate-batch.ts',
        'return crc32c(batch.subarray(ATTRIBUTES_POSITION)) ===',
      ),
      crcFrom('src/record/stored-batch.ts', 'bytes.subarray(position + ATTRIBUTES_POSITION,'),
    ],
    caughtBy: {
      file: 'test/golden/record-batches/record-batches.test.ts',
      test: 'frozen record batches > are what the encoder makes of the same records today, where nothing is compressed',
      says: 'expected false to be true',
    },
  },
  {
    name: 'accept-count-above-records',
    bug: 'a batch that states more records than it holds is taken',
    changes: [
      {
        file: 'src/record/record-cursor.ts',
        original: 'if (reader.position === this.#end) {\n      throw new VarveError(',
        changed:
          'if (reader.position === this.#end) {\n      if (this.#count > 0) return false\n      throw new VarveError(',
      },
    ],
    caughtBy: {
      file: DOOR,
      test: 'validateBatch > refuses 52 count too high with RECORD_COUNT, and lets it pass with header validation',
      says: "expected undefined to be 'RECORD_COUNT'",
    },
  },
  {
    name: 'accept-count-below-records',
    bug: 'a batch with more records than it states is taken',
    changes: [
      {
        file: 'src/record/record-cursor.ts',
        original: 'if (reader.position === this.#end) return false',
        changed: 'if (reader.position <= this.#end) return false',
      },
    ],
    caughtBy: {
      file: DOOR,
      test: 'validateBatch > refuses 52 count too low with RECORD_COUNT, and lets it pass with header validation',
      says: "expected undefined to be 'RECORD_COUNT'",
    },
  },
  {
    name: 'accept-offsets-with-gaps',
    bug: 'records of a batch need not have the offsets 0, 1, 2 and so on',
    changes: [
      {
        file: 'src/record/validate-batch.ts',
        original: 'if (cursor.offsetDelta !== index) {',
        changed: 'if (cursor.offsetDelta < 0) {',
      },
    ],
    caughtBy: {
      file: DOOR,
      test: 'validateBatch > refuses 54 a gap with OFFSET_DELTA, and lets it pass with header validation',
      says: "expected undefined to be 'OFFSET_DELTA'",
    },
  },
  {
    name: 'decompress-without-bound',
    bug: 'compressed records may become larger than is allowed',
    changes: [
      {
        file: 'src/record/codec-gzip.ts',
        original: 'maxOutputLength: bytesMax,',
        changed: 'maxOutputLength: 2 ** 30,',
      },
    ],
    caughtBy: {
      file: 'test/unit/record/codec.test.ts',
      test: 'gzip > takes exactly as many bytes as are allowed and not one more',
      says: "to be 'DECOMPRESSED_TOO_LARGE'",
    },
  },
  {
    name: 'accept-timestamps-of-the-future',
    bug: 'a timestamp of the future, which would keep records from retention, is taken',
    changes: [
      {
        file: 'src/record/validate-batch.ts',
        original: 'if (ahead <= rules.afterMaxMs && -ahead <= rules.beforeMaxMs) return',
        changed: 'if (-ahead <= rules.beforeMaxMs) return',
      },
    ],
    caughtBy: {
      file: DOOR,
      test: 'validateBatch > holds timestamps against the window of the topic, to the millisecond',
      says: "to be 'INVALID_TIMESTAMP'",
    },
  },
  {
    name: 'sequence-gap-accepted',
    bug: 'a batch of an idempotent producer is stored though one before it is missing',
    changes: [
      {
        file: 'src/storage/producer-states.ts',
        original: 'if (baseSequence === expected) return undefined',
        changed: 'if (baseSequence >= expected) return undefined',
      },
    ],
    caughtBy: {
      file: ENGINE,
      test: `${PRODUCER} > is refused a gap until the batch before it was sent`,
      says: 'was expected to be refused',
    },
  },
  {
    name: 'repetition-stored-again',
    bug: 'a batch that an idempotent producer repeats is stored a second time',
    changes: [
      {
        file: 'src/storage/producer-states.ts',
        original: 'if (kept !== undefined) return kept',
        changed: 'if (kept !== undefined) return undefined',
      },
    ],
    caughtBy: {
      file: ENGINE,
      test: `${PRODUCER} > gets the first offsets when it repeats a batch, and the log does not grow`,
      says: "'duplicate' ]",
    },
  },
  {
    name: 'old-producer-not-fenced',
    bug: 'a producer goes on writing after a later epoch of it has written',
    changes: [
      {
        file: 'src/storage/producer-states.ts',
        original:
          'if (producerEpoch < state.producerEpoch) throw fenced(batch, state.producerEpoch)',
        changed: 'if (producerEpoch < 0) throw fenced(batch, state.producerEpoch)',
      },
    ],
    caughtBy: {
      file: ENGINE,
      test: `${PRODUCER} > is fenced once a later epoch of it has written, also with what it had stored`,
      says: 'was expected to be refused',
    },
  },
  {
    name: 'less-durable-than-the-topic-demands',
    bug: 'who asks for less than min.durability gets less',
    changes: [
      {
        file: 'src/domain/durability.ts',
        original: 'return RANK[level] >= RANK[other]',
        changed: 'return true',
      },
    ],
    caughtBy: {
      file: 'test/unit/broker/produce-service.test.ts',
      test: 'durability > is never below what the topic demands',
      says: 'was expected to be refused',
    },
  },
]
