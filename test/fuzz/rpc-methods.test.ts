// Every method of every service, streams included, with requests that are made from the .proto files: proper ones of likely and absurd
// contents, some of them changed, with odd headers, compressed, several on a stream. Each method answers with a status that it may answer
// with, nothing is a bug, what was stored before is there byte for byte, and nothing is left over. Repeat a run with RPC_METHODS_SEED; more
// calls with RPC_METHODS_RUNS.

import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LogFields, SILENT_LOG } from '../../src/platform/log.ts'
import type { WireField } from '../../src/protocol/grpc/generated/descriptors.ts'
import {
  adminService,
  groupService,
  healthService,
  logService,
  reflectionAlphaService,
  reflectionService,
  replayService,
} from '../../src/protocol/grpc/services.ts'
import { batchOf } from '../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../support/grpc-broker.ts'
import { http2Call, http2Session } from '../support/http2-call.ts'
import { createTopic } from '../support/open-broker.ts'
import { framedMessage } from '../support/raw-http2.ts'
import { seeded } from '../support/seed.ts'
import { FuzzRandom } from './engine/fuzz-random.ts'
import { Mutator } from './engine/mutator.ts'
import { randomMessage } from './engine/random-message.ts'
import { requestNameOf } from './targets/request-target.ts'

const { seed, runs } = seeded('RPC_METHODS', 1_500)
const TOGETHER = 25
/** Far above every timeout that a call is given here. */
const END_MS_MAX = 15_000
const random = new FuzzRandom(String(seed))

interface Method {
  readonly path: string
  readonly requestName: string
  readonly isStream: boolean
}

const METHODS: readonly Method[] = [
  logService,
  adminService,
  groupService,
  replayService,
  healthService,
  reflectionService,
  reflectionAlphaService,
].flatMap((service) =>
  Object.values(
    service as unknown as Record<
      string,
      { path: string; requestStream: boolean; responseStream: boolean }
    >,
  ).map((method) => ({
    path: method.path,
    requestName: requestNameOf(method),
    isStream: method.requestStream || method.responseStream,
  })),
)

/** What any call may end with: it was done, refused as it is, too much, too late, or compressed in a way that is not known. */
const COMMON = [
  status.OK,
  status.INVALID_ARGUMENT,
  status.RESOURCE_EXHAUSTED,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
] as const
const { NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, ABORTED } =
  status

/** What some may end with besides. Per-partition failures are inside of answers, and no status of a call. */
const BESIDES: Readonly<Record<string, readonly status[]>> = {
  Produce: [],
  ProduceStream: [],
  Fetch: [],
  Subscribe: [NOT_FOUND, OUT_OF_RANGE, FAILED_PRECONDITION],
  ListOffsets: [],
  InitProducerId: [FAILED_PRECONDITION, NOT_FOUND],
  CreateTopic: [ALREADY_EXISTS, PERMISSION_DENIED],
  DeleteTopic: [NOT_FOUND, PERMISSION_DENIED],
  DescribeTopic: [NOT_FOUND],
  UpdateTopicSettings: [NOT_FOUND, PERMISSION_DENIED, ABORTED],
  AddPartitions: [NOT_FOUND, PERMISSION_DENIED, ABORTED],
  DeleteRecords: [NOT_FOUND, PERMISSION_DENIED],
  DescribeStorage: [NOT_FOUND],
  Verify: [NOT_FOUND],
  Session: [NOT_FOUND, FAILED_PRECONDITION],
  CommitOffsets: [NOT_FOUND, FAILED_PRECONDITION],
  FetchOffsets: [NOT_FOUND, FAILED_PRECONDITION, OUT_OF_RANGE],
  ResetOffsets: [NOT_FOUND, FAILED_PRECONDITION, OUT_OF_RANGE, PERMISSION_DENIED, ABORTED],
  DescribeGroup: [NOT_FOUND],
  DeleteGroup: [NOT_FOUND, FAILED_PRECONDITION],
  ExplainGroup: [NOT_FOUND],
  WaitForCommit: [NOT_FOUND, ABORTED, OUT_OF_RANGE],
  ListCommitHistory: [NOT_FOUND, OUT_OF_RANGE],
  SnapshotGroup: [NOT_FOUND, ALREADY_EXISTS, OUT_OF_RANGE, FAILED_PRECONDITION],
  RestoreGroup: [NOT_FOUND, OUT_OF_RANGE, FAILED_PRECONDITION],
  DeleteGroupSnapshot: [NOT_FOUND],
  ForkGroup: [NOT_FOUND, ALREADY_EXISTS, OUT_OF_RANGE, FAILED_PRECONDITION],
  Replay: [NOT_FOUND, OUT_OF_RANGE, FAILED_PRECONDITION, PERMISSION_DENIED],
  Check: [NOT_FOUND],
}

