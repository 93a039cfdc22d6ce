// Copies a message as sending and receiving it would, without bytes in between: what the receiver gets has every field
// (absent ones with their defaults), says which member of a oneof is set, and shares no memory with what the sender gave.
// Requests are held to the same limits as those that come over a socket.
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import { type WireField, wireEnums, wireMessages } from './generated/descriptors.ts'
import { ITEMS_MAX, REQUIRED_ONEOFS } from './message-rules.ts'

/** Copies one message; see `requestCopyOf` and `responseCopyOf`. */
export type MessageCopy<Sent extends object, Received extends object> = (message: Sent) => Received

/**
 * The copy of a request by its message's full name.
 * @returns a function that throws VarveError BATCH_TOO_LARGE above LIMITS.requestBytesMax, and INVALID_UTF8, TOO_MANY_ITEMS,
 *   MISSING_FIELD, UNKNOWN_ENUM or MALFORMED_REQUEST as the check of encoded requests does
 */
export function requestCopyOf<Sent extends object, Received extends object>(
  messageName: string,
): MessageCopy<Sent, Received> {
  const rule = ruleOf(messageName)
  return (message) => {
    const admission = new Admission()
    const copy = copyMessage(rule, message as Fields, admission)
    admission.end()
    return copy as Received
  }
}

/** The copy of a response by its message's full name; what a broker answers needs no check. */
export function responseCopyOf<Sent extends object, Received extends object>(
  messageName: string,
): MessageCopy<Sent, Received> {
  const rule = ruleOf(messageName)
  return (message) => copyMessage(rule, message as Fields, undefined) as Received
}

type Fields = Readonly<Record<string, unknown>>

interface FieldRule {
  /** As it is in TypeScript. */
  readonly key: string
  /** As it is in the proto, for error messages. */
  readonly name: string
  readonly type: string
  readonly isRepeated: boolean
  readonly isMap: boolean
  /** The oneof that it belongs to, as it is in TypeScript. */
  readonly oneof: string | undefined
  readonly isOfRequiredOneof: boolean
  readonly itemsMax: number
  readonly tagBytes: number
  readonly enumNumbers: Readonly<Record<string, number>>
  readonly enumNames: ReadonlyMap<number, string>
  readonly message: MessageRule | undefined
}

interface MessageRule {
  /** In the order of their numbers. */
  readonly fields: readonly FieldRule[]
  readonly requiredOneof: string | undefined
}

const rules = new Map<string, MessageRule>()

function ruleOf(name: string): MessageRule {
  const known = rules.get(name)
  if (known) return known
  const wireFields = wireMessages[name]
  if (!wireFields) throw new RangeError(`there is no message ${name}`)
  const fields: FieldRule[] = []
  const rule: MessageRule = { fields, requiredOneof: REQUIRED_ONEOFS[name] }
  rules.set(name, rule)
  for (const field of [...wireFields].sort((one, other) => one.number - other.number)) {
    fields.push(fieldRuleOf(name, field))
  }
  return rule
}

function fieldRuleOf(messageName: string, field: WireField): FieldRule {
  const { name, type, typeName = '', oneof } = field
  const enumNumbers = type === 'enum' ? (wireEnums[typeName] ?? {}) : {}
  return {
    key: keyOf(messageName, name),
    name,
    type,
    isRepeated: field.repeated === true,
    isMap: typeName === mapEntryName(messageName, name),
    oneof: oneof === undefined ? undefined : keyOf(messageName, oneof),
    isOfRequiredOneof: oneof !== undefined && oneof === REQUIRED_ONEOFS[messageName],
    itemsMax: ITEMS_MAX[`${messageName}.${name}`] ?? LIMITS.itemsPerRequestMax,
    tagBytes: varintBytes(field.number * 8),
    enumNumbers,
    enumNames: new Map(Object.entries(enumNumbers).map(([text, number]) => [number, text])),
    message: type === 'message' ? ruleOf(typeName) : undefined,
  }
}

/** protobuf.js brings the messages of google.protobuf itself, with the names of the proto. */
function keyOf(messageName: string, name: string): string {
  if (messageName.startsWith('google.protobuf.')) return name
  return (
    name.slice(0, 1) +
    name.slice(1).replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  )
}

/** The message that protoc makes for the entries of a map field. */
function mapEntryName(messageName: string, fieldName: string): string {
  const pascal = fieldName.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  )
  return `${messageName}.${pascal}Entry`
}

/** What a request has been found to hold so far: items, bytes as they would be encoded, and the path to where we are. */
class Admission {
  bytes = 0
  readonly path: string[] = []
  #items = 0

  count(field: FieldRule, count: number): void {
    if (count > field.itemsMax) {
      this.refuse('TOO_MANY_ITEMS', `holds more than ${field.itemsMax} items`)
    }
    this.#items += count
    const max = LIMITS.requestItemsMax
    if (this.#items > max) {
      this.refuse('TOO_MANY_ITEMS', `is beyond the ${max} items that one request may hold in all`)
    }
  }

  /** @throws VarveError BATCH_TOO_LARGE */
  end(): void {
    const bytesMax = LIMITS.requestBytesMax
    if (this.bytes <= bytesMax) return
    throw new VarveError(
      'BATCH_TOO_LARGE',
      `a request of ${this.bytes} bytes is above the limit of ${bytesMax}`,
    )
  }

