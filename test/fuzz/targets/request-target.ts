// Requests as bytes from a socket. What the check lets through decodes without an exception to a message that holds no more items than
// allowed; written again it passes and is the same; and the way of requests within the process, which copies instead of encoding,
// comes to the same. The first byte says which message it is.

import { isDeepStrictEqual } from 'node:util'
import type { MethodDefinition } from '@grpc/grpc-js'
import type { ErrorCode } from '../../../src/domain/error.ts'
import { wireMessages } from '../../../src/protocol/grpc/generated/descriptors.ts'
import { requestCopyOf } from '../../../src/protocol/grpc/message-copy.ts'
import {
  adminService,
  groupService,
  healthService,
  logService,
  reflectionService,
  replayService,
} from '../../../src/protocol/grpc/services.ts'
import { wireCheckOf } from '../../../src/protocol/grpc/wire-check.ts'
import { MALFORMED_ROWS } from '../../support/malformed-messages.ts'
import { FuzzRandom } from '../engine/fuzz-random.ts'
import { type FuzzTarget, mustHold, unlessRefused } from '../engine/fuzz-target.ts'
import { randomMessage } from '../engine/random-message.ts'

const CHECK_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MALFORMED_REQUEST',
  'INVALID_UTF8',
  'UNKNOWN_FIELDS_TOO_LARGE',
  'TOO_MANY_ITEMS',
  'MISSING_FIELD',
  'UNKNOWN_ENUM',
])
const COPY_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([...CHECK_CODES, 'BATCH_TOO_LARGE'])

type Method = MethodDefinition<object, object>

interface RequestType {
  readonly name: string
  readonly method: Method
  readonly check: (bytes: Buffer) => void
  readonly copy: (message: object) => object
}

const SERVICES = [
  logService,
  adminService,
  groupService,
  replayService,
  healthService,
  reflectionService,
]

const PACKED = wireCheckOf('grpc.reflection.v1.ExtensionNumberResponse')

/** Every message that a client sends. */
const REQUEST_TYPES: readonly RequestType[] = requestTypes()

function requestTypes(): RequestType[] {
  const types = new Map<string, RequestType>()
  for (const service of SERVICES) {
    for (const method of Object.values(service) as unknown as Method[]) {
      const name = requestNameOf(method)
      const [check, copy] = [wireCheckOf(name), requestCopyOf<object, object>(name)]
      types.set(name, { name, method, check, copy })
    }
  }
  return [...types.values()]
}

/** The full name of the message that a method takes. */
export function requestNameOf(method: { readonly path: string }): string {
  const { requestType } = method as {
    readonly requestType?: { readonly type: { readonly name: string } }
  }
  const packageName = method.path.slice(1, method.path.lastIndexOf('.'))
  return `${packageName}.${requestType?.type.name ?? ''}`
}

export const requests: FuzzTarget = {
  name: 'requests',
  decoders: ['src/protocol/grpc/wire-check.ts'],
  seeds: () => [
    ...REQUEST_TYPES.flatMap(({ name }, at) =>
      Array.from({ length: 6 }, (_, turn) =>
        Buffer.concat([Buffer.of(at), randomMessage(name, new FuzzRandom(`${name} ${turn}`))]),
      ),
    ),
    Buffer.from([255, 0x12, 3, 1, 2, 3, 0x10, 4]),
    ...MALFORMED_ROWS.flatMap(([, , name, bytes]) => {
      const at = REQUEST_TYPES.findIndex((type) => type.name === name)
      return at < 0 ? [] : [Buffer.concat([Buffer.of(at), bytes])]
    }),
  ],
  words: [
    ...['orders', 'é', '\u{1f600}', Buffer.from([0xff]), Buffer.from([0xed, 0xa0, 0x80])],
    ...[
      Buffer.from([0x08, 0x01]),
      Buffer.from([0x0a, 0x00]),
      Buffer.from([0x12, 0x02, 0x08, 0x01]),
    ],
    ...[
      Buffer.from([0xfa, 0xff, 0xff, 0xff, 0x0f, 0x00]),
      Buffer.from([0x0b]),
      Buffer.from([0x0f]),
    ],
  ],
  allocatedBytesMax: (bytes) => 256 * 1024 + 16 * bytes,
  run: (input) => {
    if (input[0] === 255) {
      // No request has packed numbers; this answer has.
      unlessRefused(CHECK_CODES, () => {
        PACKED(input.subarray(1))
      })
      return
    }
    const type = REQUEST_TYPES[(input[0] ?? 0) % REQUEST_TYPES.length]
    if (type === undefined) return
    const bytes = input.subarray(1)
    const passed = unlessRefused(CHECK_CODES, () => {
      type.check(bytes)
      return true
    })
    if (passed === undefined) return
    const message = type.method.requestDeserialize(bytes)
    const again = type.method.requestSerialize(message)
    type.check(again)
    const decoded = type.method.requestDeserialize(again)
    mustHold(
      isDeepStrictEqual(decoded, message),
      `${type.name}: what is written again reads as the same`,
    )
    const copied = unlessRefused(COPY_CODES, () => type.copy(message))
    mustHold(
      copied !== undefined,
      `${type.name}: what is accepted over a socket is accepted within the process`,
    )
    mustHold(isDeepStrictEqual(copied, message), `${type.name}: both ways come to the same message`)
  },
}

/** That the names of messages were found. */
for (const { name } of REQUEST_TYPES) {
  if (!(name in wireMessages)) throw new Error(`there is no message ${name}`)
}
