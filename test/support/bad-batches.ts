// The rows 46 to 67 of the bad-input table, as far as one batch can show them: what it is, the code with which it is
// refused, its bytes. All are refused by the rules BAD_BATCH_RULES; record rows pass where only headers are validated.
import { LIMITS } from '../../src/domain/limits.ts'
import { CODEC_NAMES, type CodecName, compress } from '../../src/record/codec.ts'
import { crc32, crc32c } from '../../src/record/crc32c.ts'
import type { BatchRules } from '../../src/record/validate-batch.ts'
import { RAW_TIMESTAMP_MS, rawBatch, rawRecord, zigzag } from './raw-batch.ts'

export const BAD_BATCH_RULES: BatchRules = {
  validation: 'full',
  maxBytes: 1_048_588,
  timestampType: 'CreateTime',
  nowMs: RAW_TIMESTAMP_MS,
  beforeMaxMs: Infinity,
  afterMaxMs: 3_600_000,
}
const RULES = BAD_BATCH_RULES
const BASE = BigInt(RAW_TIMESTAMP_MS)

/** A batch of two records, the second of which is given. */
export const second = (record: Buffer): Buffer =>
  rawBatch({ recordCount: 2, records: Buffer.concat([rawRecord(), record]) })

/** A batch that states a codec and holds the given bytes as they are. */
const compressed = (codec: number, records: Buffer, recordCount = 1): Buffer =>
  rawBatch({ attributes: codec, records, recordCount })

function flip(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return copy
}

const v1Message = Buffer.alloc(34)
v1Message.writeInt32BE(22, 8)
v1Message.writeInt8(1, 16)

export type BadBatchRow = readonly [row: string, code: string, bytes: Buffer]

