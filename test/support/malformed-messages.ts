// The rows 20 to 27 of the bad-input table: what it is, the code with which it is refused, the message that it claims to
// be, and its bytes.
import type { ErrorCode } from '../../src/domain/error.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import { bytesField, message, tag, varint, varintField } from './protobuf-bytes.ts'

export type MalformedRow = readonly [
  row: string,
  code: ErrorCode,
  messageName: string,
  bytes: Buffer,
]

const PRODUCE = 'varve.v1.ProduceRequest'
const FETCH = 'varve.v1.FetchRequest'
const LIST = 'varve.v1.ListOffsetsRequest'
const CREATE = 'varve.v1.CreateTopicRequest'

export const MALFORMED_ROWS: readonly MalformedRow[] = [
  ['20 truncated varint', 'MALFORMED_REQUEST', FETCH, Buffer.from([0x10, 0x80])],
  ['20 truncated tag', 'MALFORMED_REQUEST', FETCH, Buffer.from([0x80])],
  [
    '20 varint of 11 bytes',
    'MALFORMED_REQUEST',
    FETCH,
    Buffer.from([0x10, ...new Array<number>(10).fill(0x80), 1]),
  ],
  [
    '20 int32 padded to 7 bytes',
    'MALFORMED_REQUEST',
    FETCH,
    Buffer.from([0x10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
  ],
  [
    '20 tag padded to 6 bytes',
    'MALFORMED_REQUEST',
    FETCH,
    Buffer.from([0x90, 0x80, 0x80, 0x80, 0x80, 0, 1]),
  ],
  [
    '20 length padded to 8 bytes',
    'MALFORMED_REQUEST',
    CREATE,
    Buffer.from([0x0a, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x61]),
  ],
  ['20 length beyond the end', 'MALFORMED_REQUEST', CREATE, Buffer.from([0x0a, 5, 0x61])],
  ['20 length of 2^31', 'MALFORMED_REQUEST', CREATE, message(tag(1, 2), varint(2 ** 31))],
  [
    '20 length of 2^64 - 1',
    'MALFORMED_REQUEST',
    CREATE,
    message(tag(1, 2), varint(2n ** 64n - 1n)),
  ],
  [
    '20 inner length beyond the outer message',
    'MALFORMED_REQUEST',
    PRODUCE,
    message(bytesField(1, Buffer.from([0x0a, 3])), Buffer.from([0x10, 0])),
  ],
  [
    '21 fixed32 in an int64 field',
    'MALFORMED_REQUEST',
    FETCH,
    bytesField(1, message(tag(3, 5), Buffer.alloc(4))),
  ],
  ['21 varint in a string field', 'MALFORMED_REQUEST', CREATE, varintField(1, 1)],
  ['21 bytes in a number field', 'MALFORMED_REQUEST', CREATE, bytesField(2, 'x')],
  ['21 wire type 7', 'MALFORMED_REQUEST', CREATE, tag(1, 7)],
  ['21 wire type 6 in an unknown field', 'MALFORMED_REQUEST', CREATE, tag(99, 6)],
  ['21 field number 0', 'MALFORMED_REQUEST', CREATE, Buffer.from([0x00, 0x01])],
  [
    '21 field number above 2^29',
    'MALFORMED_REQUEST',
    CREATE,
    message(varint(2n ** 32n), varint(0)),
  ],
  ['22 groups 20,000 deep', 'MALFORMED_REQUEST', CREATE, repeated(tag(99, 3), 20_000)],
  ['22 500,000 start-groups', 'MALFORMED_REQUEST', CREATE, repeated(tag(1, 3), 500_000)],
  ['22 end-group without start', 'MALFORMED_REQUEST', CREATE, tag(1, 4)],
  ['23 broken UTF-8 in a topic', 'INVALID_UTF8', CREATE, bytesField(1, Buffer.from([0xc3, 0x28]))],
  [
    '23 a surrogate half in a topic',
    'INVALID_UTF8',
    FETCH,
    bytesField(1, bytesField(1, Buffer.from([0xed, 0xa0, 0x80]))),
  ],
  [
    '23 broken UTF-8 in the key of a map',
    'INVALID_UTF8',
    CREATE,
    bytesField(3, bytesField(1, Buffer.from([0xff]))),
  ],
  [
    '24 unknown fields of 1 MiB',
    'UNKNOWN_FIELDS_TOO_LARGE',
    CREATE,
    bytesField(99, Buffer.alloc(1024 * 1024)),
  ],
  [
    '24 many small unknown fields',
    'UNKNOWN_FIELDS_TOO_LARGE',
    CREATE,
    repeated(varintField(99, 1), LIMITS.unknownFieldBytesMax),
  ],
  [
    '26 1,000,000 partitions',
    'TOO_MANY_ITEMS',
    FETCH,
    repeated(bytesField(1, Buffer.alloc(0)), 1_000_000),
  ],
  ['26 1,001 settings', 'TOO_MANY_ITEMS', CREATE, repeated(bytesField(3, Buffer.alloc(0)), 1_001)],
  [
    '26 100,001 records',
    'TOO_MANY_ITEMS',
    PRODUCE,
    bytesField(1, bytesField(3, bytesField(2, repeated(bytesField(1, ''), 100_001)))),
  ],
  ['27 no form of records', 'MISSING_FIELD', PRODUCE, bytesField(1, bytesField(3, ''))],
  ['27 no place in a question', 'MISSING_FIELD', LIST, bytesField(1, bytesField(1, 'topic'))],
  ['27 durability 99', 'UNKNOWN_ENUM', PRODUCE, varintField(2, 99)],
  ['27 durability -1', 'UNKNOWN_ENUM', PRODUCE, varintField(2, -1)],
  ['27 form 7', 'UNKNOWN_ENUM', FETCH, varintField(5, 7)],
  ['27 position 9', 'UNKNOWN_ENUM', LIST, bytesField(1, varintField(3, 9))],
]

function repeated(bytes: Buffer, times: number): Buffer {
  return Buffer.concat(new Array<Buffer>(times).fill(bytes))
}