const allowedOf = (path: string): ReadonlySet<number> =>
  new Set<number>([...COMMON, ...(BESIDES[path.slice(path.lastIndexOf('/') + 1)] ?? [])])

let served: GrpcBroker
const bugs: LogFields[] = []
/** What was stored before anything else, in a topic whose name no request makes. */
const kept = Array.from({ length: 20 }, (_, at) => batchOf({ values: [`kept ${at}`, `and ${at}`] }))
const KEPT = { topic: 'kept-apart', partition: 0 }

beforeAll(async () => {
  const log = {
    ...SILENT_LOG,
    error: (event: string, fields?: LogFields) => bugs.push({ event, ...fields }),
  }
  served = await serveBroker({
    log,
    limits: { topicsMax: 40, partitionsMax: 400, groupsMax: 50 },
  })
  await createTopic(served.broker, 'orders', 3)
  await createTopic(served.broker, 'payments', 2)
  await createTopic(served.broker, KEPT.topic, 1)
  for (const batches of kept) {
    const entries = [{ ...KEPT, records: { batches } }]
    const { results } = await call(served.client, logService.Produce, { entries })
    expect(results[0]?.error ?? null).toBeNull()
  }
})

afterAll(async () => {
  await served.close()
})

/** Contents that lead somewhere. */
function known(
  messageName: string,
  { name, type }: WireField,
): Buffer | string | number | undefined {
  if (type === 'string') {
    if (/topic/.test(name) || (name === 'name' && /Topic/.test(messageName))) {
      return random.pick(['orders', 'orders', 'payments', 'made'])
    }
    if (/group/.test(name)) return random.pick(['g1', 'g2', 'g3'])
    if (/member|instance|client/.test(name)) return random.pick(['m1', 'm2'])
    return undefined
  }
  if (type === 'bytes' && name === 'batches') return random.pick(BATCHES)
  if (/int/.test(type)) {
    if (/partition/.test(name)) return random.below(3)
    if (/wait|timeout/.test(name)) return random.below(20)
    if (/offset|epoch|bytes|size|credit/.test(name)) return random.below(64)
  }
  return undefined
}

const BATCHES = [
  batchOf({ values: ['a', 'b'] }),
  batchOf({ values: ['c'], codec: 'gzip' }),
  batchOf({ values: ['d'], producer: { id: 0, epoch: 0, sequence: 0 } }),
  batchOf({ values: ['e'] }).subarray(0, 70),
]

const earlier: Buffer[] = [Buffer.alloc(0)]
const mutator = new Mutator({
  random,
  words: ['orders', 'g1'].map((word) => Buffer.from(word)),
  bytesMax: 64 * 1024,
  other: () => random.pick(earlier),
})

