// Record batches as they come from clients and lie in files. What the door accepts can be found again in a file and read, record for
// record, by every way there is; what is read can be written again and is the same.
import type { ErrorCode } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import {
  BATCH_HEADER_BYTES,
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestampMs,
  readBatchHeader,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
  stampLogAppendTime,
} from '../../../src/record/batch-header.ts'
import {
  CODEC_NAMES,
  compress,
  decompress,
  decompressedBytesMax,
  loadCodec,
} from '../../../src/record/codec.ts'
import { crc32c, nativeCrc32c, portableCrc32c } from '../../../src/record/crc32c.ts'
import {
  batchTimestamps,
  type DecodedRecord,
  decodeBatch,
  RecordWalk,
} from '../../../src/record/decode-batch.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { RecordDigest } from '../../../src/record/record-digest.ts'
import { eachBatch, inspectStoredBatch } from '../../../src/record/stored-batch.ts'
import { type BatchRules, validateBatch } from '../../../src/record/validate-batch.ts'
import { BAD_HEADER_ROWS, BAD_RECORD_ROWS } from '../../support/bad-batches.ts'
import { rawBatch, rawRecord, zigzag } from '../../support/raw-batch.ts'
import type { FuzzRandom } from '../engine/fuzz-random.ts'
import { type FuzzTarget, mustHold, unlessRefused } from '../engine/fuzz-target.ts'

const RULES: BatchRules = {
  validation: 'full',
  maxBytes: 3_000,
  timestampType: 'CreateTime',
  nowMs: 1_700_000_000_000,
  beforeMaxMs: 10 ** 11,
  afterMaxMs: 10 ** 11,
}

const RECORD_CODES: readonly ErrorCode[] = [
  'DECOMPRESSION',
  'DECOMPRESSED_TOO_LARGE',
  'RECORD_LENGTH',
  'VARINT',
  'RECORD_FIELD',
  'HEADERS',
  'RECORD_COUNT',
  'OFFSET_DELTA',
  'INVALID_TIMESTAMP',
]
/** As decodeBatch says. */
const DECODE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...RECORD_CODES,
  'CORRUPT_BATCH',
  'UNSUPPORTED_CODEC',
  'UNSUPPORTED_MAGIC',
  'INVALID_OFFSET',
])
/** As validateBatch says. */
const VALIDATE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...RECORD_CODES,
  'EMPTY_BATCH',
  'BATCH_TOO_LARGE',
  'UNSUPPORTED_MAGIC',
  'CORRUPT_BATCH',
  'MULTIPLE_BATCHES',
  'CRC_MISMATCH',
  'UNSUPPORTED_CODEC',
  'CONTROL_BATCH',
  'TRANSACTIONS',
  'RESERVED_BITS',
  'PRODUCER_STATE',
])
const HEADER_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CORRUPT_BATCH',
  'UNSUPPORTED_CODEC',
])
const LENGTH_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['CORRUPT_BATCH'])

const DECODERS = [
  'batch-header',
  'batch-records',
  'codec',
  'decode-batch',
  'record-cursor',
  'record-digest',
  'stored-batch',
  'validate-batch',
  'varint',
].map((name) => `src/record/${name}.ts`)

const TOO_LARGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['DECOMPRESSED_TOO_LARGE'])

