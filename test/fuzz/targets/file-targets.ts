// The small files of a data directory. A file reads as exactly what was written, or as damage; damage is a word or a sentence and never an
// exception, and what was read can be written again and is the same.
import { isDeepStrictEqual } from 'node:util'
import { topicIdFromBytes } from '../../../src/domain/topic.ts'
import { crc32c } from '../../../src/record/crc32c.ts'
import {
  afterLosses,
  decodeAcceptedLosses,
  encodeAcceptedLosses,
  joinLosses,
  withoutLosses,
} from '../../../src/storage/file/accepted-losses.ts'
import { decodeCheckedText, encodeCheckedText } from '../../../src/storage/file/checked-text.ts'
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  recordsSealed,
  sealedSummary,
} from '../../../src/storage/file/checkpoint.ts'
import { EpochHistory } from '../../../src/storage/file/epoch-history.ts'
import { decodeSnapshot, encodeSnapshot } from '../../../src/storage/file/producer-snapshot.ts'
import {
  decodeSyncedEnd,
  initialSyncedEnd,
  readSyncedEnd,
} from '../../../src/storage/file/synced-end.ts'
import {
  decodeTopicRecord,
  encodeTopicRecord,
  topicIdOfKey,
  topicKey,
} from '../../../src/storage/topic-record.ts'
import { BytesFile } from '../engine/bytes-file.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'

const allocatedBytesMax = (bytes: number): number => 64 * 1024 + 16 * bytes

const CRC_LINE_BYTES = 'crc 00000000\n'.length

/** Puts the right checksum on the last line. */
function mendText(bytes: Buffer): Buffer {
  if (bytes.length < CRC_LINE_BYTES) return bytes
  const text = bytes.subarray(0, bytes.length - CRC_LINE_BYTES)
  bytes.write(`crc ${crc32c(text).toString(16).padStart(8, '0')}\n`, text.length, 'latin1')
  return bytes
}

/** A file that decodes to a value or to a sentence, and encodes again. */
function textTarget<T extends object>(
  about: Pick<FuzzTarget, 'name' | 'decoders' | 'seeds' | 'words'>,
  decode: (bytes: Buffer) => T | string | undefined,
  encode: (value: T) => Buffer,
  look: (value: T) => void = () => undefined,
): FuzzTarget {
  return {
    ...about,
    mend: mendText,
    allocatedBytesMax,
    run: (bytes) => {
      const value = decode(bytes)
      if (typeof value !== 'object') {
        mustHold(value !== '', 'there is a reason')
        return
      }
      const again = decode(encode(value))
      mustHold(isDeepStrictEqual(again, value), 'what is written again reads as the same')
      look(value)
    },
  }
}

const CHECKPOINT: Checkpoint = {
  recoveryPoint: { offset: 4711, segment: 4000, position: 65_536 },
  logStart: 12,
  clean: true,
  sealed: { segments: 3, bytes: 99_999, digest: 0xabcdef12 },
  damaged: [],
}

const checkpoint = textTarget(
  {
    name: 'checkpoint',
    decoders: ['src/storage/file/checkpoint.ts', 'src/storage/file/checked-text.ts'],
    seeds: () => [
      encodeCheckpoint(CHECKPOINT),
      encodeCheckpoint({ ...CHECKPOINT, clean: false, producers: { producers: 3, crc: 77 } }),
      encodeCheckpoint({
        ...{ ...CHECKPOINT, producers: 'unknown' },
        damaged: [
          { segment: 0, position: 1, endPosition: 20, firstBad: 3, nextGood: 9 },
          { segment: undefined, position: 0, endPosition: 0, firstBad: 30, nextGood: undefined },
        ],
      }),
    ],
    words: [
      'damaged 1 2 3 4 5\n',
      'damaged - 0 0 4 -\n',
      'producers unknown\n',
      'varve checkpoint 2\n',
    ],
  },
  decodeCheckpoint,
  encodeCheckpoint,
  (checkpoint) => {
    const { recoveryPoint, damaged, logStart } = checkpoint
    const segments = [0, 5, 4000, 5000].map((baseOffset) => ({ baseOffset, bytes: 10 }))
    const sealed = sealedSummary(segments, recoveryPoint, logStart)
    mustHold(recordsSealed({ ...checkpoint, sealed }, segments), 'a summary is of its segments')
    mustHold(
      !recordsSealed({ ...checkpoint, sealed: { ...sealed, bytes: sealed.bytes + 1 } }, segments),
      'and of no others',
    )

    const numbers = [
      ...[recoveryPoint.offset, recoveryPoint.segment, recoveryPoint.position],
      ...damaged.flatMap(({ segment = 0, nextGood = 0, position, endPosition, firstBad }) => {
        return [segment, nextGood, position, endPosition, firstBad]
      }),
    ]
    const isExact = numbers.every((number) => Number.isSafeInteger(number))
    mustHold(isExact, 'every number is exact')
  },
)

