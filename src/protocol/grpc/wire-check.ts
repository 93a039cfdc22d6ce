// Checks the bytes of a request against its message type before the protobuf decoder sees them. The decoder is lenient
// (it takes field number 0, wire type 7 and broken UTF-8) and builds an object for every item that is announced; after
// this check it can do neither harm nor nonsense. One pass, linear in the bytes, nothing allocated by declared sizes;
// the contents of `bytes` fields are passed over unread.
//
// A field on the wire: a tag (varint: field number << 3 | wire type), then by wire type
//   0 a varint of at most 10 bytes · 1 eight bytes · 2 a length (varint) and that many bytes · 5 four bytes
//   3, 4 groups: proto3 has none, refused · 6, 7 do not exist, refused
// The decoder loses its way in a tag, a length or a number of 32 bits that is padded to 6 to 9 bytes: refused as well. A
// negative int32 has 10 bytes.
// (https://protobuf.dev/programming-guides/encoding/)
import { isUtf8 } from 'node:buffer'
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import { type WireField, wireEnums, wireMessages } from './generated/descriptors.ts'
import { ITEMS_MAX, REQUIRED_ONEOFS } from './message-rules.ts'

/** Checks one encoded message; see `wireCheckOf`. */
export type WireCheck = (bytes: Buffer) => void

type Content = 'plain' | 'string' | 'bytes' | 'message' | 'enum'

interface FieldRule {
  readonly name: string
  readonly wireType: number
  readonly content: Content
  /** A number of at most 32 bits, as a varint. */
  readonly isShort: boolean
  /** Index of the field among the repeated ones of its message; -1: not repeated. */
  readonly repeatedIndex: number
  readonly itemsMax: number
  /** Repeated numbers may also come packed, as one length-delimited field. */
  readonly mayBePacked: boolean
  readonly enumNumbers: ReadonlySet<number> | undefined
  readonly message: MessageRule | undefined
  readonly isOfRequiredOneof: boolean
}

interface MessageRule {
  readonly name: string
  readonly fields: ReadonlyMap<number, FieldRule>
  readonly repeatedCount: number
  readonly requiredOneof: string | undefined
}

const rules = new Map<string, MessageRule>()

/**
 * The check for a message by its full name.
 * @returns a function that throws VarveError MALFORMED_REQUEST, INVALID_UTF8, UNKNOWN_FIELDS_TOO_LARGE, TOO_MANY_ITEMS,
 *   MISSING_FIELD or UNKNOWN_ENUM, details `{ field }` with the path of the field where one is to blame.
 */
export function wireCheckOf(messageName: string): WireCheck {
  const rule = ruleOf(messageName)
  return (bytes) => {
    new WireWalk(bytes).message(rule, bytes.length, 1)
  }
}

function ruleOf(name: string): MessageRule {
  const known = rules.get(name)
  if (known) return known
  const fields = wireMessages[name]
  if (!fields) throw new RangeError(`there is no message ${name}`)
  const requiredOneof = REQUIRED_ONEOFS[name]
  let repeatedCount = 0
  const byNumber = new Map<number, FieldRule>()
  const rule: MessageRule = {
    name,
    fields: byNumber,
    repeatedCount: fields.filter((field) => field.repeated).length,
    requiredOneof,
  }
  rules.set(name, rule)
  for (const field of fields) {
    byNumber.set(field.number, {
      name: field.name,
      wireType: wireTypeOf(field),
      content: contentOf(field),
      isShort: wireTypeOf(field) === VARINT && !field.type.endsWith('64'),
      repeatedIndex: field.repeated ? repeatedCount++ : -1,
      itemsMax: ITEMS_MAX[`${name}.${field.name}`] ?? LIMITS.itemsPerRequestMax,
      mayBePacked: field.repeated === true && wireTypeOf(field) !== LENGTH_DELIMITED,
      enumNumbers: enumNumbersOf(field),
      message: field.type === 'message' ? ruleOf(field.typeName ?? '') : undefined,
      isOfRequiredOneof: requiredOneof !== undefined && field.oneof === requiredOneof,
    })
  }
  return rule
}

