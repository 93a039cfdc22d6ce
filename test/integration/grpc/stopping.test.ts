// A server that stops finishes what it accepted: nothing acknowledged is missing, nothing is left waiting.
import { setTimeout as pause } from 'node:timers/promises'
import { Client, credentials, status } from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import type {
  HealthCheckResponseOutput,
  ProduceStreamResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { healthService, logService } from '../../../src/protocol/grpc/services.ts'
import { startServer } from '../../../src/server/start-server.ts'
import { batchOf } from '../../support/batches.ts'
import {
  CallFailed,
  call,
  callRaw,
  endOf,
  reasonOf,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

describe('a stopping server', () => {
  it('keeps every record that it acknowledged under load, over a restart', async () => {
    const dataDir = await temporaryDirectory()
    const options = {
      dataDir,
      host: '127.0.0.1',
      port: 0,
      storage: 'file',
      log: SILENT_LOG,
    } as const
    const first = await startServer(options)
    await first.broker.topics.createTopic({ name: 'orders', partitions: 4, settings: {} })
    const client = new Client(first.address, credentials.createInsecure(), {
      'grpc.enable_retries': 0,
    })
    const acknowledged: { partition: number; offset: number; value: string }[] = []
    const endings = new Set<string>()
    let produced = 0
    const load = async (partition: number): Promise<void> => {
      for (;;) {
        const value = `value-${produced++}`
        const entries = [
          { topic: 'orders', partition, records: { batches: batchOf({ values: [value] }) } },
        ]
        try {
          const { results } = await call(client, logService.Produce, { entries })
          const [result] = results
          if (result === undefined) throw new Error('no result')
          if (result.error !== null) {
            endings.add(reasonOf(result.error).reason ?? '')
            return
          }
          acknowledged.push({ partition, offset: result.baseOffset, value })
        } catch (error) {
          if (!(error instanceof CallFailed)) throw error
          endings.add(status[error.end.code] ?? '')
          return
        }
      }
    }
    const loads = [0, 1, 2, 3, 0, 1, 2, 3].map(load)
    const polls = Array.from({ length: 5 }, () =>
      callRaw(
        client,
        logService.Fetch.path,
        logService.Fetch.requestSerialize({
          partitions: [{ topic: 'orders', offset: 0 }],
          maxWaitMs: 60_000,
          minBytes: 1_000_000,
        }),
      ),
    )
    while (acknowledged.length < 200) await pause(1)
    await Promise.all([first.close(), first.close()])
    await Promise.all([...loads, ...polls])
    client.close()
    for (const ending of endings)
      expect(['NOT_READY', 'UNAVAILABLE', 'CANCELLED']).toContain(ending)

    const second = await startServer(options)
    const report = second.broker.describeStorage('orders').map((one) => one.report?.outcome)
    expect(report).toEqual(['clean', 'clean', 'clean', 'clean'])
    const reader = new Client(second.address, credentials.createInsecure())
    const stored = new Map<string, string>()
    for (let partition = 0; partition < 4; partition++) {
      for (let offset = 0; ; ) {
        const { results } = await call(reader, logService.Fetch, {
          partitions: [{ topic: 'orders', partition, offset }],
          form: 'RECORD_FORM_RECORDS',
        })
        const records = results[0]?.records?.records?.records ?? []
        if (records.length === 0) break
        for (const record of records) {
          stored.set(`${partition}/${record.offset}`, record.value?.toString() ?? '')
        }
        offset = results[0]?.nextOffset ?? NaN
      }
    }
    for (const { partition, offset, value } of acknowledged) {
      expect(stored.get(`${partition}/${offset}`)).toBe(value)
    }
    console.log(`stopping under load: ${acknowledged.length} acknowledged, all there`)
    reader.close()
    await second.close()
  })

  it('answers what a producing stream sent, then ends it with NOT_READY', async () => {
    const served = await serveBroker()
    await createTopic(served.broker, 'orders')
    const { path, requestSerialize, responseDeserialize } = logService.ProduceStream
    const stream = served.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
    const acks: ProduceStreamResponseOutput[] = []
    stream.on('data', (message: ProduceStreamResponseOutput) => {
      if (message.ack) acks.push(message)
    })
    stream.on('error', () => undefined)
    const ended = new Promise<ReturnType<typeof endOf>>((resolve) => {
      stream.on('status', (end) => {
        resolve(endOf(end))
      })
    })
    stream.write({ init: {} })
    for (let id = 0; id < 30; id++) {
      const entries = [{ topic: 'orders', records: { batches: batchOf() } }]
      stream.write({ batch: { correlationId: id, entries } })
    }
    while (acks.length < 5) await pause(1)
    const closing = served.close()
    expect(await ended).toMatchObject({
      code: status.UNAVAILABLE,
      reason: 'NOT_READY',
      effect: 'none',
    })
    await closing
    const done = acks.flatMap(({ ack }) => ack?.results ?? [])
    for (const { error } of done) {
      expect([undefined, 'NOT_READY']).toContain(reasonOf(error).reason)
    }
  })

  it('says so to who watches its health, and ends the watch', async () => {
    const served = await serveBroker()
    const { path, requestSerialize, responseDeserialize } = healthService.Watch
    const request = { service: 'varve.v1.LogService' }
    const stream = served.client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
    )
    const states: string[] = []
    const ended = new Promise((resolve) => stream.on('status', resolve))
    stream.on('error', () => undefined)
    stream.on('data', ({ status: state }: HealthCheckResponseOutput) => {
      states.push(state)
    })
    while (states.length === 0) await pause(1)
    await Promise.all([served.server.close(), served.broker.close(), ended])
    expect(states).toEqual(['SERVING', 'NOT_SERVING'])
    await served.close()
  })

  it('lets go of its port, its folder and idle connections', async () => {
    const dataDir = await temporaryDirectory()
    const options = {
      dataDir,
      host: '127.0.0.1',
      port: 0,
      storage: 'file',
      log: SILENT_LOG,
    } as const
    const first = await startServer(options)
    const client = new Client(first.address, credentials.createInsecure())
    await call(client, healthService.Check, {})
    await first.close()
    const port = Number(first.address.split(':')[1])
    const second = await startServer({ ...options, port })
    expect(second.address).toBe(first.address)
    client.close()
    await second.close()
  })
})

describe('a start that fails', () => {
  it('says that the address is taken, and lets go of the folder', async () => {
    const dataDir = await temporaryDirectory()
    const other = await temporaryDirectory()
    const common = { host: '127.0.0.1', storage: 'file', log: SILENT_LOG } as const
    const first = await startServer({ ...common, dataDir, port: 0 })
    const port = Number(first.address.split(':')[1])
    expect((await refusalOf(startServer({ ...common, dataDir: other, port }))).code).toBe(
      'ADDRESS_UNAVAILABLE',
    )
    const third = await startServer({ ...common, dataDir: other, port: 0 })
    await third.close()
    await first.close()
  })

  it('says that the folder is in use', async () => {
    const dataDir = await temporaryDirectory()
    const common = {
      dataDir,
      host: '127.0.0.1',
      port: 0,
      storage: 'file',
      log: SILENT_LOG,
    } as const
    const first = await startServer(common)
    expect((await refusalOf(startServer(common))).code).toBe('DATA_DIR_LOCKED')
    await first.close()
  })
})
