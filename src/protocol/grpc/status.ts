// Errors on the wire and back. Every code of the one error table has a gRPC status here (a missing one does not compile),
// travels as google.rpc.Status with an ErrorInfo, and is rebuilt by the client as the same VarveError.
// Whether a refused request can have had an effect is said in the trailer x-effect.
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { ERRORS, type ErrorCode, type ErrorDetails, VarveError } from '../../domain/error.ts'
import type { Any__Output } from './generated/google/protobuf/Any.ts'
import type { Status, Status__Output } from './generated/google/rpc/Status.ts'
import { detailMessages, statusMessage } from './services.ts'

interface WireError {
  readonly status: status
  /** The reason in ErrorInfo where it is not the code itself. */
  readonly reason?: string
  /** What to say beside the reason, in google.rpc's own words. */
  readonly detail?: 'bad-request' | 'precondition' | 'quota'
  /** How long to wait before a repetition can help. */
  readonly retryMs?: number
}

const badRequest: WireError = { status: status.INVALID_ARGUMENT, detail: 'bad-request' }
const precondition: WireError = { status: status.FAILED_PRECONDITION, detail: 'precondition' }
const tooLarge: WireError = { status: status.RESOURCE_EXHAUSTED, detail: 'quota' }
const missing: WireError = { status: status.NOT_FOUND }
const denied: WireError = { status: status.PERMISSION_DENIED }
const unimplemented: WireError = { status: status.UNIMPLEMENTED }

/** What each code is on the wire: docs/ERRORS.md. */
export const WIRE_ERRORS: Readonly<Record<ErrorCode, WireError>> = {
  MALFORMED_REQUEST: badRequest,
  INVALID_UTF8: badRequest,
  UNKNOWN_FIELDS_TOO_LARGE: badRequest,
  TOO_MANY_ITEMS: badRequest,
  MISSING_FIELD: badRequest,
  UNKNOWN_ENUM: badRequest,
  UNSUPPORTED: unimplemented,

  INVALID_TOPIC_NAME: badRequest,
  INTERNAL_TOPIC: denied,
  TOPIC_NAME_COLLISION: badRequest,
  TOPIC_EXISTS: { status: status.ALREADY_EXISTS },
  UNKNOWN_TOPIC: missing,
  UNKNOWN_PARTITION: missing,
  INVALID_PARTITION_COUNT: badRequest,
  PARTITION_SHRINK: badRequest,
  INVALID_CONFIG: badRequest,
  QUOTA_TOPICS: tooLarge,
  TOPIC_CHANGED: { status: status.ABORTED, retryMs: 10 },

  EMPTY_BATCH: badRequest,
  BATCH_TOO_LARGE: tooLarge,
  CORRUPT_BATCH: badRequest,
  MULTIPLE_BATCHES: badRequest,
  UNSUPPORTED_MAGIC: badRequest,
  CRC_MISMATCH: badRequest,
  UNSUPPORTED_CODEC: badRequest,
  RESERVED_BITS: badRequest,
  CONTROL_BATCH: denied,
  TRANSACTIONS: unimplemented,
  RECORD_COUNT: badRequest,
  OFFSET_DELTA: badRequest,
  RECORD_LENGTH: badRequest,
  VARINT: badRequest,
  RECORD_FIELD: badRequest,
  HEADERS: badRequest,
  INVALID_TIMESTAMP: badRequest,
  PRODUCER_STATE: badRequest,
  OUT_OF_ORDER_SEQUENCE: precondition,
  PRODUCER_FENCED: precondition,
  DECOMPRESSION: badRequest,
  DECOMPRESSED_TOO_LARGE: tooLarge,
  INVALID_ACKS: badRequest,
  DURABILITY_NOT_ALLOWED: precondition,
  UNEXPECTED_OFFSET: precondition,

  INVALID_OFFSET: badRequest,
  OFFSET_OUT_OF_RANGE: { status: status.OUT_OF_RANGE },
  INVALID_FETCH_SIZE: badRequest,
  DIVERGED_EPOCH: precondition,
  TOO_MANY_REPLAYS: { status: status.RESOURCE_EXHAUSTED, detail: 'quota', retryMs: 1_000 },
  TOO_MANY_SUBSCRIPTIONS: { status: status.RESOURCE_EXHAUSTED, detail: 'quota', retryMs: 1_000 },
  SLOW_CONSUMER: { status: status.RESOURCE_EXHAUSTED, detail: 'quota' },
  // Over the wire a damaged stored batch and a damaged sent one have the same reason; the status tells them apart.
  CORRUPT_LOG: { status: status.DATA_LOSS, reason: 'CORRUPT_BATCH' },

  INVALID_GROUP_ID: badRequest,
  INVALID_MEMBER_ID: badRequest,
  INVALID_SESSION_TIMEOUT: badRequest,
  TOO_MANY_TOPICS: badRequest,
  UNSUPPORTED_ASSIGNOR: badRequest,
  METADATA_TOO_LARGE: tooLarge,
  GROUP_NOT_FOUND: missing,
  GROUP_NOT_EMPTY: precondition,
  GROUP_FULL: tooLarge,
  UNKNOWN_MEMBER: missing,
  FENCED_MEMBER_EPOCH: precondition,
  STALE_MEMBER_EPOCH: precondition,
  UNRELEASED_INSTANCE_ID: precondition,
  FENCED_INSTANCE_ID: precondition,
  NOT_OWNER: precondition,
  COMMIT_REWIND: precondition,
  NO_COMMITTED_OFFSET: precondition,
  SESSION_REPLACED: precondition,
  TOO_MANY_SESSIONS: { status: status.RESOURCE_EXHAUSTED, detail: 'quota', retryMs: 1_000 },
  GROUP_EXISTS: { status: status.ALREADY_EXISTS },
  TOO_MANY_GROUPS: tooLarge,
  OFFSETS_RESET: { status: status.ABORTED },
  NOTHING_TO_UNDO: precondition,
  HISTORY_UNKNOWN: { status: status.OUT_OF_RANGE },
  SNAPSHOT_NOT_FOUND: missing,
  SNAPSHOT_EXISTS: { status: status.ALREADY_EXISTS },
  TOO_MANY_SNAPSHOTS: tooLarge,

  NOT_READY: { status: status.UNAVAILABLE, retryMs: 500 },
  QUEUE_FULL: { status: status.RESOURCE_EXHAUSTED, detail: 'quota', retryMs: 100 },
  DISK_FULL: { status: status.RESOURCE_EXHAUSTED, detail: 'quota', retryMs: 1_000 },
  PARTITION_READ_ONLY: precondition,
  STORAGE_FAILED: { status: status.UNAVAILABLE },
  REQUEST_TIMEOUT: { status: status.DEADLINE_EXCEEDED },
  CANCELLED: { status: status.CANCELLED },
  INTERNAL: { status: status.INTERNAL },

  // These belong to starting and to the client; a server has no occasion to send them.
  ADDRESS_UNAVAILABLE: precondition,
  DATA_DIR_LOCKED: precondition,
  DATA_DIR_UNUSABLE: precondition,
  INVALID_ARGUMENT: badRequest,
  BROKER_UNAVAILABLE: { status: status.UNAVAILABLE },
  DELIVERY_TIMEOUT: { status: status.DEADLINE_EXCEEDED },
  BUFFER_FULL: { status: status.RESOURCE_EXHAUSTED },
  CLOSED: precondition,
  HANDLER_FAILED: { status: status.ABORTED },
}

