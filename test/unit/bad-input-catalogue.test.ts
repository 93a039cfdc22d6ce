// The catalogue of bad input, row by row: which test meets it, found by its words so that none is lost in silence; and where what varve
// answers is not what the catalogue said, since something was decided since. Rows of what does not exist yet are named.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const GRPC = 'integration/grpc/'
const TRANSPORT = `${GRPC}bad-input-transport.test.ts`
const MESSAGES = `${GRPC}bad-input-messages.test.ts`
const PRODUCE = `${GRPC}bad-input-produce.test.ts`
const FETCH = `${GRPC}bad-input-fetch.test.ts`
const GROUPS = `${GRPC}bad-input-groups.test.ts`
const WIRE = 'support/malformed-messages.ts'
const BATCHES = 'support/bad-batches.ts'
const CODECS = 'unit/record/codec.test.ts'
const DAMAGE = 'integration/storage/damaged-files.test.ts'
const DISK = 'integration/storage/disk-trouble.test.ts'

type Met = readonly [file: string, ...words: readonly string[]]

interface Row {
  readonly met: readonly Met[]
  /** How the answer differs from the catalogue's, and why. */
  readonly differs?: string
}

const row = (...met: readonly Met[]): Row => ({ met })
const other = (differs: string, ...met: readonly Met[]): Row => ({ met, differs })