const acceptedLosses = textTarget(
  {
    name: 'accepted-losses',
    decoders: ['src/storage/file/accepted-losses.ts'],
    seeds: () => [
      encodeAcceptedLosses([]),
      encodeAcceptedLosses([
        { first: 3, next: 9 },
        { first: 20, next: 21 },
      ]),
    ],
    words: ['lost 5 6\n', 'lost 4 9007199254740991\n'],
  },
  decodeAcceptedLosses,
  encodeAcceptedLosses,
  (losses) => {
    const whole = { first: 0, next: 100 }
    const covered = joinLosses(withoutLosses(whole, losses), losses)
    mustHold(
      withoutLosses(whole, covered).length === 0,
      'what is lost and what is not make up the whole',
    )
    for (const offset of [0, 5, 20])
      mustHold(afterLosses(losses, offset) >= offset, 'readers go on')
  },
)

const TOPIC_ID = topicIdFromBytes(Buffer.alloc(16, 7))
const TOPIC = {
  name: 'orders',
  partitions: 3,
  settings: { 'retention.ms': '1000' },
  createdMs: 1,
  state: 'active',
} as const

/** A value of the metadata store, and the topic in it. */
const topicFile: FuzzTarget = {
  name: 'topic-file',
  decoders: ['src/storage/topic-record.ts', 'src/storage/file/checked-text.ts'],
  seeds: () =>
    [
      encodeTopicRecord(TOPIC_ID, TOPIC),
      encodeTopicRecord(TOPIC_ID, { ...TOPIC, state: 'creating', creatingFrom: 1, settings: {} }),
      encodeTopicRecord(TOPIC_ID, { ...TOPIC, state: 'deleting', name: '..' }),
      encodeTopicRecord(TOPIC_ID, { ...TOPIC, settings: { 'retention.ms': 'x' } }),
      'null',
    ].map((value) => encodeCheckedText('metadata', 1, `7\n${value}\n`)),
  words: [
    ...['"creatingFrom":', '"settings":[]', '"__proto__":{"name":"x"}', '"constructor":"1"'],
    ...['"state":"deleting"', 'null', '[]', '"retention.bytes":"-2"', '"version":1,', '{}', '1.5'],
  ],
  mend: mendText,
  allocatedBytesMax,
  run: (bytes) => {
    const text = decodeCheckedText(bytes, 'metadata', 1)
    if (text.kind !== 'good') return
    const value = text.body.slice(text.body.indexOf('\n') + 1, -1)
    const record = decodeTopicRecord(TOPIC_ID, value)
    if (record === undefined) return
    const id = topicIdFromBytes(Buffer.alloc(16, value.length))
    mustHold(topicIdOfKey(topicKey(id)) === id, 'a key leads to its topic')
    mustHold(topicIdOfKey(value) === undefined, 'other text is no key')
    mustHold(Object.getPrototypeOf(record.settings) === Object.prototype, 'settings are plain')
    const again = decodeTopicRecord(TOPIC_ID, encodeTopicRecord(TOPIC_ID, record))
    mustHold(isDeepStrictEqual(again, record), 'what is written again reads as the same')
  },
}

const epochs: FuzzTarget = {
  name: 'epochs',
  decoders: ['src/storage/file/epoch-history.ts'],
  seeds: () => [Buffer.from('0\n0\n'), Buffer.from('0\n3\n1 0\n2 17\n9 4711\n')],
  words: ['1 0\n', '5 100\n', '2147483647 9007199254740991\n', '2147483648 1\n'],
  allocatedBytesMax,
  run: (bytes) => {
    const history = EpochHistory.parse(bytes.toString('latin1'))
    if (typeof history === 'string') return
    const again = EpochHistory.parse(history.encode())
    mustHold(isDeepStrictEqual(again, history), 'what is written again reads as the same')
    const { entries, latestEpoch } = history
    for (const epoch of [-1, 0, 3, latestEpoch, latestEpoch + 1]) {
      const end = history.endOffsetFor(epoch, Number.MAX_SAFE_INTEGER)
      mustHold((end === undefined) === (entries.length === 0), 'an epoch has an end')
    }
    const middle = entries[entries.length >> 1]?.startOffset ?? 5
    const head = new EpochHistory(entries)
    mustHold(
      head.truncateEnd(middle) === entries.length > 0,
      'a cut says whether it changed anything',
    )
    mustHold(
      head.entries.every(({ startOffset }) => startOffset < middle),
      'nothing is left above',
    )
    const tail = new EpochHistory(entries)
    new EpochHistory().truncateStart(middle)
    tail.truncateStart(middle + 1)
    mustHold(
      (tail.entries[0]?.startOffset ?? middle) >= Math.min(middle, entries[0]?.startOffset ?? 0),
      'nothing is left below',
    )
    if (latestEpoch >= 2 ** 31 - 1) return
    tail.begin(latestEpoch + 1, middle + 1)
    mustHold(tail.latestEpoch === latestEpoch + 1, 'a new epoch is the last')
  },
}