function checkBatch(bytes: Buffer): void {
  const least = decompress('none', bytes, bytes.length)
  mustHold(least.equals(bytes), 'without a codec nothing changes')
  const less = unlessRefused(TOO_LARGE, () => decompress('none', bytes, bytes.length - 1))
  mustHold(less === undefined, 'without a codec there are bounds too')
  if (nativeCrc32c !== undefined) {
    mustHold(nativeCrc32c(bytes) === portableCrc32c(bytes), 'both CRC-32C are the same')
  }
  unlessRefused(HEADER_CODES, () => readBatchHeader(bytes, 0))
  unlessRefused(HEADER_CODES, () => readBatchHeader(bytes, -1))
  const inspected = inspectStoredBatch(bytes, 0, bytes.length)
  unlessRefused(LENGTH_CODES, () => {
    let sum = 0
    for (const batch of eachBatch(bytes)) sum += batch.length
    mustHold(sum === bytes.length, 'the batches make up the bytes')
  })
  const records = unlessRefused(DECODE_CODES, () => [...decodeBatch(bytes)])
  const times = unlessRefused(DECODE_CODES, () => [...batchTimestamps(bytes)])
  mustHold((records === undefined) === (times === undefined), 'both decoders refuse the same')
  if (records !== undefined && times !== undefined) {
    mustHold(records.length === times.length, 'both decoders see as many records')
    checkDecoded(bytes, records)
  }
  const header = unlessRefused(VALIDATE_CODES, () =>
    validateBatch(bytes, { ...RULES, validation: 'header' }),
  )
  unlessRefused(VALIDATE_CODES, () =>
    validateBatch(bytes, { ...RULES, timestampType: 'LogAppendTime' }),
  )
  const accepted = unlessRefused(VALIDATE_CODES, () => validateBatch(bytes, RULES))
  if (accepted === undefined) return
  mustHold(header !== undefined, 'what is right as a whole has a right header')
  // The engine sets offset and epoch before it stores a batch.
  const stored = Buffer.from(bytes)
  setBatchBaseOffset(stored, 0, 7)
  setBatchLeaderEpoch(stored, 0, 3)
  const found = inspectStoredBatch(stored, 0, stored.length)
  mustHold(found.kind === 'valid', 'what is accepted is found again')
  const read = [...decodeBatch(stored)]
  mustHold(read.length === accepted.recordCount, 'what is accepted is read, record for record')
  mustHold(
    read.at(-1)?.offset === 7 + accepted.lastOffsetDelta,
    'the last offset is that of the header',
  )
  mustHold(
    batchBaseOffset(stored, 0) === 7 &&
      batchLastOffset(stored, 0) === 7 + accepted.lastOffsetDelta &&
      batchMaxTimestampMs(stored, 0) === accepted.maxTimestampMs,
    'single fields say what the header says',
  )
  if (inspected.kind === 'valid') mustHold(records !== undefined, 'what is found is read')
  stampLogAppendTime(stored, 1_800_000_000_000)
  mustHold(
    inspectStoredBatch(stored, 0, stored.length).kind === 'valid',
    'a stamped batch is whole',
  )
  for (const { timestampMs } of batchTimestamps(stored)) {
    mustHold(timestampMs === 1_800_000_000_000, 'a stamped batch has the time of its append')
  }
}

function checkDecoded(bytes: Buffer, records: readonly DecodedRecord[]): void {
  const stored = new RecordDigest()
  const decoded = new RecordDigest()
  const walk = new RecordWalk(bytes)
  for (let index = 0; walk.next(); index++) {
    stored.addStored(walk.cursor, walk.timestampMs)
    const record = records[index]
    if (record !== undefined) decoded.addRecord(record)
  }
  // Header keys that are not UTF-8 cannot be had back.
  const isExact = !records.some(({ headers }) => headers.some(({ key }) => key.includes('\ufffd')))
  if (isExact) mustHold(stored.value === decoded.value, 'both ways to a checksum agree')
  if (records.length === 0 || records.length > LIMITS.recordsPerBatchMax || !isExact) return
  const spread = Math.abs((records.at(-1)?.timestampMs ?? 0) - (records[0]?.timestampMs ?? 0))
  if (spread > 2 ** 50) return
  const again = [...decodeBatch(encodeBatch(records))]
  mustHold(again.length === records.length, 'what is written again has as many records')
  for (const [index, record] of records.entries()) {
    const other = again[index]
    const isSame =
      other !== undefined &&
      other.timestampMs === record.timestampMs &&
      same(other.key, record.key) &&
      same(other.value, record.value) &&
      other.headers.length === record.headers.length &&
      other.headers.every((one, at) => {
        const header = record.headers[at]
        return header !== undefined && one.key === header.key && same(one.value, header.value)
      })
    mustHold(isSame, 'what is written again is the same')
  }
}

function same(one: Buffer | null, other: Buffer | null | undefined): boolean {
  if (one === null || other === null || other === undefined) return one === other
  return one.equals(other)
}