const ROWS: Readonly<Record<number, Row>> = {
  // A: transport and framing
  1: row([TRANSPORT, 'row 1: HTTP/1.1']),
  2: row([TRANSPORT, 'row 2: random bytes', 'row 2: the hello of TLS', 'row 2: the preface']),
  3: row([`${GRPC}front-door.test.ts`, 'row 3: %s and then silence', 'half a preface']),
  4: row([TRANSPORT, 'row 4: content-type application/json', 'row 4: no content-type']),
  5: row([TRANSPORT, 'row 5: a method that is not there', 'row 5: a path']),
  6: row([
    TRANSPORT,
    'row 6: GET',
    'row 6: no message',
    'row 6: a message of 3 bytes',
    'row 6: 2 bytes of 100',
  ]),
  7: row([TRANSPORT, 'row 7: one byte too large', 'row 7: the largest length']),
  8: row([TRANSPORT, 'row 8: two messages']),
  9: other(
    'INVALID_ARGUMENT DECOMPRESSION where the row says INTERNAL: the decoder of grpc-js, which said so, is replaced',
    [TRANSPORT, 'row 9: gzip that is none', 'row 9: gzip that breaks off'],
  ),
  10: row([TRANSPORT, 'row 10:']),
  11: row([TRANSPORT, 'row 11:', 'of many bombs at once takes the memory of few']),
  12: row([TRANSPORT, 'row 12: headers of more than 64 KiB', 'row 12: more than 128 headers']),
  13: row([TRANSPORT, 'row 13:'], [`${GRPC}calls.test.ts`, 'row 13: grpc-timeout %s is refused']),
  14: row(
    [TRANSPORT, 'row 14: a timeout of %s is one of a millisecond'],
    [`${GRPC}calls.test.ts`, 'row 14:'],
  ),
  15: row([
    `${GRPC}request-bytes.test.ts`,
    'in frames of 64 bytes holds no more memory than twice what came',
  ]),
  16: row([`${GRPC}floods.test.ts`, '$name is cut']),
  17: row([
    `${GRPC}floods.test.ts`,
    'is refused alone when the client cannot know of the bound yet',
    'ends the connection of a client that was told',
  ]),
  18: other(
    'DEADLINE_EXCEEDED REQUEST_TIMEOUT where the row says RESOURCE_EXHAUSTED: what took too long is told as that',
    [`${GRPC}request-bytes.test.ts`, 'REQUEST_TIMEOUT'],
    ['unit/transport/incoming-messages.test.ts', 'of one message must be whole in its time'],
  ),
  19: row([
    `${GRPC}cancelled-calls.test.ts`,
    'cancelled produces leave nothing',
    'cancelled streams of produces leave nothing',
  ]),
  // B: protobuf
  20: row([
    WIRE,
    '20 truncated varint',
    '20 varint of 11 bytes',
    '20 length beyond the end',
    '20 length of 2^31',
  ]),
  21: row([WIRE, '21 fixed32 in an int64 field', '21 wire type 7', '21 field number 0']),
  22: row([WIRE, '22 groups 20,000 deep', '22 500,000 start-groups', '22 end-group without start']),
  23: row([WIRE, '23 broken UTF-8 in a topic', '23 a surrogate half']),
  24: row(
    [WIRE, '24 unknown fields of 1 MiB'],
    [MESSAGES, 'row 24: unknown fields up to 64 KiB are ignored'],
  ),
  25: row([MESSAGES, 'row 25: of a scalar that comes 10,000 times the last counts']),
  26: row([WIRE, '26 1,000,000 partitions']),
  27: row([WIRE, '27 no form of records', '27 durability 99', '27 durability -1']),
  // C: names
  28: row([MESSAGES, '28 empty']),
  29: row([
    MESSAGES,
    '29 one dot',
    '29 two dots',
    '29 a path upwards',
    '29 a slash',
    '29 a backslash',
    '29 percent',
    '29 a NUL',
  ]),
  30: row([MESSAGES, '30 250 characters', '30 249 characters']),
  31: row([MESSAGES, '31 a line feed', '31 a right-to-left mark', '31 an emoji', '31 a homoglyph']),
  32: row([MESSAGES, '__consumer_offsets']),
  33: row([MESSAGES, 'row 33: a.b when a_b exists']),
  34: row([MESSAGES, '34 Orders', '34 orders']),
  35: row([
    MESSAGES,
    '35 constructor',
    'row 35: __proto__ and constructor as settings and as header keys',
  ]),
  36: row([MESSAGES, '36 CON', '36 nul', '36 an option', '36 a command']),
  37: row([
    GROUPS,
    'a group id of 256 bytes',
    'a group id with a line feed',
    'a member id of 256 bytes',
    'a client id of 256 bytes',
    'a client id with a NUL',
  ]),
  // D: topics
  38: row([MESSAGES, 'row 38', '2^31 - 1', 'one above the limit']),
  39: row([MESSAGES, 'row 39: a topic that exists']),
  40: row([MESSAGES, 'row 40: fewer partitions']),
  41: row([MESSAGES, 'an unknown name', 'retention.ms -2', 'segment.bytes 1', "['2^63'"]),
  42: other('there are no rights yet, so what is not there is NOT_FOUND for everyone', [
    MESSAGES,
    'row 42: delete what does not exist',
  ]),
  43: row([MESSAGES, 'row 43: topics up to the limit']),
  44: row([MESSAGES, 'row 44: delete while producing and fetching']),
  // E: batches
  45: row([PRODUCE, 'row 45: partition %d']),
  46: row([PRODUCE, 'row 46: no batch, no records, nothing at all'], [BATCHES, '46 no records']),
  47: row([PRODUCE, 'row 47: a batch above max.message.bytes']),
  48: row([
    BATCHES,
    '48 length 0',
    '48 length 48',
    '48 length -1',
    '48 length 2^31 - 1',
    '48 length one short',
    '48 length one long',
    '48 trailing byte',
  ]),
  49: row([BATCHES, '49 magic 0', '49 magic 1', '49 magic 3', '49 magic 255']),
  50: row([BATCHES, '50 one bit of the CRC', '50 CRC-32 for CRC-32C', '50 CRC of too much']),
  51: row([
    BATCHES,
    '51 codec 5',
    '51 codec 6',
    '51 codec 7',
    '51 bit 7',
    '51 control',
    '51 transactional',
  ]),
  52: row([
    BATCHES,
    '52 count -1',
    '52 count 0 with bytes',
    '52 count 2^31 - 1',
    '52 count too high',
    '52 count too low',
  ]),
  53: row([BATCHES, '53 last offset delta too low', '53 last offset delta too high']),
  54: row([BATCHES, '54 all 0', '54 a gap', '54 negative', '54 beyond 32 bits']),
  55: row([BATCHES, '55 length -1', '55 length beyond the batch', '55 slack in a record']),
  56: row([
    BATCHES,
    '56 six bytes',
    '56 unterminated',
    '56 overlong zero',
    '56 eleven bytes of timestamp',
  ]),
  57: row([BATCHES, '57 key length -2', '57 value length -2', '57 key beyond the record']),
  58: row([
    BATCHES,
    '58 -1 headers',
    '58 2^31 - 1 headers',
    '58 more headers than bytes',
    '58 a null header key',
  ]),
  59: row([PRODUCE, 'rows 59, 60: base offset and leader epoch are overwritten']),
  60: row([PRODUCE, 'rows 59, 60: base offset and leader epoch are overwritten']),
  61: row([BATCHES, '61 base -2', '61 too far ahead', '61 max below base', '61 delta of 2^62']),
  62: row([
    BATCHES,
    '62 producer id -5',
    '62 epoch -2',
    '62 id without epoch',
    '62 id without sequence',
  ]),
  63: row([
    `${GRPC}idempotence.test.ts`,
    'row 63: answers a duplicate',
    'row 63: refuses a gap',
    'row 63: refuses an old epoch',
  ]),
  64: row([
    BATCHES,
    'without its last byte',
    'with junk behind',
    'with another frame behind',
    '64 gzip of a wrong checksum',
  ]),
  65: row(
    [
      BATCHES,
      '65 a bomb',
      '65 ratio',
      '65 zstd that states 2^63 bytes',
      '65 zstd with a dictionary',
      '65 snappy that states 4 GiB',
      '65 snappy with a block that lies',
      '65 lz4 with an unknown block size',
    ],
    [CODECS, 'a window of 2^31'],
  ),
  66: row([BATCHES, '66 a v1 message']),
  67: row([BATCHES, '67 two batches', '67 the second corrupt']),
  68: row([PRODUCE, 'row 68: of several entries the good ones are stored']),
  69: other(
    'acks is an enum here, durability: what it does not know is UNKNOWN_ENUM before INVALID_ACKS is asked',
    [WIRE, '27 durability 99', '27 durability -1'],
  ),
  70: row([PRODUCE, 'row 70: a full disk refuses and nothing is lost']),
  71: row([PRODUCE, 'rows 72, 71: a failing sync']),
  72: row([PRODUCE, 'rows 72, 71: a failing sync leaves the effect unknown']),
  73: row([PRODUCE, 'row 73: a broker that is stopping refuses']),
  // F: fetches and offsets
  74: row([FETCH, '74 -3', '74 -2^63']),
  75: row([FETCH, 'behind the end', 'before the start']),
  76: row([
    FETCH,
    'row 76: at the end it is empty after the wait',
    'row 76: a cancelled wait is let go',
  ]),
  77: row([FETCH, '77 2^53 + 1']),
  78: row([
    FETCH,
    'max_bytes -1',
    'min_bytes above max_bytes',
    'row 78: max_bytes 0 and 1 give one batch at least, 2^31 - 1 is clamped',
  ]),
  79: row([FETCH, 'row 79: a wait of 2^31 - 1 ends 100 ms before the deadline']),
  80: row([FETCH, 'row 80: an epoch that ended before the offset']),
  81: row([FETCH, 'row 81: into a damaged range']),
  82: row([FETCH, "['-3', '-3']", '9223372036854775807']),
  83: row([FETCH, 'row 83: 1,000 partitions of 1 byte each']),
  // G: groups
  84: row([
    GROUPS,
    'beyond the end',
    'of an unknown topic',
    'row 84: a commit for a partition that the member does not own',
  ]),
  85: row([
    GROUPS,
    'row 85: a commit with an epoch that the member never had',
    "row 85: a commit with another member's id",
    'a member that the group does not know',
  ]),
  86: other('FENCED_MEMBER_EPOCH where the row says FENCED_MEMBER: the name of KIP-848', [
    GROUPS,
    'row 86: a heartbeat after the session ended',
  ]),
  87: other(
    'the newer of two joins is refused while the older one lives, as KIP-848 has it: UNRELEASED_INSTANCE_ID',
    [GROUPS, 'two joins with one static id'],
  ),
  88: other('a session timeout of 0 asks for the default', [
    GROUPS,
    '1 ms',
    '10 days',
    'row 88: a session timeout of 0',
  ]),
  89: row([GROUPS, 'row 89: a subscription to 100,000 topics', '(a+)+$']),
  90: row([GROUPS, 'row 90: metadata above 4 KiB of a commit', 'row 90: 10 MiB of metadata']),
  91: row([GROUPS, 'row 91: members beyond the limit of a group are refused']),
  92: other(
    'no partition stops that need not: a commit during a rebalance counts for what the member still has',
    [GROUPS, 'row 92: a commit during a rebalance'],
  ),
  93: row([GROUPS, 'row 93: a group with members is not deleted']),
  // I: files
  101: row([DAMAGE, '%s at the end are cut off, with a copy kept']),
  102: row([DAMAGE, 'a flipped bit in %s is damage: reads go around it']),
  103: row([
    DAMAGE,
    'of an odd size',
    'of random bytes',
    'that does not rise',
    'that points past the end',
    'that is missing is made anew',
    'of another segment',
  ]),
  104: row([
    DAMAGE,
    "'empty'",
    'of a negative offset',
    'of the future',
    'with a line twice',
    'of zero bytes',
  ]),
  105: row(
    [
      DAMAGE,
      'a renamed segment is damage',
      'a missing middle segment is damage',
      'reaches into the next one',
      'an emptied middle segment',
      'a folder or a link named like a segment',
    ],
    ['unit/platform/node-file-system.test.ts', 'does not hang on a FIFO'],
  ),
  106: row(
    [
      'integration/platform/directory-lock.test.ts',
      'keeps a second process out',
      'is taken over from a process that was killed',
    ],
    [
      'unit/platform/node-directory-lock.test.ts',
      'is taken over when the process id belongs to a later process',
    ],
  ),
  107: row([
    DISK,
    'is refused where nothing can be written',
    'EROFS',
    'EACCES',
    'is refused when there is no space at the start',
  ]),
}