const SLOT_BYTES = 28

const syncedEnd: FuzzTarget = {
  name: 'synced-end',
  decoders: ['src/storage/file/synced-end.ts'],
  seeds: () => [
    initialSyncedEnd({ offset: 0, segment: 0, position: 0 }),
    initialSyncedEnd({ offset: 4711, segment: 4000, position: 2 ** 40 }),
  ],
  mend: (bytes) => {
    for (const start of [0, 512]) {
      if (bytes.length < start + SLOT_BYTES) continue
      bytes.writeUInt32BE(crc32c(bytes.subarray(start, start + 24)), start + 24)
    }
    return bytes
  },
  bytesMax: 600,
  allocatedBytesMax,
  run: async (bytes) => {
    const end = decodeSyncedEnd(bytes)
    const read = await readSyncedEnd(new BytesFile(bytes))
    mustHold(isDeepStrictEqual(read, end), 'both ways to the file say the same')
    if (end === undefined || !Object.values(end).every(Number.isSafeInteger)) return
    mustHold(isDeepStrictEqual(decodeSyncedEnd(initialSyncedEnd(end)), end), 'it reads as the same')
  },
}

const SNAPSHOT_OFFSET = 1000

const producerSnapshot: FuzzTarget = {
  name: 'producer-snapshot',
  decoders: ['src/storage/file/producer-snapshot.ts'],
  seeds: () => {
    const kept = (firstSequence: number, lastSequence: number, lastOffset: number) => ({
      ...{ firstSequence, lastSequence, lastOffset, timestampMs: 1_700_000_000_000 },
    })
    return [
      [],
      [{ producerId: 7, producerEpoch: 0, batches: [kept(0, 4, 4), kept(5, 5, 9)] }],
      [
        { producerId: 8, producerEpoch: 3, batches: [kept(2 ** 31 - 2, 1, 20)] },
        { producerId: 9, producerEpoch: 0, batches: [kept(0, 0, 21), kept(7, 9, 30)] },
      ],
    ].map((producers) => encodeSnapshot(producers).bytes)
  },
  words: [Buffer.alloc(46), Buffer.alloc(46, 0xff)],
  mend: (bytes, random) => {
    if (bytes.length < 10) return bytes
    if (random.oneIn(2)) bytes.writeInt32BE(Math.floor((bytes.length - 10) / 46), 6)
    if (random.oneIn(2)) bytes.writeInt16BE(1, 0)
    // Entries are whole more often than chance makes them.
    const rest = (bytes.length - 10) % 46
    const whole = random.oneIn(2) ? bytes.subarray(0, bytes.length - rest) : bytes
    whole.writeUInt32BE(crc32c(whole.subarray(6)), 2)
    return whole
  },
  allocatedBytesMax,
  run: (bytes) => {
    const snapshot = decodeSnapshot(bytes, SNAPSHOT_OFFSET)
    if (typeof snapshot === 'string') return
    for (const { producerId, producerEpoch, batches } of snapshot.producers) {
      mustHold(producerId >= 0 && producerEpoch >= 0 && batches.length > 0, 'a producer is one')
      mustHold(
        batches.every(({ lastOffset }) => lastOffset < SNAPSHOT_OFFSET),
        'nothing is from later',
      )
    }
    const again = decodeSnapshot(encodeSnapshot(snapshot.producers).bytes, SNAPSHOT_OFFSET)
    mustHold(typeof again !== 'string', 'what is written again can be read')
    mustHold(
      typeof again !== 'string' && isDeepStrictEqual(again.producers, snapshot.producers),
      'what is written again reads as the same',
    )
  },
}

export const FILE_TARGETS: readonly FuzzTarget[] = [
  checkpoint,
  acceptedLosses,
  topicFile,
  epochs,
  syncedEnd,
  producerSnapshot,
]