/** Makes length, magic and CRC right again. */
function seal(bytes: Buffer, random: FuzzRandom): Buffer {
  if (bytes.length < BATCH_HEADER_BYTES) return bytes
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes.writeUInt8(2, 16)
  if (random.oneIn(2)) bytes.writeUInt16BE(random.below(5), 21)
  if (random.oneIn(2)) bytes.writeInt32BE((bytes.readInt32BE(57) - 1) | 0, 23)
  if (random.oneIn(2)) bytes.writeUInt32BE(0, 0)
  if (random.oneIn(2)) bytes.writeBigInt64BE(1_700_000_000_000n, 27)
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17)
  return bytes
}

const RECORDS = Array.from({ length: 5 }, (_, index) => ({
  timestampMs: 1_700_000_000_000 + index * 1000,
  key: index % 3 === 0 ? null : Buffer.from(`key ${index}`),
  value: index === 2 ? null : Buffer.from('abc '.repeat(index)),
  headers:
    index % 2 === 0
      ? [
          { key: 'h', value: null },
          { key: 'é', value: Buffer.from('v') },
        ]
      : [],
}))

const loadCodecs = async (): Promise<void> => {
  for (const name of CODEC_NAMES) await loadCodec(name)
}

/** What may come of a batch, many times: all ways of reading it run here. */
const allocatedBytesMax = (bytes: number): number =>
  64 * 1024 + 40 * (bytes + decompressedBytesMax(bytes))

const batch: FuzzTarget = {
  name: 'batch',
  decoders: DECODERS,
  prepare: loadCodecs,
  seeds: () => [
    ...CODEC_NAMES.map((codec) => encodeBatch(RECORDS, { codec })),
    encodeBatch(RECORDS, { producerId: 5, producerEpoch: 1, baseSequence: 9 }),
    encodeBatch([{ timestampMs: RULES.nowMs, value: Buffer.alloc(RULES.maxBytes) }]),
    ...[...BAD_HEADER_ROWS, ...BAD_RECORD_ROWS].flatMap(([, , bytes]) =>
      bytes.length <= 4096 ? [bytes] : [],
    ),
  ],
  words: [
    rawRecord(),
    zigzag(-1),
    zigzag(2 ** 31 - 1),
    zigzag(-(2n ** 63n)),
    Buffer.from([0xff, 0xfe, 0xef, 0xbf, 0xbd]),
  ],
  mend: seal,
  allocatedBytesMax,
  run: checkBatch,
}

/**
 * The records alone, in a batch that is right around them: the input is the codec, how far the count is off, and the records. With a
 * codec they are what comes out of it.
 */
const records: FuzzTarget = {
  name: 'records',
  decoders: DECODERS,
  prepare: loadCodecs,
  seeds: () =>
    CODEC_NAMES.map((_, codec) =>
      Buffer.concat([Buffer.of(251 + codec, 0), encodeBatch(RECORDS).subarray(61)]),
    ),
  words: [
    rawRecord(),
    rawRecord({ offsetDelta: 1 }),
    zigzag(-1),
    zigzag(-2),
    zigzag(2 ** 31 - 1),
    zigzag(2n ** 62n),
  ],
  allocatedBytesMax,
  run: (bytes) => {
    if (bytes.length < 2) return
    // Mostly without one: compressing takes longer than all else.
    const codec = Math.max(0, (bytes[0] ?? 0) - 251)
    const content = bytes.subarray(2)
    const recordCount = countOf(content) + (bytes.readInt8(1) >> 5)
    const name = CODEC_NAMES[codec] ?? 'none'
    checkBatch(
      rawBatch({
        attributes: codec,
        records: compress(name, content),
        recordCount,
        lastOffsetDelta: recordCount - 1,
        maxTimestamp: BigInt(1_700_000_000_000 + ((bytes[1] ?? 0) & 1)),
      }),
    )
  },
}

/** How many records the lengths say. */
function countOf(content: Buffer): number {
  let count = 0
  for (let at = 0; at < content.length; count++) {
    let [value, shift] = [0, 0]
    do value += ((content[at] ?? 0) & 0x7f) * 2 ** shift
    while ((content[at++] ?? 0) >= 0x80 && (shift += 7) < 35)
    at += Math.max(0, value % 2 === 0 ? value / 2 : 0)
  }
  return count
}

export const BATCH_TARGETS: readonly FuzzTarget[] = [batch, records]
