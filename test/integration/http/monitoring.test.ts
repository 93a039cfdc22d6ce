// The monitoring port of a whole broker, over HTTP on the loopback.
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connect as connectClient } from '../../../src/client/index.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { type RunningServer, startServer } from '../../../src/server/start-server.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

let dataDir: string
let server: RunningServer
let base: string
beforeAll(async () => {
  dataDir = await temporaryDirectory()
  server = await start()
  base = `http://${server.monitoringAddress ?? ''}`
})
afterAll(async () => {
  await server.close()
})

function start(
  monitoring = { host: '127.0.0.1', port: 0, isRequired: true },
): Promise<RunningServer> {
  return startServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    storage: 'file',
    log: SILENT_LOG,
    monitoring,
  })
}

/** Values by the text of their series. */
async function scrape(): Promise<Map<string, number>> {
  const text = await (await fetch(`${base}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

/** What comes back for these bytes until the server closes the connection. */
async function raw(bytes: string): Promise<string> {
  const socket = openSocket()
  socket.write(bytes)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function openSocket(): Socket {
  const [host = '', port] = (server.monitoringAddress ?? '').split(':')
  const socket = connect(Number(port), host)
  socket.on('error', () => undefined)
  return socket
}

describe('the monitoring port', () => {
  it('counts what goes through the broker', async () => {
    const client = connectClient({ broker: server.address })
    await client.admin().createTopic({ name: 'counted' })
    const producer = client.producer()
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        producer.send({ topic: 'counted', value: `value ${index}`, partition: 0 }),
      ),
    )
    await expect(producer.send({ topic: 'nowhere', value: '' })).rejects.toThrow()
    const read: string[] = []
    for await (const { value } of client.consumer({ topics: 'counted', until: 'end' })) {
      read.push(value?.toString() ?? '')
    }
    expect(read).toHaveLength(10)
    await client.close()
    const values = await scrape()
    const value = (series: string): number => values.get(series) ?? NaN
    expect(value('varve_records_in_total{topic="counted"}')).toBe(10)
    expect(value('varve_records_out_total{topic="counted"}')).toBeGreaterThanOrEqual(10)
    expect(value('varve_bytes_in_total{topic="counted"}')).toBeGreaterThan(100)
    expect(value('varve_produce_seconds_count{durability="synced"}')).toBeGreaterThan(0)
    expect(value('varve_storage_sync_seconds_count')).toBeGreaterThan(0)
    expect(value('varve_storage_write_seconds_count')).toBeGreaterThan(0)
    expect(value('varve_storage_group_batches_sum')).toBe(
      value('varve_produce_seconds_count{durability="synced"}'),
    )
    expect(value('varve_refusals_total{code="UNKNOWN_TOPIC"}')).toBeGreaterThan(0)
    expect(value('varve_partitions{state="healthy"}')).toBe(1)
    expect(value('varve_topics')).toBe(1)
    expect(value('varve_storage_segments')).toBe(1)
    expect(value('varve_storage_open_files')).toBeGreaterThan(0)
    expect(value('varve_stored_bytes')).toBe(value('varve_bytes_in_total{topic="counted"}'))
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0)
    expect(value('varve_append_in_flight_bytes')).toBe(0)
    for (const [series, count] of values) {
      if (series.startsWith('varve_calls{')) expect([series, count]).toEqual([series, 0])
    }
  })

  it('counts who is connected, subscribed and known, and who was turned away', async () => {
    const client = connectClient({ broker: server.address })
    await client.admin().createTopic({ name: 'attended', partitions: 3 })
    const before = await scrape()
    const producer = client.producer()
    await producer.send({ topic: 'attended', value: 'v', partition: 0 })
    await producer.send({ topic: 'attended', value: 'v', partition: 1 })
    const consumer = client.consumer({ topics: 'attended' })
    const reading = consumer[Symbol.asyncIterator]()
    await reading.next()
    const during = await scrape()
    const change = (after: Map<string, number>, series: string): number =>
      (after.get(series) ?? NaN) - (before.get(series) ?? 0)
    expect(during.get('varve_connections')).toBeGreaterThan(0)
    expect(change(during, 'varve_subscriptions')).toBe(1)
    expect(change(during, 'varve_subscribed_partitions')).toBe(3)
    expect(change(during, 'varve_subscriptions_opened_total')).toBe(1)
    expect(during.get('varve_subscriptions_cut_total')).toBe(0)
    expect(change(during, 'varve_producer_ids_total')).toBe(1)
    expect(change(during, 'varve_storage_producers')).toBe(2)
    expect(during.get('varve_storage_producers_forgotten_total{reason="surplus"}')).toBe(0)
    expect(during.get('varve_storage_producers_forgotten_total{reason="expired"}')).toBe(0)
    expect(during.get('varve_duplicate_batches_total')).toBe(0)

    const [host = '', port] = server.address.split(':')
    const stranger = connect(Number(port), host)
    stranger.write('GET / HTTP/1.1\r\n\r\n')
    await new Promise((resolve) => stranger.once('close', resolve))
    await reading.return(undefined)
    await client.admin().deleteTopic('attended')
    await client.close()
    await vi.waitFor(async () => {
      const after = await scrape()
      expect(after.get('varve_connections_refused_total{reason="not-http2"}')).toBe(1)
      expect(after.get('varve_connections')).toBe(0)
      expect(change(after, 'varve_subscriptions')).toBe(0)
      expect(change(after, 'varve_storage_producers')).toBe(0)
      expect(after.get('varve_request_bytes')).toBe(0)
    })
  })

  it('serves the text format of Prometheus, line by line', async () => {
    const response = await fetch(`${base}/metrics`)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const text = await response.text()
    expect(text.endsWith('\n')).toBe(true)
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(# HELP [a-z_]+ .+|# TYPE [a-z_]+ (counter|gauge|histogram)|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? (\+Inf|-?\d[\d.e+-]*))$/,
      )
    }
  })

  it('says that the process lives and the broker is ready', async () => {
    const live = await fetch(`${base}/livez`)
    expect([live.status, await live.text()]).toEqual([200, 'ok\n'])
    const ready = await fetch(`${base}/readyz?verbose`)
    expect(ready.status).toBe(200)
    expect(await ready.text()).toMatch(
      /^ok {5}broker: open\nok {5}partitions: \d+ opened\n.*\nready\n$/,
    )
  })

  it('answers HEAD without a body, and nothing but GET and HEAD', async () => {
    const head = await fetch(`${base}/metrics`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await fetch(`${base}/metrics`, { method })
      expect([method, response.status]).toEqual([method, 405])
      expect(response.headers.get('allow')).toBe('GET, HEAD')
    }
    expect((await fetch(`${base}/`)).status).toBe(404)
    expect((await fetch(`${base}/metrics/`)).status).toBe(404)
  })

  it.each([
    ['what is no HTTP', 'hello\r\n\r\n', 400],
    [
      'a path that is no path',
      'GET http://[/metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      404,
    ],
    [
      'two lengths',
      'GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    [
      'length and chunks',
      'GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'a request with a body',
      'GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello',
      400,
    ],
    ['no host', 'GET /livez HTTP/1.1\r\n\r\n', 400],
    [
      'too long headers',
      `GET /livez HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(LIMITS.monitoringHeaderBytesMax)}\r\n\r\n`,
      431,
    ],
  ])('refuses %s and closes the connection', async (_what, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it('closes connections beyond its limit at once and serves the others', async () => {
    const sockets = Array.from({ length: LIMITS.monitoringConnectionsMax + 16 }, openSocket)
    const closed = await new Promise<number>((resolve) => {
      let count = 0
      for (const socket of sockets) {
        socket.resume()
        socket.once('close', () => {
          count++
          if (count === 16) resolve(count)
        })
      }
    })
    expect(closed).toBe(16)
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(() =>
        fetch(`${base}/livez`).then(
          ({ ok }) => ok,
          () => false,
        ),
      )
      .toBe(true)
  })
})

describe('a monitoring address that another process has', () => {
  it('does not keep the broker from starting when nobody asked for it, and is an error when somebody did', async () => {
    const port = Number(base.split(':').at(-1))
    const options = {
      dataDir: '/',
      host: '127.0.0.1',
      port: 0,
      storage: 'memory',
      log: SILENT_LOG,
    } as const
    const second = await startServer({
      ...options,
      monitoring: { host: '127.0.0.1', port, isRequired: false },
    })
    expect(second.monitoringAddress).toBeUndefined()
    await second.close()
    await expect(
      startServer({ ...options, monitoring: { host: '127.0.0.1', port, isRequired: true } }),
    ).rejects.toMatchObject({ code: 'ADDRESS_UNAVAILABLE' })
  })
})

describe('a broker without monitoring', () => {
  it('has no monitoring address', async () => {
    const plain = await startServer({
      dataDir: '/',
      host: '127.0.0.1',
      port: 0,
      storage: 'memory',
      log: SILENT_LOG,
    })
    expect(plain.monitoringAddress).toBeUndefined()
    await plain.close()
  })
})
