// The one table of expected failures. Every refusal that a user can meet has its code here, with what kind of failure
// it is and whether the request can have had an effect. Anything else thrown is a bug.
// The transports map each code to their own status exhaustively, so a new code without a mapping does not compile.

/** Who can do something about it: the caller by changing the request, anyone by waiting, an operator. */
export type ErrorKind = 'caller' | 'transient' | 'fatal'

interface ErrorDefinition {
  readonly kind: ErrorKind
  /** `none`: the request changed nothing. `unknown`: it may or may not have. */
  readonly effect: 'none' | 'unknown'
  /** One sentence for docs/ERRORS.md: when it happens and what to do. */
  readonly summary: string
}

const caller = (summary: string): ErrorDefinition => ({ kind: 'caller', effect: 'none', summary })
const transient = (summary: string): ErrorDefinition => ({
  kind: 'transient',
  effect: 'none',
  summary,
})
const fatal = (summary: string): ErrorDefinition => ({ kind: 'fatal', effect: 'none', summary })
const unknownEffect = (kind: ErrorKind, summary: string): ErrorDefinition => ({
  kind,
  effect: 'unknown',
  summary,
})

export const ERRORS = {
  // The request as a message
  MALFORMED_REQUEST: caller('The bytes are not a valid protobuf message of the expected type.'),
  INVALID_UTF8: caller('A string field holds bytes that are not UTF-8.'),
  UNKNOWN_FIELDS_TOO_LARGE: caller('The request carries too many bytes in fields unknown here.'),
  TOO_MANY_ITEMS: caller(
    'A repeated field holds more items than its limit; send several requests.',
  ),
  MISSING_FIELD: caller('A required field is not set.'),
  UNKNOWN_ENUM: caller('An enum field holds a number that has no meaning here.'),
  UNSUPPORTED: caller('The operation or combination is not available in this version.'),

  // Names and topics
  INVALID_TOPIC_NAME: caller(
    'A topic name must match [A-Za-z0-9._-]{1,249} and be neither "." nor "..".',
  ),
  INTERNAL_TOPIC: caller('Names that begin with "__" belong to the broker.'),
  TOPIC_NAME_COLLISION: caller(
    'The name differs from an existing topic only by "." against "_"; choose another.',
  ),
  TOPIC_EXISTS: caller('A topic of this name exists already.'),
  UNKNOWN_TOPIC: caller('There is no topic of this name.'),
  UNKNOWN_PARTITION: caller('The topic has no partition of this number.'),
  INVALID_PARTITION_COUNT: caller('The number of partitions must be from 1 to the limit.'),
  PARTITION_SHRINK: caller('The number of partitions of a topic can only grow.'),
  INVALID_CONFIG: caller('A setting is unknown or its value is not allowed.'),
  QUOTA_TOPICS: caller('The broker holds as many topics or partitions as its limit allows.'),
  TOPIC_CHANGED: transient('The topic was changed by someone else at the same time; repeat.'),

  // A produced batch
  EMPTY_BATCH: caller('The entry holds no records.'),
  BATCH_TOO_LARGE: caller('The batch is larger than the max.message.bytes of its topic.'),
  CORRUPT_BATCH: caller('The length field of the batch does not fit its bytes.'),
  MULTIPLE_BATCHES: caller('The entry holds more than one batch; send one batch an entry.'),
  UNSUPPORTED_MAGIC: caller('Only record batches of magic 2 are accepted.'),
  CRC_MISMATCH: caller('The CRC-32C of the batch does not match its bytes.'),
  UNSUPPORTED_CODEC: caller('The codec bits of the batch name no known codec.'),
  RESERVED_BITS: caller('Reserved attribute bits of the batch are set.'),
  CONTROL_BATCH: caller('Clients may not write control batches.'),
  TRANSACTIONS: caller('Transactional batches are not available in this version.'),
  RECORD_COUNT: caller('The record count of the batch does not fit its records.'),
  OFFSET_DELTA: caller('Offset deltas of a batch must run 0, 1, 2 ... to its last offset delta.'),
  RECORD_LENGTH: caller('The length of a record does not fit its bytes.'),
  VARINT: caller('A variable-length integer in the batch is too long or unterminated.'),
  RECORD_FIELD: caller('A key or value length in the batch does not fit its bytes.'),
  HEADERS: caller('The headers of a record are malformed.'),
  INVALID_TIMESTAMP: caller('A timestamp is negative, inconsistent or outside the allowed window.'),
  PRODUCER_STATE: caller('Producer id, epoch and sequence of the batch do not fit together.'),
  OUT_OF_ORDER_SEQUENCE: caller(
    'The batch of an idempotent producer is not the next one; `expectedSequence` and `cause` in the details say more.',
  ),
  PRODUCER_FENCED: caller(
    'A newer epoch of this producer id has written already; this producer must stop.',
  ),
  DECOMPRESSION: caller('The compressed records are malformed.'),
  DECOMPRESSED_TOO_LARGE: caller('The records decompress to more than the limit.'),
  INVALID_ACKS: caller('The requested durability is not one of none, written, synced.'),
  DURABILITY_NOT_ALLOWED: caller("The requested durability is below the topic's min.durability."),
  UNEXPECTED_OFFSET: caller('The partition does not end at the expected offset; read and retry.'),

  // Reading
  INVALID_OFFSET: caller('The offset is negative or beyond 2^53-1.'),
  OFFSET_OUT_OF_RANGE: caller(
    'The offset lies before the first or after the last of the partition.',
  ),
  INVALID_FETCH_SIZE: caller(
    'A byte limit of the fetch is negative or min_bytes exceeds max_bytes.',
  ),
  DIVERGED_EPOCH: caller(
    'The log was cut since the reader was there; go back to the given offset.',
  ),
  TOO_MANY_SUBSCRIPTIONS: transient(
    'The connection or the broker has as many subscriptions as it may; close some, or use Fetch.',
  ),
  TOO_MANY_REPLAYS: transient(
    'The connection or the broker plays as many replays as it may; close some, or wait for their end.',
  ),
  SLOW_CONSUMER: transient(
    'The subscription was ended because its client did not read; subscribe again where it stopped.',
  ),
  CORRUPT_LOG: fatal(
    'Stored bytes are damaged in the given range; read on after it, restore or repair.',
  ),

  // Consumer groups
  INVALID_GROUP_ID: caller('A group id must have 1 to 255 bytes and no control characters.'),
  INVALID_MEMBER_ID: caller(
    'A member, instance or client id must have 1 to 255 bytes and no control characters.',
  ),
  INVALID_SESSION_TIMEOUT: caller('A session or rebalance timeout lies outside its limits.'),
  TOO_MANY_TOPICS: caller('The member subscribes to more topics than it may.'),
  UNSUPPORTED_ASSIGNOR: caller('There is no assignor of this name.'),
  METADATA_TOO_LARGE: caller('The metadata of a commit is larger than its limit.'),
  GROUP_NOT_FOUND: caller('There is no group of this id.'),
  GROUP_NOT_EMPTY: caller('The group has members; stop them first.'),
  GROUP_FULL: caller('The group has as many members as its limit allows.'),
  UNKNOWN_MEMBER: caller('The group has no such member; join again.'),
  FENCED_MEMBER_EPOCH: caller(
    'The member was put out of the group or shows an epoch that is not its own; it must drop its partitions and join again.',
  ),
  STALE_MEMBER_EPOCH: caller(
    'The epoch of the commit is not one at which the member held the partition.',
  ),
  UNRELEASED_INSTANCE_ID: caller(
    'A live member has this instance id; it must leave, or its session must end.',
  ),
  FENCED_INSTANCE_ID: caller('Another member has taken over this instance id; this one must stop.'),
  NOT_OWNER: caller('The member does not hold the partition that it commits for.'),
  COMMIT_REWIND: caller(
    'The offset is smaller than the committed one, and the commit does not say that it is meant.',
  ),
  NO_COMMITTED_OFFSET: caller(
    'The group has committed nothing for the partition, and the consumer may not choose where it begins.',
  ),
  SESSION_REPLACED: caller(
    'The member speaks over another stream now; whoever uses this one must stop.',
  ),
  TOO_MANY_SESSIONS: transient(
    'The connection or the broker has as many sessions of members as it may; use another connection, or close some.',
  ),
  GROUP_EXISTS: caller('A group of this id exists already; choose another id.'),
  TOO_MANY_GROUPS: caller('The broker holds as many groups as its limit allows; delete some.'),
  OFFSETS_RESET: caller(
    'The committed offset was reset past the position while it was waited for: nobody will have read it.',
  ),
  NOTHING_TO_UNDO: caller('No reset of the group is known that could be taken back.'),
  HISTORY_UNKNOWN: caller('The moment lies before what the history of the group still knows.'),
  SNAPSHOT_NOT_FOUND: caller('The group has no snapshot of this name.'),
  SNAPSHOT_EXISTS: caller('The group has a snapshot of this name already; choose another name.'),
  TOO_MANY_SNAPSHOTS: caller(
    'The group has as many snapshots as its limit allows; delete some of them.',
  ),

  // The state of the broker
  NOT_READY: transient('The partition or the broker is starting or stopping; retry.'),
  QUEUE_FULL: transient('The bounded queue is full; retry after a moment.'),
  DISK_FULL: transient('No space is left for the log; nothing was written, reads go on.'),
  PARTITION_READ_ONLY: fatal('The partition is fenced or degraded; see DescribeStorage.'),
  STORAGE_FAILED: unknownEffect(
    'fatal',
    'A disk operation failed; the record may or may not stay.',
  ),
  REQUEST_TIMEOUT: unknownEffect('transient', 'The deadline passed before the answer was ready.'),
  CANCELLED: unknownEffect('caller', 'The caller cancelled the request.'),
  INTERNAL: unknownEffect('fatal', 'A bug in the broker; its log has the details.'),

  // Starting
  ADDRESS_UNAVAILABLE: fatal('The address to listen on cannot be had; another process may use it.'),
  DATA_DIR_LOCKED: fatal('Another process has the data directory open.'),
  DATA_DIR_UNUSABLE: fatal('The data directory cannot be used as it is.'),
  INVALID_ARGUMENT: caller('An argument of a call or command is not allowed.'),

  // The client
  BROKER_UNAVAILABLE: unknownEffect('transient', 'No broker answers at the address.'),
  DELIVERY_TIMEOUT: unknownEffect('transient', 'The record was not acknowledged in time.'),
  BUFFER_FULL: transient('The send buffer of the producer stayed full for too long.'),
  CLOSED: caller('The object was closed before the call.'),
  HANDLER_FAILED: unknownEffect(
    'caller',
    'A handler of a group consumer threw, could not decode its record or took too long; `topic`, `partition`, `offset`, `failure` and `attempts` are in the details, what was thrown is the cause.',
  ),
} as const satisfies Record<string, ErrorDefinition>

/** A code of the one error table. */
export type ErrorCode = keyof typeof ERRORS

/** Facts that go with an error, in the words of the API: numbers and short strings only, never paths or stacks. */
export type ErrorDetails = Readonly<Record<string, string | number>>

/** An expected failure. `code` says which; the message says what and which, for people; `details` for programs. */
export class VarveError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** Whether the refused request can have changed anything. */
  readonly effect: 'none' | 'unknown'

  /** @param options.effect `none` where it is known that nothing happened, `unknown` where an earlier attempt may have done it, whatever the code says */
  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly details?: ErrorDetails
      readonly cause?: unknown
      readonly effect?: 'none' | 'unknown'
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'VarveError'
    this.code = code
    this.details = options.details ?? {}
    this.effect = options.effect ?? ERRORS[code].effect
  }

  get kind(): ErrorKind {
    return ERRORS[this.code].kind
  }
}

/** True for an expected failure, of the given code when one is given. */
export function isVarveError(error: unknown, code?: ErrorCode): error is VarveError {
  return error instanceof VarveError && (code === undefined || error.code === code)
}
