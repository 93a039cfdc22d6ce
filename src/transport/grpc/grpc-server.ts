// The gRPC server: binds an address, serves the methods of all services, and stops in a way that loses no answer.
import { Server, ServerCredentials, type ServiceDefinition, setLogger } from '@grpc/grpc-js'
import type { Log } from '../../platform/log.ts'
import { NO_METRICS } from '../../platform/metrics.ts'
import {
  adminService,
  groupService,
  healthService,
  logService,
  reflectionAlphaService,
  reflectionService,
  replayService,
} from '../../protocol/grpc/services.ts'
import { CutAddresses } from '../cut-addresses.ts'
import { RefusalLog } from '../refusal-log.ts'
import { ServiceContext, type ServiceContextOptions } from '../service-context.ts'
import { topicAnswers } from '../topic-answers.ts'
import { ConnectionGuard } from './connection-guard.ts'
import { FrontDoor } from './front-door.ts'
import { groupHandlers } from './group-handlers.ts'
import { healthHandlers } from './health-handlers.ts'
import { logHandlers } from './log-handlers.ts'
import { reflectionHandlers } from './reflection-handlers.ts'
import { replayHandlers } from './replay-handlers.ts'
import { grpcServerOptions } from './server-options.ts'
import { storageHandlers } from './storage-handlers.ts'
import { unaryMethods } from './unary-method.ts'

export interface GrpcServerOptions extends ServiceContextOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

interface ServerParts {
  readonly server: Server
  readonly door: FrontDoor
  readonly guard: ConnectionGuard
  readonly context: ServiceContext
}

export class GrpcServer {
  /** HOST:PORT with the port that was taken; an IPv6 host in brackets. */
  readonly address: string
  readonly #server: Server
  readonly #door: FrontDoor
  readonly #guard: ConnectionGuard
  readonly #context: ServiceContext
  #closing: Promise<void> | undefined

  private constructor(parts: ServerParts, address: string) {
    this.#server = parts.server
    this.#door = parts.door
    this.#guard = parts.guard
    this.#context = parts.context
    this.address = address
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#door.connections
  }

  /** Calls and streams on all connections. */
  get calls(): number {
    return this.#guard.calls
  }

  /** Bytes of requests that were read and are not answered yet. */
  get requestBytes(): number {
    return this.#guard.requestBytes
  }

  /** Bytes that came in on calls that are not read for now. */
  get unreadRequestBytes(): number {
    return this.#guard.unreadRequestBytes
  }

  /**
   * Resolves when clients may connect.
   * @throws VarveError ADDRESS_UNAVAILABLE
   */
  static async listen(options: GrpcServerOptions): Promise<GrpcServer> {
    const { host, port, clock, log } = options
    const context = new ServiceContext(options)
    const { limits } = context
    keepLibraryQuiet(log)
    const refusals = new RefusalLog(clock, log)
    const cuts = new CutAddresses(clock, limits)
    const guard = new ConnectionGuard(context, refusals, cuts)
    const server = new Server({
      interceptors: [guard.interceptor],
      ...grpcServerOptions(limits),
    })
    server.addService(withRawRequests(logService), logHandlers(context))
    server.addService(withRawRequests(adminService), {
      ...unaryMethods(context, adminService, topicAnswers),
      ...storageHandlers(context),
    })
    server.addService(withRawRequests(groupService), groupHandlers(context))
    server.addService(withRawRequests(replayService), replayHandlers(context))
    server.addService(withRawRequests(healthService), healthHandlers(context))
    for (const service of [reflectionService, reflectionAlphaService]) {
      const handlers = reflectionHandlers(context, service.ServerReflectionInfo)
      server.addService(withRawRequests(service), handlers)
    }
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
    guard.watch(server)
    const door = await FrontDoor.listen({
      ...limits,
      host,
      port,
      clock,
      log,
      refusals,
      cuts,
      onConnection: (socket) => {
        injector.injectConnection(socket)
      },
    })
    const metrics = options.metrics ?? NO_METRICS
    metrics.onScrape((report) => {
      report('varve_connections', door.connections)
      report('varve_open_calls', guard.calls)
      report('varve_request_bytes', guard.requestBytes + guard.unreadRequestBytes)
      for (const [reason, count] of refusals.totals) {
        report('varve_connections_refused_total', count, { reason })
      }
    })
    const shownHost = host.includes(':') ? `[${host}]` : host
    return new GrpcServer({ server, door, guard, context }, `${shownHost}:${door.port}`)
  }

  /**
   * Says to health checks that it stops, takes no new connections and calls, lets calls under way finish and breaks off
   * what is left after LIMITS.shutdownGraceMs. The broker must be closing at the same time: it ends the waits of its
   * calls. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#stop()
    return this.#closing
  }

  async #stop(): Promise<void> {
    const { clock, limits } = this.#context
    this.#context.stop()
    this.#door.close()
    await new Promise<void>((resolve) => {
      const stopTimer = clock.after(limits.shutdownGraceMs, () => {
        this.#server.forceShutdown()
        resolve()
      })
      this.#server.tryShutdown(() => {
        stopTimer()
        resolve()
      })
    })
  }
}

/** grpc-js writes to standard error by itself, in lines that are no JSON; what it says there also comes as an error. */
function keepLibraryQuiet(log: Log): void {
  setLogger({
    error: (message: unknown) => {
      log.debug('grpc_library_message', { message: String(message) })
    },
  })
}

/** Handlers get the bytes of a request as they came: they check them before anything decodes them. */
function withRawRequests(service: object): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(service as ServiceDefinition).map(([name, method]) => [
      name,
      { ...method, requestDeserialize: (bytes: Buffer) => bytes },
    ]),
  )
}
