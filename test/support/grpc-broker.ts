// A broker with its gRPC server on the loopback, over any engine, and a client of bare bytes that shows what came back
// as it is on the wire.
import { Client, type ClientOptions, credentials, Metadata, type StatusObject } from '@grpc/grpc-js'
import { Broker } from '../../src/broker/broker.ts'
import type { Limits } from '../../src/domain/limits.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { type Log, SILENT_LOG } from '../../src/platform/log.ts'
import { type Metrics, NO_METRICS } from '../../src/platform/metrics.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { Status, StatusOutput } from '../../src/protocol/grpc/messages.ts'
import { detailMessages, statusMessage } from '../../src/protocol/grpc/services.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { GrpcServer } from '../../src/transport/grpc/grpc-server.ts'

export interface GrpcBroker {
  readonly broker: Broker
  readonly server: GrpcServer
  readonly client: Client
  /** Another connection to the same server. */
  connect(options?: ClientOptions): Client
  /** Takes everything apart, clients first. */
  close(): Promise<void>
}

export interface ServeOptions {
  readonly engine?: StorageEngine
  readonly log?: Log
  /** A virtual one makes deadlines and limits of time come when the test says so. */
  readonly clock?: Clock
  readonly metrics?: Metrics
  /** What is to differ from LIMITS, in the broker and the server. */
  readonly limits?: Partial<Limits>
}

export async function serveBroker(options: ServeOptions = {}): Promise<GrpcBroker> {
  const clock = options.clock ?? new NodeClock({ keepsProcessAlive: true })
  const random = new SeededRandom(1)
  const log = options.log ?? SILENT_LOG
  const engine = options.engine ?? new MemoryStorageEngine({ clock })
  const { metrics = NO_METRICS, limits = {} } = options
  const common = { engine, clock, random, log, metrics, limits } as const
  const broker = await Broker.open({ ...common, storageName: 'memory', version: '0.0.0-test' })
  const server = await GrpcServer.listen({
    ...common,
    broker,
    host: '127.0.0.1',
    port: 0,
  })
  const clients: Client[] = []
  const connect = (clientOptions: ClientOptions = {}): Client => {
    const client = new Client(server.address, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_http_proxy': 0,
      'grpc.enable_retries': 0,
      ...clientOptions,
    })
    clients.push(client)
    return client
  }
  return {
    broker,
    server,
    client: connect(),
    connect,
    close: async () => {
      for (const client of clients) client.close()
      await Promise.all([server.close(), broker.close()])
      await engine.close()
    },
  }
}

/** How a call ended, as a client of any language sees it. */
export interface CallEnd {
  readonly code: number
  readonly message: string
  /** The reason in the ErrorInfo. */
  readonly reason: string | undefined
  readonly effect: string | undefined
  readonly details: Readonly<Record<string, string>>
  readonly status: StatusOutput | undefined
  /** Of a call that succeeded. */
  readonly response: Buffer | undefined
}

export interface RawCallOptions {
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
  readonly metadata?: Metadata
}

/** Calls a unary method with these bytes as they are. */
export function callRaw(
  client: Client,
  path: string,
  bytes: Uint8Array,
  options: RawCallOptions = {},
): Promise<CallEnd> {
  return new Promise((resolve) => {
    let response: Buffer | undefined
    const deadline =
      options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs }
    const call = client.makeUnaryRequest<Buffer, Buffer>(
      path,
      (value) => value,
      (value) => value,
      Buffer.from(bytes),
      options.metadata ?? new Metadata(),
      deadline,
      (_error, value) => {
        response = value
      },
    )
    options.signal?.addEventListener('abort', () => {
      call.cancel()
    })
    call.on('status', (status) => {
      // After the callback, so that the response is there.
      setImmediate(() => {
        resolve(endOf(status, response))
      })
    })
  })
}

export function endOf(status: StatusObject, response?: Buffer): CallEnd {
  const packed = status.metadata.get('grpc-status-details-bin')[0]
  const rich = Buffer.isBuffer(packed) ? statusMessage.deserialize(packed) : undefined
  const effect = status.metadata.get('x-effect')[0]
  return {
    code: status.code,
    message: status.details,
    ...reasonOf(rich),
    effect: effect?.toString(),
    status: rich,
    response,
  }
}

/** Reason and details of a google.rpc.Status that is part of an answer. */
export function reasonOf(status: Status | StatusOutput | null | undefined): {
  readonly reason: string | undefined
  readonly details: Readonly<Record<string, string>>
} {
  for (const detail of (status as StatusOutput | undefined)?.details ?? []) {
    if (detail.type_url !== 'type.googleapis.com/google.rpc.ErrorInfo') continue
    const { reason, metadata } = detailMessages['google.rpc.ErrorInfo'].deserialize(detail.value)
    return { reason, details: metadata }
  }
  return { reason: undefined, details: {} }
}

interface UnaryMethod<Request, Response> {
  readonly path: string
  readonly requestSerialize: (request: Request) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Response
}

/** Calls a method with a proper message; rejects with the CallEnd when it fails. */
export async function call<Request, Response>(
  client: Client,
  method: UnaryMethod<Request, Response>,
  request: Request,
  options?: RawCallOptions,
): Promise<Response> {
  const end = await callRaw(client, method.path, method.requestSerialize(request), options)
  if (end.response === undefined) throw new CallFailed(end)
  return method.responseDeserialize(end.response)
}

export class CallFailed extends Error {
  readonly end: CallEnd

  constructor(end: CallEnd) {
    super(`the call ended with ${end.code} ${end.reason ?? ''}: ${end.message}`)
    this.end = end
  }
}
