// Calls with mutated messages, headers and frames against a living broker. Whatever comes in, the answer is one of the statuses that
// a caller can be told, nothing of it is a bug, and the broker serves others. Repeat a run with RPC_FUZZ_SEED; more of them with
// RPC_FUZZ_RUNS.
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LogFields, SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import {
  adminService,
  groupService,
  healthService,
  logService,
} from '../../src/protocol/grpc/services.ts'
import { batchOf } from '../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../support/grpc-broker.ts'
import { http2Call, http2Session } from '../support/http2-call.ts'
import { createTopic } from '../support/open-broker.ts'
import { varint } from '../support/protobuf-bytes.ts'
import {
  dataFrames,
  framedMessage,
  grpcHeaders,
  headers,
  PREFACE,
  RawConnection,
  settings,
} from '../support/raw-http2.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('RPC_FUZZ', 600)

let served: GrpcBroker
const bugs: LogFields[] = []

beforeAll(async () => {
  const log = {
    ...SILENT_LOG,
    error: (event: string, fields?: LogFields) => bugs.push({ event, ...fields }),
  }
  served = await serveBroker({
    log,
    limits: {
      topicsMax: 40,
      partitionsMax: 400,
      keepaliveIntervalMs: 1_000,
      keepaliveTimeoutMs: 1_000,
    },
  })
  await createTopic(served.broker, 'orders', 3)
})

afterAll(async () => {
  await served.close()
})

async function expectWell(): Promise<void> {
  expect(bugs).toEqual([])
  const { status: state } = await call(served.client, healthService.Check, { service: '' })
  expect(state).toBe('SERVING')
}

/** Proper requests to begin with. */
function requests(): readonly (readonly [path: string, bytes: Buffer])[] {
  const entries = [
    { topic: 'orders', partition: 1, records: { batches: batchOf({ values: ['a', 'b'] }) } },
    {
      topic: 'orders',
      partition: -1,
      records: { records: { records: [{ value: Buffer.from('c') }] } },
    },
  ]
  const { Produce, Fetch, ListOffsets, InitProducerId } = logService
  return [
    [Produce.path, Produce.requestSerialize({ entries })],
    [
      Fetch.path,
      Fetch.requestSerialize({ partitions: [{ topic: 'orders', partition: 1, offset: 0 }] }),
    ],
    [
      ListOffsets.path,
      ListOffsets.requestSerialize({
        partitions: [
          { topic: 'orders', partition: 0, timestampMs: 5 },
          { topic: 'orders', partition: 1, position: 'OFFSET_POSITION_LATEST' },
        ],
      }),
    ],
    [InitProducerId.path, InitProducerId.requestSerialize({})],
    [
      adminService.CreateTopic.path,
      adminService.CreateTopic.requestSerialize({
        name: 'fuzz',
        partitions: 2,
        settings: { 'retention.ms': '1000' },
      }),
    ],
    [
      adminService.DeleteRecords.path,
      adminService.DeleteRecords.requestSerialize({
        entries: [{ topic: 'orders', partition: 0, beforeOffset: 0 }],
      }),
    ],
    [
      adminService.DescribeTopic.path,
      adminService.DescribeTopic.requestSerialize({ name: 'orders' }),
    ],
    [adminService.ListTopics.path, adminService.ListTopics.requestSerialize({ pageSize: 3 })],
    [
      adminService.DescribeStorage.path,
      adminService.DescribeStorage.requestSerialize({ pageSize: 2 }),
    ],
    [
      groupService.CommitOffsets.path,
      groupService.CommitOffsets.requestSerialize({
        group: 'fuzz',
        entries: [{ topic: 'orders', partition: 1, offset: 0, metadata: 'm', leaderEpoch: 0 }],
      }),
    ],
    [
      groupService.ResetOffsets.path,
      groupService.ResetOffsets.requestSerialize({
        group: 'fuzz',
        entries: [{ topic: 'orders', partition: 1, shiftBy: -1 }],
        dryRun: true,
      }),
    ],
    [
      groupService.DescribeGroup.path,
      groupService.DescribeGroup.requestSerialize({ group: 'fuzz' }),
    ],
    [
      groupService.ListCommitHistory.path,
      groupService.ListCommitHistory.requestSerialize({ group: 'fuzz', fromMs: 0, pageSize: 2 }),
    ],
  ]
}

const EXTREMES = [0, 1, -1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2n ** 63n, 2n ** 64n - 1n]

class Mutator {
  readonly #random: SeededRandom

  constructor(random: SeededRandom) {
    this.#random = random
  }