/** Refused by a look at the header. */
export const BAD_HEADER_ROWS: readonly BadBatchRow[] = [
  ['46 no bytes', 'EMPTY_BATCH', Buffer.alloc(0)],
  ['46 no records', 'EMPTY_BATCH', rawBatch({ recordCount: 0, lastOffsetDelta: -1 })],
  ['47 too large', 'BATCH_TOO_LARGE', rawBatch({ records: Buffer.alloc(RULES.maxBytes) })],
  ['48 length 0', 'CORRUPT_BATCH', rawBatch({ batchLength: 0 })],
  ['48 length 48', 'CORRUPT_BATCH', rawBatch({ batchLength: 48 })],
  ['48 length -1', 'CORRUPT_BATCH', rawBatch({ batchLength: -1 })],
  ['48 length 2^31 - 1', 'CORRUPT_BATCH', rawBatch({ batchLength: 2 ** 31 - 1 })],
  ['48 length one short', 'CORRUPT_BATCH', rawBatch({ batchLength: 55 })],
  ['48 length one long', 'CORRUPT_BATCH', rawBatch({ batchLength: 57 })],
  ['48 trailing byte', 'CORRUPT_BATCH', Buffer.concat([rawBatch(), Buffer.alloc(1)])],
  ['48 a cut header', 'CORRUPT_BATCH', rawBatch().subarray(0, 60)],
  ['48 ten bytes', 'CORRUPT_BATCH', rawBatch().subarray(0, 10)],
  ['49 magic 0', 'UNSUPPORTED_MAGIC', rawBatch({ magic: 0 })],
  ['49 magic 1', 'UNSUPPORTED_MAGIC', rawBatch({ magic: 1 })],
  ['49 magic 3', 'UNSUPPORTED_MAGIC', rawBatch({ magic: 3 })],
  ['49 magic 255', 'UNSUPPORTED_MAGIC', rawBatch({ magic: 255 })],
  ['50 one bit of the CRC', 'CRC_MISMATCH', flip(rawBatch(), 17 * 8)],
  ['50 one bit of a record', 'CRC_MISMATCH', flip(rawBatch(), 65 * 8)],
  ['50 CRC 0', 'CRC_MISMATCH', rawBatch({ crc: 0 })],
  ['50 CRC-32 for CRC-32C', 'CRC_MISMATCH', rawBatch({ crc: crc32(rawBatch().subarray(21)) })],
  ['50 CRC of too much', 'CRC_MISMATCH', rawBatch({ crc: crc32c(rawBatch().subarray(16)) })],
  ['51 codec 5', 'UNSUPPORTED_CODEC', rawBatch({ attributes: 5 })],
  ['51 codec 6', 'UNSUPPORTED_CODEC', rawBatch({ attributes: 6 })],
  ['51 codec 7', 'UNSUPPORTED_CODEC', rawBatch({ attributes: 7 })],
  ['51 bit 7', 'RESERVED_BITS', rawBatch({ attributes: 0x80 })],
  ['51 bit 15', 'RESERVED_BITS', rawBatch({ attributes: 0x8000 })],
  ['51 delete horizon', 'RESERVED_BITS', rawBatch({ attributes: 0x40 })],
  ['51 control', 'CONTROL_BATCH', rawBatch({ attributes: 0x20 })],
  ['51 control of a transaction', 'CONTROL_BATCH', rawBatch({ attributes: 0x30 })],
  ['51 transactional', 'TRANSACTIONS', rawBatch({ attributes: 0x10 })],
  ['52 count -1', 'RECORD_COUNT', rawBatch({ recordCount: -1, records: rawRecord() })],
  ['52 count 0 with bytes', 'RECORD_COUNT', rawBatch({ recordCount: 0, records: rawRecord() })],
  [
    '52 count 2^31 - 1',
    'RECORD_COUNT',
    rawBatch({ recordCount: 2 ** 31 - 1, records: rawRecord() }),
  ],
  ['52 count of a compressed batch above any', 'RECORD_COUNT', compressed(1, rawRecord(), 2 ** 28)],
  [
    '53 last offset delta too low',
    'OFFSET_DELTA',
    rawBatch({ recordCount: 3, lastOffsetDelta: 1 }),
  ],
  [
    '53 last offset delta too high',
    'OFFSET_DELTA',
    rawBatch({ recordCount: 3, lastOffsetDelta: 3 }),
  ],
  ['53 last offset delta -1', 'OFFSET_DELTA', rawBatch({ lastOffsetDelta: -1 })],
  ['61 base -2', 'INVALID_TIMESTAMP', rawBatch({ baseTimestamp: -2n })],
  ['61 base -2^63', 'INVALID_TIMESTAMP', rawBatch({ baseTimestamp: -(2n ** 63n) })],
  ['61 base 2^53', 'INVALID_TIMESTAMP', rawBatch({ baseTimestamp: 2n ** 53n })],
  ['61 too far ahead', 'INVALID_TIMESTAMP', rawBatch({ baseTimestamp: BASE + 3_600_001n })],
  ['61 max below base', 'INVALID_TIMESTAMP', rawBatch({ maxTimestamp: BASE - 1n })],
  ['61 LogAppendTime from outside', 'INVALID_TIMESTAMP', rawBatch({ attributes: 0x08 })],
  ['62 producer id -5', 'PRODUCER_STATE', rawBatch({ producerId: -5n })],
  [
    '62 producer id 2^60',
    'PRODUCER_STATE',
    rawBatch({ producerId: 2n ** 60n, producerEpoch: 0, baseSequence: 0 }),
  ],
  ['62 epoch -2', 'PRODUCER_STATE', rawBatch({ producerEpoch: -2 })],
  ['62 sequence -2', 'PRODUCER_STATE', rawBatch({ baseSequence: -2 })],
  ['62 id without epoch', 'PRODUCER_STATE', rawBatch({ producerId: 7n, baseSequence: 0 })],
  ['62 id without sequence', 'PRODUCER_STATE', rawBatch({ producerId: 7n, producerEpoch: 0 })],
  ['66 a v1 message', 'UNSUPPORTED_MAGIC', v1Message],
  ['67 two batches', 'MULTIPLE_BATCHES', Buffer.concat([rawBatch(), rawBatch()])],
  ['67 the second corrupt', 'MULTIPLE_BATCHES', Buffer.concat([rawBatch(), flip(rawBatch(), 500)])],
  [
    '67 the second cut',
    'MULTIPLE_BATCHES',
    Buffer.concat([rawBatch(), rawBatch().subarray(0, 40)]),
  ],
]