const VARINT = 0
const EIGHT_BYTES = 1
const LENGTH_DELIMITED = 2
const FOUR_BYTES = 5

const VARINT_BYTES_MAX = 10
/** Enough for 32 bits. */
const SHORT_VARINT_BYTES_MAX = 5

function wireTypeOf(field: WireField): number {
  switch (field.type) {
    case 'string':
    case 'bytes':
    case 'message':
      return LENGTH_DELIMITED
    case 'double':
    case 'fixed64':
    case 'sfixed64':
      return EIGHT_BYTES
    case 'float':
    case 'fixed32':
    case 'sfixed32':
      return FOUR_BYTES
    default:
      return VARINT
  }
}

function contentOf(field: WireField): Content {
  switch (field.type) {
    case 'string':
    case 'bytes':
    case 'message':
    case 'enum':
      return field.type
    default:
      return 'plain'
  }
}

function enumNumbersOf(field: WireField): ReadonlySet<number> | undefined {
  if (field.type !== 'enum') return undefined
  return new Set(Object.values(wireEnums[field.typeName ?? ''] ?? {}))
}

/** One pass over one request. */
class WireWalk {
  readonly #bytes: Buffer
  #position = 0
  #unknownBytes = 0
  #items = 0
  /** Names of the fields that lead to where the walk is, for error messages. */
  readonly #path: string[] = []

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  message(rule: MessageRule, end: number, depth: number): void {
    if (depth > LIMITS.messageNestingMax) this.#fail('is nested too deep')
    const counts = rule.repeatedCount === 0 ? undefined : new Array<number>(rule.repeatedCount)
    let hasRequiredOneof = false
    while (this.#position < end) {
      const start = this.#position
      const tag = this.#shortVarint(end, SHORT_VARINT_BYTES_MAX)
      const number = Math.floor(tag / 8)
      const wireType = tag % 8
      if (tag >= 2 ** 32 || number === 0) this.#fail('has a field number that cannot be')
      const field = rule.fields.get(number)
      if (field === undefined) {
        this.#skip(wireType, end)
        this.#countUnknown(this.#position - start)
        continue
      }
      this.#path.push(field.name)
      this.#field(field, wireType, end, depth, counts)
      this.#path.pop()
      if (field.isOfRequiredOneof) hasRequiredOneof = true
    }
    if (rule.requiredOneof !== undefined && !hasRequiredOneof) {
      this.#path.push(rule.requiredOneof)
      this.#refuse('MISSING_FIELD', 'must be set')
    }
  }