/** Of what does not exist yet: authentication and rights (H), and the listener that speaks Kafka's protocol (J). */
const NOT_THERE_YET: readonly (readonly [first: number, last: number])[] = [
  [94, 99],
  [108, 118],
]
/** A star as a name, which needs no rights to be refused. */
const STAR: Row = row([MESSAGES, '100 a star'])

const texts = new Map<string, string>()

function textOf(file: string): string {
  const known = texts.get(file)
  if (known !== undefined) return known
  const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  texts.set(file, text)
  return text
}

describe('the catalogue of bad input', () => {
  it.each(Object.entries({ ...ROWS, 100: STAR }))('row %s is met by a test', (_number, { met }) => {
    expect(met.length).toBeGreaterThan(0)
    for (const [file, ...words] of met) {
      const missing = words.filter((one) => !textOf(file).includes(one))
      expect(missing, file).toEqual([])
    }
  })

  it('is here with all of its 118 rows', () => {
    const later = NOT_THERE_YET.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    )
    const numbers = [...Object.keys(ROWS).map(Number), 100, ...later].sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 118 }, (_, index) => index + 1))
    const differing = Object.values(ROWS).filter(({ differs }) => differs !== undefined)
    console.log(
      `${Object.keys(ROWS).length + 1} rows of bad input met, ${differing.length} with another answer than first written, ${later.length} of what is not there yet`,
    )
  })
})