const LARGE = 2 ** 31 - 1
/** Refused by a look at the records. */
export const BAD_RECORD_ROWS: readonly BadBatchRow[] = [
  [
    '52 count too high',
    'RECORD_COUNT',
    rawBatch({ recordCount: 2, records: rawRecord({ value: Buffer.alloc(20) }) }),
  ],
  [
    '52 count too low',
    'RECORD_COUNT',
    rawBatch({ recordCount: 1, records: Buffer.concat([rawRecord(), rawRecord()]) }),
  ],
  ['54 all 0', 'OFFSET_DELTA', second(rawRecord({ offsetDelta: 0 }))],
  ['54 a gap', 'OFFSET_DELTA', second(rawRecord({ offsetDelta: 2 }))],
  ['54 negative', 'OFFSET_DELTA', second(rawRecord({ offsetDelta: -1 }))],
  ['54 2^31 - 1', 'OFFSET_DELTA', second(rawRecord({ offsetDelta: LARGE }))],
  ['54 beyond 32 bits', 'VARINT', rawBatch({ records: rawRecordWithOffsetDelta(2n ** 32n) })],
  ['54 does not begin at 0', 'OFFSET_DELTA', rawBatch({ records: rawRecord({ offsetDelta: 1 }) })],
  ['55 length -1', 'RECORD_LENGTH', rawBatch({ records: rawRecord({ length: -1 }) })],
  ['55 length 0', 'RECORD_LENGTH', rawBatch({ records: rawRecord({ length: 0 }) })],
  ['55 length beyond the batch', 'RECORD_LENGTH', rawBatch({ records: rawRecord({ length: 7 }) })],
  ['55 length 2^31 - 1', 'RECORD_LENGTH', rawBatch({ records: rawRecord({ length: LARGE }) })],
  [
    '55 slack in a record',
    'RECORD_LENGTH',
    rawBatch({ records: rawRecord({ headers: Buffer.alloc(2) }) }),
  ],
  [
    '55 ends before its value',
    'RECORD_LENGTH',
    rawBatch({ records: rawRecord({ rest: Buffer.concat([zigzag(2), Buffer.from('kk')]) }) }),
  ],
  [
    '56 six bytes',
    'VARINT',
    rawBatch({
      records: rawRecord({ rest: Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 1, 1, 0]) }),
    }),
  ],
  [
    '56 unterminated',
    'VARINT',
    rawBatch({ records: rawRecord({ rest: Buffer.from([1, 1, 0x80]) }) }),
  ],
  [
    '56 overlong zero',
    'VARINT',
    rawBatch({ records: rawRecord({ rest: Buffer.from([1, 1, 0x80, 0]) }) }),
  ],
  [
    '56 eleven bytes of timestamp',
    'VARINT',
    rawBatch({
      records: Buffer.from([34, 0, ...Array.from({ length: 10 }, () => 0x80), 1, 0, 1, 1, 0, 0, 0]),
    }),
  ],
  ['57 key length -2', 'RECORD_FIELD', rawBatch({ records: rawRecord({ keyLength: -2 }) })],
  ['57 value length -2', 'RECORD_FIELD', rawBatch({ records: rawRecord({ valueLength: -2 }) })],
  ['57 key beyond the record', 'RECORD_FIELD', rawBatch({ records: rawRecord({ keyLength: 9 }) })],
  ['57 value 2^31 - 1', 'RECORD_FIELD', rawBatch({ records: rawRecord({ valueLength: LARGE }) })],
  ['58 -1 headers', 'HEADERS', rawBatch({ records: rawRecord({ headerCount: -1 }) })],
  ['58 2^31 - 1 headers', 'HEADERS', rawBatch({ records: rawRecord({ headerCount: LARGE }) })],
  [
    '58 more headers than bytes',
    'HEADERS',
    rawBatch({ records: rawRecord({ headerCount: 2, headers: Buffer.from([0, 1]) }) }),
  ],
  [
    '58 a null header key',
    'HEADERS',
    rawBatch({ records: rawRecord({ headerCount: 1, headers: Buffer.from([1, 1]) }) }),
  ],
  [
    '58 a header key beyond the record',
    'HEADERS',
    rawBatch({ records: rawRecord({ headerCount: 1, headers: Buffer.from([40, 1]) }) }),
  ],
  [
    '58 a header value of -2',
    'HEADERS',
    rawBatch({ records: rawRecord({ headerCount: 1, headers: Buffer.from([0, 3]) }) }),
  ],
  [
    '58 a header without value',
    'HEADERS',
    rawBatch({ records: rawRecord({ headerCount: 1, headers: Buffer.from([2, 65]) }) }),
  ],
  [
    '61 delta below 0',
    'INVALID_TIMESTAMP',
    rawBatch({ records: rawRecord({ timestampDelta: -BASE - 2n }) }),
  ],
  [
    '61 delta of 2^62',
    'INVALID_TIMESTAMP',
    rawBatch({ records: rawRecord({ timestampDelta: 2n ** 62n }) }),
  ],
  ['61 max of the records is another', 'INVALID_TIMESTAMP', rawBatch({ maxTimestamp: BASE + 1n })],
  ['64 gzip junk', 'DECOMPRESSION', compressed(1, Buffer.from('not gzip at all, really'))],
  [
    '64 gzip cut off',
    'DECOMPRESSION',
    compressed(1, compress('gzip', rawRecord()).subarray(0, -3)),
  ],
  ['64 lz4 junk', 'DECOMPRESSION', compressed(3, Buffer.alloc(40, 7))],
  ...CODEC_NAMES.slice(1).flatMap((name, index): BadBatchRow[] => {
    const frame = compress(name, rawRecord())
    const row = (what: string, bytes: Buffer): BadBatchRow => [
      ...([`64 ${name} ${what}`, 'DECOMPRESSION', compressed(index + 1, bytes)] as const),
    ]
    return [
      row('without its last byte', frame.subarray(0, -1)),
      row('of one byte', frame.subarray(0, 1)),
      row('of nothing', Buffer.alloc(0)),
      row('with junk behind', Buffer.concat([frame, Buffer.from([1, 2, 3, 4, 5])])),
      row('with another frame behind', Buffer.concat([frame, frame])),
    ]
  }),
  ['64 gzip of a wrong checksum', 'DECOMPRESSION', compressed(1, changedFromEnd('gzip', 8))],
  ['64 gzip of a wrong length', 'DECOMPRESSION', compressed(1, changedFromEnd('gzip', 4))],
  [
    '65 zstd that states 2^63 bytes',
    'DECOMPRESSED_TOO_LARGE',
    compressed(4, Buffer.from('28b52ffde00000000000000080010000', 'hex')),
  ],
  [
    '65 zstd with a window of 2^41',
    'DECOMPRESSION',
    compressed(4, Buffer.from('28b52ffd00ff010000', 'hex')),
  ],
  [
    '65 zstd with a dictionary',
    'DECOMPRESSION',
    compressed(4, Buffer.from('28b52ffd210902010000', 'hex')),
  ],
  [
    '65 lz4 with an unknown block size',
    'DECOMPRESSION',
    compressed(3, Buffer.from('04224d18603082', 'hex')),
  ],
  [
    '65 snappy that states 4 GiB',
    'DECOMPRESSED_TOO_LARGE',
    compressed(2, Buffer.from('ffffffff0f00', 'hex')),
  ],
  [
    '65 snappy with a block that lies',
    'DECOMPRESSION',
    compressed(2, Buffer.from('82534e415050590000000001000000017fffffff0100', 'hex')),
  ],
  [
    '65 a bomb',
    'DECOMPRESSED_TOO_LARGE',
    compressed(1, compress('gzip', Buffer.alloc(LIMITS.decompressedBatchBytesMax + 1))),
  ],
  ['65 ratio', 'DECOMPRESSED_TOO_LARGE', compressed(4, compress('zstd', Buffer.alloc(2 ** 20)))],
  [
    '52 compressed, count too high',
    'RECORD_COUNT',
    compressed(1, compress('gzip', rawRecord()), 2),
  ],
  ['52 compressed to nothing', 'RECORD_COUNT', compressed(1, compress('gzip', Buffer.alloc(0)), 1)],
]

/** A frame of which one byte is another, so many bytes before its end. */
function changedFromEnd(name: CodecName, fromEnd: number): Buffer {
  const frame = Buffer.from(compress(name, rawRecord()))
  const at = frame.length - fromEnd
  frame[at] = (frame[at] ?? 0) ^ 0xff
  return frame
}

function rawRecordWithOffsetDelta(offsetDelta: bigint): Buffer {
  const body = Buffer.concat([Buffer.from([0, 0]), zigzag(offsetDelta), Buffer.from([1, 1, 0])])
  return Buffer.concat([zigzag(body.length), body])
}