/** The domain in every ErrorInfo of ours. */
const ERROR_DOMAIN = 'varve'
/** The trailer that says whether a refused call can have changed anything: `none` or `unknown`. */
const EFFECT_TRAILER = 'x-effect'
const STATUS_DETAILS_TRAILER = 'grpc-status-details-bin'
const TYPE_URL_PREFIX = 'type.googleapis.com/'
/** Trailers are small by nature: some clients refuse more than 8 KiB of them. */
const MESSAGE_CHARACTERS_MAX = 1_000

/** Details whose values stay texts though they may look like numbers. All others are numbers where they look so. */
const TEXT_DETAILS: ReadonlySet<string> = new Set(['topic', 'setting', 'field', 'name', 'id'])

/** The error as google.rpc.Status: for the part of an answer that failed, and inside the trailers of a failed call. */
export function toStatus(error: VarveError): Status {
  const wire = WIRE_ERRORS[error.code]
  const text = clip(error.message)
  const details = [
    pack('google.rpc.ErrorInfo', {
      reason: wire.reason ?? error.code,
      domain: ERROR_DOMAIN,
      metadata: Object.fromEntries(
        Object.entries(error.details).map(([name, value]) => [name, clip(String(value))]),
      ),
    }),
  ]
  if (wire.retryMs !== undefined) {
    const seconds = Math.floor(wire.retryMs / 1_000)
    const nanos = (wire.retryMs % 1_000) * 1_000_000
    details.push(pack('google.rpc.RetryInfo', { retryDelay: { seconds, nanos } }))
  }
  const subject = subjectOf(error.details)
  if (wire.detail === 'bad-request' && subject !== '') {
    const fieldViolations = [{ field: subject, description: text }]
    details.push(pack('google.rpc.BadRequest', { fieldViolations }))
  } else if (wire.detail === 'precondition') {
    const violations = [{ type: error.code, subject, description: text }]
    details.push(pack('google.rpc.PreconditionFailure', { violations }))
  } else if (wire.detail === 'quota') {
    const violations = [{ subject, description: text }]
    details.push(pack('google.rpc.QuotaFailure', { violations }))
  }
  return { code: wire.status, message: text, details }
}