function requestOf({ requestName }: Method): Buffer {
  const proper = randomMessage(requestName, random, known)
  const sent = random.oneIn(4) ? mutator.mutate(proper) : proper
  if (earlier.length < 50) earlier.push(sent)
  return sent
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

function callOf(method: Method): Sent {
  const count = method.isStream ? random.below(6) : 1
  const messages = Array.from({ length: count }, () => requestOf(method))
  // A wait that a request asks for ends with the call.
  const headers: Record<string, string> = { 'grpc-timeout': `${20 + random.below(100)}m` }
  if (random.oneIn(12)) {
    headers['grpc-encoding'] = random.pick(['gzip', 'gzip', 'deflate', 'identity', 'br'])
    const body = Buffer.concat(messages.map((message) => framedMessage(gzipSync(message), true)))
    return { headers, body }
  }
  if (random.oneIn(20)) headers['x-odd'] = 'é\\"<>'.replaceAll('é', '\u00e9')
  return { headers, body: Buffer.concat(messages.map((message) => framedMessage(message))) }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') (collect as () => void)()
}

it('every method answers what is made from its .proto with a status that it may answer with', async () => {
  const seen = new Map<string, Map<string, number>>()
  let heapBytes = 0
  const session = http2Session(served.server.address)
  for (let run = 0; run < runs; run += TOGETHER) {
    await Promise.all(
      Array.from({ length: TOGETHER }, async (_, at) => {
        // Each in its turn, so that none is left out.
        const method = METHODS[(run + at) % METHODS.length] as Method
        const sent = callOf(method)
        const ended = http2Call(session, { path: method.path, ...sent })
        const answer = await Promise.race([ended, sleep(END_MS_MAX, undefined, { ref: false })])
        const text = `${method.path} ${JSON.stringify(sent.headers)} ${sent.body.toString('hex')}`
        if (answer === undefined) throw new Error(`no end (RPC_METHODS_SEED=${seed}): ${text}`)
        const { code, resetCode } = answer
        const name = code === undefined ? `reset ${resetCode}` : (status[code] ?? String(code))
        const counts = seen.get(method.path) ?? new Map<string, number>()
        seen.set(method.path, counts.set(name, (counts.get(name) ?? 0) + 1))
        const isAllowed = code !== undefined && allowedOf(method.path).has(code)
        expect(isAllowed, `${name} (RPC_METHODS_SEED=${seed}) ${text}`).toBe(true)
      }),
    )
    if (run === Math.floor(runs / 4 / TOGETHER) * TOGETHER) {
      collectGarbage()
      heapBytes = process.memoryUsage().heapUsed
    }
  }
  session.destroy()
  expect([...seen.keys()].sort()).toEqual(METHODS.map(({ path }) => path).sort())
  const totals = new Map<string, number>()
  for (const counts of seen.values()) {
    for (const [name, count] of counts) totals.set(name, (totals.get(name) ?? 0) + count)
  }
  console.log(
    `${runs} calls of ${seen.size} methods (seed ${seed}): ${JSON.stringify(Object.fromEntries(totals))}`,
  )
  if (process.env['RPC_METHODS_TABLE'] !== undefined) {
    for (const [path, counts] of seen) console.log(path, JSON.stringify(Object.fromEntries(counts)))
  }
  expect(bugs).toEqual([])
  collectGarbage()
  const grown = process.memoryUsage().heapUsed - heapBytes
  // What was stored is kept in memory here, with what is known of it.
  expect(grown, `the heap grew by ${grown} bytes`).toBeLessThan(32 * 2 ** 20 + 2048 * runs)
}, 3_600_000)

it('leaves nothing behind, and what was stored before as it was', async () => {
  while (served.server.connections > 1) await new Promise((resolve) => setImmediate(resolve))
  expect(served.server.requestBytes).toBe(0)
  const { results } = await call(served.client, logService.Fetch, {
    partitions: [{ ...KEPT, offset: 0 }],
    maxBytes: 1024 * 1024,
  })
  const stored = results[0]?.records?.batches ?? Buffer.alloc(0)
  const sizes = kept.reduce((sum, { length }) => sum + length, 0)
  expect(stored.length).toBe(sizes)
  let at = 0
  for (const [index, batch] of kept.entries()) {
    const found = stored.subarray(at, at + batch.length)
    at += batch.length
    expect(Number(found.readBigInt64BE(0))).toBe(index * 2)
    // Behind offset and epoch, which are the broker's, each byte is its producer's.
    expect(found.subarray(16).equals(batch.subarray(16))).toBe(true)
  }
  const { status: state } = await call(served.client, healthService.Check, { service: '' })
  expect(state).toBe('SERVING')
})