  refuse(
    code:
      | 'INVALID_UTF8'
      | 'TOO_MANY_ITEMS'
      | 'MISSING_FIELD'
      | 'UNKNOWN_ENUM'
      | 'MALFORMED_REQUEST',
    what: string,
  ): never {
    const path = this.path.join('.')
    throw new VarveError(code, `${path} ${what}`, { details: { field: path } })
  }
}

function copyMessage(
  rule: MessageRule,
  source: Fields,
  admission: Admission | undefined,
): Record<string, unknown> {
  const target: Record<string, unknown> = {}
  let hasRequiredOneof = false
  for (const field of rule.fields) {
    const value = source[field.key]
    if (value === undefined || value === null) {
      if (field.oneof === undefined) target[field.key] = defaultOf(field)
      continue
    }
    admission?.path.push(field.name)
    target[field.key] = field.isRepeated
      ? copyItems(field, value, admission)
      : copyValue(field, value, admission)
    admission?.path.pop()
    if (field.oneof !== undefined) target[field.oneof] = field.key
    if (field.isOfRequiredOneof) hasRequiredOneof = true
  }
  if (admission !== undefined && rule.requiredOneof !== undefined && !hasRequiredOneof) {
    admission.path.push(rule.requiredOneof)
    admission.refuse('MISSING_FIELD', 'must be set')
  }
  return target
}

function defaultOf(field: FieldRule): unknown {
  if (field.isMap) return {}
  if (field.isRepeated) return []
  switch (field.type) {
    case 'string':
      return ''
    case 'bytes':
      return Buffer.alloc(0)
    case 'bool':
      return false
    case 'message':
      return null
    case 'enum':
      return field.enumNames.get(0)
    default:
      return 0
  }
}

function copyItems(field: FieldRule, value: unknown, admission: Admission | undefined): unknown {
  if (field.isMap) {
    const entries = Object.entries(value as Fields)
    admission?.count(field, entries.length)
    return Object.fromEntries(
      entries.map((entry) => {
        const { key, value: content } = copyValue(
          field,
          { key: entry[0], value: entry[1] },
          admission,
        ) as Fields
        return [key as string, content]
      }),
    )
  }
  if (!Array.isArray(value)) {
    if (admission) admission.refuse('MALFORMED_REQUEST', 'must be an array')
    throw new TypeError(`${field.name} must be an array`)
  }
  admission?.count(field, value.length)
  return value.map((item: unknown) => copyValue(field, item, admission))
}

function copyValue(field: FieldRule, value: unknown, admission: Admission | undefined): unknown {
  if (field.message !== undefined) {
    if (typeof value !== 'object' || value === null) {
      if (admission) admission.refuse('MALFORMED_REQUEST', 'must be an object')
      throw new TypeError(`${field.name} must be an object`)
    }
    const before = admission?.bytes ?? 0
    const copy = copyMessage(field.message, value as Fields, admission)
    if (admission) admission.bytes += field.tagBytes + varintBytes(admission.bytes - before)
    return copy
  }
  if (admission) admission.bytes += field.tagBytes
  switch (field.type) {
    case 'string':
      return copyText(value, admission)
    case 'bytes':
      return copyBytes(value, admission)
    case 'enum':
      return copyEnum(field, value, admission)
    case 'bool':
      if (admission) admission.bytes += 1
      return Boolean(value)
    case 'int32': {
      const number = Number(value) | 0
      if (admission) admission.bytes += varintBytes(number)
      return number
    }
    case 'int64': {
      const number = toInt64(Number(value))
      if (admission) admission.bytes += varintBytes(number)
      return number
    }
    case 'fixed32':
      if (admission) admission.bytes += 4
      return Number(value) >>> 0
    case 'double':
      if (admission) admission.bytes += 8
      return Number(value)
    default:
      throw new RangeError(`no field of type ${field.type} was ever copied`)
  }
}

const HALF_CHARACTER = /\p{Surrogate}/u

function copyText(value: unknown, admission: Admission | undefined): string {
  const text = String(value)
  if (admission === undefined) return text
  if (HALF_CHARACTER.test(text)) admission.refuse('INVALID_UTF8', 'is not UTF-8')
  const bytes = Buffer.byteLength(text)
  admission.bytes += varintBytes(bytes) + bytes
  return text
}

/** Text stands for bytes in base64, as in JSON. */
function copyBytes(value: unknown, admission: Admission | undefined): Buffer {
  const copy =
    typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value as Uint8Array)
  if (admission) admission.bytes += varintBytes(copy.length) + copy.length
  return copy
}

function copyEnum(field: FieldRule, value: unknown, admission: Admission | undefined): unknown {
  const number = typeof value === 'string' ? field.enumNumbers[value] : Number(value)
  const name = number === undefined ? undefined : field.enumNames.get(number)
  if (name === undefined) {
    admission?.refuse('UNKNOWN_ENUM', `has no meaning for ${String(value)}`)
    return value
  }
  if (admission) admission.bytes += varintBytes(number ?? 0)
  return name
}

const INT64_MAX = 2 ** 63

function toInt64(value: number): number {
  if (Number.isNaN(value)) return 0
  return Math.max(-INT64_MAX, Math.min(INT64_MAX, Math.trunc(value))) + 0
}

/** As many as the number takes as a varint; negative ones always take ten. */
function varintBytes(value: number): number {
  if (value < 0) return 10
  let bytes = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++
  return bytes
}