/** What a server gives grpc-js to end a call with this error. */
export function toServerError(error: VarveError): {
  code: status
  details: string
  metadata: Metadata
} {
  const message = toStatus(error)
  const metadata = new Metadata()
  metadata.set(STATUS_DETAILS_TRAILER, statusMessage.serialize(message))
  metadata.set(EFFECT_TRAILER, error.effect)
  return { code: WIRE_ERRORS[error.code].status, details: message.message ?? '', metadata }
}

/** Rebuilds the error that a broker put into an answer. A foreign status becomes the nearest code of ours. */
export function fromStatus(
  message: Pick<Status__Output, 'code' | 'message' | 'details'>,
): VarveError {
  let code = FOREIGN_CODES[message.code]
  let details: ErrorDetails = {}
  for (const detail of message.details) {
    const info = unpack('google.rpc.ErrorInfo', detail)
    if (info?.domain === ERROR_DOMAIN) {
      code = codeOfReason(info.reason, message.code) ?? code
      details = { ...details, ...readDetails(info.metadata) }
    }
    const retry = unpack('google.rpc.RetryInfo', detail)?.retryDelay
    if (retry) details = { ...details, retryDelayMs: retry.seconds * 1_000 + retry.nanos / 1e6 }
  }
  return new VarveError(code ?? 'INTERNAL', message.message, { details })
}

/**
 * Rebuilds the error of a failed call. A call that failed on the way, not by the broker's word, becomes
 * BROKER_UNAVAILABLE, REQUEST_TIMEOUT, CANCELLED or what fits its status; the original is the cause.
 */
export function fromServiceError(error: ServiceError): VarveError {
  const packed = (error.metadata as Metadata | undefined)?.get(STATUS_DETAILS_TRAILER)[0]
  if (Buffer.isBuffer(packed)) {
    try {
      return fromStatus(statusMessage.deserialize(packed))
    } catch {
      // Details that cannot be read say nothing; the status itself still does.
    }
  }
  const code = FOREIGN_CODES[error.code] ?? 'INTERNAL'
  return new VarveError(code, error.details || error.message, { cause: error })
}

/**
 * What a status means that carries none of our details: it comes from the transport or something between. INTERNAL and
 * UNKNOWN among them, because grpc-js reports a reset stream so, while our broker's own INTERNAL has details.
 */
const FOREIGN_CODES: Readonly<Partial<Record<number, ErrorCode>>> = {
  [status.CANCELLED]: 'CANCELLED',
  [status.UNKNOWN]: 'BROKER_UNAVAILABLE',
  [status.INVALID_ARGUMENT]: 'INVALID_ARGUMENT',
  [status.DEADLINE_EXCEEDED]: 'REQUEST_TIMEOUT',
  [status.RESOURCE_EXHAUSTED]: 'BATCH_TOO_LARGE',
  [status.UNIMPLEMENTED]: 'UNSUPPORTED',
  [status.INTERNAL]: 'BROKER_UNAVAILABLE',
  [status.UNAVAILABLE]: 'BROKER_UNAVAILABLE',
}

function codeOfReason(reason: string, wireStatus: number): ErrorCode | undefined {
  if (reason === 'CORRUPT_BATCH' && wireStatus === (status.DATA_LOSS as number)) {
    return 'CORRUPT_LOG'
  }
  return Object.hasOwn(ERRORS, reason) ? (reason as ErrorCode) : undefined
}

function readDetails(metadata: Readonly<Record<string, string>>): ErrorDetails {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, text]) => {
      const value = Number(text)
      const isNumber = !TEXT_DETAILS.has(name) && text !== '' && String(value) === text
      return [name, isNumber ? value : text]
    }),
  )
}

function subjectOf(details: ErrorDetails): string {
  const { field, setting, topic, partition } = details
  if (field !== undefined) return clip(String(field))
  if (setting !== undefined) return clip(`settings[${setting}]`)
  if (topic === undefined) return ''
  return clip(partition === undefined ? `topic ${topic}` : `topic ${topic}, partition ${partition}`)
}

type DetailName = keyof typeof detailMessages
type DetailInput<Name extends DetailName> = Parameters<
  (typeof detailMessages)[Name]['serialize']
>[0]
type DetailOutput<Name extends DetailName> = ReturnType<
  (typeof detailMessages)[Name]['deserialize']
>

function pack<Name extends DetailName>(
  name: Name,
  value: DetailInput<Name>,
): { type_url: string; value: Buffer } {
  const serialize = detailMessages[name].serialize as (value: DetailInput<Name>) => Buffer
  return { type_url: TYPE_URL_PREFIX + name, value: serialize(value) }
}

function unpack<Name extends DetailName>(
  name: Name,
  any: Any__Output,
): DetailOutput<Name> | undefined {
  if (any.type_url !== TYPE_URL_PREFIX + name) return undefined
  return detailMessages[name].deserialize(any.value) as DetailOutput<Name>
}

function clip(text: string): string {
  return text.length <= MESSAGE_CHARACTERS_MAX
    ? text
    : `${text.slice(0, MESSAGE_CHARACTERS_MAX)}...`
}
