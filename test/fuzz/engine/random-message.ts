// Random requests, made of what the .proto files say: proper on the wire, and with contents from the likely to the absurd.
import {
  type WireField,
  wireEnums,
  wireMessages,
} from '../../../src/protocol/grpc/generated/descriptors.ts'
import { bytesField, message, tag, varint, varintField } from '../../support/protobuf-bytes.ts'
import type { FuzzRandom } from './fuzz-random.ts'

const DEPTH_MAX = 6
const INTEGERS = [
  0,
  0,
  1,
  1,
  2,
  3,
  5,
  10,
  100,
  1000,
  -1,
  -2,
  -3,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 31,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  1_700_000_000_000,
]
const NAMES = [
  'orders',
  'orders',
  'orders',
  'payments',
  'fuzz',
  'g',
  'group-1',
  '',
  '.',
  '..',
  '__groups',
  'nothing',
  'a/b',
  'a b',
  'x'.repeat(250),
  'é',
  'constructor',
  '__proto__',
  '\u0000',
  '-rf',
  'a.b',
  'retention.ms',
  '1000',
  'range',
]

/** Where more is known of a field than its type: what it is filled with, as often as not. */
export type KnownContents = (
  messageName: string,
  field: WireField,
) => Buffer | string | number | undefined

const NOTHING_KNOWN: KnownContents = () => undefined

/** The bytes of a message by its full name. */
export function randomMessage(
  name: string,
  random: FuzzRandom,
  known: KnownContents = NOTHING_KNOWN,
  depth = 0,
): Buffer {
  const fields: Buffer[] = []
  const oneofs = new Set<string>()
  for (const field of wireMessages[name] ?? []) {
    if (field.oneof !== undefined) {
      // One of them, mostly: the first that is drawn.
      if (oneofs.has(field.oneof) && !random.oneIn(50)) continue
      if (!random.oneIn(2)) continue
      oneofs.add(field.oneof)
    } else if (random.oneIn(5)) continue
    const count = field.repeated === true ? random.below(random.oneIn(20) ? 12 : 3) : 1
    for (let index = 0; index < count; index++) {
      fields.push(randomField(name, field, random, known, depth))
    }
  }
  return message(...fields)
}

function randomField(
  messageName: string,
  field: WireField,
  random: FuzzRandom,
  known: KnownContents,
  depth: number,
): Buffer {
  const given = random.oneIn(4) ? undefined : known(messageName, field)
  if (typeof given === 'number') return varintField(field.number, given)
  if (given !== undefined) return bytesField(field.number, given)
  switch (field.type) {
    case 'string':
      return bytesField(field.number, random.pick(NAMES))
    case 'bytes':
      return bytesField(field.number, Buffer.alloc(random.below(20), random.below(256)))
    case 'message': {
      const name = field.typeName ?? ''
      const content = depth < DEPTH_MAX ? randomMessage(name, random, known, depth + 1) : ''
      return bytesField(field.number, content)
    }
    case 'enum':
      return varintField(
        field.number,
        random.pick(Object.values(wireEnums[field.typeName ?? ''] ?? { none: 0 })),
      )
    case 'bool':
      return varintField(field.number, random.below(2))
    case 'double':
    case 'fixed64':
      return message(
        tag(field.number, 1),
        doubleBytes(random.pick([0, 1, 0.5, -1, 1e300, Number.NaN, Infinity])),
      )
    case 'fixed32':
      return message(tag(field.number, 5), Buffer.from([random.below(256), 0, 0, 0]))
    default:
      return message(tag(field.number, 0), varint(random.pick(INTEGERS)))
  }
}

function doubleBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}