  below(end: number): number {
    return this.#random.integer(end)
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  /** One to four changes. */
  change(bytes: Buffer): Buffer {
    let changed = bytes
    for (let count = 1 + this.below(4); count > 0; count--) changed = this.#once(changed)
    return changed
  }

  #once(bytes: Buffer): Buffer {
    const at = this.below(bytes.length + 1)
    const before = bytes.subarray(0, at)
    const after = bytes.subarray(at)
    switch (this.below(6)) {
      case 0:
        return before
      case 1:
        return Buffer.concat([before, Buffer.of(this.below(256)), after])
      case 2:
        return Buffer.concat([before, varint(this.pick(EXTREMES)), after.subarray(1)])
      case 3:
        return Buffer.concat([before, after, after.subarray(0, this.below(40))])
      case 4:
        return Buffer.concat([before, after.subarray(1 + this.below(4))])
      default: {
        const flipped = Buffer.from(bytes)
        if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << this.below(8))
        return flipped
      }
    }
  }
}

const EXPECTED_STATUSES: ReadonlySet<number | undefined> = new Set([
  status.OK,
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.ALREADY_EXISTS,
  status.PERMISSION_DENIED,
  status.RESOURCE_EXHAUSTED,
  status.FAILED_PRECONDITION,
  status.OUT_OF_RANGE,
  status.ABORTED,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
])

it('mutated messages are answered with a status that says what is wrong', async () => {
  const mutator = new Mutator(new SeededRandom(seed))
  const session = http2Session(served.server.address)
  const seen = new Map<string, number>()
  const bases = requests()
  for (let run = 0; run < runs; run += 20) {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const [path, bytes] = mutator.pick(bases)
        const sent = mutator.change(bytes)
        // A wait that a mutation asked for ends with the call.
        const timeout = { 'grpc-timeout': '300m' }
        const { code } = await http2Call(session, {
          path,
          headers: timeout,
          body: framedMessage(sent),
        })
        const name = code === undefined ? 'none' : (status[code] ?? String(code))
        seen.set(name, (seen.get(name) ?? 0) + 1)
        const text = `${path} ${sent.toString('hex')}: ${name} (seed ${seed})`
        expect(EXPECTED_STATUSES.has(code), text).toBe(true)
      }),
    )
  }
  session.destroy()
  console.log(
    `${runs} mutated messages (seed ${seed}): ${JSON.stringify(Object.fromEntries(seen))}`,
  )
  await expectWell()
})

it('mutated headers are answered, refused or reset', async () => {
  const mutator = new Mutator(new SeededRandom(`${seed}-headers`))
  const names = [
    'grpc-timeout',
    'grpc-encoding',
    'content-type',
    'x-any',
    'grpc-message-type',
    'user-agent',
  ]
  const body = framedMessage(Buffer.alloc(0))
  const count = Math.ceil(runs / 6)
  const session = http2Session(served.server.address)
  for (let run = 0; run < count; run++) {
    const value = mutator.change(
      Buffer.from(mutator.pick(['10S', 'gzip', 'application/grpc', 'x'])),
    )
    const printable = value.toString('latin1').replaceAll(/[^\x21-\x7e]/g, '.')
    const {
      code,
      status: http,
      resetCode,
    } = await http2Call(session, {
      path: logService.ListOffsets.path,
      headers: { [mutator.pick(names)]: printable },
      body,
    })
    // What grpc-js says of a timeout that is none.
    const isKnown = EXPECTED_STATUSES.has(code) || code === status.INTERNAL || http === 415
    expect(isKnown || resetCode !== 0, `${printable} (seed ${seed})`).toBe(true)
  }
  session.destroy()
  console.log(`${count} mutated headers (seed ${seed})`)
  await expectWell()
})

it('mutated frames end their connection at most, and nothing of it is left', async () => {
  const mutator = new Mutator(new SeededRandom(`${seed}-frames`))
  const [[path, bytes] = ['', Buffer.alloc(0)]] = requests()
  const proper = Buffer.concat([
    headers(1, grpcHeaders(path)),
    dataFrames(1, framedMessage(bytes)),
    headers(3, grpcHeaders(logService.Subscribe.path)),
  ])
  const count = Math.ceil(runs / 6)
  for (let run = 0; run < count; run++) {
    const connection = await RawConnection.connect(served.server.address)
    connection.send(PREFACE, settings(), mutator.change(proper))
    await new Promise((resolve) => setImmediate(resolve))
    if (run % 2 === 0) await connection.until(() => connection.frames.length > 0)
    connection.close()
    await connection.closed
  }
  // After a frame that breaks the protocol HTTP/2 reads no more, not even the end of the connection: the keepalive finds it dead.
  while (served.server.connections > 1) await new Promise((resolve) => setImmediate(resolve))
  expect(served.server.requestBytes).toBe(0)
  console.log(`${count} mutated connections (seed ${seed}), none left`)
  await expectWell()
})
