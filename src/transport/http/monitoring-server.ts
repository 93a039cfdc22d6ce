// The port for those who watch a broker: /metrics for Prometheus, /livez and /readyz for whoever starts and stops it. Plain HTTP/1.1,
// meant for the loopback: it tells names of topics and sizes, and asks nobody who they are. Invariant: it reads no body, keeps
// nothing of a request, and what it holds is bounded by LIMITS.monitoring*; a broken client costs others nothing.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, ListenOptions } from 'node:net'
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import type { Log } from '../../platform/log.ts'
import type { ReadinessCheck } from './readiness.ts'

export interface MonitoringServerOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly log: Log
  /** The page of /metrics and its type. */
  readonly metrics: () => { readonly text: string; readonly contentType: string }
  /** What /readyz asks. */
  readonly readiness: () => readonly ReadinessCheck[]
}

interface Page {
  readonly status: number
  readonly text: string
  readonly contentType: string
}

const TEXT = 'text/plain; charset=utf-8'
const PATHS = ['/metrics', '/livez', '/readyz']

export class MonitoringServer {
  /** HOST:PORT with the port that was taken; an IPv6 host in brackets. */
  readonly address: string
  readonly #server: Server
  #closing: Promise<void> | undefined

  private constructor(server: Server, address: string) {
    this.#server = server
    this.address = address
  }

  /**
   * Resolves when it can be asked.
   * @throws VarveError ADDRESS_UNAVAILABLE
   */
  static async listen(options: MonitoringServerOptions): Promise<MonitoringServer> {
    const { host, port } = options
    const server = createServer(
      {
        maxHeaderSize: LIMITS.monitoringHeaderBytesMax,
        headersTimeout: LIMITS.monitoringRequestMsMax,
        requestTimeout: LIMITS.monitoringRequestMsMax,
        keepAliveTimeout: LIMITS.monitoringRequestMsMax,
        connectionsCheckingInterval: LIMITS.monitoringRequestMsMax / 4,
        insecureHTTPParser: false,
      },
      (request, response) => {
        answer(request, response, options)
      },
    )
    server.maxConnections = LIMITS.monitoringConnectionsMax
    // Also while an answer is not read.
    server.timeout = LIMITS.monitoringRequestMsMax
    // A client that wants to be asked before it sends a body gets its answer at once.
    server.on('checkContinue', (request, response) => {
      answer(request, response, options)
    })
    const bound = await listen(server, { host, port })
    // A connection that could not be accepted, for want of descriptors, say; the others go on.
    server.on('error', (error) => {
      options.log.warn('monitoring_connection_failed', { reason: error.message })
    })
    return new MonitoringServer(server, `${host.includes(':') ? `[${host}]` : host}:${bound}`)
  }

  /** Breaks off what is under way. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#server.close(() => {
        resolve()
      })
      this.#server.closeAllConnections()
    })
    return this.#closing
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: MonitoringServerOptions,
): void {
  const { method = '', headers } = request
  const isRead = method === 'GET' || method === 'HEAD'
  const hasBody = 'transfer-encoding' in headers || (headers['content-length'] ?? '0') !== '0'
  let page: Page
  if (!isRead) page = { status: 405, text: 'only GET and HEAD\n', contentType: TEXT }
  else if (hasBody) page = { status: 400, text: 'a request here has no body\n', contentType: TEXT }
  else page = pageFor(request.url ?? '', options)
  response.writeHead(page.status, {
    'content-type': page.contentType,
    'content-length': Buffer.byteLength(page.text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(isRead ? {} : { allow: 'GET, HEAD' }),
    // A body that nobody reads must not be taken for the next request.
    ...(isRead && !hasBody ? {} : { connection: 'close' }),
  })
  response.end(method === 'HEAD' ? undefined : page.text)
}

function pageFor(url: string, options: MonitoringServerOptions): Page {
  const [path = ''] = url.split('?', 1)
  try {
    if (path === '/metrics') return { status: 200, ...options.metrics() }
    if (path === '/livez') return { status: 200, text: 'ok\n', contentType: TEXT }
    if (path === '/readyz') return readinessPage(options.readiness())
  } catch (error) {
    options.log.error('monitoring_failed', { path, error })
    return { status: 500, text: 'this failed; the log says why\n', contentType: TEXT }
  }
  return { status: 404, text: `there is ${PATHS.join(', ')}\n`, contentType: TEXT }
}

function readinessPage(checks: readonly ReadinessCheck[]): Page {
  const isReady = checks.every(({ isGood }) => isGood)
  const lines = checks.map(
    ({ name, isGood, detail }) => `${isGood ? 'ok    ' : 'FAILED'} ${name}: ${detail}`,
  )
  const text = [...lines, isReady ? 'ready' : 'not ready', ''].join('\n')
  return { status: isReady ? 200 : 503, text, contentType: TEXT }
}

async function listen(server: Server, options: ListenOptions): Promise<number> {
  const { host = '', port = 0 } = options
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new VarveError(
          'ADDRESS_UNAVAILABLE',
          `cannot serve metrics on ${host}:${port}: another process may have it, or it is no address of this machine`,
          { details: { address: `${host}:${port}` }, cause },
        ),
      )
    })
    server.listen(options, () => {
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}
