import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GrpcTransport } from '../../../src/client/grpc-transport.ts'
import { connect } from '../../../src/client/index.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { RunningBroker } from './running-broker.ts'

let broker: RunningBroker

beforeAll(async () => {
  broker = await RunningBroker.start()
})

afterAll(async () => {
  await broker.close()
})

/** A port of the loopback on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Runs a program in a process of its own, to its end. */
async function run(program: string): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [status] = (await once(child, 'close')) as [number]
  return { status, stdout, stderr }
}

test('without a broker every way in says where it looked and what to do', async () => {
  const address = `127.0.0.1:${await freePort()}`
  const client = connect({ broker: address, connectTimeoutMs: 200, requestTimeoutMs: 300 })
  const refusal = {
    code: 'BROKER_UNAVAILABLE',
    message: `no broker at ${address}: is it running? try npx varve start`,
    details: { address },
    effect: 'none',
  }
  await expect(client.connected()).rejects.toMatchObject(refusal)
  await expect(client.admin().listTopics()).rejects.toMatchObject(refusal)
  await expect(client.admin().health()).rejects.toMatchObject(refusal)
  await expect(client.consumer({ topics: 't' }).ready()).rejects.toMatchObject(refusal)
  const producer = client.producer({ maxBlockMs: 100 })
  await expect(producer.send({ topic: 't', value: 'x' })).rejects.toMatchObject(refusal)
  await client.close()
})

test('a name that may be wrong is asked after, and what was never sent cannot be stored', async () => {
  const client = connect({ broker: 'nowhere.invalid:7070', connectTimeoutMs: 200 })
  await expect(client.connected()).rejects.toMatchObject({
    message:
      'no broker at nowhere.invalid:7070: is the name right, and is it running? try npx varve start',
    effect: 'none',
  })
  await client.close()
})

test('something that is no broker is not taken for one', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const client = connect({ broker: `127.0.0.1:${port}`, connectTimeoutMs: 500 })
  await expect(client.admin().describeCluster()).rejects.toMatchObject({
    code: 'BROKER_UNAVAILABLE',
  })
  await client.close()
  await new Promise((resolve) => server.close(resolve))
})

test('a wait for a connection ends when its signal aborts, or the client is closed', async () => {
  const client = connect({ broker: `127.0.0.1:${await freePort()}`, connectTimeoutMs: 60_000 })
  const abort = new AbortController()
  const aborted = client.connected(abort.signal)
  abort.abort()
  await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' })
  // Before anything was begun too, and without leaving a failure behind that nobody waits for.
  await expect(client.connected(abort.signal)).rejects.toMatchObject({ code: 'CANCELLED' })
  const closed = client.connected()
  await client.close()
  await expect(closed).rejects.toMatchObject({ code: 'CLOSED' })
  await expect(client.connected()).rejects.toMatchObject({ code: 'CLOSED' })
})

test('closing a client ends what is under way and may be done twice', async () => {
  const client = broker.connect()
  await client.admin().createTopic({ name: 'closing' })
  const sent = client.producer({ lingerMs: 60_000 }).send({ topic: 'closing', value: 'x' })
  const consumer = client.consumer({ topics: 'closing' })
  const reading = (async () => {
    let count = 0
    for await (const record of consumer) count += record.offset + 1
    return count
  })()
  await client.close()
  expect(await sent).toMatchObject({ offset: 0 })
  expect(await reading).toBeLessThanOrEqual(1)
  await client.close()
  await expect(client.admin().listTopics()).rejects.toMatchObject({ code: 'CLOSED' })
})

test('a call that a close cuts off says that it may have had an effect', async () => {
  const client = broker.connect()
  await client.admin().createTopic({ name: 'cut-off' })
  await client.close()
  const transport = new GrpcTransport({
    address: broker.address,
    clock: new NodeClock(),
    connectTimeoutMs: 5_000,
  })
  await transport.connected()
  // A call that is surely under way: a long poll.
  const partitions = [{ topic: 'cut-off', partition: 0, offset: 0 }]
  const under = transport.call('fetch', { partitions, maxWaitMs: 20_000 }, { timeoutMs: 30_000 })
  setImmediate(() => {
    transport.close()
  })
  await expect(under).rejects.toMatchObject({ code: 'CANCELLED', effect: 'unknown' })
})

test.each(['closed', 'unused'])('a program whose client is %s ends by itself', async (kind) => {
  const index = fileURLToPath(new URL('../../../src/client/index.ts', import.meta.url))
  const program = `
    import { connect } from ${JSON.stringify(index)}
    const client = connect({ broker: ${JSON.stringify(broker.address)} })
    const producer = client.producer()
    const consumer = client.consumer({ topics: 'ending', maxRecords: 1 })
    if (${JSON.stringify(kind)} === 'closed') {
      await client.admin().createTopic({ name: 'ending' })
      await producer.send({ topic: 'ending', value: 'x' })
      for await (const record of consumer) console.log(String(record.value))
      await client.close()
    }
    console.log('over')`
  expect(await run(program)).toEqual({
    status: 0,
    stdout: kind === 'closed' ? 'x\nover\n' : 'over\n',
    stderr: '',
  })
})

test('a program that waits for an absent broker does not end before it has its answer', async () => {
  const index = fileURLToPath(new URL('../../../src/client/index.ts', import.meta.url))
  const address = `127.0.0.1:${await freePort()}`
  const program = `
    import { connect } from ${JSON.stringify(index)}
    const client = connect({ broker: ${JSON.stringify(address)}, connectTimeoutMs: 50 })
    const producer = client.producer({ maxBlockMs: 1000 })
    const error = await producer.send({ topic: 't', value: 'x' }).catch((error) => error)
    console.log(error.code)
    await client.close()`
  expect(await run(program)).toEqual({ status: 0, stdout: 'BROKER_UNAVAILABLE\n', stderr: '' })
})
