import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { wireEnums, wireMessages } from '../../../src/protocol/grpc/generated/descriptors.ts'
import { requestCopyOf, responseCopyOf } from '../../../src/protocol/grpc/message-copy.ts'
import { adminService, healthService, logService } from '../../../src/protocol/grpc/services.ts'
import { wireCheckOf } from '../../../src/protocol/grpc/wire-check.ts'
import { seeded } from '../../support/seed.ts'

type Message = Record<string, unknown>

interface Method {
  readonly path: string
  readonly requestSerialize: (message: Message) => Buffer
  readonly requestDeserialize: (bytes: Buffer) => Message
  readonly responseSerialize: (message: Message) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Message
  readonly requestType: { readonly type: object }
  readonly responseType: { readonly type: object }
}

const METHODS = [logService, adminService, healthService].flatMap(
  (service) => Object.values(service) as unknown as Method[],
)

const camel = (name: string): string =>
  name.slice(0, 1) +
  name.slice(1).replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Any message of a type as a sender may give it: fields absent, null, or set, of a oneof one at most. */
function messageOf(name: string): fc.Arbitrary<Message> {
  if (name === 'google.protobuf.Any') {
    return fc.record({ type_url: fc.string(), value: bytes }, { requiredKeys: [] })
  }
  const fields = wireMessages[name] ?? []
  const shape: Record<string, fc.Arbitrary<unknown>> = {}
  const members = new Map<string, string[]>()
  for (const field of fields) {
    const key = camel(field.name)
    const one = valueOf(field.type, field.typeName)
    const isMap =
      field.typeName?.endsWith('Entry') === true && field.typeName.startsWith(`${name}.`)
    if (isMap) {
      const value = (wireMessages[field.typeName ?? ''] ?? [])[1]
      shape[key] = fc.dictionary(fc.string(), valueOf(value?.type ?? '', value?.typeName), {
        maxKeys: 3,
      })
    } else if (field.repeated === true) shape[key] = fc.array(one, { maxLength: 3 })
    else shape[key] = field.type === 'message' ? fc.option(one) : one
    if (field.oneof !== undefined) {
      members.set(field.oneof, [...(members.get(field.oneof) ?? []), key])
    }
  }
  return fc.record(shape, { requiredKeys: [] }).map((message) => {
    for (const keys of members.values()) {
      for (const key of keys.filter((each) => message[each] !== undefined).slice(1)) {
        Reflect.deleteProperty(message, key)
      }
    }
    return message
  })
}

const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array))

function valueOf(type: string, typeName: string | undefined): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return fc.string({ unit: 'binary' })
    case 'bytes':
      return bytes
    case 'bool':
      return fc.boolean()
    case 'int32':
      return fc.oneof(fc.integer(), fc.maxSafeInteger())
    case 'int64':
      return fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e15, max: 1e15 }))
    case 'double':
      return fc.double({ noNaN: true })
    case 'enum':
      return fc.constantFrom(...Object.keys(wireEnums[typeName ?? ''] ?? {}))
    default:
      return messageOf(typeName ?? '')
  }
}

function fullName(method: Method, { type }: { readonly type: object }): string {
  const packageName = method.path.slice(1, method.path.lastIndexOf('.'))
  return `${packageName}.${(type as { readonly name: string }).name}`
}

/** The code of the refusal, or what was returned. */
function outcome(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return (error as { code?: string }).code ?? error
  }
}

describe('the copy of a message', () => {
  it.each(METHODS.map((method) => [method.path, method] as const))(
    'of %s is what its receiver would decode, and refused where its bytes would be',
    (_path, method) => {
      const requestName = fullName(method, method.requestType)
      const check = wireCheckOf(requestName)
      const copyRequest = requestCopyOf(requestName)
      const { seed, runs } = seeded('MESSAGE_COPY', 60)
      fc.assert(
        fc.property(messageOf(requestName), (message) => {
          const overTheWire = outcome(() => {
            const encoded = method.requestSerialize(message)
            check(encoded)
            return method.requestDeserialize(encoded)
          })
          expect(outcome(() => copyRequest(message))).toEqual(overTheWire)
        }),
        { seed, numRuns: runs },
      )
      const responseName = fullName(method, method.responseType)
      const copyResponse = responseCopyOf(responseName)
      fc.assert(
        fc.property(messageOf(responseName), (message) => {
          const encoded = method.responseSerialize(message)
          expect(copyResponse(message)).toEqual(method.responseDeserialize(encoded))
        }),
        { seed, numRuns: runs },
      )
    },
  )

  it('shares no memory with the original', () => {
    const batches = Buffer.from('abc')
    const copy = requestCopyOf<object, { entries: { records: { batches: Buffer } }[] }>(
      'varve.v1.ProduceRequest',
    )
    const taken = copy({ entries: [{ records: { batches } }] })
    batches.fill(0)
    expect(String(taken.entries[0]?.records.batches)).toBe('abc')
  })

  it('is refused exactly above the size that a socket takes', () => {
    const copy = requestCopyOf('varve.v1.ProduceRequest')
    const requestOf = (length: number): Message => ({
      durability: 'DURABILITY_SYNCED',
      entries: [
        {
          topic: 'größer',
          partition: -1,
          expectedOffset: 300,
          records: { batches: Buffer.alloc(length) },
        },
      ],
    })
    const overheadBytes =
      logService.Produce.requestSerialize(requestOf(1_000_000)).length - 1_000_000
    const largest = LIMITS.requestBytesMax - overheadBytes
    // The lengths in front take a byte more above 2^21.
    const isFit = (length: number): boolean =>
      logService.Produce.requestSerialize(requestOf(length)).length <= LIMITS.requestBytesMax
    for (let length = largest - 2; length <= largest + 2; length++) {
      const code = outcome(() => {
        copy(requestOf(length))
        return 'fits'
      })
      expect(code).toBe(isFit(length) ? 'fits' : 'BATCH_TOO_LARGE')
    }
  })

  it.each([
    [
      'too many items',
      { entries: Array.from({ length: 1_001 }, () => ({})) },
      'TOO_MANY_ITEMS',
      'entries',
    ],
    [
      'a record set without a form',
      { entries: [{ records: {} }] },
      'MISSING_FIELD',
      'entries.records.form',
    ],
    ['an unknown enum', { durability: 77 }, 'UNKNOWN_ENUM', 'durability'],
    ['half a character', { entries: [{ topic: '\ud800' }] }, 'INVALID_UTF8', 'entries.topic'],
    ['something else than a list', { entries: 7 }, 'MALFORMED_REQUEST', 'entries'],
    ['something else than a message', { entries: [7] }, 'MALFORMED_REQUEST', 'entries'],
  ])('refuses %s', (_what, message, code, field) => {
    const copy = requestCopyOf('varve.v1.ProduceRequest')
    expect(() => copy(message)).toThrow(expect.objectContaining({ code, details: { field } }))
  })
})
