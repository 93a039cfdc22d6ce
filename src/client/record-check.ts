// What a producer is given, looked at before it is taken apart. A misspelt field must be an error: without it a record would be
// stored without its value, and an append without its condition. Records of a consumer pass as they are.
import { VarveError } from '../domain/error.ts'
import { shownValue } from '../domain/shown-value.ts'
import type { ConsumerRecord } from './consumer-types.ts'
import {
  type KnownOptions,
  refusal,
  refuseUnknown,
  requireList,
  requireObject,
  requireText,
  unknownName,
} from './option-check.ts'
import type { AppendRequest, HeaderInput, HeadersInput, ProducerRecord } from './producer-types.ts'
import type { ReplayedRecord } from './replay-types.ts'

/** All of them, or this does not compile. `offset`: a record that was read may be sent on. */
const RECORD: KnownOptions<ProducerRecord | ConsumerRecord | ReplayedRecord> = {
  topic: true,
  partition: true,
  key: true,
  value: true,
  headers: true,
  timestampMs: true,
  offset: true,
  replaySessionId: true,
}
const APPEND: KnownOptions<AppendRequest> = {
  topic: true,
  partition: true,
  records: true,
  expectedOffset: true,
}
const HEADER: KnownOptions<HeaderInput> = { key: true, value: true }

/** Called for every record that is sent: a few nanoseconds. @throws VarveError INVALID_ARGUMENT */
export function checkRecord(record: object): void {
  if (typeof record !== 'object' || (record as unknown) === null) {
    requireObject('a record', record, RECORD)
  }
  // Faster than a list of the names, and than looking each of them up.
  for (const name in record) {
    switch (name) {
      case 'topic':
      case 'partition':
      case 'key':
      case 'value':
      case 'headers':
      case 'timestampMs':
      case 'offset':
      case 'replaySessionId':
        continue
      default:
        throw unknownName('a record', name, RECORD)
    }
  }
}

/** @throws VarveError INVALID_ARGUMENT · UNKNOWN_PARTITION */
export function checkAppend(request: AppendRequest): void {
  refuseUnknown('append', request, APPEND)
  requireText('topic', request.topic)
  requirePartition(request.partition)
  requireList('records', request.records, '[{ value }]')
  for (const record of request.records) checkRecord(record)
}

/** @throws VarveError UNKNOWN_PARTITION */
export function requirePartition(partition: number): void {
  if (Number.isInteger(partition) && partition >= 0) return
  throw new VarveError(
    'UNKNOWN_PARTITION',
    `partition must be a whole number of at least 0, not ${shownValue(partition)}`,
  )
}

/** The headers of a record as pairs, in order. @throws VarveError INVALID_ARGUMENT */
export function headerPairs(headers: HeadersInput): readonly HeaderInput[] {
  // Array.isArray does not narrow readonly arrays.
  if (Array.isArray(headers)) {
    const pairs = headers as readonly HeaderInput[]
    for (const pair of pairs) checkHeader(pair)
    return pairs
  }
  if (typeof headers !== 'object' || (headers as unknown) === null || headers instanceof Map) {
    throw wrongHeaders(`not ${shownValue(headers)}`)
  }
  return Object.entries(headers as Exclude<HeadersInput, readonly HeaderInput[]>).map(
    ([key, value]) => ({ key, value }),
  )
}

function checkHeader(header: HeaderInput): void {
  if (typeof header !== 'object' || (header as unknown) === null || Array.isArray(header)) {
    throw wrongHeaders(`not a list with ${shownValue(header)} in it`)
  }
  for (const name in header) {
    if (!Object.hasOwn(HEADER, name)) throw unknownName('a header', name, HEADER)
  }
  if (typeof header.key === 'string') return
  throw refusal('headers', `the key of a header must be text, not ${shownValue(header.key)}`)
}

function wrongHeaders(what: string): VarveError {
  return refusal(
    'headers',
    `headers must be an object { name: value } or a list of { key, value }, ${what}`,
  )
}