  #field(
    field: FieldRule,
    wireType: number,
    end: number,
    depth: number,
    counts: number[] | undefined,
  ): void {
    if (wireType === LENGTH_DELIMITED && field.mayBePacked) {
      const packedEnd = this.#length(end)
      while (this.#position < packedEnd) {
        this.#count(field, counts)
        this.#value(field, packedEnd)
      }
      return
    }
    if (wireType !== field.wireType) this.#fail(`has wire type ${wireType}, not ${field.wireType}`)
    if (field.repeatedIndex >= 0) this.#count(field, counts)
    if (field.message !== undefined) {
      this.message(field.message, this.#length(end), depth + 1)
    } else {
      this.#value(field, end)
    }
  }

  /** Passes one value that is not a message. */
  #value(field: FieldRule, end: number): void {
    if (field.content === 'enum') {
      const start = this.#position
      const number = this.#shortVarint(end, VARINT_BYTES_MAX)
      if (!field.enumNumbers?.has(number)) {
        const shown = this.#position - start > 5 ? 'a negative number' : String(number)
        this.#refuse('UNKNOWN_ENUM', `has no meaning for ${shown}`)
      }
    } else if (field.content === 'string') {
      const stringEnd = this.#length(end)
      const isText = isUtf8(this.#bytes.subarray(this.#position, stringEnd))
      if (!isText) this.#refuse('INVALID_UTF8', 'is not UTF-8')
      this.#position = stringEnd
    } else if (field.isShort) {
      this.#shortVarint(end, VARINT_BYTES_MAX)
    } else {
      this.#skip(field.wireType, end)
    }
  }

  #count(field: FieldRule, counts: number[] | undefined): void {
    if (counts === undefined) return
    const count = (counts[field.repeatedIndex] ?? 0) + 1
    counts[field.repeatedIndex] = count
    if (count > field.itemsMax) {
      this.#refuse('TOO_MANY_ITEMS', `holds more than ${field.itemsMax} items`)
    }
    this.#items += 1
    if (this.#items > LIMITS.requestItemsMax) {
      const max = LIMITS.requestItemsMax
      this.#refuse('TOO_MANY_ITEMS', `is beyond the ${max} items that one request may hold in all`)
    }
  }

  #countUnknown(bytes: number): void {
    this.#unknownBytes += bytes
    if (this.#unknownBytes > LIMITS.unknownFieldBytesMax) {
      const max = LIMITS.unknownFieldBytesMax
      this.#refuse(
        'UNKNOWN_FIELDS_TOO_LARGE',
        `carries more than ${max} bytes in fields that are unknown here`,
      )
    }
  }

  #skip(wireType: number, end: number): void {
    switch (wireType) {
      case VARINT:
        this.#varint(end)
        return
      case EIGHT_BYTES:
        this.#advance(8, end)
        return
      case LENGTH_DELIMITED:
        this.#position = this.#length(end)
        return
      case FOUR_BYTES:
        this.#advance(4, end)
        return
      default:
        this.#fail(`has wire type ${wireType}, which is not allowed`)
    }
  }

  #advance(bytes: number, end: number): void {
    if (bytes > end - this.#position) this.#fail('ends too early')
    this.#position += bytes
  }

  /** Reads a length. @returns the position where its bytes end. */
  #length(end: number): number {
    const length = this.#shortVarint(end, SHORT_VARINT_BYTES_MAX)
    if (length > end - this.#position) this.#fail('has a length beyond the end')
    return this.#position + length
  }

  /** Reads a varint of at most 5 bytes, or of exactly `otherBytes`. */
  #shortVarint(end: number, otherBytes: number): number {
    const start = this.#position
    const value = this.#varint(end)
    const bytes = this.#position - start
    if (bytes > SHORT_VARINT_BYTES_MAX && bytes !== otherBytes) this.#fail('has a padded varint')
    return value
  }

  /** Reads a varint. Its value is exact up to 2^53 and only compared above. */
  #varint(end: number): number {
    let value = 0
    let scale = 1
    for (let index = 0; index < VARINT_BYTES_MAX; index += 1) {
      if (this.#position >= end) this.#fail('ends within a varint')
      const byte = this.#bytes[this.#position] ?? 0
      this.#position += 1
      if (byte < 0x80) return value + byte * scale
      value += (byte & 0x7f) * scale
      scale *= 128
    }
    return this.#fail('has a varint of more than 10 bytes')
  }

  #fail(what: string): never {
    return this.#refuse('MALFORMED_REQUEST', what)
  }

  #refuse(
    code:
      | 'MALFORMED_REQUEST'
      | 'INVALID_UTF8'
      | 'UNKNOWN_FIELDS_TOO_LARGE'
      | 'TOO_MANY_ITEMS'
      | 'MISSING_FIELD'
      | 'UNKNOWN_ENUM',
    what: string,
  ): never {
    const path = this.#path.join('.')
    const subject = path === '' ? 'the request' : path
    throw new VarveError(code, `${subject} ${what}`, {
      details: path === '' ? {} : { field: path },
    })
  }
}
